"""When a page was published: from its metadata, its own dated lines, its address, or what the cluster's other pages say.

A page often gives the day without the year ("MANILA, June 13 —"), or only a weekday ("Updated Tuesday 9.40 p.m."). The
other pages of the cluster then tell which: the nearest one to the middle of their days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from summarize.reading.layout import Layout
from summarize.types import Article, Origin

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"\b(january|february|march|april|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_DATES = (
    (re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"), "ymd"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (\d{{4}})\b", re.IGNORECASE), "dmy"),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE), "mdy"),
    (re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"), "dmy"),
)
_PARTIAL = (
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b", re.IGNORECASE), "dm"),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE), "md"),
)
_WEEKDAY = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?,? (?=\d)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-ZÀ-Þ][^.!?\"“]{1,60}?(?:—|–|--|\)| - )")
_IN_URL = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])")
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
"""What lies outside is no day of publication, but a placeholder."""
_LOOK = 200
"""Characters of a line in which its date stands."""
_DATE_WORDS = 12
"""Words that a line with a date of publication has at most."""
_WEEKDAY_REACH = 3
"""Days from the middle of the cluster's within which a bare weekday is taken to be meant."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of publication and where it is from; ``None`` and ``""`` where nothing tells."""

    day: date | None = None
    origin: Origin = ""


def days_of(articles: Sequence[Article], layouts: Sequence[Layout]) -> list[Day]:
    """The day of publication of each page, in order."""
    found = [_day(article, layout) for article, layout in zip(articles, layouts, strict=True)]
    known = sorted(each.day for each in found if each.day)
    if not known:
        return found
    middle = known[len(known) // 2]
    return [each if each.day else _near(layout, middle) for each, layout in zip(found, layouts, strict=True)]


def _day(article: Article, layout: Layout) -> Day:
    if day := parse_day(article.published or ""):
        return Day(day, "metadata")
    if day := _first_day(_bylines(layout)):
        return Day(day, "page")
    if day := _day_in_url(article.url):
        return Day(day, "link")
    day = _first_day(_unmarked(layout))
    return Day(day, "page") if day else Day()


def _first_day(lines: Iterable[str]) -> date | None:
    return next((day for line in lines if (day := parse_day(line))), None)


def _bylines(layout: Layout) -> Iterator[str]:
    """The beginnings of the lines that are bylines or the like."""
    marked = list(zip(layout.lines, layout.furniture, strict=True))
    yield from (line.raw[:_LOOK] for line, mark in marked[: layout.last] if mark and mark.reason == "byline")


def _unmarked(layout: Layout) -> Iterator[str]:
    """The beginnings of other lines that may tell the day: short ones above the article, and its dateline."""
    for i, line in enumerate(layout.lines[: layout.first]):
        if layout.furniture[i] is None and i != layout.headline and line.words <= _DATE_WORDS:
            yield line.raw[:_LOOK]
    for line in layout.lines[layout.first : layout.first + 2]:
        if dateline := _DATELINE.match(line.raw):
            yield dateline.group()


def _near(layout: Layout, middle: date) -> Day:
    """A day without its year, or a weekday, as the one nearest to the middle of the cluster's days."""
    for line in (*_bylines(layout), *_unmarked(layout)):
        if offsets := list(_offsets(line, middle)):
            return Day(middle + timedelta(min(offsets, key=abs)), "cluster")
    return Day()


def _offsets(line: str, middle: date) -> Iterator[int]:
    for pattern, order in _PARTIAL:
        if hit := pattern.search(line):
            parts = dict(zip(order, hit.groups(), strict=True))
            for year in (middle.year - 1, middle.year, middle.year + 1):
                if day := _date(str(year), parts["m"], parts["d"]):
                    yield (day - middle).days
            return
    if hit := _WEEKDAY.search(line):
        ahead = (_WEEKDAYS.index((hit[1] or hit[2])[:3].lower()) - middle.weekday()) % 7
        yield ahead if ahead <= _WEEKDAY_REACH else ahead - 7


def parse_day(text: str) -> date | None:
    """The first full date in a text, in the order of the ways to write one: ISO, ``22 February 2022``, ``Feb. 22, 2022``."""
    for pattern, order in _DATES:
        if hit := pattern.search(text):
            parts = dict(zip(order, hit.groups(), strict=True))
            if day := _date(parts["y"], parts["m"], parts["d"]):
                return day
    return None


def _date(year: str, month: str, day: str) -> date | None:
    if not month.isdigit():
        month = str(_MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in _MONTHS else "0"
    try:
        return date(int(year), int(month), int(day)) if _FIRST_YEAR <= int(year) <= _LAST_YEAR else None
    except ValueError:
        return None


def _day_in_url(url: str | None) -> date | None:
    hit = _IN_URL.search(url or "")
    return _date(hit[1], hit[2], hit[3]) if hit else None
