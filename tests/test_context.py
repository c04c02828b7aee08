"""Context: what a sentence takes for known is found, and answered by what was told before."""

import pytest

from summarize.models.load import load_parser
from summarize.models.parsed import Parsed
from summarize.settings import Settings
from summarize.writing.context import UNKNOWN, known, references, unresolved


def needed(text):
    (parse,) = load_parser(Settings()).parse([text])
    return references(Parsed(text, parse))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("The fix failed.", "fix"),
        ("The sum was 486 million kroner.", "sum"),
        ("Some 214 were rejected.", UNKNOWN),
        ("Trellisoft disputed that.", UNKNOWN),
        ("He was freed on Tuesday afternoon.", UNKNOWN),
        ("Solgaard knew of a stake in January 2023.", "solgaard"),
    ],
)
def test_what_needs_an_earlier_sentence(text, reference):
    assert reference in needed(text)


@pytest.mark.parametrize(
    "text",
    [
        "A ferry hit the harbour wall at Port Ellis.",
        "Judge Marian Oakes blocked the merger of PolarChain and Frostline.",
        "Police arrested the driver of a bus.",
        "Twenty-seven people were injured.",
    ],
)
def test_what_stands_alone(text):
    assert needed(text) == ()


def test_an_earlier_sentence_answers_by_its_words():
    told = known(["Norway's fix for the dam was tried on Monday."])
    assert unresolved(("fix",), told) == 0
    assert unresolved(("fix", UNKNOWN), told) == 1
    assert unresolved(("sum",), told) == 1
    assert unresolved((), known([])) == 0
