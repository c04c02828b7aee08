"""From facts to a cited summary: bounded, verified, the same every time, with or without a model."""

import re

import pytest
from writing_examples import HIT, HURT, MORE, SOURCES, STEERING, TUG, fact, material, piece

from summarize.language.words import content_words
from summarize.models.fake import FakeGenerator
from summarize.models.load import load_comparer, load_encoder, load_models, load_parser
from summarize.settings import Settings
from summarize.types import Discrepancy, Source, Value
from summarize.writing.compose import cited, compose
from summarize.writing.grammar import Grammar
from summarize.writing.headline import headline
from summarize.writing.plan import Planned
from summarize.writing.trim import tidied
from summarize.writing.write import from_model

S = Settings()
FACTS = (
    fact("f1", HIT, total=2.0),
    fact("f2", HURT, total=1.5),
    fact("f3", STEERING),
    fact("f4", TUG, status="single"),
)
EVIDENCE = {"f1": HIT, "f2": HURT, "f3": STEERING, "f4": TUG}


def draft(generator=None, facts=FACTS, evidence=None, sources=SOURCES, *, max_words=120, **options):
    known = material(facts, EVIDENCE if evidence is None else evidence, sources, **options)
    return compose(known, load_models(S), generator, S, max_words=max_words)


def test_every_sentence_is_cited_and_supported():
    made = draft()
    assert len(made.sentences) == 4
    for sentence in made.sentences:
        assert sentence.citations
        assert sentence.facts
        assert sentence.written_by == "source"


def test_the_text_numbers_its_sources():
    assert "[1][2][3]." in draft().text.split("Twenty-seven")[0]
    assert re.sub(r"\s*\[\d\]", "", draft().text) == " ".join(s.text for s in draft().sentences)


@pytest.mark.parametrize("bound", [1, 5, 12, 25, 60])
def test_the_bound_holds_and_the_text_ends_whole(bound):
    made = draft(max_words=bound)
    assert sum(len(s.text.split()) for s in made.sentences) <= bound
    assert made.text == "" or made.text.endswith(".")


def test_single_sources_are_attributed():
    (tug,) = [s.text for s in draft().sentences if "tug" in s.text]
    assert "Isle Notes" in tug


def test_speakers_are_named():
    (steering,) = [s.text for s in draft().sentences if "steering" in s.text]
    assert "Ann Reed said" in steering or "Reed said" in steering


def test_disputes_are_told():
    facts = (*FACTS, fact("f5", MORE, status="disputed"))
    dispute = Discrepancy(
        "number", "injured", (Value("Twenty-seven", (), facts[1].evidence), Value("Thirty-one", (), facts[4].evidence))
    )
    made = draft(facts=facts, evidence=EVIDENCE | {"f5": MORE}, discrepancies=[dispute])
    (hurt,) = [s for s in made.sentences if "hurt" in s.text or "injured" in s.text]
    assert hurt.text.endswith(", according to two sources; Isle Notes gives thirty-one.")
    assert {c.article for c in hurt.citations} == {"a1", "a2", "a4"}


def test_a_good_model_is_used():
    made = draft(FakeGenerator(lambda request: ["27 people were hurt ."]))
    (hurt,) = [s for s in made.sentences if s.written_by == "model"]
    assert hurt.text == "27 people were hurt."


def test_what_a_model_writes_is_recased():
    generator = FakeGenerator(lambda request: ["the ferry aurora hit the harbour wall at port ellis ."])
    planned = [Planned(FACTS[0], "consensus", HIT)]
    ((hit, *_),) = from_model(planned, {}, generator, material(FACTS, EVIDENCE).grammar(load_models(S).parser), S)
    assert (hit.text, hit.by) == ("The ferry Aurora hit the harbour wall at Port Ellis.", "model")


@pytest.mark.parametrize(
    "answer",
    ["", "garbage", "the ferry aurora sank with 400 people .", "he hit it .", "((((", "the the the", "ignore this ."],
)
def test_a_bad_model_changes_nothing(answer):
    assert draft(FakeGenerator(lambda request: [answer])).text == draft().text


def test_a_silent_model_changes_nothing():
    assert draft(FakeGenerator(lambda request: [])).text == draft().text


@pytest.mark.parametrize("family", ["shipped", "plain", "instruction"])
def test_each_family_gets_its_prompt(family):
    generator = FakeGenerator(family=family)
    draft(generator)
    assert all(request.prompt and request.evidence for request in generator.seen)


def test_alone_everything_is_attributed():
    items = HIT[:1]
    made = draft(None, (fact("f1", items, status="single"),), {"f1": items}, SOURCES[:1], max_words=60)
    assert "Harbour Ledger" in made.sentences[0].text
    assert "Only" not in made.sentences[0].text


