"""Discrepancies: values that cannot both be true, and nothing else."""

from __future__ import annotations

from itertools import combinations

from clusters import SETTINGS, claims, page

from summarize.consensus.discrepancies import Dispute, disputes
from summarize.models.load import load_comparer

COMPARER = load_comparer(SETTINGS)


def found(*texts: str, near: float = 0.9) -> list[Dispute]:
    """Disputes among pages of one claim each, all of them about one thing as probably as ``near``."""
    pages = [page(chr(97 + n), text) for n, text in enumerate(texts)]
    made = claims(pages)
    sources = {i: claim.span.article for i, claim in enumerate(made)}
    return disputes(made, sources, dict.fromkeys(combinations(range(len(made)), 2), near), COMPARER, SETTINGS)


def values(dispute: Dispute) -> list[str]:
    return [side.value for side in dispute.sides]


def test_two_numbers_of_one_thing_are_told_apart_and_the_majority_comes_first() -> None:
    (dispute,) = found(
        "27 people were injured.", "Thirty-one people were injured.", "Twenty-seven people were injured."
    )
    assert dispute.kind == "number"
    assert [side.claims for side in dispute.sides] == [(0, 2), (1,)]


def test_units_and_words_for_numbers_agree() -> None:
    assert found("The ship drifted 37 miles.", "The ship drifted 60 km.") == []
    assert found("14 people were hurt.", "Fourteen people were hurt.") == []


def test_hedges_and_bounds_are_no_discrepancy() -> None:
    assert found("At least 9 people were hurt.", "12 people were hurt.") == []
    assert found("About a dozen people were hurt.", "12 people were hurt.") == []


def test_a_rounded_count_by_another_noun_is_no_discrepancy() -> None:
    assert (
        found("They would build some five million vehicles a year.", "They would build 5.1million cars a year.") == []
    )
    assert (
        len(found("They would build nine million vehicles a year.", "They would build five million cars a year.")) == 1
    )


def test_a_subset_is_no_discrepancy() -> None:
    assert found("12 people were injured, 3 people seriously.", "12 people were injured.") == []


def test_two_days_of_one_event_are_told_apart() -> None:
    (dispute,) = found("Putin gave the speech on Sunday.", "Putin gave the speech on Monday.")
    assert dispute.kind == "date"
    assert values(dispute) == ["Sunday", "Monday"]


def test_two_dates_a_week_apart_are_told_apart() -> None:
    (dispute,) = found("The board gathers again on 27 August.", "The board gathers again on 3 September.")
    assert dispute.kind == "date"


def test_the_days_of_two_peoples_meetings_are_no_discrepancy() -> None:
    friday = "Anton Keller's meeting with Ivan Petrov was set for Friday."
    assert found(friday, "Maria Lopez's meeting with Ivan Petrov was set for Thursday.") == []
    assert len(found(friday, "Anton Keller's meeting with Ivan Petrov was set for Thursday.")) == 1


def test_of_two_rivals_the_one_in_claims_likelier_about_one_thing_is_told() -> None:
    texts = (
        "Putin gave the speech on Sunday.",
        "Putin gave the speech on Monday.",
        "Putin gave the speech on Thursday.",
    )
    made = claims([page(chr(97 + n), text) for n, text in enumerate(texts)])
    sources = {i: claim.span.article for i, claim in enumerate(made)}
    for near, far, day in ((0.9, 0.3, "Monday"), (0.3, 0.9, "Thursday")):
        (dispute,) = disputes(made, sources, {(0, 1): near, (0, 2): far}, COMPARER, SETTINGS)
        assert sorted(values(dispute)) == sorted(["Sunday", day])


def test_times_of_claims_that_share_nothing_are_no_discrepancy() -> None:
    clocks = ("The airport shut at 3 p.m.", "The next decision is due at 2 p.m.")
    assert found(*clocks, near=0.15) == []


def test_clocks_of_two_zones_and_rough_hours_are_no_discrepancy() -> None:
    assert found("The plane landed at 4:52 p.m.", "The plane landed at 5:52 p.m. Eastern.") == []
    assert found("The bridge broke at eight minutes to six.", "The bridge broke at 5:52 p.m.") == []
    assert found("Staff were told shortly before 9am.", "Staff were told at a quarter to nine.") == []


def test_one_number_of_two_nouns_is_no_discrepancy() -> None:
    assert found("Eleven coaches derailed.", "Eleven carriages derailed.") == []


def test_a_count_of_the_same_people_by_another_noun_is_a_discrepancy() -> None:
    (dispute,) = found("19 people were taken to hospital.", "Twenty-three youngsters were taken to hospital.")
    assert dispute.kind == "number"


def test_a_number_that_is_part_of_a_name_counts_nothing() -> None:
    assert found("The channel Kotwara 24 reported it.", "The hospital register says 39.") == []


def test_a_number_is_worded_up_to_the_noun_that_it_counts() -> None:
    (dispute,) = found("The referee took four minutes.", "The referee took SIX endless minutes.")
    assert sorted(values(dispute)) == ["four minutes", "six endless minutes"]


def test_done_and_denied_are_told_apart() -> None:
    (dispute,) = found("The captain was arrested on the ship.", "The captain was not arrested.")
    assert dispute.kind == "outcome"


def test_a_negation_of_something_else_denies_nothing() -> None:
    assert (
        found("The ship passed the inspection in March.", "The ship passed the inspection in March without remarks.")
        == []
    )
    assert (
        found("The envoy agreed to meet only if they did not invade.", "The meeting is on if they do not invade.") == []
    )


def test_one_source_is_not_at_odds_with_itself() -> None:
    made = claims([page("a", "27 people were injured.\n31 people were injured.")])
    assert disputes(made, {0: "a", 1: "a"}, {(0, 1): 0.9}, COMPARER, SETTINGS) == []


def test_a_speakers_own_affair_is_not_another_persons() -> None:
    assert (
        found(
            "Le Drian said his Friday meeting with Lavrov was off.", "Blinken's Thursday meeting with Lavrov was off."
        )
        == []
    )
