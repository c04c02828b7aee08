"""Values: the numbers and the times of claims, and which of them can be compared at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarize.consensus.conflicts import Item
from summarize.language.dates import same_time
from summarize.language.numbers import agree, comparable, quantities
from summarize.language.units import bases, measure_after
from summarize.language.words import fold
from summarize.settings import Settings
from summarize.types import Claim, DiscrepancyKind, Quantity, When


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one kind in a cluster, which two are of one kind of thing, and which of these may both be true."""

    kind: DiscrepancyKind
    items: Sequence[Item]
    kindred: Callable[..., bool]
    agreed: Callable[..., bool]


def value_kinds(claims: Sequence[Claim], among: Iterable[int]) -> tuple[Values, Values]:
    """The numbers and the times of the claims ``among`` (indices)."""
    own = sorted(among)
    return (
        Values("number", _numbers(claims, own), _like_numbers, _one_number),
        Values("date", _times(claims, own), _same_kind, _one_time),
    )


def differing(
    values: Values,
    probability: Mapping[tuple[int, int], float],
    claims: Sequence[Claim],
    sources: Mapping[int, str],
    settings: Settings,
) -> Iterator[tuple[int, int]]:
    """Pairs of values (places in ``values.items``) that different sources give in claims that may be about one thing.

    ``probability`` says of pairs of claims how likely they are.
    """
    places: dict[int, list[int]] = {}
    for n, item in enumerate(values.items):
        places.setdefault(item.claim, []).append(n)
    for (i, j), p in probability.items():  # of all values, few are in claims that were compared
        if (
            p >= settings.value_probability
            and i in places
            and j in places
            and sources[i] != sources[j]
            and (p >= settings.side_probability or _share_a_word(claims[i], claims[j]))
            and not _of_others(claims[i], claims[j])
            and not _of_its_speaker(claims[i], claims[j])
            and not _of_its_speaker(claims[j], claims[i])
        ):
            yield from ((n, m) for n in places[i] for m in places[j] if _differ(values, n, m))


def _differ(values: Values, n: int, m: int) -> bool:
    a, b = values.items[n], values.items[m]
    return (
        values.kindred(a.value, b.value)
        and not values.agreed(a.value, b.value)
        and fold(a.wording) != fold(b.wording)  # one weekday that two pages' dates resolve to two days
    )


def _numbers(claims: Sequence[Claim], among: Iterable[int]) -> list[Item]:
    """The quantities of the claims ``among`` (indices), those that are part of a name left out."""
    return [
        Item(i, q, _with_unit(claims[i].text, q))
        for i in sorted(among)
        for q in claims[i].quantities
        if q.unit or not _NAMED.search(claims[i].text[: q.start])
    ]


def _with_unit(text: str, quantity: Quantity) -> str:
    """The number as the page words it, with the unit or noun behind it: "27 people", "ten miles", "six endless minutes"."""
    number = text[quantity.start : quantity.end]
    measure = measure_after(text[quantity.end :])
    noun = _NOUN.match(text, quantity.end) if quantity.unit and number[-1:].isdigit() | number.isalpha() else None
    counted = _counted(noun, quantity.unit) if noun and not measure else ""
    number = number.lower() if number.replace(" ", "").replace("-", "").isalpha() and number.isupper() else number
    worded = number + (measure or (noun.group() + counted if noun else ""))
    return worded.lower() if worded.isupper() and len(worded) > 3 else worded


def _counted(first: re.Match[str], unit: str) -> str:
    """What follows up to the noun that is counted, where the first word does not say it: "minutes" of "six endless minutes"."""
    words = [first.group().strip(), *_WORDS.findall(first.string[first.end() :])[:_BEFORE_NOUN]]
    for n, word in enumerate(words):
        if any(quantity.unit == unit for quantity in quantities(f"7 {word}")):
            return "".join(f" {each}" for each in words[1 : n + 1])
    return ""


def _times(claims: Sequence[Claim], among: Iterable[int]) -> list[Item]:
    """The dates and clock times of the claims ``among`` (indices)."""
    return [Item(i, w, claims[i].text[w.start : w.end]) for i in sorted(among) for w in claims[i].times]


def _like_numbers(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be of one thing."""
    counts = bool(a.unit and b.unit) and not {a.unit, b.unit} & (bases() | {"age"})  # "villagers" and "people"
    bare = bool(a.unit) != bool(b.unit)  # a bare figure may be of anything
    return (counts or (comparable(a, b) and not bare)) and max(a.low, b.low) <= 20 * max(1.0, min(a.high, b.high))


def _one_number(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be one: "eleven coaches" and "11 carriages" are, "some five million" and "5.1 million"."""
    counts = not {a.unit, b.unit} & bases()
    return agree(a, b) or (counts and agree(replace(a, unit=""), replace(b, unit="")))


def _same_kind(a: When, b: When) -> bool:
    """Whether two times can be compared: days with days, hours with hours."""
    return same_time(a, b) is not None


def _one_time(a: When, b: When) -> bool:
    """Whether two times may be one."""
    # A bare weekday is resolved by the tense around it, which errs by a week: the same weekday is the same day.
    dated = a.named[2] is not None and b.named[2] is not None
    same = a.minute is b.minute is None and a.weekday == b.weekday is not None
    return same_time(a, b) is True or (same and not dated)


def _share_a_word(claim: Claim, other: Claim) -> bool:
    """Whether two claims have a word in common that is no part of a number or a time."""
    return any(word.isalpha() and len(word) > 2 for word in claim.words & other.words)


def _of_others(claim: Claim, other: Claim) -> bool:
    """Whether each claim names a person whom the other does not: what they tell is of two people."""
    return bool(claim.persons - other.persons) and bool(other.persons - claim.persons)


def _of_its_speaker(claim: Claim, other: Claim) -> bool:
    """Whether a claim is about its speaker's own affair ("his meeting") and the other does not mention the speaker."""
    if not claim.speaker or not re.match(r"(?:his|her|their|its)\b", claim.text, re.IGNORECASE):
        return False
    return fold(claim.speaker).split()[-1] not in fold(other.text)


_BEFORE_NOUN = 2  # words that may stand between a number's first and its noun
_WORDS = re.compile(r"[\w’'-]+")
_NOUN = re.compile(
    r"\s+(?!(?:of|on|in|at|and|or|to|were|was|are|is|from|for|the|had|have|per|a|an|each|every|still|others?|more|as|since"
    r"|when|after|before|by|with|who|that|which)\b)[A-Za-z]+"
)
_NAMED = re.compile(r"\w\s[A-Z][A-Za-z]+\s$")
"""In front of a number that is part of a name: Kotwara 24, Boeing 787."""
