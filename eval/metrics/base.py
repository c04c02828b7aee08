"""What a metric is: named figures of one summary, each with its unit and which way is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from eval.data import Item
from eval.signature import Value
from eval.systems.base import CitedSentence, Written
from summarize.reading.split import spans
from summarize.settings import Settings


class Excluded(Exception):  # noqa: N818  # no error: the cluster is counted as left out, with this reason
    """The metric cannot be taken of this cluster; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a metric gives for a summary."""

    name: str
    about: str
    """What it is, with its unit."""
    better: Literal["higher", "lower", ""] = "higher"
    total: bool = False
    """Whether clusters are summed rather than averaged (counts of faults that must be 0)."""


@dataclass(frozen=True, slots=True)
class Task:
    """How summaries of a data set are measured."""

    max_words: int
    measure: str
    """``recall`` or ``f1``."""


class Metric(Protocol):
    """Takes one summary's figures."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All that it can give."""

    def protocol(self, task: Task) -> dict[str, Value]:
        """Its rules, for the signature."""

    def measure(self, item: Item, written: Written, task: Task) -> Mapping[str, float | None]:
        """The figures; ``None`` for one that this summary has not. Raises ``Excluded``."""


def sentences_of(written: Written) -> tuple[CitedSentence, ...]:
    """The summary's sentences as its system gave them, else as this project splits them, without citations."""
    if written.sentences is not None:
        return written.sentences
    return tuple(CitedSentence(text, ()) for text in sentence_texts(written.text))


def sentence_texts(text: str) -> list[str]:
    """A text's sentences, line by line."""
    settings = Settings()
    return [line[start:end] for line in text.splitlines() for start, end in spans(line, settings)]


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``; ``None`` where there is nothing to take a share of."""
    return part / whole if whole else None


def f1(precision: float, recall: float) -> float:
    """Harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
