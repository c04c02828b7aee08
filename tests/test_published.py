"""When a page was published, and from where that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from summarize.reading.clean import clean
from summarize.reading.published import parse_day
from summarize.settings import Settings
from summarize.types import Article, Page

BODY = """The ferry Halcyon struck the pier at Dunmore in the evening, injuring 14 passengers, the coast guard said.
The Halcyon had left Rosslare at noon with 231 people on board, according to its operator, Celtic Lines."""
DATED = Article(BODY + "\nDivers are to look at the pier.", id="other", published="2025-03-05T08:00:00Z")


def page_of(head: str, *others: Article, body: str = BODY, **more: str) -> Page:
    return clean([Article(f"Ferry hits pier at Dunmore\n{head}\n{body}", id="page", **more), *others], Settings())[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-04T09:30:00Z", date(2025, 3, 4)),
        ("Published: Tue 13 May 2025 15.02 BST", date(2025, 5, 13)),
        ("Sept. 3rd, 2025", date(2025, 9, 3)),
        ("13.05.2025 | 10:30", date(2025, 5, 13)),
        ("31 February 2025", None),
        ("nothing", None),
    ],
)
def test_days_are_read_in_the_ways_pages_write_them(text, day):
    assert parse_day(text) == day


def test_metadata_come_before_the_page_and_the_page_before_the_link():
    link = "https://x.example/2025/03/06/ferry/"
    page = page_of("Published 4 March 2025", published="2025-03-05", url=link)
    assert (page.published, page.published_from) == (date(2025, 3, 5), "metadata")
    page = page_of("Published 4 March 2025", url=link)
    assert (page.published, page.published_from) == (date(2025, 3, 4), "page")
    page = page_of("By Jane Roe", url=link)
    assert (page.published, page.published_from) == (date(2025, 3, 6), "link")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Published March 4", date(2025, 3, 4)),
        ("Updated Tuesday 9.40 p.m.", date(2025, 3, 4)),
        ("Updated 31 Dec", date(2024, 12, 31)),
    ],
)
def test_a_day_without_its_year_and_a_weekday_are_the_nearest_to_what_the_others_say(head, day):
    page = page_of(head, DATED)
    assert (page.published, page.published_from) == (day, "cluster")
    assert page_of(head).published is None


def test_a_dateline_tells_the_day():
    page = page_of("By Jane Roe", DATED, body="DUNMORE, March 4 (Celtic News) — " + BODY)
    assert (page.published, page.published_from) == (date(2025, 3, 4), "cluster")


def test_a_page_that_says_nothing_has_no_day():
    page = page_of("By Jane Roe", DATED)
    assert (page.published, page.published_from) == (None, "")


def test_a_year_in_the_headline_is_no_day_of_publication():
    text = "Survivors recall the ferry disaster of 11 September 2001\n" + BODY
    (page,) = clean([Article(text, id="page", url="https://x.example/2025/03/04/ferry/")], Settings())
    assert (page.published, page.published_from) == (date(2025, 3, 4), "link")


@pytest.mark.parametrize("head", ["Top 10 novels 2023", "The Sun", "Marines 12 held after brawl"])
def test_words_that_begin_like_months_and_days_are_none(head):
    assert page_of(head, DATED).published is None


@pytest.mark.parametrize("stated", ["9999-12-31", "0001-01-01"])
def test_a_placeholder_is_no_day(stated):
    odd = replace(DATED, published=stated)
    assert page_of("Updated Saturday 9.40 p.m.", odd, replace(odd, id="third")).published is None
