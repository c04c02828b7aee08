"""Quantities: what a text counts or measures, with its unit, so that "37 miles" and "60 km" agree.

Not quantities: dates and clock times (``dates``), years, ordinals, scores, and numbers that are names ("Flight 370",
"No. 10"). Ages are quantities of the unit ``"age"``.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from summarize.language.dates import times
from summarize.language.lexicon import entries
from summarize.language.numerals import CURRENCIES, MANY, NUMBER, share, value_of
from summarize.language.units import bases, counted, persons, unit_after
from summarize.types import Quantity

_ABOUT = re.compile(
    r"\b(?:about|some|around|roughly|approximately|approx\.?|nearly|almost|close\s+to|estimated|estimates?|more\s+or\s+less|circa|"
    r"just\s+over|just\s+under|a\s+little\s+over|a\s+little\s+under|perhaps|maybe)\s+(?:a\s+|an\s+|of\s+)?$|[~≈]\s?$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:at\s+least|(?<!no\s)(?<!not\s)(?:more\s+than)|no\s+(?:fewer|less)\s+than|not\s+less\s+than|a\s+minimum\s+of|over|above|in\s+excess\s+of|upwards?\s+of|"
    r"exceed(?:s|ed|ing)?|topp?(?:s|ed|ing)?|well\s+over)\s+$|[>≥]\s?$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:up\s+to|as\s+many\s+as|no\s+more\s+than|not\s+more\s+than|at\s+most|under|less\s+than|fewer\s+than|below|a\s+maximum\s+of)\s+$|[<≤]\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^(?:\s+or\s+(?P<more>more|so|fewer|less)\b|(?P<odd>-odd)\b|(?P<plus>\+))", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)\b|^\s?(?:-|\s)(?:th|st)\b")
_ORDINAL_BEFORE = re.compile(r"\b(?:first|second|latter|other|better|top|bottom)\s+$", re.IGNORECASE)
_JOIN = re.compile(r"^\s?(?:[-–—]|\s(?:to|and)\s)\s?$")
_BETWEEN = re.compile(r"\bbetween\s+(?:\w+\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:\w+\s+)?$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"^[\s-]year[\s-]old|^\s+years?\s+(?:old|of\s+age)\b|^[\s-]month[\s-]old", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"\b(?:(?:aged|age|ages|turned)|(?:man|woman|boy|girl|youth|youngster|gentleman|lady|suspect|pupil|student|driver)\s+of)\s+$",
    re.IGNORECASE,
)
_LASTING_BEFORE = re.compile(
    r"\b(?:for|within|in|given|gave|gives?|giving|last(?:ed|s|ing)?|took|takes?|taking|than|after|about|almost|nearly|another|"
    r"under|over|least|spent)\s+$",
    re.IGNORECASE,
)
_LASTING_AFTER = re.compile(r"^\s+\w+\s+(?:of|later|to|before|in\s+(?:jail|prison|custody))\b", re.IGNORECASE)
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude[\s-](?:of\s+)?$", re.IGNORECASE)
_APPOSED = re.compile(r"[A-Z][\w'’.-]*,\s$")
_CLOSES = re.compile(r"^(?:,|\.(?:\s|$)|;|\)|\s(?:and|who|from|of|said|was|is)\b)")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|from|until|till|by|during|the|early|late|mid|before|after|to|and|year|spring|summer|autumn|winter|fall|"
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)[\s-]+$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([\w.'’-]+)\s+$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s+|[\"“‘(\n])$")
_FATE = re.compile(
    r"^\s+(?:were|was|are|is|have\s+been|had\s+been|has\s+been|remain(?:s|ed)?|died|perished|survived)"
    r"(?P<what>\s+(?:\w+ly\s+)?\w+(?:\s+(?:off\s+)?to\s+(?:an?\s+|the\s+)?(?:\w+\s+)?hospitals?)?)?",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(r"\bto\s+(?:an?\s+|the\s+)?(?:\w+\s+)?hospitals?$", re.IGNORECASE)
_ATTENDANCE = re.compile(
    r"\b(?:attendance|crowd)\s+(?:(?:was|of|is|at|reached|put)\s+){1,2}(?:\w+\s+){0,2}$", re.IGNORECASE
)
_NEAR = 0.03  # relative: pages round a converted figure to two digits
_ROUGH = (0.05, 0.15)  # relative: the least and the most that "about" covers


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every count, measure, amount of money, share and age in the text, in order."""
    taken = [(when.start, when.end) for when in times(text)]
    found: list[Quantity] = []
    for match in NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        read = _read(match, text)
        if read is not None:
            _append(found, read, text)
    return tuple(found)


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether both count or measure the same kind of thing, so that a difference would be a discrepancy."""
    if a.unit == b.unit:
        return True
    if {a.unit, b.unit} == {"°c", "°f"}:
        return True
    if "people" in {a.unit, b.unit}:
        other = b.unit if a.unit == "people" else a.unit
        return other == "" or other in persons()
    return "" in {a.unit, b.unit} and not {a.unit, b.unit} & (bases() | {"age"})


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether two comparable quantities can both be true: their ranges overlap, rounding and hedges allowed."""
    if not comparable(a, b):
        return False
    if a.unit != b.unit and "°f" in {a.unit, b.unit}:
        a, b = _celsius(a), _celsius(b)
    slack = _slack(a, b)
    return a.low - slack <= b.high and b.low - slack <= a.high


