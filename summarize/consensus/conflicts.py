"""Conflicts: whether two values that differ are of one thing, so that not both can be true.

"27 injured" and "31 hurt" conflict; "27 injured" and "31 rescuers" do not, nor do the two figures of a page that gives
both. The pair model reads the two claims together; the other signs are of the whole cluster. How much each sign counts is
a logistic decision whose weights lie in ``data/conflicts.json``, fitted by ``train/fit_decisions.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarize.consensus.compare import Pair, ordered
from summarize.language.dates import same_time
from summarize.language.numbers import agree, comparable
from summarize.language.units import bases
from summarize.models.base import Answer
from summarize.models.decision import probability
from summarize.types import Claim, Quantity, When

FEATURES = (
    "probability",  # that the two claims are about one thing
    "odds",  # its logarithm
    "shared",  # share of the poorer claim's words that the other has, too
    "clock",
    "people",
    "bare",  # figures without a unit
    "other_unit",  # "villagers" and "homes"
    "noun",  # both count the same things: "tickets"
    "aged",  # ages, in claims that name one person
    "unlike",  # how far apart two figures are: the log of their ratio
    "close",  # they differ by less than half
    "backed",  # further claims about the same thing that give one of the values
    "other_number",  # another number of the two claims agrees
    "other_time",  # another time does
    "given_here",  # the first claim's page gives the second's value, too
    "given_there",
    "headline",
    "negation",
    "status",
    "numbers",  # how many quantities the two claims hold
    "rival",  # the pair model: both claims cannot be true (logarithm)
    "apart",  # the pair model: they are about two things (logarithm)
    "about",  # the pair model: they are about one thing (log odds)
)


@dataclass(frozen=True, slots=True)
class Item:
    """One value in one claim (index), and how the page words it."""

    claim: int
    value: Quantity | When
    wording: str


def matches(a: Quantity | When, b: Quantity | When) -> bool:
    """Whether two values are of one kind and may both be true."""
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return comparable(a, b) and agree(a, b)
    return isinstance(a, When) and isinstance(b, When) and same_time(a, b) is True


class Conflicts:
    """How likely values conflict, for the values of one kind of a cluster."""

    def __init__(
        self,
        items: Sequence[Item],
        claims: Sequence[Claim],
        probability: Mapping[Pair, float],
        answers: Mapping[Pair, Answer],
    ) -> None:
        """``answers`` are of ``compared``, for each pair of claims (the lower index first) whose values will be asked about."""
        self._items = items
        self._claims = claims
        self._probability = probability
        self._answers = answers

    def akin(self, a: int, b: int) -> float:
        """How likely two claims are about one thing; 1 for a claim and itself."""
        return 1.0 if a == b else self._probability.get(ordered(a, b), 0.0)

    def probability(self, a: Item, b: Item) -> float:
        """That two values of different sources that do not agree conflict."""
        return probability("consensus", "conflicts", self.features(a, b))

    def features(self, a: Item, b: Item) -> list[float]:
        """The signs of a pair, in the order of ``FEATURES``."""
        one, two = self._claims[a.claim], self._claims[b.claim]
        p = self.akin(a.claim, b.claim)
        poorer = min(len(one.words), len(two.words))
        ratio = _ratio(a.value, b.value)
        answer = self._answers[ordered(a.claim, b.claim)]
        unit = a.value.unit if isinstance(a.value, Quantity) else None
        return [
            p,
            math.log((p + 0.01) / (1.01 - p)),
            len({word for word in one.words & two.words if not word.isdigit()}) / max(1, poorer),
            float(isinstance(a.value, When) and a.value.minute is not None),
            float(unit == "people"),
            float(unit == ""),
            float(isinstance(a.value, Quantity) and isinstance(b.value, Quantity) and not comparable(a.value, b.value)),
            float(unit == getattr(b.value, "unit", None) and bool(unit) and unit not in {"people", "age"} | bases()),
            float(unit == "age" and bool(one.persons & two.persons)),
            ratio,
            float(ratio < 0.5),
            min(3, self._backing(a, b)),
            float(any(matches(x, y) for x in one.quantities for y in two.quantities)),
            float(any(matches(x, y) for x in one.times for y in two.times)),
            float(self._gives(one.span.article, b)),
            float(self._gives(two.span.article, a)),
            float(one.headline or two.headline),
            float(one.negated != two.negated),
            float(one.status != two.status),
            len(one.quantities) + len(two.quantities),
            math.log(answer.rival + 0.001),
            math.log(answer.other + 0.001),
            math.log((answer.about + 0.001) / (1.001 - answer.about)),
        ]

    def _backing(self, a: Item, b: Item) -> int:
        """Further claims, about what one of the two is about, that give the other's value."""
        return sum(
            item.claim not in (a.claim, b.claim)
            and (
                (self.akin(item.claim, b.claim) >= _ABOUT and matches(item.value, a.value))
                or (self.akin(item.claim, a.claim) >= _ABOUT and matches(item.value, b.value))
            )
            for item in self._items
        )

    def _gives(self, article: str, item: Item) -> bool:
        return any(
            self._claims[other.claim].span.article == article and matches(other.value, item.value)
            for other in self._items
        )


_ABOUT = 0.3  # pair probability from which a claim backs a value


def _ratio(a: Quantity | When, b: Quantity | When) -> float:
    if not isinstance(a, Quantity) or not isinstance(b, Quantity):
        return 0.0
    x, y = (q.low if math.isinf(q.high) else q.high for q in (a, b))
    return min(5.0, abs(math.log((abs(x) + 1) / (abs(y) + 1))))
