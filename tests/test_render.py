"""What the renderings promise: nothing lost in the JSON, nothing live from a page, links that lead to the words."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from samples import ARTICLES, NASTY, SUMMARY, A, hostile

from summarize.render import to_html, to_html_fragment, to_json, to_markdown
from summarize.render.view import plain, safe_url
from summarize.types import Article, Span, Summary

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """A page's tags, ids, links and text; fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            self.words[name] = self.words.get(name, "") + data

    def all(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]


def test_markdown_is_what_it_was(golden):
    golden("dunmore.md", to_markdown(SUMMARY, ARTICLES))


def test_html_is_what_it_was(golden):
    golden("dunmore.html", to_html(SUMMARY, ARTICLES))


def test_json_is_what_it_was(golden):
    golden("dunmore.json", to_json(SUMMARY) + "\n")


def test_json_loses_nothing_and_prints_no_control_character():
    summary, _ = hostile()
    text = to_json(summary)
    assert json.loads(text) == summary.to_dict()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert Summary.from_dict(json.loads(text)) == summary


def test_json_survives_a_lone_surrogate():
    summary = Summary.from_dict(SUMMARY.to_dict() | {"title": "bad \ud800 half"})
    text = to_json(summary, indent=None)
    assert json.loads(text.encode("utf-8"))["title"] == "bad \ud800 half"
    assert "\n" not in text


def test_markdown_without_texts_still_counts_what_was_set_aside():
    text = to_markdown(SUMMARY)
    assert "- [1] Dunmore Herald: navigation 1, newsletter 1" in text
    assert "Home" not in text


def test_markdown_from_hostile_text_holds_no_markup():
    summary, articles = hostile()
    text = to_markdown(summary, articles)
    assert not re.search(r"(?<!\\)<(?!https?://)", text)
    assert not re.search(r"(?<!\\)\[(?!\d+\])", text)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "javascript:alert(4)" not in text
    assert "[x](" not in to_markdown(Summary.from_dict(SUMMARY.to_dict() | {"text": "[x](http://x)"}))
    rows = [line for line in text.splitlines() if line.startswith("| ")]  # a bar inside a cell would make a column
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_citation_marks_in_markdown_are_never_links():
    data = SUMMARY.to_dict() | {"text": "So [1][2]. But [1](http://x) and\n\n[1]: http://y"}
    text = to_markdown(Summary.from_dict(data))
    assert "So [1][2]. But \\[1\\](http://x) and\n\n\\[1\\]: http://y\n" in text


def test_html_from_hostile_text_is_inert():
    summary, articles = hostile()
    page = Page(to_html(summary, articles))
    assert not set(page.tags) & {"script", "img", "iframe", "object", "form", "input", "base", "link"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(href.startswith(("#", "https://", "http://")) for href in page.all("href"))
    assert page.words["p1"].count("{{ 7*7 }}") == 2  # its heading and its text
    assert not re.search("[\x1b\x07\u202e]", to_html(summary, articles))


def test_html_needs_nothing_from_elsewhere():
    html = to_html(SUMMARY, ARTICLES)
    page = Page(html)
    assert "default-src 'none'" in html
    assert not page.all("src")
    assert not page.all("style")
    assert "url(" not in html
    assert "@import" not in html


def test_every_citation_leads_to_the_very_words():
    page = Page(to_html(SUMMARY, ARTICLES))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in page.all("href") if href.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)
    texts = {article.id: article.text for article in ARTICLES}
    for sentence in SUMMARY.sentences:
        for span in sentence.citations:
            number = next(s.number for s in SUMMARY.sources if s.article == span.article)
            assert page.words[f"a{number}-{span.start}"] == texts[span.article][span.start : span.end]


def test_every_article_is_shown_whole():
    page = Page(to_html(SUMMARY, ARTICLES))
    shown = page.words["p1"]
    for line in A.splitlines():
        assert line in shown


def test_overlapping_evidence_is_one_highlight():
    data = SUMMARY.to_dict()
    start = data["facts"][0]["evidence"][0]["start"]
    data["facts"][2]["evidence"] = [{"article": "a", "start": start + 10, "end": start + 40}]
    page = Page(to_html(Summary.from_dict(data), ARTICLES))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(ids)


def test_html_without_texts_links_to_the_list_of_sources():
    page = Page(to_html(SUMMARY))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(page.all("id"))


def test_the_fragment_is_the_body_of_the_page():
    fragment = to_html_fragment(SUMMARY, ARTICLES)
    assert "<html" not in fragment
    assert fragment in to_html(SUMMARY, ARTICLES)


def test_a_summary_of_nothing_renders():
    empty = Summary("x", "", "", (), (), (), (), (), (), (), ("There is nothing to say.",), {})
    assert "There is nothing to say." in to_markdown(empty)
    assert "There is nothing to say." in Page(to_html(empty)).words[""]


def test_a_page_that_names_no_outlet_is_called_by_its_number():
    data = SUMMARY.to_dict()
    data["sources"][1]["outlet"] = ""
    data["discrepancies"][0]["values"][1]["outlets"] = [""]
    summary = Summary.from_dict(data)
    assert "- [2] **Source 2**, 2025-03-05" in to_markdown(summary)
    assert "  - **14**: [2]\n" in to_markdown(summary)
    assert "<strong>Source 2</strong>" in to_html(summary)


def test_more_facts_than_fit_are_counted():
    fact = SUMMARY.facts[0]
    data = SUMMARY.to_dict()
    data["facts"] = [data["facts"][0] | {"id": f"f{n}"} for n in range(1, 16)]
    text = to_markdown(Summary.from_dict(data))
    assert text.count(f"| {fact.statement} |") == 12
    assert "3 more facts are in the JSON" in text


def test_spans_of_unknown_articles_are_passed_over():
    data = SUMMARY.to_dict()
    data["quotes"][0]["evidence"] = [{"article": "gone", "start": 0, "end": 3}]
    summary = Summary.from_dict(data)
    assert summary.quotes[0].evidence == (Span("gone", 0, 3),)
    assert "Ruth Kane" in to_markdown(summary)
    assert "Ruth Kane" in to_html(summary, [Article(text="x")])


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/b?c=d&e=f#g", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https:a", False),
        ("https://a.example/\u202egpj", False),
        ('https://a.example/"onload="', False),
        ("https://[bad", False),
        ("", False),
        (None, False),
    ],
)
def test_only_harmless_links_are_links(url, safe):
    assert safe_url(url) == (url if safe else None)


def test_plain_keeps_words_and_line_ends():
    assert plain("a\r\nb\tc\u202d d\x00\x1b[0m é\u200d😀") == "a\nb\tc d[0m é\u200d😀"
    assert plain(NASTY).startswith("Plain words <script>")
