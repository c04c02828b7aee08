"""Discrepancies: claims about one thing that differ in one value, told apart from rounding, hedges and subsets.

A group of aligned claims is divided where its numbers, its dates and times, or its outcomes (did / did not, held /
called off) cannot all be true. Two wordings of one quotation are found by ``quotes``, two spellings of one
person's name by ``spellings``. A value that a later report replaced is no discrepancy: see ``supersede``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarize.language.dates import same_time
from summarize.language.numbers import agree, comparable
from summarize.language.verbs import is_finite
from summarize.language.words import content_words, fold
from summarize.settings import Settings
from summarize.types import Claim, DiscrepancyKind, Quantity, When


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a dispute, as the page words it, and the claims (indices) that give it."""

    value: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A group of claims divided by one value; the side with most independent sources comes first."""

    kind: DiscrepancyKind
    aspect: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One value in one claim, and how the page words it."""

    claim: int
    value: Quantity | When
    wording: str


def disputes(
    claims: Sequence[Claim],
    sources: Mapping[int, str],
    probability: Mapping[tuple[int, int], float],
    settings: Settings,
) -> list[Dispute]:
    """What the claims disagree on, most widely reported first.

    ``sources`` names each claim's independent source (only claims in it are compared); ``probability`` says of pairs of
    claims how likely they are about one thing.
    """
    cluster = _Cluster(claims, sources, probability, settings)
    found = [
        *_by_value("number", _numbers(claims, sources), _like_numbers, agree, cluster),
        *_by_value("date", _times(claims, sources), _same_kind, _one_time, cluster),
        *_by_outcome(cluster),
    ]
    return sorted(
        found, key=lambda d: (-len({sources[c] for side in d.sides for c in side.claims}), d.kind, d.sides[0].claims)
    )


@dataclass(frozen=True, slots=True)
class _Cluster:
    claims: Sequence[Claim]
    sources: Mapping[int, str]
    probability: Mapping[tuple[int, int], float]
    settings: Settings

    def akin(self, a: int, b: int) -> float:
        """How likely two claims are about one thing; 1 for a claim and itself."""
        return 1.0 if a == b else self.probability.get((min(a, b), max(a, b)), 0.0)


def _least(value: Quantity | When, settings: Settings) -> float:
    """How akin two claims must be: more where they give clock times, of which one event has many."""
    clock = isinstance(value, When) and value.minute is not None
    return settings.clock_probability if clock else settings.value_probability


def _numbers(claims: Sequence[Claim], among: Iterable[int]) -> list[_Item]:
    return [
        _Item(i, q, _with_unit(claims[i].text, q))
        for i in sorted(among)
        for q in claims[i].quantities
        if q.unit or not _NAMED.search(claims[i].text[: q.start])
    ]


def _with_unit(text: str, quantity: Quantity) -> str:
    """The number as the page words it, with the unit or noun behind it: "27 people", "ten miles"."""
    number = text[quantity.start : quantity.end]
    noun = _NOUN.match(text, quantity.end) if quantity.unit and number[-1:].isdigit() | number.isalpha() else None
    worded = number + (noun.group() if noun else "")
    return worded.lower() if worded.isupper() and len(worded) > 3 else worded


def _times(claims: Sequence[Claim], among: Iterable[int]) -> list[_Item]:
    return [_Item(i, w, claims[i].text[w.start : w.end]) for i in sorted(among) for w in claims[i].times]


def _like_numbers(a: Quantity, b: Quantity) -> bool:
    counted_alike = bool(a.unit) == bool(b.unit)  # a bare figure may be of anything
    return counted_alike and comparable(a, b) and max(a.low, b.low) <= 20 * max(1.0, min(a.high, b.high))


def _same_kind(a: When, b: When) -> bool:
    return same_time(a, b) is not None


def _one_time(a: When, b: When) -> bool:
    # A weekday is resolved by the tense around it, which errs by a week: the same weekday is the same day.
    return same_time(a, b) is True or (a.minute is b.minute is None and a.weekday == b.weekday is not None)


def _by_value(
    kind: DiscrepancyKind,
    items: Sequence[_Item],
    kindred: Callable[..., bool],
    agreed: Callable[..., bool],
    cluster: _Cluster,
) -> list[Dispute]:
    """Sides of equal values among items that are akin: the same kind of value in claims about one thing."""

    def akin(a: _Item, b: _Item) -> bool:
        return cluster.akin(a.claim, b.claim) >= _least(a.value, cluster.settings) and kindred(a.value, b.value)

    items = _without_subsets(items, akin, agreed)
    sides = _linked(items, lambda a, b: akin(a, b) and agreed(a.value, b.value))
    found, used = [], set[int]()
    for n, side in sorted(
        enumerate(sides), key=lambda pair: (-len({cluster.sources[i.claim] for i in pair[1]}), pair[0])
    ):
        rivals = [m for m, other in enumerate(sides) if m != n and m not in used and _rival(side, other, akin, cluster)]
        if n not in used and rivals:
            used.update([n, *rivals])
            told = [Side(_wording(sides[m]), tuple(sorted({i.claim for i in sides[m]}))) for m in (n, *rivals)]
            found.append(Dispute(kind, _aspect(cluster.claims, told), _ranked(told, cluster.sources)))
    return found


