"""Consensus figures: perfect for what the annotation itself would write, and the figures of the scorer that came with it."""

from __future__ import annotations

import importlib.util
import random

import pytest

from eval.data import load
from eval.metrics.base import Excluded, Task
from eval.metrics.gold import Annotation, Consensus
from eval.signature import ROOT
from eval.systems.base import CitedSentence, Written

SCORER = ROOT.parent / "shared" / "bench" / "gold_score.py"
TASK = Task(140, "f1")
GOLD = load("gold").items
NAMES = {"citation_precision": "gold_citation_precision", "citation_recall": "gold_citation_recall"}
"""The scorer's names of figures, where ours differ."""


def measured(item, summary):
    sentences = tuple(CitedSentence(s["text"], tuple(s["citations"])) for s in summary["sentences"])
    return Consensus().measure(item, Written(" ".join(s.text for s in sentences), sentences, summary), TASK)


def places(article, located):
    return [{"article": article, "start": start, "end": end} for start, end in located[article]]


def perfect(item):
    """A summary made from the annotation: every fact, its own evidence, its disagreements, copies and junk."""
    gold = Annotation(item)
    raw = item.gold
    facts = [
        {
            "evidence": [e for article in gold.evidence[f["id"]] for e in places(article, gold.evidence[f["id"]])[:1]],
            "support": len(gold.independent(f["id"])),
        }
        for f in raw["facts"]
    ]
    group = {article.id: gold.folded([article.id]).pop() for article in item.articles}
    return {
        "sentences": [],
        "facts": facts,
        "discrepancies": [
            {"values": [{"evidence": [e for a in side for e in places(a, side)]} for side in sides]}
            for sides in gold.disputes
        ],
        "superseded": [{"evidence": [e for a in where for e in places(a, where)]} for where in gold.superseded],
        "sources": [{"article": a.id, "group": group[a.id], "outlet": a.outlet} for a in item.articles],
        "dropped": [
            {"article": a.id, "start": a.text.index(junk), "end": a.text.index(junk) + len(junk)}
            for junk in gold.boilerplate
            for a in item.articles
            if junk in a.text
        ],
    }


def mixed(item, seed):
    """A summary of true and false parts, drawn from the cluster and its annotation."""
    rng, gold, summary = random.Random(seed), Annotation(item), perfect(item)
    texts = {a.id: a.text for a in item.articles}

    def span():
        article = rng.choice(sorted(texts))
        start = rng.randrange(len(texts[article]))
        return {"article": article, "start": start, "end": start + rng.randrange(1, 300) - 20 * (rng.random() < 0.05)}

    def evidence(good):
        return [e for e in good if rng.random() < 0.7] + [span() for _ in range(rng.randrange(3))]

    pool = [f["statement"] for f in item.gold["facts"]] + [item.gold["reference"]] + list(item.gold["loaded"])
    pool += [q["text"] for q in item.gold["quotes"]] + [f'He said "{q["text"]}".' for q in item.gold["quotes"]]
    pool += [text for f in item.gold["facts"] for text in f["evidence"].values()] + list(gold.boilerplate)
    summary["sentences"] = [
        {"text": text, "citations": [span() for _ in range(rng.randrange(4))]}
        for text in rng.sample(pool, rng.randrange(1, 9))
    ]
    kept = [f for f in summary["facts"] if rng.random() < 0.8]
    summary["facts"] = [{"evidence": evidence(f["evidence"]), "support": f["support"] + rng.randrange(2)} for f in kept]
    summary["discrepancies"] = [
        {"values": [{"evidence": evidence(v["evidence"])} for v in d["values"]]} for d in summary["discrepancies"]
    ] + [{"values": [{"evidence": [span()]}, {"evidence": [span()]}]}]
    summary["superseded"] = [s for s in summary["superseded"] if rng.random() < 0.5]
    for source in summary["sources"]:
        source["group"] = rng.choice(["one", "two", source["group"]])
        source["outlet"] = rng.choice([source["outlet"], "", "The Same"])
    summary["dropped"] = [d for d in summary["dropped"] if rng.random() < 0.8] + [span() for _ in range(4)]
    return summary


@pytest.mark.parametrize("item", GOLD, ids=lambda item: item.id)
def test_the_annotation_itself_scores_one_and_has_no_fault(item):
    summary, gold = perfect(item), Annotation(item)
    quoteless = [f for f in item.gold["facts"] if f["id"] in gold.stated(f["statement"])]
    summary["sentences"] = [
        {
            "text": f["statement"],
            "citations": [e for a in gold.evidence[f["id"]] for e in places(a, gold.evidence[f["id"]])],
        }
        for f in quoteless
    ]
    found = measured(item, summary)
    core = {f["id"] for f in quoteless} & gold.core
    assert found["core_recall"] >= len(core) / len(gold.core)
    for name in (
        "gold_citation_recall",
        "evidence_recall",
        "discrepancy_recall",
        "discrepancy_precision",
        "junk_removed",
    ):
        assert found[name] == 1.0, name
    for name in ("superseded_recall", "copies_recall"):
        assert found[name] in (1.0, None), name
    assert found["evidence_precision"] > 0.95  # two facts may share a passage
    assert found["support_exact"] > 0.85
    assert {
        name: value for name, value in found.items() if name in ("false_merges", "fault_uncited", "fault_span")
    } == {
        "false_merges": 0,
        "fault_uncited": 0,
        "fault_span": 0,
    }


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not on this machine")
@pytest.mark.parametrize("item", GOLD, ids=lambda item: item.id)
def test_every_figure_agrees_with_the_scorer(item):
    spec = importlib.util.spec_from_file_location("gold_score", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    articles = [{"id": a.id, "text": a.text} for a in item.articles]
    theirs = scorer.Gold({"id": item.id, "articles": articles, "gold": item.gold})
    for seed in range(12):
        summary = mixed(item, seed)
        wanted = scorer.score(summary, theirs)
        del wanted["words"]
        found = measured(item, summary)
        assert {name: found[NAMES.get(name, name)] for name in wanted} == pytest.approx(wanted), seed


def test_a_text_without_citations_has_the_figures_of_its_text_alone():
    found = Consensus().measure(GOLD[0], Written(GOLD[0].references[0]), TASK)
    assert found["core_recall"] > 0.5
    assert {"evidence_f1", "gold_citation_recall", "copies_recall"}.isdisjoint(found)


def test_a_cluster_without_annotation_is_excluded():
    from dataclasses import replace

    with pytest.raises(Excluded, match="no annotation"):
        Consensus().measure(replace(GOLD[0], gold=None), Written("Text."), TASK)
