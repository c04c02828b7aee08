"""Put back what cleaning left out, where a reader has looked at it and wants it read all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.types import Page, Span


def restored(pages: Sequence[Page], keep: Sequence[Span]) -> list[Page]:
    """The pages, with every dropped stretch that one of ``keep`` touches among the kept ones again."""
    return [_with(page, [span for span in keep if span.article == page.id]) for page in pages]


def _with(page: Page, keep: Sequence[Span]) -> Page:
    back = {dropped for dropped in page.dropped if any(dropped.span.overlaps(span) for span in keep)}
    if not back:
        return page
    return replace(
        page,
        kept=tuple(sorted((*page.kept, *(dropped.span for dropped in back)))),
        dropped=tuple(dropped for dropped in page.dropped if dropped not in back),
    )
