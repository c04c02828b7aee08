"""Runs, from the command line: resumed, in any order and number of processes the same; what fails is counted."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytest.importorskip("rouge_score")
pytest.importorskip("sumy")

from eval import runner
from eval.cli import main
from eval.data import NAMED, Known, load
from eval.memory import Stages
from eval.metrics.base import Task
from eval.report.tables import row, tables
from eval.runner import Options
from eval.signature import ROOT, IncomparableError
from eval.statistics import estimate
from eval.store import Output, Run
from eval.systems import base, names
from eval.systems.plain import Peer
from summarize.errors import InputError, ModelUnavailableError
from summarize.models.fake import FakeGenerator

HEAVY = {"torch", "transformers", "nltk", "numpy", "rouge_score", "sumy", "jinja2", "summarize.pipeline"}
SEPARATORS = "\u2028\u2029\x85\x1c"
"""Characters that end a line for some readers, and stand in the texts of pages."""
CLUSTERS = [
    {
        "id": f"c{n}",
        "articles": [
            {
                "id": "a",
                "outlet": "Harbour Ledger",
                "text": f"The ferry Halcyon struck pier {n} on Monday, injuring 12 people.",
            },
            {
                "id": "b",
                "outlet": "Coast Daily",
                "text": f"Twelve people were injured when the Halcyon hit pier {n}. It{SEPARATORS}rained.",
            },
        ],
        "refs": [f"The Halcyon struck pier {n}, injuring 12 people."],
        "systems": {"ID1": f"The Halcyon{SEPARATORS}hit pier {n}.", "ID2": "Something else happened."},
    }
    for n in range(6)
]


def write(path, rows):
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def clusters(tmp_path):
    return write(tmp_path / "tiny.jsonl", CLUSTERS)


def run(data, *systems, out, **options):
    code = main(["run", "--data", data, "--system", *systems, "-o", str(out), *map(str, sum(options.items(), ()))])
    assert code == 0
    return out


def files(folder):
    """All figures and texts, without the seconds."""
    found = {}
    for path in sorted(folder.rglob("scores.jsonl")):
        found[path.parent.name] = path.read_text()
    for path in sorted(folder.rglob("outputs.jsonl")):
        found[path.parent.name + "-texts"] = [
            json.loads(line)["texts"] for line in path.read_text().strip().split("\n")
        ]
    return found


@pytest.mark.slow
def test_importing_costs_nothing():
    code = "import sys, eval, eval.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("command", ["run", "score", "report", "gate", "suite"])
def test_every_command_has_help_and_needs_no_library_for_it(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert "usage: python -m eval" in capsys.readouterr().out


def test_every_command_is_in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("run", "score", "report", "gate", "suite"):
        assert f"python -m eval {command} " in text


@pytest.mark.slow
def test_the_order_of_clusters_and_the_number_of_processes_change_nothing(tmp_path, clusters):
    mixed = CLUSTERS[:]
    random.Random(1).shuffle(mixed)
    shuffled = tmp_path / "mixed"
    shuffled.mkdir()
    one = run(clusters, "random", "lexrank", "peer:ID1", out=tmp_path / "one")
    other = run(write(shuffled / "tiny.jsonl", mixed), "random", "lexrank", "peer:ID1", out=tmp_path / "other")
    many = run(clusters, "lexrank", out=tmp_path / "many", **{"--workers": 2})
    assert files(one) == files(other)
    assert files(many).items() <= files(one).items()


@pytest.mark.slow
@pytest.mark.skipif(not NAMED["multiling2011"].path.exists(), reason="the data set is not on this machine")
def test_the_ten_carried_systems_have_the_same_figures_in_any_order_and_in_two_processes():
    task, items = Task(60, "f1"), load("multiling2011").items[:4]
    jobs = {
        (key, item.id): runner._Measured(
            Output(item.id, tuple(Peer(key, key).summarise(item, 60, print)), 0.0, {}, 0.0, 0), item, task, None
        )
        for key in items[0].peers
        for item in items
    }
    backwards = dict(reversed(jobs.items()))
    one = dict(zip(jobs, runner._mapped(runner._segment, list(jobs.values()), Options()), strict=True))
    two = dict(
        zip(backwards, runner._mapped(runner._segment, list(backwards.values()), Options(workers=2)), strict=True)
    )
    assert len(one) == 40
    assert one == two
    for key in items[0].peers:
        rows = [[found[name] for name in found if name[0] == key] for found in (one, two)]
        means = [[estimate([s.figures[f] for s in row]) for f in ("rouge1", "rouge2", "verified")] for row in rows]
        assert means[0] == means[1]


@pytest.mark.slow
def test_a_pool_is_gone_when_its_work_is_taken_or_left():
    before = threading.active_count()
    assert list(runner._mapped(abs, [-1, -2, -3], Options(workers=2))) == [1, 2, 3]
    assert threading.active_count() == before
    left = runner._mapped(abs, [-1, -2, -3], Options(workers=2))
    assert next(left) == 1
    left.close()
    assert threading.active_count() == before


def test_a_run_goes_on_where_it_stopped(tmp_path, clusters, monkeypatch):
    made = []
    real = base.extract
    from eval.systems import baselines

    monkeypatch.setattr(baselines, "extract", lambda *args: made.append(1) or real(*args))
    out = run(clusters, "lead", out=tmp_path / "r", **{"--limit": 2})
    assert len(made) == 2
    lines = out / "tiny" / "lead" / "outputs.jsonl"
    lines.write_text(lines.read_text() + '{"id": "c9", "te')  # cut short by a crash
    run(clusters, "lead", out=out)
    assert len(made) == 6
    run(clusters, "lead", out=out, **{"--limit": 3})
    assert len(made) == 6
    assert len(Run(out / "tiny" / "lead").outputs()) == 6
    assert len(Run(out / "tiny" / "lead").segments()) == 3


def test_another_run_in_the_folder_is_not_overwritten_unless_asked(tmp_path, clusters, capsys):
    out = run(clusters, "lead", out=tmp_path / "r")
    again = ["run", "--data", clusters, "--system", "lead", "-o", str(out), "--max-words", "9"]
    assert main(again) == 1
    assert "words (120 against 9)" in capsys.readouterr().err
    assert main([*again, "--fresh"]) == 0


def test_an_unfinished_run_is_not_reported(tmp_path, clusters, capsys):
    out = run(clusters, "lead", out=tmp_path / "r")
    scores = out / "tiny" / "lead" / "scores.jsonl"
    scores.write_text("".join(scores.read_text().splitlines(keepends=True)[:4]))
    assert main(["report", str(out)]) == 1
    assert "unfinished: 4 of 6 clusters" in capsys.readouterr().err
    run(clusters, "lead", out=out)
    assert main(["report", str(out)]) == 0


class Broken:
    """Fails in one way on one cluster, in others on others."""

    name = "broken"

    def signature(self):
        return {"system": "broken"}

    def summarise(self, item, max_words, trace):
        trace("think", 0.25)
        if item.id == "c0":
            raise InputError("nothing to say", hint="")
        if item.id == "c1":
            raise MemoryError
        return [base.Written("" if item.id == "c2" else "The Halcyon struck a pier.")]


def test_failures_and_empty_texts_are_counted_and_no_zeros(tmp_path, clusters, monkeypatch):
    monkeypatch.setattr(runner, "system", lambda name, **options: Broken())
    out = run(clusters, "broken", out=tmp_path / "r")
    run(clusters, "broken", out=out)  # what failed is tried again, and counted once
    found = row(Run(out / "tiny" / "broken"))
    assert found.failed == 2
    assert (found.estimates["rouge1"].count, found.estimates["rouge1"].excluded) == (3, 3)
    assert found.excluded["rouge"] == {
        "the system failed: InputError: nothing to say": 1,
        "the system failed: out of memory": 1,
        "empty summary": 1,
    }
    assert found.cost.stages.keys() == {"think"}
    assert found.cost.stages["think"].seconds == 0.25
    assert found.cost.stages["think"].words_a_second == pytest.approx(
        4 * found.cost.words_a_second * found.cost.seconds
    )


def test_a_model_that_is_missing_stops_the_run_with_a_message(tmp_path, clusters, capsys):
    assert main(["run", "--data", clusters, "--system", "generate:./nowhere", "-o", str(tmp_path / "r")]) == 1
    assert "hint:" in capsys.readouterr().err

    class Missing(Broken):
        def summarise(self, item, max_words, trace):
            raise ModelUnavailableError("no weights", hint="")

    with pytest.raises(ModelUnavailableError):
        runner._output(runner._Job(Missing(), load(clusters).items[0], Task(9, "f1")))


def test_memory_is_limited(tmp_path, clusters, monkeypatch):
    class Greedy(Broken):
        def summarise(self, item, max_words, trace):
            return [base.Written(str(len(bytearray(3_000_000_000))))]

    monkeypatch.setattr(runner, "system", lambda name, **options: Greedy())
    out = run(clusters, "greedy", out=tmp_path / "r", **{"--memory": 2500, "--limit": 1})
    assert row(Run(out / "tiny" / "broken")).excluded["rouge"] == {"the system failed: out of memory": 1}


def test_the_peak_of_a_stage_is_its_own():
    stages = Stages()
    if not stages._resets:
        pytest.skip("this system does not let the peak begin anew")
    stages("before", 0.1)
    held = bytearray(300_000_000)
    del held
    stages("greedy", 0.2)
    stages("after", 0.3)
    assert stages.peaks_mb["greedy"] > stages.peaks_mb["before"] + 200
    assert stages.peaks_mb["greedy"] > stages.peaks_mb["after"] + 200
    assert stages.peak_mb() == stages.peaks_mb["greedy"]
    assert Stages().peak_mb() < stages.peaks_mb["greedy"] - 200


def test_without_proc_there_are_seconds_and_a_peak_so_far_but_none_by_stage(tmp_path, monkeypatch):
    monkeypatch.setattr("eval.memory._CLEAR", tmp_path / "none" / "clear_refs")
    monkeypatch.setattr("eval.memory._STATUS", tmp_path / "none" / "status")
    stages = Stages()
    stages("think", 0.1)
    assert (stages.seconds, stages.peaks_mb) == ({"think": 0.1}, {})
    assert stages.peak_mb() > 10


def test_outputs_of_before_peaks_by_stage_are_read_and_those_of_other_versions_refused(tmp_path, clusters, capsys):
    out = run(clusters, "lead", out=tmp_path / "r")
    path = out / "tiny" / "lead" / "outputs.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]
    for each in rows:
        del each["stage_peaks_mb"]
        each["stages"] = {"think": 0.5}
    write(path, rows)
    assert row(Run(path.parent)).cost.stages["think"].peak_mb is None
    assert main(["report", str(out)]) == 0
    assert re.search(r"\| lead \| think \| 0.500 \| 100% \| \d+ \| – \|", capsys.readouterr().out)
    write(path, [{**rows[0], "watts": 3}])
    assert main(["report", str(out)]) == 1
    told = capsys.readouterr().err
    assert "another version" in told
    assert "--fresh" in told


def test_rows_of_different_protocols_are_refused_side_by_side(tmp_path, clusters):
    out = run(clusters, "lead", out=tmp_path / "r")
    run(clusters, "first", out=out, **{"--limit": 3})
    with pytest.raises(IncomparableError, match=r"clusters \(.*ids \("):
        tables(out)
    other = run(clusters, "first", out=tmp_path / "s", **{"--max-words": 5})
    shutil.copytree(out / "tiny" / "lead", other / "tiny" / "lead")
    with pytest.raises(IncomparableError, match="words"):
        tables(other)


def test_old_outputs_are_measured_anew(tmp_path, clusters, capsys):
    out = run(clusters, "lead", "first", out=tmp_path / "r")
    before = files(out)
    for path in out.rglob("scores.jsonl"):
        path.write_text("")
    assert main(["score", str(out)]) == 0
    assert files(out) == before


def test_the_suite_says_what_was_limited_missing_and_left_out(tmp_path, clusters, monkeypatch, capsys):
    known = {"tiny": Known(Path(clusters), "test", 20), "gone": Known(tmp_path / "gone.jsonl", "test", 20)}
    for name in list(NAMED):
        monkeypatch.delitem(NAMED, name)
    for name, each in {**known, "idle": known["tiny"]}.items():
        monkeypatch.setitem(NAMED, name, each)
    monkeypatch.setattr("eval.reading.lines", lambda data: iter(["pages 0.9"]))
    page = tmp_path / "RESULTS.md"
    command = ["suite", "--data", "tiny", "gone", "--system", "lead", "--limit", "3", "-o", str(tmp_path / "r")]
    assert main([*command, "--write", str(page)]) == 0
    assert "missing: gone" in capsys.readouterr().err
    text = page.read_text()
    assert "At most 3 clusters a data set. Not on this machine: gone. Not run this time: idle." in text
    assert "## tiny" in text
    assert "pages 0.9" in text
    assert "sha256:" in text


@pytest.mark.slow
def test_this_projects_pipeline_with_a_fake_model_from_command_to_report(tmp_path, clusters, monkeypatch, capsys):
    monkeypatch.setattr("summarize.pipeline.load_generator", lambda model, settings: FakeGenerator())
    out = run(clusters, "summarize", "lead", out=tmp_path / "r", **{"--limit": 2, "--max-words": 30})
    capsys.readouterr()
    assert main(["report", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "| summarize |" in printed
    assert "writer:" in printed
    found = row(Run(out / "tiny" / "summarize"))
    assert found.failed == 0
    assert found.estimates["rouge1"].value > 0.2
    assert found.estimates["cited_share"].value == 1
    assert found.cost.stages["write"].seconds >= 0
    assert found.cost.stages["write"].words_a_second != 0
    assert names.system("summarize").signature().items() <= {**found.signature.system}.items()
