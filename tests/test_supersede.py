"""Superseded statements: what an outdated page says and later ones overtook."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from clusters import SETTINGS, claims, page

from summarize.consensus.outdated import moment
from summarize.consensus.supersede import called_off, carried_out, overtaken
from summarize.language.words import content_words
from summarize.models.load import load_comparer

COMPARER = load_comparer(SETTINGS)
PLAN = "The ministers are set to meet in Geneva on Thursday."
OFF = "The ministers' meeting in Geneva was called off."
ALSO_OFF = "The ministers have cancelled their meeting in Geneva."


def stale(*texts: str, days: tuple[int | None, ...], alike: float = 0.9) -> set[str]:
    """The overtaken texts among pages published on these days of March 2025."""
    pages = [page(chr(97 + n), text) for n, text in enumerate(texts)]
    made = claims(pages)
    published = {p.id: moment(None, date(2025, 3, day) if day else None) for p, day in zip(pages, days, strict=True)}
    sources = {i: claim.span.article for i, claim in enumerate(made)}
    pairs = combinations(range(len(made)), 2)
    near = {(i, j): alike for i, j in pairs if made[i].span.article != made[j].span.article}
    return {made[i].text for i in overtaken(made, published, sources, near, COMPARER, SETTINGS)}


def test_a_plan_is_overtaken_by_its_cancellation() -> None:
    assert stale(PLAN, OFF, days=(3, 4)) == {PLAN}


def test_the_order_of_the_pages_makes_no_difference() -> None:
    assert stale(OFF, PLAN, days=(4, 3)) == {PLAN}


def test_a_plan_without_a_date_is_overtaken_when_two_sources_know_better() -> None:
    assert stale(PLAN, OFF, days=(None, 4)) == set()
    assert stale(PLAN, OFF, ALSO_OFF, days=(None, 4, 4)) == {PLAN}


def test_a_later_plan_is_news_and_not_outdated() -> None:
    assert stale(PLAN, OFF, days=(5, 4)) == set()


def test_a_plan_recalled_by_a_page_that_knows_better_is_not_outdated() -> None:
    assert stale("The ministers had been due to meet in Geneva on Thursday.", OFF, ALSO_OFF, days=(3, 4, 4)) == set()


def test_a_toll_that_rises_overtakes_the_lower_one() -> None:
    low, high = "Three guards were killed in the clash.", "Nine guards were killed in the clash."
    assert stale(low, high, days=(3, 4)) == {low}


def test_a_lower_toll_that_a_later_page_repeats_is_a_disagreement() -> None:
    low, high = "Three guards were killed in the clash.", "Nine guards were killed in the clash."
    assert stale(low, high, low, days=(3, 4, 5)) == set()


def test_a_toll_is_overtaken_by_two_later_sources_however_they_word_theirs() -> None:
    first = "At least nine people were dead."
    later = ("The quake killed 38 people in Cutumbay.", "Forty-one people lost their lives in the province.")
    assert stale(first, *later, days=(3, 4, 5), alike=0.0) == {first}
    assert stale(first, later[0], days=(3, 4), alike=0.0) == set()
    part = "Nine people of those who died were children."
    assert stale(part, *later, days=(3, 4, 5), alike=0.0) == set()


def test_a_toll_that_rose_to_a_bare_figure_is_one_of_people() -> None:
    low, high = "The number of dead is now 27.", "The death toll from the flood rose to 43."
    assert stale(low, high, days=(3, 4)) == {low}


def test_another_years_toll_overtakes_nothing() -> None:
    low = "At least 39 people died in the crash."
    assert stale(low, "In June 2023, more than 290 people died in a crash.", days=(3, 4)) == set()


def test_what_had_not_happened_is_overtaken_when_two_later_sources_report_it() -> None:
    none, one = "No arrests have been made.", "A man was arrested at Lille station."
    other = "Police arrested a roofer on Friday."
    assert stale(none, one, other, days=(3, 4, 4)) == {none}
    assert stale(none, one, days=(3, 4)) == set()
    assert stale(none, one, other, days=(5, 4, 4)) == set()


def test_an_announcement_is_overtaken_by_its_execution() -> None:
    plan = "The striker will fly to Seville today for a medical."
    assert stale(plan, "The striker passed a medical in Seville.", days=(3, 4)) == {plan}
    (announced,) = claims([page("a", plan)])
    for other, done in (
        ("The striker passed a medical in Seville.", True),
        ("The striker failed to appear for a medical.", False),
    ):
        (later,) = claims([page("b", other)])
        assert carried_out(later, announced) == done
    assert stale("The striker will be of use in Seville.", "The striker was of use in Seville.", days=(3, 4)) == set()


def test_a_state_is_overtaken_by_its_end_and_not_by_its_denial() -> None:
    closed = "The museum is closed until further notice."
    assert stale(closed, "The museum reopened on Friday.", days=(3, 4)) == {closed}
    missing = "The two snuffboxes remain missing."
    assert stale(missing, "The snuffboxes have not been found.", days=(3, 4)) == set()


def test_moments_are_exact_with_a_time_and_a_day_without() -> None:
    exact = moment("2025-03-04T09:30:00Z", None)
    assert exact == (datetime(2025, 3, 4, 9, 30, tzinfo=UTC),) * 2
    day = moment("2025-03-04", None)
    assert day is not None
    assert day[0] < exact[0] < day[1]
    assert moment("no date", None) is None


@pytest.mark.parametrize(
    "text",
    [
        "Blinken canceled his meeting with his Russian counterpart.",
        "The much-anticipated meeting between Blinken and Lavrov has been canceled.",
        "They called off a meeting of their foreign ministers.",
    ],
)
def test_what_was_called_off_is_named(text: str) -> None:
    assert called_off(text) == content_words("meeting")


def test_the_rest_of_an_outdated_page_stays_current() -> None:
    page_of_the_plan = (
        f"{PLAN}\nThe meeting will be held in a hotel on the lake.\nThe two countries share a border of 300 km."
    )
    assert stale(page_of_the_plan, OFF, days=(3, 4)) == {PLAN, "The meeting will be held in a hotel on the lake."}


NOBODY = "Nobody has died."
DIED = (
    "A 67-year-old woman died in hospital on Wednesday.",
    "A woman of 67 who was stabbed at the station died this morning.",
)


@pytest.mark.parametrize("text", [NOBODY, "No deaths had been reported in the trial.", "No one was killed."])
def test_that_nobody_died_is_overtaken_by_a_death_that_two_sources_report(text: str) -> None:
    assert stale(text, *DIED, days=(18, 19, 19), alike=0.0) == {text}


def test_that_nobody_died_stands_where_a_later_page_says_so_too() -> None:
    assert stale(NOBODY, *DIED, "No deaths were reported.", days=(18, 19, 19, 20), alike=0.0) == set()


def test_that_nobody_died_says_nothing_of_the_hurt() -> None:
    hurt = ("Two women were hurt in the crash.", "Two women were injured on the coast road.")
    assert NOBODY not in stale(NOBODY, *hurt, days=(18, 19, 19), alike=0.0)


def test_the_second_person_to_die_makes_two() -> None:
    first = "One person has been killed in the crash of a school bus."
    later = "A pupil has become the second person to die after the crash of a school bus."
    assert stale(first, later, days=(17, 18)) == {first}


def test_a_toll_on_a_page_without_a_date_is_older_than_two_higher_ones() -> None:
    low = "The number of dead is now 27."
    high = ("The death toll from the collapse of the dam rose to 43 on Saturday.", "At least 43 people were killed.")
    assert stale(low, *high, days=(None, 26, 27), alike=0.0) == {low}


def test_another_persons_count_does_not_keep_a_toll() -> None:
    low, high = "Eleven people were killed in Lorwani.", "Forty-three people were killed in Lorwani."
    assert low in stale(low, high, "Eleven people were arrested in Lorwani.", days=(24, 26, 27))


def test_another_figure_for_the_same_thing_repeats_nothing() -> None:
    lead = "Opponents held a lead of 38 votes late on Sunday, with one parish still to be counted."
    result = "Supporters won by 112 votes."
    assert stale(lead, result, "The mine won by 112 votes.", days=(22, 23, 24)) == {lead}


def test_that_nobody_was_arrested_is_overtaken_by_an_arrest() -> None:
    arrests = ("A roofer was arrested in France on Friday.", "Police arrested a man of 41 in Lille.")
    assert stale("Nobody has been arrested.", *arrests, days=(9, 20, 21), alike=0.0) == {"Nobody has been arrested."}
