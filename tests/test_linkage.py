"""Average linkage agrees with merging the closest two groups again and again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from summarize.reading.linkage import average_linkage


def merged_one_by_one(close: NDArray[np.float64], least: float) -> set[frozenset[int]]:
    """By the definition: merge the two groups with the highest mean closeness while it is at least ``least``."""
    groups = [frozenset([i]) for i in range(len(close))]
    while len(groups) > 1:
        mean = {
            (a, b): float(np.mean([close[i, j] for i in a for j in b]))
            for n, a in enumerate(groups)
            for b in groups[:n]
        }
        (a, b), best = max(mean.items(), key=lambda item: item[1])
        if best < least:
            break
        groups = [group for group in groups if group not in (a, b)] + [a | b]
    return set(groups)


@given(st.integers(1, 9), st.integers(0, 2**32 - 1), st.floats(0.1, 0.9))
def test_the_groups_are_those_of_the_definition(count, seed, least):
    close = np.random.default_rng(seed).random((count, count))
    close = (close + close.T) / 2
    assert {frozenset(group) for group in average_linkage(close, least)} == merged_one_by_one(close, least)


def test_a_page_between_two_stories_does_not_chain_them():
    close = np.array([[1, 0.9, 0.5, 0], [0.9, 1, 0, 0], [0.5, 0, 1, 0.9], [0, 0, 0.9, 1]])
    assert average_linkage(close, 0.45) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_are_groups_of_their_own(count):
    assert average_linkage(np.ones((count, count)), 0.5) == [[i] for i in range(count)]


def test_equals_end():
    assert average_linkage(np.ones((6, 6)), 0.5) == [[0, 1, 2, 3, 4, 5]]
