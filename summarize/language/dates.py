"""Dates and clock times in news text, resolved against the day the page was published.

Weekdays resolve by arithmetic: the tense of the words around says in which direction. "On Tuesday" of a page
published on a Tuesday is that day; "will meet on Thursday" is the next one; without a page date the weekday stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from summarize.language.units import counted
from summarize.language.words import number_words
from summarize.types import When

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)"
_DATE_FORMS = (
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?![a-z]){_YEAR}"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?![\d:]|[.,]\d){_YEAR}"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<monthno>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"\b(?P<day>\d{1,2})[./](?P<monthno>\d{1,2})[./](?P<year>(?:19|20)\d\d)(?!\d)"),
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?:\s+of)?,?\s+(?P<year>(?:19|20)\d\d)\b")
_MONTH_ALONE = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|(?P<which>[Nn]ext|[Ll]ast|[Tt]his))[\s-]+{_MONTH}"
    r"(?![a-z]|['’]s|\s+\d)"
)
_YEAR_ALONE = re.compile(
    r"\b(?:in|since|during|until|year|spring|summer|autumn|fall|winter)\s+(?P<year>(?:1[5-9]|20)\d\d)\b(?![-–/,.:]\d|%)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",?\s+(?:the\s+)?")
"""Between a weekday and its date: "Thursday, 23 April", "Thursday the 23rd of April"."""
_WEEKDAYS = re.compile(rf"(?:\b(?P<which>next|last|this|coming|following|previous)\s+)?\b{_WEEKDAY}(?![a-z])")
_RELATIVE = re.compile(
    r"\b(?P<words>today|tonight|yesterday|tomorrow|overnight|this\s+(?:morning|afternoon|evening)|last\s+night|earlier\s+today)\b",
    re.IGNORECASE,
)
_OFFSETS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_CLOCK_FORMS = (
    re.compile(
        r"(?<![\w.:-])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE
    ),
    re.compile(r"(?<![\w.:-])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\w:])"),
    re.compile(r"\bat\s+(?:about\s+|around\s+)?(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\w%]|\.\d)"),
    re.compile(r"(?<![\w.:-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s+(?:GMT|UTC|local|hours|hrs|CET|EST|BST)\b"),
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTES = (
    "[1-5]?\\d|(?:twenty|thirty|forty|fifty)[- ](?:one|two|three|four|five|six|seven|eight|nine)|one|two|three|four|five|six"
    "|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
)
_SPOKEN = re.compile(
    rf"\b(?:(?P<shift>(?:a\s+)?quarter|half|(?:{_MINUTES})\s+minutes?)\s+(?P<side>to|past|before|after)\s+(?P<hour>{_HOURS}|\d\d?)"
    rf"|(?P<round>five|ten|twenty|twenty-five)\s+(?:(?P<way>past)\s+(?P<full>{_HOURS})"
    rf"|to\s+(?P<until>{_HOURS})(?=\s*(?:[.,;)]|$|(?:in|on|this|when|that|and|at|last|yesterday|today|tonight)\b)))"
    rf"|(?P<oclock>{_HOURS}|\d\d?)\s+o['’]clock"
    rf"|(?:at|by|until|about|around|after|before|close\s+to)\s+(?P<bare>{_HOURS})(?=\s+(?:in\s+the|at\s+night|on\s+\w+day\s+(?:morning|evening|night))))\b",
    re.IGNORECASE,
)
_NOON = re.compile(
    r"\b(?:at\s+|by\s+|before\s+|after\s+|until\s+|about\s+|around\s+)?(?P<word>noon|midday|midnight)\b", re.IGNORECASE
)
_PART = re.compile(r"^[^.;!?]{0,24}?\b(?P<part>morning|afternoon|evening|night|p\.?m|a\.?m)\b", re.IGNORECASE)
_BEFORE_PART = re.compile(r"\b(?P<part>morning|afternoon|evening|night)\b[^.;!?]{0,16}$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|plans?|planned|due|set|scheduled|slated|expected|expects?|hopes?|next|upcoming|until|by|deadline|"
    r"to\s+(?:be|meet|take|hold|begin|start|resume|vote|open|visit|return|face|appear|reach))\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST_BEFORE = re.compile(
    r"\b(?:said|told|announced|reported|wrote|tweeted|posted|confirmed|added|stated)\s*(?:on|late|early)?\s*$",
    re.IGNORECASE,
)
_AROUND = 60  # characters before a weekday in which its tense shows
_HALF_DAY = 12 * 60
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|close\s+to|(?:shortly|just|soon)(?:\s+(?:before|after|past))?)\s+$",
    re.IGNORECASE,
)
_MINUTES_ROUGHLY = 20
_MINUTES_APART = 5  # clock times no further apart say the same: pages round to five minutes
_SPOKEN_SHIFT = {"quarter": 15, "half": 30}
_ZONE = re.compile(
    r"^[\s(,]*(?P<zone>GMT|UTC|BST|CES?T|EES?T|MSK|IST|JST|SGT|HKT|AES?T|[ECMP][SD]?T|Eastern|Central|Mountain|Pacific|local"
    r"|(?:British|UK|our|[A-Z]\w+)\s+time)\b"
)


def times(text: str, published: date | None = None) -> tuple[When, ...]:
    """Every date, month, year, weekday and clock time in the text, in order; ``day`` where it could be resolved."""
    found: list[When] = []
    for reader in (_dates, _months, _years, _weekdays, _relative, _clocks):
        for when in reader(text, published):
            if not any(when.start < other.end and other.start < when.end for other in found):
                found.append(when)
    return tuple(_joined(sorted(found, key=lambda when: when.start), text))


def _joined(found: Sequence[When], text: str) -> Iterator[When]:
    """The times, a weekday and the date behind it as one."""
    held: When | None = None
    for when in found:
        if held is not None:
            if when.named[2] is not None and _BETWEEN.fullmatch(text, held.end, when.start):
                yield replace(when, weekday=held.weekday, start=held.start)
                held = None
                continue
            yield held
            held = None
        if when.weekday is not None and when.minute is None and when.named[2] is None:
            held = when
        else:
            yield when
    if held is not None:
        yield held


def same_time(a: When, b: When) -> bool | None:
    """Whether two mentions name the same time; ``None`` where they cannot be compared (a day with an hour)."""
    verdicts: list[bool] = []
    dates = _same_date(_date_parts(a), _date_parts(b))
    if dates is not None:
        verdicts.append(dates)
    elif a.weekday is not None and b.weekday is not None:
        verdicts.append(a.weekday == b.weekday)
    if a.minute is not None and b.minute is not None:
        # "Ten to six" of a page that need not say in which half of the day; and other zones' clocks show other hours.
        apart = abs(a.minute - b.minute) % _HALF_DAY
        if a.zone == b.zone or apart % 30:
            most = _MINUTES_ROUGHLY if a.approximate or b.approximate else _MINUTES_APART
            verdicts.append(min(apart, _HALF_DAY - apart) <= most)
    return all(verdicts) if verdicts else None


_Parts = tuple[int | None, int | None, int | None]


def _date_parts(when: When) -> _Parts:
    return (when.day.year, when.day.month, when.day.day) if when.day else when.named


def _same_date(a: _Parts, b: _Parts) -> bool | None:
    """Whether two dates are one, as far as both are known; a day is compared with a month only where it is in another."""
    if [part is None for part in a[1:]] != [part is None for part in b[1:]]:
        return False if None not in (a[1], b[1]) and a[1] != b[1] else None
    known = [x == y for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    return all(known) if known else None


def _dates(text: str, published: date | None) -> Iterator[When]:
    for form in _DATE_FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = int(parts["monthno"]) if parts.get("monthno") else _month(parts["month"])
            year, number = parts.get("year"), int(parts["day"])
            day = _resolve(year, month, number, published)
            if day is not None or (1 <= month <= 12 and 1 <= number <= 31):
                named = (int(year) if year else None, month, number)
                yield When(day, day.weekday() if day else None, None, match.start(), match.end(), named=named)


def _months(text: str, published: date | None) -> Iterator[When]:
    for match in _MONTH_YEAR.finditer(text):
        yield When(
            None, None, None, match.start(), match.end(), named=(int(match["year"]), _month(match["month"]), None)
        )
    for match in _MONTH_ALONE.finditer(text):
        month = _month(match["month"])
        year = _year_of(month, (match["which"] or "").lower(), published)
        yield When(None, None, None, match.start("month"), match.end(), named=(year, month, None))


def _year_of(month: int, which: str, published: date | None) -> int | None:
    """The year of "next January", where the page's date is known."""
    if published is None or not which:
        return None
    if which == "next":
        return published.year + (month <= published.month)
    return published.year - (which == "last" and month >= published.month)


