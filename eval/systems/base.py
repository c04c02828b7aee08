"""What a system is, what it gives, and the room that extractive systems share: sentences, and filling up a length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from eval.data import Item
from eval.signature import Value
from summarize.reading.clean import clean
from summarize.reading.split import split
from summarize.settings import Settings
from summarize.types import Sentence

Trace = Callable[[str, float], None]
EXTRACTION = ("eval/systems/base.py", "summarize/reading", "summarize/language")
"""The code that all extracts depend on, for their signatures."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of a summary and the spans it cites, each ``{"article", "start", "end"}``."""

    text: str
    citations: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a system wrote for one cluster."""

    text: str
    """The summary without citation marks."""
    sentences: tuple[CitedSentence, ...] | None = None
    """Its sentences with their citations; ``None`` from a system that does not cite."""
    summary: dict[str, Any] | None = field(default=None, repr=False)
    """The Summary JSON, from this project alone."""


class System(Protocol):
    """Something that summarises clusters; the same item gives the same texts."""

    @property
    def name(self) -> str:
        """As it is asked for."""

    def signature(self) -> dict[str, Value]:
        """What reproduces it: weights, settings, seeds, code."""

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """One text a seed, each of at most ``max_words`` words; ``trace`` is told each stage's seconds."""


def source_sentences(item: Item, settings: Settings) -> list[Sentence]:
    """The item's sentences after this project's cleaning, in the order of its articles: all extracts start equal."""
    pages = clean(list(item.articles), settings)
    return [s for s in split(pages, settings) if not s.headline and s.position < settings.max_sentences]


def extract(sentences: Iterable[Sentence], max_words: int) -> Written:
    """Whole sentences in the order given until the length is reached, the last cut: equal length for all extracts."""
    chosen: list[CitedSentence] = []
    left = max_words
    for sentence in sentences:
        if left <= 0:
            break
        text, span = cut(sentence.text, left), sentence.span
        left -= len(text.split())
        chosen.append(CitedSentence(text, ({"article": span.article, "start": span.start, "end": span.end},)))
    return Written(" ".join(each.text for each in chosen), tuple(chosen))


def cut(text: str, words: int) -> str:
    """The text's first ``words`` words, white space between them kept."""
    ends = [match.end() for match in _WORD.finditer(text)]
    return text if len(ends) <= words else text[: ends[words - 1]] if words > 0 else ""


def in_order(order: Iterable[int], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a ranking's indices."""
    return [sentences[index] for index in order]
