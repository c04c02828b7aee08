"""Fit the weights of the consistency score on human judgements.

    python -m train.fit_verifier ../shared/data

The rows are pairs of summaries of which people judged one the more consistent: of one source (Rank19), or drawn from
all (SummEval, where most sources have few that differ). A summary's signs are means over its sentences, so that the
weights are those of a sentence, too. Both sets are fitted together; ``eval.verifier`` reports what a fit without the
source, or on the other set alone, is worth.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from summarize.writing import consistency
from train.logistic import Vector, fit

if TYPE_CHECKING:
    from eval.verifier import Groups

PAIRS = 400
"""Pairs drawn from a set: as many as Rank19 has, so that both weigh the same."""
PENALTY = 10.0
FOLDS = 10
OUT = Path(consistency.__file__).parent / "data" / "consistency.json"


def pairs(groups: Groups) -> list[list[float]]:
    """Differences of signs, the better judged minus the worse; drawn with a fixed seed where there are many."""
    rows = [row for each in groups.values() for row in each]
    if len(rows) > 2 * len(groups):
        random = np.random.default_rng(0)
        drawn = (random.choice(len(rows), 2, replace=False) for _ in range(100 * PAIRS))
        both = [(rows[m], rows[n]) for m, n in drawn if rows[m].label > rows[n].label][:PAIRS]
    else:
        both = [(a, b) for each in groups.values() for a in each for b in each if a.label > b.label]
    return [list(np.subtract(better.signs, worse.signs)) for better, worse in both]


def fitted(sets: Mapping[str, Groups]) -> Vector:
    """Weights of the signs: a logistic regression without intercept over all pairs, each also turned round."""
    rows = np.array([row for groups in sets.values() for row in pairs(groups)])
    weights, _ = fit(np.vstack([rows, -rows]), np.repeat([1.0, 0.0], len(rows)), PENALTY)
    return weights


def folds(sets: Mapping[str, Groups]) -> dict[tuple[str, str], Vector]:
    """For each set and source the weights of a fit that has not seen it."""
    found: dict[tuple[str, str], Vector] = {}
    for fold in range(FOLDS):
        seen = {
            name: {key: rows for n, (key, rows) in enumerate(groups.items()) if n % FOLDS != fold}
            for name, groups in sets.items()
        }
        weights = fitted(seen)
        found |= {(name, key): weights for name, groups in sets.items() for key in groups if key not in seen[name]}
    return found


def main() -> None:
    """Fit on all and write the weights, with what they were fitted on and what fits without it are worth."""
    from eval.verifier import figure, fingerprint, load_parser, measures, read
    from summarize.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with humaneval_*.json.xz")
    data, settings = parser.parse_args().data, Settings()
    sets = read(data, load_parser(settings), settings, ("Rank19", "SummEval"))
    apart = folds(sets)
    figures: dict[str, Any] = {}
    for name, groups in sets.items():
        for kind, (measure, pooled) in measures(name).items():
            scores = {
                "left_out": lambda row, name=name: float(np.dot(apart[name, row.source], row.signs)),
                "rouge_2_precision": lambda row: row.scores["ROUGE-2 precision"],
            }
            for key, score in scores.items():
                scored = {source: [(row.label, score(row)) for row in rows] for source, rows in groups.items()}
                figures[f"{name} {kind}, {key}"] = [round(x, 3) for x in figure(scored, measure, pooled=pooled)]
    model = {
        "weights": {name: round(float(w), 3) for name, w in zip(consistency.SIGNS, fitted(sets), strict=True)},
        "data": {name: fingerprint(data / f"humaneval_{name}.json.xz") for name in sets},
        "pairs": {name: len(pairs(groups)) for name, groups in sets.items()},
        "figures": figures,
    }
    OUT.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model, indent=1))


if __name__ == "__main__":
    main()
