"""Who published a page, and from where that is known."""

from __future__ import annotations

import pytest

from summarize.reading.clean import clean
from summarize.reading.masthead import is_section, name_in, without_company
from summarize.settings import Settings
from summarize.types import Article, Page

BODY = """Ferry hits pier at Dunmore
The ferry Halcyon struck the pier at Dunmore in the evening, injuring 14 passengers, the coast guard said.
The Halcyon had left Rosslare at noon with 231 people on board, according to its operator, Celtic Lines."""


def page_of(above: str = "", below: str = "", **more: str) -> Page:
    return clean([Article(f"{above}\n{BODY}\n{below}", id="page", **more)], Settings())[0]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ("", "Sign up for Harbour Lantern's free newsletters", "Harbour Lantern"),
        ("", "Thanks for reading Pier & Quay! Subscribe for free to receive new posts.", "Pier & Quay"),
        ("", "Download the Daily Lantern app", "Daily Lantern"),
        ("", "Join The Liffey Post on WhatsApp and stay up to date", "The Liffey Post"),
        ("", "© 2025 The Liffey Post DAC", "The Liffey Post"),
        ("", "Top stories from KLTB 9", "KLTB 9"),
        ("The Harbour Courier", "", "The Harbour Courier"),
        ("HARBOUR COURIER | Local | Sport", "", "Harbour Courier"),
        ("Quaywatch", "Quaywatch is free.\nMore on Quaywatch\nAbout Quaywatch", "Quaywatch"),
    ],
)
def test_a_page_names_its_outlet_in_its_own_furniture(above, below, name):
    page = page_of(above, below)
    assert (page.outlet, page.outlet_from) == (name, "page")


def test_metadata_come_first_and_the_link_where_the_page_is_silent():
    page = page_of("The Harbour Courier", outlet="The Gate", url="https://www.sfgate.com/a")
    assert (page.outlet, page.outlet_from) == ("The Gate", "metadata")
    page = page_of(url="https://www.sfgate.com/a")
    assert (page.outlet, page.outlet_from) == ("sfgate.com", "link")
    page = page_of()
    assert (page.outlet, page.outlet_from) == (None, "")


@pytest.mark.parametrize("line", ["World News", "Live TV", "Watch Now", "Breaking News | Sport"])
def test_a_section_is_no_outlet(line):
    assert name_in(line) is None
    assert page_of(line).outlet is None


def test_a_name_loses_its_legal_form_and_nothing_else():
    assert without_company("The Liffey Post DAC") == "The Liffey Post"
    assert without_company("Harbour News Pty Ltd") == "Harbour News"
    assert without_company("The Gate") == "The Gate"
    assert not is_section("Harbour News")
