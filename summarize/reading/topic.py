"""What the cluster looks like: the rare words that its articles share, against which a stray paragraph stands out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from summarize.language.lexicon import lines
from summarize.language.words import common_words
from summarize.settings import Settings

_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"(?<![.!?\"“] )\b[A-ZÀ-Þ][^\W\d_]{2,}")
_STEM = 6
"""Letters that two forms of a word agree in: Russia and Russians, detained and detention (detent) do not need more."""

_UNLISTED = 25
"""Paragraphs, of 108,000, that a stem which is not listed is taken to stand in."""


def terms(text: str) -> frozenset[str]:
    """The rare words of a text, cut to stems."""
    common = common_words()
    words = {word.lower() for word in _WORD.findall(text)}
    return frozenset(
        word[:_STEM].rstrip("s") for word in words if word not in common and word.rstrip("s") not in common
    )


def stems(text: str) -> frozenset[str]:
    """All longer words of a text, rare or not, cut to stems."""
    return frozenset(word.lower()[:_STEM].rstrip("s") for word in _WORD.findall(text) if len(word) >= 5)


def names(text: str) -> frozenset[str]:
    """The rare words of a text that are written with a capital, cut to stems."""
    return terms(" ".join(_NAME.findall(text)))


@cache
def _paragraphs_with() -> dict[str, int]:
    """In how many paragraphs of news a stem stands; ``"*"`` is the number of paragraphs counted."""
    rows = (line.split() for line in lines("rarity", "summarize.reading"))
    return {word: int(count) for word, count in rows}


def rarity(term: str) -> float:
    """What sharing a stem tells, in nats: -log of how often it stands in news. A stem that is not listed stands in few."""
    counts = _paragraphs_with()
    return math.log(counts["*"] / counts.get(term, _UNLISTED))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page is compared with: the rare words of the other pages' articles, and those that all leads turn on."""

    words: frozenset[str]
    central: frozenset[str]


def topics(words: Sequence[frozenset[str]], leads: Sequence[frozenset[str]]) -> list[Topic]:
    """The topic for each page, from the rare words of each page's article and of each page's lead.

    Its words are those of the other pages and of its own lead; central are those of its lead that another lead has, too.
    Pages with nearly the same words are one: a copy bears nothing out, unless there is nothing else.
    """
    homes = _copies_folded(words)
    if len(set(homes)) == 1:
        homes = list(range(len(words)))
    own = {home: union(words[n] for n in range(len(words)) if homes[n] == home) for home in homes}
    led = {home: union(leads[n] for n in range(len(words)) if homes[n] == home) for home in homes}
    carriers, leading = (Counter(w for each in sets.values() for w in each) for sets in (own, led))
    return [
        Topic(
            frozenset(w for w in carriers if carriers[w] > (w in own[home])) | lead,
            frozenset(w for w in lead if leading[w] > 1),
        )
        for home, lead in zip(homes, leads, strict=True)
    ]


def _copies_folded(words: Sequence[frozenset[str]]) -> list[int]:
    """For each page the first one with nearly the same words, itself where there is none before it."""
    homes: list[int] = []
    for n, mine in enumerate(words):
        alike = (m for m in range(n) if len(mine & words[m]) >= _COPY * max(1, len(mine | words[m])))
        homes.append(next((homes[m] for m in alike), n))
    return homes


_COPY = 0.8
"""Share of the words of two pages in common from which they are one text."""


def strays(text: str, topic: Topic, wanted: float | None, settings: Settings) -> bool:
    """Whether a stretch of text belongs to another story.

    ``wanted`` is the share of its rare words that must belong to the topic; without one it depends on the names it
    shares: none, a few, or what the cluster turns on.
    """
    words = terms(text)
    if len(words) < settings.teaser_terms:
        return False
    if wanted is None:
        shared_names = names(text) & topic.words
        if words & topic.central or len(shared_names) >= settings.teaser_names:
            wanted = settings.teaser_share_central
        else:
            wanted = settings.teaser_share if shared_names else settings.teaser_share_nameless
    return share(words, topic.words) < wanted


def share(terms_of_text: frozenset[str], topic: frozenset[str]) -> float:
    """Share of a text's rare words that belong to the topic, each weighed by its rarity, 0 to 1; 1 where it has none."""
    total = sum(map(rarity, sorted(terms_of_text)))
    return sum(map(rarity, sorted(terms_of_text & topic))) / total if total else 1.0


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """All terms of several texts."""
    return frozenset().union(*sets)
