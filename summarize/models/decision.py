"""Fitted decisions: linear models over named signs, whose weights lie in a room's ``data/`` (``train/fit_*.py``)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


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


def probability(room: str, name: str, signs: Iterable[float]) -> float:
    """What a logistic decision makes of one row of signs."""
    return 1 / (1 + math.exp(-score(room, name, signs)))


def log_odds(p: float) -> float:
    """A probability as what a linear decision weighs, finite also for 0 and 1."""
    return math.log((p + 0.001) / (1.001 - p))
