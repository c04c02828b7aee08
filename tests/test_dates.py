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


@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("taken by the navy in 1892", (1892, None, None), "1892"),
        ("announced the deal in March 2024", (2024, 3, None), "March 2024"),
        ("In April its forces detained a tanker", (None, 4, None), "April"),
        ("beginning next January", (2026, 1, None), "January"),
        ("beginning next June", (2025, 6, None), "June"),
        ("since last May", (2024, 5, None), "May"),
        ("not before Thursday 15 May", (None, 5, 15), "Thursday 15 May"),
        ("on Thursday, May 15, 2025", (2025, 5, 15), "Thursday, May 15, 2025"),
    ],
)
def test_months_years_and_a_weekday_with_its_date_are_one_time(text, named, words):
    found = one(text)
    assert (found.named, text[found.start : found.end]) == (named, words)


@pytest.mark.parametrize("text", ["May said in May's own words", "in 1500 homes", "March on", "scores of 1-0 in 2-1"])
def test_what_only_looks_like_a_month_or_year(text):
    assert times(text, TUESDAY) == ()


def test_dates_are_compared_as_far_as_both_are_known():
    assert same_time(one("23 April", None), one("Saturday 25 April", None)) is False
    assert same_time(one("23 April", None), one("April 23, 2026", None)) is True
    assert same_time(one("in 1891"), one("in 1892")) is False
    assert same_time(one("in March 2024"), one("in May 2024")) is False
    assert same_time(one("in 2025"), one("on May 12")) is None


def test_impossible_dates_do_not_raise():
    assert all(when.day is None for when in times("31 February 2025 and 99 May", TUESDAY))
