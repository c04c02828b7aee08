"""Reports: one page without scripts or links outside, readable by all, hostile texts escaped; and the plain formats."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise

import pytest

pytest.importorskip("rouge_score")

from eval.cli import main
from eval.report.differences import changes
from eval.report.plots import LABELS, WIDTH, intervals
from eval.report.tables import tables, wins
from eval.report.text import left_out, number
from eval.statistics import Estimate

HOSTILE = '</code></p><script>alert(1)</script><img src="https://evil.example/x" onerror="alert(2)"> & "quotes"'
VOID = {"meta", "br", "img", "line", "path", "circle", "link", "hr", "input"}


class Page(HTMLParser):
    """Tags in order, and whether each is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.torn = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.torn.append(tag)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    rows = [
        {
            "id": f"c{n}{HOSTILE if n == 0 else ''}",
            "docs": [
                {"text": f"The Halcyon struck pier {n} at noon. {HOSTILE}"},
                {"text": f"It rained on pier {n} all day."},
            ],
            "refs": [f"The Halcyon struck pier {n}. {HOSTILE}"],
            "systems": {"ID1": f"{HOSTILE} The Halcyon struck pier {n}.", "ID2": "All was quiet." if n else ""},
        }
        for n in range(5)
    ]
    (folder / "tiny.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    text = "The ferry Halcyon struck the pier at Dunmore on Monday, injuring 12 passengers."
    faulty = [{"id": "x", "docs": [text], "refs": ["", 7, text]}, {"id": "y", "docs": [text]}]
    (folder / "faulty.jsonl").write_text("".join(json.dumps(row) + "\n" for row in faulty))
    systems = ["lead", "peer:ID1", "peer:ID2"]
    for name, words in (("now", "12"), ("then", "12")):
        command = ["run", "--data", str(folder / "tiny.jsonl"), "--system", *systems, "-o", str(folder / name)]
        assert main([*command, "--max-words", words]) == 0
    return folder


@pytest.fixture(scope="module")
def page(results):
    out = results / "report.html"
    command = ["report", str(results / "now"), "--base", "lead", "--than", str(results / "then"), "-o", str(out)]
    assert main(command) == 0
    return out.read_text(encoding="utf-8")


def test_the_page_runs_nothing_and_loads_nothing(page):
    parsed = Page(page)
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & {tag for tag, _ in parsed.tags}
    for _, attrs in parsed.tags:
        assert not [name for name in attrs if name.startswith("on")]
        for name in ("href", "src", "action", "data"):
            assert (attrs.get(name) or "#").startswith("#")
    assert not re.search(r"url\(|@import", page)
    assert "default-src 'none'" in page


def test_hostile_texts_are_shown_as_they_are(page):
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    parsed = Page(page)
    assert (parsed.open, parsed.torn) == ([], [])


def test_headings_go_down_one_step_at_a_time_and_the_page_has_its_landmarks(page):
    tags = Page(page).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert ("html", {"lang": "en"}) in tags
    assert {"title", "main", "nav"} <= {tag for tag, _ in tags}
    assert "width=device-width" in page
    assert "@media print" in page


def test_tables_have_captions_and_headers_and_drawings_have_words(page):
    tags = Page(page).tags
    assert sum(tag == "table" for tag, _ in tags) == sum(tag == "caption" for tag, _ in tags) > 3
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in tags if tag == "th")
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    drawings = [attrs for tag, attrs in tags if tag == "svg"]
    assert drawings
    for attrs in drawings:
        assert attrs["role"] == "img"
        assert set(attrs["aria-labelledby"].split()) <= set(ids)
    assert all(attrs["tabindex"] == "0" for _, attrs in tags if attrs.get("role") == "region")
    links = {attrs["href"][1:] for tag, attrs in tags if tag == "a"}
    assert links <= set(ids)


def test_the_worst_clusters_stand_beside_their_references(page):
    assert page.count("<strong>Reference</strong>") == 3
    assert page.count("<strong>lead</strong>") == 3


def test_two_equal_runs_differ_in_nothing(page):
    changed = page[page.index('id="changes"') :]
    assert "The signatures are the same." in changed
    assert "<td>" not in changed


def test_what_moved_between_two_runs_is_told_and_what_is_missing_is_no_move(results, tmp_path):
    shutil.copytree(results / "now", tmp_path / "old")
    path = tmp_path / "old" / "tiny" / "peer-ID1" / "scores.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[1]["figures"]["rouge1"] -= 0.25
    rows[2]["figures"]["rouge1"] = None
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = changes(tables(results / "now", "lead"), tables(tmp_path / "old", "lead"))
    (change,) = [each for each in found if each.system == "peer:ID1"]
    assert change.moved == ((rows[1]["id"], pytest.approx(0.25)),)
    assert [figure.name for figure, _ in change.figures] == ["rouge1"]
    assert all(not each.figures and not each.moved for each in found if each is not change)


