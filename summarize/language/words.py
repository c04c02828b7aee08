"""Words: tokens with offsets, stems that agree across inflection and spelling, and the words that carry content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.language.lexicon import entries, groups, lines

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


def tokenize(text: str) -> list[Token]:
    """Words (with inner apostrophes), numbers (with inner commas and points), dotted acronyms and single marks."""
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


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
    return _porter(folded)


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
def number_words() -> dict[str, str]:
    """Cardinal words with their value in digits."""
    return dict(line.split() for line in lines("number_words"))


# M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980: [C](VC)^m[V].
_STEPS_2_3 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "abli": "able", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = tuple("ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic ou".split())


def _shape(word: str) -> str:
    """The word as a string of ``c`` and ``v``."""
    shape = ""
    for index, char in enumerate(word):
        vowel = char in "aeiou" or (char == "y" and index > 0 and shape[-1] == "c")
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    return len(re.findall("v+c", _shape(word)))


def _porter(word: str) -> str:
    if len(word) <= 2:
        return word
    word = _step_1(word)
    for table in (_STEPS_2_3, _STEP_3):
        word = _replace(word, table)
    word = _step_4(word)
    if word.endswith("e"):
        bare = word[:-1]
        if _measure(bare) > 1 or (_measure(bare) == 1 and not _short(bare)):
            word = bare
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word


def _step_1(word: str) -> str:
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    word = _past(word) if not word.endswith("eed") else word[:-1] if _measure(word[:-3]) > 0 else word
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    return word


def _past(word: str) -> str:
    for suffix in ("ed", "ing"):
        bare = word.removesuffix(suffix)
        if bare != word and "v" in _shape(bare):
            if bare.endswith(("at", "bl", "iz")):
                return bare + "e"
            if len(bare) > 1 and bare[-1] == bare[-2] and bare[-1] not in "aeioulsz":
                return bare[:-1]
            return bare + "e" if _measure(bare) == 1 and _short(bare) else bare
    return word


def _short(word: str) -> bool:
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _replace(word: str, table: dict[str, str]) -> str:
    for suffix in sorted(table, key=len, reverse=True):
        if word.endswith(suffix):
            bare = word.removesuffix(suffix)
            return bare + table[suffix] if _measure(bare) > 0 else word
    return word


def _step_4(word: str) -> str:
    for suffix in _STEP_4:
        if word.endswith(suffix):
            bare = word.removesuffix(suffix)
            if suffix == "ion" and not bare.endswith(("s", "t")):
                return word
            return bare if _measure(bare) > 1 else word
    return word
