"""A person is named in full where the summary first names them, and by surname after that."""

from summarize.models.load import load_parser
from summarize.models.parsed import Parsed
from summarize.settings import Settings
from summarize.types import Span
from summarize.writing.mention import People, introduced

PARSER = load_parser(Settings())


def parsed(*texts):
    return [Parsed(text, parse) for text, parse in zip(texts, PARSER.parse(list(texts)), strict=True)]


PAGES = {
    "a1": "The mayor of Port Ellis, Ann Reed, resigned on Monday after an inquiry.",
    "a2": "Ann Reed resigned, and her deputy Tom Holm will follow her, the council said.",
    "a3": "Reed had been mayor for four years.",
}


def people(pages=None):
    pages = pages or PAGES
    spans = [Span(article, 0, len(text)) for article, text in pages.items()]
    return People(zip(spans, parsed(*pages.values()), strict=True))


def introductions(*texts, cites=("a1", "a2", "a3"), room=10, pages=None):
    return introduced(parsed(*texts), [set(cites)] * len(texts), people(pages), room=room)


def told(*texts, **options):
    return [text for text, _ in introductions(*texts, **options)]


def test_the_first_mention_is_in_full_and_later_ones_are_not():
    assert told("Reed resigned on Monday.", "Ann Reed had been mayor for four years.") == [
        "Ann Reed resigned on Monday.",
        "Reed had been mayor for four years.",
    ]


def test_what_names_a_person_in_full_is_cited():
    first, second = introductions("Reed resigned on Monday.", "Ann Reed had been mayor for four years.")
    assert first[1] == (Span("a1", 0, len(PAGES["a1"])),)
    assert second[1] == ()


def test_courtesy_gives_way_to_the_first_name():
    assert told("Ms Reed resigned on Monday.") == ["Ann Reed resigned on Monday."]


def test_the_full_name_has_to_stand_in_a_page_that_the_sentence_cites():
    assert told("Reed resigned on Monday.", cites=("a3",)) == ["Reed resigned on Monday."]


def test_there_has_to_be_room():
    assert told("Reed resigned on Monday.", room=0) == ["Reed resigned on Monday."]


def test_two_persons_of_one_surname_keep_their_first_names():
    pages = {"a1": "Ann Reed resigned on Monday.", "a2": "Her brother Paul Reed will follow her, the council said."}
    texts = ["Ann Reed resigned on Monday.", "Paul Reed will follow her.", "Reed resigned on Monday."]
    assert told(*texts, pages=pages) == texts


def test_what_stands_in_quotation_marks_stays():
    text = '"Ann Reed has done what Reed had to do," Tom Holm said.'
    assert told("Ann Reed resigned on Monday.", text)[1] == text


def test_a_name_behind_its_office_and_a_comma_stays_whole():
    text = "The mayor of Port Ellis, Ann Reed, resigned on Monday."
    assert told("Ann Reed resigned on Monday.", text)[1] == text


ROLES = {
    "a1": "Water minister Davina Roach ordered an inquiry on Monday.",
    "a2": "Davina Roach, the water minister, ordered an inquiry.",
    "a3": "Tom Holm, the general manager of the shire, apologised.",
    "a4": "General manager Tom Holm apologised for the delay.",
}


def test_the_first_mention_says_what_the_person_is():
    assert told("Roach ordered an inquiry.", "Roach spoke on Monday.", pages=ROLES) == [
        "Water minister Davina Roach ordered an inquiry.",
        "Roach spoke on Monday.",
    ]


def test_a_role_told_already_is_not_told_again():
    texts = ("The water minister, Davina Roach, ordered an inquiry.",)
    assert told(*texts, pages=ROLES) == list(texts)
    assert told("Davina Roach is the water minister.", pages=ROLES) == ["Davina Roach is the water minister."]


def test_a_role_behind_the_name_needs_a_page_that_has_it_so():
    assert told("Tom Holm apologised.", pages=ROLES, cites=("a3",)) == [
        "Tom Holm, the general manager of the shire, apologised."
    ]


def test_what_one_page_alone_calls_a_person_is_not_passed_on():
    pages = {"a1": "Danish ace Ann Reed resigned.", "a2": "Ann Reed resigned on Monday."}
    assert told("Ann Reed resigned.", pages=pages) == ["Ann Reed resigned."]


def test_loaded_words_are_no_role():
    pages = {"a1": "The disgraced mayor Ann Reed resigned.", "a2": "The disgraced mayor Ann Reed resigned on Monday."}
    assert "disgraced" not in told("Ann Reed resigned.", pages=pages)[0]
