"""What cleaning left out can be put back, and nothing else changes by it."""

from __future__ import annotations

import pytest
from samples import A, B

from summarize import Article, Settings, Span, summarize
from summarize.reading.clean import clean
from summarize.reading.restore import restored

PAGES = clean([Article(A, id="a"), Article(B, id="b")], Settings())


def test_a_dropped_stretch_is_kept_again_in_its_place():
    gone = PAGES[0].dropped[0]
    page, other = restored(PAGES, [gone.span])
    assert gone.span in page.kept
    assert gone not in page.dropped
    assert list(page.kept) == sorted(page.kept)
    assert len(page.kept) + len(page.dropped) == len(PAGES[0].kept) + len(PAGES[0].dropped)
    assert other == PAGES[1]


@pytest.mark.parametrize("keep", [[], [Span("b", 0, 5)], [Span("nowhere", 0, 500)], [Span("a", 0, 0)]])
def test_what_touches_nothing_dropped_changes_nothing(keep):
    assert restored(PAGES, keep) == PAGES


@pytest.mark.slow
def test_the_summary_reads_what_was_put_back_and_says_so():
    articles = [Article(A, id="a"), Article(B, id="b")]
    before = summarize(articles)
    gone = before.dropped[0].span
    after = summarize(articles, keep=[gone])
    assert gone not in [dropped.span for dropped in after.dropped]
    assert after.signature["keep"] == [{"article": gone.article, "start": gone.start, "end": gone.end}]
    assert "keep" not in before.signature
    assert summarize(articles, keep=[]) == before
