"""Every setting has a range and a reason, a default inside of it, and wrong values are refused by name."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from summarize.errors import SettingsError
from summarize.settings import Settings

SPECS = fields(Settings)
NUMBERS = [spec for spec in SPECS if "low" in spec.metadata]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_each_setting_gives_its_reason(spec):
    assert len(spec.metadata["why"].split()) >= 3


@pytest.mark.parametrize("spec", NUMBERS, ids=lambda spec: spec.name)
def test_each_range_holds_at_both_ends_and_no_further(spec):
    low, high = spec.metadata["low"], spec.metadata["high"]
    kind = type(spec.default)
    for value in (low, high):
        assert getattr(replace(Settings(), **{spec.name: kind(value)}), spec.name) == value
    for value in (low - 1, high + 1):
        with pytest.raises(SettingsError, match=spec.name) as caught:
            Settings(**{spec.name: kind(value)})
        assert caught.value.hint == spec.metadata["why"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
@pytest.mark.parametrize("value", ["4", None, [4], {}])
def test_each_setting_refuses_other_types(spec, value):
    if isinstance(spec.default, type(value)):
        pytest.skip("that is its type")
    with pytest.raises(SettingsError, match=spec.name):
        Settings(**{spec.name: value})


def test_a_switch_is_no_number_and_a_number_no_switch():
    with pytest.raises(SettingsError):
        Settings(beams=True)
    with pytest.raises(SettingsError):
        Settings(allow_private_links=1)


def test_a_whole_number_will_do_for_seconds():
    assert Settings(fetch_seconds=3).fetch_seconds == 3


def test_settings_from_a_file(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text("beams = 2\nallow_private_links = true\n", encoding="utf-8")
    assert Settings.from_toml(path) == Settings(beams=2, allow_private_links=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"beams = ", "not TOML"),
        (b"\xff\xfe\x00", "not TOML"),
        (b"beems = 4\n", "unknown setting: beems"),
        (b"beams = 99\n", "out of range"),
        (b"beams = nan\n", "must be int"),
        (b'beams = "4"\n', "must be int"),
        (b"[beams]\nx = 1\n", "must be int"),
    ],
)
def test_a_bad_file_is_a_settings_error_with_a_hint(tmp_path, content, message):
    path = tmp_path / "s.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=message) as caught:
        Settings.from_toml(path)
    assert caught.value.hint


def test_a_missing_file_is_a_settings_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot read"):
        Settings.from_toml(tmp_path / "none.toml")


def test_not_a_number_is_out_of_every_range():
    with pytest.raises(SettingsError, match="fetch_seconds"):
        Settings(fetch_seconds=float("nan"))


def test_the_fingerprint_follows_the_values():
    assert Settings().fingerprint() == Settings().fingerprint()
    assert Settings().fingerprint() != Settings(beams=3).fingerprint()
    assert len(Settings().fingerprint()) == 12
