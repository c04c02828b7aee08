"""What stands in one box with furniture: the name and the promise of a newsletter above the field for an address.

Such lines read like headings or sentences of the article. What gives them away is where they stand (next to furniture
that sells something), that they speak to the reader or are no sentence, and that they share no word with the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.reading.layout import Kind, Layout
from summarize.reading.topic import terms
from summarize.settings import Settings
from summarize.types import DropReason

_SELLING: frozenset[DropReason] = frozenset({"newsletter", "advertisement"})
_PROMISE = re.compile(
    r"\b(?:you|your|yours|our|us|inbox|e-?mails?|newsletters?|subscribers?|subscription|free|weekly|daily|monthly|app"
    r"|every (?:morning|evening|week|weekday|day|month|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b",
    re.IGNORECASE,
)


def boxed(
    layout: Layout, reasons: Sequence[DropReason | None], topic: frozenset[str], settings: Settings
) -> list[DropReason | None]:
    """The reasons, with those of selling furniture spread over what stands in one box with it.

    ``topic`` are the rare words of the article: a line that has one of them is no part of a box.
    """
    found = list(reasons)
    order = range(layout.first, layout.last)
    for lines in (order, reversed(order)):
        step = 1 if lines is order else -1
        for i in lines:
            before = i - step
            if not layout.first <= before < layout.last or i == layout.headline:
                continue
            if found[i] is None and found[before] in _SELLING and _belongs(layout, i, topic, settings):
                found[i] = found[before]
    return found


def _belongs(layout: Layout, i: int, topic: frozenset[str], settings: Settings) -> bool:
    line = layout.lines[i]
    if line.words > settings.address_words or line.spoken or line.bullet:
        return False
    if layout.kinds[i] is not Kind.BARE and not _PROMISE.search(line.raw):
        return False
    return not terms(line.raw) & topic
