"""What a page tells about its makers: portraits of its author and of its outlet, told by the names it carries."""

from __future__ import annotations

import re

from summarize.reading.layout import Layout
from summarize.reading.lines import LOOK

_NAME = r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){1,2})"
_BYLINE = re.compile(rf"(?:(?i:(?:exclusive |words |written |posted )?by):? )?{_NAME}(?![\w.'’-])")
_PORTRAIT = re.compile(rf"{_NAME},? (?:is|was|has|covers?|writes?|reports?|lives|joined|works?)\b")
_SELF = re.compile(
    r" (?:is (?:an? |the |not |part |owned |published |regulated |operated |committed |solely |run |licensed )|reserves |may "
    r"|does not |accepts no |welcomes |takes no |uses cookies|and its ).*"
    r"\b(?:member|group|council|ipso|media|trust|network|publish\w*|standards|responsib\w*|partners?|readers?|subscri\w+"
    r"|advert\w+|commission|links?|trademark|licen\w+|ltd|limited|inc|llc|complaints?|editorial|copyright|funded|site|website)\b",
    re.IGNORECASE,
)


def authors_of(layout: Layout) -> frozenset[str]:
    """The names in the page's bylines."""
    marked = zip(layout.lines, layout.furniture, strict=True)
    found = (_BYLINE.match(line.raw[:120]) for line, mark in marked if mark and mark.reason == "byline")
    return frozenset(hit[1].lower() for hit in found if hit)


def of_author(raw: str, authors: frozenset[str]) -> bool:
    """Whether a paragraph tells who wrote the page: it begins with a byline's name and says what its bearer is or does."""
    hit = _PORTRAIT.match(raw[:120])
    return bool(hit and hit[1].lower() in authors)


def of_outlet(raw: str, name: str) -> bool:
    """Whether a paragraph tells what the outlet itself is or does: it begins with its name."""
    start = raw[:LOOK].lower().removeprefix("the ")
    own = name.lower().removeprefix("the ")
    return start.startswith(own + " ") and len(raw) < LOOK and bool(_SELF.match(start[len(own) :]))