def test_blame_that_is_only_said_is_not_told_in_the_summarys_own_voice():
    said = tuple(
        piece(f"a{n}", "The crew caused the crash.", f"The crew caused the crash, {who} said.", speaker=who)
        for n, who in ((1, "Ann Reed"), (2, "Bo Holm"))
    )
    told = draft(facts=(fact("f1", said),), evidence={"f1": said}).sentences
    assert all("said" in sentence.text for sentence in told)
    plain = (said[0], piece("a2", "The crew caused the crash."))
    assert draft(facts=(fact("f1", plain),), evidence={"f1": plain}).sentences


def test_nothing_to_say():
    made = draft(None, (), {})
    assert (made.text, made.title, made.sentences) == ("", "", ())


def test_citations_follow_a_closing_quotation_mark():
    items = (piece("a1", "Ann Reed said: “We left early.”"), piece("a2", "Ann Reed said: “We left early.”"))
    made = draft(None, (fact("f1", items),), {"f1": items})
    assert made.text.endswith("early.” [1][2]")
    assert cited(made.sentences[0], {"a1": 7, "a2": 3}).endswith("[3][7]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AYIOS FOKAS (Bulletin) — A ferry hit a wall", "A ferry hit a wall."),
        ("22:15 Four people were flown out", "Four people were flown out."),
        ("But the ship (built 2003) was freed this afternoon.", "The ship was freed."),
        ("• Nobody is missing", "Nobody is missing."),
        ("WORKERS at the plant were told", "Workers at the plant were told."),
        ("NASA says it will wait", "NASA says it will wait."),
        ("  ", ""),
    ],
)
def test_tidied(text, expected):
    assert tidied(text) == expected


CRASH = ["The ferry Aurora hit the harbour wall at Port Ellis.", "Twenty-seven people were hurt."]


def title(*headlines, sentences=CRASH, stale=()):
    """The title above the sentences where the pages have these headlines, the first page being the oldest."""
    sources = [
        Source(n, f"a{n}", f"Outlet {n}", text, None, f"2025-05-{12 + n}", n, True, "")
        for n, text in enumerate(headlines, 1)
    ]
    pages = material(FACTS, EVIDENCE, sources).pages(load_encoder(S), load_comparer(S))
    grammar = Grammar(load_parser(S), {})
    return headline(pages, grammar, sentences, [content_words(text) for text in stale], S)


def test_the_title_is_the_headline_that_tells_what_the_summary_opens_with():
    assert title("Isle wants a tug", "Ferry hits harbour wall", "The wall and the sea") == "Ferry hits harbour wall"
    assert title("Aurora strikes harbour wall, 27 hurt", "A wall at the sea") == "Aurora strikes harbour wall, 27 hurt"
    assert title() == "The ferry Aurora hit the harbour wall at Port Ellis"
    assert title("Ferry hits harbour wall", sentences=[]) == ""


@pytest.mark.parametrize(
    "unfit",
    [
        "HORROR ferry of fear slams into harbour wall",
        "Ferry hits harbour wall, 400 aboard",
        "Ferry did not hit harbour wall",
        "Why the ferry hit the harbour wall",
        "Live: ferry hits harbour wall, latest updates",
        "Ferry hits harbour wall!",
        "Bakers win a prize at the fair",
        "Status report on the ferry at the harbour wall",
        "'We heard a bang' as ferry hits harbour wall",
        "Ferry to hit harbour wall on Monday",
    ],
)
def test_no_title_shouts_asks_counts_or_denies_otherwise(unfit):
    assert title(unfit) == "The ferry Aurora hit the harbour wall at Port Ellis"


def test_no_title_is_of_what_was_overtaken():
    assert title("Ferry still stuck on harbour wall", stale=["The ferry is still stuck on the harbour wall"]) == (
        "The ferry Aurora hit the harbour wall at Port Ellis"
    )


def test_the_headline_of_an_early_page_does_not_stand_above_what_overtook_it():
    resigned = ["Henrik Solgaard resigned on Monday as mayor of Vesterholm.", "The council will choose a successor."]
    early = "Solgaard to stay on as mayor, Vesterholm council says"
    assert title(early, "Rain in Vesterholm", "Sun in Vesterholm", sentences=resigned) != early


def test_a_motto_in_front_is_no_part_of_a_title():
    assert title("Sticks and stones: ferry hits harbour wall") == "Ferry hits harbour wall"


def test_a_label_and_a_site_are_no_part_of_a_title():
    assert title("UPDATE 2 - Ferry hits harbour wall | Isle Notes") == "Ferry hits harbour wall"


def test_the_shortened_title_keeps_its_main_clause():
    slow = (
        "In an epic of three hours and two minutes on the windy court of St Aldric Ann Reed beat Eve Holm in the final."
    )
    assert title(sentences=[slow, "Ann Reed beat Eve Holm on Sunday."]) == "Ann Reed beat Eve Holm on Sunday"
