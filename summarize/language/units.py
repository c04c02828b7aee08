"""Units: what a number measures or counts, read from the words behind it."""

from __future__ import annotations

import re
from functools import cache

from summarize.language.lexicon import alternatives, entries, lines
from summarize.language.words import stem

_NOUN_PATH = re.compile(r"[\s-]+([^\W\d_]+(?:['’]s)?)")
_OF = re.compile(r"^\s+of\s+(?:the|its|his|her|their|our|those|these|them|it)?\b", re.IGNORECASE)
_ABBREVIATION = 3  # letters: "six ft" is read as it stands, behind an adjective it may be a word
_VERBAL = re.compile(r"(?:ed|ing)$", re.IGNORECASE)


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    table: dict[str, tuple[str, float]] = {}
    for line in lines("units"):
        head, _, rest = line.partition(":")
        base, factor = head.split()
        for word in rest.split(","):
            table[word.strip()] = (base, float(factor))
    return re.compile(
        rf"[\s-]?(?P<unit>{alternatives(list(table))})(?![\w/])|[\s-]?(?P<sign>%|°[CF]?)", re.IGNORECASE
    ), table


@cache
def bases() -> frozenset[str]:
    """Base units of measures: kilometres, tonnes, currencies, percent ..."""
    return frozenset(base for base, _ in _table()[1].values())


@cache
def persons() -> frozenset[str]:
    """Stems of the nouns that count people."""
    return frozenset(stem(word) for word in entries("persons")) | {"people"}


def unit_after(after: str) -> tuple[str, float]:
    """The unit that follows a number, with the factor to its base; else the counted noun; else ``""``."""
    pattern, table = _table()
    match = pattern.match(after)
    if match:
        word = re.sub(r"\s+", " ", (match["unit"] or match["sign"]).lower())
        if word in table and not (word in {"m", "c", "f", "t"} and not after[:1].isalpha() and after[:1] != " "):
            return table[word]
    noun = _counted(after)
    return table[noun] if noun in table and len(noun) > _ABBREVIATION else (_as_unit(noun), 1.0)


def measure_after(after: str) -> str:
    """The words of the measure that follows a number, as the page has them: "nautical miles"; else ``""``."""
    match = _table()[0].match(after)
    return match.group() if match and match["unit"] else ""


def counted(after: str) -> str:
    """The stem of the noun that a number counts, ``"people"`` for people of no particular kind; else ``""``."""
    return _as_unit(_counted(after))


def _as_unit(noun: str) -> str:
    return noun if noun == "people" else stem(noun) if noun else ""


def _counted(after: str) -> str:
    """The noun a number counts: the first plural within four words, nothing in between but adjectives."""
    of = _OF.match(after)
    where, last = (of.end() if of else 0), ""
    for _ in range(4):
        match = _NOUN_PATH.match(after, where)
        if match is None or match[1].lower() in entries("not_counted"):
            break
        word = match[1].lower()
        if word in entries("people"):
            return "people"
        if word in entries("collectives") or _plural(word):
            follows = _NOUN_PATH.match(after, match.end())
            more = follows[1].lower() if follows else ""
            if (
                more
                and more not in entries("not_counted")
                and (_plural(more) and not _VERBAL.search(more))
                and more not in entries("people")
            ):
                where = match.end()
                continue
            return word
        last, where = last or word, match.end()
    return ""


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
