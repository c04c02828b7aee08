"""A ``Summary`` as one self-contained HTML page, or as a fragment of one. The page runs no script and loads nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.render.view import View, outlet_of, plain, safe_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from summarize.types import Article, Source, Summary


def to_html(summary: Summary, articles: Sequence[Article | Mapping[str, Any] | str] = ()) -> str:
    """One self-contained page without scripts: citations link to the very words in the article's text.

    ``articles`` are those that were summarised; without them the page has no article texts.
    """
    css = stylesheet()
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = environment(_templates()).get_template("page.html.j2")
    return page.render(**_html_values(summary, articles), css=css, style_hash=f"'sha256-{digest}'")


def to_html_fragment(summary: Summary, articles: Sequence[Article | Mapping[str, Any] | str] = ()) -> str:
    """The body of ``to_html`` alone, for a page that carries ``stylesheet()`` already."""
    return environment(_templates()).get_template("body.html.j2").render(**_html_values(summary, articles))


def stylesheet() -> str:
    """The style of the HTML, all of it below the class ``sy``."""
    return (_templates() / "summary.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of an article's text as the page shows it."""

    kind: str
    """``text``, ``mark`` (evidence) or ``drop`` (set aside)."""
    text: str
    anchor: str = ""
    reason: str = ""


def _html_values(summary: Summary, articles: Sequence[Article | Mapping[str, Any] | str]) -> dict[str, Any]:
    view = View(summary, articles)
    return {
        "summary": summary,
        "view": view,
        "facts": {fact.id: fact for fact in summary.facts},
        "pages": [(s, _segments(view, s)) for s in summary.sources if s.article in view.texts],
    }


def _segments(view: View, source: Source) -> list[_Segment]:
    """The article's text cut where evidence and dropped stretches begin and end."""
    text = view.texts[source.article]
    marks = [(r.start, r.end, "mark", "") for r in view.regions.get(source.article, [])]
    drops = [d for d in view.summary.dropped if d.span.article == source.article]
    cuts = sorted(marks + [(d.span.start, d.span.end, "drop", d.reason) for d in drops])
    segments, cursor = [], 0
    for start, end, kind, reason in cuts:
        if start < cursor:  # never both: a stretch that was dropped is no evidence
            continue
        segments.append(_Segment("text", text[cursor:start]))
        segments.append(_Segment(kind, text[start:end], f"a{source.number}-{start}" if kind == "mark" else "", reason))
        cursor = end
    segments.append(_Segment("text", text[cursor:]))
    return [segment for segment in segments if segment.text]


@cache
def environment(folder: Path) -> Environment:
    """Templates for text from pages: everything is escaped, and freed of control characters."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters.update(safe_url=safe_url, outlet_of=outlet_of)
    return environment


def _templates() -> Path:
    return Path(__file__).resolve().parent / "templates"
