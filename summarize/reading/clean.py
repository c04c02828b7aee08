"""Take out of a page what is not its article, each stretch with a reason.

Three kinds of evidence, in this order: what a line looks like (``furniture``), what the page looks like (``layout``), and
what the cluster looks like (``topic``): a paragraph that stands apart and shares no rare word with the other pages'
articles is a teaser of another story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.reading import outlet, portrait, trim
from summarize.reading.boxes import boxed
from summarize.reading.furniture import Role
from summarize.reading.layout import Kind, Layout, lay_out
from summarize.reading.lines import LOOK, folded
from summarize.reading.topic import Topic, names, rarity, strays, terms, topic_of, union
from summarize.settings import Settings
from summarize.types import Article, Dropped, DropReason, Page, Span

_READER = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_CORE_WORDS = 40
"""Words from which a block of kept lines is the article's beginning, not the notice above it."""
_PARTING: frozenset[DropReason] = frozenset({"related", "comments", "biography", "navigation", "caption", "teaser"})


@dataclass(frozen=True, slots=True)
class Verdicts:
    """For each line of a page why it was dropped, or ``None`` where it is kept."""

    layout: Layout
    reasons: tuple[DropReason | None, ...]


def clean(articles: Sequence[Article], settings: Settings) -> list[Page]:
    """One ``Page`` an article, in the order given; each is the same whatever the order of the others."""
    layouts = [lay_out(article.text, article.title, settings) for article in articles]
    known = outlet.identify(articles, layouts)
    drafts = [_inside(layout, who.name, settings) for layout, who in zip(layouts, known, strict=True)]
    topics = _topics(drafts, settings) if len(drafts) > 1 else [None]
    verdicts = [_against_topic(draft, topic, settings) for draft, topic in zip(drafts, topics, strict=True)]
    verdicts = _without_repeats(verdicts, topics, [who.family for who in known], settings)
    return [
        _page(article, verdict, who, settings) for article, verdict, who in zip(articles, verdicts, known, strict=True)
    ]


def _without_repeats(
    verdicts: Sequence[Verdicts], topics: Sequence[Topic | None], families: Sequence[str | None], settings: Settings
) -> list[Verdicts]:
    """Drop paragraphs that a page has twice, and those off the topic that stand in two pages of one outlet."""
    carriers: Counter[tuple[str | None, str]] = Counter()
    for family, verdict in zip(families, verdicts, strict=True):
        marked = zip(verdict.layout.lines, verdict.reasons, strict=True)
        carriers.update((family, text) for text in {folded(line.look) for line, reason in marked if reason is None})
    found = []
    for verdict, topic, family in zip(verdicts, topics, families, strict=True):
        reasons = list(verdict.reasons)
        seen: set[str] = set()
        for i, line in enumerate(verdict.layout.lines):
            if reasons[i] is None and line.words >= settings.link_words:
                text = line.raw if len(line.raw) > LOOK else folded(line.look)
                furniture = (
                    topic is not None
                    and family is not None
                    and carriers[family, text] > 1
                    and strays(line.raw, topic, None, settings)
                )
                if text in seen or furniture:
                    reasons[i] = "repeated"
                seen.add(text)
        found.append(Verdicts(verdict.layout, tuple(reasons)))
    return found


def _topics(drafts: Sequence[Verdicts], settings: Settings) -> list[Topic | None]:
    """What each page can be compared with: the rare words of the others' articles."""
    cores = [_core(draft) for draft in drafts]
    words = [union(map(terms, core)) for core in cores]
    leads = [union(map(terms, core[: settings.lead_lines])) for core in cores]
    return [topic_of(words, leads, page) for page in range(len(drafts))]


def _core(draft: Verdicts) -> list[str]:
    """The lines that are most likely the article: its headline and the sentences of its first block of some length."""
    blocks = _blocks(draft)
    words = [sum(draft.layout.lines[i].words for i in block) for block in blocks]
    long = (block for block, count in zip(blocks, words, strict=True) if count >= _CORE_WORDS)
    block = next(long, blocks[words.index(max(words))] if blocks else [])
    body = [i for i in block if draft.layout.kinds[i] is not Kind.BARE]
    head = [] if draft.layout.headline is None else [draft.layout.headline]
    return [draft.layout.lines[i].raw for i in [*head, *body]]


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


