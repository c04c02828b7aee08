"""The error tree is what its drawing says, and every error carries its hint."""

from __future__ import annotations

import pickle

import pytest

from summarize import errors
from summarize.errors import (
    GenerationError,
    InputError,
    ModelUnavailableError,
    PromptError,
    SettingsError,
    SummarizeError,
)

TREE = {
    InputError: ValueError,
    SettingsError: ValueError,
    PromptError: Exception,
    ModelUnavailableError: OSError,
    GenerationError: Exception,
}


@pytest.mark.parametrize("kind", TREE)
def test_each_error_is_a_summarize_error_and_its_builtin_kin(kind):
    error = kind("what went wrong", hint="what to do")
    assert isinstance(error, SummarizeError)
    assert isinstance(error, TREE[kind])
    assert str(error) == "what went wrong"
    assert error.hint == "what to do"


def test_the_drawing_names_every_error():
    defined = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert defined == {kind.__name__ for kind in TREE} | {"SummarizeError"}
    assert all(name in (errors.__doc__ or "") for name in defined)


def test_a_hint_is_not_required():
    assert SummarizeError("x").hint == ""


@pytest.mark.parametrize("kind", [SummarizeError, *TREE])
def test_errors_travel_between_processes(kind):
    error = pickle.loads(pickle.dumps(kind("message", hint="hint")))
    assert (type(error), str(error), error.hint) == (kind, "message", "hint")
