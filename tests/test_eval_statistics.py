"""Intervals cover what they should, tests reject no more than they may, and no order changes a figure."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import compare, estimate, holm, interval


def test_ninety_five_of_a_hundred_intervals_hold_the_true_mean():
    draws = np.random.default_rng(7).beta(2, 5, (400, 60))  # skewed and between 0 and 1, as figures are
    covered = [low <= 2 / 7 <= high for low, high in map(interval, draws.tolist())]
    assert 0.91 <= np.mean(covered) <= 0.99


def test_of_equal_systems_one_in_twenty_is_found_to_differ():
    generator = np.random.default_rng(11)
    found = []
    for _ in range(200):
        a, b = generator.beta(2, 5, (2, 40))
        compared = compare(dict(enumerate(a.tolist())), dict(enumerate(b.tolist())))
        found.append((compared.p_randomisation < 0.05, compared.p_bootstrap < 0.05))
    assert all(0.01 <= share <= 0.11 for share in np.mean(found, axis=0))


def test_a_real_difference_is_found():
    generator = random.Random(3)
    first = {n: generator.random() for n in range(50)}
    second = {n: value - 0.1 + 0.05 * generator.random() for n, value in first.items()}
    compared = compare(first, second)
    assert compared.p_randomisation < 0.001
    assert compared.p_bootstrap < 0.01
    assert compared.difference == pytest.approx(0.075, abs=0.01)


def test_a_system_does_not_differ_from_itself():
    row = {n: n / 10 for n in range(9)}
    compared = compare(row, row)
    assert (compared.difference, compared.p_randomisation, compared.p_bootstrap) == (0, 1, 1)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20), st.randoms())
def test_the_order_of_clusters_changes_nothing(values, rng):
    shuffled = list(values)
    rng.shuffle(shuffled)
    assert estimate(values) == estimate(shuffled)
    rows = {f"c{n}": value for n, value in enumerate(values)}
    mixed = dict(sorted(rows.items(), key=lambda pair: rng.random()))
    zeros = dict.fromkeys(rows, 0.5)
    assert compare(rows, zeros) == compare(mixed, zeros)


def test_what_is_missing_is_counted_and_not_zero():
    found = estimate([1.0, None, 0.5, None])
    assert (found.value, found.count, found.excluded) == (0.75, 2, 2)
    assert estimate([None, None]) is None
    assert estimate([]) is None
    assert math.isnan(estimate([0.4]).low)
    assert compare({"a": 1.0, "b": None}, {"a": 0.5, "b": 0.1}) is None


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_nan_is_an_error(bad):
    with pytest.raises(ValueError, match="NaN or infinite"):
        estimate([0.5, bad])
    with pytest.raises(ValueError, match="NaN or infinite"):
        compare({"a": 0.5, "b": bad}, {"a": 0.5, "b": 0.5})


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_a_p_value_nor_changes_their_order(values):
    adjusted = holm(values)
    assert all(p <= q <= 1 for p, q in zip(values, adjusted, strict=True))
    order = sorted(range(len(values)), key=lambda i: values[i])
    assert [adjusted[i] for i in order] == sorted(adjusted)
