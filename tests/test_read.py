"""Files, folders, standard input and the known JSON shapes, good and bad."""

from __future__ import annotations

import gzip
import io
import json
import lzma
from dataclasses import replace
from pathlib import Path

import pytest

from summarize.errors import InputError
from summarize.reading.read import as_articles, read_cluster, read_clusters
from summarize.settings import Settings
from summarize.types import Article

DEFAULT = Settings()
SMALL = Settings(max_file_bytes=5_000, max_article_chars=2_000)
SEEDS = Path(__file__).parent.parent / "seeds" / "blinken-lavrov"
TEXT = "A ferry struck the pier at Dunmore on Monday, the coast guard said."


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


def texts(*paths: str) -> list[str]:
    return [article.text for article in read_cluster(paths, DEFAULT).articles]


def test_a_folder_is_a_cluster_of_its_files_byte_for_byte():
    reading = read_cluster([str(SEEDS)], DEFAULT)
    assert reading.id == "blinken-lavrov"
    assert [article.id for article in reading.articles] == sorted(path.stem for path in SEEDS.glob("*.txt"))
    assert all(a.text.encode("utf-8") == (SEEDS / f"{a.id}.txt").read_bytes() for a in reading.articles)
    assert reading.problems == ()


@pytest.mark.parametrize(("suffix", "pack"), [(".txt.gz", gzip.compress), (".md.xz", lzma.compress), (".txt", bytes)])
def test_packed_files_are_read_as_what_they_are(tmp_path, suffix, pack):
    reading = read_cluster([write(tmp_path / f"page{suffix}", pack(TEXT.encode()))], DEFAULT)
    assert [(a.id, a.text) for a in reading.articles] == [("page", TEXT)]


CLUSTERS = {
    "ours": ({"id": "c1", "articles": [{"id": "a1", "text": TEXT, "outlet": "Post", "extra": 1}], "gold": {}}, "c1"),
    "multi-news": ({"document": f"{TEXT} ||||| {TEXT}", "summary": "s"}, "file"),
    "wcep": ({"id": 7, "articles": [{"text": TEXT, "title": "T", "url": "https://x.example/a"}], "summary": "s"}, "7"),
    "wcep-hf": ({"document": [TEXT, TEXT], "summary": "s"}, "file"),
    "docs": (
        {"id": "d", "docs": [TEXT, {"text": TEXT, "source": "bbc.co.uk", "date": "2022-02-22"}], "refs": ["r"]},
        "d",
    ),
    "a list": ([TEXT, {"text": TEXT}], "file"),
    "one article": ({"text": TEXT, "published": "2022-02-22"}, "file"),
}


@pytest.mark.parametrize("name", CLUSTERS)
def test_every_known_shape_of_json_is_read(tmp_path, name):
    data, own = CLUSTERS[name]
    path = write(tmp_path / "file.json", json.dumps(data))
    reading = read_cluster([path], DEFAULT)
    assert reading.id == own
    assert {article.text for article in reading.articles} == {TEXT}
    assert list(read_clusters([path], DEFAULT)) == [reading]


def test_what_a_shape_calls_by_another_name_arrives():
    _, second = as_articles(
        [TEXT, {"body": TEXT, "source": {"name": "BBC"}, "date": "2022-02-22", "headline": "T", "link": "u"}]
    )
    assert replace(second, id=None) == Article(TEXT, title="T", outlet="BBC", url="u", published="2022-02-22")


def test_each_line_of_jsonl_is_a_cluster_and_a_bad_line_loses_no_other(tmp_path):
    good = json.dumps({"articles": [{"text": TEXT}]})
    path = write(tmp_path / "many.jsonl", f"{good}\n{{broken\n\n{json.dumps({'id': 'x', 'docs': [TEXT]})}\n[1]\n")
    found = list(read_clusters([path], DEFAULT))
    assert [(r.id, len(r.articles), len(r.problems)) for r in found] == [
        ("many-1", 1, 0),
        ("many-2", 0, 1),
        ("x", 1, 0),
        ("many-5", 0, 1),
    ]
    assert "line 2" in found[1].problems[0]


def test_jsonl_of_single_articles_is_one_cluster(tmp_path):
    path = write(tmp_path / "pile.jsonl", "\n".join(json.dumps({"text": f"{TEXT} {i}"}) for i in range(3)))
    assert [len(reading.articles) for reading in read_clusters([path], DEFAULT)] == [3]
    assert len(read_cluster([path], DEFAULT).articles) == 3


def test_a_folder_of_folders_or_of_json_files_holds_a_cluster_in_each(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "a.txt", TEXT + name)
    write(tmp_path / "three.json", json.dumps({"docs": [TEXT]}))
    assert [reading.id for reading in read_clusters([str(tmp_path)], DEFAULT)] == ["one", "two", "three"]


def test_loose_files_are_one_cluster_named_after_their_folder(tmp_path):
    paths = [write(tmp_path / f"{i}.txt", f"{TEXT} {i}") for i in range(2)]
    (reading,) = read_clusters(paths, DEFAULT)
    assert (reading.id, len(reading.articles)) == (tmp_path.name, 2)


