"""Numerals: numbers in digits, in words, as shares and as "dozens", found in running text."""

from __future__ import annotations

import math
import re

from summarize.language.lexicon import alternatives, lines
from summarize.language.words import number_words

_POWERS = ["hundred", "thousand", "million", "billion", "trillion", "dozen", "lakh", "crore"]
_PLAIN = alternatives([word for word in number_words() if word not in _POWERS])
_SCALE = alternatives(_POWERS)
_AND = r"\s*-\s*|(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+|\s+"
_PHRASE = rf"(?:{_PLAIN}|an?(?=\s+{_SCALE}))(?:(?:{_AND})(?:{_PLAIN}|{_SCALE}))*|{_SCALE}\b(?=\s+\w)"
_HALF = rf"(?P<{{}}>\s+and\s+a\s+half(?:\s+(?:{_SCALE}))?)?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_DURATION = "minute|hour|day|week|fortnight|month|year|decade"
CURRENCIES = {
    sign: code
    for line in lines("currencies")
    for code, _, rest in [line.partition(":")]
    for sign in rest.replace(" ", "").split(",")
}
_SIGN = alternatives(list(CURRENCIES))
NUMBER = re.compile(
    rf"(?<![\w.,$€£])(?P<sign>{_SIGN}\s?)?(?P<minus>[-−](?=\d))?(?P<digits>{_DIGITS})(?![\d])"
    rf"(?P<scale>\s?-?(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore|mn|bn|tn)\b(?!['’])|(?<=\d)[mbkMBK]\b)?{_HALF.format('digits_half')}"
    rf"|\bhalf\s+an?\s+(?P<half_of>{_SCALE})\b"
    r"|\b(?P<part>(?:a|one|two|three)[\s-](?:third|quarter|fifth|half|thirds|quarters|fifths)|half)"
    r"(?=\s+(?:of|the|its|his|their|a|an)\b)"
    rf"|\b(?P<words>{_PHRASE})\b{_HALF.format('words_half')}"
    rf"|\b(?P<one>an?)(?=\s+(?:{_DURATION})\b)"
    r"|\b(?P<many>dozens|scores|hundreds|thousands|(?:tens|hundreds)\s+of\s+thousands|millions|billions)\b(?:\s+of\b)?",
    re.IGNORECASE,
)
_SCALES = {"m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3}
MANY = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999), "hundreds of thousands": (200000, 999999),
    "millions": (2e6, 999e6), "billions": (2e9, 999e9),
}  # fmt: skip
_PARTS = {"third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "half": 50.0}


def value_of(match: re.Match[str]) -> float | None:
    """The number that a match of ``NUMBER`` in digits or words stands for."""
    if match["one"]:
        return 1.0
    if match["half_of"]:
        return 0.5 * float(number_words()[match["half_of"].lower()])
    half = match["words_half"] or match["digits_half"]
    value = _whole(match)
    return value if value is None or not half else _and_a_half(value, match["words"] or "", half)


def _and_a_half(value: float, words: str, half: str) -> float:
    """ "Six and a half lakh", "a million and a half"."""
    scale, last = half.split()[-1].lower(), re.split(r"[\s-]+", words.lower())[-1]
    if scale in _POWERS:
        return (value + 0.5) * float(number_words()[scale])
    return value + (0.5 * float(number_words()[last]) if last in _POWERS else 0.5)


def _whole(match: re.Match[str]) -> float | None:
    if match["words"]:
        return _spelled(match["words"])
    value = float(re.sub(r"[,\s]", "", match["digits"]))
    scale = (match["scale"] or "").strip(" -").lower()
    if scale:
        value *= _SCALES.get(scale) or float(number_words()[scale])
    return -value if match["minus"] else value


def _spelled(words: str) -> float | None:
    """ "Two hundred and five thousand" as a number."""
    total, group, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", words.lower()):
        if word in {"and", ""}:
            continue
        value = 1.0 if word in {"a", "an"} else float(number_words().get(word, "nan"))
        seen = True
        if value in {100, 12} and word in {"hundred", "dozen"}:
            group = (group or 1) * value
        elif value >= 1000:
            total, group = total + (group or 1) * value, 0.0
        else:
            group += value
    return total + group if seen and not math.isnan(total + group) else None


def share(words: str) -> float:
    """ "Two-thirds" or "half" in percent."""
    pieces = re.split(r"[\s-]+", words.lower())
    return {"two": 2, "three": 3}.get(pieces[0], 1) * _PARTS[
        pieces[-1] if pieces[-1] == "half" else pieces[-1].rstrip("s")
    ]
