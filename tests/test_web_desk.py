"""What a reader hands in becomes articles, within limits, and leaves nothing on the disk."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from conftest import ROOT
from samples import A, B

from summarize import Article, InputError
from summarize.web import desk, limits
from summarize.web.desk import Box
from summarize.web.examples import examples


def test_boxes_and_their_fields_are_one_thing():
    boxes = [Box("a", "b", "c"), Box("d")]
    values = desk.values_of(boxes)
    assert len(values) == 3 * limits.BOXES
    assert desk.boxes_of(values)[:2] == boxes
    assert desk.boxes_of([None, None, None]) == [Box()]


def test_empty_boxes_are_no_articles():
    assert desk.pasted([Box("  \n"), Box("text", " The Week ", "")]) == [Article("text", outlet="The Week")]


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([], "no article yet"),
        ([Article("x")] * (limits.MOST_ARTICLES + 1), "more than 60"),
        ([Article("x" * (limits.MOST_CHARS + 1))], "400,001 characters"),
        ([Article("x" * limits.MOST_CHARS)] * 6, "too long together"),
        ([Article("a\x00b")], "NUL"),
    ],
)
def test_too_much_and_too_little_are_told(articles, message):
    with pytest.raises(InputError, match=message) as caught:
        desk.checked(articles)
    assert caught.value.hint


def test_a_file_is_read_and_gone(tmp_path: Path):
    page = tmp_path / "a.txt"
    page.write_text(A, encoding="utf-8")
    assert [article.text for article in desk.from_files([str(page)]).articles] == [A]
    assert not page.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.txt", gzip.compress(b"a" * 1000, mtime=0)),
        ("bomb.txt.gz", gzip.compress(b"a" * 30_000_000, mtime=0)),
        ("deep.json", b"[" * 90_000),
    ],
)
def test_a_bad_file_is_told_by_its_name_alone_and_gone(tmp_path: Path, name, data):
    page = tmp_path / name
    page.write_bytes(data)
    with pytest.raises(InputError) as caught:
        desk.from_files([str(page)])
    assert name in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert not page.exists()


@pytest.mark.parametrize(
    "links", ["/etc/passwd", "file:///etc/passwd", "-", "http://ok.example/ ../seeds", "ftp://a.example/"]
)
def test_only_web_links_are_followed(links, monkeypatch):
    monkeypatch.setattr(desk, "read_cluster", lambda *_: pytest.fail("was read"))
    with pytest.raises(InputError, match="not a link to a web page"):
        desk.from_links(links)


@pytest.mark.parametrize("link", ["http://127.0.0.1/", "http://[::1]:8000/", "http://192.168.1.1/"])
@pytest.mark.loopback
def test_private_addresses_are_refused(link, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda host, port, **_: [(0, 0, 0, "", (host, port))])
    with pytest.raises(InputError, match="private network") as caught:
        desk.from_links(link)
    assert "public internet" in caught.value.hint


def test_what_a_page_tells_of_itself():
    told = desk.detected([Article(A, outlet="Dunmore Herald", published="2025-03-04"), Article(B)])
    assert told[0].startswith("Ferry hits pier at Dunmore, 12 hurt · Dunmore Herald · 2025-03-04 · ")
    assert " · outlet not named · no date · " in told[1]
    assert desk.detected([]) == []
    assert "the date is not understood" in desk.detected([Article(A, published="last Tuesday")])[0]
    hostile = desk.detected(
        [Article("\u202eevil " * 40 + ". It was said again and again in the town.", outlet="\u202eX")]
    )[0]
    assert "\u202e" not in hostile
    assert len(hostile) < 200
    assert desk.detected([Article("a\x00b")]) == ["not readable as text"]


def test_articles_are_numbered_as_they_lie_on_the_desk():
    made = desk.ordered([Box(B), Box(" "), Box(A, "Herald", "4 March 2025")], [Article("loose", id="zz")])
    assert [(article.id, article.text) for article in made] == [("01", B), ("02", A), ("03", "loose")]


def test_a_date_that_is_not_understood_is_told():
    with pytest.raises(InputError, match="article 2, “last Tuesday”, is not understood") as caught:
        desk.ordered([Box(A), Box(B, "", "last Tuesday")], [])
    assert "2026-03-14" in caught.value.hint


def test_the_examples_are_the_seeds(seeds):
    ready = examples(ROOT / "seeds")
    assert [box.text for box in ready[0].boxes()] == [page.read_text(encoding="utf-8") for page in seeds]
    assert len(ready) == 1 + len(list((ROOT / "seeds/gold").glob("*.json")))
    for example in ready:
        assert 4 <= len(example.boxes()) <= limits.BOXES
    assert examples(Path("nowhere")) == []
