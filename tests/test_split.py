"""Sentences of kept text: where they end, and what their spans slice to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading.clean import clean
from summarize.reading.split import spans, split
from summarize.settings import Settings
from summarize.types import Article, Page, Span

DEFAULT = Settings()
HARD = Path(__file__).with_name("data").joinpath("sentences.txt").read_text(encoding="utf-8").splitlines()


def sentences(line: str) -> list[str]:
    return [line[start:end] for start, end in spans(line, DEFAULT)]


def page_of(text: str, *kept: tuple[int, int], title: str | None = None) -> Page:
    return Page("p", text, title, None, None, None, None, tuple(Span("p", *each) for each in kept), ())


def test_hard_sentences_of_news_are_split_as_annotated():
    assert sum(line.count("¶") + 1 for line in HARD) >= 300
    right = wrong = missed = 0
    bad = []
    for line in HARD:
        wanted = [part.strip() for part in line.split("¶")]
        got = sentences(line.replace(" ¶ ", " ").replace("¶", ""))
        right += len(set(got) & set(wanted))
        wrong += len(set(got) - set(wanted))
        missed += len(set(wanted) - set(got))
        if got != wanted:
            bad.append(got)
    assert 2 * right / (2 * right + wrong + missed) >= 0.99, bad


def test_a_missing_space_still_ends_a_sentence_but_no_address_does():
    assert sentences("The talks ended.The ministers left at once.") == [
        "The talks ended.",
        "The ministers left at once.",
    ]
    assert sentences("Read TheWeek.com or Node.js pages.") == ["Read TheWeek.com or Node.js pages."]


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", "1. ", "12) ", "► "])
def test_a_bullet_is_no_part_of_the_sentence(bullet):
    assert sentences(bullet + "A pusher tug was stopped. It is loaded.") == [
        "A pusher tug was stopped.",
        "It is loaded.",
    ]


def test_an_item_of_a_numbered_list_keeps_its_number_where_the_list_runs_on():
    assert sentences("1. Close the post. 2. Recall the envoy.") == ["Close the post.", "2. Recall the envoy."]


def test_a_very_long_quotation_is_split_so_that_one_lost_mark_cannot_swallow_a_page():
    text = '"' + "It was a long day for us. " * 40 + 'We slept," he said.'
    assert len(sentences(text)) > 2


def test_sentences_slice_back_and_never_span_two_kept_lines():
    text = "Two ships met\n\nThe first one   sank. The second\tdid not.\nMore: here\nIt was calm."
    first, second, third = text.index("The first"), text.index("\nMore"), text.index("It was calm")
    page = page_of(text, (0, 13), (first, second), (third, len(text)), title="Two ships met")
    found = split([page], DEFAULT)
    assert [s.text for s in found] == ["Two ships met", "The first one sank.", "The second did not.", "It was calm."]
    assert [s.headline for s in found] == [True, False, False, False]
    assert [s.position for s in found] == [0, 1, 2, 3]
    assert [s.paragraph for s in found] == [0, 1, 1, 2]
    for sentence in found:
        raw = text[sentence.span.start : sentence.span.end]
        assert raw == raw.strip()
        assert " ".join(raw.split()) == sentence.text


def test_two_kept_pieces_of_one_line_are_one_paragraph():
    text = "One thing happened here today. Sign up for our newsletter here. Another thing happened."
    page = page_of(text, (0, 30), (64, len(text)))
    assert {s.paragraph for s in split([page], DEFAULT)} == {0}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB. \n\"“”'!?…-•1\t()"), max_size=200))
def test_whatever_the_text_spans_are_ordered_trimmed_and_cover_every_word(text):
    pages = clean([Article(text, id="x")], DEFAULT)
    last = 0
    for sentence in split(pages, DEFAULT):
        start, end = sentence.span.start, sentence.span.end
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        last = end
