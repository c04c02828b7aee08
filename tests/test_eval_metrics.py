"""Metrics beside ROUGE: small cases by hand, and what they say of verbatim, invented, loaded and empty summaries."""

from __future__ import annotations

import pytest
import torch

from eval.data import Item
from eval.metrics.attribution import Attribution
from eval.metrics.base import Excluded, Task
from eval.metrics.faithfulness import Faithfulness
from eval.metrics.judge import Nli
from eval.metrics.neutrality import Neutrality, loaded_rate
from eval.metrics.registry import figures, metrics, segment
from eval.metrics.shape import Shape, fragments, redundancy
from eval.metrics.statements import Told, told
from eval.systems.base import CitedSentence, Written
from summarize.types import Article

TASK = Task(100, "f1")
FERRY = "The ferry Halcyon struck the pier at Dunmore on Monday, injuring 12 passengers."
HARBOUR = "Harbour master Declan Moore said the harbour would stay closed until Tuesday."
ITEM = Item("x", (Article(FERRY, id="a"), Article(f"{FERRY} {HARBOUR}", id="b")), ("Twelve were hurt.",))


def cite(article, text):
    source = next(a.text for a in ITEM.articles if a.id == article)
    start = source.index(text)
    return {"article": article, "start": start, "end": start + len(text)}


def cited(*pairs):
    sentences = tuple(CitedSentence(text, tuple(citations)) for text, citations in pairs)
    return Written(" ".join(text for text, _ in pairs), sentences)


def test_fragments_are_grusky_and_others_greedy_ones():
    article = "a b c d e f".split()
    assert fragments("a b x c d e".split(), [article]) == [2, 3]
    assert fragments("x y".split(), [article]) == []
    assert fragments("c d e".split(), ["c d".split(), article]) == [3]


def test_coverage_and_density_of_a_copy_and_of_an_invention():
    whole = Shape().measure(ITEM, Written(FERRY), TASK)
    assert (whole["coverage"], whole["density"], whole["novel_2"], whole["words"]) == (1, 13, 0, 13)
    none = Shape().measure(ITEM, Written("Zebras dance quietly"), TASK)
    assert (none["coverage"], none["density"], none["novel_1"]) == (0, 0, 1)
    assert none["compression"] == pytest.approx((13 + 13 + 12) / 3)


def test_saying_a_thing_twice_is_redundant():
    assert redundancy([FERRY, FERRY]) == 1
    assert redundancy([FERRY]) is None
    assert redundancy(["Zebras dance.", "Banks fail."]) == 0


def test_a_verbatim_sentence_with_its_source_is_cited_perfectly():
    found = Attribution().measure(ITEM, cited((FERRY, [cite("a", FERRY)])), TASK)
    assert (found["citation_recall"], found["citation_precision"], found["citation_f1"]) == (1, 1, 1)


def test_a_citation_that_does_not_help_costs_precision_and_a_false_one_recall():
    idle = Attribution().measure(ITEM, cited((FERRY, [cite("a", FERRY), cite("b", HARBOUR)])), TASK)
    assert (idle["citation_recall"], idle["citation_precision"]) == (1, 0.5)
    wrong = Attribution().measure(ITEM, cited((FERRY, [cite("b", HARBOUR)]), (HARBOUR, [])), TASK)
    assert (wrong["citation_recall"], wrong["citation_precision"], wrong["cited_share"]) == (0, 0, 0.5)


def test_another_judge_can_be_asked():
    class Nobody:
        name = "nobody"

        def supports(self, sentence, passages):
            return False

    assert Attribution(Nobody()).measure(ITEM, cited((FERRY, [cite("a", FERRY)])), TASK)["citation_recall"] == 0
    assert "nobody" in str(Attribution(Nobody()).protocol(TASK))


def test_talk_about_sources_is_no_statement():
    whole = "27 people were hurt, according to four sources; Thyrna Notes gives 31."
    assert told(whole) == Told(("27 people were hurt.",), ("31",))
    assert told("Talks begin on Monday, the minister said; Source 2 says Tuesday.").values == ("Tuesday",)
    plain = "The ferry sank; nobody was hurt."
    assert told(plain) == Told((plain,), ())
    assert told("It sank, according to the coast guard.").statements == ("It sank, according to the coast guard.",)


