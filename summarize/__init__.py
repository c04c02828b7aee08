"""Several articles about one event in; a neutral, attributed summary out.

    from summarize import Article, summarize

    summary = summarize([Article(text=page_1, outlet="The Week"), page_2])

The names below are the public ones. Each is imported when first used, so that ``import summarize`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.errors import (
        GenerationError,
        InputError,
        ModelUnavailableError,
        PromptError,
        SettingsError,
        SummarizeError,
    )
    from summarize.pipeline import summarize
    from summarize.settings import Settings
    from summarize.types import (
        Article,
        Discrepancy,
        Dropped,
        Fact,
        Quote,
        Source,
        Span,
        Summary,
        SummarySentence,
        Superseded,
        Value,
        Variant,
    )

__version__ = "0.1.0"

__all__ = [
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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "errors" if name.endswith("Error") else {"summarize": "pipeline", "Settings": "settings"}.get(name, "types")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
