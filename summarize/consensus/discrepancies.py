"""Discrepancies: claims about one thing that differ in one value, told apart from rounding, hedges and subsets.

A group of aligned claims is divided where its numbers, its dates and times, or its outcomes (did / did not, held /
called off) cannot all be true. Two wordings of one quotation are found by ``quotes``, two spellings of one
person's name by ``spellings``. A value that a later report replaced is no discrepancy: see ``supersede``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarize.consensus.compare import Pair, compared, ordered
from summarize.consensus.conflicts import Conflicts, Item, matches
from summarize.consensus.values import Values, differing, value_kinds
from summarize.language.verbs import is_finite
from summarize.language.words import content_words
from summarize.models.base import Answer, Comparer
from summarize.settings import Settings
from summarize.types import Claim, DiscrepancyKind


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
    probability: float = 1.0
    """That its first two values conflict; 1 where one source denies what another says."""


def disputes(
    claims: Sequence[Claim],
    sources: Mapping[int, str],
    probability: Mapping[Pair, float],
    comparer: Comparer,
    settings: Settings,
) -> list[Dispute]:
    """What the claims disagree on, most widely reported first.

    ``sources`` names each claim's independent source (only claims in it are compared); ``probability`` says of pairs of
    claims how likely they are about one thing. The pair model is asked about those whose values differ, or of which one
    denies the other.
    """
    kinds = [
        (values, list(differing(values, probability, claims, sources, settings)))
        for values in value_kinds(claims, sources)
    ]
    denied = list(_denials(claims, sources, probability, settings))
    asked = [ordered(values.items[n].claim, values.items[m].claim) for values, places in kinds for n, m in places]
    answers = compared(claims, [*asked, *(ordered(*pair) for pair in denied)], comparer)
    cluster = _Cluster(claims, sources, probability, answers, settings)
    found = [
        *(dispute for values, places in kinds for dispute in _by_value(values, places, cluster)),
        *_by_outcome(denied, cluster),
    ]
    return sorted(
        found, key=lambda d: (-len({sources[c] for side in d.sides for c in side.claims}), d.kind, d.sides[0].claims)
    )


@dataclass(frozen=True, slots=True)
class _Cluster:
    claims: Sequence[Claim]
    sources: Mapping[int, str]
    probability: Mapping[Pair, float]
    answers: Mapping[Pair, Answer]
    settings: Settings


def _by_value(values: Values, differing: Sequence[Pair], cluster: _Cluster) -> list[Dispute]:
    """A dispute for each two of the differing values that conflict, with the further claims on each side.

    First come those that most surely conflict, in claims that are most surely about one thing.
    """
    conflicts = Conflicts(values.items, cluster.claims, cluster.probability, cluster.answers)
    rivals = [
        (probability, conflicts.akin(values.items[one].claim, values.items[two].claim), one, two)
        for one, two in differing
        if (probability := conflicts.probability(values.items[one], values.items[two]))
        >= cluster.settings.conflict_probability
    ]
    found, used = [], set[int]()
    for probability, _, one, two in sorted(rivals, key=lambda r: (-r[0] * r[1] ** 0.5, r[2], r[3])):
        if not used & {one, two}:
            sides = _sides(values, one, two, conflicts, cluster.settings)
            used.update(n for side in sides for n in side)
            told = [_side([values.items[n] for n in side]) for side in sides]
            aspect, ranked = _aspect(cluster.claims, told), _ranked(told, cluster.sources)
            found.append(Dispute(values.kind, aspect, ranked, probability))
    return found


def _sides(values: Values, one: int, two: int, conflicts: Conflicts, settings: Settings) -> list[list[int]]:
    """The items (places) that give one of two conflicting values, in claims about the same thing."""
    sides = [[one], [two]]
    items = values.items
    taken = {items[one].claim, items[two].claim}
    for n, item in enumerate(items):
        near = max(conflicts.akin(item.claim, items[m].claim) for m in (one, two))
        if item.claim in taken or near < settings.side_probability:
            continue
        for side in sides:
            if matches(item.value, items[side[0]].value):
                side.append(n)
                taken.add(item.claim)
                break
    return sides


def _side(items: Sequence[Item]) -> Side:
    return Side(_wording(items), tuple(sorted({item.claim for item in items})))


def _ranked(sides: Sequence[Side], sources: Mapping[int, str]) -> tuple[Side, ...]:
    return tuple(sorted(sides, key=lambda s: (-len({sources[c] for c in s.claims}), s.claims)))


def _wording(side: Sequence[Item]) -> str:
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


def _denials(
    claims: Sequence[Claim], sources: Mapping[int, str], probability: Mapping[Pair, float], settings: Settings
) -> Iterator[Pair]:
    """Claims of different sources of which the first negates what the second affirms."""
    for pair, p in probability.items():
        if p >= settings.outcome_probability and set(pair) <= sources.keys() and sources[pair[0]] != sources[pair[1]]:
            yield from ((no, yes) for no, yes in (pair, pair[::-1]) if denies(claims[no], claims[yes]))


def _by_outcome(denied: Sequence[Pair], cluster: _Cluster) -> list[Dispute]:
    """Affirmed by some, denied by others: the very verb that one negates, the other states, and the pair model agrees."""
    found = [pair for pair in denied if cluster.answers[ordered(*pair)].rival >= cluster.settings.rival_probability]
    out = []
    for no in sorted({no for no, _ in found}):
        affirmed = tuple(sorted({yes for other, yes in found if other == no}))
        sides = [Side(cluster.claims[side[0]].text, side) for side in (affirmed, (no,))]
        out.append(Dispute("outcome", cluster.claims[affirmed[0]].text, _ranked(sides, cluster.sources)))
    return out


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and is_finite(text.split())


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
