"""Loaded words are found outside quotations and replaced where a plain word fits."""

import pytest

from summarize.writing.neutral import Substitution, loaded_words, loadedness, neutralise


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The baron slammed the deal", ("baron", "slammed")),
        ("He said the deal was “an appalling sham”", ()),
        ("She sent the minister packing", ("sent the minister packing",)),
        ("The ferry hit the wall", ()),
        ("Northmere said it grovelled", ("grovelled",)),
    ],
)
def test_loaded_words(text, found):
    assert loaded_words(text) == found


def test_neutralise_lists_what_it_replaced():
    assert neutralise("Slammed by critics, he said “slammed”.") == (
        "Criticised by critics, he said “slammed”.",
        (Substitution("Slammed", "Criticised"),),
    )


def test_the_article_agrees_with_the_substitute():
    assert neutralise("It was a bizarre case.")[0] == "It was an unusual case."


def test_loadedness():
    assert loadedness("The ferry hit the wall.") == 0.0
    assert loadedness("HORROR FERRY SMASH! Bungling bosses slammed") > 0.3
    assert loadedness("") == 0.0
