"""Disagreements in prose: one checked sentence for a discrepancy, with each side's sources named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.dates import same_time, times
from summarize.language.numbers import quantities
from summarize.language.quotations import find_wording, quotations
from summarize.language.words import fold, number_words
from summarize.types import Discrepancy
from summarize.writing.attribute import counted, lowered, opened, outlets, reports
from summarize.writing.evidence import Evidence

_DEICTIC = re.compile(r"\b(?:today|tonight|yesterday|tomorrow|this|last|next|overnight)\b", re.IGNORECASE)
_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion|mn?|bn|per|percent|%)\b", re.IGNORECASE)
Side = tuple[str, tuple[Evidence, ...]]


def differing(sentence: str, dispute: Discrepancy, evidence: Sequence[Evidence], others: Sequence[Side]) -> str | None:
    """The main side's sentence with the other values behind it.

    ``None`` where the sentence does not give the disputed value, or another value is not in its own evidence.

    "27 people were injured, according to four sources; Thyrna Notes gives 31."
    """
    kind, stem = dispute.kind, opened(sentence)
    if quotations(sentence) or not gives(sentence, dispute.values[0].value) or not _plain_case(sentence, kind):
        return None
    tails = []
    for value, items in others:
        if kind not in {"number", "date"} or _DEICTIC.search(value) or not any(printed(value, item) for item in items):
            return None
        who = [item.outlet for item in items]
        verb = reports(who, "gives", "give") if kind == "number" else reports(who, "says", "say")
        tails.append(f"{outlets(who)} {verb} {_inner(_shortened(value, stem))}")
    givers = [item for item in evidence if gives(item.text, dispute.values[0].value)] or list(evidence)
    voices = len({item.group for item in givers})
    names = list(dict.fromkeys(item.outlet for item in givers))
    if re.search(r"\b(?:said|says|according to)\b", stem):
        return f"{stem}; {'; '.join(tails)}."
    told = f"{counted(voices)} sources" if voices > 1 else outlets(names)
    return f"{stem}, according to {told}; {'; '.join(tails)}."


def opposed(first: str, second: str, evidence: Sequence[Evidence], other: Sequence[Evidence]) -> str:
    """Two statements that cannot both be true: "The Week reports that ..., while Responsible Statecraft reports that ..." """
    one, two = [item.outlet for item in evidence], [item.outlet for item in other]
    a, b = opened(first), opened(second)
    return (
        f"{_started(outlets(one))} {reports(one)} that {lowered(a, evidence)}, while "
        f"{outlets(two)} {reports(two)} that {lowered(b, other)}."
    )


def worded(discrepancy: Discrepancy, sides: Sequence[Sequence[Evidence]], speaker: str = "") -> str | None:
    """Two wordings of one quotation or name, each with its sources; ``None`` where a wording is not in its evidence."""
    values = [value.value.strip("“”\"'. ") for value in discrepancy.values[:2]]
    if len(sides) < 2 or not all(
        any(printed(value, item) for item in side) for value, side in zip(values, sides[:2], strict=True)
    ):
        return None
    one, two = [item.outlet for item in sides[0]], [item.outlet for item in sides[1]]
    if discrepancy.kind == "quote":
        whose = f"{speaker}'s words" if speaker else "The words"
        return f"{whose} are given as “{values[0]}” by {outlets(one)} and as “{values[1]}” by {outlets(two)}."
    return f"{_started(outlets(one))} {reports(one, 'writes', 'write')} {values[0]}, {outlets(two)} {values[1]}."


def gives(text: str, value: str) -> bool:
    """Whether a text gives a value, in the same words or as the same number or time: "27" and "twenty-seven"."""
    if find_wording(value, text) is not None:
        return True
    if any(q.low == other.low and q.high == other.high for q in quantities(value) for other in quantities(text)):
        return True
    return any(same_time(when, other) is True for when in times(value) for other in times(text))


def _plain_case(sentence: str, kind: str) -> bool:
    """Whether the sentence has one number (or time) only, so that a reader sees which one the others dispute."""
    if kind == "number":
        return len([q for q in quantities(sentence) if q.unit != "age"]) == 1
    return kind != "date" or len(times(sentence)) == 1


def printed(value: str, item: Evidence) -> bool:
    """Whether a value stands in the words of its evidence."""
    return find_wording(value, item.sentence) is not None or fold(value) in fold(item.text)


def _shortened(value: str, sentence: str) -> str:
    """A value without the noun it counts, where the sentence has the same: "12" for "12 barges", never for "12 million"."""
    number, _, rest = value.partition(" ")
    noun = rest.split()[-1].lower() if rest else ""  # "minutes" of "endless minutes"
    whole = _SCALE.match(rest) is not None or number[:1] in "$£€"
    return number if noun and not whole and noun in sentence.lower() and quantities(number) else value


def _inner(value: str) -> str:
    """A value as it stands inside a sentence: a number word, or a hedge in front of one, in lower case."""
    first = re.split(r"[\s-]", value)[0].lower()
    return value[0].lower() + value[1:] if first in number_words() or first in _HEDGES else value


_HEDGES = frozenset(
    "a an about some around nearly almost at over more fewer less up roughly several dozens half".split()
)


def _started(text: str) -> str:
    return text[:1].upper() + text[1:]