def test_a_disagreement_is_supported_by_both_its_sides_only():
    item = Item(
        "x", (Article(FERRY, id="a"), Article("The Halcyon hit the pier. It injured 14 passengers.", id="b")), ()
    )
    start = FERRY.removesuffix(".")
    true = f"{start}, according to two sources; Coast Daily gives 14."
    false = f"{start}, according to two sources; Coast Daily gives 15."
    both = [cite("a", FERRY), {"article": "b", "start": 0, "end": len(item.articles[1].text)}]
    assert Attribution().measure(item, cited((true, both)), TASK)["citation_recall"] == 1
    assert Attribution().measure(item, cited((false, both)), TASK)["citation_recall"] == 0
    assert Attribution().measure(item, cited((true, both[:1])), TASK)["citation_recall"] == 0
    assert Faithfulness().measure(item, cited((true, both)), TASK)["unsupported_numbers"] == 0
    assert Faithfulness().measure(item, cited((false, both)), TASK)["unsupported_numbers"] == 1


@pytest.mark.slow
def test_an_nli_model_judges_by_its_likeliest_label(tmp_path):
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ferry", "sank", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    labels = {0: "contradiction", 1: "ENTAILMENT"}
    size = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    model = BertForSequenceClassification(BertConfig(vocab_size=len(words), id2label=labels, **size))
    for likeliest in (1, 0):
        with torch.no_grad():
            model.classifier.bias.copy_(torch.tensor([0.0, 9.0] if likeliest else [9.0, 0.0]))
        model.save_pretrained(tmp_path / str(likeliest))
        BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / str(likeliest))
        judge = Nli(str(tmp_path / str(likeliest)))
        assert judge.supports("The ferry sank.", ["The ferry sank."]) is bool(likeliest)
        assert judge.name.startswith("nli:")
        assert "@" in judge.name


def test_who_says_so_in_prose_is_counted():
    found = Attribution().measure(ITEM, cited((HARBOUR, [cite("b", HARBOUR)]), (FERRY, [cite("a", FERRY)])), TASK)
    assert found["attributed_share"] == 0.5


def test_inventions_are_counted_and_lower_the_verifiers_share():
    true = Faithfulness().measure(ITEM, Written(f"{FERRY} {HARBOUR}"), TASK)
    assert true["unsupported_numbers"] == true["unsupported_names"] == true["unsupported_quotes"] == 0
    assert (true["verified"], true["verifier_support"]) == (1, 1)
    made_up = (
        'The ferry Halcyon struck the pier, injuring 75 passengers. "We never saw it coming at all," said Petra Lund.'
    )
    false = Faithfulness().measure(ITEM, Written(made_up), TASK)
    assert (false["unsupported_numbers"], false["unsupported_names"], false["unsupported_quotes"]) == (1, 1, 1)
    assert false["verified"] == 0
    assert false["verifier_support"] < 0.9


def test_loaded_words_count_outside_quotations_only():
    assert loaded_rate("The senator slammed the outrageous plan.") > 0
    assert loaded_rate('"The senator slammed the outrageous plan," he said.') == 0
    assert loaded_rate("  ") is None
    loud = Item(
        "x", (Article("Radical extremists slammed it.", id="a"), Article("It was criticised.", id="b")), ("Plain.",)
    )
    found = Neutrality().measure(loud, Written("Critics spoke."), TASK)
    assert found["loaded"] == found["loaded_references"] == 0
    assert found["loaded_sources"] > 0


@pytest.mark.parametrize("name", sorted(metrics()))
def test_an_empty_summary_is_excluded_by_every_metric(name):
    with pytest.raises(Excluded):
        metrics()[name].measure(ITEM, Written("", ()), TASK)


def test_a_segment_has_the_mean_over_seeds_and_says_what_was_left_out():
    rows = segment(
        ITEM, [Written(FERRY), Written(f"{FERRY} {HARBOUR}")], {"shape": Shape(), "c": metrics()["consensus"]}, TASK
    )
    assert rows.figures["words"] == (13 + 25) / 2
    assert rows.excluded == {"c": "no annotation"}


def test_every_figure_has_its_own_name_and_says_what_it_is():
    listed = [figure for metric in metrics().values() for figure in metric.figures]
    assert len(listed) == len(figures())
    assert all(figure.about for figure in listed)
