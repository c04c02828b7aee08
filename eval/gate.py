"""The gate: figures on the clusters that ship must not fall below what was once reached, nor may the data change unseen.

Floors lie in ``floors.json`` with the sha256 of their data. ``update`` raises them to what is measured; to lower one it needs
a reason, which is kept beside the figures. Modelled on trafilatura's ``eval_gate``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from eval.data import DataSet, load
from eval.metrics.attribution import Attribution
from eval.metrics.base import Metric, Task
from eval.metrics.faithfulness import Faithfulness
from eval.metrics.gold import Consensus
from eval.metrics.neutrality import Neutrality
from eval.metrics.registry import segment
from eval.signature import ROOT
from eval.statistics import checked, mean
from eval.systems.base import System
from eval.systems.project import Project
from summarize.errors import InputError

FLOORS = Path(__file__).with_name("floors.json")
DATA = ("gold", str(ROOT / "seeds" / "blinken-lavrov"))
SLACK = 0.005
"""How far a figure may fall before the gate shuts: another processor's rounding may turn a sentence."""
Floors = dict[str, Any]


def check(path: Path = FLOORS, system: System | None = None) -> list[str]:
    """Everything that fell or changed, in words; nothing where the gate is open.

    Raises:
        InputError: there is no floors file, or it cannot be read.
    """
    floors, sets = _read(path), [load(name) for name in DATA]
    problems = [
        f"data changed: {data.name} is {data.sha256}, the floors were measured on {floors['data'].get(data.name)}"
        for data in sets
        if floors["data"].get(data.name) != data.sha256
    ]
    return problems or _fallen(floors["figures"], measure(sets, system), SLACK)


def update(path: Path = FLOORS, reason: str | None = None, system: System | None = None) -> list[str]:
    """Raise the floors to what is measured now; with a reason, lower those that fell, too.

    Returns the figures that fell and were not lowered for want of a reason; then nothing is written.
    """
    sets = [load(name) for name in DATA]
    found = measure(sets, system)
    old: Floors = _read(path) if path.exists() else {"data": {}, "figures": {}, "lowered": []}
    fallen = _fallen(old["figures"], found, 0.0)
    if fallen and not reason:
        return [*fallen, "No floor is lowered without --allow-lower REASON."]
    lowered = old["lowered"]
    if fallen:
        lowered = [*lowered, {"date": date.today().isoformat(), "reason": reason, "figures": fallen}]
    floors = {"data": {data.name: data.sha256 for data in sets}, "figures": found, "lowered": lowered}
    path.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return []


def measure(sets: list[DataSet], system: System | None = None) -> dict[str, float]:
    """The figures, by data set and name: means over clusters, sums of faults."""
    metrics: dict[str, Metric] = {
        "consensus": Consensus(),
        "attribution": Attribution(),
        "faithfulness": Faithfulness(),
        "neutrality": Neutrality(),
    }
    figures = [figure for metric in metrics.values() for figure in metric.figures if figure.better]
    found: dict[str, float] = {}
    for data in sets:
        task = Task(140, data.measure)
        made = system or Project()
        rows = [
            segment(item, made.summarise(item, task.max_words, lambda name, seconds: None), metrics, task)
            for item in sorted(data.items, key=lambda item: item.id)
        ]
        for figure in figures:
            values = checked([row.figures.get(figure.name) for row in rows])
            if values:
                found[f"{data.name}: {figure.name}"] = round(sum(values) if figure.total else mean(values), 4)
    return found


def _fallen(floors: Mapping[str, float], found: Mapping[str, float], slack: float) -> list[str]:
    lower_is_better = {
        f.name for m in (Consensus, Attribution, Faithfulness, Neutrality) for f in m.figures if f.better == "lower"
    }
    problems = []
    for name, floor in floors.items():
        value = found.get(name)
        if value is None:
            problems.append(f"{name}: {floor} before, not measured now")
            continue
        fall = value - floor if name.partition(": ")[2] in lower_is_better else floor - value
        if fall > slack:
            problems.append(f"{name}: {floor} before, {value} now")
    return problems


def _read(path: Path) -> Floors:
    try:
        floors: Floors = json.loads(path.read_text(encoding="utf-8"))
        if not {"data", "figures", "lowered"} <= floors.keys():
            raise ValueError("`data`, `figures` or `lowered` is missing")
        return floors
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="`python -m eval gate --update` makes it.") from error
