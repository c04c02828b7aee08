r"""Fit the decisions by which the writing room selects and cites, on annotated clusters.

    python -m train.fit_selection seeds/gold seeds/training --check seeds/held-out --seen seeds/training \
        --pair .work/pair-0 .work/pair-1

``citation.json`` and ``cited.json``: does a passage say what a sentence says, at first sight and read by the pair model?
Positive where it overlaps the gold evidence of one of the facts whose keys the sentence matches. The pair model is too
sure of the clusters that it was fitted on (``--seen``): ``--pair`` as for ``fit_decisions``.
``redundancy.json``: does a sentence add nothing to another? An ordered pair is positive where the gold facts that the
first states are all stated by the second; fitted on the sentences that pass ``citation``.

``importance.json`` and ``standing.json`` are fitted on sentences that editors judged (``judged.tsv``): 4,111 that the program
proposed, seen with the event's headlines alone. ``form``: 0 stopped (with a reason), 1 passable, 2 stands; ``weight``: 2
belongs in any summary of 140 words, 1 may be in, 0 does not. The first: how many core facts of the gold does a sentence
state, half a fact more where its weight is 2? The second: how far did the editor let it stand? ``lead.json``: how fit is it
to open the summary? Fitted on 754 others (``leads.tsv``), seen with what the gold says of the event: ``grade`` 0 is harmful,
1 no lead, 2 acceptable, 3 an agency would open with it. All three are least squares with a ridge penalty. Figures are for
clusters left out in turn; the weights are of a fit on all.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.models.base import Comparer
from summarize.models.decision import decision, probability
from summarize.models.load import load_encoder, load_generator, load_parser
from summarize.pipeline import material
from summarize.settings import Settings
from summarize.types import Article
from summarize.writing import importance, lead
from summarize.writing.citing import FEATURES as CITATIONS
from summarize.writing.citing import READ, Citing, read_features
from summarize.writing.compose import sourced, told_by_enough
from summarize.writing.evidence import Evidence
from summarize.writing.grammar import Grammar
from summarize.writing.importance import FEATURES, PAIR_FEATURES, Importance, pair_features
from summarize.writing.pages import Pages
from summarize.writing.standing import FEATURES as SIGNS
from summarize.writing.standing import rows, standing
from summarize.writing.write import Written, from_model
from train import logistic
from train.annotated import Places, comparers, located, overlaps
from train.logistic import Matrix, Vector

Data = tuple[Matrix, Vector]
"""Rows of signs, and their labels."""
DECISIONS = Path(importance.__file__).parent / "data"
STEPS = ("citation", "cited", "redundancy", "importance", "standing", "lead")
PENALTY = 5.0
RIDGE = {"importance": 100.0, "standing": 300.0, "lead": 30.0, "meaning": 3000.0}
"""L2 on standardised weights; from a third to three times as much the left-out figures differ by less than 0.01."""
JUDGED = Path(__file__).with_name("judged.tsv")
LEADS = Path(__file__).with_name("leads.tsv")
WORDS = 140


@dataclass(frozen=True, slots=True)
class Story:
    """One cluster: the sentences that might go into its summary, what they are measured by, and its gold."""

    id: str
    gold: Mapping[str, Any]
    pages: Pages
    grammar: Grammar
    text: Mapping[str, str]
    """The articles' text."""
    pool: Sequence[Written]
    """Sentences of the sources."""
    proposed: Sequence[Written]
    """The two best sentences of the sources and of the model for each planned fact, each text once."""
    judged: Sequence[tuple[Written, int, int]]
    """Sentences of the sources and the model that an editor judged, each text once: form and weight."""
    leads: Sequence[tuple[Written, int]]
    """Likewise as first sentences: grade."""

    def stated(self, text: str) -> set[str]:
        """The gold facts whose keys the text matches, all of them."""
        return {f["id"] for f in self.gold["facts"] if all(re.search(key, text, re.I) for key in f["keys"])}

    def core(self) -> set[str]:
        """The gold facts that belong in any good summary."""
        return {f["id"] for f in self.gold["facts"] if f["core"]}

    def places(self, facts: set[str]) -> list[Places]:
        """Where the gold has each of the facts reported, by the articles themselves or after another."""
        told = [f for f in self.gold["facts"] if f["id"] in facts]
        return [located(self.text, [f["evidence"], f.get("relayed", {})]) for f in told]


