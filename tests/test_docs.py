"""What the documents say is what happens: code runs, commands and fields exist, the printed summary is the printed one."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import fields

import pytest
from conftest import ROOT

from summarize.types import Summary

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    path
    for path in sorted(ROOT.rglob("*.md"))
    if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
    and "golden" not in path.parts
]
START, END = "<!-- demo:start -->\n", "<!-- demo:end -->"
SHOWN = ("## Sources", "## Where they disagree")
"""Sections of the printed summary that the README shows below its text; all of them would not fit on a screen."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


@pytest.mark.slow
def test_the_printed_summary_is_the_printed_summary(request, capsys):
    from summarize import cli

    assert cli.main(["run", str(ROOT / "seeds" / "blinken-lavrov")]) == 0
    top, *sections = re.split(r"\n(?=## )", capsys.readouterr().out)
    printed = "\n".join([top, *(section for section in sections if section.startswith(SHOWN))])
    wanted = f"```markdown\n{printed.strip()}\n```\n"
    head, rest = README.split(START)
    shown, tail = rest.split(END)
    if request.config.getoption("--update-golden"):
        (ROOT / "README.md").write_text(head + START + wanted + END + tail, encoding="utf-8")
        return
    assert shown == wanted, "the README shows another summary: look at it, then `pytest --update-golden`"


@pytest.mark.slow
def test_the_readmes_code_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    for code in blocks("python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), {})
        assert printed.getvalue().strip()


def test_the_first_code_is_five_lines():
    lines = [
        line for line in blocks("python")[0].splitlines() if line.strip() and not line.startswith(("from", "import"))
    ]
    assert len(lines) <= 5


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^|`)make (?:[A-Z]+=\S+ )?([a-z-]+)", text, re.M))
        assert named <= targets, document


def test_every_field_of_the_json_is_in_the_readme():
    table = README.split("## The result")[1].split("\n## ")[0]
    for field in fields(Summary):
        assert f"`{field.name}`" in table, field.name


def test_every_command_is_in_the_readme():
    from summarize.cli import _parser

    commands = next(action for action in _parser()._actions if action.choices)
    for name in commands.choices:
        assert re.search(rf"^summarize {name}\b", README, re.M), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_local_links_lead_somewhere(document):
    for target in re.findall(r"\]\((?!https?://|#)([^)\s]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target.split("#")[0]).exists(), target


def test_the_documented_dependencies_are_the_declared_ones():
    assert "torch>=2.6,<2.14" in README
    assert "torch>=2.6,<2.14" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
