"""Fit the small decisions of the consensus room on annotated clusters.

    python -m train.fit_decisions seeds/gold seeds/training --seen seeds/training

``align.json``: are two claims about one thing? A proposed pair is positive where both claims lie in the gold evidence of
one fact, or on two sides of one gold discrepancy; negative where one lies in a fact's evidence and they share none.
``outdated.json``: is a claim of an early page outdated? Positive where the gold lists it as superseded.
``conflicts.json``: do two values that differ conflict? Positive on two sides of a gold discrepancy of numbers, dates or
outcomes. The last two use the first, so it is fitted first, and only on clusters that the encoder has not seen: of those
it has, it is too sure. Figures are for clusters left out in turn; the weights are of
a fit on all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from summarize.consensus import align, conflicts, outdated, values
from summarize.consensus.compare import compared, ordered
from summarize.consensus.support import neighbours
from summarize.models.decision import decision
from summarize.models.load import load_comparer
from summarize.settings import Settings
from train import logistic
from train.annotated import Annotated, annotated, inside, touches
from train.logistic import Matrix, Vector

DECISIONS = Path(align.__file__).parent / "data"
PENALTIES = {"align": 3.0, "outdated": 20.0, "conflicts": 10.0}
"""L2 on standardised weights; a third to three times as much gives the same left-out figures."""


def same_thing(cluster: Annotated) -> tuple[list[tuple[int, int]], list[float]]:
    """Proposed pairs of claims with their labels; those of which the gold says nothing are left out."""
    facts, disputed = cluster.facts(), cluster.discrepancies()
    own = [{n for n, places in enumerate(facts) if inside(claim, places)} for claim in cluster.claims]
    sides = [
        {n for n, (_, values) in enumerate(disputed) if any(inside(claim, places) for places in values)}
        for claim in cluster.claims
    ]
    judged = [(i, j) for i, j in cluster.pairs if own[i] or own[j] or sides[i] & sides[j]]
    return judged, [float(bool(own[i] & own[j] or sides[i] & sides[j])) for i, j in judged]


def aligned(cluster: Annotated) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the judged pairs of claims."""
    judged, labels = same_thing(cluster)
    rows = dict(zip(cluster.pairs, cluster.rows.tolist(), strict=True))
    return [rows[pair] for pair in judged], labels


def overtaken(cluster: Annotated) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the claims that some page says before another."""
    places = cluster.superseded()
    found = list(outdated.features(cluster.claims, cluster.published, cluster.sources, neighbours(cluster.probability)))
    return [row for _, row in found], [float(touches(cluster.claims[i], places)) for i, _ in found]


def conflicting(cluster: Annotated) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the pairs of values that differ, in claims that may be about one thing."""
    disputed = [values for kind, values in cluster.discrepancies() if kind in ("number", "date", "outcome")]
    sides = [
        {(n, m) for n, values in enumerate(disputed) for m, places in enumerate(values) if inside(claim, places)}
        for claim in cluster.claims
    ]
    rows, labels = [], []
    for row, a, b in _differing(cluster):
        rows.append(row)
        labels.append(float(any(n == k and m != other for n, m in sides[a] for k, other in sides[b])))
    return rows, labels


def _differing(cluster: Annotated) -> Iterator[tuple[list[float], int, int]]:
    settings = Settings()
    claims, everyone = cluster.claims, range(len(cluster.claims))
    for kind in values.value_kinds(claims, everyone):
        places = values.differing(kind, cluster.probability, claims, cluster.sources, settings)
        rivals = [(kind.items[n], kind.items[m]) for n, m in places]
        asked = [ordered(a.claim, b.claim) for a, b in rivals]
        answers = compared(claims, asked, load_comparer(settings))
        found = conflicts.Conflicts(kind.items, claims, cluster.probability, answers)
        yield from ((found.features(a, b), a.claim, b.claim) for a, b in rivals)


STEPS = (
    ("align", align.FEATURES, aligned),
    ("outdated", outdated.FEATURES, overtaken),
    ("conflicts", conflicts.FEATURES, conflicting),
)


def main() -> int:
    """Fit each decision in turn and write its weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seen", nargs="*", default=[], type=Path, help="folders that the encoder was fitted on")
    parser.add_argument("-o", type=Path, default=DECISIONS, help="folder of the decisions")
    args = parser.parse_args()
    clusters = list(annotated([folder for folder in args.folders if folder not in args.seen], Settings()))
    for name, features, rows_of in STEPS:
        data: dict[str, tuple[Matrix, Vector]] = {}
        for cluster in clusters:
            rows, labels = rows_of(cluster)
            data[cluster.id] = np.array(rows, dtype=float).reshape(len(rows), len(features)), np.array(labels)
        extra = {}
        if name == "align":
            extra["cosine_auc"] = float(
                np.nanmean([logistic.auc(rows[:, 0], labels) for rows, labels in data.values()])
            )
        logistic.write(args.o / f"{name}.json", features, data, PENALTIES[name], **extra)
        decision.cache_clear()
        if name == "align":
            clusters = list(annotated(args.folders, Settings()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
