"""A ``Summary`` as Markdown: what ``summarize run`` prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from summarize.render.view import View, outlet_of, plain, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summarize.types import Article, Source, Span, Summary

_FACT_ROWS = 12
"""Facts in the Markdown table; the rest is in the JSON. As many as fit on a screen with the summary above."""
_SAMPLE_CHARS = 48
"""Characters of a dropped stretch that show what it was."""


def to_markdown(summary: Summary, articles: Sequence[Article | Mapping[str, Any] | str] = ()) -> str:
    """The summary for people who read in a terminal or an editor.

    With ``articles``, those that were summarised, what was set aside is shown with a few of its words.
    """
    view = View(summary, articles)
    paragraphs = [_md(paragraph) for paragraph in summary.text.split("\n\n")]
    parts = [f"# {_md(summary.title)}" if summary.title else "", *paragraphs, _md_warnings(summary), _md_sources(view)]
    parts += [_md_discrepancies(view), _md_superseded(view), _md_quotes(view), _md_facts(view), _md_dropped(view)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _md(text: str) -> str:
    """Page text as one line of Markdown that is only text: no markup, links, images or tags; ``[1]`` stays a mark."""
    escaped = re.sub(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w))", r"\\\1", " ".join(plain(text).split()))
    return re.sub(r"\\\[(\d+)\\\](?![(:])", r"[\1]", escaped)


def _cell(text: str) -> str:
    """The same inside of a table."""
    return _md(text).replace("|", "\\|")


def _marks(view: View, spans: Sequence[Span]) -> str:
    return "".join(f"[{source.number}]" for source, _ in view.cited(spans))


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _md_warnings(summary: Summary) -> str:
    return "\n>\n".join(f"> **Note:** {_md(warning)}" for warning in summary.warnings)


def _md_sources(view: View) -> str:
    return _section("Sources", [_md_source(view, source) for source in view.summary.sources])


def _md_source(view: View, source: Source) -> str:
    parts = [f"**{_md(outlet_of(source))}**"]
    if source.title:
        parts.append(f"“{_md(source.title)}”")
    if source.published:
        parts.append(_md(source.published))
    if url := safe_url(source.url):
        parts.append(f"<{url}>")
    kin = "".join(f"[{number}]" for number in view.kin(source))
    notes = [f"one independent source with {kin}" if kin else "", "" if source.used else "left out", _md(source.note)]
    shown = "; ".join(note for note in notes if note)
    return f"- [{source.number}] " + ", ".join(parts) + (f" ({shown})" if shown else "")


def _md_discrepancies(view: View) -> str:
    lines = []
    for discrepancy in view.summary.discrepancies:
        lines.append(f"- {_md(discrepancy.aspect)} ({discrepancy.kind})")
        for value in discrepancy.values:
            said = [", ".join(_md(outlet) for outlet in value.outlets if outlet), _marks(view, value.evidence)]
            lines.append(f"  - **{_md(value.value)}**: {' '.join(filter(None, said))}")
    return _section("Where they disagree", lines)


def _md_superseded(view: View) -> str:
    facts = {fact.id: fact for fact in view.summary.facts}
    lines = []
    for old in view.summary.superseded:
        lines.append(f"- {_md(old.statement)} {_marks(view, old.evidence)}")
        if later := facts.get(old.by):
            lines.append(f"  - since then: {_md(later.statement)} {_marks(view, later.evidence)}")
    return _section("Overtaken by events", lines)


def _md_quotes(view: View) -> str:
    lines = []
    for quote in view.summary.quotes:
        speaker = _md(quote.speaker) or "(speaker not named)"
        lines.append(f"- {speaker}: “{_md(quote.text)}” {_marks(view, quote.evidence)}")
        for variant in quote.variants:
            lines.append(f"  - also given as “{_md(variant.text)}” {_marks(view, variant.evidence)}")
    return _section("Quotations", lines)


def _md_facts(view: View) -> str:
    facts = view.summary.facts
    if not facts:
        return ""
    rows = ["| fact | independent sources | status | in summary |", "|---|---|---|---|"]
    for fact in facts[:_FACT_ROWS]:
        support = f"{fact.support} of {view.independent} {_marks(view, fact.evidence)}"
        rows.append(f"| {_cell(fact.statement)} | {support} | {fact.status} | {'yes' if fact.in_summary else 'no'} |")
    more = len(facts) - _FACT_ROWS
    if more > 0:
        rows.append(f"\n{more} more {'fact is' if more == 1 else 'facts are'} in the JSON (`--format json`).")
    return _section("What the sources say", rows)


def _md_dropped(view: View) -> str:
    lines = []
    for source in view.summary.sources:
        stretches = [d for d in view.summary.dropped if d.span.article == source.article]
        if stretches:
            reasons = sorted({d.reason for d in stretches})
            shown = ", ".join(
                _reason(view, reason, [d.span for d in stretches if d.reason == reason]) for reason in reasons
            )
            lines.append(f"- [{source.number}] {_md(outlet_of(source))}: {shown}")
    return _section("Set aside", lines)


def _reason(view: View, reason: str, spans: Sequence[Span]) -> str:
    """How many stretches a reason took out, and the first words of one that has more than one word."""
    text = view.texts.get(spans[0].article)
    if text is None:
        return f"{reason} {len(spans)}"
    samples = [" ".join(plain(text[span.start : span.end]).split()) for span in spans]
    sample = next((words for words in samples if " " in words), samples[0])
    if len(sample) > _SAMPLE_CHARS:
        sample = sample[:_SAMPLE_CHARS].rsplit(" ", 1)[0] + " …"
    return f"{reason} {len(spans)} (“{_md(sample)}”)"