def _years(text: str, published: date | None) -> Iterator[When]:
    for match in _YEAR_ALONE.finditer(text):
        if not counted(text[match.end() : match.end() + 40]):
            yield When(None, None, None, match.start("year"), match.end(), named=(int(match["year"]), None, None))


def _resolve(year: str | None, month: int, day: int, published: date | None) -> date | None:
    """The date; without a year, the one nearest to the page's date."""
    if year is None and published is None:
        return None
    years = [int(year)] if year else [published.year + shift for shift in (-1, 0, 1)] if published else []
    made = [made for y in years if (made := _made(y, month, day)) is not None]
    if not made or published is None:
        return made[0] if made else None
    return min(made, key=lambda candidate: abs((candidate - published).days))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _weekdays(text: str, published: date | None) -> Iterator[When]:
    for match in _WEEKDAYS.finditer(text):
        weekday = next(n for n, name in enumerate(_DAYS) if name[:3] == match["weekday"].lower()[:3])
        if match["weekday"].lower() in {"sun.", "sat."} and not text[match.end() : match.end() + 2].strip().isdigit():
            continue
        day = None
        if published is not None:
            before = text[max(0, match.start() - _AROUND) : match.start()]
            day = _weekday(weekday, published, (match["which"] or "").lower(), before)
        yield When(day, weekday, None, match.start(), match.end())