def stories(folders: Sequence[Path], comparer_of: Callable[[str], Comparer], settings: Settings) -> Iterator[Story]:
    """The clusters of folders of gold files, in the order of their names; ``comparer_of`` has the pair model of each."""
    verdicts, grades = read_judged(), read_leads()
    for path in sorted((p for folder in folders for p in folder.glob("*.json")), key=lambda p: p.stem):
        cluster = json.loads(path.read_text(encoding="utf-8"))
        keys = ("text", "id", "title", "outlet", "url", "published")
        found = material([Article(**{key: a.get(key) for key in keys}) for a in cluster["articles"]], settings)
        grammar = found.grammar(load_parser(settings))
        planned = found.plan(settings, max_words=WORDS, min_support=2)
        made = sourced(planned, grammar, settings)
        first = {item.fact.id: own[0].text for item, own in zip(planned, made, strict=True) if own}
        more = from_model(planned, first, load_generator(None, settings), grammar, settings)
        every = {written.text: written for each in [*made, *more] for written in each}
        judged = [(w, *verdicts[path.stem, text]) for text, w in every.items() if (path.stem, text) in verdicts]
        leads = [(w, grades[path.stem, text]) for text, w in every.items() if (path.stem, text) in grades]
        pages = found.pages(load_encoder(settings), comparer_of(path.stem))
        text = {a["id"]: a["text"] for a in cluster["articles"]}
        pool = [written for each in made for written in each]
        proposed = {written.text: written for each in [*more, *made] for written in each[:2]}
        yield Story(path.stem, cluster["gold"], pages, grammar, text, pool, list(proposed.values()), judged, leads)


def read_judged() -> dict[tuple[str, str], tuple[int, int]]:
    """Form and weight by cluster and sentence."""
    return {(row["cluster"], row["sentence"]): (int(row["form"]), int(row["weight"])) for row in _table(JUDGED)}


def read_leads() -> dict[tuple[str, str], int]:
    """Grade by cluster and sentence."""
    return {(row["cluster"], row["sentence"]): int(row["grade"]) for row in _table(LEADS)}


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def citations(story: Story, settings: Settings) -> Data:
    """Does a passage say what a sentence says, at first sight? One row a passage, for each sentence that states a gold fact."""
    return _data([(row, label) for _, passages in _told(story, settings) for _, row, label in passages], CITATIONS)


def readings(story: Story, settings: Settings) -> Data:
    """The same for those passages that the pair model reads; the first decision has to be fitted by then."""
    read: list[tuple[list[float], float]] = []
    for text, passages in _told(story, settings):
        first = [probability("writing", "citation", row) for _, row, _ in passages]
        likely = [
            (p, item, label) for p, (item, _, label) in zip(first, passages, strict=True) if p >= settings.cite_read
        ]
        answers = story.pages.beside(text, [item.sentence for _, item, _ in likely])
        read += [(read_features(p, answer), label) for (p, _, label), answer in zip(likely, answers, strict=True)]
    return _data(read, READ)


def _told(story: Story, settings: Settings) -> Iterator[tuple[str, list[tuple[Evidence, list[float], float]]]]:
    """Each sentence that states a gold fact; its passages, their signs, and whether they overlap the fact's gold evidence."""
    citing = Citing(story.pages, settings)
    for written in story.proposed:
        places = story.places(story.stated(written.text))
        if places:
            yield (
                written.text,
                [
                    (item, row, float(any(overlaps(item.whole, stretches) for stretches in places)))
                    for item, row in citing.features(written)
                ],
            )


def _data(rows: Sequence[tuple[list[float], float]], names: Sequence[str]) -> Data:
    return np.array([row for row, _ in rows]).reshape(len(rows), len(names)), np.array([label for _, label in rows])


def worths(story: Story, settings: Settings) -> Judged:
    """How much of a good summary does a sentence state? It is positive where it states a core fact."""
    core = story.core()
    facts = np.array([float(len(story.stated(written.text) & core)) for written, *_ in story.judged])
    wanted = np.array([weight == 2 for *_, weight in story.judged])
    return Judged(_features(story, story.judged, settings), facts + 0.5 * wanted, facts > 0)


def standings(story: Story, settings: Settings) -> Judged:
    """How far did the editor let a sentence stand? It is positive where it was not stopped."""
    forms = np.array([form for _, form, _ in story.judged], dtype=float)
    pool = [written for written, *_ in story.judged]
    features = _features(story, story.judged, settings)
    return Judged(rows(pool, features, story.pages, story.grammar), forms / 2, forms > 0)


def openers(story: Story, settings: Settings) -> Judged:
    """How fit is a sentence to open the summary? It is positive where it may; by then, ``standing`` has to be fitted."""
    grades = np.array([grade for *_, grade in story.leads], dtype=float)
    pool = [written for written, *_ in story.leads]
    stands = standing(pool, _features(story, story.leads, settings), story.pages, story.grammar)
    return Judged(lead.rows(pool, stands, story.pages), grades / 3, grades >= 2)


def _features(story: Story, graded: Sequence[tuple[Written, *tuple[int, ...]]], settings: Settings) -> Matrix:
    return Importance(story.pages).features([written for written, *_ in graded], settings)


