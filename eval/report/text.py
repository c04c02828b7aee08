"""Reports as Markdown, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from eval.metrics.base import Figure
from eval.metrics.registry import metrics
from eval.report.differences import Change
from eval.report.tables import Row, Table, wins
from eval.statistics import Estimate

MARKS = (
    "Values are means over clusters (faults: sums) with 95 % bootstrap intervals. An asterisk: different from the first row "
    "by approximate randomisation and by the paired bootstrap, both below 5 % after Holm's correction."
)
STAGE_HEADER = ("stage", "s a cluster", "share", "words read a s", "peak MB of the process")


def to_markdown(tables: Sequence[Table], changes: Sequence[Change] = ()) -> str:
    """Tables by data set and metric, exclusions, where the first row is beaten, cost, and signatures."""
    parts = [f"{MARKS}\n", *(part for table in tables for part in _data_set(table)), *_changes(changes)]
    return "\n".join(parts)


def _data_set(table: Table) -> Iterable[str]:
    protocol = table.rows[0].signature.protocol
    yield f"## {table.data}\n"
    yield f"{protocol['clusters']} clusters ({protocol['split']}), sha256 {protocol['sha256']}, {protocol['words']} words.\n"
    for name in metrics():
        if shown := table.figures(name):
            yield f"### {table.data}: {name}\n"
            header = ["system", *(f"{figure.name} {_arrow(figure)}".strip() for figure in shown)]
            yield _grid(header, [[row.system, *(cell(table, row, f) for f in shown)] for row in table.rows])
    yield f"### {table.data}: cost\n"
    yield _grid(
        ["system", "s a cluster", "words read a s", "peak MB of the process", "failed"],
        [_cost(row) for row in table.rows],
    )
    if staged := [[row.system, *line] for row in table.rows for line in stages(row)]:
        yield f"### {table.data}: cost by stage\n"
        yield _grid(["system", *STAGE_HEADER], staged)
    yield f"### {table.data}: where {table.base} is beaten, and what was left out\n"
    yield "\n".join([*beaten(table), *left_out(table)] or ["Nowhere, and nothing."]) + "\n"
    yield f"### {table.data}: signatures\n"
    yield "\n".join(f"- `{row.signature}`" for row in table.rows) + "\n"


def _arrow(figure: Figure) -> str:
    return {"higher": "↑", "lower": "↓", "": ""}[figure.better]


def cell(table: Table, row: Row, figure: Figure) -> str:
    """A figure with its interval and, where it differs from the base row's, an asterisk."""
    found = row.estimates.get(figure.name)
    if found is None:
        return "–"
    test = table.tests.get(figure.name, {}).get(row.system)
    return number(found) + ("*" if test and test.differs else "")


def number(found: Estimate) -> str:
    """A value with its interval, to three digits."""
    value = f"{found.value:.3f}" if abs(found.value) < 10 else f"{found.value:.1f}"
    return value if math.isnan(found.low) or found.low == found.high else f"{value} [{found.low:.3g}, {found.high:.3g}]"


def beaten(table: Table) -> list[str]:
    """Figures in which another system is better than the base, best first named, as a list."""
    return [
        f"- {figure.name}: {row.system} is better by {abs(test.comparison.difference):.3f} "
        + ("(both tests reject equality)" if test.differs else "(within chance)")
        for figure, row, test in wins(table)
    ]


def left_out(table: Table) -> list[str]:
    """What was wrong with the data, and exclusions, counted and with their reasons, as a list."""
    wrong = table.rows[0].run.asked["problems"]
    return [f"- {count} clusters: {problem}" for problem, count in wrong.items()] + [
        f"- {row.system}: {count} clusters without {metric} ({reason})"
        for row in table.rows
        for metric, reasons in row.excluded.items()
        for reason, count in reasons.items()
        if reason != "no annotation"
    ]


def _cost(row: Row) -> list[str]:
    if row.cost is None:
        return [row.system, "–", "–", "–", str(row.failed)]
    cost = row.cost
    return [row.system, f"{cost.seconds:.2f}", f"{cost.words_a_second:,.0f}", f"{cost.peak_mb:,.0f}", str(row.failed)]


