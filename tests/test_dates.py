"""Dates, weekdays and clock times resolve by arithmetic against the day of publication."""

from datetime import date

import pytest

from summarize.language.dates import same_time, times

TUESDAY = date(2025, 5, 13)


def one(text, published=TUESDAY):
    (found,) = times(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It sank on Monday", date(2025, 5, 12)),
        ("It sank on Tuesday", TUESDAY),
        ("They will meet on Thursday", date(2025, 5, 15)),
        ("They will meet on Tuesday", TUESDAY),
        ("next Friday", date(2025, 5, 16)),
        ("last Tuesday", date(2025, 5, 6)),
        ("yesterday", date(2025, 5, 12)),
        ("tomorrow", date(2025, 5, 14)),
        ("this afternoon", TUESDAY),
        ("12 May", date(2025, 5, 12)),
        ("May 12", date(2025, 5, 12)),
        ("May 12, 2025", date(2025, 5, 12)),
        ("12 May 2024", date(2024, 5, 12)),
        ("13.05.2025", date(2025, 5, 13)),
        ("2025-05-13", date(2025, 5, 13)),
        ("by 25 September", date(2025, 9, 25)),
        ("Sept. 25", date(2025, 9, 25)),
        ("they may march on April 9", date(2025, 4, 9)),
    ],
)
def test_days(text, day):
    assert one(text).day == day


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("18:40", 18 * 60 + 40),
        ("6.40pm", 18 * 60 + 40),
        ("five to seven in the evening", 18 * 60 + 55),
        ("at noon", 720),
        ("1.20 a.m.", 80),
        ("8 p.m.", 1200),
        ("half past six", 390),
        ("eight minutes to six in the evening", 1072),
        ("20 minutes to 10 at night", 1300),
        ("ten to ten.", 590),
        ("close to six in the morning", 360),
        ("1500 GMT", 900),
    ],
)
def test_clock_times(text, minute):
    assert one(text).minute == minute


def test_part_of_the_day_moves_the_hour():
    clock, day = times("at about 6.40 on Monday evening", TUESDAY)
    assert (clock.minute, day.day) == (18 * 60 + 40, date(2025, 5, 12))


@pytest.mark.parametrize("text", ["They may march", "a second attempt", "he sat down", "5.3 million", "12.5 km"])
def test_no_time(text):
    assert times(text, TUESDAY) == ()


def test_without_a_date_the_weekday_stays():
    found = one("on Monday", None)
    assert (found.day, found.weekday) == (None, 0)


def test_same_time():
    assert same_time(one("on Monday"), one("May 12")) is True
    assert same_time(one("on Monday"), one("on Sunday")) is False
    assert same_time(one("on Monday", None), one("12 May 2025", None)) is True
    assert same_time(one("18:40"), one("on Monday")) is None
    assert same_time(one("8 p.m."), one("9 p.m.")) is False


def test_impossible_dates_do_not_raise():
    assert all(when.day is None for when in times("31 February 2025 and 99 May", TUESDAY))
