"""Neutral wording: loaded words outside quotations, and the plain words that may stand in for them.

The lexicon ``data/loaded.txt`` is general: report verbs that judge, words that dramatise, partisan labels. Where an
entry has a substitute that fits any sentence, ``neutralise`` puts it in and says so; where it has none, a sentence
that uses the word is written another way or left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.language.lexicon import lines
from summarize.language.quotations import quotations

_PACKAGE = "summarize.writing"
_SHOUTED = re.compile(r"\b(?:[A-Z]{4,}\s+){1,}[A-Z]{4,}\b")
_BESIDE = " “"  # ends an entry that counts beside a quotation alone: "stormed", but not "police stormed the building"
_LITERAL = re.compile(
    r"\b(?:slam|slash|blast|crash|rip|tear|hit|bang)\w*\W+(?:\w+\W+){0,2}(?:doors?|brakes?|lids?|gates?|windows?|shut|tyres?|tires?)\b(?!\s+on\b)",
    re.IGNORECASE,
)
"""Loaded words that mean what they say: "slammed the door"."""
_MARKED = re.compile(r"!(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Substitution:
    """A loaded word and the plain one that replaced it."""

    loaded: str
    plain: str


def loaded_words(text: str) -> tuple[str, ...]:
    """The loaded words and phrases in a text, quotations left out, as they stand there and in order."""
    return tuple(text[start:end] for start, end, _ in _found(text))


def neutralise(text: str) -> tuple[str, tuple[Substitution, ...]]:
    """The text with every loaded word that has a substitute replaced, and the list of what was replaced."""
    made: list[Substitution] = []
    for start, end, plain in reversed(_found(text)):
        if plain:
            fitted = plain[0].upper() + plain[1:] if text[start].isupper() else plain
            made.append(Substitution(text[start:end], fitted))
            text = _article_fixed(text[:start], fitted) + fitted + text[end:]
    return text, tuple(reversed(made))


def loadedness(text: str) -> float:
    """Loaded words, capitals and exclamation marks outside quotations, for each word of the text: 0 is neutral."""
    words = len(text.split())
    outside = _outside(text)
    marks = len(_SHOUTED.findall(outside)) + len(_MARKED.findall(outside))
    return (len(_found(text)) + marks) / words if words else 0.0


@lru_cache(maxsize=4096)
def _found(text: str) -> tuple[tuple[int, int, str], ...]:
    pattern, substitutes = _lexicon()
    outside = _outside(text)
    literal = {match.start() for match in _LITERAL.finditer(outside)}
    return tuple(
        (match.start(), match.end(), substitutes.get(re.sub(r"\s+", " ", match.group().lower()), ""))
        for match in pattern.finditer(outside)
        if match.start() not in literal
    )


def _outside(text: str) -> str:
    """The text with the words of its quotations blotted out, offsets kept."""
    for start, end in quotations(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _article_fixed(before: str, word: str) -> str:
    """ "a" or "an" in front of a substitute, as its first letter asks."""
    match = re.search(r"\b(a|an)\s$", before, re.IGNORECASE)
    if match is None:
        return before
    fitting = "an" if word[0].lower() in "aeiou" else "a"
    return before[: match.start()] + (fitting.capitalize() if match[1][0].isupper() else fitting) + " "


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, str]]:
    substitutes: dict[str, str] = {}
    parts: list[str] = []
    for line in lines("loaded", _PACKAGE):
        word, _, plain = (part.strip() for part in line.partition(":"))
        spoken = word.endswith(_BESIDE)
        word = word.removesuffix(_BESIDE)
        substitutes[word] = plain
        escaped = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace(r"\-", r"[-\s]?")
        escaped = escaped.replace(r"\s+\*\s+", r"\s+(?:\S+\s+){1,3}")
        whole = escaped + (r"\w*" if word.endswith("*") else "")
        parts.append(rf"(?:(?<=[”\"’']\s){whole}|{whole}(?=[,:]?\s*[“\"‘']))" if spoken else whole)
    parts.sort(key=lambda part: (-len(part), part))
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?![\w])", re.IGNORECASE), substitutes
