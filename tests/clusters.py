"""Small clusters in few lines, for tests of single stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from summarize.consensus.claims import extract_claims, raw_texts
from summarize.models.base import Parse
from summarize.models.load import load_parser
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


def parses(pages: Sequence[Page]) -> list[Parse]:
    """What the shipped parser makes of the pages' sentences."""
    return load_parser(SETTINGS).parse(raw_texts(sentences(pages), pages))


def claims(pages: Sequence[Page]) -> list[Claim]:
    """The claims of pages that have one sentence a line."""
    return extract_claims(sentences(pages), pages, parses(pages), SETTINGS)