def _slack(a: Quantity, b: Quantity) -> float:
    figures = [abs(x) for x in (a.low, a.high, b.low, b.high) if math.isfinite(x)]
    largest = max(figures, default=0.0)
    if a.approximate or b.approximate:
        least, most = (share * largest for share in _ROUGH)
        steps = [_step(abs(q.low)) for q in (a, b) if q.approximate and math.isfinite(q.low)]
        return most if "%" in {a.unit, b.unit} or _dozens(a, b) else min(most, max(least, *steps, 0.0))
    exact = a.unit not in bases() or a.unit in {"%", *CURRENCIES.values()}
    if not exact:
        return _NEAR * largest
    rounded = largest >= 1000 and any(_rounds(x, y) for x in figures for y in figures if x != y)
    return _NEAR * largest if rounded else 1e-9 * largest


def _dozens(a: Quantity, b: Quantity) -> bool:
    """Whether one of two quantities is a rough count of a few dozens."""
    return any(q.approximate and q.low in (12, 24, 36, 48) for q in (a, b))


def _step(value: float) -> float:
    """The value of a figure's last digit that is not 0: 100 of 3,400."""
    digits = f"{value:.6g}" if value < 1e6 else f"{value:.0f}"
    if "." in digits or "e" in digits:
        return 0.0
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _rounds(value: float, other: float) -> bool:
    """Whether a figure of one or two digits is another, rounded: 8,000 for 8,143, never 310 for 301."""
    if value <= 0 or other <= 0:
        return False
    leading = 10.0 ** math.floor(math.log10(value))
    step = next((step for step in (leading, leading / 10) if round(value / step, 6).is_integer()), 0.0)
    return -step / 2 <= other - value < step  # some cut the digits off


def _celsius(quantity: Quantity) -> Quantity:
    if quantity.unit != "°f":
        return quantity
    low, high = ((value - 32) / 1.8 for value in (quantity.low, quantity.high))
    return Quantity(low, high, "°c", quantity.start, quantity.end, quantity.approximate)


def _read(match: re.Match[str], text: str) -> Quantity | None:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 80]
    if match["part"]:
        return None if _ORDINAL_BEFORE.search(before) else _share(match, after)
    if match["many"]:
        low, high = MANY[re.sub(r"\s+", " ", match["many"].lower())]
        unit, _ = unit_after(after)
        return Quantity(low, high, unit, match.start(), match.end(), approximate=True)
    value = value_of(match)
    if value is None or _no_quantity(match, value, before, after):
        return None
    if _is_age(match, before, after, value):
        return Quantity(value, value, "age", match.start(), match.end())
    if _MAGNITUDE_BEFORE.search(before) or re.match(r"[\s-]magnitude\b", after):
        unit, factor = "magnitude", 1.0
    elif match["scale"] == "m" and not match["sign"] and not counted(after):
        unit, factor = "km", 1e-9  # "200m" of nothing counted is a length
    elif match["sign"]:
        unit, factor = CURRENCIES.get(re.sub(r"\s", "", match["sign"]), "usd"), 1.0
    else:
        unit, factor = unit_after(after)
        if not unit and _of_people(before, after):
            unit = "people"
    low, high, approximate = _range(value * factor, before, after, match)
    return Quantity(low, high, unit, match.start(), match.end(), approximate)


def _of_people(before: str, after: str) -> bool:
    """Whether a number that counts no noun counts people: "Seventeen were injured", "an attendance of 41,200"."""
    if _ATTENDANCE.search(before):
        return True
    fate = _FATE.match(after)
    if fate is None:
        return False
    words = (fate["what"] or "").split()
    told = bool(words) and (words[-1].lower() in entries("people") or _HOSPITAL.search(fate["what"]) is not None)
    return told or re.match(r"\s+(?:died|perished|survived)\b", after, re.IGNORECASE) is not None


