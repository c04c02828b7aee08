"""Selection takes what states most for its words, says nothing twice, and opens with what the headlines tell."""

from dataclasses import replace

import numpy as np
from writing_examples import HIT, HURT, MORE, SOURCES, TUG, fact, material, piece

from summarize.models.load import load_comparer, load_encoder, load_parser
from summarize.settings import Settings
from summarize.types import Discrepancy, Value
from summarize.writing.lead import fitness
from summarize.writing.plan import Planned
from summarize.writing.select import select
from summarize.writing.telling import apart
from summarize.writing.write import Written

S = Settings()


def option(text, items, *, name="f1", kind="consensus", score=0.5):
    planned = Planned(fact(name, items), kind, tuple(items))
    return Written(planned, text, "source", carries=False, score=score)


def told(options, headlines=()):
    """The material that the options' evidence is, in pages with these headlines."""
    planned = {option.planned.fact.id: option.planned for option in options}
    facts = [each.fact for each in planned.values()]
    titles = [*headlines, *[None] * len(SOURCES)]
    sources = [replace(source, title=title) for source, title in zip(SOURCES, titles, strict=False)]
    return material(facts, {name: each.evidence for name, each in planned.items()}, sources)


def chosen(options, **choices):
    return chosen_of([[each] for each in options], **choices)


def chosen_of(options, *, max_words=100, singles=3, headlines=()):
    """Of several ways to state each fact."""
    known = told([written for each in options for written in each], headlines)
    picked = select(
        options,
        known.pages(load_encoder(S), load_comparer(S)),
        known.grammar(load_parser(S)),
        length=lambda written: len(written.text.split()),
        enough=lambda written: True,
        settings=S,
        max_words=max_words,
        singles=singles,
    )
    return [choice.written.text for choice in picked]


HITS = option("The ferry Aurora hit the harbour wall at Port Ellis.", HIT)
HURTS = option("Twenty-seven people were injured.", HURT, name="f2")
TUGS = option("The mayor wants a tug.", TUG, name="f3", kind="single")


def test_the_bound_holds():
    assert chosen([HITS, HURTS], max_words=5) == [HURTS.text]
    assert chosen([HITS, HURTS], max_words=3) == []


def test_the_lead_tells_what_the_headlines_tell():
    assert chosen([HURTS, HITS], headlines=["Ferry hits harbour wall"])[0] == HITS.text


def test_the_more_of_the_headlines_a_sentence_tells_the_fitter_it_is_to_open():
    start = option("The ferry Aurora left the new shipyard at Port Ellis.", HURT, name="f2")
    stands = np.array([0.8, 0.8])
    crash, other = (
        fitness([HITS, start], stands, told([HITS, start], [headline]).pages(load_encoder(S), load_comparer(S)))
        for headline in ("Ferry hits harbour wall", "Ferry left the new shipyard")
    )
    assert crash[0] > crash[1]
    assert other[1] > crash[1]
    assert other[0] < crash[0]


def test_a_single_report_opens_only_where_nothing_else_can():
    crash = option(HITS.text, HIT, kind="single")
    assert chosen([crash, HURTS], headlines=["Ferry hits harbour wall"])[0] == HURTS.text
    assert chosen([crash], headlines=["Ferry hits harbour wall"]) == [HITS.text]


def test_two_figures_of_one_thing_are_not_both_told():
    rival = option("Thirty-one people were injured in Port Ellis.", HURT, name="f4")
    counted = option("Twenty-seven people were injured in Port Ellis.", HURT, name="f5")
    assert len(chosen([counted, rival])) == 1


def test_a_sentence_that_tells_how_sources_differ_comes_before_one_that_hides_it():
    sides = (Value("27", (), tuple(p.span for p in HURT)), Value("Thirty-one", (), tuple(p.span for p in MORE)))
    dispute = Discrepancy("number", "injured", sides)
    fought = Planned(fact("f2", HURT), "disputed", HURT, None, dispute, others=(("Thirty-one", MORE),))
    plain = Written(fought, "Twenty-seven people were injured.", "source", carries=False, score=0.5)
    mixed = Written(fought, "At 9 p.m. 27 people were injured and 14 unhurt.", "source", carries=False, score=0.5)
    assert apart(plain) is not None
    assert apart(mixed) is None
    picked = chosen_of([[HITS], [mixed, plain]])
    assert plain.text in picked
    assert mixed.text not in picked


def test_commentary_waits_for_news():
    comment = option("Amid fears the ferry Aurora hit the harbour wall at Port Ellis.", HIT, name="f4")
    assert chosen([comment, HITS])[0] == HITS.text


def test_a_sentence_that_needs_another_waits_for_it():
    leaning = option("The captain resigned before the inquiry.", HURT, name="f4")
    picked = select(
        [[leaning], [HITS]],
        told([leaning, HITS], ["Captain resigned before inquiry"]).pages(load_encoder(S), load_comparer(S)),
        told([leaning, HITS]).grammar(load_parser(S)),
        length=lambda written: len(written.text.split()),
        enough=lambda written: True,
        settings=Settings(select_context=0.05),
        max_words=100,
        singles=3,
    )
    assert [choice.written.text for choice in picked] == [HITS.text, leaning.text]


def test_a_sentence_that_an_editor_would_stop_is_worth_less():
    clear = option("Twenty-seven people were injured in the accident at Port Ellis.", HURT, name="f2")
    unclear = option("It was they who were hurt in it, which was more than that.", HURT, name="f2")
    assert chosen([HITS, unclear, clear], max_words=24) == [HITS.text, clear.text]


def test_single_reports_are_rationed():
    assert chosen([HITS, TUGS], singles=0) == [HITS.text]


def test_nothing_is_said_twice():
    again = option("The Aurora hit a wall of the harbour.", HIT, name="f4")
    other = option("Reed cancelled her meeting with Holm on Friday.", (piece("a1", "x y z"),), name="f5")
    twin = option("Ann Reed cancelled a meeting that was set for the autumn.", (piece("a2", "u v w"),), name="f6")
    assert len(chosen([HITS, again])) == 1
    assert len(chosen([other, twin])) == 1


def test_a_sentence_that_states_two_facts_counts_for_both():
    both = option("The ferry Aurora hit the harbour wall at Port Ellis and 27 people were hurt in the accident.", HIT)
    material = told([both, HURTS])
    picked = select(
        [[both], [HURTS]],
        material.pages(load_encoder(S), load_comparer(S)),
        material.grammar(load_parser(S)),
        length=lambda w: 10,
        enough=lambda written: True,
        settings=S,
        max_words=100,
        singles=0,
    )
    assert [[item.fact.id for item in choice.states] for choice in picked] == [["f1", "f2"]]


def test_two_facts_that_rest_on_the_same_claims_are_told_once():
    again = option("A ferry ran into the wall of the harbour, officials at the port reported.", HIT, name="f4")
    assert chosen([HITS, again]) == [HITS.text]


def test_what_was_told_is_not_told_again_in_other_words():
    raised = option("The airline now counts nine injured.", HURT, name="f4")
    again = option("The carrier has raised the number of injured people to nine.", TUG, name="f5")
    assert len(chosen([raised, again])) == 1


def test_what_too_few_sources_turn_out_to_report_is_not_taken():
    known = told([HITS, HURTS])
    picked = select(
        [[HITS], [HURTS]],
        known.pages(load_encoder(S), load_comparer(S)),
        known.grammar(load_parser(S)),
        length=lambda written: len(written.text.split()),
        enough=lambda written: written is not HURTS,
        settings=S,
        max_words=100,
        singles=0,
    )
    assert [choice.written for choice in picked] == [HITS]
