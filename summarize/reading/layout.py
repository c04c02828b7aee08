"""What a page looks like: which run of its lines is the article, and which line is its headline.

The article is the run of lines with the largest sum of weights: sentences count for it, bare short lines and furniture
against it (the maximum-subsequence idea of Pasternack and Roth, 2009, with lines for tokens).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from summarize.reading.furniture import Furniture, Role, of_line
from summarize.reading.lines import Line, folded, lines_of
from summarize.reading.masthead import is_masthead
from summarize.reading.topic import stems
from summarize.settings import Settings
from summarize.types import Article

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{1,6})?\.?"
_AGENDA = re.compile(
    rf"(?:(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)[a-z]*\.?,? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
    r"\s?(?:--|[-–—:|@,])\s+[A-Z\d\"“]"
)
"""A date and what happens on it: a line of a tour, a fixture list or a timeline."""
_MENU = re.compile(r"\s{2,}|\s*[|·•▪►»>/☰]\s*|\s[–—-]\s|(?<=\w)\s\.\s")


class Kind(Enum):
    """What one line is by its own looks."""

    PROSE = "whole sentences of some length"
    SHORT = "a short sentence"
    ITEM = "a bullet or numbered point without a full stop"
    BARE = "neither: a headline, a link, a name"
    MENU = "several links in a row"
    TEASER = "the cut-off beginning of another text"
    JUNK = "furniture by its wording"


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's lines, what each is, and where the article stands: ``lines[first:last]``, ``first >= last`` for nowhere."""

    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    furniture: tuple[Furniture | None, ...]
    headline: int | None
    """Index of the headline's line."""
    first: int
    last: int
    extracted: bool = False
    """Whether the text was taken out of HTML."""


def lay_out(article: Article, settings: Settings) -> Layout:
    """Find the article in a page; where its text was taken out of HTML, all of the page is the article."""
    lines, title = lines_of(article.text), article.title
    marks = [of_line(line, longest=settings.furniture_words) for line in lines]
    kinds = [_kind(line, mark) for line, mark in zip(lines, marks, strict=True)]
    weights = [_weight(*each, settings) for each in zip(lines, kinds, marks, strict=True)]
    if not article.extracted:
        weights = weights[: _end(weights, marks, settings)]
    titled = _titled(lines, weights, title, settings) if title else None
    first, last = heaviest(weights, 0 if titled is None else titled + 1)
    if article.extracted:
        first, last = 0, len(lines)
    headline = titled if titled is not None else _guessed(lines, kinds, first, last, settings)
    return Layout(tuple(lines), tuple(kinds), tuple(marks), headline, first, last, article.extracted)


def _kind(line: Line, mark: Furniture | None) -> Kind:
    if mark:
        return Kind.JUNK
    if line.words >= 4 and _AGENDA.match(line.raw):
        return Kind.ITEM
    if _is_menu(line):
        return Kind.MENU
    if line.truncated and line.words >= 8 and not line.spoken:
        return Kind.TEASER
    if line.prose:
        return Kind.PROSE
    if line.closed:
        return Kind.SHORT
    if line.bullet and line.words >= 3:
        return Kind.ITEM
    return Kind.BARE


def _is_menu(line: Line) -> bool:
    """Three or more short stretches between bars, dots, arrows or wide gaps, and no sentence among them."""
    if line.closed and line.words > 12:
        return False
    parts = [part for part in _MENU.split(line.raw[:400]) if part.strip()]
    return len(parts) >= 3 and sum(len(part.split()) for part in parts) <= 4 * len(parts)


def _weight(line: Line, kind: Kind, mark: Furniture | None, settings: Settings) -> float:
    if mark:
        return -settings.heading_weight if mark.role is Role.HEADING else -settings.junk_weight
    if kind is Kind.PROSE:
        return float(min(line.words, settings.prose_cap))
    if kind is Kind.SHORT:
        return 2.0 if line.words > 2 else 0.0
    if kind is Kind.ITEM:
        return 1.0
    if kind is Kind.BARE and line.words >= settings.bare_words:
        return 0.0
    return -settings.bare_weight


def _end(weights: Sequence[float], marks: Sequence[Furniture | None], settings: Settings) -> int:
    """Where the article is over at the latest: at the first comment form below one, however much stands after it."""
    best = total = 0.0
    for i, mark in enumerate(marks):
        total = max(total, 0.0) + weights[i]
        best = max(best, total)
        if mark and mark.role is Role.END and best >= settings.article_words:
            return i
    return len(marks)


def heaviest(weights: Sequence[float], start: int) -> tuple[int, int]:
    """The run ``weights[first:last]`` from ``start`` on with the largest sum (Kadane); ``(start, start)`` if none is > 0."""
    best, first, last = 0.0, start, start
    total, begin = 0.0, start
    for i in range(start, len(weights)):
        if total <= 0:
            total, begin = 0.0, i
        total += weights[i]
        if total > best:
            best, first, last = total, begin, i + 1
    return first, last


def _titled(lines: Sequence[Line], weights: Sequence[float], title: str, settings: Settings) -> int | None:
    """The line that carries the title: of several the last one that still has nearly all of the article below it."""
    wanted = folded(title)
    found = [i for i, line in enumerate(lines[: len(weights)]) if _same_title(line.look, wanted)]
    sums = {i: sum(weights[slice(*heaviest(weights, i + 1))]) for i in found[:20]}
    good = [i for i, total in sums.items() if total > 0 and total >= settings.title_share * max(sums.values())]
    return max(good, default=None)


def _same_title(look: str, wanted: str) -> bool:
    if abs(len(look) - len(wanted)) > 200:
        return False
    line = folded(look)
    if line == wanted:
        return bool(line)
    short, long = sorted((line, wanted), key=len)
    return len(short.split()) >= 3 and long.startswith(short + " ")


def _guessed(lines: Sequence[Line], kinds: Sequence[Kind], first: int, last: int, settings: Settings) -> int | None:
    """The headline of a page whose metadata have none: the bare line above the article that shares most words with it."""
    if first >= last:
        return None
    body = stems(" ".join(lines[i].raw for i in range(first, min(last, first + 12)) if kinds[i] is Kind.PROSE))
    best, found = (0, 0), None
    for i in range(max(0, first - settings.headline_window), min(last, first + 3)):
        if kinds[i] is Kind.PROSE and i >= first:
            break
        words = lines[i].words
        if (
            kinds[i] not in (Kind.BARE, Kind.SHORT)
            or lines[i].bullet
            or not 3 <= words <= 30
            or is_masthead(lines[i].raw)
        ):
            continue
        shared = len(stems(lines[i].raw) & body)
        if (shared > 1 or (shared and words >= 8)) and (shared, words) > best:
            best, found = (shared, words), i
    return found
