"""Logistic decisions over named features: fitted, measured on left-out clusters, written as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Data = Mapping[str, tuple[Matrix, Vector]]
"""Rows of features and labels (0 or 1) of each cluster."""


def fit(rows: Matrix, labels: Vector, penalty: float) -> tuple[Vector, float]:
    """Weights on the raw features and bias of a logistic regression (Newton's method), L2-penalised when standardised."""
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


def auc(scores: Vector, labels: Vector) -> float:
    """Area under the ROC curve; NaN where one class is missing."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    positive = labels > 0.5
    n, m = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def left_out(data: Data, penalty: float) -> float:
    """Mean ROC AUC over the clusters, each scored by a fit on all the others."""
    found = []
    for one, (rows, labels) in data.items():
        others = [pair for name, pair in data.items() if name != one]
        weights, bias = fit(np.vstack([r for r, _ in others]), np.concatenate([y for _, y in others]), penalty)
        found.append(auc(rows @ weights + bias, labels))
    return float(np.nanmean(found))


def write(path: Path, names: Sequence[str], data: Data, penalty: float, **figures: float) -> None:
    """Fit on all clusters and write ``{"weights": {name: weight}, "bias": ..., "left_out_auc": ..., ...}``."""
    rows, labels = np.vstack([r for r, _ in data.values()]), np.concatenate([y for _, y in data.values()])
    weights, bias = fit(rows, labels, penalty)
    decision = {
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
        "bias": round(bias, 4),
        "left_out_auc": round(left_out(data, penalty), 4),
        **{name: round(value, 4) for name, value in figures.items()},
        "rows": len(labels),
        "positive": int(labels.sum()),
        "clusters": len(data),
    }
    path.write_text(json.dumps(decision, indent=1) + "\n", encoding="utf-8")
    print(path.name, {name: value for name, value in decision.items() if name != "weights"})
