"""A batch keeps the input's order, loses nothing when it is stopped, and never lets one cluster stop the others."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import ARTICLES, SUMMARY

from summarize import batch
from summarize.batch import Options, Report
from summarize.errors import GenerationError, InputError, ModelUnavailableError, SummarizeError
from summarize.reading.read import Reading
from summarize.types import Summary


def readings(*names: str) -> list[Reading]:
    return [Reading(name, tuple(ARTICLES)) for name in names]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ids(path: Path) -> list[str]:
    return [line["id"] for line in lines(path)]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stands in for the pipeline, and notes what it was asked."""
    seen: list[dict[str, Any]] = []

    def summarize(articles: list[Any], **asked: Any) -> Summary:
        seen.append(asked)
        return replace(SUMMARY, id="the pipeline's own")

    monkeypatch.setattr("summarize.pipeline.summarize", summarize)
    return seen


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The pipeline that raises this at the second cluster."""

    def install(error: BaseException) -> None:
        count = 0

        def summarize(articles: list[Any], **asked: Any) -> Summary:
            nonlocal count
            count += 1
            if count == 2:
                raise error
            return SUMMARY

        monkeypatch.setattr("summarize.pipeline.summarize", summarize)

    return install


def test_a_line_for_each_cluster_in_order(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    assert batch.run(readings("b", "a", "c"), out) == Report(done=3, skipped=0, failed=0)
    assert ids(out) == ["b", "a", "c"]
    assert Summary.from_dict(lines(out)[0]) == replace(SUMMARY, id="b")


def test_the_options_reach_the_pipeline(calls, tmp_path):
    batch.run(readings("a"), tmp_path / "o", Options(max_words=50, min_support=3, model="m"))
    assert calls[0]["max_words"] == 50
    assert calls[0]["min_support"] == 3
    assert calls[0]["model"] == "m"


def test_a_rerun_makes_nothing_anew(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    batch.run(readings("a", "b"), out)
    before = out.read_bytes()
    assert batch.run(readings("a", "b"), out) == Report(done=0, skipped=2, failed=0)
    assert out.read_bytes() == before
    assert len(calls) == 2


@pytest.mark.parametrize("cut", [1, 5, 200])
def test_a_torn_last_line_is_made_again(calls, tmp_path, cut):
    out = tmp_path / "out.jsonl"
    batch.run(readings("a", "b", "c"), out)
    whole = out.read_bytes()
    out.write_bytes(whole[:-cut])
    assert batch.run(readings("a", "b", "c"), out) == Report(done=1, skipped=2, failed=0)
    assert out.read_bytes() == whole


def test_a_cluster_put_in_front_comes_out_in_front(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    batch.run(readings("b", "d"), out)
    batch.run(readings("a", "b", "c", "d"), out)
    assert ids(out) == ["a", "b", "c", "d"]
    assert len(calls) == 4


def test_lines_of_clusters_no_longer_asked_for_stay(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    batch.run(readings("old", "b"), out)
    batch.run(readings("a", "b"), out)
    assert ids(out) == ["a", "b", "old"]


def test_two_clusters_of_one_id_both_get_a_line(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    batch.run(readings("a", "a", "b"), out)
    assert ids(out) == ["a", "a-2", "b"]
    assert batch.run(readings("a", "a", "b"), out).skipped == 3


def test_what_could_not_be_read_is_among_the_warnings(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    batch.run([Reading("a", tuple(ARTICLES), ("p.bin is binary",))], out)
    assert lines(out)[0]["warnings"] == [*SUMMARY.warnings, "p.bin is binary"]


def test_a_cluster_without_articles_is_a_line_with_an_error(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    report = batch.run([Reading("bad", (), ("bad.json is not valid JSON",)), *readings("good")], out)
    assert report == Report(done=1, skipped=0, failed=1)
    assert ids(out) == ["bad", "good"]
    error = lines(out)[0]["error"]
    assert error["type"] == "InputError"
    assert error["message"] == "bad.json is not valid JSON"
    assert error["hint"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [(GenerationError("no", hint="h"), "GenerationError"), (ZeroDivisionError("x"), "ZeroDivisionError")],
)
def test_a_bad_cluster_does_not_stop_the_others(failing, tmp_path, error, kind):
    failing(error)
    out = tmp_path / "out.jsonl"
    assert batch.run(readings("a", "b", "c"), out) == Report(done=2, skipped=0, failed=1)
    assert ids(out) == ["a", "b", "c"]
    assert lines(out)[1]["error"]["type"] == kind


def test_a_failed_cluster_is_tried_again_in_its_place(failing, tmp_path):
    failing(GenerationError("no"))
    out = tmp_path / "out.jsonl"
    batch.run(readings("a", "b", "c"), out)
    assert batch.run(readings("a", "b", "c"), out) == Report(done=1, skipped=2, failed=0)
    assert ids(out) == ["a", "b", "c"]
    assert "error" not in lines(out)[1]


def test_a_missing_model_stops_the_batch_at_once(failing, tmp_path):
    failing(ModelUnavailableError("no weights"))
    out = tmp_path / "out.jsonl"
    with pytest.raises(ModelUnavailableError):
        batch.run(readings("a", "b", "c"), out)
    assert ids(out) == ["a"]


def test_a_stopped_batch_keeps_what_it_has(failing, tmp_path):
    failing(KeyboardInterrupt())
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.run(readings("a", "b", "c"), out)
    assert ids(out) == ["a"]
    assert batch.run(readings("a", "b", "c"), out) == Report(done=2, skipped=1, failed=0)


@pytest.mark.parametrize("content", ["my notes\n", '{"id": "x", "articles": []}\n', "[1]\n", "\n"])
def test_another_file_is_not_touched(calls, tmp_path, content):
    out = tmp_path / "out.jsonl"
    out.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no result of a batch") as caught:
        batch.run(readings("a"), out)
    assert caught.value.hint
    assert out.read_text(encoding="utf-8") == content


def test_a_folder_is_no_output(calls, tmp_path):
    with pytest.raises(InputError, match="not a file"):
        batch.run(readings("a"), tmp_path)


def test_progress_counts_the_clusters(calls, tmp_path):
    seen: list[int] = []
    out = tmp_path / "out.jsonl"
    batch.run(readings("a"), out)
    batch.run(readings("a", "b", "c"), out, progress=seen.append)
    assert seen == [2, 3]


def test_no_cluster_makes_an_empty_file(calls, tmp_path):
    out = tmp_path / "out.jsonl"
    assert batch.run([], out) == Report(done=0, skipped=0, failed=0)
    assert out.read_bytes() == b""


def test_ray_is_asked_for_by_name_when_it_is_missing(calls, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SummarizeError, match="not installed") as caught:
        batch.run(readings("a"), tmp_path / "out.jsonl", engine="ray")
    assert "pip install" in caught.value.hint


@pytest.mark.slow
def test_worker_processes_write_the_same_bytes(tmp_path):
    clusters = [Reading("bad", (), ("nothing there",)), *readings("b", "a")]
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    batch.run(clusters, here)
    batch.run(clusters, there, workers=2)
    assert ids(there) == ["bad", "b", "a"]
    assert here.read_bytes() == there.read_bytes()
