"""Clauses: each piece of a sentence states one thing, and its span is the page's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.consensus.clauses import clauses

CASES = [
    (
        "A ferry hit the breakwater on Monday evening, injuring at least 20 people.",
        ["A ferry hit the breakwater on Monday evening", "injuring at least 20 people."],
    ),
    (
        "The captain was arrested on Monday night and was released on Tuesday.",
        ["The captain was arrested on Monday night", "was released on Tuesday."],
    ),
    (
        "The bank lost the data of a million customers, which hackers had offered for sale.",
        ["The bank lost the data of a million customers", "which hackers had offered for sale."],
    ),
    (
        "The minister has ordered an inquiry and he expects a report within 30 days.",
        ["The minister has ordered an inquiry", "he expects a report within 30 days."],
    ),
    (
        "The two leaders met in Geneva after months of secret contacts between their envoys.",
        ["The two leaders met in Geneva", "after months of secret contacts between their envoys."],
    ),
]
WHOLE = [
    "Bread and butter were served.",
    "He sold the red and black flag to a museum in Lyon.",
    "“We came, we saw, and we were asked to leave the building,” she said.",
    "Cuts, bruises and sprains.",
    "Moscow recognised the breakaway regions of Donetsk and Luhansk on Monday.",
    "Moscow was sending forces there to serve as “peacekeepers,” a claim dismissed by its neighbours.",
]


@pytest.mark.parametrize(("sentence", "pieces"), CASES)
def test_a_sentence_is_cut_where_one_statement_ends(sentence: str, pieces: list[str]) -> None:
    assert [sentence[c.start : c.end] for c in clauses(sentence)] == pieces


@pytest.mark.parametrize("sentence", WHOLE)
def test_lists_and_quotations_stay_whole(sentence: str) -> None:
    assert len(clauses(sentence)) == 1


def test_a_predicate_gets_its_subject_back_in_text_only() -> None:
    sentence = "The captain was arrested on Monday night and was released on Tuesday."
    second = clauses(sentence)[1]
    assert second.text == "The captain was released on Tuesday."
    assert sentence[second.start : second.end] == "was released on Tuesday."


def test_a_phrase_in_front_of_a_sentence_is_no_subject() -> None:
    sentence = "In an opinion handed down on Tuesday the judge blocked the merger and granted an injunction."
    assert clauses(sentence)[-1].text == "granted an injunction."


def test_a_label_in_front_of_a_sentence_is_no_part_of_it() -> None:
    sentence = "The news: Blinken had agreed to meet Lavrov in Europe."
    assert [c.text for c in clauses(sentence)] == ["Blinken had agreed to meet Lavrov in Europe."]


@given(st.text(alphabet="ab A,;:.–—\"“”'\n andwhichwasafter", max_size=400))
def test_clauses_are_in_order_disjoint_and_inside_the_text(text: str) -> None:
    found = clauses(text)
    edges = [edge for clause in found for edge in (clause.start, clause.end)]
    assert edges == sorted(edges)
    assert all(0 <= c.start < c.end <= len(text) for c in found)


def test_long_hostile_text_takes_linear_time() -> None:
    assert clauses(", and he was " * 20_000)
