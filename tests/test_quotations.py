"""Quotations are found in any quote style, and apostrophes open none."""

import time

import pytest

from summarize.language.quotations import find_wording, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and "they stay".', ["we go", "they stay"]),
        ("“We go,” he said. “They stay.”", ["We go,", "They stay."]),
        ("Blinken says ‘Invasion is underway’", ["Invasion is underway"]),
        ("Court: 'no case to answer' in Smith's 'fraud' trial", ["no case to answer", "fraud"]),
        ("It didn't rain in the workers' village", []),
        ("The '90s weren't dull", []),
        ("“never closes\nnext “ok” one", ["never closes", "ok"]),
        ("«Bon» and „gut“", ["Bon", "gut"]),
        ("", []),
    ],
)
def test_quotations(text, expected):
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_wording_is_found_whatever_its_marks():
    text = "“It’s the  invasion,” he said."
    start, end = find_wording("it's the invasion.", text)
    assert text[start:end] == "It’s the  invasion"


def test_other_wording_is_not_found():
    assert find_wording("the invasions", "the invasion") is None
    assert find_wording("", "anything") is None


@pytest.mark.parametrize("text", ['"' * 1_000_000, "‘a" * 400_000, "a' " * 300_000, "“" * 1_000_000])
def test_hostile_input_is_read_in_linear_time(text):
    started = time.perf_counter()
    quotations(text)
    assert time.perf_counter() - started < 5
