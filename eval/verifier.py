"""How well the verifier ranks human judgements of consistency, beside what merely counts words.

    python -m eval.verifier [--data ../shared/data]

Rank19: a correct and an incorrect sentence about one source sentence (how often the correct one scores higher; a tie is
half). SummEval: expert consistency of whole summaries, 1 to 5 (ROC AUC of "5", over all; Kendall's tau-b and Spearman's
rho within an article, means over the articles where the judgements differ). REALSumm judges how many of the reference's
units a summary states, which is not consistency: a check that a score does not merely measure that. A summary's score
is the mean over its sentences. Intervals are 95 % of a bootstrap over source texts; the seed is fixed. "left out" is the
shipped score fitted anew, ten times, without the sources that it then scores; "other set" is one fitted on SummEval for
Rank19, and on Rank19 for the others. "accepted" is the share of sentences that ``verify`` lets stand, their form not
judged.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from eval.reading import fingerprint
from eval.signature import ROOT
from summarize.language.words import content_words
from summarize.models.base import SentenceParser
from summarize.models.load import load_parser
from summarize.settings import Settings
from summarize.types import Span
from summarize.writing.consistency import SIGNS, dependencies, nearest, signs, weighed
from summarize.writing.evidence import Evidence
from summarize.writing.form import faults
from summarize.writing.verify import support, verify
from train.fit_verifier import fitted, folds

SETS = ("Rank19", "SummEval", "REALSumm")
LABELS = {"Rank19": "fact", "SummEval": "consistency", "REALSumm": "litepyramid_recall"}
DRAWS = 1000
_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A summary, what people say of it, and what can be measured."""

    source: str
    label: float
    signs: tuple[float, ...]
    """Means over its sentences."""
    scores: Mapping[str, float]


Groups = Mapping[str, Sequence[Judged]]
Scored = Mapping[str, Sequence[tuple[float, float]]]
"""For each source its summaries' labels and scores."""
Measure = Callable[[Sequence[tuple[float, float]]], float | None]


def sentences(text: str) -> list[str]:
    """The sentences of a tokenised text."""
    return [part for part in _END.split(text.strip()) if re.search(r"\w", part)]


def rouge_precision(candidate: str, source: str, n: int) -> float:
    """ROUGE-n precision: share of the candidate's runs of ``n`` words (a-z, 0-9) that the source has, counts clipped."""
    own, other = (Counter(_runs(text, n)) for text in (candidate, source))
    return sum((own & other).values()) / max(1, own.total())


