"""The command's promises: what goes to which stream, exit codes, hints and no tracebacks, files whole or not at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from samples import SUMMARY

from summarize import __version__, cli
from summarize.errors import GenerationError, ModelUnavailableError
from summarize.render import to_json, to_markdown

if TYPE_CHECKING:
    from summarize.types import Summary

COMMANDS = ("run", "batch", "cluster", "explain", "download")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands in for the pipeline, and notes what it was asked."""
    seen: dict[str, Any] = {}

    def summarize(articles: list[Any], **options: Any) -> Summary:
        seen.update(options, articles=articles)
        if options["trace"]:
            options["trace"]("clean", 0.25)
        return SUMMARY

    monkeypatch.setattr("summarize.pipeline.summarize", summarize)
    return seen


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "dunmore"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Page {name}. A ferry hit the pier.", encoding="utf-8")
    return folder


def usage_error(*argv: str) -> int:
    with pytest.raises(SystemExit) as caught:
        cli.main(argv)
    return int(str(caught.value.code))


def test_run_prints_markdown_and_nothing_else(asked, pages, capsys):
    assert cli.main(["run", str(pages)]) == 0
    out, err = capsys.readouterr()
    assert out == to_markdown(SUMMARY, asked["articles"])
    assert err == ""


def test_run_passes_its_options_on(asked, pages, tmp_path):
    settings = tmp_path / "s.toml"
    settings.write_text("beams = 2\n", encoding="utf-8")
    argv = ["run", str(pages), "--max-words", "60", "--min-support", "3", "--model", "m", "--settings", str(settings)]
    assert cli.main(argv) == 0
    assert (asked["max_words"], asked["min_support"], asked["model"]) == (60, 3, "m")
    assert asked["settings"].beams == 2
    assert [article.id for article in asked["articles"]] == ["a", "b"]


