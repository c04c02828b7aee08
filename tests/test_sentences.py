"""A model's answer is split into sentences: abbreviations, quotations and line marks are known."""

from __future__ import annotations

import pytest

from summarize.language.sentences import ended, sentences

KNOWN = ("The firm paid approx. 3 million.", 'Ms. Cole of Brightwell Plc. said: "We left. It rained."')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry hit a wall. Two were hurt.", ["The ferry hit a wall.", "Two were hurt."]),
        ("the ferry hit a wall. two were hurt.", ["the ferry hit a wall.", "two were hurt."]),
        ("Mr. Lee of the U.S. Navy met J. Poe. He left.", ["Mr. Lee of the U.S. Navy met J. Poe.", "He left."]),
        ("Brightwell Plc. paid approx. 3 million. It fell.", ["Brightwell Plc. paid approx. 3 million.", "It fell."]),
        ('She said: "We left. It rained." Nobody came.', ['She said: "We left. It rained."', "Nobody came."]),
        ("“We left!” she said. It rained.", ["“We left!” she said.", "It rained."]),
        ("One fell .<n>Two ran .\nThree", ["One fell .", "Two ran .", "Three"]),
        ("It rose 2.5% to 4.1. Then it fell", ["It rose 2.5% to 4.1.", "Then it fell"]),
        ("", []),
        (" <n> ", []),
    ],
)
def test_an_answer_s_sentences(text: str, found: list[str]) -> None:
    assert sentences(text, KNOWN) == found


def test_what_has_ended() -> None:
    assert ended("He left.")
    assert ended("“He left.”")
    assert not ended("He left the")
