"""Tolls: how many were killed, hurt, missing or driven out, and which of two counts is the higher."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from summarize.language.lexicon import any_of, lines
from summarize.language.numbers import agree, comparable
from summarize.types import Claim, Quantity

_PAST_YEAR = re.compile(r"\b[Ii]n\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d\b")
"""In June 2023, more than 290 people died: another event's toll."""


def of_another_year(claim: Claim) -> bool:
    """Whether a claim counts what an earlier year's event cost."""
    return _PAST_YEAR.search(claim.text) is not None


def is_higher(later: Claim, earlier: Claim) -> bool:
    """Whether ``later`` counts more of the same victims than ``earlier``: a toll that rose, a bound made exact."""
    if not (toll(later) & toll(earlier)):
        return False
    new, old = counted(later), counted(earlier)
    if any(agree(x, y) and x == y for x in new for y in old):
        return False
    return any(
        x.unit and y.unit and comparable(x, y) and figure(x) > figure(y) and not x.approximate for x in new for y in old
    )


def counted(claim: Claim) -> list[Quantity]:
    """The claim's quantities; a bare figure that a toll "rose to" is one of people, as is that of "the second to die"."""
    found = [
        replace(quantity, unit="people")
        if not quantity.unit and _TOLL_OF.search(claim.text[: quantity.start])
        else quantity
        for quantity in claim.quantities
    ]
    last = _ORDINAL.search(claim.text)
    if last:
        number = float(_ORDINALS.index(last[1].lower()))
        found.append(Quantity(number, number, "people", last.start(1), last.end(1)))
    return found


_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS[2:])})\s+(?:\w+\s+)?(?:person|victim|worker|man|woman|boy|girl|child|pupil|student|passenger"
    r"|soldier|officer|body|death|fatality)\b(?!['’])",
    re.IGNORECASE,
)


def none_yet(claim: Claim) -> frozenset[int]:
    """Which kinds of toll the claim says to be none: "nobody has died", "no injuries were reported"."""
    return toll(claim) if claim.negated and not claim.quotes and _NOBODY.search(claim.text) else frozenset()


_NOBODY = re.compile(
    r"^(?:\W*(?:so far|as yet|luckily),?\s+)?(?:nobody|no one|no-one|none)\b"
    r"|\bno\s+(?:\w+\s+)?(?:deaths?|fatalit\w+|casualt\w+|injur\w+|lives)\b",
    re.IGNORECASE,
)


def happened(claim: Claim) -> frozenset[int]:
    """Which kinds of toll the claim reports to have come about."""
    reported = claim.status == "done" and not (claim.negated or claim.headline or claim.quotes)
    return toll(claim) if reported and _COME_ABOUT.search(claim.text) and not of_another_year(claim) else frozenset()


_COME_ABOUT = re.compile(
    r"\b(?:died|dead|killed|dies|perished|injured|hurt|wounded|missing|evacuated|fled|displaced|arrested|detained)\b",
    re.IGNORECASE,
)


_TOLL_OF = re.compile(
    r"\b(?:toll|number of (?:dead|deaths|injured|missing)|count of the (?:dead|missing)|dead|casualties)\b.{0,80}"
    r"\b(?:to|at|is|was|now|reached|reaches|of)\s+(?:now\s+|at least\s+)?$",
    re.IGNORECASE,
)


def toll(claim: Claim) -> frozenset[int]:
    """Which kinds of toll the claim counts, by the lines of ``data/tolls.txt``."""
    return frozenset(n for n, kind in enumerate(_tolls()) if kind.search(claim.text))


@cache
def _tolls() -> tuple[re.Pattern[str], ...]:
    return tuple(any_of(line) for line in lines("tolls", "summarize.consensus"))


def figure(quantity: Quantity) -> float:
    """The stated figure: the finite bound of "at least 20" and of "up to 20"."""
    return quantity.low if quantity.high == float("inf") else quantity.high
