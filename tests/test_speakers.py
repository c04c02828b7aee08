"""Speakers: who is said to have said a quotation, however the page calls him."""

from __future__ import annotations

import pytest
from clusters import SETTINGS, page, parses, sentences

from summarize.consensus.claims import raw_texts
from summarize.consensus.quotes import utterances


def speaker(text: str) -> str:
    """Of the last quotation of a page."""
    pages = [page("a", text)]
    read = sentences(pages)
    return utterances(read, raw_texts(read, pages), parses(pages), pages, [0], SETTINGS)[-1].speaker


@pytest.mark.parametrize(
    "text",
    [
        "“We will leave no question unanswered,” Shipping minister Petros Langadas said on Monday.",
        "“We will leave no question unanswered,” said the shipping minister, Petros Langadas.",
        "Petros Langadas, the shipping minister, spoke to relatives. “We will leave no question unanswered,” he said.",
        "The owner met Petros Langadas, the shipping minister.\n\n“We will leave no question unanswered,” said the minister.",
        "Mr Petros Langadas went to the port.\n\nLangadas did not stay long. “We will leave no question unanswered,” he said.",
        "Minister Petros Langadas came on stage and said “We will leave no question unanswered.”",
        "“We will leave no question unanswered,” Petros Langadas likes to say.",
        "Petros Langadas has run the ports since May. Furious Petros Langadas stormed: “We will leave no question unanswered.”",
        "The service's spokesman, Lt. Petros Langadas, told reporters: “We will leave no question unanswered.”",
    ],
)
def test_a_speaker_is_called_by_name_where_the_page_gives_it(text: str) -> None:
    assert speaker(text).removeprefix("Lt. ") == "Petros Langadas"


def test_a_clause_before_a_colon_is_no_speaker() -> None:
    text = "Emil Tvedt leaves after nine years. In a classy goodbye he said: “I leave as a fan of this club.”"
    assert speaker(text) == "Emil Tvedt"


def test_whom_nobody_names_stays_unnamed() -> None:
    assert speaker("“We will leave no question unanswered,” it was said at the port.") == ""


def test_a_role_that_two_people_have_names_neither() -> None:
    text = "Judge Anna Brandt and judge Otto Weil heard the case.\n\n“We will leave no question unanswered,” the judge said."
    assert speaker(text) == "the judge"


def test_it_is_a_body_and_no_person() -> None:
    text = "Northmere Bank wrote to Anna Brandt on Monday. “We will leave no question unanswered,” it said."
    assert speaker(text) == "Northmere Bank"


def test_whom_they_are_is_not_guessed() -> None:
    text = "Anna Brandt met the crew on Monday. “We will leave no question unanswered,” they said."
    assert speaker(text) == ""
