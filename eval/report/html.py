"""The report as one self-contained page: no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.metrics.base import Figure
from eval.metrics.registry import metrics
from eval.report import text
from eval.report.differences import Change
from eval.report.plots import against_length, intervals
from eval.report.tables import Row, Table
from eval.store import Output, Run, references

WORST = 3
"""Clusters shown with their texts."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """A cluster in which the base row does badly, with the texts."""

    id: str
    value: float
    texts: tuple[tuple[str, str], ...]
    """Who wrote it, and what: a reference, the base, and the best other row on this cluster."""


def to_html(tables: Sequence[Table], changes: Sequence[Change] = ()) -> str:
    """The page: for each data set plots, tables, worst clusters, cost by stage and signatures; then what changed."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(cell=text.cell, number=text.number, beaten=text.beaten, left_out=text.left_out)
    page = environment.get_template("page.html.j2")
    css = (_FOLDER / "page.css").read_text(encoding="utf-8")
    return page.render(
        tables=[_view(table) for table in tables],
        changes=changes,
        marks=text.MARKS,
        stage_header=list(text.STAGE_HEADER),
        css=css,
    )


def _view(table: Table) -> dict[str, object]:
    headline = table.headline()
    groups = [(name, table.figures(name)) for name in metrics()]
    return {
        "table": table,
        "protocol": table.rows[0].signature.protocol,
        "plots": [intervals(table, figure) for figure in headline],
        "scatter": against_length(table, headline[0]) if headline else None,
        "groups": [(name, found) for name, found in groups if found],
        "staged": [(row.system, lines) for row in table.rows if (lines := text.stages(row))],
        "cases": _cases(table, headline[0]) if headline else [],
        "figure": headline[0] if headline else None,
    }


def _cases(table: Table, figure: Figure) -> list[Case]:
    """The base's worst clusters by a figure."""
    base, sign = table.rows[0], -1 if figure.better == "lower" else 1
    scored = [(key, value) for key, s in base.segments.items() if (value := s.figures.get(figure.name)) is not None]
    scored.sort(key=lambda pair: (sign * pair[1], pair[0]))
    known = references(base.run)
    return [Case(key, value, _texts(table, figure, key, known.get(key, []))) for key, value in scored[:WORST]]


def _texts(table: Table, figure: Figure, key: str, known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    sign = -1 if figure.better == "lower" else 1
    scores = {row.system: row.segments[key].figures.get(figure.name) for row in table.rows[1:] if key in row.segments}
    present = {name: sign * value for name, value in scores.items() if value is not None}
    best = [row for row in table.rows if present and row.system == max(present, key=lambda name: (present[name], name))]
    shown = [("Reference", known[0])] if known else []
    return (*shown, *((row.system, _text(row, key)) for row in [table.rows[0], *best]))


@lru_cache(maxsize=64)
def _outputs(run: Run) -> dict[str, Output]:
    return run.outputs()


def _text(row: Row, key: str) -> str:
    output = _outputs(row.run).get(key)
    return output.texts[0].text if output and output.texts else "(nothing)"
