"""Clauses: each piece of a sentence states one thing, in the page's own words and with its subject."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.consensus.clauses import clauses
from summarize.models.base import Parse
from summarize.models.load import load_parser
from summarize.settings import Settings

CASES = [
    (
        "A ferry hit the breakwater on Monday evening, injuring at least 20 people.",
        ["A ferry hit the breakwater on Monday evening", "injuring at least 20 people"],
    ),
    (
        "The captain was arrested on Monday night and was released on Tuesday.",
        ["The captain was arrested on Monday night", "The captain was released on Tuesday"],
    ),
    (
        "The captain, who had not been drinking, was arrested and later freed.",
        ["The captain was arrested and later freed", "The captain had not been drinking"],
    ),
    (
        "The bank lost the data of a million customers, which hackers had offered for sale.",
        ["The bank lost the data of a million customers", "which hackers had offered for sale"],
    ),
    (
        "The minister has ordered an inquiry and he expects a report within 30 days.",
        ["The minister has ordered an inquiry", "he expects a report within 30 days"],
    ),
    (
        "At least four people died and six were missing after a section of a road bridge gave way on Tuesday.",
        ["At least four people died", "six were missing", "a section of a road bridge gave way on Tuesday"],
    ),
    (
        "The Carawan Bridge, which takes the highway over the river, broke while commuters were heading home.",
        [
            "The Carawan Bridge broke",
            "The Carawan Bridge takes the highway over the river",
            "commuters were heading home",
        ],
    ),
]
WHOLE = [
    "Bread and butter were served.",
    "He sold the red and black flag to a museum in Lyon.",
    "“We came, we saw, and we were asked to leave the building,” she said.",
    "Moscow recognised the breakaway regions of Donetsk and Luhansk on Monday.",
    "The strike will go ahead if the two sides fail to agree by Friday.",
    "The union called off the strike to give the talks more time.",
    "The man who was driving it was hurt.",
]


def parsed(text: str) -> Parse:
    """What the shipped parser makes of a sentence."""
    return load_parser(Settings()).parse([text])[0]


@pytest.mark.parametrize(("sentence", "told"), CASES)
def test_a_sentence_is_cut_where_one_statement_ends(sentence: str, told: list[str]) -> None:
    assert [clause.text.rstrip(".") for clause in clauses(sentence, parsed(sentence))] == told


@pytest.mark.parametrize("sentence", WHOLE)
def test_lists_quotations_conditions_and_purposes_stay_whole(sentence: str) -> None:
    assert [clause.text for clause in clauses(sentence, parsed(sentence))] == [sentence]


def test_a_shared_subject_is_in_the_text_and_not_in_the_span() -> None:
    sentence = "The captain was arrested on Monday night and was released on Tuesday."
    second = clauses(sentence, parsed(sentence))[1]
    assert second.text == "The captain was released on Tuesday"
    assert sentence[second.start : second.end] == "was released on Tuesday"


def test_only_what_is_asked_for_is_cut() -> None:
    sentence = "Blinken said the meeting was off and that he had written to Lavrov."
    start = sentence.index("the meeting")
    found = clauses(sentence, parsed(sentence), within=(start, len(sentence)))
    assert all(start <= clause.start < clause.end <= len(sentence) for clause in found)
    assert "said" not in " ".join(clause.text for clause in found)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab A,;:.–—\"“”'\n andwhichwasafter", max_size=200))
def test_clauses_are_in_order_and_inside_the_text(text: str) -> None:
    found = clauses(text, parsed(text))
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(0 <= c.start < c.end <= len(text) for c in found)


def test_what_the_parser_does_not_reach_is_in_the_last_clause() -> None:
    sentence = "The captain was arrested, " + "and he was freed, " * 400 + "and the ship sank."
    found = clauses(sentence, parsed(sentence))
    assert max(clause.end for clause in found) == len(sentence)


def test_a_text_without_words_has_no_clause_or_one() -> None:
    assert clauses("", parsed("")) == []
    assert len(clauses("...", parsed("..."))) <= 1
