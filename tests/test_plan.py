"""The plan holds what most sources say, best first, disputes folded, nothing overtaken and nothing twice."""

import pytest
from writing_examples import HIT, HURT, MORE, STEERING, TUG, fact, piece

from summarize.settings import Settings
from summarize.types import Discrepancy, Superseded, Value
from summarize.writing.plan import plan, voice

S = Settings()
FACTS = (
    fact("f1", HIT, total=2.0),
    fact("f2", HURT, total=1.5),
    fact("f3", STEERING),
    fact("f4", TUG, status="single"),
)
EVIDENCE = {"f1": HIT, "f2": HURT, "f3": STEERING, "f4": TUG}


def planned(facts=FACTS, evidence=None, **options):
    return plan(facts, evidence or EVIDENCE, S, max_words=120, min_support=2, **options)


def test_order_and_kind():
    made = planned()
    assert [p.fact.id for p in made] == ["f1", "f2", "f3", "f4"]
    assert [p.kind for p in made] == ["consensus", "consensus", "consensus", "single"]


def test_who_must_be_named():
    assert voice(STEERING) == "Ann Reed"
    assert voice(HIT) is None
    assert voice([*STEERING, *HIT]) is None


def test_disputes_fold_into_their_main_side():
    facts = (*FACTS, fact("f5", MORE, status="disputed"))
    dispute = Discrepancy(
        "number", "injured", (Value("27", (), facts[1].evidence), Value("Thirty-one", (), facts[4].evidence))
    )
    made = planned(facts, EVIDENCE | {"f5": MORE}, discrepancies=[dispute])
    assert "f5" not in [p.fact.id for p in made]
    main = next(p for p in made if p.fact.id == "f2")
    assert (main.kind, main.others) == ("disputed", (("Thirty-one", MORE),))


def test_the_sides_of_a_doubtful_dispute_fold_untold():
    facts = (*FACTS, fact("f5", MORE, status="disputed"))
    dispute = Discrepancy(
        "number", "injured", (Value("27", (), facts[1].evidence), Value("Thirty-one", (), facts[4].evidence))
    )
    made = planned(facts, EVIDENCE | {"f5": MORE}, discrepancies=[dispute], doubtful={dispute})
    assert "f5" not in [p.fact.id for p in made]
    main = next(p for p in made if p.fact.id == "f2")
    assert (main.kind, main.dispute) == ("consensus", None)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("The talks had been set before Petrov's angry speech Sunday on Arvenia and Belmora.", True),
        ("The talks had been set before Petrov's angry speech Sunday on Arvenia and Belmroa.", True),
        ("Keller had been set for an angry speech Sunday on Arvenia and Belmora.", False),
    ],
)
def test_a_disputed_date_is_of_the_persons_in_its_own_clause(other, told):
    monday = (piece("a1", "Petrov gave an angry speech on Arvenia and Belmora on Monday."),)
    sunday = (piece("a2", other),)
    facts = (fact("f1", monday), fact("f2", sunday, status="disputed"))
    dispute = Discrepancy(
        "date", "the speech", (Value("Monday", (), facts[0].evidence), Value("Sunday", (), facts[1].evidence))
    )
    made = planned(facts, {"f1": monday, "f2": sunday}, discrepancies=[dispute])
    assert any(p.dispute is dispute for p in made) is told


def test_what_was_overtaken_is_left_out():
    gone = Superseded("hurt", FACTS[1].evidence, "f1")
    assert "f2" not in [p.fact.id for p in planned(superseded=[gone])]


def test_near_repeats_are_left_out():
    again = fact("f6", HIT[:1])
    assert [p.fact.id for p in planned((*FACTS, again), EVIDENCE | {"f6": HIT[:1]})].count("f6") == 0


def test_facts_without_evidence_are_left_out():
    assert plan(FACTS, {}, S, max_words=120, min_support=2) == []
