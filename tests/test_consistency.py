"""The consistency score: its signs by hand, and true sentences above false ones with the same words."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from writing_examples import piece

from summarize.models.load import load_parser
from summarize.settings import Settings
from summarize.writing.consistency import SIGNS, consistency, dependencies, known, nearest, signs, weighed

S = Settings()
SUED = (
    piece("a1", "Northmere Bank sued Calder Steel for $4 million in March."),
    piece("a1", "Calder Steel denied that it owed the bank anything.", start=100),
)


@pytest.fixture(scope="module")
def parser():
    return load_parser(S)


def measured(sentence, parser):
    texts = [sentence, *known(SUED)]
    arcs = {t: dependencies(t, p) for t, p in zip(texts, parser.parse(texts), strict=True)}
    return dict(zip(SIGNS, signs(sentence, SUED, arcs, S), strict=True))


@pytest.mark.slow
def test_a_copied_sentence_has_every_good_sign_and_no_bad_one(parser):
    found = measured(SUED[0].text, parser)
    assert found == {"copied": 1, "arcs": 1, "one_source": 1, "values": 0, "operators": 0, "relations": 0}


@pytest.mark.slow
def test_another_number_and_a_lost_denial_are_seen(parser):
    assert measured("Northmere Bank sued Calder Steel for $9 million.", parser)["values"] == 1
    assert measured("Calder Steel owed the bank anything.", parser)["operators"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        "Calder Steel sued Northmere Bank for $4 million.",
        "Northmere Bank sued Calder Steel for $9 million.",
        "Calder Steel owed the bank $4 million.",
        "Northmere Bank denied that it owed Calder Steel anything.",
    ],
)
def test_what_is_true_ranks_above_what_only_uses_the_words(wrong, parser):
    right, false = consistency([("Northmere Bank sued Calder Steel for $4 million.", SUED), (wrong, SUED)], parser, S)
    assert right > false


@pytest.mark.slow
def test_scores_do_not_depend_on_company(parser):
    drafts = [("Northmere Bank sued Calder Steel.", SUED), ("Calder Steel denied it.", SUED)]
    assert consistency(drafts, parser, S) == [consistency([draft], parser, S)[0] for draft in drafts]
    assert consistency([], parser, S) == []
    assert consistency([("", ())], parser, S)


def test_the_nearest_evidence_adds_words_and_no_more():
    assert nearest("Northmere Bank sued in March.", SUED)[0] == SUED[0]
    assert nearest("Nobody came.", SUED) == [SUED[0]]
    assert nearest("Nobody came.", ()) == []


def test_the_shipped_weights_are_of_these_signs_and_point_the_right_way():
    model = json.loads(files("summarize.writing").joinpath("data/consistency.json").read_text(encoding="utf-8"))
    assert tuple(model["weights"]) == SIGNS
    good = {name: weight > 0 for name, weight in model["weights"].items()}
    assert good == {name: name in ("copied", "arcs", "one_source") for name in SIGNS}
    assert weighed([0.0] * len(SIGNS)) == 0
