"""The names of newspapers: what may be one, and whether a line is nothing else."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PARTS = re.compile(r"\s+[|•·/>–—-]+\s+|\s{2,}|\s//")
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL = frozenset({"of", "the", "and"})


@cache
def _words() -> dict[str, frozenset[str]]:
    """The sections of ``data/outlets.txt``."""
    sections: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("data", "outlets.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.update(line.split("|") if "|" in line else line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def may_name(name: str) -> bool:
    """Whether a name can be an outlet's: not an agency's, whose copyright stands everywhere, nor an owner's."""
    known = _words()
    lower = name.strip().lower()
    if lower in known["never"] or lower in known["agency"] or len(lower) < 3:
        return False
    return not any(word in known["company"] for word in _LETTERS.findall(lower) if word not in _SMALL)


def name_in(line: str) -> str | None:
    """The outlet's name that a line begins with, before any bar or wide gap."""
    name = re.sub(r"\s*\d+(?:\.\d+)?$", "", _PARTS.split(line[:100])[0].strip())
    words = _LETTERS.findall(name)
    capital = all(word[0].isupper() or word in _SMALL for word in words)
    if 2 <= len(words) <= 5 and capital and _words()["paper"] & {word.lower() for word in words}:
        return name.title() if name.isupper() else name
    return None


def is_masthead(line: str) -> bool:
    """Whether a line is an outlet's name and nothing else."""
    return name_in(line) == line or (line.isupper() and name_in(line) is not None and len(_PARTS.split(line)) == 1)
