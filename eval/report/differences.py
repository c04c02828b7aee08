"""What differs between two runs of one system: signatures, figures, and the clusters whose figures moved most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics.base import Figure
from eval.metrics.registry import figures
from eval.report.tables import Row, Table
from eval.signature import check_comparable, differences
from eval.statistics import Comparison, compare

MOVED = 5
"""Clusters that are named."""


@dataclass(frozen=True, slots=True)
class Change:
    """One system on one data set, then and now."""

    data: str
    system: str
    signature: tuple[str, ...]
    """What differs between the two signatures, in words."""
    figures: tuple[tuple[Figure, Comparison], ...]
    """Figures that changed in at least one cluster: now less then, with uncorrected p-values."""
    moved: tuple[tuple[str, float], ...]
    """Clusters by how far the first headline figure moved."""


def changes(now: Sequence[Table], then: Sequence[Table]) -> list[Change]:
    """Every system that both have; raises ``IncomparableError`` where one was measured in another way."""
    old = {(table.data, row.system): row for table in then for row in table.rows}
    return [
        _change(table, row, old[table.data, row.system])
        for table in now
        for row in table.rows
        if (table.data, row.system) in old
    ]


def _change(table: Table, now: Row, then: Row) -> Change:
    check_comparable([now.signature, then.signature])
    compared = [(figure, compare(now.values(name), then.values(name))) for name, figure in figures().items()]
    changed = [
        (figure, each) for figure, each in compared if each and now.values(figure.name) != then.values(figure.name)
    ]
    return Change(
        table.data,
        now.system,
        tuple(differences(then.signature.system, now.signature.system)),
        tuple(changed),
        tuple(_moves(now, then, table.headline()[0].name)[:MOVED]) if table.headline() else (),
    )


def _moves(now: Row, then: Row, figure: str) -> list[tuple[str, float]]:
    """Clusters in which the figure is another, farthest first."""
    before = then.values(figure)
    found = [(key, value, before.get(key)) for key, value in now.values(figure).items()]
    moved = [(key, value - old) for key, value, old in found if value is not None and old is not None and value != old]
    return sorted(moved, key=lambda each: (-abs(each[1]), each[0]))