def test_an_interval_is_drawn_where_its_figures_lie(results):
    table = tables(results / "now", "lead")[0]
    plot = intervals(table, table.headline()[0])
    assert [bar.x for bar in plot.bars] == sorted((bar.x for bar in plot.bars), reverse=True)
    assert all(LABELS <= bar.low <= bar.x <= bar.high <= WIDTH for bar in plot.bars)
    assert all(LABELS <= tick.at <= WIDTH for tick in plot.ticks)
    assert len(plot.ticks) >= 2


@pytest.mark.parametrize("style", ["md", "json", "csv"])
def test_the_plain_formats_have_every_system_with_its_signature(results, style, capsys):
    assert main(["report", str(results / "now"), "--base", "lead", "--format", style]) == 0
    text = capsys.readouterr().out
    for system in ("lead", "peer:ID1", "peer:ID2"):
        assert system in text
    if style == "json":
        rows = json.loads(text)["tables"][0]["rows"]
        assert all(row["signature"]["protocol"]["sha256"] for row in rows)
        assert rows[2]["excluded"]["rouge"] == {"empty summary": 1}
    if style == "csv":
        lines = list(csv.DictReader(io.StringIO(text)))
        assert {line["figure"] for line in lines} >= {"rouge1", "words", "loaded"}
        assert all("sha256:" in line["signature"] for line in lines)
    if style == "md":
        assert "- peer:ID2: 1 clusters without rouge (empty summary)" in text
        assert "sha256:" in text


def test_the_cost_of_each_stage_is_in_every_format(results, tmp_path, capsys):
    shutil.copytree(results / "now", tmp_path / "r")
    path = tmp_path / "r" / "tiny" / "lead" / "outputs.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for n, row in enumerate(rows):
        row |= {
            "stages": {"read": 0.0, "think": 2.0},
            "stage_peaks_mb": {"read": 50.0, "think": 70.0 + n},
            "words_in": 10,
        }
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def report(style):
        assert main(["report", str(tmp_path / "r"), "--base", "lead", "--format", style]) == 0
        return capsys.readouterr().out

    assert "| lead | read | 0.000 | 0% | – | 50 |\n| lead | think | 2.000 | 100% | 5 | 74 |\n" in report("md")
    assert '<tr><th scope="row">think</th><td>2.000</td><td>100%</td><td>5</td><td>74</td></tr>' in report("html")
    cost = json.loads(report("json"))["tables"][0]["rows"][0]["cost"]
    assert cost["stages"] == {
        "read": {"seconds": 0.0, "words_a_second": None, "peak_mb": 50.0},
        "think": {"seconds": 2.0, "words_a_second": 5.0, "peak_mb": 74.0},
    }
    lines = [line for line in csv.DictReader(io.StringIO(report("csv"))) if line["system"] == "lead"]
    told = {line["figure"]: line["value"] for line in lines if line["figure"].startswith("cost: ")}
    assert {"cost: seconds", "cost: words_a_second", "cost: peak_mb"} <= told.keys()
    assert (told["cost: think seconds"], told["cost: think peak_mb"]) == ("2.0", "74.0")
    assert "cost: read words_a_second" not in told


def test_what_was_wrong_with_the_data_is_told(results, page):
    assert (
        main(["run", "--data", str(results / "faulty.jsonl"), "--system", "lead", "-o", str(results / "faulty")]) == 0
    )
    (table,) = tables(results / "faulty")
    assert left_out(table) == [
        "- 1 clusters: 2 references are empty or no text",
        "- 1 clusters: no reference",
        "- lead: 1 clusters without rouge (no reference)",
    ]


def test_where_the_base_is_beaten_is_said(results):
    table = tables(results / "now", "peer:ID2")[0]
    assert any(figure.name == "rouge1" for figure, _, _ in wins(table))
    assert all(row.system != "peer:ID2" for _, row, _ in wins(table))


def test_a_base_that_was_never_run_is_said_with_those_that_were(results, capsys):
    assert main(["report", str(results / "now"), "--base", "mrm"]) == 1
    told = capsys.readouterr().err
    assert "no run of mrm" in told
    assert "peer:ID2" in told


def test_nothing_to_report_and_unknown_formats_are_said(tmp_path, results, capsys):
    assert main(["report", str(tmp_path)]) == 1
    assert "holds no run" in capsys.readouterr().err
    assert main(["report", str(results / "now"), "-o", str(tmp_path / "x.docx")]) == 2


def test_a_figure_without_interval_is_a_bare_number():
    nan = float("nan")
    assert number(Estimate(0.5, nan, nan, 1, 0)) == "0.500"
    assert number(Estimate(12.0, 11.0, 13.0, 4, 0)) == "12.0 [11, 13]"
