"""Words as the writer's vocabulary has them: units of a text, the closed list, and the forms of a word."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

# A number with what is written to it, an abbreviation with its full stops, a word with its apostrophes and hyphens, or
# one other sign. A short word whose full stop is followed by more of the same claim is an abbreviation ("mr. ", "sept. ").
_UNIT = re.compile(
    r"[$£€]?\d\w*(?:[.,:/-]\w+)*%?|(?:[^\W\d_]\.){2,}|[^\W\d_]\w{0,4}\.(?=\s+[^\s\"])|\w+(?:['-]\w+)*|[^\w\s]"
)
_DASHES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
ENDINGS = ("s", "es", "d", "ed", "ing", "ies", "ied")


def _lists(name: str) -> list[list[str]]:
    text = (files("summarize.models") / "data" / name).read_text(encoding="utf-8")
    return [words for line in text.splitlines() if (words := line.split("#")[0].split())]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The closed list: function words and report verbs, lower case."""
    return frozenset(word for line in _lists("function_words.txt") for word in line)


@lru_cache(maxsize=1)
def irregular_forms() -> dict[str, frozenset[str]]:
    """Each irregular form with all the forms of its word."""
    found: dict[str, frozenset[str]] = {}
    for line in _lists("irregular_forms.txt"):
        for word in line:
            found[word] = found.get(word, frozenset()) | frozenset(line)
    return found


def units(text: str) -> list[str]:
    """Words, numbers and signs of a text, straight quotation marks and hyphens throughout."""
    return _UNIT.findall(text.translate(_DASHES))


def inflections(word: str) -> set[str]:
    """Forms of a lower-case word: the irregular ones, or regular endings put on and taken off.

    Some are no words ("holded"): the caller keeps those that its tokenizer knows as one piece.
    """
    if word in irregular_forms():
        return set(irregular_forms()[word])
    if not word.isalpha() or len(word) < 3:
        return set()
    bases = {word}
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word.removesuffix(ending)
            bases |= {base, f"{base}e"} | ({f"{base}y"} if ending in ("ies", "ied") else set())
            if base[-1] == base[-2]:
                bases.add(base[:-1])
    forms = set(bases)
    for base in bases:
        forms |= {f"{base}{ending}" for ending in ENDINGS[:5]} | {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"}
        if base.endswith("e"):
            forms.add(f"{base[:-1]}ing")
        if base.endswith("y"):
            forms |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    return forms


def same_words(left: str, right: str) -> bool:
    """The texts differ, if at all, in the forms of their words ("rises", "rise")."""
    pairs = list(zip(units(left), units(right), strict=False))
    return len(units(left)) == len(units(right)) and all(a == b or b in inflections(a) for a, b in pairs)
