"""Take out of a page what is not its article, each stretch with a reason.

Three kinds of evidence, in this order: what a line looks like (``furniture``), what the page looks like (``layout``), and
what the cluster looks like (``stray``): a paragraph that stands apart and shares no rare word with the other pages'
articles is a teaser of another story. A text that was taken out of HTML is judged by its wording and the cluster alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarize.reading import outlet, portrait, published, trim
from summarize.reading.english import is_english
from summarize.reading.furniture import Role
from summarize.reading.layout import Kind, Layout, lay_out
from summarize.reading.stray import Verdicts, against_topic, topics_of, without_repeats
from summarize.reading.topic import terms, union
from summarize.settings import Settings
from summarize.types import Article, Dropped, DropReason, Page, Span


def clean(articles: Sequence[Article], settings: Settings) -> list[Page]:
    """One ``Page`` an article, in the order given; each is the same whatever the order of the others."""
    layouts = [lay_out(article, settings) for article in articles]
    known = outlet.identify(articles, layouts)
    drafts = [_inside(layout, who.name, settings) for layout, who in zip(layouts, known, strict=True)]
    topics = topics_of(drafts, settings) if len(drafts) > 1 else [None]
    verdicts = [against_topic(draft, topic, settings) for draft, topic in zip(drafts, topics, strict=True)]
    verdicts = without_repeats(verdicts, topics, [who.family for who in known], settings)
    days = published.days_of(articles, layouts)
    return [_page(*each, settings) for each in zip(articles, verdicts, known, days, strict=True)]


def _inside(layout: Layout, name: str | None, settings: Settings) -> Verdicts:
    """The verdict of wording and layout alone."""
    reasons: list[DropReason | None] = []
    listing = False
    decks = _decks(layout)
    authors = portrait.authors_of(layout)
    for i, (line, kind, mark) in enumerate(zip(layout.lines, layout.kinds, layout.furniture, strict=True)):
        if i == layout.headline:
            reasons.append(None)
            continue
        if mark:
            listing = listing or mark.role is Role.HEADING
            reasons.append(mark.reason)
            continue
        if _credited(layout, i):
            reasons.append("caption")
            continue
        if i < layout.first or i >= layout.last:
            reasons.append(None if i in decks else _outside(kind, above=i < layout.first))
            continue
        if kind is Kind.PROSE and not line.bullet:
            listing = False
        if portrait.of_author(line.raw, authors):
            reasons.append("biography")
        elif name and portrait.of_outlet(line.raw, name):
            reasons.append("legal")
        else:
            reasons.append(_in_article(layout, i, listing, settings))
    return Verdicts(layout, tuple(reasons))


def _credited(layout: Layout, i: int) -> bool:
    """Whether a photographer's credit stands beside the line, as it does beside a caption."""
    if i + 1 == len(layout.lines):
        return False
    beside, mark = layout.lines[i + 1], layout.furniture[i + 1]
    return beside.beside and mark is not None and mark.reason == "caption"


def _decks(layout: Layout) -> frozenset[int]:
    """The lines between headline and article that sum it up: with rare words of the first paragraphs."""
    if layout.headline is None:
        return frozenset()
    body = union(terms(line.raw) for line in layout.lines[layout.first : layout.first + 6])
    between = range(layout.headline + 1, layout.first)
    may = (Kind.BARE, Kind.SHORT, Kind.PROSE)
    return frozenset(
        i
        for i in between
        if layout.kinds[i] in may and layout.lines[i].words >= 5 and len(terms(layout.lines[i].raw) & body) >= 2
    )


def _outside(kind: Kind, *, above: bool) -> DropReason:
    if kind in (Kind.PROSE, Kind.TEASER):
        return "teaser"
    if above or kind is Kind.MENU:
        return "navigation"
    return "related"


def _in_article(layout: Layout, i: int, listing: bool, settings: Settings) -> DropReason | None:
    kind = layout.kinds[i]
    if layout.extracted:
        return None
    if kind is Kind.MENU:
        return "navigation"
    if kind is Kind.TEASER and not _flowing(layout, i):
        return "teaser"
    if listing and kind is not Kind.PROSE:
        return "related"
    if kind is Kind.BARE and (_bare_run(layout, i) >= settings.link_run):
        return "related"
    if kind is Kind.BARE and layout.lines[i].titled and layout.lines[i].raw.isupper():
        return "related"
    return None


def _flowing(layout: Layout, i: int) -> bool:
    """Whether a line stands between two paragraphs of prose."""
    around = layout.kinds[max(0, i - 1) : i] + layout.kinds[i + 1 : i + 2]
    return all(kind is Kind.PROSE for kind in around)


def _bare_run(layout: Layout, i: int) -> int:
    """How many lines without a full stop stand in a row here."""
    loose = (Kind.BARE, Kind.MENU, Kind.JUNK, Kind.TEASER)
    low = i
    while low > layout.first and layout.kinds[low - 1] in loose and i - low < 5:
        low -= 1
    high = i + 1
    while high < layout.last and layout.kinds[high] in loose and high - i < 5:
        high += 1
    return high - low


def _page(article: Article, verdict: Verdicts, who: outlet.Publisher, when: published.Day, settings: Settings) -> Page:
    kept: list[Span] = []
    dropped: list[Dropped] = []
    assert article.id is not None
    clocked = trim.is_clocked([line.raw for line in verdict.layout.lines])
    for i, (line, reason) in enumerate(zip(verdict.layout.lines, verdict.reasons, strict=True)):
        if reason is not None:
            dropped.append(Dropped(Span(article.id, line.start, line.end), reason))
            continue
        for piece in trim.pieces(
            line, clocked=clocked, headline=i == verdict.layout.headline, longest=settings.furniture_words
        ):
            span = Span(article.id, line.start + piece.start, line.start + piece.end)
            if piece.reason is None:
                kept.append(span)
            else:
                dropped.append(Dropped(span, piece.reason))
    headline = verdict.layout.headline
    return Page(
        id=article.id,
        text=article.text,
        title=article.title or (verdict.layout.lines[headline].raw if headline is not None else None),
        outlet=who.name,
        family=who.family,
        url=article.url,
        published=when.day,
        kept=tuple(kept),
        dropped=tuple(dropped),
        outlet_from=who.origin,
        published_from=when.origin,
        english=is_english(" ".join(article.text[span.start : span.end] for span in kept), settings),
    )
