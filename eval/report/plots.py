"""Where things stand in the drawings of the report: geometry alone, in SVG user units; the template draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from eval.metrics.base import Figure
from eval.report.tables import Table

WIDTH, LABELS, LINE, TOP = 440, 150, 24, 12
"""Narrow enough that letters stay legible on a phone."""
_RIGHT = 60
_SQUARE = 360
_LETTERS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of an interval plot."""

    label: str
    value: str
    x: float
    low: float
    high: float
    y: float
    base: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """One figure's values and intervals, a line a system."""

    figure: Figure
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: float

    @property
    def description(self) -> str:
        """The plot in words, for those who do not see it."""
        return "; ".join(f"{bar.label}: {bar.value}" for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Point:
    """A system in the plot of quality against length."""

    label: str
    x: float
    y: float
    label_y: float
    """Beside the point, or as far below as the labels above it ask for."""
    base: bool
    about: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """A figure against the summary's words."""

    figure: Figure
    points: tuple[Point, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    @property
    def description(self) -> str:
        """The plot in words."""
        return "; ".join(point.about for point in self.points)


class _Scale:
    """Values onto a stretch of a drawing, with three to seven round ticks."""

    def __init__(self, values: list[float], start: float, end: float) -> None:
        low, high = min(values), max(values)
        room = (high - low or abs(high) or 1.0) * 0.05
        self._low, self._high, self._start, self._end = low - room, high + room, start, end
        step = 10 ** math.floor(math.log10(self._high - self._low))
        step = next(step * part for part in (1, 0.5, 0.2, 0.1) if (self._high - self._low) / (step * part) >= 3)
        first = math.ceil(self._low / step)
        marks = [n * step for n in range(first, math.floor(self._high / step) + 1)]
        self.ticks = tuple(Tick(f"{mark:.4g}", self(mark)) for mark in marks)

    def __call__(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)


def intervals(table: Table, figure: Figure) -> Intervals:
    """The rows that have the figure, best first."""
    sign = -1 if figure.better == "lower" else 1
    rows = [(row, row.estimates[figure.name]) for row in table.rows if figure.name in row.estimates]
    rows.sort(key=lambda pair: (-sign * pair[1].value, pair[0].system))
    bounds = [(e.value if math.isnan(e.low) else e.low, e.value if math.isnan(e.high) else e.high) for _, e in rows]
    scale = _Scale([bound for pair in bounds for bound in pair], LABELS, WIDTH - _RIGHT)
    bars = tuple(
        Bar(
            row.system,
            f"{e.value:.3f}",
            scale(e.value),
            scale(low),
            scale(high),
            TOP + LINE * (n + 0.5),
            row.system == table.base,
        )
        for n, ((row, e), (low, high)) in enumerate(zip(rows, bounds, strict=True))
    )
    return Intervals(figure, bars, scale.ticks, TOP + LINE * len(rows) + 28)


def against_length(table: Table, figure: Figure) -> Scatter | None:
    """The figure against mean words; ``None`` where fewer than two rows have both."""
    rows = [row for row in table.rows if {figure.name, "words"} <= row.estimates.keys()]
    if len(rows) < 2:
        return None
    words, values = ([row.estimates[name].value for row in rows] for name in ("words", figure.name))
    x, y = _Scale(words, 60, WIDTH - 140), _Scale(values, _SQUARE - 60, 15)
    points, free = [], 0.0
    for row, w, v in sorted(zip(rows, words, values, strict=True), key=lambda each: (-each[2], each[0].system)):
        free = max(free + _LETTERS, y(v))
        about = f"{row.system}: {v:.3f} at {w:.0f} words"
        points.append(Point(row.system, x(w), y(v), free, row.system == table.base, about))
    return Scatter(figure, tuple(points), x.ticks, y.ticks)
