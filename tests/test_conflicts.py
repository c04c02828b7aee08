"""Conflicts and outdated claims: the shipped decisions weigh what they say they do, and each sign counts as it should."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from clusters import SETTINGS, claims, page

from summarize.consensus import align, conflicts, outdated
from summarize.consensus.compare import compared
from summarize.consensus.conflicts import Conflicts, Item
from summarize.consensus.values import value_kinds
from summarize.models.decision import decision
from summarize.models.load import load_comparer
from summarize.types import Claim

COMPARER = load_comparer(SETTINGS)


def conflicts_of(items: Sequence[Item], made: Sequence[Claim], near: dict[tuple[int, int], float]) -> Conflicts:
    return Conflicts(items, made, near, compared(made, near, COMPARER))


def numbers(*texts: str) -> tuple[list[Claim], list[Item]]:
    found = claims([page(chr(97 + n), text) for n, text in enumerate(texts)])
    return found, list(value_kinds(found, range(len(found)))[0].items)


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("align", align.FEATURES),
        ("reread", align.REREAD),
        ("conflicts", conflicts.FEATURES),
        ("suspect", outdated.SUSPECT),
        ("outdated", outdated.OUTDATED),
    ],
)
def test_a_shipped_decision_has_a_weight_for_each_sign_and_tells_more_than_chance(
    name: str, features: tuple[str, ...]
) -> None:
    fitted = decision("consensus", name)
    assert list(fitted["weights"]) == list(features)
    assert fitted["left_out_auc"] > 0.75
    assert fitted["clusters"] >= 8


def test_a_page_that_gives_both_values_makes_a_conflict_less_likely() -> None:
    apart, items = numbers("27 people were injured.", "31 people were injured.")
    near = {(0, 1): 0.8}
    alone = conflicts_of(items, apart, near).probability(items[0], items[1])
    both, more = numbers("27 people were injured.\n31 people were injured.", "31 people were injured.")
    given = conflicts_of(more, both, {(0, 2): 0.8}).probability(more[0], more[2])
    assert given < alone


def test_the_likelier_two_claims_are_about_one_thing_the_likelier_their_values_conflict() -> None:
    made, items = numbers("27 people were injured.", "31 people were injured.")
    low, high = (conflicts_of(items, made, {(0, 1): p}).probability(*items) for p in (0.2, 0.9))
    assert low < high


def test_features_are_in_the_order_of_their_names() -> None:
    made, items = numbers("27 people were injured.", "31 homes were destroyed.")
    signs = dict(zip(conflicts.FEATURES, conflicts_of(items, made, {(0, 1): 0.5}).features(*items), strict=True))
    assert signs["probability"] == 0.5
    assert signs["people"] == 1.0
    assert signs["other_unit"] == 1.0
    assert signs["clock"] == signs["headline"] == 0.0
    assert signs["numbers"] == 2
