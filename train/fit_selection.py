"""Fit the decisions by which the writing room selects and cites, on annotated clusters.

    python -m train.fit_selection seeds/gold seeds/training --check seeds/held-out

``citation.json``: does an article report what a sentence says? Positive where it is evidence for one of the gold facts
whose keys the sentence matches. ``importance.json``: how many core facts of the gold does a sentence state? Least squares
with a ridge penalty. ``redundancy.json``: does a sentence add nothing to another? An ordered pair is positive where the
gold facts that the first states are all stated by the second. The last two are fitted on the sentences that pass the
first. Figures are for clusters left out in turn; the weights are of a fit on all.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from summarize.models.decision import decision
from summarize.models.load import load_encoder, load_parser
from summarize.pipeline import material
from summarize.settings import Settings
from summarize.types import Article
from summarize.writing import importance
from summarize.writing.citing import FEATURES as CITATIONS
from summarize.writing.citing import Citing
from summarize.writing.compose import sourced, told_by_enough
from summarize.writing.importance import FEATURES, PAIR_FEATURES, Importance, pair_features
from summarize.writing.pages import Pages
from summarize.writing.write import Written
from train import logistic
from train.logistic import Data, Matrix, Vector

DECISIONS = Path(importance.__file__).parent / "data"
RIDGE, PENALTY = 100.0, 5.0
"""L2 on standardised weights; from a third to three times as much the left-out figures differ by less than 0.01."""
WORDS = 140


@dataclass(frozen=True, slots=True)
class Story:
    """One cluster: the sentences that might go into its summary, what they are measured by, and its gold."""

    id: str
    gold: Mapping[str, Any]
    pages: Pages
    pool: Sequence[Written]

    def stated(self, text: str) -> set[str]:
        """The gold facts whose keys the text matches, all of them."""
        return {f["id"] for f in self.gold["facts"] if all(re.search(key, text, re.I) for key in f["keys"])}

    def core(self) -> set[str]:
        """The gold facts that belong in any good summary."""
        return {f["id"] for f in self.gold["facts"] if f["core"]}

    def reporting(self, facts: set[str]) -> set[str]:
        """The articles that report one of the facts, by themselves or after another."""
        return {a for f in self.gold["facts"] if f["id"] in facts for a in [*f["evidence"], *f.get("relayed", {})]}


def stories(folders: Sequence[Path], settings: Settings) -> Iterator[Story]:
    """The clusters of folders of gold files, in the order of their names."""
    for path in sorted((p for folder in folders for p in folder.glob("*.json")), key=lambda p: p.stem):
        cluster = json.loads(path.read_text(encoding="utf-8"))
        keys = ("text", "id", "title", "outlet", "url", "published")
        found = material([Article(**{key: a.get(key) for key in keys}) for a in cluster["articles"]], settings)
        planned = found.plan(settings, max_words=WORDS, min_support=2)
        made = sourced(planned, found.grammar(load_parser(settings)), settings)
        pages = found.pages(load_encoder(settings))
        yield Story(path.stem, cluster["gold"], pages, [written for each in made for written in each])


def citations(story: Story) -> tuple[Matrix, Vector]:
    """Does an article report what a sentence says? One row an article, for each sentence that states a gold fact."""
    citing = Citing(story.pages)
    judged = [(written, facts) for written in story.pool if (facts := story.stated(written.text))]
    found = [
        (row, float(item.span.article in story.reporting(facts)))
        for written, facts in judged
        for item, row in citing.features(written)
    ]
    return np.array([row for row, _ in found]).reshape(len(found), len(CITATIONS)), np.array([y for _, y in found])


def worths(story: Story, settings: Settings) -> tuple[Matrix, Vector]:
    """How many core facts does a sentence state?"""
    core = story.core()
    target = [float(len(story.stated(written.text) & core)) for written in story.pool]
    return Importance(story.pages).features(story.pool, settings), np.array(target)


def repetitions(story: Story) -> tuple[Matrix, Vector]:
    """Does a sentence add nothing to another? One row an ordered pair of sentences that state gold facts."""
    stated = [story.stated(written.text) for written in story.pool]
    pairs = [(i, j) for i, a in enumerate(stated) for j, b in enumerate(stated) if i != j and a and b]
    every = pair_features(story.pool, story.pages.encode([written.text for written in story.pool]))
    rows = np.array([every[pair] for pair in pairs]).reshape(len(pairs), len(PAIR_FEATURES))
    return rows, np.array([float(stated[i] <= stated[j]) for i, j in pairs])


def ridge(rows: Matrix, target: Vector, penalty: float) -> tuple[Vector, float]:
    """Weights on the raw features and bias of least squares, L2-penalised when standardised."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    w = np.linalg.solve(x.T @ x + np.diag([penalty] * rows.shape[1] + [0.0]), x.T @ target)
    weights = w[:-1] / scale
    return weights, float(w[-1] - mean @ weights)


def _pooled(data: Data) -> tuple[Matrix, Vector]:
    return np.vstack([rows for rows, _ in data.values()]), np.concatenate([y for _, y in data.values()])


def _auc(data: Data, weights: Vector) -> float:
    """Mean ROC AUC over clusters: does a sentence state a core fact at all?"""
    return float(np.nanmean([logistic.auc(rows @ weights, (y > 0).astype(float)) for rows, y in data.values()]))


def write_importance(path: Path, data: Data) -> Vector:
    """Fit on all clusters, write the weights with the figure of clusters left out in turn, and return them."""
    left_out = []
    for one in data:
        others = {name: pair for name, pair in data.items() if name != one}
        left_out.append(_auc({one: data[one]}, ridge(*_pooled(others), RIDGE)[0]))
    rows, target = _pooled(data)
    weights, bias = ridge(rows, target, RIDGE)
    fitted = {
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "bias": round(bias, 4),
        "left_out_auc": round(float(np.nanmean(left_out)), 4),
        "rows": len(rows),
        "clusters": len(data),
    }
    path.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print(path.name, {name: value for name, value in fitted.items() if name != "weights"})
    return weights


def _enough(story: Story, settings: Settings) -> Story:
    """The story with the sentences that as many sources report as it takes."""
    return replace(story, pool=told_by_enough(story.pool, Citing(story.pages), settings, min_support=2))


def main() -> int:
    """Fit the decisions in turn and write their weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", default=[], type=Path, help="folders of clusters not to fit on")
    parser.add_argument("-o", type=Path, default=DECISIONS, help="folder of the decisions")
    args = parser.parse_args()
    settings = Settings()
    known, unseen = list(stories(args.folders, settings)), list(stories(args.check, settings))
    logistic.write(args.o / "citation.json", CITATIONS, {s.id: citations(s) for s in known}, PENALTY)
    decision.cache_clear()
    known, unseen = [_enough(s, settings) for s in known], [_enough(s, settings) for s in unseen]
    weights = write_importance(args.o / "importance.json", {s.id: worths(s, settings) for s in known})
    logistic.write(args.o / "redundancy.json", PAIR_FEATURES, {s.id: repetitions(s) for s in known}, PENALTY)
    if unseen:
        auc = _auc({s.id: worths(s, settings) for s in unseen}, weights)
        print(f"importance on {len(unseen)} clusters not fitted on: ROC AUC {auc:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