def _share(match: re.Match[str], after: str) -> Quantity:
    of_one = re.match(r"\s+an?\b", after)
    if of_one:
        unit, factor = unit_after(after[of_one.end() :])
        return Quantity(factor / 2, factor / 2, unit, match.start(), match.end(), approximate=True)
    value = share(match["part"])
    return Quantity(value, value, "%", match.start(), match.end(), approximate=True)


def _no_quantity(match: re.Match[str], value: float, before: str, after: str) -> bool:
    if match["one"]:  # "a week to leave"; "twice a week" is none
        return before.lower().endswith("half ") or not (_LASTING_BEFORE.search(before) or _LASTING_AFTER.match(after))
    if match["half_of"]:
        return False
    if match["words"]:
        return match["words"].lower() == "one" and _idle_one(before, after)
    return (
        _ORDINAL.match(after) is not None
        or _is_year(match, value, before, after)
        or _is_score(before, after, value)
        or _is_label(match, before, after)
        or re.match(r"[A-Za-z]?\d|[:/]\d|['’]?s\b", after) is not None
    )


def _idle_one(before: str, after: str) -> bool:
    """ "One" that counts nothing: "no one", "one of the", "one another"."""
    if re.search(r"\b(?:no|any|every|some|this|that|the|each|which|another|only|a|not)\s+$", before, re.IGNORECASE):
        return True
    return re.match(r"\s+(?:person|man|woman|death|child|[a-z]+\s+(?:was|were|died))\b", after) is None


def _is_year(match: re.Match[str], value: float, before: str, after: str) -> bool:
    if match["sign"] or match["scale"] or not re.fullmatch(r"(?:1[5-9]|20|21)\d\d", match["digits"]):
        return False
    return (
        _YEAR_BEFORE.search(before) is not None
        or unit_after(after)[0] == ""
        or re.match(r"[-–]\d\d\b", after) is not None
    )


def _is_score(before: str, after: str, value: float) -> bool:
    follows, precedes = re.match(r"[-–](\d+)(?![\d%.]*\s?(?:%|per|[a-z]))", after), re.search(r"\b(\d+)[-–]$", before)
    if follows:
        return True
    return precedes is not None and (float(precedes[1]) > value or unit_after(after)[0] == "")


def _is_label(match: re.Match[str], before: str, after: str) -> bool:
    """A number that names: after a label word, or after a capitalised word inside a sentence with no noun to count."""
    if match["sign"] or match["scale"]:
        return False
    if re.search(r"#$|\b[A-Z]{1,4}-$", before):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None or (
        _SENTENCE_START.search(before[: word.start()]) and word[1].rstrip(".").lower() not in entries("labels")
    ):
        return False
    bare = word[1].rstrip(".").lower()
    unit = unit_after(after)[0]
    if bare in entries("labels"):
        return (
            word[1][0].isupper()
            or bare in {"no", "number", "flight", "page", "chapter", "article", "section", "gate", "platform"}
            or not unit
        )
    return word[1][0].isupper() and not unit


def _is_age(match: re.Match[str], before: str, after: str, value: float) -> bool:
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return True
    return (
        bool(match["digits"])
        and 0 < value < 120
        and _APPOSED.search(before) is not None
        and _CLOSES.match(after) is not None
    )


def _range(value: float, before: str, after: str, match: re.Match[str]) -> tuple[float, float, bool]:
    tail = _AFTER.match(after)
    if _LEAST.search(before) or (tail and (tail["more"] or "").lower() == "more") or (tail and tail["plus"]):
        return value, math.inf, False
    if _MOST.search(before) or (tail and (tail["more"] or "").lower() in {"fewer", "less"}):
        return 0.0, value, False
    dozen = "dozen" in match.group().lower()
    return value, value, bool(_ABOUT.search(before) or dozen or tail)


def _append(found: list[Quantity], new: Quantity, text: str) -> None:
    """Add a quantity; the second end of a range ("10 to 15 people", "between 10 and 15") joins the first."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.low == last.high
        and new.low == new.high
        and last.unit in {"", new.unit}
        and last.low < new.low
    ):
        gap, lead = text[last.end : new.start], text[max(0, last.start - 20) : last.start]
        joined = _JOIN.match(gap) is not None and (gap.strip() != "and" or _BETWEEN.search(lead) is not None)
        if joined and not (_FROM.search(lead) and gap.strip() == "to"):
            found[-1] = Quantity(last.low, new.high, new.unit, last.start, new.end)
            return
    found.append(new)
