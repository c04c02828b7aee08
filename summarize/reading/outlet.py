"""Who published a page, and when, as far as its metadata, its address or its own furniture tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from summarize.reading import masthead
from summarize.reading.layout import Kind, Layout
from summarize.reading.lines import Line, folded
from summarize.types import Article

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_DATES = (
    (re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"), "ymd"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (\d{{4}})\b", re.IGNORECASE), "dmy"),
    (re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE), "mdy"),
    (re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"), "dmy"),
)
_IN_URL = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])")
_NAME = r"((?:[Tt]he )?[A-ZÀ-Þ][\w&'’-]*(?: (?:of|the|and|&|[A-ZÀ-Þ][\w&'’-]*)){0,4}?)"
_STOP = r"(?=[.,|;:!?]|$| [a-z(©|–—-]| All\b| \d)"
_SELF = (
    re.compile(rf"[Ss]ign up (?:for|to) {_NAME}(?:'s|’s)\s"),
    re.compile(rf"[Ss]ubscribe to {_NAME}(?=$|\.)"),
    re.compile(rf"{_NAME} is (?:reader|listener|viewer|member)-(?:funded|supported)"),
    re.compile(rf"[Ff]ollow {_NAME} on (?:Google|Facebook|Twitter|X|Telegram|WhatsApp|Instagram)\b"),
    re.compile(
        rf"(?:©|\([Cc]\)|[Cc]opyright)(?:\s?(?:©|\([Cc]\)|[Cc]opyright|\d{{4}}(?:[–-]\d{{4}})?|by)\s?)*\s?{_NAME}{_STOP}"
    ),
)
_SITE = re.compile(r"\b([A-Z][A-Za-z0-9-]{3,})\.(?:com|org|net|co\.uk|news|tv)\b")
_SUFFIX = re.compile(r"\.(?:com|org|net|news|tv|info|example|co|(?:com?|org|net|ac)\.[a-z]{2}|[a-z]{2})$")
_PLATFORMS = frozenset({"facebook", "twitter", "google", "youtube", "instagram", "amazon", "apple"})


@dataclass(frozen=True, slots=True)
class Publisher:
    """Outlet as written, key under which an outlet's pages agree, day of publication."""

    name: str | None
    family: str | None
    published: date | None


def identify(articles: Sequence[Article], layouts: Sequence[Layout]) -> list[Publisher]:
    """The publisher of each page, in order."""
    found = [_identify(article, layout) for article, layout in zip(articles, layouts, strict=True)]
    return _by_furniture(found, layouts)


def _identify(article: Article, layout: Layout) -> Publisher:
    host = _host(article.url)
    name = _bare_host(article.outlet) if article.outlet else None
    if not name:
        named = list(_names_on_page(layout))
        of_host = [each for each in named if family_of(each) == family_of(host)]
        name = next(iter(of_host), None) or host or next(iter(named), None)
    day = parse_day(article.published or "") or _day_on_page(layout) or _day_in_url(article.url)
    return Publisher(name, family_of(name), day)


def family_of(name: str | None) -> str | None:
    """An outlet's name as a key: ``The Week (US)``, ``theweek.com`` and ``the week`` agree."""
    if not name:
        return None
    plain = re.sub(r"\(.*?\)", " ", name).strip().lower()
    plain = re.sub(r"^(?:https?://)?(?:www|edition|m|amp)\.", "", plain)
    key = folded(_SUFFIX.sub("", plain)).replace(" ", "")
    return re.sub(r"^the(?=...)", "", key) or None


def _by_furniture(found: list[Publisher], layouts: Sequence[Layout]) -> list[Publisher]:
    """Pages without a name take the family of a page whose own long lines of furniture they carry, too."""
    carriers: dict[str, set[int]] = defaultdict(set)
    for page, layout in enumerate(layouts):
        for line, mark in zip(layout.lines, layout.furniture, strict=True):
            if mark and mark.reason in ("newsletter", "advertisement", "biography") and line.words >= 8:
                carriers[folded(line.look)].add(page)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for text, pages in sorted(carriers.items()):
        for a in pages:
            for b in pages - {a}:
                shared[a, b].append(text)
    families = [publisher.family for publisher in found]
    for (a, b), lines in sorted(shared.items(), key=lambda item: item[1]):
        if found[a].family is None and len(lines) >= 2:
            families[a] = found[b].family or families[a] or f"furniture {min(lines)[:40]}"
    return [replace(publisher, family=family) for publisher, family in zip(found, families, strict=True)]


def _names_on_page(layout: Layout) -> Iterator[str]:
    """What the page calls its outlet, the surest first: lines about itself, the masthead, a site's address."""
    outside = [
        line for i, line in enumerate(layout.lines) if layout.furniture[i] or not layout.first <= i < layout.last
    ]
    for pattern in _SELF[:-1]:
        yield from _matched(pattern, outside)
    yield from _masthead(layout)
    yield from _matched(_SELF[-1], outside)
    for i, line in enumerate(layout.lines):
        if layout.furniture[i] and (hit := _SITE.search(line.raw[:300])) and hit[1].lower() not in _PLATFORMS:
            yield hit[1]


def _matched(pattern: re.Pattern[str], lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        hit = pattern.search(line.raw[:300])
        if hit and masthead.may_name(hit[1]):
            yield hit[1].strip()


def _masthead(layout: Layout) -> Iterator[str]:
    """The name in the page's first two lines, if they stand above the article."""
    for i, line in enumerate(layout.lines[:2]):
        if i < layout.first and layout.kinds[i] in (Kind.BARE, Kind.MENU) and i != layout.headline:
            name = masthead.name_in(line.raw)
            if name:
                yield name


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return _bare_host(host) if host else None


def _bare_host(name: str) -> str:
    """``cnn.com`` for ``edition.cnn.com``; a name that is no host stays as it is."""
    return re.sub(r"^(?:www|edition|m|amp)\.(?=[\w-]+\.)", "", name)


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
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_on_page(layout: Layout) -> date | None:
    """The first date in a byline or the like, else in what stands above the article; captions have other days."""
    marked = list(zip(layout.lines, layout.furniture, strict=True))
    bylines = [line for line, mark in marked[: layout.last] if mark and mark.reason == "byline"]
    above = [line for line, mark in marked[: layout.first] if mark is None]
    return next((day for line in [*bylines, *above] if (day := parse_day(line.raw[:200]))), None)


def _day_in_url(url: str | None) -> date | None:
    hit = _IN_URL.search(url or "")
    return _date(hit[1], hit[2], hit[3]) if hit else None