def test_json_carries_the_folders_name(asked, pages, capsys):
    assert cli.main(["run", str(pages), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data == SUMMARY.to_dict() | {"id": "dunmore"}


@pytest.mark.parametrize(
    ("name", "start"), [("o.html", "<!DOCTYPE html>"), ("o.json", "{"), ("o.md", "# "), ("o", "# ")]
)
def test_the_outputs_name_tells_the_format(asked, pages, tmp_path, capsys, name, start):
    out = tmp_path / name
    assert cli.main(["run", str(pages), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith(start)
    assert capsys.readouterr().out == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dunmore", name]


def test_verbose_shows_the_stages_times_on_stderr(asked, pages, capsys):
    assert cli.main(["run", "-v", str(pages)]) == 0
    assert "0.250 s  clean" in capsys.readouterr().err


def test_what_could_not_be_read_is_told_and_warned_about(asked, pages, capsys):
    (pages / "c.txt").write_bytes(b"\x00\x01\x02" * 100)
    assert cli.main(["run", str(pages), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert "c.txt" in err
    assert any("c.txt" in warning for warning in json.loads(out)["warnings"])


def test_a_missing_path_is_exit_1_with_a_hint(capsys):
    assert cli.main(["run", "no/such/folder"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "summarize: no/such/folder does not exist" in err
    assert "hint: " in err
    assert "Traceback" not in err


def test_verbose_shows_the_traceback(capsys):
    assert cli.main(["run", "no/such/folder", "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (GenerationError("it failed", hint="try this"), "summarize: it failed\nhint: try this\n"),
        (ModelUnavailableError("no weights", hint="get them"), "summarize: no weights\nhint: get them\n"),
        (ZeroDivisionError("oh"), "summarize: unexpected ZeroDivisionError: oh\nhint: -v shows where this happened.\n"),
    ],
)
def test_no_error_shows_a_traceback(monkeypatch, pages, capsys, error, message):
    def fail(*_: Any, **__: Any) -> Summary:
        raise error

    monkeypatch.setattr("summarize.pipeline.summarize", fail)
    assert cli.main(["run", str(pages)]) == 1
    assert capsys.readouterr().err == message


def test_ctrl_c_is_clean(monkeypatch, pages, capsys):
    def stop(*_: Any, **__: Any) -> Summary:
        raise KeyboardInterrupt

    monkeypatch.setattr("summarize.pipeline.summarize", stop)
    assert cli.main(["run", str(pages)]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_failed_run_leaves_the_old_output(monkeypatch, asked, pages, tmp_path, capsys):
    out = tmp_path / "o.md"
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr("summarize.render.to_markdown", lambda *_: 1 / 0)
    assert cli.main(["run", str(pages), "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8") == "old"


def test_an_output_that_cannot_be_written_is_exit_1(asked, pages, tmp_path, capsys):
    assert cli.main(["run", str(pages), "-o", str(tmp_path / "none" / "o.md")]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_a_device_is_written_to_and_not_replaced(asked, pages):
    assert cli.main(["run", str(pages), "-o", os.devnull]) == 0
    assert Path(os.devnull).is_char_device()


def test_bad_settings_are_exit_1_with_a_hint(pages, tmp_path, capsys):
    settings = tmp_path / "s.toml"
    settings.write_text("beems = 2\n", encoding="utf-8")
    assert cli.main(["run", str(pages), "--settings", str(settings)]) == 1
    assert "hint: Known settings" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("walk",),
        ("run",),
        ("run", "x", "--format", "pdf"),
        ("run", "x", "--max-words", "0"),
        ("run", "x", "--max-words", "-5"),
        ("run", "x", "--min-support", "two"),
        ("run", "x", "--min-support", "²"),
        ("batch", "x"),
        ("batch", "x", "-o", "y", "--engine", "spark"),
        ("batch", "x", "-o", "y", "--workers", "0"),
        ("download",),
    ],
)
def test_wrong_usage_is_exit_2(argv, capsys):
    assert usage_error(*argv) == 2
    assert "usage: summarize" in capsys.readouterr().err


def test_version(capsys):
    assert usage_error("--version") == 0
    assert capsys.readouterr().out == f"summarize {__version__}\n"


def test_batch_writes_lines_and_says_what_it_did(asked, pages, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    assert cli.main(["batch", str(bad), str(pages), "-o", str(out)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"{out}: 1 summarised, 1 failed (their lines have `error`; a rerun tries them again)\n"
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["bad", "dunmore"]
    assert cli.main(["batch", str(pages), "-o", str(out)]) == 0
    assert capsys.readouterr().err == f"{out}: 0 summarised, 1 there already\n"


def test_a_batch_in_which_all_failed_is_exit_1(asked, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    assert cli.main(["batch", str(bad), "-o", str(tmp_path / "out.jsonl")]) == 1


def test_a_batch_line_is_the_json_of_a_run(asked, pages, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    cli.main(["batch", str(pages), "-o", str(out)])
    cli.main(["run", str(pages), "--format", "json"])
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(capsys.readouterr().out)
    assert to_json(SUMMARY, indent=None).count("\n") == 0


def test_explain_lists_every_stage_in_order(capsys):
    from summarize.pipeline import STAGES

    assert cli.main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(STAGES)
    for number, (line, stage) in enumerate(zip(lines, STAGES, strict=True), start=1):
        assert re.match(rf" *{number}\. {stage.name} ", line)
        assert stage.takes in line
        assert stage.gives in line


def test_download_without_a_network_says_so(capsys):
    assert cli.main(["download", "nobody/nothing"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "cannot fetch 'nobody/nothing'" in err
    assert "hint: " in err
    assert "Traceback" not in err


def test_download_refuses_what_is_no_id(capsys):
    assert cli.main(["download", "not a model id!"]) == 1
    assert "cannot fetch" in capsys.readouterr().err


FERRY = [
    "A ferry struck the pier at Dunmore on Monday, injuring 14 passengers, the harbour office said. The Halcyon had come "
    "from Arklow with 200 people on board.",
    "Fourteen passengers were hurt when the ferry Halcyon hit the pier at Dunmore on Monday. The Halcyon was coming from "
    "Arklow, the harbour office said.",
]
VOTE = [
    "Parliament in Valdoria passed a budget on Thursday that raises the tax on fuel. Finance Minister Petra Lund said the "
    "budget would pay for schools.",
    "The budget that Valdoria's parliament passed on Thursday puts up the fuel tax. Schools will get the money, Finance "
    "Minister Petra Lund said.",
]


@pytest.mark.slow
def test_cluster_sorts_a_pile_by_event(tmp_path, capsys):
    pile = tmp_path / "pile"
    pile.mkdir()
    for event, texts in {"ferry": FERRY, "vote": VOTE}.items():
        for number, text in enumerate(texts):
            (pile / f"{number}-{event}.txt").write_text(text, encoding="utf-8")
    assert cli.main(["cluster", str(pile)]) == 0
    clusters = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {frozenset(article["id"] for article in cluster["articles"]) for cluster in clusters}
    assert found == {frozenset({"0-ferry", "1-ferry"}), frozenset({"0-vote", "1-vote"})}
    assert len({cluster["id"] for cluster in clusters}) == 2


def test_cluster_of_nothing_is_exit_1(tmp_path, capsys):
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    assert cli.main(["cluster", str(bad)]) == 1
    assert "hint: " in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------- as a process of its own


def process(*argv: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "summarize", *argv]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, **options)


@pytest.mark.parametrize("argv", [("--help",), *((command, "--help") for command in COMMANDS)], ids=" ".join)
def test_help_is_complete_and_quick(argv):
    done = process(*argv, env=os.environ | {"COLUMNS": "100"})
    assert done.returncode == 0
    assert done.stdout.startswith("usage: summarize")
    for name in COMMANDS if argv == ("--help",) else ():
        assert re.search(rf"^ +{name} ", done.stdout, re.M)
    assert done.stderr == ""


def test_every_option_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        for option in re.findall(r"(--[a-z-]+)", process(command, "--help").stdout):
            assert option in readme or option in ("--help", "--verbose", "--output"), option


def test_asking_for_help_loads_no_library():
    code = "import sys; from summarize.cli import _parser; _parser(); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"torch", "transformers", "nltk", "gradio", "numpy", "jinja2"} & set(done.stdout.split())


def test_a_reader_that_leaves_early_is_no_error():
    command = f"set -o pipefail; '{sys.executable}' -m summarize explain | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.slow
def test_the_seeds_come_out_summarised(seeds, capsys):
    """The main job, as a newcomer runs it: nothing on stderr, the junk named but not told, the same in any process."""
    folder = str(seeds[0].parent)
    done = process("run", folder, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert done.returncode == 0
    assert done.stderr == ""
    assert cli.main(["run", folder]) == 0
    assert capsys.readouterr().out == done.stdout
    assert done.stdout.startswith("# ")
    assert "## Sources" in done.stdout
    assert "## Set aside" in done.stdout
    story = done.stdout.split("## Sources")[0]
    assert re.search("cancel|call(ed|s)? off|scrap|no longer meet", story)
    for junk in ("newsletter", "google cta", "Follow us", "Subscribe"):
        assert junk not in story
