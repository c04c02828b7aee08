"""Attribution in prose: who reports a single-source fact, who said what is only said, and where sources differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.lexicon import entries
from summarize.language.names import names
from summarize.language.words import content_words, stopwords
from summarize.writing.evidence import Evidence

_NAMED = 2  # outlets named one by one; more become "and N others"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SINGLE = ("Only {outlet} reports that {clause}.", "According to {outlet}, {clause}.", "{sentence}, {outlet} reports.")


def spoken(sentence: str, speaker: str) -> str:
    """The sentence put in its speaker's mouth: "Talks are over, Blinken said."; as it is where it names the speaker."""
    if content_words(speaker) & content_words(sentence) - stopwords():
        return sentence
    return f"{opened(sentence)}, {inside(speaker)} said."


def single(sentence: str, evidence: Sequence[Evidence], turn: int, *, alone: bool = False) -> str:
    """A sentence of too few sources with its outlet named, in one of three ways by ``turn``; ``alone``: no other source.

    Where it takes three sources, it may have two: both are named.
    """
    clause = lowered(opened(sentence), evidence)
    forms = _SINGLE[1:] if alone else _SINGLE
    by_group = {item.group: item.outlet for item in reversed(evidence)}
    outlet = outlets([by_group[group] for group in dict.fromkeys(item.group for item in evidence)])
    if len(by_group) > 1 or sentence.startswith(("“", '"', "‘")) or "; " in sentence:
        return f"According to {outlet}, {clause}."
    return forms[turn % len(forms)].format(outlet=outlet, clause=clause, sentence=opened(sentence))


def outlets(found: Sequence[str]) -> str:
    """Outlets as a list in prose: "A", "A and B", "A and two others"."""
    unique = list(dict.fromkeys(found))
    if len(unique) <= _NAMED:
        return " and ".join(unique)
    rest = len(unique) - 1
    return f"{unique[0]} and {counted(rest)} others"


def counted(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def reports(found: Sequence[str], singular: str = "reports", plural: str = "report") -> str:
    """The verb that agrees with a list of outlets."""
    return singular if len(set(found)) == 1 else plural


def lowered(clause: str, evidence: Sequence[Evidence]) -> str:
    """A sentence's words as they stand inside another sentence: the first one in lower case unless it is a name."""
    match = re.match(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", clause)
    if match is None:
        return clause
    word = match.group()
    if len(word) > 1 and word.isupper():
        return clause
    common = word.lower() in entries("sentence_starters") or word.lower() in stopwords()
    seen = any(re.search(rf"\b{re.escape(word.lower())}\b", item.sentence) for item in evidence)
    if not common and not seen:
        return clause
    if common and any(name.start == 0 and " " in name.text for name in names(clause)) and not seen:
        return clause
    return word[0].lower() + clause[1:]


def inside(speaker: str) -> str:
    """A speaker as named inside a sentence: "The coast guard" becomes "the coast guard"."""
    match = re.match(r"(The|A|An|One|His|Her|Its|Their|Local|Several|Some|Two|Officials|Police|Residents)\b", speaker)
    return speaker[0].lower() + speaker[1:] if match else speaker


def opened(sentence: str) -> str:
    """The sentence without its full stop, so that more can follow; an abbreviation keeps its point."""
    text = re.sub(r"\.([”\"’])$", r"\1", sentence.strip())
    return text if re.search(r"(?:\b\w\.){2,}$", text) else text.removesuffix(".")
