"""Models by name, once a process: the shipped ones, a local folder, or a hub id where the network was asked for.

Nothing is downloaded unless the caller named a hub id; code from a model's repository is never run.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.errors import ModelUnavailableError
from summarize.models import weights
from summarize.models.base import Models
from summarize.models.remembered import Remembered

if TYPE_CHECKING:
    from summarize.models.base import Comparer, Encoder, Generator, SentenceParser
    from summarize.models.encoder import SentenceEncoder
    from summarize.settings import Settings

_NO_SUCH = "Give a folder with config.json, tokenizer files and model.safetensors, or leave out --model."
_NO_TOKENIZER = "Install what reads its tokenizer: pip install 'summarize[hub]' (sentencepiece and protobuf)."
_FILES = ("*.json", "*.txt", "*.model", "*.safetensors")
_READERS = ("tiktoken", "sentencepiece", "protobuf")
_NO_HUB = "Check the name and the network, or fetch it beforehand with `summarize download {model}`."


def _patient_threads() -> None:
    """Let torch's threads sleep while they wait for each other, if torch is not loaded yet and the user said nothing.

    By default they spin. With another program on the same two cores, ten sentences then took 62 s instead of 8 s.
    """
    if "torch" not in sys.modules:
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


@contextmanager
def quiet() -> Iterator[None]:
    """No progress bars or advice from transformers while a model loads; both are put back afterwards."""
    _patient_threads()
    from transformers.utils import logging as hf_logging

    level, bars = hf_logging.get_verbosity(), hf_logging.is_progress_bar_enabled()
    hf_logging.set_verbosity(logging.CRITICAL)
    hf_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        hf_logging.set_verbosity(level)
        if bars:
            hf_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


@contextmanager
def translated(what: str, hint: str) -> Iterator[None]:
    """Foreign exceptions of loading as ``ModelUnavailableError``."""
    try:
        yield
    except ModelUnavailableError:
        raise
    except Exception as error:  # safetensors, tokenizers, json and torch each raise their own on a damaged file
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if not isinstance(error, OSError) and any(name in str(error) for name in _READERS):
            hint = _NO_TOKENIZER
        raise ModelUnavailableError(f"cannot load {what}: {first}", hint=hint) from error


def load_encoder(settings: Settings) -> Encoder:
    """The shipped sentence encoder; raises ``ModelUnavailableError`` where its files are missing or damaged."""
    return _encoder(weights.ENCODER, settings.encode_batch)


def load_parser(settings: Settings) -> SentenceParser:
    """The shipped parser; raises ``ModelUnavailableError`` where its files are missing or damaged."""
    return _parser(weights.PARSER, settings.encode_batch)


def load_comparer(settings: Settings) -> Comparer:
    """The shipped pair model; raises ``ModelUnavailableError`` where its files are missing or damaged."""
    return _comparer(weights.PAIR, settings.encode_batch)


def load_models(settings: Settings) -> Models:
    """The shipped models that read, for one run; raises ``ModelUnavailableError`` as each of them does."""
    return Models(load_encoder(settings), load_parser(settings), Remembered(load_comparer(settings)))


def load_generator(model: str | None, settings: Settings) -> Generator:
    """The shipped writer (None), or the ``AutoModelForSeq2SeqLM`` of a local folder or a hub id.

    Raises:
        ModelUnavailableError: no such folder, damaged files, or a hub id that neither cache nor network has.
    """
    if model is None:
        return _generator(str(weights.WRITER), False, settings)
    folder = Path(model).expanduser()
    looks_local = folder.is_absolute() or model.startswith((".", "~")) or model.count("/") != 1
    if folder.is_dir() or (looks_local and ("/" in model or os.sep in model)):
        return _generator(str(folder.resolve()), False, settings)
    return _generator(model, True, settings)


@lru_cache(maxsize=2)
def _encoder(folder: Path, batch: int) -> SentenceEncoder:
    weights.weight_files(folder)
    with translated("the sentence encoder", "Reinstall the package: its weights are missing or damaged."), quiet():
        from summarize.models.encoder import SentenceEncoder

        return SentenceEncoder(folder, batch=batch)


@lru_cache(maxsize=2)
def _parser(folder: Path, batch: int) -> SentenceParser:
    weights.weight_files(folder)
    encoder = _encoder(weights.ENCODER, batch)
    with translated("the parser", "Reinstall the package: its weights are missing or damaged."), quiet():
        from summarize.models.parser import Parser

        return Parser(folder, encoder, batch=batch)


@lru_cache(maxsize=2)
def _comparer(folder: Path, batch: int) -> Comparer:
    weights.weight_files(folder)
    encoder = _encoder(weights.ENCODER, batch)
    with translated("the pair model", "Reinstall the package: its weights are missing or damaged."), quiet():
        from summarize.models.pairs import PairModel

        return PairModel(folder, encoder, batch=batch)


@lru_cache(maxsize=2)
def _generator(model: str, hub: bool, settings: Settings) -> Generator:
    if hub:
        folder = _fetched(model)
    else:
        folder = Path(model)
        weights.weight_files(folder)
    with translated(model, _NO_SUCH), quiet():
        if settings.runtime == "ctranslate2":
            from summarize.models.fast import FastGenerator

            return FastGenerator(folder, settings, name=model)
        from summarize.models.seq2seq import Seq2SeqGenerator

        return Seq2SeqGenerator(folder, settings, name=model)


def _fetched(model: str) -> Path:
    """The hub model's folder in the cache, downloaded if it is not there."""
    with translated(model, _NO_HUB.format(model=model)), quiet():
        from huggingface_hub import snapshot_download

        try:
            folder = Path(snapshot_download(model, local_files_only=True))
            weights.weight_files(folder)
            return folder
        except (OSError, ModelUnavailableError):  # not in the cache, or not with its weights
            folder = Path(snapshot_download(model, allow_patterns=list(_FILES)))
        if not list(folder.glob("*.safetensors")):  # the older form, twice the bytes where both are there
            folder = Path(snapshot_download(model, allow_patterns=[*_FILES, "pytorch_model*.bin"]))
        weights.weight_files(folder)
        return folder


def download(model: str) -> Path:
    """Fetch a hub model into the cache for later use without a network; returns its folder."""
    return _fetched(model)
