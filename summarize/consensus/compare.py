"""Claims read together: what the pair model says of those that the other rooms' signs leave open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarize.models.base import Answer, Comparer
from summarize.types import Claim

Pair = tuple[int, int]
"""Two claims (indices), the lower first."""


def ordered(i: int, j: int) -> Pair:
    """Two claims as a pair."""
    return (i, j) if i < j else (j, i)


def compared(claims: Sequence[Claim], pairs: Iterable[Pair], comparer: Comparer) -> dict[Pair, Answer]:
    """How the claims of each pair stand to each other.

    The texts are read in an order of their own: which of two pages comes first may change when a copy of one is added.
    """
    asked = sorted(set(pairs))
    first, second = ([pick(claims[i].text, claims[j].text) for i, j in asked] for pick in (min, max))
    return dict(zip(asked, comparer.compare(list(zip(first, second, strict=True))), strict=True))
