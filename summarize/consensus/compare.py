"""Claims read together: what the pair model says of those that the other rooms' signs leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from summarize.models.base import Answer, Comparer
from summarize.types import Claim

Pair = tuple[int, int]
"""Two claims (indices), the lower first."""


def ordered(i: int, j: int) -> Pair:
    """Two claims as a pair."""
    return (i, j) if i < j else (j, i)


def compared(claims: Sequence[Claim], pairs: Iterable[Pair], comparer: Comparer) -> dict[Pair, Answer]:
    """How the claims of each pair stand to each other: the mean of both orders, so that none of the two comes first."""
    asked = sorted(set(pairs))
    there = comparer.compare([(claims[i].text, claims[j].text) for i, j in asked])
    back = comparer.compare([(claims[j].text, claims[i].text) for i, j in asked])
    return {pair: _mean(one, two) for pair, one, two in zip(asked, there, back, strict=True)}


def _mean(one: Answer, two: Answer) -> Answer:
    return Answer(*(round((getattr(one, f.name) + getattr(two, f.name)) / 2, 4) for f in fields(Answer)))
