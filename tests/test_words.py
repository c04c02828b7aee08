"""Stems agree across inflection and spelling; content words leave function words out."""

import pytest

from summarize.language.cues import attribution
from summarize.language.polarity import negated, status
from summarize.language.words import content_words, fold, stem, tokenize


@pytest.mark.parametrize(
    "family",
    [
        "cancelled canceled cancels cancellation",
        "harbour harbor harbours",
        "organisation organization organizations",
        "struck strikes striking",
        "evacuated evacuation evacuate",
        "children child",
        "theatre theater",
        "bus buses",
    ],
)
def test_stems_agree(family):
    assert len({stem(word) for word in family.split()}) == 1


def test_stems_differ():
    assert len({stem(word) for word in "bus but harbour meeting ferry".split()}) == 5


def test_tokens_slice_back():
    text = "The U.S. didn't pay $3.1m (1,100 men)."
    assert [text[token.start : token.end] for token in tokenize(text)] == [token.text for token in tokenize(text)]
    assert "U.S." in [token.text for token in tokenize(text)]


def test_content_words_hold_numbers_as_digits():
    assert {"27", "1100", "us"} <= content_words("Twenty-seven people and 1,100 houses, the U.S. said")
    assert content_words("they are the") == frozenset()


def test_fold():
    assert fold("“Café’s”\n  Naïve") == '"cafe\'s" naive'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting has been canceled", "off"),
        ("Talks were called off on Monday", "off"),
        ("The launch will not take place", "off"),
        ("The meeting was set for next week", "planned"),
        ("They will meet Thursday", "planned"),
        ("The talks may resume", "possible"),
        ("Rescue work is continuing", "ongoing"),
        ("The ferry sank in May", "done"),
    ],
)
def test_status(text, expected):
    assert status(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody was killed", True),
        ("No deaths have been reported", True),
        ("It didn't start", True),
        ("He denied the charge", True),
        ("Not only did it start, it ended", False),
        ("The ferry sank", False),
        ("He lives at No. 10", False),
        ("He said “it is not true” and left", False),
    ],
)
def test_negation(text, expected):
    assert negated(text) is expected


@pytest.mark.parametrize(
    ("text", "speaker", "contents"),
    [
        ("Blinken said talks would start.", "Blinken", ["talks would start."]),
        ("Twenty-seven people were hurt, he said.", "he", ["Twenty-seven people were hurt"]),
        ("The boat was safe, said Maria Pappas, head of the office.", "Maria Pappas", ["The boat was safe"]),
        ("The toll, according to the ministry, stands at five.", "the ministry", ["The toll", "stands at five."]),
        ("Price told reporters on Thursday that the talks are off.", "Price", ["the talks are off."]),
        ("“We left,” Rahmoni said, “but late.”", "Rahmoni", ["“We left,”", "“but late.”"]),
        ("“We left,” said Aigerim Sadykova", "Aigerim Sadykova", ["“We left,”"]),
        ("“We left,” the spokesman, Col. Daniyar Ashimov, told reporters.", "Col. Daniyar Ashimov", ["“We left,”"]),
        ("Ashimov: “We left”", "Ashimov", ["“We left”"]),
        ("Antony Blinken announced on Tuesday that he had left", "Antony Blinken", ["he had left"]),
    ],
)
def test_attribution(text, speaker, contents):
    found = attribution(text)
    assert found.speaker == speaker
    assert [text[start:end] for start, end in found.content] == contents


def test_a_speaker_is_not_where_it_was_said():
    found = attribution("It was made up, ministry spokesman Oleg Marchuk at his weekly briefing said.")
    assert found is not None
    assert found.speaker == "ministry spokesman Oleg Marchuk"


@pytest.mark.parametrize(
    "text",
    [
        "Germany announced sanctions on Moscow.",
        "The man who said nothing was jailed.",
        "Ellery went on Friday, after lawyers concluded that he had talked to the press.",
        "It rained.",
        "",
    ],
)
def test_no_attribution(text):
    assert attribution(text) is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("According to CNN, the talks are off.", "CNN"),
        ("The talks were over, according to the Harbour Ledger.", "the Harbour Ledger"),
        ("Water was cut, a manager told the Courier.", "the Courier"),
        ("The minister said the talks were over.", None),
    ],
)
def test_relayed_outlets(text, outlet):
    assert attribution(text).relays == outlet
