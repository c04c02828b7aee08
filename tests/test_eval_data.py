"""Data sets: every shape is read, what is wrong is said or counted, and the fingerprint is that of the content."""

from __future__ import annotations

import json
import lzma
import sys
from types import SimpleNamespace

import pytest

from eval import data
from eval.data import NAMED, load
from eval.signature import ROOT
from summarize.errors import InputError

ROWS = [
    {"id": "ours", "articles": [{"id": "a", "text": "A ferry sank."}], "refs": ["One.", "Two."]},
    {"id": "duc", "docs": ["Text one.", {"text": "Text two.", "title": "T"}], "refs": ["One."]},
    {"id": "mn", "document": "First. ||||| Second.", "summary": "Both."},
    {"id": "wcep", "articles": [{"text": "A."}, {"text": "B."}], "summary": "Sum."},
    {"id": "gold", "articles": [{"id": "a", "text": "A."}], "gold": {"reference": "Ref."}},
]


@pytest.fixture
def written(tmp_path):
    def write(rows, name="set.jsonl"):
        path = tmp_path / name
        text = "".join(json.dumps(row) + "\n" for row in rows)
        path.write_bytes(lzma.compress(text.encode()) if name.endswith(".xz") else text.encode())
        return str(path)

    return write


def by_id(found):
    return {item.id: item for item in found.items}


@pytest.mark.parametrize("name", ["set.jsonl", "set.jsonl.xz"])
def test_every_shape_is_read_with_its_references(written, name):
    items = by_id(load(written(ROWS, name)))
    assert {key: len(item.articles) for key, item in items.items()} == {
        "ours": 1,
        "duc": 2,
        "mn": 2,
        "wcep": 2,
        "gold": 1,
    }
    assert {key: item.references for key, item in items.items()} == {
        "ours": ("One.", "Two."),
        "duc": ("One.",),
        "mn": ("Both.",),
        "wcep": ("Sum.",),
        "gold": ("Ref.",),
    }


def test_the_fingerprint_is_that_of_the_content_in_any_order(written):
    first, second = load(written(ROWS)), load(written(ROWS[::-1], "other.jsonl"))
    assert first.sha256 == second.sha256
    assert [item.id for item in first.items] == [item.id for item in second.items]
    changed = [*ROWS[:-1], {**ROWS[-1], "gold": {"reference": "Reference."}}]
    assert load(written(changed, "changed.jsonl")).sha256 != first.sha256


def test_a_limit_takes_the_same_clusters_of_any_order_and_a_wider_one_has_them_too(written):
    one, more = load(written(ROWS)).limited(2), load(written(ROWS[::-1], "other.jsonl")).limited(4)
    assert [item.id for item in more.items][:2] == [item.id for item in one.items]
    assert one.protocol()["sha256"] == more.protocol()["sha256"]
    assert one.protocol()["ids"] != more.protocol()["ids"]


def test_two_clusters_of_one_id_are_refused(written):
    with pytest.raises(InputError, match="several clusters with the id ours"):
        load(written([ROWS[0], ROWS[0]]))


def test_references_that_are_empty_or_no_text_are_left_out_and_told(written):
    item = load(written([{"id": "x", "docs": ["Text."], "refs": ["", " ", float("nan"), None, "Good."]}])).items[0]
    assert item.references == ("Good.",)
    assert item.problems == ("4 references are empty or no text",)


def test_a_cluster_without_references_stays_and_says_so(written):
    item = load(written([{"id": "x", "docs": ["Text.", ""]}])).items[0]
    assert item.references == ()
    assert item.problems == ("1 articles without text", "no reference")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "holds no cluster"),
        ([[1]], "is no cluster"),
        ([{"id": "x", "docs": [" "]}], "x has no article with text"),
    ],
)
def test_what_is_no_data_set_is_refused(written, rows, message):
    with pytest.raises(InputError, match=message):
        load(written(rows))


def test_a_path_that_is_not_there_names_the_known_sets():
    with pytest.raises(InputError) as caught:
        load("nowhere.jsonl")
    assert "multiling2011" in caught.value.hint


def test_torn_json_is_told_with_its_file(tmp_path):
    (tmp_path / "torn.jsonl").write_text('{"id": "x", "do')
    with pytest.raises(InputError, match=r"torn\.jsonl cannot be read"):
        load(str(tmp_path / "torn.jsonl"))


def test_the_hub_is_asked_only_by_name_and_with_its_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(InputError, match="`datasets` is not installed"):
        load("hf:multi_news:test")


def test_what_the_hub_gives_is_read_like_a_file(monkeypatch):
    asked = []

    def load_dataset(name, split):
        asked.append((name, split))
        return ROWS[2:4]

    monkeypatch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
    assert by_id(load("hf:some/news:validation"))["mn"].references == ("Both.",)
    assert load("hf:news").split == "test"
    assert asked == [("some/news", "validation"), ("news", "test")]


def test_a_sample_is_of_clusters_with_enough_relevant_documents(written, monkeypatch):
    rows = [{"id": f"m{n}", "docs": ["A.", "B."], "relevant": [True, n % 2 == 0], "refs": ["R."]} for n in range(20)]
    place = written(rows)
    monkeypatch.setitem(NAMED, "sampled", data.Known(data.Path(place), "validation", 50, relevant=2, sample=6))
    found = load("sampled")
    assert len(found.items) == 6
    assert all(int(item.id[1:]) % 2 == 0 for item in found.items)


def test_the_clusters_that_ship_are_read():
    found = load("gold")
    assert len(found.items) == 8
    assert all(item.gold and item.references for item in found.items)
    pages = load(str(ROOT / "seeds" / "blinken-lavrov"))
    assert [len(item.articles) for item in pages.items] == [5]
