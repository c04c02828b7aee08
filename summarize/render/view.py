"""What every view of a summary shares: numbers of sources, anchors of evidence, and text made harmless."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarize.reading.read import as_articles
from summarize.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from summarize.types import Article, Fact, Quote, Source, Summary, Superseded, Value, Variant

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What can move the cursor, colour a terminal, or turn the direction of the text after it."""


def plain(text: str) -> str:
    """``text`` without control characters and bidi overrides; line ends and tabs stay."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_url(url: str | None) -> str | None:
    """``url`` if a link to it is harmless (http or https, nothing that could end an attribute), else ``None``."""
    if not url or re.search(r"[\s<>\"'`\\]", url) or CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


class View:
    """A summary with its sources by article, and the article texts that are at hand."""

    def __init__(self, summary: Summary, articles: Sequence[Article | Mapping[str, Any] | str]) -> None:
        self.summary = summary
        self.texts = {article.id: article.text for article in as_articles(articles)} if articles else {}
        self.sources = {source.article: source for source in summary.sources}
        self.independent = len({source.group for source in summary.sources if source.used})
        self.evidence = sorted(set(_evidence(summary)))
        self.regions = _regions(self.evidence)

    def cited(self, spans: Sequence[Span]) -> list[tuple[Source, Span]]:
        """The first span of each source that ``spans`` point into, by the source's number."""
        first: dict[str, Span] = {}
        for span in spans:
            first.setdefault(span.article, span)
        found = [(self.sources[article], span) for article, span in first.items() if article in self.sources]
        return sorted(found, key=lambda pair: pair[0].number)

    def anchor(self, span: Span) -> str:
        """The id of the highlighted stretch that holds ``span``."""
        region = next((r for r in self.regions.get(span.article, []) if r.start <= span.start < r.end), span)
        return f"a{self.sources[span.article].number}-{region.start}"

    def kin(self, source: Source) -> list[int]:
        """Numbers of the other articles that count as one independent source with this one."""
        return [s.number for s in self.summary.sources if s.group == source.group and s.number != source.number]


def outlet_of(source: Source) -> str:
    """The outlet's name, or what stands for one where the page tells none."""
    return source.outlet or f"Source {source.number}"


def _evidence(summary: Summary) -> Iterator[Span]:
    for sentence in summary.sentences:
        yield from sentence.citations
    values = [value for discrepancy in summary.discrepancies for value in discrepancy.values]
    variants = [variant for quote in summary.quotes for variant in quote.variants]
    lists: list[Sequence[Fact | Superseded | Quote | Value | Variant]]
    lists = [summary.facts, summary.superseded, summary.quotes, values, variants]
    for items in lists:
        for item in items:
            yield from item.evidence


def _regions(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """Spans that overlap made one, by article and in text order."""
    merged: dict[str, list[Span]] = {}
    for span in sorted(set(spans)):
        regions = merged.setdefault(span.article, [])
        if regions and span.start < regions[-1].end:
            regions[-1] = Span(span.article, regions[-1].start, max(span.end, regions[-1].end))
        else:
            regions.append(span)
    return merged
