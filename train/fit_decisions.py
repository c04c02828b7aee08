"""Fit the small decisions of the consensus room on annotated clusters.

    python -m train.fit_decisions seeds/gold seeds/training --seen seeds/training --pair .work/pair-0 .work/pair-1

``align.json`` and ``reread.json``: are two claims about one thing, at first sight and read by the pair model? A proposed
pair is positive where both claims lie in the gold evidence of one fact, or on two sides of one gold discrepancy; negative
where one lies in a fact's evidence and they share none.
``suspect.json`` and ``outdated.json``: is a claim of an early page outdated, at first sight and read beside later claims?
Positive where the gold lists it as superseded.
``conflicts.json``: do two values that differ conflict? Positive on two sides of a gold discrepancy of numbers, dates or
outcomes. All use the first two, so these are fitted first, and only on clusters that the encoder has not seen
(``encoder_seen.txt`` has those it has): of these it is too sure. So is the pair model of the clusters that it was fitted
on: ``--pair`` names two folders, of models fitted on every other of the ``--seen`` clusters, and of each cluster the one
is asked that has not read it. Figures are for clusters left out in turn; the weights are of a fit on all.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from summarize.consensus import align, conflicts, outdated, values
from summarize.consensus.compare import compared, ordered
from summarize.consensus.support import neighbours
from summarize.models.base import Comparer
from summarize.models.decision import decision, score
from summarize.settings import Settings
from train import logistic
from train.annotated import Annotated, annotated, comparers, inside, touches
from train.logistic import Matrix, Vector

DECISIONS = Path(align.__file__).parent / "data"
PENALTIES = {"align": 3.0, "reread": 3.0, "suspect": 20.0, "outdated": 10.0, "conflicts": 10.0}
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


def aligned(cluster: Annotated, comparer: Comparer) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the judged pairs of claims."""
    judged, labels = same_thing(cluster)
    rows = dict(zip(cluster.pairs, cluster.rows.tolist(), strict=True))
    return [rows[pair] for pair in judged], labels


def read(cluster: Annotated, comparer: Comparer) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the judged pairs that the pair model is asked about."""
    asked = set(align.to_read(cluster.probability, cluster.sources, Settings()))
    judged = [(pair, label) for pair, label in zip(*same_thing(cluster), strict=True) if pair in asked]
    answers = compared(cluster.claims, [pair for pair, _ in judged], comparer)
    rows = [align.reread_features(cluster.probability[pair], answers[pair]) for pair, _ in judged]
    return rows, [label for _, label in judged]


def suspected(cluster: Annotated, comparer: Comparer) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the claims that some page says before another."""
    places = cluster.superseded()
    found = list(outdated.features(cluster.claims, cluster.published, cluster.sources, neighbours(cluster.probability)))
    return [row for _, row in found], [float(touches(cluster.claims[i], places)) for i, _ in found]


def overtaken(cluster: Annotated, comparer: Comparer) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of those of them that look outdated, read beside later claims."""
    places, near = cluster.superseded(), neighbours(cluster.probability)
    early = outdated.features(cluster.claims, cluster.published, cluster.sources, near)
    odds = {i: score("consensus", "suspect", row) for i, row in early}
    suspects = {i: x for i, x in odds.items() if 1 / (1 + math.exp(-x)) >= Settings().suspect_probability}
    found = list(outdated.second_look(cluster.claims, suspects, cluster.published, cluster.sources, near, comparer))
    return [row for _, row, _ in found], [float(touches(cluster.claims[i], places)) for i, _, _ in found]


def conflicting(cluster: Annotated, comparer: Comparer) -> tuple[list[list[float]], list[float]]:
    """Rows and labels of the pairs of values that differ, in claims that may be about one thing."""
    disputed = [values for kind, values in cluster.discrepancies() if kind in ("number", "date", "outcome")]
    sides = [
        {(n, m) for n, values in enumerate(disputed) for m, places in enumerate(values) if inside(claim, places)}
        for claim in cluster.claims
    ]
    rows, labels = [], []
    for row, a, b in _differing(cluster, comparer):
        rows.append(row)
        labels.append(float(any(n == k and m != other for n, m in sides[a] for k, other in sides[b])))
    return rows, labels


def _differing(cluster: Annotated, comparer: Comparer) -> Iterator[tuple[list[float], int, int]]:
    settings = Settings()
    claims, everyone = cluster.claims, range(len(cluster.claims))
    for kind in values.value_kinds(claims, everyone):
        places = values.differing(kind, cluster.probability, claims, cluster.sources, settings)
        rivals = [(kind.items[n], kind.items[m]) for n, m in places]
        asked = [ordered(a.claim, b.claim) for a, b in rivals]
        answers = compared(claims, asked, comparer)
        found = conflicts.Conflicts(kind.items, claims, cluster.probability, answers)
        yield from ((found.features(a, b), a.claim, b.claim) for a, b in rivals)


def _cosines(cluster: Annotated) -> tuple[list[float], list[float]]:
    """The cosines alone, and the labels, of the judged pairs."""
    judged, labels = same_thing(cluster)
    cosine = dict(zip(cluster.pairs, cluster.rows[:, 0].tolist(), strict=True))
    return [cosine[pair] for pair in judged], labels


STEPS = {
    "align": (align.FEATURES, aligned),
    "reread": (align.REREAD, read),
    "suspect": (outdated.SUSPECT, suspected),
    "outdated": (outdated.OUTDATED, overtaken),
    "conflicts": (conflicts.FEATURES, conflicting),
}


def main() -> int:
    """Fit each decision in turn and write its weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seen", nargs="*", default=[], type=Path, help="folders that the encoder was fitted on")
    parser.add_argument("-o", type=Path, default=DECISIONS, help="folder of the decisions")
    parser.add_argument("--pair", nargs=2, type=Path, help="pair models of every other of the clusters seen")
    args = parser.parse_args()
    comparer_of = comparers(args.pair, sorted(path.stem for folder in args.seen for path in folder.glob("*.json")))
    seen = Path(__file__).with_name("encoder_seen.txt").read_text(encoding="utf-8").split()
    clusters = list(annotated(args.folders, Settings()))

    def fit(name: str, among: Sequence[Annotated], **extra: float) -> None:
        features, rows_of = STEPS[name]
        data: dict[str, tuple[Matrix, Vector]] = {}
        for cluster in among:
            rows, labels = rows_of(cluster, comparer_of(cluster.id))
            data[cluster.id] = np.array(rows, dtype=float).reshape(len(rows), len(features)), np.array(labels)
        logistic.write(args.o / f"{name}.json", features, data, PENALTIES[name], **extra)
        decision.cache_clear()

    unseen = [cluster for cluster in clusters if cluster.id not in seen]
    cosines = [logistic.auc(*(np.array(each) for each in _cosines(cluster))) for cluster in unseen]
    fit("align", unseen, cosine_auc=float(np.nanmean(cosines)))
    clusters = list(annotated(args.folders, Settings()))
    fit("reread", [cluster for cluster in clusters if cluster.id not in seen])
    clusters = [
        replace(c, probability=align.reread(c.claims, c.probability, c.sources, comparer_of(c.id), Settings()))
        for c in clusters
    ]
    for name in ("suspect", "outdated", "conflicts"):
        fit(name, clusters)
    return 0


if __name__ == "__main__":
    sys.exit(main())
