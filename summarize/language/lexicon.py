"""Language data: plain text files beside the code, one entry a line, ``#`` starts a comment."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def lines(name: str, package: str = "summarize.language") -> tuple[str, ...]:
    """The entries of ``data/<name>.txt`` of a package, in the file's order."""
    text = resources.files(package).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    stripped = (line.split("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


@cache
def entries(name: str, package: str = "summarize.language") -> frozenset[str]:
    """All white-space separated words of a data file."""
    return frozenset(word for line in lines(name, package) for word in line.split())


@cache
def groups(name: str, package: str = "summarize.language") -> dict[str, str]:
    """A data file of lines ``head: word, word ...`` as a map of every word (and the head) to its head."""
    table: dict[str, str] = {}
    for line in lines(name, package):
        head, _, rest = line.partition(":")
        for word in [head, *rest.split(",")]:
            if word.strip():
                table[word.strip()] = head.strip()
    return table


def alternatives(words: frozenset[str] | tuple[str, ...] | list[str]) -> str:
    """A regular expression for any of the words, longest first, a space standing for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered) + ")"


def any_of(phrases: str) -> re.Pattern[str]:
    """Matches any of the phrases, which commas part, as whole words."""
    words = "|".join(re.escape(phrase.strip()) for phrase in phrases.split(","))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