def _blocks(draft: Verdicts) -> list[list[int]]:
    """Runs of kept lines in the article, parted wherever something was dropped."""
    blocks: list[list[int]] = []
    broken = True
    for i in range(draft.layout.first, draft.layout.last):
        if draft.reasons[i] is not None:
            broken = True
            continue
        if broken:
            blocks.append([])
            broken = False
        blocks[-1].append(i)
    return blocks


def _against_topic(draft: Verdicts, topic: Topic | None, settings: Settings) -> Verdicts:
    """Drop the blocks below the article that share too little with what the cluster is about.

    Blocks are looked at from the bottom up, until one belongs: a teaser in the middle of an article is rare, a
    paragraph of background there is not. A page on its own has only what stands above to compare with.
    """
    if topic is not None:
        draft = _without_address(_without_links(draft, topic, settings), topic, settings)
    own = union(map(terms, _core(draft))) if topic is None else topic.words
    reasons = boxed(draft.layout, draft.reasons, own, settings)
    draft = Verdicts(draft.layout, tuple(reasons))
    blocks = _blocks(draft)
    for number, block in reversed(list(enumerate(blocks))[1:]):
        lines = draft.layout.lines
        if sum(lines[i].words for i in block) > sum(lines[i].words for earlier in blocks[:number] for i in earlier):
            break
        clear = _clear_break(draft, blocks[number - 1][-1], block[0])
        text = " ".join(draft.layout.lines[i].raw for i in block)
        if topic is None:
            above = union(terms(draft.layout.lines[i].raw) for earlier in blocks[:number] for i in earlier)
            stray = clear and strays(text, Topic(above, above), settings.teaser_share_alone, settings)
        else:
            stray = strays(text, topic, None if clear else settings.teaser_share_alone, settings)
        if not stray:
            break
        at_home = [i for i in block if topic is not None and _at_home(draft.layout.lines[i].raw, topic, settings)]
        for i in block[: block.index(at_home[0])] if at_home else block:
            reasons[i] = "teaser"
        if at_home:
            break
    return Verdicts(draft.layout, tuple(reasons))


def _at_home(text: str, topic: Topic, settings: Settings) -> bool:
    """Whether a paragraph that stands among strays is the article's all the same: it has rare names of the event."""
    telling = [name for name in names(text) & topic.words if rarity(name) >= settings.home_rarity]
    return len(telling) >= settings.home_names and not strays(text, topic, None, settings)


def _without_address(draft: Verdicts, topic: Topic, settings: Settings) -> Verdicts:
    """Drop what speaks to the reader below the article: short, not quoted, and with no word of the topic."""
    reasons = list(draft.reasons)
    for i in reversed(range(draft.layout.first, draft.layout.last)):
        line = draft.layout.lines[i]
        if reasons[i] is not None:
            continue
        if line.words > settings.address_words or line.bullet or line.spoken or not _READER.search(line.raw):
            break
        if terms(line.raw) & topic.words:
            break
        reasons[i] = "navigation"
    return Verdicts(draft.layout, tuple(reasons))


def _without_links(draft: Verdicts, topic: Topic, settings: Settings) -> Verdicts:
    """Drop what stands between paragraphs without a full stop or in title case: headlines of other stories, captions."""
    reasons = list(draft.reasons)
    for i in range(draft.layout.first, draft.layout.last):
        line = draft.layout.lines[i]
        if reasons[i] is not None or i == draft.layout.headline:
            continue
        if line.titled and (draft.layout.kinds[i] in (Kind.BARE, Kind.SHORT) or line.raw.endswith("?")):
            reasons[i] = "related"
        if draft.layout.kinds[i] is not Kind.BARE:
            continue
        if line.words >= settings.caption_words and not line.raw.endswith(":"):
            reasons[i] = "caption"
        elif line.words >= settings.link_words and strays(line.raw, topic, None, settings):
            reasons[i] = "related"
    return Verdicts(draft.layout, tuple(reasons))


def _clear_break(draft: Verdicts, above: int, below: int) -> bool:
    """Whether what was dropped between two lines parts stories, and is not just an advertisement within one."""
    between = [reason for reason in draft.reasons[above + 1 : below] if reason is not None]
    return len(between) >= 3 or any(reason in _PARTING for reason in between)


def _page(article: Article, verdict: Verdicts, who: outlet.Publisher, settings: Settings) -> Page:
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
        published=who.published,
        kept=tuple(kept),
        dropped=tuple(dropped),
    )