def _rival(
    side: Sequence[_Item], other: Sequence[_Item], akin: Callable[[_Item, _Item], bool], cluster: _Cluster
) -> bool:
    """Whether two sides give different values of one thing.

    Most of their pairs are akin, and no source gives both values: one that does tells two things apart.
    """
    voices = [{cluster.sources[item.claim] for item in items} for items in (side, other)]
    for a, b in ((a, b) for a in side for b in other):
        if _of_its_speaker(cluster.claims[a.claim], cluster.claims[b.claim]):
            return False
        if _of_its_speaker(cluster.claims[b.claim], cluster.claims[a.claim]):
            return False
    pairs = [akin(a, b) for a in side for b in other]
    # One weekday that two pages' dates resolve to two days is one day: the pages differ in when they were written.
    worded_alike = bool({fold(i.wording) for i in side} & {fold(i.wording) for i in other})
    return not worded_alike and not (voices[0] & voices[1]) and sum(pairs) >= 0.5 * len(pairs)


def _of_its_speaker(claim: Claim, other: Claim) -> bool:
    """Whether a claim is about its speaker's own affair ("his meeting") and the other does not mention the speaker."""
    if not claim.speaker or not re.match(r"(?:his|her|their|its)\b", claim.text, re.IGNORECASE):
        return False
    return fold(claim.speaker).split()[-1] not in fold(other.text)


def _without_subsets(
    items: Sequence[_Item], akin: Callable[[_Item, _Item], bool], agreed: Callable[..., bool]
) -> list[_Item]:
    """Items without those of a claim that another of its items already accounts for.

    "12 injured, 3 of them seriously" beside "twelve hurt" gives no second number of injured.
    """
    sure = {
        item: any(
            other.claim != item.claim and akin(item, other) and agreed(item.value, other.value) for other in items
        )
        for item in items
    }
    return [
        item
        for item in items
        if sure[item] or not any(o.claim == item.claim and o != item and sure[o] and akin(item, o) for o in items)
    ]


def _linked(items: Sequence[_Item], same: Callable[[_Item, _Item], bool]) -> list[list[_Item]]:
    """Connected components of ``same``."""
    groups: list[list[_Item]] = []
    for item in items:
        joined = [g for g in groups if any(same(item, other) for other in g)]
        groups = [g for g in groups if g not in joined]
        groups.append([*(i for g in joined for i in g), item])
    return groups


def _ranked(sides: Sequence[Side], sources: Mapping[int, str]) -> tuple[Side, ...]:
    return tuple(sorted(sides, key=lambda s: (-len({sources[c] for c in s.claims}), s.claims)))


def _wording(side: Sequence[_Item]) -> str:
    """The shortest wording that most of the side's claims share."""
    words = [item.wording for item in side]
    return max(sorted(set(words)), key=lambda w: (words.count(w), -len(w)))


def _aspect(claims: Sequence[Claim], sides: Sequence[Side]) -> str:
    """What the dispute is about: the shortest claim of its first side that shares words with the others."""
    everyone = [claims[c] for side in sides for c in side.claims]
    shared = {w for claim in everyone for w in claim.words if sum(w in o.words for o in everyone) >= 2}
    texts = [claims[c] for c in sides[0].claims]
    best = min(texts, key=lambda c: (not _is_sentence(c.text), -min(3, len(c.words & shared)), len(c.text), c.text))
    return best.text


def _by_outcome(cluster: _Cluster) -> list[Dispute]:
    """Affirmed by some, denied by others: the very verb that one negates, the other states."""
    claims, sources = cluster.claims, cluster.sources
    found = [
        (no, yes)
        for pair, p in cluster.probability.items()
        if p >= cluster.settings.outcome_probability
        and set(pair) <= sources.keys()
        and sources[pair[0]] != sources[pair[1]]
        for no, yes in (pair, pair[::-1])
        if denies(claims[no], claims[yes])
    ]
    out = []
    for denied in sorted({no for no, _ in found}):
        affirmed = tuple(sorted({yes for no, yes in found if no == denied}))
        sides = [Side(claims[side[0]].text, side) for side in (affirmed, (denied,))]
        out.append(Dispute("outcome", claims[affirmed[0]].text, _ranked(sides, sources)))
    return out


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and is_finite(text.split())


_NOUN = re.compile(
    r"\s+(?!(?:of|on|in|at|and|or|to|were|was|are|is|from|for|the|had|have|per|a|an|each|every|still|others?|more|as|since"
    r"|when|after|before|by|with|who|that|which)\b)[A-Za-z]+"
)
_NAMED = re.compile(r"\w\s[A-Z][A-Za-z]+\s$")
"""In front of a number that is part of a name: Kotwara 24, Boeing 787."""
_NEGATED = re.compile(
    r"(?:\b(?:not|never|nobody|no one|no longer)|n[’']t)\s+((?:[\w’'-]+\s*){1,3})|\bden(?:y|ies|ied)\s+((?:[\w’'-]+\s*){1,8})",
    re.IGNORECASE,
)


_CONDITION = re.compile(r"\b(?:if|unless|provided|whether|until|would)\b", re.IGNORECASE)


def denies(no: Claim, yes: Claim) -> bool:
    """Whether ``no`` negates what ``yes`` affirms: a content word that follows a negation in one stands free in the other.

    A negation elsewhere in the clause ("passed without remarks", "none fatally") denies nothing that the other says,
    and what is called off in both is affirmed by neither. Quoted words are the speaker's and are left to ``quotes``.
    """
    if no.quotes or yes.quotes or yes.negated or yes.status in ("off", "possible") or no.status == "possible":
        return False
    if _CONDITION.search(no.text) or _CONDITION.search(yes.text) or no.words == yes.words:
        return False
    denied = {word for match in _NEGATED.finditer(no.text) for word in content_words(match.group(1) or match.group(2))}
    denied = {word for word in denied if word.isalpha() and word not in no.names}
    return bool(denied & yes.words) and len((no.words | no.names) & (yes.words | yes.names)) >= 2
