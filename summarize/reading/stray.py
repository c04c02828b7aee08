"""What the cluster looks like: paragraphs, links and notices in an article that belong to other stories.

A block of paragraphs below the article that shares too few rare words with the other pages' articles is a teaser; a line
between paragraphs that reads as a headline or speaks to the reader, and shares none, is furniture; and what a page has
twice, or two pages of one outlet have off the topic, is repeated text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.reading.boxes import boxed
from summarize.reading.layout import Kind, Layout
from summarize.reading.lines import LOOK, Line, folded
from summarize.reading.topic import Topic, names, rarity, strays, terms, topics, union
from summarize.settings import Settings
from summarize.types import DropReason

_READER = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_CORE_WORDS = 40
"""Words from which a block of kept lines is the article's beginning, not the notice above it."""
_PARTING: frozenset[DropReason] = frozenset({"related", "comments", "biography", "navigation", "caption", "teaser"})


@dataclass(frozen=True, slots=True)
class Verdicts:
    """For each line of a page why it was dropped, or ``None`` where it is kept."""

    layout: Layout
    reasons: tuple[DropReason | None, ...]


def topics_of(drafts: Sequence[Verdicts], settings: Settings) -> Sequence[Topic]:
    """What each page can be compared with: the rare words of the others' articles."""
    cores = [_core(draft) for draft in drafts]
    words = [union(map(terms, core)) for core in cores]
    leads = [union(map(terms, core[: settings.lead_lines])) for core in cores]
    return topics(words, leads)


def _core(draft: Verdicts) -> list[str]:
    """The lines that are most likely the article: its headline and the sentences of its first block of some length."""
    blocks = _blocks(draft)
    words = [sum(draft.layout.lines[i].words for i in block) for block in blocks]
    long = (block for block, count in zip(blocks, words, strict=True) if count >= _CORE_WORDS)
    block = next(long, blocks[words.index(max(words))] if blocks else [])
    body = [i for i in block if draft.layout.kinds[i] is not Kind.BARE]
    head = [] if draft.layout.headline is None else [draft.layout.headline]
    return [draft.layout.lines[i].raw for i in [*head, *body]]


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


def against_topic(draft: Verdicts, topic: Topic | None, settings: Settings) -> Verdicts:
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


def without_repeats(
    verdicts: Sequence[Verdicts], topics: Sequence[Topic | None], families: Sequence[str | None], settings: Settings
) -> list[Verdicts]:
    """Drop paragraphs that a page has twice, and those off the topic that stand in two pages of one outlet."""
    carriers: Counter[tuple[str | None, str]] = Counter()
    for family, verdict in zip(families, verdicts, strict=True):
        marked = zip(verdict.layout.lines, verdict.reasons, strict=True)
        carriers.update((family, text) for text in {_wording(line) for line, reason in marked if reason is None})
    found = []
    for verdict, topic, family in zip(verdicts, topics, families, strict=True):
        reasons = list(verdict.reasons)
        seen: set[str] = set()
        for i, line in enumerate(verdict.layout.lines):
            if reasons[i] is None and line.words >= settings.link_words:
                text = _wording(line)
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


def _wording(line: Line) -> str:
    """What two lines must have in common to be one text: a long one all of it, a short one its letters and digits."""
    return line.raw if len(line.raw) > LOOK else folded(line.look)
