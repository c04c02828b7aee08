"""Baselines: equal length, real citations, the same every time, and each does what its formula is for."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("rouge_score")

from eval.data import Item, load
from eval.metrics.base import Task
from eval.metrics.rouge import Rouge
from eval.statistics import mean
from eval.systems.base import cut
from eval.systems.baselines import SEEDS, pagerank
from eval.systems.names import BASELINES, expand, system
from eval.systems.plain import Peer
from summarize.errors import InputError
from summarize.types import Article

GOLD = load("gold").items[:3]
EXTRACTS = [*BASELINES, "oracle"]


def written(name, item, words=80):
    return system(name).summarise(item, words, lambda stage, seconds: None)


@pytest.mark.parametrize("name", EXTRACTS)
def test_every_extract_has_exactly_the_length_asked_for_and_the_same_text_each_time(name):
    texts = written(name, GOLD[0])
    assert [len(each.text.split()) for each in texts] == [80] * (len(SEEDS) if name == "random" else 1)
    assert texts == written(name, GOLD[0])


@pytest.mark.parametrize("name", EXTRACTS)
def test_an_extract_cites_the_very_words(name):
    pages = {article.id: article.text for article in GOLD[0].articles}
    for sentence in written(name, GOLD[0])[0].sentences:
        (span,) = sentence.citations
        assert sentence.text in " ".join(pages[span["article"]][span["start"] : span["end"]].split())


@pytest.mark.parametrize("name", EXTRACTS)
def test_nothing_to_extract_from_gives_nothing(name):
    assert {each.text for each in written(name, Item("x", (Article("Menu", id="a"),), ("Ref.",)))} <= {"", "Menu"}


def test_the_oracle_is_better_than_chance_and_than_all_others():
    def score(name):
        rows = [
            mean([Rouge().measure(item, text, Task(80, "recall"))["rouge2"] for text in written(name, item)])
            for item in GOLD
        ]
        return mean(rows)

    scores = {name: score(name) for name in EXTRACTS}
    assert max(scores, key=scores.get) == "oracle"
    assert scores["random"] < scores["oracle"] / 2


def test_ranks_flow_to_the_middle_and_sum_to_one():
    star = np.zeros((4, 4))
    star[0, 1:] = star[1:, 0] = 1.0
    rank = pagerank(star)
    assert rank.sum() == pytest.approx(1)
    assert rank[0] == max(rank)
    assert pagerank(np.zeros((3, 3))) == pytest.approx([1 / 3] * 3)


def test_what_all_pages_say_comes_first():
    said = "The ferry Halcyon struck the pier at Dunmore, injuring 12 passengers."
    others = [
        "Tourism in Dunmore fell by a tenth in the spring of last year.",
        "A local choir is to perform works by Brahms on the pier tonight.",
        "Apple growers expect a poor harvest after the frosts of early May.",
    ]
    articles = tuple(Article(f"{odd} {said}", id=f"a{n}") for n, odd in enumerate(others))
    for name in ("textrank", "centroid", "mmr", "submodular", "sumbasic"):
        assert written(name, Item("x", articles, ()), 11)[0].text == said, name


def test_repeats_are_passed_over():
    said = "The ferry Halcyon struck the pier at Dunmore, injuring 12 passengers."
    other = "Harbour master Declan Moore closed the harbour until Tuesday evening."
    item = Item("x", (Article(f"{said} {other}", id="a"), Article(said, id="b"), Article(said, id="c")), ())
    for name in ("textrank", "lexrank", "centroid", "submodular", "sumbasic"):
        assert written(name, item, 21)[0].text.count("Halcyon") == 1, name


def test_cutting_keeps_whole_words_and_their_spaces():
    assert cut("one  two\nthree", 2) == "one  two"
    assert cut("one", 5) == "one"
    assert cut("one", 0) == ""


def test_names_are_known_once_each_and_others_refused():
    assert expand(["ours", "lead", "baselines"]).count("lead") == 1
    assert {name: system(name).name for name in expand(["all", "generate:x/y", "peer:ID1"])} == {
        name: name for name in expand(["all", "generate:x/y", "peer:ID1"])
    }
    with pytest.raises(InputError, match="no system is called leed"):
        system("leed")


def test_a_peers_text_is_what_the_data_carries():
    item = Item("x", (Article("Text.", id="a"),), (), peers={"ID1": "one two three"})
    assert Peer("peer:ID1", "ID1").summarise(item, 2, lambda name, seconds: None)[0].text == "one two"
    with pytest.raises(InputError, match="carries no summary of ID2"):
        Peer("peer:ID2", "ID2").summarise(item, 2, lambda name, seconds: None)


@pytest.mark.slow
def test_source_sentences_only_means_that_no_model_wrote():
    summary = written("summarize-extractive", GOLD[0], 60)[0].summary
    assert {sentence["written_by"] for sentence in summary["sentences"]} == {"source"}
    from summarize import pipeline
    from summarize.models.load import load_generator

    assert pipeline.load_generator is load_generator


@pytest.mark.slow
def test_plain_generate_writes_within_its_length():
    (text,) = written("generate", GOLD[0], 20)
    assert 0 < len(text.text.split()) <= 20
    assert text.sentences is None
