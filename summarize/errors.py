"""The package's errors: one root, a hint on every branch.

    SummarizeError                      anything this package raises on purpose; ``.hint`` says what to do
    |- InputError (ValueError)          articles that cannot be read, or are no articles
    |- SettingsError (ValueError)       an unknown setting, or a value out of its range
    |- PromptError                      a prompt template that is missing or cannot be rendered
    |- ModelUnavailableError (OSError)  weights that are not there, or cannot be loaded
    `- GenerationError                  a model that was loaded and failed while writing

Weak evidence is no error: it is data (``Summary.warnings``, ``Fact.status``).
"""

from __future__ import annotations


class SummarizeError(Exception):
    """Root of the package's errors; ``hint`` is a sentence on what the caller can do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(SummarizeError, ValueError):
    """The articles cannot be read, or what was read holds no article."""


class SettingsError(SummarizeError, ValueError):
    """A setting is unknown, of the wrong type, or out of its range."""


class PromptError(SummarizeError):
    """A prompt template is missing or cannot be rendered."""


class ModelUnavailableError(SummarizeError, OSError):
    """A model's files are missing, corrupt, or out of reach without a network."""


class GenerationError(SummarizeError):
    """A loaded model failed while writing."""
