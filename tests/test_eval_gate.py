"""The gate opens for what was reached, and shuts where a figure falls or the data changed."""

from __future__ import annotations

import json

import pytest

from eval import gate
from eval.cli import main
from eval.systems import baselines, names
from summarize.errors import InputError


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    """A baseline in place of the project, so that a check takes no model."""
    monkeypatch.setattr(gate, "Project", lambda: names.system("lead"))


@pytest.fixture
def floors(tmp_path):
    path = tmp_path / "floors.json"
    assert gate.update(path) == []
    return path


def edited(path, change):
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))
    return path


def test_what_was_measured_passes_and_again_the_same(floors):
    before = floors.read_text()
    assert gate.check(floors) == []
    assert gate.update(floors) == []
    assert floors.read_text() == before
    assert len(json.loads(before)["figures"]) > 15


@pytest.mark.parametrize(("figure", "by"), [("gold: core_recall", 0.1), ("gold: unsupported_names", -0.1)])
def test_a_figure_that_falls_shuts_it(floors, figure, by):
    found = gate.check(edited(floors, lambda data: data["figures"].update({figure: data["figures"][figure] + by})))
    assert len(found) == 1
    assert found[0].startswith(figure)


def test_a_worse_system_is_seen(floors):
    found = gate.check(floors, baselines.Extractive("klsum"))
    assert any(line.startswith("gold: fault_") or "recall" in line for line in found), found


def test_a_figure_that_is_gone_shuts_it(floors):
    found = gate.check(edited(floors, lambda data: data["figures"].update({"gold: gone": 0.5})))
    assert found == ["gold: gone: 0.5 before, not measured now"]


def test_data_that_changed_shut_it(floors):
    found = gate.check(edited(floors, lambda data: data["data"].update(gold="0" * 12)))
    assert len(found) == 1
    assert "data changed: gold" in found[0]


def test_update_raises_but_lowers_only_for_a_reason_which_is_kept(floors):
    figure = "gold: core_recall"
    real = json.loads(floors.read_text())["figures"][figure]
    edited(floors, lambda data: data["figures"].update({figure: real - 0.1}))
    assert gate.update(floors) == []
    assert json.loads(floors.read_text())["figures"][figure] == real
    edited(floors, lambda data: data["figures"].update({figure: real + 0.1}))
    before = floors.read_text()
    assert gate.update(floors)[-1].startswith("No floor is lowered")
    assert floors.read_text() == before
    assert gate.update(floors, "the key was too loose") == []
    kept = json.loads(floors.read_text())
    assert kept["figures"][figure] == real
    assert kept["lowered"][0]["reason"] == "the key was too loose"
    assert figure in kept["lowered"][0]["figures"][0]


def test_the_command_tells_and_fails(floors, capsys):
    assert main(["gate", "--floors", str(floors)]) == 0
    edited(floors, lambda data: data["data"].update(gold="0" * 12))
    assert main(["gate", "--floors", str(floors)]) == 1
    assert "The gate is shut." in capsys.readouterr().err
    assert main(["gate", "--floors", str(floors), "--allow-lower", "why"]) == 2


def test_floors_that_cannot_be_read_are_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        gate.check(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("[]")
    with pytest.raises(InputError, match="cannot be read"):
        gate.check(tmp_path / "bad.json")


def test_the_committed_floors_are_of_the_clusters_that_ship():
    committed = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
    assert committed["data"] == {data.name: data.sha256 for data in map(gate.load, gate.DATA)}
    assert {"gold: core_recall", "gold: evidence_f1", "gold: fault_quote"} <= committed["figures"].keys()
