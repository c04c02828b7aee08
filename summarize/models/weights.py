"""Where the shipped weights lie, and what names a set of weights: twelve hex digits of their sha256."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from summarize.errors import ModelUnavailableError

SHIPPED = Path(__file__).resolve().parent / "weights"
WRITER = SHIPPED / "writer"
ENCODER = SHIPPED / "encoder"
PARSER = SHIPPED / "parser"
PAIR = SHIPPED / "pair"
_PATTERNS = ("*.safetensors", "pytorch_model*.bin")


def weight_files(folder: Path) -> list[Path]:
    """The folder's weight files by name, safetensors first; raises ``ModelUnavailableError`` if there are none."""
    if not folder.is_dir():
        raise ModelUnavailableError(f"no model folder at {folder}", hint="Check the path, or leave out --model.")
    for pattern in _PATTERNS:
        if found := sorted(folder.glob(pattern)):
            return found
    raise ModelUnavailableError(
        f"no weights in {folder}", hint="The folder needs config.json, tokenizer files and model.safetensors."
    )


@lru_cache(maxsize=16)
def _digest(paths: tuple[str, ...], stamps: tuple[tuple[int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with Path(path).open("rb") as stream:
            while chunk := stream.read(1 << 22):
                digest.update(chunk)
    return digest.hexdigest()[:12]


def fingerprint(folder: Path) -> str:
    """Twelve hex digits of the weights' sha256; read once a process, and again only where a file has changed."""
    files = weight_files(folder)
    stamps = tuple((file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    return _digest(tuple(map(str, files)), stamps)
