"""Whether a text is in English, the one language that the stages after reading understand."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from summarize.settings import Settings

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_LETTERS = 5_000
"""Characters of a text that are looked at: a page is in one language."""


@cache
def _function_words() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("data", "function_words.txt").read_text(encoding="utf-8")
    rows = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return {language: frozenset(words.split()) for language, _, words in rows}


def is_english(text: str, settings: Settings) -> bool:
    """Whether a text is, as far as its script and its function words tell; a short one is given the benefit of doubt."""
    sample = text[:_LETTERS]
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < settings.language_words:
        # A script without spaces makes few words of many letters.
        return sum(map(len, words)) < 10 * settings.language_words or _latin(words) > 0.5
    if _latin(words) <= 0.5:
        return False
    shares = {name: sum(word in own for word in words) / len(words) for name, own in _function_words().items()}
    english = shares.pop("english")
    return english >= settings.language_share or (english > 0.05 and english >= max(shares.values()))


def _latin(words: list[str]) -> float:
    """Share of the letters that are Latin ones."""
    letters = sum(map(len, words))
    return sum(len(word) for word in words if _LATIN.fullmatch(word)) / letters if letters else 1.0
