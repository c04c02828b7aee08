"""Signatures: what a figure was measured on, with what, and how. No figure without one, as in sacrebleu (Post, 2018).

A signature has two halves. ``protocol`` says what was measured and how: rows that differ in it cannot stand in one table.
``system`` says what was measured: rows that differ in it are what tables are for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from summarize.errors import SummarizeError

ROOT = Path(__file__).resolve().parents[1]
Value = str | int | float | bool | None


class IncomparableError(SummarizeError):
    """Two rows were measured in different ways and cannot be set side by side."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What reproduces a row; values are plain JSON."""

    protocol: Mapping[str, Value]
    """Data and its sha256, split, clusters, length, and each metric's rules."""
    system: Mapping[str, Value]
    """Name, weights, settings, seeds, versions."""

    def __str__(self) -> str:
        parts = {**self.protocol, **self.system}
        return "|".join(f"{key}:{_shown(value)}" for key, value in parts.items())

    def to_dict(self) -> dict[str, dict[str, Value]]:
        """Plain JSON; ``from_dict`` is the inverse."""
        return {"protocol": dict(self.protocol), "system": dict(self.system)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Inverse of ``to_dict``; a missing half is a ``KeyError``."""
        return cls(dict(data["protocol"]), dict(data["system"]))


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def differences(a: Mapping[str, Value], b: Mapping[str, Value]) -> list[str]:
    """The keys whose values differ, each with both values, for people."""
    return [
        f"{key} ({a.get(key)} against {b.get(key)})" for key in sorted(a.keys() | b.keys()) if a.get(key) != b.get(key)
    ]


def check_comparable(signatures: Iterable[Signature]) -> None:
    """Raise ``IncomparableError`` unless all rows were measured on the same data in the same way."""
    rows = list(signatures)
    for other in rows[1:]:
        if differing := differences(rows[0].protocol, other.protocol):
            names = f"{rows[0].system.get('system')} and {other.system.get('system')}"
            raise IncomparableError(
                f"{names} cannot be compared: they differ in {'; '.join(differing)}",
                hint="Run both with the same data, limit and length; `python -m eval score` brings old rows up to date.",
            )


def digest(*parts: bytes) -> str:
    """Twelve hex digits of the sha256 of the parts, each with its length, so that no two lists agree by accident."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.hexdigest()[:12]


def digest_json(value: Any) -> str:
    """``digest`` of a plain value, whatever the order of its keys."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def code_digest(*places: str) -> str:
    """``digest`` of the source and language data below the given folders or files of the project, weights left out."""
    files = sorted(file for place in places for file in _source_files(ROOT / place))
    return digest(*(part for file in files for part in (file.relative_to(ROOT).as_posix().encode(), file.read_bytes())))


def _source_files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    kinds = {".py", ".txt", ".json", ".j2"}
    return (p for p in place.rglob("*") if p.suffix in kinds and not {"__pycache__", "weights"} & set(p.parts))
