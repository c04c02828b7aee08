"""Fitted decisions: logistic models over named signs, whose weights lie in ``data/`` (``train/fit_decisions.py``)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def decision(name: str) -> Mapping[str, Any]:
    """``{"weights": {sign: weight}, "bias": float, "left_out_auc": float, ...}``, the weights in the order of the signs."""
    text = files(__package__).joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def probability(name: str, signs: Iterable[float]) -> float:
    """What the decision makes of one row of signs."""
    model = decision(name)
    score: float = model["bias"] + sum(w * x for w, x in zip(model["weights"].values(), signs, strict=True))
    return 1 / (1 + math.exp(-score))
