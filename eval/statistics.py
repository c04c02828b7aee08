"""Intervals and tests from the figures of single clusters: means are re-made from samples, nothing is measured anew.

All draws come from seeded generators over clusters in the order of their ids, so the same figures give the same intervals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.signature import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

RESAMPLES = 1000
PERMUTATIONS = 10_000
CONFIDENCE = 0.95
SEED = 12345


def protocol() -> dict[str, Value]:
    """The statistics' part of a signature."""
    return {"bootstrap": RESAMPLES, "confidence": CONFIDENCE, "bootstrap_seed": SEED}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over clusters with its percentile bootstrap interval (``nan`` bounds below two clusters)."""

    value: float
    low: float
    high: float
    count: int
    """Clusters it is the mean of."""
    excluded: int
    """Clusters that have no such figure; ``Row.excluded`` says why."""


def estimate(values: Sequence[float | None]) -> Estimate | None:
    """Mean and interval of those values that are there; ``None`` where none is.

    The percentile bootstrap of Efron (1979) over clusters. Raises ``ValueError`` on NaN or infinity: a figure that does
    not exist is ``None``.
    """
    present = checked(values)
    if not present:
        return None
    low, high = interval(present)
    return Estimate(mean(present), low, high, len(present), len(values) - len(present))


def checked(values: Sequence[float | None]) -> list[float]:
    """The values that are there, none of which may be NaN or infinite."""
    present = [float(value) for value in values if value is not None]
    if not all(map(math.isfinite, present)):
        raise ValueError("a figure is NaN or infinite: a metric is wrong, or a file was edited")
    return present


def mean(values: Sequence[float]) -> float:
    """Correctly rounded, so the order of the values changes nothing."""
    return math.fsum(values) / len(values)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean; ``(nan, nan)`` for fewer than two values."""
    import numpy as np

    if len(values) < 2:
        return math.nan, math.nan
    row = np.sort(np.asarray(values, dtype=np.float64))
    means = row[_draws(len(row))].mean(axis=1)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return float(low), float(high)


def _draws(size: int) -> NDArray[np.int64]:
    import numpy as np

    return np.random.default_rng(SEED).integers(0, size, (RESAMPLES, size))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems on the clusters that both have a figure for."""

    difference: float
    """Mean of the first less mean of the second."""
    p_randomisation: float
    p_bootstrap: float
    count: int


def compare(first: Mapping[str, float | None], second: Mapping[str, float | None]) -> Comparison | None:
    """Paired tests of equal means, two-sided; ``None`` where fewer than two clusters have both figures.

    Approximate randomisation (Noreen, 1989; Riezler and Maxwell, 2005): signs of the differences are flipped. Paired
    bootstrap (Koehn, 2004), as sacrebleu has it: how often a resampled difference is as far from the mean difference as
    that is from none. Both count the observed sample as one of the draws.
    """
    import numpy as np

    pairs = [(first[key], second[key]) for key in sorted(first.keys() & second.keys())]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    if len(both) < 2:
        return None
    ones, others = checked([a for a, _ in both]), checked([b for _, b in both])
    row = np.asarray(ones) - np.asarray(others)
    observed = abs(row.mean())
    signs = np.random.default_rng(SEED).integers(0, 2, (PERMUTATIONS, len(row)), dtype=np.int8) * 2 - 1
    flipped = np.abs(signs @ row) / len(row)
    shifted = np.abs(row[_draws(len(row))].mean(axis=1) - row.mean())
    return Comparison(mean(ones) - mean(others), _p(flipped, observed), _p(shifted, observed), len(row))


def _p(draws: Row, observed: float) -> float:
    return (int((draws >= observed - 1e-12).sum()) + 1) / (len(draws) + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values that keep the family-wise error (Holm, 1979), in the order given."""
    adjusted = [0.0] * len(p_values)
    most = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        most = max(most, min(1.0, p_values[index] * (len(p_values) - rank)))
        adjusted[index] = most
    return adjusted