def _weekday(weekday: int, published: date, which: str, before: str) -> date:
    back = (published.weekday() - weekday) % 7
    if which in {"next", "coming", "following"}:
        return published + timedelta(days=(7 - back) if back else 7)
    if which in {"last", "previous"}:
        return published - timedelta(days=back or 7)
    clause = re.split(r"[.;:!?—]", before)[-1]
    if _FUTURE.search(clause) and not _PAST_BEFORE.search(clause):
        return published + timedelta(days=(7 - back) % 7)
    return published - timedelta(days=back)


def _relative(text: str, published: date | None) -> Iterator[When]:
    if published is None:
        return
    for match in _RELATIVE.finditer(text):
        day = published + timedelta(days=_OFFSETS.get(re.sub(r"\s+", " ", match["words"].lower()), 0))
        yield When(day, day.weekday(), None, match.start(), match.end())


def _clocks(text: str, published: date | None) -> Iterator[When]:
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], int | None]], ...] = (
        *((form, _digital) for form in _CLOCK_FORMS),
        (_SPOKEN, _spoken),
        (_NOON, _noon),
    )
    for form, read in readers:
        for match in form.finditer(text):
            minute = read(match, text)
            if minute is not None:
                zone, start = _ZONE.match(text[match.end() :]), _first_group(match)
                rough = _ROUGHLY.search(text[max(0, start - 24) : start]) is not None
                yield When(None, None, minute, start, match.end(), zone["zone"].lower() if zone else "", rough)


def _first_group(match: re.Match[str]) -> int:
    return min(
        (start for group in range(1, match.re.groups + 1) if (start := match.start(group)) >= 0), default=match.start()
    )


def _digital(match: re.Match[str], text: str) -> int | None:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    half = (parts.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif hour <= 12 and match.group().count(".") and _in_afternoon(match, text):
        hour = hour % 12 + 12
    elif 1 <= hour < 12 and _in_afternoon(match, text):
        hour += 12
    return hour * 60 + minute


def _in_afternoon(match: re.Match[str], text: str) -> bool:
    """Whether the words right after (or before) put the hour after noon: "at 6.40 on Monday evening"."""
    part = _PART.search(text[match.end() : match.end() + 40]) or _BEFORE_PART.search(
        text[max(0, match.start() - 24) : match.start()]
    )
    return part is not None and part["part"].lower().replace(".", "") in {"afternoon", "evening", "night", "pm"}


def _spoken(match: re.Match[str], text: str) -> int | None:
    word = (match["hour"] or match["full"] or match["until"] or match["oclock"] or match["bare"]).lower()
    hour = int(number_words().get(word, word))
    shift = _shift((match["shift"] or match["round"] or "").lower())
    minute = hour * 60 + (-shift if match["until"] or (match["side"] or "").lower() in {"to", "before"} else shift)
    if _in_afternoon(match, text):
        minute += 12 * 60 if minute < 12 * 60 else 0
    return minute % (24 * 60)


def _shift(words: str) -> int:
    """Minutes before or after the hour: "a quarter", "eight minutes", "twenty-five"."""
    parts = [word for word in re.split(r"[\s-]+", words) if word not in ("", "a", "minute", "minutes")]
    return sum(_SPOKEN_SHIFT[word] if word in _SPOKEN_SHIFT else int(number_words().get(word, word)) for word in parts)


def _noon(match: re.Match[str], text: str) -> int:
    return 0 if match["word"].lower() == "midnight" else 12 * 60
