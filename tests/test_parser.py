"""The parser: trees over words whose offsets are the text's, the same whatever it is asked beside them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.models.base import Parse
from summarize.models.load import load_parser
from summarize.models.parser import tree
from summarize.models.syntax import POS, RELATIONS, shape
from summarize.settings import Settings

SENTENCE = "At least 12 villagers were killed when a bus plunged off a bridge near Harker Saddle, police said."


def parse(*texts: str) -> list[Parse]:
    return load_parser(Settings()).parse(texts)


def word(parsed: Parse, text: str, wanted: str) -> tuple[str, str, str]:
    """A word's tag, relation and head."""
    found = next(w for w in parsed.words if text[w.start : w.end] == wanted)
    head = parsed.words[found.head] if found.head >= 0 else None
    return found.pos, found.relation, text[head.start : head.end] if head else ""


def test_a_sentence_is_read_as_a_grammarian_would() -> None:
    (parsed,) = parse(SENTENCE)
    assert word(parsed, SENTENCE, "said") == ("VERB", "root", "")
    assert word(parsed, SENTENCE, "12") == ("NUM", "nummod", "villagers")
    assert word(parsed, SENTENCE, "villagers") == ("NOUN", "nsubj:pass", "killed")
    assert word(parsed, SENTENCE, "bus") == ("NOUN", "nsubj", "plunged")
    assert [(SENTENCE[m.start : m.end], m.kind) for m in parsed.names] == [("Harker Saddle", "loc")]
    assert ("police", "source") in [(SENTENCE[m.start : m.end], m.kind) for m in parsed.speech]


def test_a_text_is_parsed_alike_whatever_stands_beside_it() -> None:
    alone = parse(SENTENCE)[0]
    assert parse("Nobody was hurt.", SENTENCE, "The minister resigned on Monday after a vote.")[1] == alone
    assert parse(SENTENCE, SENTENCE) == [alone, alone]


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "[SEP] [CLS] [MASK]", "a" * 5_000, "word " * 3_000])
def test_text_without_words_and_endless_text_are_parsed(text: str) -> None:
    (parsed,) = parse(text)
    assert all(0 <= w.start < w.end <= len(text) for w in parsed.words)
    assert all(-1 <= w.head < len(parsed.words) for w in parsed.words)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120))
def test_every_parse_is_one_tree(text: str) -> None:
    (parsed,) = parse(text)
    assert sum(w.head == -1 for w in parsed.words) == (1 if parsed.words else 0)
    for n in range(len(parsed.words)):
        seen = set()
        while n >= 0:
            assert n not in seen
            seen.add(n)
            n = parsed.words[n].head
    assert all(w.pos in POS and w.relation in RELATIONS for w in parsed.words)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_any_scores_make_a_tree_with_one_root(words: int, seed: int) -> None:
    heads = tree(np.random.default_rng(seed).normal(size=(words, words + 1)).astype(np.float32))
    assert (heads == 0).sum() == 1
    for n in range(words):
        for _ in range(words):
            n = int(heads[n]) - 1
            if n < 0:
                break
        assert n < 0


def test_a_tree_keeps_the_best_heads_where_they_make_one() -> None:
    scores = np.array([[0, -9, 5, 1], [5, 1, -9, 1], [0, 1, 5, -9]], dtype=np.float32)
    assert tree(scores).tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    ("text", "number"), [("said", 0), ("Blinken", 1), ("NATO", 2), ("A", 1), ("McKay", 3), ("12", 4)]
)
def test_shapes_of_words(text: str, number: int) -> None:
    assert shape(text) == number
