"""A sentence stands only if its evidence says it."""

import pytest
from writing_examples import HIT, HURT, STEERING, piece

from summarize.settings import Settings
from summarize.writing.form import faults
from summarize.writing.verify import verify

S = Settings()


@pytest.mark.parametrize(
    ("candidate", "evidence"),
    [
        ("The ferry Aurora hit the harbour wall at Port Ellis on Monday.", HIT),
        ("The Aurora struck the harbour wall at Port Ellis.", HIT),
        ("27 people were injured.", HURT),
        ("The steering failed.", STEERING),
    ],
)
def test_supported(candidate, evidence):
    assert verify(candidate, evidence, S).reasons == ()


@pytest.mark.parametrize(
    ("candidate", "evidence", "reason"),
    [
        ("28 people were injured.", HURT, "number"),
        ("The Aurora hit the harbour wall at Port Ellis on Sunday.", HIT, "date"),
        ("The Aurora hit the harbour wall at Port Royal.", HIT, "name"),
        ("The Aurora did not hit the harbour wall at Port Ellis.", HIT, "negation"),
        ("The Aurora will hit the harbour wall at Port Ellis.", HIT, "stated as planned"),
        ("The Aurora “rammed” the harbour wall at Port Ellis.", HIT, "quotation"),
        ("The Aurora hit the harbour wall and burned out completely at Port Ellis.", HIT, "not in the evidence"),
        ("The ferry Aurora hit.", HIT, ""),
    ],
)
def test_unsupported(candidate, evidence, reason):
    verdict = verify(candidate, evidence, S)
    assert any(reason in found for found in verdict.reasons) or verdict.ok is (reason == "")


def test_a_denial_may_not_be_lost():
    evidence = [
        piece("a1", "its platform was at fault", "Trell, based in Cork, denied that its platform was at fault.")
    ]
    assert any("loses" in reason for reason in verify("Trell was at fault.", evidence, S).reasons)


def test_subject_and_object_may_not_be_swapped():
    evidence = [piece("a1", "Blinken cancelled a meeting with Lavrov.")]
    assert verify("Blinken cancelled a meeting with Lavrov.", evidence, S).ok
    assert not verify("Lavrov cancelled a meeting with Blinken.", evidence, S).ok


def test_a_number_stays_with_what_it_counts():
    evidence = [piece("a1", "The ferry with 231 passengers and 14 crew left Port Ellis.")]
    assert verify("The ferry left Port Ellis with 231 passengers.", evidence, S).ok
    assert not verify("The ferry left Port Ellis with 14 passengers.", evidence, S).ok


def test_two_claims_may_not_be_mixed():
    evidence = [
        piece("a1", "Anna Holm, 41, was freed from prison in Oslo."),
        piece("a2", "Peter Lund, 63, was arrested at the airport of Bergen."),
    ]
    assert not verify("Peter Lund, 41, was freed from prison in Bergen.", evidence, S).ok


@pytest.mark.parametrize(
    ("candidate", "evidence"),
    [
        ("Three men were treated burns.", "Three men were treated for burns."),
        ("Clashes in 2022 was 31.", "Clashes in 2022 killed 31."),
        ("The ferry hit by waves.", "The ferry was hit by waves."),
        ("There have been no deaths.", "There were no reports of deaths."),
        ("Kiln or Clover has closed.", "Kiln & Clover has closed."),
        ("All shops closed.", "The shops closed."),
        ("The crew halted the seconds of the count 48 seconds early.", "The crew halted the count 48 seconds early."),
    ],
)
def test_small_words_may_not_change_the_sense(candidate, evidence):
    assert not verify(candidate, [piece("a1", evidence)], S).ok


def test_a_quotation_must_stand_in_quotation_marks_in_the_source():
    printed = [piece("a1", "“We left early,” Reed said.")]
    assert verify("“We left early,” Reed said.", printed, S).ok
    assert not verify("“We left early,” Reed said.", [piece("a1", "Reed said we left early.")], S).ok


@pytest.mark.parametrize(
    "text",
    [
        "He was freed on Tuesday.",
        "After the ministers met in Oslo.",
        "After the worst stranding on record, but 51 animals perished.",
        "The crater as it could blow again.",
        "The attack and is asking for money.",
        "The merged company.",
        "Played three rounds, won two.",
        "The ferry sank in the.",
        "The excuse: a piece of paper.",
        "We left the ship at noon.",
        "The ferry sank today.",
        "Why did the ferry sink?",
        "A old boy was hurt.",
        "Reed is an captain.",
        "Poland gave 310 million zlotys in aid, and she said.",
        "The court ordered the government to pay ALL of it back.",
        "The milk was laced with what is found in DRAIN CLEANER.",
        "The talks have been called off, according to media reports.",
        "The ferry sank the ferry sank the ferry sank at noon.",
        "“did everything” after the crash, he said.",
        "GAME, SET AND MATCH was called.",
        "Reed, 24 agreed to a five-year contract.",
        "The council has looked at how.",
        "The firm has cleared a hurdle at its mine, €520m of investment and 300 jobs said.",
        "",
    ],
)
def test_malformed(text):
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was killed.",
        "All souls are accounted for.",
        "After the crash, the captain was freed.",
        "When the bell rang, and the doors closed, the crew left.",
        "There have been no deaths.",
        "“We left early,” Reed said.",
        "The U.S. announced sanctions.",
        "A one-day strike at a European plant cost a union an hour and an MP's honour.",
        "The WHO and UNICEF sent 40 doctors.",
        "An automatic stop kicked in.",
        "In Paris, 24 people were hurt.",
        "Reed, 24, agreed to a five-year contract.",
    ],
)
def test_well_formed(text):
    assert faults(text) == ()


@pytest.mark.parametrize(
    ("candidate", "evidence"),
    [
        ("Reed saved the first with an ace.", "Reed saved the first with a drop shot and the second with an ace."),
        ("The last set finished at a quarter.", "The last set finished at a quarter to six."),
        ("Paraguay called the ambassador.", "Paraguay called in the ambassador."),
        (
            "The price of $7.8 billion, agreed on in March.",
            "The price of $7.8 billion, agreed on in March, included debt.",
        ),
        ("Reed had agreed to meet Holm.", "Reed had agreed to meet Holm only if Oslo paid."),
        ("The penalties would target Oslo adds two banks.", "The penalties would target Oslo and two banks."),
    ],
)
def test_what_is_cut_may_not_change_the_sense(candidate, evidence):
    assert not verify(candidate, [piece("a1", evidence)], S).ok


def test_a_verb_may_not_lose_its_object():
    evidence = [
        piece("a1", "The defence hurried Yates into a bad throw.", "The defence hurried Yates into a bad throw.")
    ]
    assert any("stops in the middle" in reason for reason in verify("The defence hurried.", evidence, S).reasons)


@pytest.mark.parametrize(
    "fragment", ["Were fined 30,000 pounds each.", "Hit his head at night.", "Has been closed for years."]
)
def test_a_predicate_without_its_subject_is_no_sentence(fragment):
    assert faults(fragment)
