"""ROUGE: 1 for identical texts in any language, the library's own figures in English, and nothing scored in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("rouge_score")
from rouge_score.rouge_scorer import RougeScorer

from eval.data import Item
from eval.metrics.base import Excluded, Task
from eval.metrics.rouge import VARIANTS, Rouge, tokens
from eval.systems.base import Written
from summarize.types import Article

TEXTS = {
    "English": "The minister resigned on Monday. Talks will go on, said Mr. Lund.",
    "French": "Le ministre a démissionné lundi. Les négociations continuent.",
    "German": "Der Minister trat am Montag zurück. Größere Gespräche folgen.",
    "Russian": "Министр подал в отставку в понедельник. Переговоры продолжаются.",
    "Greek": "Ο υπουργός παραιτήθηκε τη Δευτέρα.",
    "Arabic": "استقال الوزير يوم الاثنين. المحادثات مستمرة.",
    "Hebrew": "השר התפטר ביום שני.",
    "Hindi": "मंत्री ने सोमवार को इस्तीफा दिया।",
    "Chinese": "部长星期一辞职。会谈将继续进行。",
    "Japanese": "大臣は月曜日に辞任した。会談は続く。",
    "Korean": "장관은 월요일에 사임했다.",
    "Turkish": "İçişleri bakanı pazartesi günü istifa etti.",
}


def scored(text, *references, measure="f1", words=1000):
    item = Item("x", (Article("Source.", id="a"),), references)
    return Rouge().measure(item, Written(text), Task(words, measure))


@pytest.mark.parametrize("measure", ["f1", "recall"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_identical_texts_score_one_in_every_language(text, measure):
    assert scored(text, text, measure=measure) == dict.fromkeys(VARIANTS, pytest.approx(1.0))


@given(st.text(min_size=1, max_size=80))
def test_identical_texts_score_one_or_are_excluded(text):
    if len(tokens(text)) < 2 or not text.strip():
        return
    found = scored(text, text)
    assert all(value == pytest.approx(1.0) for value in found.values()), text


@given(
    st.lists(
        st.sampled_from("the ferry hit a pier on Monday and twelve people were injured".split()),
        min_size=2,
        max_size=30,
    )
)
def test_english_scores_are_the_librarys_own(words):
    text, reference = " ".join(words), "Twelve people were injured when the ferry hit the pier."
    library = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True).score(reference, text)
    found = scored(text, reference)
    assert {name: found[name] for name in library} == pytest.approx({n: s.fmeasure for n, s in library.items()})


def test_references_count_alike_and_not_by_the_best():
    alone, other = "the ferry sank", "a bank failed"
    assert scored(alone, alone, other)["rouge1"] == pytest.approx(0.5)


def test_a_summary_is_cut_to_its_length_before_it_is_scored():
    assert scored("one two three four", "three four", words=2)["rouge1"] == 0.0
    assert scored("one two three four", "three four", words=4, measure="recall")["rouge1"] == 1.0


@pytest.mark.parametrize(
    ("text", "references", "reason"),
    [
        ("Some text.", (), "no reference"),
        ("Some text.", ("...",), "no reference with a word"),
        ("", ("Some text.",), "empty summary"),
        ("?!", ("Some text.",), "empty summary"),
    ],
)
def test_what_cannot_be_scored_is_excluded_with_a_reason(text, references, reason):
    with pytest.raises(Excluded, match=f"^{reason}$"):
        scored(text, *references)
