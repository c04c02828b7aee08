"""Whose word it is: the forms in which a page puts a statement into somebody's mouth, and those in which it does not."""

from __future__ import annotations

import pytest
from clusters import claims, page


def spoken(text: str) -> list[tuple[str | None, str]]:
    """Each claim of a sentence with its speaker."""
    return [(claim.speaker, claim.text.rstrip(".,")) for claim in claims([page("a", text)])]


@pytest.mark.parametrize(
    ("text", "speaker", "claim"),
    [
        (
            "Norrhav's line for investors is that the death had nothing to do with the drug.",
            "Norrhav",
            "the death had nothing to do with the drug",
        ),
        ("The government's position was that the deal is legal.", "The government", "the deal is legal"),
        (
            "By the union's own account, 4,000 people marched through the town.",
            "the union",
            "4,000 people marched through the town",
        ),
        ("By the account of two passengers, the engine caught fire.", "two passengers", "the engine caught fire"),
        (
            "A local vote on mining is nothing but an opinion poll, as the group's lawyers have pointed out.",
            "the group's lawyers",
            "A local vote on mining is nothing but an opinion poll",
        ),
        # By the parse alone.
        (
            "The mayor has always maintained that he learned of this in the summer of 2023.",
            "The mayor",
            "he learned of this in the summer of 2023",
        ),
        (
            "Residents reached by phone said mortars could still be heard in mid-afternoon.",
            "Residents reached by phone",
            "mortars could still be heard in mid-afternoon",
        ),
    ],
)
def test_who_says_it_is_kept_apart_from_what_is_said(text, speaker, claim):
    assert spoken(text) == [(speaker, claim)]


def test_each_side_of_a_semicolon_has_its_own_speaker():
    text = (
        "The Zharkandis say that a post of theirs was mortared; the Orvistanis say that their repairmen were fired on."
    )
    assert spoken(text) == [
        ("The Zharkandis", "a post of theirs was mortared"),
        ("the Orvistanis", "their repairmen were fired on"),
    ]


def test_what_the_page_says_beside_a_statement_stays_its_own():
    found = dict(spoken("Maria Lund left the room at noon and later swore that nobody had asked her to go."))
    assert found["Maria Lund"] == "nobody had asked her to go"
    assert "left the room" in found[None]


@pytest.mark.parametrize(
    "text",
    [
        "The party's claim that the vote was rigged has not been proven.",
        "Northmere would not say whether the feature was switched on for that account.",
        "The company denied that its platform was at fault.",
        "Rahmoni called reports that the army had fired first a lie from beginning to end.",
        "The fire started at about 1:40 a.m. on Sunday.",
        "The records show that the seal was changed in October; the ship sailed in March.",
    ],
)
def test_what_nobody_states_has_no_speaker(text):
    assert {speaker for speaker, _ in spoken(text)} == {None}
