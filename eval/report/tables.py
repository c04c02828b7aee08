"""Tables: the runs of one data set as rows with intervals, tested against one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.metrics.base import Figure
from eval.metrics.registry import Segment, figures, metrics
from eval.signature import Signature, check_comparable
from eval.statistics import Comparison, Estimate, compare, estimate, holm, mean
from eval.store import Output, Run, runs
from summarize.errors import InputError

ALPHA = 0.05
BASE = "summarize"
CEILING = "oracle"
"""Looks at the references: a bound, no rival."""
HEADLINE = ("rouge1", "rouge2", "rougeL", "core_recall", "citation_f1", "verified", "loaded")
"""Figures that plots show and systems are ranked by, where a data set has them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of a run took."""

    seconds: float
    """A cluster, mean over those that succeeded."""
    words_a_second: float | None
    """Words of articles; ``None`` where the stage took no time that can be measured."""
    peak_mb: float | None
    """The highest over clusters, with all that the process held by then; ``None`` where it was not measured."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took; seconds and words are those of the machine it ran on."""

    seconds: float
    """A cluster, mean over those that succeeded."""
    words_a_second: float
    """Words of articles."""
    peak_mb: float
    stages: Mapping[str, Stage]


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one data set."""

    system: str
    signature: Signature
    estimates: Mapping[str, Estimate]
    segments: Mapping[str, Segment]
    excluded: Mapping[str, Mapping[str, int]]
    """For each metric the reasons why clusters have no such figures, with their number."""
    failed: int
    cost: Cost | None
    run: Run

    def values(self, figure: str) -> dict[str, float | None]:
        """The figure of each cluster."""
        return {key: segment.figures.get(figure) for key, segment in self.segments.items()}


@dataclass(frozen=True, slots=True)
class Tested:
    """A row against the base row in one figure; p-values are Holm's over all rows of the table."""

    comparison: Comparison
    p_randomisation: float
    p_bootstrap: float

    @property
    def differs(self) -> bool:
        """Whether both tests reject equality at 5 %."""
        return max(self.p_randomisation, self.p_bootstrap) < ALPHA


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one data set, comparable with each other."""

    data: str
    rows: tuple[Row, ...]
    base: str
    """The system that the others are tested against."""
    tests: Mapping[str, Mapping[str, Tested]]
    """By figure, then by system."""

    def figures(self, metric: str) -> list[Figure]:
        """The metric's figures that at least one row has."""
        return [f for f in metrics()[metric].figures if any(f.name in row.estimates for row in self.rows)]

    def headline(self) -> list[Figure]:
        """The figures for plots that at least one row has."""
        known = figures()
        return [known[name] for name in HEADLINE if any(name in row.estimates for row in self.rows)]


def tables(results: Path, base: str = BASE) -> list[Table]:
    """The tables of all runs below a folder, by data set.

    Raises:
        IncomparableError: runs of one data set were measured in different ways.
        InputError: there is no run, none of them is of ``base``, or its files cannot be read.

    In a data set that the base was not run on, the first row stands for it.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for run in runs(results):
        groups[str(run.signature.protocol["data"])].append(row(run))
    systems = sorted({each.system for rows in groups.values() for each in rows})
    if base != BASE and base not in systems:
        raise InputError(f"there is no run of {base}", hint=f"There are: {', '.join(systems)}.")
    return [_table(data, rows, base) for data, rows in groups.items()]


def row(run: Run) -> Row:
    """A run's row; raises ``InputError`` where clusters are still to be done."""
    segments, signature = run.segments(), run.signature
    if len(segments) != signature.protocol["clusters"]:
        of = f"{len(segments)} of {signature.protocol['clusters']} clusters"
        raise InputError(f"{run.folder} is unfinished: {of}", hint="Give the same `run` again; it goes on from there.")
    found = {name: _estimate(figure, segments.values()) for name, figure in figures().items()}
    outputs = [output for key, output in run.outputs().items() if key in segments]
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for segment in segments.values():
        for metric, reason in segment.excluded.items():
            reasons[metric][reason] += 1
    return Row(
        system=str(signature.system["system"]),
        signature=signature,
        estimates={name: value for name, value in found.items() if value is not None},
        segments=segments,
        excluded=reasons,
        failed=sum(output.error is not None for output in outputs),
        cost=_cost([output for output in outputs if output.error is None]),
        run=run,
    )


def _estimate(figure: Figure, segments: Iterable[Segment]) -> Estimate | None:
    found = estimate([segment.figures.get(figure.name) for segment in segments])
    if found is None or not figure.total:
        return found
    return replace(found, value=found.value * found.count, low=found.low * found.count, high=found.high * found.count)


def _cost(outputs: Sequence[Output]) -> Cost | None:
    if not outputs:
        return None
    names = dict.fromkeys(name for output in outputs for name in output.stages)
    return Cost(
        seconds=mean([output.seconds for output in outputs]),
        words_a_second=sum(o.words_in for o in outputs) / max(1e-9, sum(o.seconds for o in outputs)),
        peak_mb=max(output.peak_mb for output in outputs),
        stages={name: _stage(name, outputs) for name in names},
    )


def _stage(name: str, outputs: Sequence[Output]) -> Stage:
    seconds = mean([output.stages.get(name, 0.0) for output in outputs])
    words = mean([output.words_in for output in outputs])
    peaks = [output.stage_peaks_mb[name] for output in outputs if name in output.stage_peaks_mb]
    return Stage(seconds, words / seconds if seconds else None, max(peaks, default=None))


def _table(data: str, rows: Sequence[Row], base: str) -> Table:
    check_comparable(row.signature for row in rows)
    names = [row.system for row in rows]
    chosen = base if base in names else names[0]
    ranked = sorted(rows, key=lambda row: (row.system != chosen, *_rank(row)))
    return Table(data, tuple(ranked), chosen, _tests(ranked))


def _rank(row: Row) -> tuple[float, str]:
    best = next((row.estimates[name].value for name in ("rouge2", *HEADLINE) if name in row.estimates), 0.0)
    return -best, row.system


def _tests(rows: Sequence[Row]) -> dict[str, dict[str, Tested]]:
    """Every other row against the first, figure by figure."""
    return {name: tested for name in figures() if (tested := _tested(rows, name))}


def _tested(rows: Sequence[Row], figure: str) -> dict[str, Tested]:
    first, *others = [row.values(figure) for row in rows]
    compared = {row.system: compare(values, first) for row, values in zip(rows[1:], others, strict=True)}
    made = {name: comparison for name, comparison in compared.items() if comparison is not None}
    randomised = holm([comparison.p_randomisation for comparison in made.values()])
    resampled = holm([comparison.p_bootstrap for comparison in made.values()])
    return {
        name: Tested(comparison, p, q)
        for (name, comparison), p, q in zip(made.items(), randomised, resampled, strict=True)
    }


def wins(table: Table) -> list[tuple[Figure, Row, Tested]]:
    """Where another row but the oracle is better than the base in a figure: the best such row, surely or not."""
    found = []
    rivals = [row for row in table.rows if row.system != CEILING]
    for name, figure in figures().items():
        tests, sign = table.tests.get(name, {}), {"higher": 1, "lower": -1, "": 0}[figure.better]
        better = [row for row in rivals if row.system in tests and sign * tests[row.system].comparison.difference > 0]
        if better:
            best = max(better, key=lambda row: sign * tests[row.system].comparison.difference)
            found.append((figure, best, tests[best.system]))
    return found
