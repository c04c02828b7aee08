"""Fit the decision of ``summarize/consensus/align.py``: are two claims of different articles about one thing?

    python -m train.fit_align seeds/gold -o summarize/consensus/data/align.json

Each pair of claims that the vectors propose is a row of features. It is positive where both claims lie in the gold
evidence of one fact, or on two sides of one gold discrepancy; negative where at least one of them lies in gold
evidence and they share none. A logistic regression with an L2 penalty is fitted by Newton's method on the standardised
features; figures are for clusters left out in turn, and the shipped weights are of a fit on all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.consensus.align import FEATURES, embed, pair_features
from summarize.consensus.claims import extract_claims
from summarize.models.load import load_encoder
from summarize.reading.clean import clean
from summarize.reading.split import split
from summarize.settings import Settings
from summarize.types import Article, Claim

Matrix = NDArray[np.float64]
PENALTY = 3.0
"""L2 penalty on standardised weights: with 8 clusters, 1 to 10 give the same left-out figures."""


def labelled(cluster: dict[str, Any], claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """1 for pairs about one thing, 0 for pairs that are not, NaN where the gold does not say."""
    home = [{key for key, spans in _gold_spans(cluster) if _inside(claim, spans)} for claim in claims]
    facts = [{key for key in keys if key[0] == "f"} for keys in home]
    out = []
    for i, j in pairs:
        if home[i] & home[j]:
            out.append(1.0)
        else:
            out.append(0.0 if facts[i] or facts[j] else float("nan"))
    return np.array(out)


def _gold_spans(cluster: dict[str, Any]) -> Iterator[tuple[str, dict[str, list[tuple[int, int]]]]]:
    text = {article["id"]: article["text"] for article in cluster["articles"]}
    gold = cluster["gold"]
    for fact in gold["facts"]:
        yield "f" + fact["id"], _located(text, [fact["evidence"], fact.get("relayed", {})])
    for n, discrepancy in enumerate(gold["discrepancies"]):
        yield f"d{n}", _located(text, [value["evidence"] for value in discrepancy["values"]])


def _located(text: dict[str, str], evidence: Sequence[dict[str, str]]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for spans in evidence:
        for article, needle in spans.items():
            start = text[article].find(needle)
            if start >= 0:
                found.setdefault(article, []).append((start, start + len(needle)))
    return found


def _inside(claim: Claim, spans: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether at least half of the shorter of claim and gold span is common to both."""
    span = claim.span
    for start, end in spans.get(span.article, []):
        common = min(span.end, end) - max(span.start, start)
        if common >= 0.5 * min(span.end - span.start, end - start):
            return True
    return False


def fit(rows: Matrix, labels: NDArray[np.float64], penalty: float = PENALTY) -> tuple[NDArray[np.float64], float]:
    """Weights on the raw features and bias of an L2-penalised logistic regression (Newton's method)."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.hstack([(rows - mean) / scale, np.ones((len(rows), 1))])
    w = np.zeros(x.shape[1])
    ridge = np.diag([penalty] * (x.shape[1] - 1) + [0.0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - labels) + ridge @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        w -= np.linalg.solve(hessian, gradient)
    weights = w[:-1] / scale
    return weights, float(w[-1] - mean @ weights)


def auc(scores: NDArray[np.float64], labels: NDArray[np.float64]) -> float:
    """Area under the ROC curve."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positive = labels > 0.5
    n, m = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def load(paths: Sequence[Path], settings: Settings) -> list[tuple[Matrix, NDArray[np.float64]]]:
    """Features and labels of each cluster's judged pairs."""
    encoder = load_encoder(settings)
    data = []
    for path in paths:
        cluster = json.loads(path.read_text(encoding="utf-8"))
        articles = [
            Article(**{k: a.get(k) for k in ("text", "id", "title", "outlet", "url", "published")})
            for a in cluster["articles"]
        ]
        pages = clean(articles, settings)
        sentences = split(pages, settings)
        claims = extract_claims(sentences, pages, settings)
        vectors = encoder.encode([sentence.text for sentence in sentences])
        pairs, rows = pair_features(claims, *embed(claims, sentences, vectors, encoder), settings)
        labels = labelled(cluster, claims, pairs)
        judged = ~np.isnan(labels)
        data.append((rows[judged], labels[judged]))
    return data


def main() -> int:
    """Fit, print the left-out figures, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", type=Path, required=True)
    args = parser.parse_args()
    paths = sorted(args.gold.glob("*.json"))
    data = load(paths, Settings())
    left_out = []
    for n, (rows, labels) in enumerate(data):
        others = [d for m, d in enumerate(data) if m != n]
        weights, bias = fit(np.vstack([r for r, _ in others]), np.concatenate([y for _, y in others]))
        left_out.append((auc(rows @ weights + bias, labels), auc(rows[:, 0], labels)))
        print(
            f"{paths[n].stem}: left-out AUC {left_out[-1][0]:.3f}, cosine alone {left_out[-1][1]:.3f}", file=sys.stderr
        )
    weights, bias = fit(np.vstack([r for r, _ in data]), np.concatenate([y for _, y in data]))
    figures = {
        "left_out_auc": round(float(np.mean([a for a, _ in left_out])), 4),
        "cosine_auc": round(float(np.mean([c for _, c in left_out])), 4),
    }
    named = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    args.o.write_text(
        json.dumps(
            {"weights": named, "bias": round(bias, 4), **figures, "pairs": int(sum(len(y) for _, y in data))}, indent=1
        )
        + "\n"
    )
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
