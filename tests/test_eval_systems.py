"""Baselines: equal length, real citations, the same every time, and each does what its formula is for."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

pytest.importorskip("rouge_score")
pytest.importorskip("sumy")

from eval.data import Item, load
from eval.metrics.base import Task
from eval.metrics.rouge import Rouge
from eval.signature import ROOT
from eval.statistics import mean
from eval.systems import sumy
from eval.systems.base import cut, source_sentences
from eval.systems.baselines import SEEDS
from eval.systems.names import BASELINES, expand, system
from eval.systems.plain import Peer
from summarize.errors import InputError, SummarizeError
from summarize.settings import Settings
from summarize.types import Article

GOLD = load("gold").items[:3]
EXTRACTS = [*BASELINES, "sumy:sumbasic", "oracle"]


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


def test_a_ranking_by_sumy_is_by_rank_and_not_by_place():
    said = "The ferry Halcyon struck the pier at Dunmore, injuring 12 passengers."
    article = Article(f"A choir sings Brahms tonight. Apples fell early this year. {said} {said}", id="a")
    sentences = source_sentences(Item("x", (article,), ()), Settings())
    for name in sumy.SUMMARIZERS:
        assert sorted(sumy.ranked(name, sentences)) == [0, 1, 2, 3], name  # equal sentences are two
    assert set(sumy.ranked("textrank", sentences)[:2]) == {2, 3}


@pytest.mark.parametrize("name", sumy.SUMMARIZERS)
def test_sumy_ranks_what_has_no_word_in_common_and_passes_over_what_has_none(name):
    texts = ["A choir sings Brahms.", "Apples fell early.", "It was."]
    sentences = source_sentences(Item("x", tuple(Article(t, id=f"a{n}") for n, t in enumerate(texts)), ()), Settings())
    assert sorted(sumy.ranked(name, sentences)) == [0, 1]
    assert sumy.ranked(name, []) == []


@pytest.mark.slow
def test_rankings_by_sumy_are_the_same_in_every_process():
    code = (
        "from tests.test_eval_systems import *; s = source_sentences(GOLD[0], Settings()); "
        "print([sumy.ranked(name, s) for name in sumy.SUMMARIZERS])"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] != ""


def test_what_sumy_ranks_has_its_version_in_the_signature_and_needs_it(monkeypatch):
    assert system("lexrank").signature()["sumy"] == version("sumy")
    assert "sumy" not in system("lead").signature()
    monkeypatch.setattr("eval.systems.sumy.version", lambda name: version("no-such-package"))
    with pytest.raises(SummarizeError, match="sumy is not installed"):
        system("klsum").signature()


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
