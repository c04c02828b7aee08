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


def without_company(name: str) -> str:
    """The name without the owner's legal form at its end: ``The Liffey Times`` of ``The Liffey Times DAC``."""
    return re.sub(r"(?:,? (?:Ltd|Limited|Inc|LLC|LLP|DAC|PLC|plc|GmbH|Pty|Co|Corp|SA|AG|BV))+\.?$", "", name)


def first_part(line: str) -> str:
    """What stands in a line before any bar, wide gap or colon, without an edition's number."""
    return re.sub(
        r"\s*\d+(?:\.\d+)?$", "", _PARTS.split(line[:100])[0].partition(": ")[0].removesuffix(" in English").strip()
    )


def is_capitalised(name: str) -> bool:
    """Whether every word but the small ones has a capital, and there are no more than five."""
    words = _LETTERS.findall(name)
    return 0 < len(words) <= 5 and all(word[0].isupper() or word in _SMALL for word in words)


def is_section(name: str) -> bool:
    """Whether all words of a name are those of sections: World News, Live TV."""
    return {word.lower() for word in _LETTERS.findall(name)} <= _words()["section"]


def reads_as_name(name: str) -> bool:
    """Whether a stretch of a line is written as an outlet's name is, and is none of what looks like one."""
    return is_capitalised(name) and may_name(name) and not is_section(name)


def name_in(line: str) -> str | None:
    """The outlet's name that a line begins with, before any bar, wide gap or colon."""
    name = first_part(line)
    words = [word.lower() for word in _LETTERS.findall(name)]
    if len(words) < 2 or not _words()["paper"] & set(words) or not reads_as_name(name):
        return None
    return name.title() if name.isupper() else name


def is_masthead(line: str) -> bool:
    """Whether a line is an outlet's name and nothing else."""
    return name_in(line) == line or (line.isupper() and name_in(line) is not None and len(_PARTS.split(line)) == 1)
