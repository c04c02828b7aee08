"""The pair model: it tells same, rival and unrelated claims apart, and answers the same whatever it is asked beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from summarize.errors import ModelUnavailableError
from summarize.models.base import Answer
from summarize.models.load import load_comparer, load_encoder, translated
from summarize.models.pairs import PADDING, PairModel, batches
from summarize.models.remembered import Remembered
from summarize.models.weights import PAIR, weight_files
from summarize.settings import Settings

SETTINGS = Settings()
COMPARER = load_comparer(SETTINGS)
SAME = ("The river burst its banks on Friday evening.", "the banks of the river gave way late on Friday")
RIVAL = ("The driver was arrested on Tuesday.", "The driver was not arrested.")
APART = ("The council raised parking fees by a fifth.", "Two swimmers reached the island before dark.")


def test_same_rival_and_unrelated_claims_are_told_apart() -> None:
    same, rival, apart = COMPARER.compare([SAME, RIVAL, APART])
    assert same.same > 0.5 > same.rival
    assert rival.rival > 0.5 > rival.same
    assert apart.other > 0.5
    assert same.about > 0.5 > apart.about


def test_answers_are_probabilities() -> None:
    for answer in COMPARER.compare([SAME, RIVAL, APART]):
        assert answer.same + answer.rival + answer.overtaken + answer.other == pytest.approx(1, abs=0.005)
        assert 0 <= answer.about <= 1


def test_answers_come_in_the_order_of_the_pairs_and_do_not_depend_on_it() -> None:
    pairs = [SAME, RIVAL, APART, SAME]
    assert COMPARER.compare(pairs[::-1]) == COMPARER.compare(pairs)[::-1]


@given(st.lists(st.integers(2, 160)), st.integers(1, 20))
def test_batches_hold_every_pair_in_order_and_none_is_padded_at_length(widths: list[int], most: int) -> None:
    pairs = [(str(n), "") for n in range(len(widths))]
    width = dict(zip(pairs, sorted(widths), strict=True))
    found = list(batches(pairs, width, most))
    assert [pair for batch in found for pair in batch] == pairs
    for batch in found:
        assert 1 <= len(batch) <= most
        assert sum(width[batch[-1]] - width[pair] for pair in batch) <= PADDING


def test_nothing_asked_is_nothing_answered() -> None:
    assert COMPARER.compare([]) == []


def test_texts_without_words_and_very_long_ones_get_an_answer() -> None:
    answers = COMPARER.compare([("", ""), ("", "a claim"), ("word " * 5000, "…" * 900)])
    assert len(answers) == 3
    assert all(0 <= answer.rival <= 1 for answer in answers)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (file,) = weight_files(PAIR)
    state = load_file(file)
    save_file({name: value for name, value in state.items() if name != "heads.bias"}, tmp_path / "model.safetensors")
    encoder = load_encoder(SETTINGS)
    with pytest.raises(ModelUnavailableError, match=r"heads\.bias"), translated("the pair model", "Reinstall."):
        PairModel(tmp_path, encoder, batch=8)  # type: ignore[arg-type]


def test_a_control_word_in_a_claim_is_plain_text() -> None:
    (answer,) = COMPARER.compare([("The bank said [SEP] it had not been robbed.", "The bank was robbed.")])
    assert answer.about > 0.5


def test_a_pair_is_read_once_a_run() -> None:
    asked: list[tuple[str, str]] = []

    class Counting:
        fingerprint = COMPARER.fingerprint

        def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Answer]:
            asked.extend(pairs)
            return COMPARER.compare(pairs)

    remembered = Remembered(Counting())
    pair, other = ("The ship sank.", "The ship went down."), ("The ship sank.", "A dozen were hurt.")
    first, *rest = remembered.compare([pair, other, pair])
    assert rest[1] == first
    assert remembered.compare([other]) == rest[:1]
    assert asked == [pair, other]
    assert remembered.fingerprint == COMPARER.fingerprint
