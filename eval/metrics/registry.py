"""All metrics, their figures by name, and one summary measured by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.data import Item
from eval.metrics.attribution import Attribution
from eval.metrics.base import Excluded, Figure, Metric, Task
from eval.metrics.faithfulness import Faithfulness
from eval.metrics.gold import Consensus
from eval.metrics.judge import Judge
from eval.metrics.neutrality import Neutrality
from eval.metrics.rouge import Rouge
from eval.metrics.shape import Shape
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import Written


@dataclass(frozen=True, slots=True)
class Segment:
    """One cluster's figures, from which every mean, interval and test is made."""

    id: str
    figures: Mapping[str, float | None]
    excluded: Mapping[str, str]
    """Metrics that could not be taken of it, and why."""


def metrics(judge: Judge | None = None) -> dict[str, Metric]:
    """Every metric by its name; ``judge`` for attribution, in place of the project's verifier."""
    return {
        "rouge": Rouge(),
        "consensus": Consensus(),
        "attribution": Attribution(judge),
        "faithfulness": Faithfulness(),
        "neutrality": Neutrality(),
        "shape": Shape(),
    }


def figures() -> dict[str, Figure]:
    """Every figure by its name, in the order of the tables."""
    return {figure.name: figure for metric in metrics().values() for figure in metric.figures}


def protocol(chosen: Mapping[str, Metric], task: Task) -> dict[str, Value]:
    """The metrics' part of a signature."""
    rules: dict[str, Value] = {"words": task.max_words}
    for metric in chosen.values():
        rules |= metric.protocol(task)
    return rules


def segment(item: Item, texts: Sequence[Written], chosen: Mapping[str, Metric], task: Task) -> Segment:
    """The cluster's figures; of several texts (seeds) the means of those that have the figure."""
    found: dict[str, float | None] = {}
    excluded: dict[str, str] = {}
    for name, metric in chosen.items():
        try:
            rows = [metric.measure(item, text, task) for text in texts]
        except Excluded as reason:
            excluded[name] = str(reason)
            continue
        found |= {key: _mean(row.get(key) for row in rows) for key in (figure.name for figure in metric.figures)}
    return Segment(item.id, found, excluded)


def _mean(values: Iterable[float | None]) -> float | None:
    present = [value for value in values if value is not None]
    return mean(present) if present else None
