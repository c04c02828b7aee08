"""The sentences of a model's answer: short texts in the words of sentences that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.lexicon import entries
from summarize.language.quotations import quotations

_LINE = re.compile(r"\s*(?:<n>|\n)\s*")
_END = re.compile(r"(?P<word>\S*[.!?])(?P<close>[”\"’')\]]*)\s+(?=(?P<next>[^\s.,;:!?)\]]))")
_ABBREVIATED = re.compile(r"(\S+\.)\s+(?=[^\s.,;:!?)\]])")
_INITIAL = re.compile(r"^[^\W\d_]\.$|^(?:[^\W\d_]\.){2,}$")


def sentences(text: str, known: Sequence[str] = ()) -> list[str]:
    """The answer's sentences, in order, as they stand; no end inside a quotation.

    ``known`` are whole sentences that the answer took its words from: a word with a full stop in the midst of one is an
    abbreviation. Whatever ends a line ends a sentence, too.
    """
    short = _abbreviations(known)
    return [sentence for line in _LINE.split(text) for sentence in _split(line.strip(), short) if sentence]


def ended(sentence: str) -> bool:
    """Whether a sentence has its full stop, or another mark that ends one."""
    return re.search(r"[.!?][”\"’')\]]*$", sentence) is not None


def _split(text: str, short: frozenset[str]) -> list[str]:
    quoted = quotations(text)
    found, start = [], 0
    for match in _END.finditer(text):
        word = match["word"].lstrip("“\"‘'([")
        inside = any(left <= match.start("close") - 1 and match.end("close") < right for left, right in quoted)
        goes_on = match["next"].islower() if match["close"] else word.lower() in short or _INITIAL.match(word)
        if not inside and not goes_on:
            found.append(text[start : match.end("close")])
            start = match.end()
    return [*found, text[start:]]


def _abbreviations(known: Sequence[str]) -> frozenset[str]:
    """The listed ones, and the words that stand with a full stop inside one of the known sentences."""
    found = {f"{word}." for word in entries("abbreviations")}
    for text in known:
        for start, end in quotations(text):
            text = text[:start] + "_" * (end - start) + text[end:]
        found |= {word.lower().lstrip("“\"‘'([") for word in _ABBREVIATED.findall(text)}
    return frozenset(found)