def stages(row: Row) -> list[list[str]]:
    """The cost of each stage as a line of cells, in the order of the run; none where the system tells no stages."""
    if row.cost is None:
        return []
    whole = sum(stage.seconds for stage in row.cost.stages.values()) or 1.0
    return [
        [name, f"{s.seconds:.3f}", f"{s.seconds / whole:.0%}", _count(s.words_a_second), _count(s.peak_mb)]
        for name, s in row.cost.stages.items()
    ]


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _changes(changes: Sequence[Change]) -> Iterable[str]:
    for change in changes:
        yield f"## What changed: {change.system} on {change.data}\n"
        yield "\n".join(f"- {line}" for line in change.signature or ("the signatures are the same",)) + "\n"
        rows = [
            [figure.name, f"{each.difference:+.4f}", f"{each.p_randomisation:.3f}", f"{each.p_bootstrap:.3f}"]
            for figure, each in change.figures
        ]
        yield _grid(["figure", "now less then", "p (randomisation)", "p (bootstrap)"], rows) if rows else "No figure.\n"


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(value.replace("|", "\\|") for value in line) + " |" for line in lines) + "\n"


def to_json(tables: Sequence[Table], changes: Sequence[Change] = ()) -> str:
    """Everything a table knows, for programs; no interval where there is none."""
    found: dict[str, Any] = {
        "tables": [
            {"data": table.data, "base": table.base, "rows": [_json_row(table, row) for row in table.rows]}
            for table in tables
        ],
        "changes": [
            {
                "data": change.data,
                "system": change.system,
                "signature": list(change.signature),
                "figures": {figure.name: each.difference for figure, each in change.figures},
            }
            for change in changes
        ],
    }
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _json_row(table: Table, row: Row) -> dict[str, Any]:
    tests = {name: found[row.system] for name, found in table.tests.items() if row.system in found}
    return {
        "system": row.system,
        "signature": row.signature.to_dict(),
        "failed": row.failed,
        "excluded": {metric: dict(reasons) for metric, reasons in row.excluded.items()},
        "figures": {name: _json_estimate(found) for name, found in row.estimates.items()},
        "tests": {
            name: {
                "difference": t.comparison.difference,
                "p_randomisation": t.p_randomisation,
                "p_bootstrap": t.p_bootstrap,
            }
            for name, t in tests.items()
        },
        "cost": row.cost
        and {
            "seconds": row.cost.seconds,
            "words_a_second": row.cost.words_a_second,
            "peak_mb": row.cost.peak_mb,
            "stages": {name: asdict(stage) for name, stage in row.cost.stages.items()},
        },
    }


def _json_estimate(found: Estimate) -> dict[str, Any]:
    bounds = [None, None] if math.isnan(found.low) else [found.low, found.high]
    return {"value": found.value, "interval": bounds, "clusters": found.count, "excluded": found.excluded}


def _costs(row: Row) -> Iterable[tuple[str, float]]:
    if row.cost is None:
        return
    for place, cost in (("", row.cost), *((f"{name} ", stage) for name, stage in row.cost.stages.items())):
        for name in ("seconds", "words_a_second", "peak_mb"):
            value: float | None = getattr(cost, name)
            if value is not None:
                yield f"cost: {place}{name}", value


def to_csv(tables: Sequence[Table]) -> str:
    """One line a figure: data, system, figure, value, bounds, clusters, those left out, p-values, signature.

    What a run cost follows its figures, as ``cost: ...``, for the whole and by stage.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "data",
            "system",
            "figure",
            "value",
            "low",
            "high",
            "clusters",
            "excluded",
            "p_randomisation",
            "p_bootstrap",
            "signature",
        ]
    )
    for table in tables:
        for row in table.rows:
            for name, e in row.estimates.items():
                test = table.tests.get(name, {}).get(row.system)
                bounds = ["", ""] if math.isnan(e.low) else [e.low, e.high]
                ps = [test.p_randomisation, test.p_bootstrap] if test else ["", ""]
                signature = str(row.signature)
                writer.writerow([table.data, row.system, name, e.value, *bounds, e.count, e.excluded, *ps, signature])
            done = len(row.segments) - row.failed
            for name, value in _costs(row):
                line = [table.data, row.system, name, value, "", "", done, row.failed, "", "", str(row.signature)]
                writer.writerow(line)
    return out.getvalue()
