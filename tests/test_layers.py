"""The house's drawing holds: layers, purity of the stages, and sizes of functions and modules."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

MODULES = sorted((ROOT / "summarize").rglob("*.py"))
HEAVY = {"torch", "transformers", "nltk", "gradio", "trafilatura", "numpy", "huggingface_hub", "ray"}
STAGES = ("consensus", "writing")
"""Rooms whose functions neither read nor write anything outside of their arguments, but for their own data files."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_a_lower_layer_never_imports_a_higher_one():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_contributing_draws_the_layers_that_are_checked():
    layers = re.search(r"layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.S)
    assert layers
    drawn = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    position = -1
    for line in re.findall(r'"([^"]+)"', layers[1])[1:]:
        names = line.replace("summarize.", "")
        found = re.search(rf"^{re.escape(names)}(\s|$)", drawn, re.M)
        assert found, f"{names} is not drawn in CONTRIBUTING.md"
        assert found.start() > position
        position = found.start()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_can_be_read_at_one_sitting(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, "a concept is missing: split it"
    assert ast.get_docstring(tree(path)) or path.stat().st_size == 0, "say what the module is about"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_is_longer_than_a_screen(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_named_after_nothing(path):
    assert path.stem not in {"utils", "util", "helpers", "common", "misc", "base_utils"}


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(ROOT).parts[1] in STAGES], ids=name)
def test_stages_read_no_clock_and_draw_nothing_at_random(path):
    for node in ast.walk(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for imported in names:
            assert imported.split(".")[0] not in {"time", "random", "os", "socket", "urllib", "subprocess"}, imported


@pytest.mark.parametrize("path", [p for p in MODULES if "models" not in p.parts], ids=name)
def test_heavy_libraries_are_imported_late(path):
    """At the top of no module outside ``models/``, so that nobody pays for what is not used."""
    allowed = {"reading": {"numpy"}, "consensus": {"numpy"}, "writing": {"numpy"}, "web": {"gradio"}}.get(
        path.parent.name, set()
    )
    for node in tree(path).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not {imported.split(".")[0] for imported in names} & (HEAVY - allowed)
