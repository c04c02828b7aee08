"""A summary as the front end shows it: the report beside the articles, each claim a link to the very words."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from summarize.render import to_html, to_json, to_markdown
from summarize.render.html import environment
from summarize.render.view import View
from summarize.types import Article, Discrepancy, Fact, Source, Span, Summary
from summarize.web.pages import Block, blocks

TEMPLATES = Path(__file__).resolve().parent / "templates"
_FIRST_ROWS = 15
"""Facts that the table shows before the reader asks for all."""
_SHORT_VALUE = 18
"""Characters up to which a cell of the table tells the value that its source gives."""

STATUS = {
    "consensus": ("●", "Several sources"),
    "single": ("○", "One source"),
    "disputed": ("≠", "Disputed"),
    "superseded": ("↺", "Overtaken"),
}
KIND = {
    "number": "Figures",
    "date": "When",
    "name": "Names",
    "quote": "Wording",
    "attribution": "Who said it",
    "outcome": "What happened",
}
REASON = {
    "navigation": "menu or notice",
    "newsletter": "newsletter sign-up",
    "share": "sharing buttons",
    "advertisement": "advertisement",
    "caption": "caption",
    "byline": "byline",
    "biography": "about the author",
    "related": "links to other stories",
    "teaser": "teaser of another story",
    "comments": "comments",
    "live-blog": "live blog",
    "legal": "legal notice",
    "repeated": "repeated text",
    "off-topic": "another event",
}
NOTE = {
    "off-topic": "it reports another event",
    "no article text": "no article text was found in it",
    "same outlet as another source": "they are from one outlet",
    "copy of another source": "one is a copy of the other",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one fact: where its words are, and its value where the sources differ."""

    source: Source
    anchors: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A fact across the sources."""

    fact: Fact
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """An independent source: the articles that count as one, and why."""

    sources: tuple[Source, ...]
    used: bool
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article with its words marked."""

    source: Source
    blocks: tuple[Block, ...]
    aside: tuple[tuple[str, int], ...]
    """How many stretches each reason took out, the commonest first."""
    place: int
    """Its number on the desk; the report numbers articles as the text cites them."""


def anchor(source: Source, span: Span) -> str:
    """The id of a span's words on the page."""
    return f"e{source.number}-{span.start}-{span.end}"


def report(
    summary: Summary, articles: Sequence[Article], keep: Sequence[Span] = (), *, note: str = "", changed: str = ""
) -> str:
    """The whole report.

    Args:
        summary: what is reported.
        articles: what was summarised.
        keep: the stretches that the reader put back.
        note: what is said above the report, if it is not of the last order.
        changed: the key of the stretch that was put back or set aside just now.
    """
    view = View(summary, articles)
    place = {article.id: number for number, article in enumerate(articles, 1)}
    rows = [_row(fact, view) for fact in summary.facts]
    values = {
        "summary": summary,
        "view": view,
        "anchor": anchor,
        "facts": {fact.id: fact for fact in summary.facts},
        "rows": rows,
        "first_rows": _FIRST_ROWS,
        "columns": [source for source in summary.sources if source.used],
        "disputes": _disputes(summary),
        "note": note,
        "changed": changed,
        "short_value": _SHORT_VALUE * 2,
        "counts": Counter(fact.status for fact in summary.facts),
        "voices": _voices(summary.sources),
        "sheets": [_sheet(source, view, keep, place[source.article]) for source in summary.sources],
        "exports": _exports(summary, articles),
        "words": {"status": STATUS, "kind": KIND, "reason": REASON, "note": NOTE},
    }
    return environment(TEMPLATES).get_template("report.html.j2").render(values)


def _disputes(summary: Summary) -> dict[str, int]:
    """For each disputed fact the place of the discrepancy that its evidence is part of."""
    found: dict[str, int] = {}
    for fact in summary.facts:
        for place, dispute in enumerate(summary.discrepancies, 1):
            spans = [span for value in dispute.values for span in value.evidence]
            if fact.status == "disputed" and any(mine.overlaps(span) for mine in fact.evidence for span in spans):
                found.setdefault(fact.id, place)
    return found


def restorable(key: str, summary: Summary, keep: Sequence[Span]) -> Span | None:
    """The dropped or restored stretch that a button of the report stands for; ``None`` for any other key."""
    number, _, place = key.partition("-")
    articles = {str(source.number): source.article for source in summary.sources}
    known = {
        f"{span.start}-{span.end}": span for span in _stretches(summary, keep) if span.article == articles.get(number)
    }
    return known.get(place)


def _stretches(summary: Summary, keep: Iterable[Span]) -> list[Span]:
    return [*(dropped.span for dropped in summary.dropped), *keep]


def _row(fact: Fact, view: View) -> Row:
    disputes = view.summary.discrepancies if fact.status == "disputed" else ()
    return Row(fact, tuple(_cell(fact, source, view, disputes) for source in view.summary.sources if source.used))


def _cell(fact: Fact, source: Source, view: View, disputes: Sequence[Discrepancy]) -> Cell:
    spans = [span for span in fact.evidence if span.article == source.article]
    sides = [
        value.value
        for dispute in disputes
        for value in dispute.values
        if any(mine.overlaps(theirs) for mine in spans for theirs in value.evidence)
    ]
    short = dict.fromkeys(side for side in sides if len(side) <= _SHORT_VALUE)
    return Cell(source, tuple(anchor(source, span) for span in spans), ", ".join(short))


def _voices(sources: Sequence[Source]) -> list[Voice]:
    def order(source: Source) -> tuple[bool, int]:
        return not source.used, min(s.number for s in sources if s.group == source.group)

    grouped = [tuple(members) for _, members in groupby(sorted(sources, key=order), key=order)]
    return [Voice(each, each[0].used, NOTE.get(each[0].note, each[0].note)) for each in grouped]


def _sheet(source: Source, view: View, keep: Sequence[Span], place: int) -> Sheet:
    mine = [dropped for dropped in view.summary.dropped if dropped.span.article == source.article]
    evidence = {anchor(source, span): span for span in view.evidence if span.article == source.article}
    reasons = Counter(dropped.reason for dropped in mine)
    restored = [span for span in keep if span.article == source.article]
    marked = blocks(view.texts[source.article], evidence, mine, restored)
    return Sheet(source, marked, tuple(reasons.most_common()), place)


def _exports(summary: Summary, articles: Sequence[Article]) -> dict[str, str]:
    """The summary in each form as a link that holds it: nothing is written to a disk for a download."""
    markdown = to_markdown(summary, articles)
    files = {
        "md": ("text/markdown", markdown),
        "json": ("application/json", to_json(summary)),
        "html": ("text/html", to_html(summary, articles)),
    }
    links = {
        kind: f"data:{media};charset=utf-8;base64,{b64encode(text.encode()).decode()}"
        for kind, (media, text) in files.items()
    }
    return links | {"text": markdown}