def _runs(text: str, n: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return zip(*(words[i:] for i in range(n)), strict=False)


def judged(name: str, rows: Mapping[str, Any], parser: SentenceParser, settings: Settings) -> dict[str, list[Judged]]:
    """Every summary of a data set, by source."""
    parts = {text: sentences(text) for row in rows.values() for text in (row["src"], *_texts(row))}
    pool = sorted({sentence for found in parts.values() for sentence in found})
    arcs = {text: dependencies(text, parse) for text, parse in zip(pool, parser.parse(pool), strict=True)}
    found: dict[str, list[Judged]] = {}
    for source, row in rows.items():
        evidence = [_evidence(sentence, n) for n, sentence in enumerate(parts[row["src"]])]
        for each in row["sys_summs"].values():
            text = each["sys_summ"]
            own = [(sentence, nearest(sentence, evidence)) for sentence in parts[text]]
            values = [signs(sentence, items, arcs, settings) for sentence, items in own] or [(0.0,) * len(SIGNS)]
            means = tuple(map(mean, zip(*values, strict=True)))
            scores = _baselines(text, row["src"], own, settings) | {"consistency (shipped)": weighed(means)}
            found.setdefault(source, []).append(Judged(source, float(each["scores"][LABELS[name]]), means, scores))
    return found


def _texts(row: Mapping[str, Any]) -> list[str]:
    return [each["sys_summ"] for each in row["sys_summs"].values()]


def _evidence(sentence: str, number: int) -> Evidence:
    span = Span("source", number, number + 1)
    return Evidence(span, sentence, span, sentence, "source", 1, 1, position=number)


def _baselines(
    text: str, source: str, own: Sequence[tuple[str, Sequence[Evidence]]], settings: Settings
) -> dict[str, float]:
    words, there = content_words(text), content_words(source)
    verdicts = [set(verify(sentence, items, settings).reasons) - set(faults(sentence)) for sentence, items in own]
    return {
        **{f"ROUGE-{n} precision": rouge_precision(text, source, n) for n in (1, 2, 3)},
        "word overlap": len(words & there) / max(1, len(words)),
        "support": mean([max(support(s, [item]) for item in items) for s, items in own if items] or [0.0]),
        "accepted": mean([float(not reasons) for reasons in verdicts] or [0.0]),
    }


def pairwise(rows: Sequence[tuple[float, float]]) -> float | None:
    """How often the better judged of two scores higher; a tie is half."""
    wins = [float(a[1] > b[1]) + 0.5 * float(a[1] == b[1]) for a in rows for b in rows if a[0] > b[0]]
    return mean(wins) if wins else None


def tau(rows: Sequence[tuple[float, float]]) -> float | None:
    """Kendall's tau-b; none where all are judged alike."""
    labels, scores = (np.sign(np.subtract.outer(column, column)) for column in zip(*rows, strict=True))
    norm = float(np.sqrt((labels**2).sum() * (scores**2).sum()))
    return None if not labels.any() else float((labels * scores).sum()) / norm if norm else 0.0


def rho(rows: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rho; none where all are judged alike."""
    labels, scores = (_ranks(np.array(column)) for column in zip(*rows, strict=True))
    if not np.ptp(labels):
        return None
    return float(np.corrcoef(labels, scores)[0, 1]) if np.ptp(scores) else 0.0


def _ranks(values: Any) -> Any:
    """Ranks, ties shared."""
    return (values[:, None] > values).sum(axis=1) + (values[:, None] == values).sum(axis=1) / 2


def auc(rows: Sequence[tuple[float, float]]) -> float | None:
    """Area under the ROC curve of the label 5, ties half."""
    good = np.array([score for label, score in rows if label == 5])
    bad = np.sort([score for label, score in rows if label < 5])
    if not len(good) or not len(bad):
        return None
    below = np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")
    return float(below.mean() / 2 / len(bad))


def figure(scored: Scored, measure: Measure, *, pooled: bool = False) -> tuple[float, float, float]:
    """The figure over all sources, or the mean of each source's, with its interval."""
    groups = list(scored.values())
    each = [found for group in groups if (found := measure(group)) is not None]
    random, drawn = np.random.default_rng(0), []
    for _ in range(DRAWS):
        if pooled:
            chosen = [row for n in random.integers(0, len(groups), len(groups)) for row in groups[n]]
            drawn.append(measure(chosen) or 0.0)
        else:
            drawn.append(float(np.mean(random.choice(each, len(each)))))
    whole = measure([row for group in groups for row in group]) if pooled else mean(each)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return whole or 0.0, float(low), float(high)


def measures(name: str) -> dict[str, tuple[Measure, bool]]:
    """What is reported of a data set: the measure, and whether it is taken over all sources at once."""
    if name == "Rank19":
        return {"pairs right": (pairwise, False)}
    ranked: dict[str, tuple[Measure, bool]] = {"tau": (tau, False), "rho": (rho, False)}
    return {"AUC": (auc, True)} | ranked if name == "SummEval" else ranked


def _scorers(name: str, every: Mapping[str, Groups]) -> dict[str, Callable[[Judged], float]]:
    """Every score of a data set by name, the fitted ones without the sources or sets that they are measured on."""
    groups = every[name]
    found: dict[str, Callable[[Judged], float]] = {
        key: lambda row, key=key: row.scores[key]  # type: ignore[misc]
        for key in next(iter(groups.values()))[0].scores
    }
    train = {key: every[key] for key in ("Rank19", "SummEval") if key in every}
    if len(train) < 2:
        return found
    other = fitted(
        {key: rows for key, rows in train.items() if key != name} if name in train else {"Rank19": train["Rank19"]}
    )
    found["consistency, other set"] = lambda row: float(np.dot(other, row.signs))
    if name in train:
        weights = folds(train)
        found["consistency, left out"] = lambda row: float(np.dot(weights[name, row.source], row.signs))
    return found


def main() -> None:
    """Measure what can be measured here, one line a score and figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    data, settings = parser.parse_args().data, Settings()
    model = load_parser(settings)
    print(f"settings {settings.fingerprint()}  parser {model.fingerprint}  bootstrap {DRAWS} draws, seed 0")
    every = read(data, model, settings)
    for name, groups in every.items():
        print(f"\n{name} {fingerprint(data / f'humaneval_{name}.json.xz')}  {len(groups)} sources")
        for key, scorer in _scorers(name, every).items():
            scored = {source: [(row.label, scorer(row)) for row in rows] for source, rows in groups.items()}
            parts = (
                "{} {:.3f} ({:.3f}-{:.3f})".format(kind, *figure(scored, measure, pooled=pooled))
                for kind, (measure, pooled) in measures(name).items()
            )
            print(f"  {key:<24} {'  '.join(parts)}")


def read(data: Path, model: SentenceParser, settings: Settings, sets: Sequence[str] = SETS) -> dict[str, Groups]:
    """The data sets that are on this machine; what is missing is said."""
    found: dict[str, Groups] = {}
    for name in sets:
        path = data / f"humaneval_{name}.json.xz"
        if not path.exists():
            print(f"{name} missing: {path}")
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            found[name] = judged(name, json.load(file), model, settings)
    return found


if __name__ == "__main__":
    main()
