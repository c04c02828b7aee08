"""The report shows the very words, tells support as text, and keeps hostile text inert."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from samples import ARTICLES, HIT_A, SUMMARY, A, hostile, span

from summarize.render import to_html, to_json, to_markdown
from summarize.types import Dropped, Span
from summarize.web.pages import blocks
from summarize.web.report import KIND, NOTE, REASON, STATUS, report, restorable
from summarize.web.shield import policy


class Tags(HTMLParser):
    """Tags, attributes and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def values(tags: Tags, name: str) -> list[str]:
    return [value or "" for key, value in tags.attributes if key == name]


def test_every_link_within_the_report_leads_somewhere_and_every_id_is_one():
    tags = Tags(report(SUMMARY, ARTICLES))
    ids = values(tags, "id")
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in values(tags, "href") if href.startswith("#")]
    assert f"e1-{HIT_A.start}-{HIT_A.end}" in inside
    assert set(inside) <= set(ids)


def test_the_marked_words_are_the_very_words():
    name = f"e1-{HIT_A.start}-{HIT_A.end}"
    found = blocks(A, {name: HIT_A, "inner": Span("a", HIT_A.start + 7, HIT_A.start + 13)}, SUMMARY.dropped[:2], [])
    pieces = [piece for block in found for piece in block.pieces]
    assert "".join(p.text for p in pieces if name in p.evidence) == A[HIT_A.start : HIT_A.end]
    assert "".join(p.text for p in pieces if "inner" in p.evidence) == "people"
    assert [p.begins for p in pieces if p.begins] == [(name,), ("inner",)]
    assert [block.aside for block in found] == [True, False, True]


def test_the_blocks_leave_out_nothing_but_white_space():
    found = blocks(A, {"e": HIT_A}, SUMMARY.dropped[:2], [SUMMARY.dropped[0].span])
    assert "".join("".join(p.text for b in found for p in b.pieces).split()) == "".join(A.split())


def test_a_page_of_ten_thousand_lines_set_aside_is_laid_out_at_once():
    text = "Home | News\n" * 10_000
    dropped = [Dropped(Span("a", i * 12, i * 12 + 11), "navigation") for i in range(10_000)]
    (block,) = blocks(text, {}, dropped, [])
    assert block.stretches == 10_000


def test_support_and_who_wrote_are_text():
    text = re.sub(r"<[^>]+>", "", report(SUMMARY, ARTICLES))
    assert "2 of 2 independent sources" in text
    assert "Written by the model, checked" in text
    assert "Taken from a source" in text


def test_a_disputed_sentence_says_so():
    facts = (replace(SUMMARY.facts[0], status="disputed"), *SUMMARY.facts[1:])
    page = report(replace(SUMMARY, facts=facts), ARTICLES)
    assert page.count("The sources differ in part") == 1
    assert ">12<" in page
    assert ">14<" in page, "each source's cell tells its value"
    assert 'The sources differ in part: <a href="#d1">' in page
    assert page.count('<summary id="d1">') == 1
    assert "The sources differ in part" not in report(SUMMARY, ARTICLES)


def test_a_report_of_another_order_says_so():
    page = report(SUMMARY, ARTICLES, note="Stopped.")
    assert 'data-announce="Stopped."' in page
    assert '<p class="note">Stopped.</p>' in page
    assert 'data-announce="The summary is ready."' in report(SUMMARY, ARTICLES)


def test_a_restored_stretch_can_be_set_aside_again():
    first = SUMMARY.dropped[0]
    page = report(replace(SUMMARY, dropped=SUMMARY.dropped[1:]), ARTICLES, [first.span])
    assert f'class="undo" data-keep="1-{first.span.start}-{first.span.end}"' in page
    assert 'class="undo"' not in report(SUMMARY, ARTICLES)


def test_the_stretch_that_was_put_back_is_where_the_reader_goes_on():
    first = SUMMARY.dropped[0].span
    key = f"1-{first.start}-{first.end}"
    back = report(replace(SUMMARY, dropped=SUMMARY.dropped[1:]), ARTICLES, [first], changed=key)
    for page in (back, report(SUMMARY, ARTICLES, changed=key)):
        assert page.count("data-focus") == 1
        assert f'data-keep="{key}" data-focus="center"' in page
        assert 'data-announce="The summary was made anew."' in page


@pytest.mark.parametrize("key", ["", "1", "1-0", "9-0-18", "2-0-18", "1-0-17", "x-y-z", "1-0-18-0", "-0-18"])
def test_only_what_the_report_offers_can_be_put_back(key):
    assert restorable(key, SUMMARY, ()) is None


def test_what_the_report_offers_can_be_put_back():
    first = SUMMARY.dropped[0].span
    key = f"1-{first.start}-{first.end}"
    assert restorable(key, SUMMARY, ()) == first
    assert restorable(key, replace(SUMMARY, dropped=()), (first,)) == first


def test_hostile_text_is_inert():
    summary, articles = hostile()
    page = report(summary, articles, [span("a", "Home")])
    tags = Tags(page)
    assert not {"script", "img", "iframe", "svg", "style", "base", "form", "object"} & set(tags.tags)
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert all(href.startswith(("#", "data:")) for href in values(tags, "href"))
    assert not re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", page)


def test_the_exports_are_the_renderings():
    hrefs = [href for href in values(Tags(report(SUMMARY, ARTICLES)), "href") if href.startswith("data:")]
    held = [b64decode(href.split("base64,")[1]).decode() for href in hrefs]
    assert held == [to_markdown(SUMMARY, ARTICLES), to_html(SUMMARY, ARTICLES), to_json(SUMMARY)]


def test_every_word_of_the_data_has_a_word_for_readers():
    from typing import get_args

    from summarize.types import DiscrepancyKind, DropReason, FactStatus

    assert set(KIND) == set(get_args(DiscrepancyKind))
    assert set(REASON) == set(get_args(DropReason))
    assert set(STATUS) == set(get_args(FactStatus))
    assert {"off-topic", "no article text"} < set(NOTE)


def test_the_policy_allows_the_pages_own_scripts_and_no_other():
    page = b"<script>one()</script><SCRIPT type=module src='x.js'></SCRIPT><script async>\ntwo()</script>"
    made = policy(page)
    assert made.count("sha256-") == 2
    scripts = made.split("script-src")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert policy(page.replace(b"one", b"won")) != made
