"""Average linkage: groups whose members are on average close to each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def average_linkage(close: NDArray[np.float64], least: float) -> list[list[int]]:
    """Indices grouped so that no two groups left are on average as close as ``least``; each group in ascending order.

    ``close`` is (n, n) and symmetric, larger meaning closer. By nearest-neighbour chains (Murtagh, 1983), which for
    average linkage find the same tree as merging the closest two each time, in time that grows with n squared.
    """
    group = list(range(len(close)))
    for a, b, closeness in _merges(close):
        if closeness >= least:
            old, new = group[b], group[a]
            group = [new if g == old else g for g in group]
    found: dict[int, list[int]] = defaultdict(list)
    for i, g in enumerate(group):
        found[g].append(i)
    return list(found.values())


def _merges(close: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """The tree: which two groups, each named by one member, merge at which mean closeness; children before parents."""
    import numpy as np

    mean = close.astype(np.float64, copy=True)
    np.fill_diagonal(mean, -np.inf)
    size = np.ones(len(mean))
    chain: list[int] = []
    merges: list[tuple[int, int, float]] = []
    alive = list(range(len(mean)))
    while len(alive) > 1:
        if not chain:
            chain.append(alive[0])
        last = chain[-1]
        nearest = int(np.argmax(mean[last]))
        if len(chain) > 1 and mean[last, chain[-2]] >= mean[last, nearest]:
            nearest = chain[-2]  # of equals the one before, or the chain would never close
        if len(chain) > 1 and nearest == chain[-2]:
            merges.append((nearest, last, float(mean[last, nearest])))
            merged = (size[nearest] * mean[nearest] + size[last] * mean[last]) / (size[nearest] + size[last])
            mean[nearest], mean[:, nearest] = merged, merged
            mean[last], mean[:, last], mean[nearest, nearest] = -np.inf, -np.inf, -np.inf
            size[nearest] += size[last]
            alive.remove(last)
            del chain[-2:]
        else:
            chain.append(nearest)
    return merges
