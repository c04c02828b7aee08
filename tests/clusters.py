"""Small clusters in few lines, for tests of single stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from summarize.consensus.claims import extract_claims
from summarize.settings import Settings
from summarize.types import Claim, Page, Sentence, Span

SETTINGS = Settings()


def page(id: str, text: str, *, outlet: str | None = None, published: date | None = None) -> Page:
    """A page of which every line is kept."""
    kept, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            kept.append(Span(id, start, start + len(line)))
        start += len(line) + 1
    family = outlet.lower() if outlet else None
    return Page(id, text, None, outlet, family, None, published, tuple(kept), ())


def sentences(pages: Sequence[Page]) -> list[Sentence]:
    """One sentence a line."""
    return [
        Sentence(span, each.text[span.start : span.end], position, position)
        for each in pages
        for position, span in enumerate(each.kept)
    ]


def claims(pages: Sequence[Page]) -> list[Claim]:
    """The claims of pages that have one sentence a line."""
    return extract_claims(sentences(pages), pages, SETTINGS)
