"""Words: tokens with offsets, stems that agree across inflection and spelling, and the words that carry content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summarize.language.lexicon import entries, groups, lines

if TYPE_CHECKING:
    from nltk.stem.api import StemmerI

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\S"
)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_SPACE = re.compile(r"\s+")
_OUR = re.compile(r"^(\w{3,})our(s|ed|ing|er|ers|hood|hoods|able|al|y)?$")
_ISE = re.compile(r"^(\w{3,})is(e|es|ed|ing|ation|ations|er|ers)$")
_COUNTRY = re.compile(r"\bUS\b")  # lower case, it would be a pronoun
_HYPHENATED = {"20", "30", "40", "50", "60", "70", "80", "90"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: ``text == source[start:end]``."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def tokenize(text: str) -> tuple[Token, ...]:
    """Words (with inner apostrophes), numbers (with inner commas and points), dotted acronyms and single marks."""
    return tuple(Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text))


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces, no diacritics: for comparing, never for offsets."""
    return _SPACE.sub(" ", plain(text.translate(_STRAIGHT))).lower().strip()


def plain(text: str) -> str:
    """The text without diacritics."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word: "cancelled", "canceled" and "cancels" agree, so do "harbour" and "harbor"."""
    folded = fold(word).replace(".", "")
    folded = re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", folded)
    if not folded.isalpha():
        return folded
    folded = groups("spelling").get(folded, folded)
    folded = _OUR.sub(r"\1or\2", folded)
    folded = _ISE.sub(r"\1iz\2", folded)
    folded = groups("irregular").get(folded, folded)
    return str(_stemmer().stem(folded))


@lru_cache(maxsize=16384)
def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry content; numbers as digits, however they are written."""
    found: set[str] = set()
    tokens = [match.group() for match in _TOKEN.finditer(fold(_COUNTRY.sub("U.S.", text)))]
    skip = False
    for index, token in enumerate(tokens):
        if skip or not token[0].isalnum():
            skip = skip and token == "-"
            continue
        number = number_words().get(token)
        if number is not None:
            unit = _unit_after(tokens, index) if number in _HYPHENATED else None
            found.add(str(int(number) + int(unit)) if unit else number)
            skip = unit is not None
        elif token[0].isdigit():
            found.add(token.replace(",", ""))
        elif token not in stopwords():
            found.add(stem(token))
    return frozenset(found - {""})


def _unit_after(tokens: list[str], index: int) -> str | None:
    if tokens[index + 1 : index + 2] != ["-"] or index + 2 >= len(tokens):
        return None
    value = number_words().get(tokens[index + 2])
    return value if value is not None and len(value) == 1 and value != "0" else None


@cache
def stopwords() -> frozenset[str]:
    """Function words and report verbs, lower case."""
    return entries("stopwords")


@cache
def common_words() -> frozenset[str]:
    """Words that are in news of any topic, lower case."""
    return entries("common")


@cache
def number_words() -> dict[str, str]:
    """Cardinal words with their value in digits."""
    return dict(line.split() for line in lines("number_words"))


@cache
def _stemmer() -> StemmerI:
    # NLTK takes a second or two to import; what needs no stems should not wait for it.
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()
