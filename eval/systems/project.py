"""This project as a system: with the shipped writer, with any other model, or with source sentences only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from eval.data import Item
from eval.signature import Value, code_digest
from eval.systems.base import CitedSentence, Trace, Written
from summarize import __version__, prompts
from summarize.models import weights
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.models.base import Candidate, Family, GenerationRequest


class Silent:
    """A writer that writes nothing, so that every fact is told in a source's own sentence."""

    fingerprint = "none"
    family: Family = "shipped"

    def generate(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """No candidate for any request."""
        return [[] for _ in requests]


@dataclass(frozen=True, slots=True)
class Project:
    """``summarize()`` with a model (``None``: the shipped one) or, with ``writes`` off, with no writer at all."""

    name: str = "summarize"
    model: str | None = None
    writes: bool = True
    settings: Settings = field(default_factory=Settings)

    def signature(self) -> dict[str, Value]:
        """Version, hashes of all weights, settings, prompts and code."""
        return {
            "system": self.name,
            "version": __version__,
            "writer": self._writer(),
            "encoder": weights.fingerprint(weights.ENCODER),
            "parser": weights.fingerprint(weights.PARSER),
            "pair": weights.fingerprint(weights.PAIR),
            "settings": self.settings.fingerprint(),
            "prompts": prompts.fingerprint(),
            "seed": self.settings.seed,
            "code": code_digest("summarize"),
        }

    def _writer(self) -> str:
        if not self.writes:
            return Silent.fingerprint
        if self.model is None:
            return weights.fingerprint(weights.WRITER)
        if Path(self.model).is_dir():
            return weights.fingerprint(Path(self.model))
        from summarize.models.load import load_generator

        return load_generator(self.model, self.settings).fingerprint

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """One summary, with its sentences and the whole JSON."""
        from summarize.pipeline import summarize

        with _writer_of(self.writes):
            summary = summarize(
                list(item.articles), max_words=max_words, model=self.model, settings=self.settings, trace=trace
            )
        plain = {**summary.to_dict(), "id": item.id}
        sentences = tuple(CitedSentence(s["text"], tuple(s["citations"])) for s in plain["sentences"])
        return [Written(" ".join(s.text for s in sentences), sentences, plain)]


def _writer_of(writes: bool) -> AbstractContextManager[object]:
    """The pipeline as it is or, for a while, with the silent writer in place of the one it would load."""
    return nullcontext() if writes else patch("summarize.pipeline.load_generator", lambda model, settings: Silent())
