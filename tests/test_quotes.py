"""Quotations: who is quoted, in which wording, by whom."""

from __future__ import annotations

from collections.abc import Sequence

from clusters import SETTINGS, page, parses, sentences

from summarize.consensus.claims import raw_texts
from summarize.consensus.quotes import (
    Utterance,
    find_quotes,
    quote_discrepancies,
    same_utterances,
    speaker_discrepancies,
    utterances,
)
from summarize.models.load import load_comparer
from summarize.types import Page, Quote

COMPARER = load_comparer(SETTINGS)


def said(pages: Sequence[Page], sources: Sequence[int]) -> list[list[Utterance]]:
    read = sentences(pages)
    return same_utterances(utterances(read, raw_texts(read, pages), parses(pages), pages, sources, SETTINGS), SETTINGS)


def quotes(*texts: str) -> list[Quote]:
    pages = [page(chr(97 + n), text) for n, text in enumerate(texts)]
    return find_quotes(said(pages, list(range(len(pages)))), SETTINGS)


def test_one_wording_in_two_pages_is_one_quotation_with_its_speaker() -> None:
    (quote,) = quotes(
        "“We will leave no question unanswered,” said Petros Langadas.",
        '"We will leave no question unanswered," Langadas said.',
    )
    assert quote.speaker == "Petros Langadas"
    assert quote.text == "We will leave no question unanswered"
    assert {span.article for span in quote.evidence} == {"a", "b"}
    assert quote.variants == ()


def test_a_misquotation_is_a_variant_and_a_discrepancy() -> None:
    pages = [
        page("a", "“We will not allow the pretense of diplomacy at the same time,” Blinken said."),
        page("b", "“We will not allow the guise of diplomacy at the same time,” Blinken said."),
        page("c", "“We will not allow the pretense of diplomacy at the same time,” Blinken said."),
    ]
    (quote,) = find_quotes(said(pages, [0, 1, 2]), SETTINGS)
    assert "pretense" in quote.text
    assert [variant.text for variant in quote.variants] == ["We will not allow the guise of diplomacy at the same time"]
    (found,) = quote_discrepancies([quote], COMPARER, SETTINGS)
    assert found.kind == "quote"


def test_two_pages_of_one_source_do_not_outvote_another() -> None:
    pages = [
        page("a", "“We will rebuild it within a single year,” the mayor said."),
        page("b", "“We will rebuild it within a single year,” the mayor said."),
        page("c", "“We shall rebuild it within a single year from now,” the mayor said."),
        page("d", "“We shall rebuild it within a single year from now,” the mayor said."),
    ]
    (quote,) = find_quotes(said(pages, [0, 0, 1, 2]), SETTINGS)
    assert quote.text.startswith("We shall")


def test_evidence_slices_back_to_the_words_quoted() -> None:
    text = "“The roof can be bought again,” she said."
    (quote,) = quotes(text)
    (span,) = quote.evidence
    assert text[span.start : span.end] == "The roof can be bought again"


def test_names_in_quotation_marks_are_no_quotations() -> None:
    assert quotes("The film “Long Way Home” won. He spoke of “peace talks”.") == []


def test_a_quotation_that_never_closes_does_no_harm() -> None:
    assert len(quotes("“We will rebuild it within a year, the mayor said\nThe bridge is closed.")) == 1


def test_where_every_wording_differs_the_words_that_most_sources_have_decide() -> None:
    (quote,) = quotes(
        "“We will not allow Russia to claim the pretense of democracy as it marches to war,” Blinken added.",
        "Blinken will “not allow Russia to claim the pretense of diplomacy as it marches to war”.",
        "“We will not allow Russia to claim the guise of diplomacy while it marches on,” Blinken said.",
    )
    assert "pretense of diplomacy" in quote.text
    assert len(quote.variants) == 2


def test_one_wording_in_two_mouths_is_a_disagreement_over_who_said_it() -> None:
    pages = [
        page("a", "“No wall can hold back the truth,” said Carlo Benavidez, the prosecutor."),
        page("b", "“No wall can hold back the truth,” prosecutor Carlo Benavidez told reporters."),
        page("c", "“No wall can hold back the truth,” Justice Marivic Alcaraz said."),
        page("d", "“No wall can hold back the truth,” an official said."),
    ]
    (found,) = speaker_discrepancies(said(pages, [0, 1, 2, 3]), SETTINGS)
    assert found.kind == "attribution"
    assert [value.value for value in found.values] == ["Carlo Benavidez", "Marivic Alcaraz"]
    assert [{span.article for span in value.evidence} for value in found.values] == [{"a", "b"}, {"c"}]


def test_spellings_of_one_speaker_are_one_mouth() -> None:
    pages = [
        page("a", "“It was over within a minute,” said Annika Dvorski."),
        page("b", "“It was over within a minute,” said Anneke Dvorsky."),
    ]
    assert speaker_discrepancies(said(pages, [0, 1]), SETTINGS) == []


def test_two_translations_that_mean_the_same_are_no_discrepancy() -> None:
    pages = [
        page("a", "“I was more afraid of winning than of losing,” Ilse Brandauer said."),
        page("b", "“I had more fear to win than to lose,” Ilse Brandauer said."),
    ]
    assert quote_discrepancies(find_quotes(said(pages, [0, 1]), SETTINGS), COMPARER, SETTINGS) == []


def test_a_wording_that_turns_the_sense_round_is_one() -> None:
    pages = [
        page("a", "“We let New Zealanders down, and I am sorry,” Marama Kingi said."),
        page("b", "“If people feel let down, then I am sorry,” Marama Kingi said."),
    ]
    (found,) = quote_discrepancies(find_quotes(said(pages, [0, 1]), SETTINGS), COMPARER, SETTINGS)
    assert found.aspect == "what Marama Kingi said"


def test_a_word_inside_that_only_one_page_has_is_a_discrepancy_and_a_shortened_quotation_is_none() -> None:
    whole = page("a", "“Trust is the only thing a bank really sells to people,” said Dame Philippa.")
    changed = page("b", "“Trust is the only thing a bank sells to people,” said Dame Philippa.")
    short = page("b", "“Trust is the only thing,” said Dame Philippa.")
    written = page("b", "“Trust's the only thing a bank really sells to people,” said Dame Philippa.")
    for other, count in ((changed, 1), (short, 0), (written, 0)):
        assert (
            len(quote_discrepancies(find_quotes(said([whole, other], [0, 1]), SETTINGS), COMPARER, SETTINGS)) == count
        )
