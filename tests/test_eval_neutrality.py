"""The evaluation of neutral wording: its measures by hand."""

from __future__ import annotations

import lzma

import pytest

from eval.neutrality import auc, figures, half, labelled


def test_auc_counts_ties_half():
    assert auc([0.2, 0.1, 0.0, 0.0], [True, True, False, False]) == 1
    assert auc([0.0, 0.0], [True, False]) == 0.5


def test_a_sentence_s_half_is_always_the_same():
    assert {half(f"Sentence {n}.") for n in range(20)} == {"seen", "held out"}
    assert half("The ferry hit the wall.") == half("The ferry hit the wall.")


def test_sentences_without_agreement_and_repeats_are_left_out(tmp_path):
    path = tmp_path / "babe.csv.xz"
    rows = ["text;label_bias", "A  b.;Biased", "A b.;Biased", "C.;Non-biased", "D.;No agreement"]
    path.write_bytes(lzma.compress("\n".join(rows).encode("utf-8-sig")))
    assert labelled([path]) == [("A b.", True), ("C.", False)]


def test_figures():
    rows = [("The shameful deal.", True), ("He slammed the deal.", True), ("A deal.", False), ("The cops met.", False)]
    found = figures(rows)
    assert found["loaded of biased"] == 1
    assert (found["loaded of neutral"], found["barred of neutral"]) == (0.5, 0)
    assert found["precision"] == pytest.approx(2 / 3)
