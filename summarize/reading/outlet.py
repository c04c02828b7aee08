"""Who published a page, as far as its metadata, its address or its own furniture tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from summarize.reading import masthead
from summarize.reading.layout import Kind, Layout
from summarize.reading.lines import Line, folded
from summarize.types import Article, Origin

_NAME = r"((?:[Tt]he )?[A-ZÀ-Þ][\w&'’-]*(?: (?:of|the|and|&|\d{1,2}\b|[A-ZÀ-Þ][\w&'’-]*)){0,4}?)"
_STOP = r"(?=[.,|;:!?]|$| [a-z(©|–—-]| All\b| \d)"
_CHANNELS = "Google|Facebook|Twitter|X|Telegram|WhatsApp|Instagram|YouTube|TikTok|LinkedIn|Threads|Bluesky|Flipboard"
_SELF = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[Ss]ign up (?:for|to) {_NAME}(?:'s|’s)\s",
        rf"[Ss]ubscribe to {_NAME}(?=$|\.)",
        rf"{_NAME} is (?:reader|listener|viewer|member)-(?:funded|supported)",
        rf"(?:[Ff]ollow|[Jj]oin|[Ff]ind|[Aa]dd) {_NAME} (?:on|as a preferred source on) (?:{_CHANNELS})\b",
        rf"(?:[Tt]hanks|[Tt]hank you) for (?:reading|watching|visiting) {_NAME}(?=[!.]|$)",
        rf"(?:[Dd]ownload|[Gg]et|[Ii]nstall|[Oo]pen) (?:the )?{_NAME} (?:app|push alerts|alerts|news app)\b",
        rf"(?:[Kk]eeps?|[Kk]eeping) {_NAME} (?:free|independent|open|alive|running)\b",
        rf"(?:[Mm]ore [Oo]n|[Mm]ore [Ff]rom|[Bb]est of|[Tt]op stories from|TOP STORIES FROM|MORE FROM|MORE ON) {_NAME}$",
        rf"(?:[Nn]ews|[Uu]pdates|[Hh]eadlines) (?:[Uu]pdates )?on {_NAME}\.?\)?$",
        rf"^{_NAME} (?:values your|is (?:paid for by|not responsible|an independent|a member|regulated|published|owned|part) )",
        rf"^{_NAME}(?:'s|’s) (?:[Tt]op|[Bb]est|[Mm]ost|[Ll]atest) (?:[Ss]tor|[Rr]ead|[Nn]ews)",
    )
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([Cc]\)|[Cc]opyright)(?:\s?(?:©|\([Cc]\)|[Cc]opyright|\d{{4}}(?:[–-]\d{{4}})?|by))*+\s*{_NAME}{_STOP}"
)
_SLUG = re.compile(rf"^[A-ZÀ-Þ][\w .,'’-]{{2,50}} \({_NAME}\) ?(?:—|–|--|-)")
"""An agency's name in a dateline: MANILA, Philippines (Global Dispatch) —"""
_TOP = 4
"""Lines at the top of a page among which its name stands."""
_AGAIN = 3
"""How often a name must stand in a page whose words do not tell that it is an outlet's."""
_ACRONYM = 5
"""Letters up to which a name in capitals is read as letters."""
_SITE = re.compile(r"\b([A-Z][A-Za-z0-9-]{3,})\.(?:com|org|net|co\.uk|news|tv)\b")
_SUFFIX = re.compile(r"\.(?:com|org|net|news|tv|info|example|co|(?:com?|org|net|ac)\.[a-z]{2}|[a-z]{2})$")
_PLATFORMS = frozenset({"facebook", "twitter", "google", "youtube", "instagram", "amazon", "apple"})


@dataclass(frozen=True, slots=True)
class Publisher:
    """Outlet as written and where that is from, and the key under which an outlet's pages agree."""

    name: str | None
    family: str | None
    origin: Origin = ""


def identify(articles: Sequence[Article], layouts: Sequence[Layout]) -> list[Publisher]:
    """The publisher of each page, in order."""
    found = [_identify(article, layout) for article, layout in zip(articles, layouts, strict=True)]
    return _by_furniture(found, layouts)


def _identify(article: Article, layout: Layout) -> Publisher:
    if article.outlet and (name := _bare_host(article.outlet)):
        return Publisher(name, family_of(name), "metadata")
    host = _host(article.url)
    named = _names_on_page(layout)
    found = next((name for name in named if host is None or family_of(name) == family_of(host)), None)
    if host and not found:
        return Publisher(host, family_of(host), "link")
    return Publisher(found, family_of(found), "page" if found else "")


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
            if found[a].family is None:
                for b in pages - {a}:
                    shared[a, b].append(text)
    kin: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (a, b), lines in shared.items():
        if len(lines) >= 2:
            kin[a].append((-len(lines), found[b].family or f"furniture {min(lines)[:40]}"))
    # Most lines in common wins; lines that two outlets' pages carry alike are a network's and name neither.
    families = [publisher.family or _nearest(kin[page]) for page, publisher in enumerate(found)]
    return [replace(publisher, family=family) for publisher, family in zip(found, families, strict=True)]


def _nearest(kin: Sequence[tuple[int, str]]) -> str | None:
    """The family that shares most lines; of equals a named one, and none where two names are equal."""
    if not kin:
        return None
    most = min(count for count, _ in kin)
    families = sorted({family for count, family in kin if count == most})
    named = [family for family in families if not family.startswith("furniture ")]
    return (named or families)[0] if len(named) <= 1 else None


def _names_on_page(layout: Layout) -> Iterator[str]:
    """What the page calls its outlet, the surest first: lines about itself, the masthead, a site's address."""
    outside = [
        line for i, line in enumerate(layout.lines) if layout.furniture[i] or not layout.first <= i < layout.last
    ]
    for pattern in _SELF:
        yield from _matched(pattern, outside)
    yield from _masthead(layout)
    yield from _matched(_COPYRIGHT, outside)
    for i, line in enumerate(layout.lines):
        if layout.furniture[i] and (hit := _SITE.search(line.raw[:300])) and hit[1].lower() not in _PLATFORMS:
            yield hit[1]
    yield from _matched(_SLUG, layout.lines[layout.first : layout.first + 2])


def _matched(pattern: re.Pattern[str], lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        hit = pattern.search(line.raw[:300])
        name = masthead.without_company(hit[1].strip()) if hit else ""
        if masthead.may_name(name) and not masthead.is_section(name):
            yield name


def _masthead(layout: Layout) -> Iterator[str]:
    """The name at the top of the page, above the article: by its words, or because the page calls itself so again."""
    top = [
        line
        for i, line in enumerate(layout.lines[:_TOP])
        if i < layout.first and layout.kinds[i] in (Kind.BARE, Kind.MENU) and i != layout.headline
    ]
    for line in top[:2]:
        if name := masthead.name_in(line.raw):
            yield name
    for name in filter(masthead.reads_as_name, (masthead.first_part(line.raw) for line in top)):
        key = f" {folded(name)} "
        if sum(f" {folded(line.look)} ".count(key) for line in layout.lines) >= _AGAIN:
            yield name.title() if name.isupper() and len(name) > _ACRONYM else name


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return _bare_host(host) if host else None


def _bare_host(name: str) -> str:
    """``cnn.com`` for ``edition.cnn.com``; a name that is no host stays as it is."""
    return re.sub(r"^(?:www|edition|m|amp)\.(?=[\w-]+\.)", "", name)
