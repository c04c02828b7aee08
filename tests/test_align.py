"""Alignment: claims about one thing come together; claims that only look alike do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from clusters import SETTINGS, claims, page, sentences
from numpy.typing import NDArray

from summarize.consensus.align import (
    FEATURES,
    embed,
    group_claims,
    pair_features,
    score_pairs,
)
from summarize.consensus.support import copied_claims, supporting
from summarize.models.base import Encoder
from summarize.models.decision import decision
from summarize.models.fake import FakeEncoder
from summarize.models.load import load_encoder
from summarize.types import Claim, Page

PAGES = [
    page("a", "Twelve people were hurt when the ferry hit the breakwater.\nThe captain was arrested on Monday night."),
    page(
        "b",
        "The ferry struck the breakwater and a dozen passengers were injured.\nPolice detained the captain on Monday night.",
    ),
    page("c", "The captain of the ferry was arrested late on Monday.\nSwimming at the town beach is allowed."),
]


def vectors(
    found: Sequence[Claim], pages: Sequence[Page], encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    said = sentences(pages)
    return embed(found, said, encoder.encode([sentence.text for sentence in said]), encoder)


def grouped() -> list[set[str]]:
    found = claims(PAGES)
    pairs = score_pairs(found, *vectors(found, PAGES, load_encoder(SETTINGS)), SETTINGS)
    return [
        {f"{found[i].span.article}:{found[i].text}" for i in group} for group in group_claims(found, pairs, SETTINGS)
    ]


@pytest.mark.slow
def test_one_fact_in_three_wordings_is_one_group() -> None:
    arrests = [group for group in grouped() if any("arrested on Monday night" in claim for claim in group)]
    assert {claim[0] for claim in arrests[0]} == {"a", "b", "c"}


@pytest.mark.slow
def test_a_claim_that_nobody_else_makes_stays_alone() -> None:
    assert [group for group in grouped() if any("Swimming" in claim for claim in group)] == [
        {"c:Swimming at the town beach is allowed."}
    ]


def test_every_claim_is_in_exactly_one_group() -> None:
    found = claims(PAGES)
    pairs = score_pairs(found, *vectors(found, PAGES, FakeEncoder()), SETTINGS)
    groups = group_claims(found, pairs, SETTINGS)
    assert sorted(index for group in groups for index in group) == list(range(len(found)))


def test_clauses_of_one_sentence_are_never_grouped() -> None:
    pages = [page("a", "The bridge was closed on Friday and the bridge was closed on Friday by the police.")]
    found = claims(pages)
    pairs, _ = pair_features(found, *vectors(found, pages, FakeEncoder()), SETTINGS)
    assert len(found) == 2
    assert pairs == []


def test_no_claims_make_no_groups() -> None:
    assert score_pairs([], *vectors([], [], FakeEncoder()), SETTINGS) == {}
    assert group_claims([], {}, SETTINGS) == []


def test_the_shipped_decision_weighs_exactly_the_features_and_beats_cosine_on_clusters_left_out() -> None:
    fitted = decision("consensus", "align")
    assert set(fitted["weights"]) == set(FEATURES)
    assert fitted["left_out_auc"] > fitted["cosine_auc"]


def test_a_sentence_of_two_facts_is_evidence_for_both() -> None:
    pages = [
        page("a", "The ferry hit the pier."),
        page("b", "The ferry struck the pier."),
        page("c", "A ferry with 231 people on board hit the pier."),
        page("d", "There were 231 people on board."),
    ]
    found = claims(pages)
    near = {0: {1: 0.9, 2: 0.8}, 1: {0: 0.9, 2: 0.5}, 2: {0: 0.8, 1: 0.5, 3: 0.9}, 3: {2: 0.9}}
    assert supporting([0, 1], found, near, set(), SETTINGS) == [2]
    assert supporting([2, 3], found, near, set(), SETTINGS) == [0]
    assert supporting([0, 1], found, near, {2}, SETTINGS) == []


def test_what_may_be_and_what_is_denied_are_no_evidence_of_what_is() -> None:
    pages = [page("a", "Troops crossed the border."), page("b", "Troops could cross the border soon.")]
    pages += [page("c", "Troops did not cross the border.")]
    near = {0: {1: 0.9, 2: 0.9}, 1: {0: 0.9}, 2: {0: 0.9}}
    assert supporting([0], claims(pages), near, set(), SETTINGS) == []


def test_an_edited_claim_of_a_copy_is_its_originals_twin() -> None:
    pages = [
        page("a", "The ferry hit the pier on Monday.\nNobody died."),
        page("b", "The ferry struck the pier on Monday.\nA new line."),
    ]
    found = claims(pages)
    twins, added = copied_claims(found, {"b": "a"}, SETTINGS)
    assert {found[i].text: [found[j].text for j in own] for i, own in twins.items()} == {
        "The ferry hit the pier on Monday.": ["The ferry struck the pier on Monday."]
    }
    assert [found[i].text for i in added] == ["A new line."]