def test_several_clusters_in_one_file_are_no_single_cluster(tmp_path):
    line = json.dumps({"docs": [TEXT]})
    with pytest.raises(InputError, match="several clusters") as caught:
        read_cluster([write(tmp_path / "many.jsonl", f"{line}\n{line}")], DEFAULT)
    assert "batch" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (TEXT, TEXT),
        (json.dumps({"docs": [TEXT]}), TEXT),
        (f"<!doctype html><html><body><p>{TEXT * 9}</p></body></html>", TEXT),
    ],
)
def test_standard_input_is_told_by_its_look(monkeypatch, content, wanted):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (article,) = read_cluster(["-"], DEFAULT).articles
    assert article.text.startswith(wanted)


def test_html_gives_the_article_with_its_metadata(tmp_path):
    paragraphs = "".join(f"<p>{TEXT} This is paragraph number {i} of the story about the ferry.</p>" for i in range(6))
    html = (
        "<html><head><title>Ferry hits pier</title><meta property='og:site_name' content='Dunmore Herald'>"
        "<meta property='article:published_time' content='2025-03-04T09:30:00Z'>"
        f"<link rel='canonical' href='https://herald.example/ferry'></head><body><nav>Home News</nav><article>"
        f"<h1>Ferry hits pier</h1>{paragraphs}</article><footer>Contact</footer></body></html>"
    )
    (article,) = read_cluster([write(tmp_path / "page.html", html)], DEFAULT).articles
    assert TEXT in article.text
    assert "<p>" not in article.text
    assert (article.title, article.outlet, article.published) == ("Ferry hits pier", "Dunmore Herald", "2025-03-04")
    assert article.url == "https://herald.example/ferry"


ACCENTED = "“Olazábal” said the café’s door stays open – for £5. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_found_without_being_told(tmp_path, encoding):
    assert texts(write(tmp_path / "page.txt", ACCENTED.encode(encoding))) == [ACCENTED]


def test_a_declared_encoding_is_believed_where_the_bytes_are_no_utf8(tmp_path):
    russian = (
        "<html><head><meta charset='koi8-r'></head><body><article>"
        + "<p>Паром ударил в причал в понедельник вечером.</p>" * 20
    )
    assert "Паром ударил" in texts(write(tmp_path / "page.html", russian.encode("koi8-r")))[0]


def test_a_few_broken_bytes_are_replaced_and_told(tmp_path):
    broken = (ACCENTED * 5).encode() + b"\xff end"
    reading = read_cluster([write(tmp_path / "page.txt", broken)], DEFAULT)
    assert "café’s" in reading.articles[0].text
    assert "not UTF-8" in reading.problems[0]


BAD = {
    "missing.txt": (None, "does not exist"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n", "empty"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n" + bytes(300), "binary"),
    "nul.txt": (b"text with \x00 in it", "NUL"),
    "noise.txt": (bytes([2, 3, 4, 65]) * 100, "control characters"),
    "cut.txt.gz": (gzip.compress(TEXT.encode() * 50)[:40], "damaged"),
    "fake.txt.xz": (b"not xz at all", "damaged"),
    "bomb.txt.gz": (gzip.compress(b"a" * 5_000_000), "larger than"),
    "long.txt": (b"word " * 600, "more than 2,000"),
    "bad.json": (b'{"articles": [', "not valid JSON"),
    "deep.json": (b"[" * 4_000, "nested too deeply|not valid JSON"),
    "shape.json": (b'{"answer": 42}', "no text"),
    "number.json": (b"42", "cannot be a number"),
    "null.json": (b'{"articles": [null]}', "cannot be null"),
    "file.pdf": (b"%PDF-1.4", "cannot be read"),
    "surrogate.json": (b'{"text": "half \\ud800 pair"}', "surrogate"),
    "none.html": (b"<html><body></body></html>", "no article"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_with_a_hint_and_the_others_are_still_read(tmp_path, name):
    content, message = BAD[name]
    path = str(tmp_path / name) if content is None else write(tmp_path / name, content)
    with pytest.raises(InputError, match=message) as caught:
        read_cluster([path], SMALL)
    assert caught.value.hint
    reading = read_cluster([path, write(tmp_path / "good.txt", TEXT)], SMALL)
    assert [article.text for article in reading.articles] == [TEXT]
    assert len(reading.problems) == 1


def test_a_thousand_empty_files_are_a_thousand_problems_and_no_article(tmp_path):
    paths = [write(tmp_path / f"{i}.txt", b"") for i in range(1000)]
    with pytest.raises(InputError, match="empty"):
        read_cluster(paths, DEFAULT)


def test_no_path_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="no input"):
        read_cluster([], DEFAULT)
    with pytest.raises(InputError, match="holds no article"):
        read_cluster([str(tmp_path)], DEFAULT)


def test_ids_are_own_or_made_from_the_text_and_no_order_changes_them():
    items = ["one", "two", "one", {"text": "x", "id": "k"}, {"text": "y", "id": "k"}, {"text": "z", "id": "k-2"}]
    found = as_articles(items)
    assert [article.text for article in found] == ["one", "two", "one", "x", "y", "z"]
    assert len({article.id for article in found}) == 6
    assert {(a.text, a.id) for a in as_articles(items[::-1])} == {(a.text, a.id) for a in found}
    assert [article.id for article in found[3:]] == ["k", "k-3", "k-2"]
    assert as_articles(found) == found


@pytest.mark.parametrize(
    "items",
    [
        [],
        "text",
        {"text": "t"},
        None,
        [1],
        [None],
        [{"title": "t"}],
        [Article(text=5)],
        ["a\x00b"],
        [Article("t", outlet=3)],
    ],
)
def test_what_is_no_list_of_articles_is_refused(items):
    with pytest.raises(InputError) as caught:
        as_articles(items)
    assert caught.value.hint
