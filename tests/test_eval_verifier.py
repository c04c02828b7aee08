"""The evaluation of the verifier: its measures by hand."""

from __future__ import annotations

import pytest

from eval.verifier import Judged, auc, figure, pairwise, rho, rouge_precision, sentences, tau
from train.fit_verifier import fitted, folds, pairs


def test_rouge_precision_is_clipped():
    assert rouge_precision("the cat sat", "the cat sat down", 2) == 1
    assert rouge_precision("the the the cat", "the cat", 1) == 0.5
    assert rouge_precision("", "a b", 2) == 0


def test_pairs_right_counts_ties_half():
    assert pairwise([(1, 0.9), (0, 0.1)]) == 1
    assert pairwise([(1, 0.5), (0, 0.5)]) == 0.5
    assert pairwise([(1, 0.5), (1, 0.1)]) is None


def test_rank_correlations():
    rows = [(1, 0.1), (2, 0.2), (3, 0.3)]
    assert tau(rows) == pytest.approx(1)
    assert rho(rows) == pytest.approx(1)
    assert tau([(a, -b) for a, b in rows]) == pytest.approx(-1)
    assert tau([(1, 0.1), (1, 0.2)]) is None
    assert rho([(1, 0.1), (1, 0.2)]) is None
    assert (tau([(1, 0.1), (2, 0.1)]), rho([(1, 0.1), (2, 0.1)])) == (0, 0)


def test_auc_is_of_the_label_five():
    assert auc([(5, 0.9), (4.7, 0.1)]) == 1
    assert auc([(5, 0.5), (4, 0.5)]) == 0.5
    assert auc([(5, 0.5)]) is None


def test_a_figure_has_its_interval_around_it():
    scored = {str(n): [(1.0, float(n % 4 > 0)), (0.0, 0.5)] for n in range(40)}
    value, low, high = figure(scored, pairwise)
    assert value == 0.75
    assert 0.55 < low < value < high < 0.95


def test_sentences_of_tokenised_text():
    assert sentences("He left . She came .  ") == ["He left .", "She came ."]


def test_a_fit_learns_the_sign_that_tells_and_leaves_the_scored_source_out():
    groups = {
        str(n): [Judged(str(n), 1, (1.0, 0.5, 0, 0, 0, 0), {}), Judged(str(n), 0, (0.0, n % 3 / 2, 0, 0, 0, 0), {})]
        for n in range(30)
    }
    assert len(pairs(groups)) == 30
    weights = fitted({"A": groups})
    assert weights[0] > 5 * abs(weights[1])
    assert len(folds({"A": groups})) == 30
