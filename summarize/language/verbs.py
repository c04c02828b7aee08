"""Finite verbs: whether words hold one, so that a stretch of text can be a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from summarize.language.lexicon import entries, groups

_PAST = re.compile(r"(?!hundred|sacred|naked|wicked|rugged|beloved)[a-z]{2,}[^e\W-]ed|(?:agr|fr|guarant)eed")
_CONTRACTED = re.compile(r"[a-z]+(?:n['’]t|['’](?:re|ve|ll|d|m))")


def is_finite(words: Iterable[str]) -> bool:
    """Whether one of the words looks like a finite verb: by a list of forms, or by its ending in -ed."""
    return any(is_verb(word) for word in words)


def is_verb(word: str) -> bool:
    """Whether a word looks like a finite verb form."""
    folded = word.lower().strip('.,;:!?"“”()')
    return folded in _forms() or _PAST.fullmatch(folded) is not None or _CONTRACTED.fullmatch(folded) is not None


@cache
def _forms() -> frozenset[str]:
    irregular = {form for form, base in groups("irregular").items() if form != base and not form.endswith(("n", "ing"))}
    nouns = {
        "men",
        "women",
        "children",
        "persons",
        "feet",
        "crises",
        "wives",
        "lives",
        "knives",
        "halves",
        "buses",
        "gases",
    }
    participles = {"gone", "done", "begun", "sunk", "swum", "been"}
    return (entries("verbs") | (irregular - nouns)) - participles
