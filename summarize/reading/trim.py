"""Junk inside of a line that is kept: a dateline or a time in front, an agency's name behind, furniture among sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.language.quotations import quotations
from summarize.reading.furniture import furniture
from summarize.reading.lines import LOOK, SENTENCE, SIGNED, Line
from summarize.reading.masthead import may_name
from summarize.types import DropReason

_PLACE = (
    r"(?!(?:On|In|At|After|Before|Since|From|The|By|For|As|When|While)\b)[A-ZÀ-Þ][\w.'’]*"
    r"(?:[ -](?:de|of|the|la|del|al|on|[A-ZÀ-Þ])[\w.'’]*){0,4}"
)
_CAPITALS = r"[A-ZÀ-Þ]{2}[A-ZÀ-Þ.'’]*(?:[ /-][A-ZÀ-Þ.'’]+){0,4}"
_WHEN = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?)"
_AGENCY = r"\([A-Z][\w .&/-]{1,40}\)"
_DASH = r"\s?(?:—|–|--|-)\s?"
_DATELINE = re.compile(
    rf"(?:(?:{_CAPITALS}|{_PLACE})(?:, (?:{_PLACE}))?(?:, {_WHEN})? {_AGENCY}(?:{_DASH}|\s?(?=[A-Z\"“]))"
    rf"|{_CAPITALS}(?:, (?:{_PLACE}))?(?:, {_WHEN})?(?:—|–|--|\s(?:—|–|--|-)\s)\s?"
    rf"|{_PLACE}(?:, {_PLACE})?, {_WHEN}(?:{_DASH}))(?=\S)"
)
_ASIDE = re.compile(r"[^.!?—–]{2,80}\s(?:—|–|--|-)\s")
_BRACKETED = re.compile(r"\(([^()]+)\)\s*$")
_CLOCK = re.compile(
    r"\[?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|BST|EST|EDT|CET|CEST|UTC|ET|PT|IST))?\]?(?: ?[-–—:|])?\s+(?=[A-ZÀ-Þ\"“'‘])"
)
_ASIDES: frozenset[DropReason] = frozenset(
    {"newsletter", "share", "comments", "live-blog", "advertisement", "related", "legal", "byline"}
)
"""What may stand as a sentence among real ones; captions and bios stand on lines of their own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, ``raw[start:end]``, kept if it has no reason."""

    start: int
    end: int
    reason: DropReason | None


def is_clocked(lines: Sequence[str]) -> bool:
    """Whether the page runs by the clock: at least two lines start with a time of day, as a live blog's do."""
    return sum(1 for raw in lines if _CLOCK.match(raw[:40])) >= 2


def pieces(line: Line, *, clocked: bool, headline: bool, longest: int) -> list[Piece]:
    """The line as kept and dropped pieces, white space between them left out; a headline's first sentence stays."""
    raw = line.raw
    front: list[Piece] = []
    begin = 0
    if clocked and (found := _CLOCK.match(raw[:60])):
        begin = found.end()
        front.append(Piece(0, len(raw[:begin].rstrip()), "live-blog"))
    elif not headline and (found := _dateline(raw)):
        begin = found.end()
        front.append(Piece(0, len(raw[:begin].rstrip()), "byline"))
    signed = None if headline else SIGNED.search(raw, max(begin, len(raw) - 60))
    rest = _asides(raw[: signed.start()] if signed else raw, begin, longest)
    if headline and rest[0].reason is not None:
        rest[0] = Piece(rest[0].start, rest[0].end, None)
    back = [Piece(len(raw) - len(signed.group().lstrip()), len(raw), "byline")] if signed else []
    return [*front, *rest, *back]


def _dateline(raw: str) -> re.Match[str] | None:
    """The dateline in front of a line: no aside between two dashes, and no name with its letters in brackets."""
    found = _DATELINE.match(raw[:120])
    if found is None or len(raw) - found.end() <= 20 or _ASIDE.match(raw, found.end()):
        return None
    agency = _BRACKETED.search(found.group())
    dashed = found.group().rstrip().endswith(("—", "–", "-"))
    return found if dashed or agency is None or not may_name(agency[1]) or " " in agency[1] else None


def _asides(raw: str, begin: int, longest: int) -> list[Piece]:
    """The rest of the line, parted where a sentence of furniture stands among the others."""
    bounds = [begin, *(m.end() for m in SENTENCE.finditer(raw, begin)), len(raw)]
    if len(bounds) < 3:
        return [Piece(begin, len(raw), None)]
    found: list[Piece] = []
    quoted = [(begin + start, begin + end) for start, end in quotations(raw[begin:])]
    for start, end in pairwise(bounds):
        stop = start + len(raw[start:end].rstrip())
        inside = any(a < stop and start < b for a, b in quoted)
        reason = None if inside else _aside(raw[start:stop], longest)
        if found and found[-1].reason == reason:
            found[-1] = Piece(found[-1].start, stop, reason)
        else:
            found.append(Piece(start, stop, reason))
    return found


def _aside(sentence: str, longest: int) -> DropReason | None:
    if len(sentence) > LOOK:
        return None
    look = " ".join(sentence.translate(_QUOTES).split())
    mark = furniture(look, len(look.split()), closed=look[-1:] in ".!?", longest=longest)
    if mark is None or mark.reason not in _ASIDES or (mark.reason == "byline" and look[0] not in "(—–"):
        return None
    return mark.reason


_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
