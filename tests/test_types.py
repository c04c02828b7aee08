"""The Summary JSON has the fields that were promised, and reading it back gives the same value."""

from __future__ import annotations

import dataclasses
import json

import pytest
from samples import SUMMARY, hostile

from summarize import types
from summarize.types import Article, Span, Summary

PROMISED = {
    "": "id title text sentences facts discrepancies superseded quotes sources dropped warnings signature",
    "sentences": "text citations facts support written_by",
    "facts": "id statement support outlets evidence status in_summary",
    "discrepancies": "kind aspect values",
    "superseded": "statement evidence by",
    "quotes": "speaker text evidence variants",
    "sources": "number article outlet title url published group used note",
    "dropped": "article start end reason",
}


@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_field_is_in_the_json(name):
    data = SUMMARY.to_dict()
    part = data if not name else data[name][0]
    assert set(PROMISED[name].split()) <= set(part)


def test_spans_are_plain_objects():
    data = SUMMARY.to_dict()
    for span in (data["sentences"][0]["citations"][0], data["discrepancies"][0]["values"][0]["evidence"][0]):
        assert set(span) == {"article", "start", "end"}


@pytest.mark.parametrize("summary", [SUMMARY, hostile()[0]], ids=["plain", "hostile"])
def test_there_and_back(summary):
    data = summary.to_dict()
    assert Summary.from_dict(data) == summary
    assert Summary.from_dict(json.loads(json.dumps(data))) == summary
    assert json.loads(json.dumps(data)) == data


def test_unknown_keys_are_ignored_and_missing_ones_are_not():
    data = SUMMARY.to_dict() | {"extra": 1}
    data["sources"][0]["extra"] = 2
    data["facts"][0]["extra"] = 3
    assert Summary.from_dict(data) == SUMMARY
    del data["quotes"]
    with pytest.raises(KeyError, match="quotes"):
        Summary.from_dict(data)


@pytest.mark.parametrize(
    "kind", [k for k in vars(types).values() if dataclasses.is_dataclass(k)], ids=lambda k: k.__name__
)
def test_every_type_is_frozen_and_documented(kind):
    assert kind.__dataclass_params__.frozen
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}("), "made by the dataclass itself"


def test_spans_overlap_when_they_share_a_character():
    assert Span("a", 0, 5).overlaps(Span("a", 4, 9))
    assert not Span("a", 0, 5).overlaps(Span("a", 5, 9))
    assert not Span("a", 0, 5).overlaps(Span("b", 0, 5))


def test_an_article_needs_only_its_text():
    assert Article("words") == Article(text="words", id=None, title=None, outlet=None, url=None, published=None)
