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


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("He vowed to fight on.", "He promised to fight on."),
        ("Mr Oxley stormed: “This was bad.”", "Mr Oxley said: “This was bad.”"),
        ("“This was bad,” raged Oxley.", "“This was bad,” said Oxley."),
        ("The minister slams the plan.", "The minister criticises the plan."),
        ("A staggering number of people came.", "A large number of people came."),
        ("The rocket blasted off at noon.", "The rocket lifted off at noon."),
        ("Prices fell drastically.", "Prices fell sharply."),
        ("The move sparked outrage.", "The move drew criticism."),
        ("It was fined after fury over the deal.", "It was fined after criticism of the deal."),
        ("Youths torched two cars.", "Youths burned two cars."),
        ("The shop was slapped with a fine.", "The shop was given a fine."),
        ("The club ditched its coach.", "The club dropped its coach."),
    ],
)
def test_a_substitute_keeps_the_sentence_a_sentence(text, plain):
    assert neutralise(text)[0] == plain


@pytest.mark.parametrize(
    "text",
    [
        "Police stormed the building.",
        "Two blasts were heard.",
        "An explosive device was found.",
        "She won three Grand Slams.",
        "Sparks from a grinder set it off.",
        "The cable snapped.",
        "Mount Rengkasa spewed ash.",
        "Tyson Fury won.",
        "The navy fired two torpedoes.",
        "A swarm of earthquakes was recorded.",
        "The office was trashed by burglars.",
        "He lied about his income, the court found.",
        "The Rams lost.",
        "A dozen shops slammed their doors.",
        "The driver slammed on the brakes.",
    ],
)
def test_a_word_that_has_a_plain_meaning_is_not_loaded(text):
    assert loaded_words(text) == ()


def test_no_entry_of_the_lexicon_is_listed_twice_and_no_substitute_is_loaded_itself():
    from summarize.language.lexicon import lines

    entries = [line.partition(":") for line in lines("loaded", "summarize.writing")]
    keys = [key.strip() for key, _, _ in entries]
    assert len(keys) == len(set(keys))
    assert [plain for _, _, plain in entries if loaded_words(plain)] == []
