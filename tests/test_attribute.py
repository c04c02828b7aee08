"""Prose names whom it must: speakers, single sources, the sides of a disagreement."""

from dataclasses import replace

import pytest
from writing_examples import HURT, MORE, TUG, piece

from summarize.types import Discrepancy, Value
from summarize.writing.attribute import lowered, opened, outlets, single, spoken
from summarize.writing.disagree import differing, opposed, worded


def test_single_sources_are_named_in_turn():
    text = "The mayor wants a tug."
    assert single(text, TUG, 0) == "Only Isle Notes reports that the mayor wants a tug."
    assert single(text, TUG, 1) == "According to Isle Notes, the mayor wants a tug."
    assert single(text, TUG, 2) == "The mayor wants a tug, Isle Notes reports."
    assert "Only" not in single(text, TUG, 0, alone=True)


def test_two_sources_where_it_takes_three_are_both_named():
    pair = [*TUG, replace(TUG[0], outlet="Port News", group=9, number=9)]
    assert single("The mayor wants a tug.", pair, 0) == "According to Isle Notes and Port News, the mayor wants a tug."


def test_names_keep_their_capital():
    evidence = [piece("a1", "Brazil offered help. US officials agreed.")]
    assert lowered("Brazil offered help.", evidence) == "Brazil offered help."
    assert lowered("US officials agreed.", evidence) == "US officials agreed."
    assert lowered("Two men left.", evidence) == "two men left."


def test_spoken():
    assert spoken("Talks are over.", "The coast guard") == "Talks are over, the coast guard said."
    assert spoken("They sued in the U.S.", "Ann Reed") == "They sued in the U.S., Ann Reed said."


def test_outlets():
    assert outlets(["A"]) == "A"
    assert outlets(["A", "B", "A"]) == "A and B"
    assert outlets(["A", "B", "C"]) == "A and two others"


def test_a_disagreement_names_its_sides():
    dispute = Discrepancy("number", "injured", (Value("Twenty-seven", (), ()), Value("Thirty-one", (), ())))
    told = differing("Twenty-seven people were injured.", dispute, HURT, [("Thirty-one", MORE)])
    assert told == "Twenty-seven people were injured, according to two sources; Isle Notes gives thirty-one."


def test_a_value_that_is_not_in_its_evidence_is_not_told():
    dispute = Discrepancy("number", "injured", (Value("Twenty-seven", (), ()), Value("40", (), ())))
    assert differing("Twenty-seven people were injured.", dispute, HURT, [("40", MORE)]) is None


def test_a_quotation_is_not_told_as_disputed():
    dispute = Discrepancy("number", "days", (Value("Thirteen days", (), ()), Value("twelve", (), ())))
    first, second = (piece("a1", "“Thirteen days is too long,” Reed said."), piece("a2", "Reed said twelve days."))
    assert differing("“Thirteen days is too long,” Reed said.", dispute, (first,), [("twelve", (second,))]) is None


def test_a_value_from_the_start_of_a_sentence_is_told_in_lower_case():
    dispute = Discrepancy("number", "coaches", (Value("eleven coaches", (), ()), Value("Nine bogies", (), ())))
    told = differing(
        "Eleven coaches were derailed.",
        dispute,
        (piece("a1", "Eleven coaches were derailed."),),
        [("Nine bogies", (piece("a2", "Nine bogies were derailed."),))],
    )
    assert told is not None
    assert told.endswith("gives nine bogies.")


def test_opposed_statements():
    a, b = piece("a1", "The captain was arrested."), piece("a4", "The captain was not arrested.")
    assert opposed("The captain was arrested.", "The captain was not arrested.", [a], [b]) == (
        "Harbour Ledger reports that the captain was arrested, while Isle Notes reports that the captain was not arrested."
    )


def test_wordings_of_a_quotation():
    a, b = piece("a1", "“We never fired,” Ash said."), piece("a2", "“We did not fire,” Ash said.")
    dispute = Discrepancy("quote", "Ash", (Value("We never fired", (), ()), Value("We did not fire", (), ())))
    told = worded(dispute, [[a], [b]], "Ash")
    assert told == "Ash's words are given as “We never fired” by Harbour Ledger and as “We did not fire” by Hill Post."
    assert worded(dispute, [[b], [a]]) is None


@pytest.mark.parametrize(("text", "expected"), [("It sank.", "It sank"), ("In the U.S.", "In the U.S.")])
def test_opened(text, expected):
    assert opened(text) == expected


def test_an_amount_keeps_its_scale():
    dispute = Discrepancy("number", "cost", (Value("$74 million", (), ()), Value("$84 million", (), ())))
    first = (piece("a1", "The satellite cost $74 million.", "The satellite cost $74 million."),)
    second = (piece("a2", "The satellite cost $84 million.", "The satellite cost $84 million."),)
    told = differing("The satellite cost $74 million.", dispute, first, [("$84 million", second)])
    assert told is not None
    assert told.endswith("$84 million.")