def repetitions(story: Story) -> tuple[Matrix, Vector]:
    """Does a sentence add nothing to another? One row an ordered pair of sentences that state gold facts."""
    stated = [story.stated(written.text) for written in story.pool]
    pairs = [(i, j) for i, a in enumerate(stated) for j, b in enumerate(stated) if i != j and a and b]
    every = pair_features(story.pool, story.pages.encode([written.text for written in story.pool]))
    rows = np.array([every[pair] for pair in pairs]).reshape(len(pairs), len(PAIR_FEATURES))
    return rows, np.array([float(stated[i] <= stated[j]) for i, j in pairs])


class Judged(NamedTuple):
    """One cluster's sentences: features, what is to be estimated, and which count as positive for the ROC AUC."""

    rows: Matrix
    target: Vector
    positive: NDArray[np.bool_]


def ridge(rows: Matrix, target: Vector, penalties: Vector) -> tuple[Vector, float]:
    """Weights on the raw features and bias of least squares, L2-penalised when standardised."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    w = np.linalg.solve(x.T @ x + np.diag([*penalties, 0.0]), x.T @ target)
    weights = w[:-1] / scale
    return weights, float(w[-1] - mean @ weights)


def _fitted(data: Sequence[Judged], penalties: Vector) -> tuple[Vector, float]:
    return ridge(np.vstack([d.rows for d in data]), np.concatenate([d.target for d in data]), penalties)


def _auc(data: Sequence[Judged], weights: Vector) -> float:
    """Mean ROC AUC over clusters."""
    return float(np.nanmean([logistic.auc(d.rows @ weights, d.positive.astype(float)) for d in data]))


def write_estimate(
    path: Path, names: Sequence[str], data: Sequence[Judged], unseen: Sequence[Judged], penalty: float
) -> None:
    """Fit on all clusters and write the weights, by name and for the meaning, with the figure of clusters left out."""
    wide = data[0].rows.shape[1] - len(names)
    penalties = np.array([penalty] * len(names) + [RIDGE["meaning"]] * wide)
    left_out = [_auc([d], _fitted([o for o in data if o is not d], penalties)[0]) for d in data]
    weights, bias = _fitted(data, penalties)
    estimate = {
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=False)},
        **({"meaning": [round(float(w), 3) for w in weights[len(names) :]]} if wide else {}),
        "bias": round(bias, 4),
        "left_out_auc": round(float(np.nanmean(left_out)), 4),
        "rows": sum(len(d.rows) for d in data),
        "clusters": len(data),
    }
    path.write_text(json.dumps(estimate, indent=1) + "\n", encoding="utf-8")
    print(path.name, {name: value for name, value in estimate.items() if name not in ("weights", "meaning")})
    if unseen:
        print(f"{path.name} on {len(unseen)} clusters not fitted on: ROC AUC {_auc(unseen, weights):.3f}")


def _enough(story: Story, settings: Settings) -> Story:
    """The story with the sentences that as many sources report as it takes."""
    citing = Citing(story.pages, settings)
    judged = [
        (kept, form, weight)
        for written, form, weight in story.judged
        for kept in told_by_enough([written], citing, settings, min_support=2)
    ]
    return replace(story, pool=told_by_enough(story.pool, citing, settings, min_support=2), judged=judged)


def main() -> int:
    """Fit the decisions in turn and write their weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", default=[], type=Path, help="folders of clusters not to fit on")
    parser.add_argument("--seen", nargs="*", default=[], type=Path, help="folders that the pair model was fitted on")
    parser.add_argument("--pair", nargs=2, type=Path, help="pair models of every other of the clusters seen")
    parser.add_argument("--only", nargs="*", default=STEPS, choices=STEPS, help="decisions to fit; without, all")
    parser.add_argument("-o", type=Path, default=DECISIONS, help="folder of the decisions")
    args = parser.parse_args()
    settings = Settings()
    comparer_of = comparers(args.pair, sorted(path.stem for folder in args.seen for path in folder.glob("*.json")))
    known, unseen = (list(stories(folders, comparer_of, settings)) for folders in (args.folders, args.check))
    for name, names, passages in (("citation", CITATIONS, citations), ("cited", READ, readings)):
        if name in args.only:
            logistic.write(args.o / f"{name}.json", names, {s.id: passages(s, settings) for s in known}, PENALTY)
            decision.cache_clear()
    known, unseen = [_enough(s, settings) for s in known], [_enough(s, settings) for s in unseen]
    if "redundancy" in args.only:
        logistic.write(args.o / "redundancy.json", PAIR_FEATURES, {s.id: repetitions(s) for s in known}, PENALTY)
    for name, names, judge in (
        ("importance", FEATURES, worths),
        ("standing", (*FEATURES, *SIGNS), standings),
        ("lead", lead.FEATURES, openers),
    ):
        if name in args.only:
            told, others = [judge(s, settings) for s in known], [judge(s, settings) for s in unseen]
            write_estimate(args.o / f"{name}.json", names, told, others, RIDGE[name])
            decision.cache_clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
