"""What is installed: the public names, what importing them costs, and a wheel that has all it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

import summarize
from summarize.prompts import fingerprint

PUBLIC = [
    "Article",
    "Discrepancy",
    "Dropped",
    "Fact",
    "GenerationError",
    "InputError",
    "ModelUnavailableError",
    "PromptError",
    "Quote",
    "Settings",
    "SettingsError",
    "Source",
    "Span",
    "SummarizeError",
    "Summary",
    "SummarySentence",
    "Superseded",
    "Value",
    "Variant",
    "__version__",
    "summarize",
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = {"torch", "transformers", "nltk", "gradio", "trafilatura", "numpy", "jinja2", "rapidfuzz", "huggingface_hub"}


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_the_public_names():
    assert summarize.__all__ == PUBLIC == sorted(PUBLIC) == dir(summarize)


def test_every_public_name_is_there_and_documented():
    for name in PUBLIC:
        value = getattr(summarize, name)
        assert name == "__version__" or value.__doc__


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="nothing"):
        summarize.nothing  # noqa: B018


def test_importing_costs_nothing():
    loaded = set(python("import sys, summarize; print(*sys.modules)").split())
    assert not loaded & HEAVY
    assert not {name for name in loaded if name.startswith("summarize.")}


def test_the_errors_and_values_come_without_the_libraries():
    loaded = python("import sys; from summarize import Article, InputError, Settings; print(*sys.modules)").split()
    assert not set(loaded) & HEAVY


def test_one_version():
    assert PROJECT["version"] == summarize.__version__
    assert f"## [{summarize.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_base_install_is_small():
    names = {Requirement(line).name for line in PROJECT["dependencies"]}
    named = {"transformers", "torch", "nltk", "gradio"}
    needed = {"jinja2", "rapidfuzz", "trafilatura", "lxml-html-clean", "numpy", "safetensors"}
    assert names == named | needed, "a further dependency needs its reason in pyproject.toml, and this list"


def test_the_tested_versions_satisfy_the_ranges():
    pins = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, version = re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups()
            pins[name.lower().replace("_", "-")] = version
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, wanted):
        assert requirement.name.lower() in pins, f"{requirement.name} has no tested version"
        assert requirement.specifier.contains(pins[requirement.name.lower()])
    assert pins["torch"] == "2.13.0"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.mark.slow
def test_the_wheel_has_everything(wheel):
    names = set(wheel.namelist())
    package = [p for p in (ROOT / "summarize").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {p.relative_to(ROOT).as_posix() for p in package} <= names
    assert {f"summarize/prompts_data/{p.name}" for p in (ROOT / "prompts").iterdir()} <= names
    for wanted in ("summarize/py.typed", "LICENSE", "NOTICE", "entry_points.txt", "summary.css"):
        assert any(name.endswith(wanted) for name in names), wanted
    for model in ("encoder", "writer"):
        assert f"summarize/models/weights/{model}/model.safetensors" in names
    assert not {name.split("/")[0] for name in names} - {"summarize", f"summarize-{summarize.__version__}.dist-info"}


@pytest.mark.slow
def test_the_wheel_runs_far_from_the_checkout(wheel, tmp_path, seeds):
    """Unpacked somewhere else, it summarises and has the same prompts."""
    site = tmp_path / "site"
    wheel.extractall(site)
    code = "import summarize, summarize.prompts as p, summarize.cli as c; print(summarize.__file__, p.fingerprint()); "
    code += f"c.main(['run', {str(seeds[0].parent)!r}])"
    # -P: neither the current folder nor, by way of an editable install, the checkout may answer first.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, rest = done.stdout.split("\n", 1)
    where, prompts = first.split()
    assert Path(where).is_relative_to(site)
    assert prompts == fingerprint()
    assert rest.startswith("# ")
