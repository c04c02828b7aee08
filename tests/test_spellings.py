"""Spellings: a misspelt name is a discrepancy, a transliteration or another person is not."""

from __future__ import annotations

import pytest
from clusters import SETTINGS, page, parses, sentences

from summarize.consensus.spellings import misspelt, spelling_discrepancies


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Helen Astbury", "Helen Ashbury"),
        ("Marta Oliveira", "Marta Olivera"),
        ("Mehnaz Tareen", "Mahnaz Tarin"),
        ("Mirela Kostanj", "Mirella Kostany"),
        ("Ingrid Solvang", "Ingrid Solberg"),
        ("Graeme Paltridge", "Graham Paltridge"),
        ("Bronagh Teale", "Bronagh Teal"),
    ],
)
def test_a_letter_apart_is_one_person_misspelt(a: str, b: str) -> None:
    assert misspelt(a, b, SETTINGS)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Beatriz Olazábal", "Beatriz Olazabal"),
        ("John Miller", "John Walker"),
        ("Anna Lee", "Anna Leo"),
        ("Helen Astbury", "Karen Ashbury"),
        ("Maria Silvano", "Mario Silvano"),
        ("Mads Kjelgaard", "Mads Kjelgaards"),
    ],
)
def test_transliterations_and_other_people_are_not(a: str, b: str) -> None:
    assert not misspelt(a, b, SETTINGS)


def test_only_persons_have_misspelt_names() -> None:
    pages = [page("a", "He flew to New Zealand on Monday."), page("b", "Many New Zealanders were on board.")]
    assert spelling_discrepancies(sentences(pages), parses(pages), pages, [0, 1], SETTINGS) == []


def test_the_spelling_of_most_sources_comes_first_and_points_at_its_pages() -> None:
    pages = [
        page("a", "The bank is led by Helen Astbury."),
        page("b", "The bank is led by Helen Ashbury."),
        page("c", "The bank is led by Helen Astbury."),
    ]
    (found,) = spelling_discrepancies(sentences(pages), parses(pages), pages, [0, 1, 2], SETTINGS)
    assert [value.value for value in found.values] == ["Helen Astbury", "Helen Ashbury"]
    text = {each.id: each.text for each in pages}
    assert all(text[s.article][s.start : s.end] == value.value for value in found.values for s in value.evidence)
