"""Fitted decisions: linear models over named signs, whose weights lie in a room's ``data/`` (``train/fit_*.py``)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def decision(room: str, name: str) -> Mapping[str, Any]:
    """``{"weights": {sign: weight}, "bias": float, ...}`` of a room ("consensus"), the weights in the order of the signs."""
    text = files(f"summarize.{room}").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def score(room: str, name: str, signs: Iterable[float]) -> float:
    """The linear score of one row of signs."""
    model = decision(room, name)
    total: float = model["bias"] + sum(w * x for w, x in zip(model["weights"].values(), signs, strict=True))
    return total


def scores(room: str, name: str, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The linear scores (...,) of signs (..., f): the named ones, then the coordinates of a meaning, where it weighs any."""
    model = decision(room, name)
    weights = np.array([*model["weights"].values(), *model.get("meaning", ())])
    found: NDArray[np.float64] = rows @ weights + model["bias"]
    return found


def probability(room: str, name: str, signs: Iterable[float]) -> float:
    """What a logistic decision makes of one row of signs."""
    return 1 / (1 + math.exp(-score(room, name, signs)))


def log_odds(p: float) -> float:
    """A probability as what a linear decision weighs, finite also for 0 and 1."""
    return math.log((p + 0.001) / (1.001 - p))
