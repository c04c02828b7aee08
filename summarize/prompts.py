"""Find and render the prompt templates: plain text for a model, from ``prompts/`` or from the wheel."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarize.errors import PromptError

_SUFFIX = ".j2"


def render(name: str, **variables: Any) -> str:
    """The prompt ``name`` (a template's file name without ``.j2``), filled with ``variables``.

    Raises:
        PromptError: there is no such template, a variable is missing, or the template fails.
    """
    try:
        return _environment().get_template(name + _SUFFIX).render(**variables)
    except TemplateNotFound as error:
        raise PromptError(f"there is no prompt {name!r}", hint=f"Known prompts: {', '.join(names())}.") from error
    except (TemplateError, TypeError, AttributeError, ValueError) as error:
        raise PromptError(
            f"prompt {name!r}: {error}", hint="prompts/README.md lists each prompt's variables."
        ) from error


def names() -> list[str]:
    """The names that ``render`` knows, sorted."""
    return sorted(path.stem for path in folder().glob("*" + _SUFFIX))


def fingerprint() -> str:
    """Twelve hex digits that change when any template does."""
    digest = hashlib.sha256()
    for name in names():
        # Line ends may differ between checkouts, and Jinja2 reads them all alike.
        text = (folder() / (name + _SUFFIX)).read_text(encoding="utf-8")
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]


@cache
def folder() -> Path:
    """Where the templates lie: inside an installed package, or beside the package in a checkout.

    The package's own folder comes first: ``prompts`` next to an installed package could be anybody's.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "prompts_data", package.parent / "prompts"):
        if (candidate / f"shipped{_SUFFIX}").is_file():
            return candidate
    raise PromptError("the prompt templates are missing", hint="Install the package again, or check out `prompts/`.")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder()),
        undefined=StrictUndefined,
        autoescape=False,  # plain text for a tokenizer, never a page
        keep_trailing_newline=False,
    )
