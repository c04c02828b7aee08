"""Importance and redundancy: shipped decisions weigh what they say, and prefer what several pages tell first."""

import numpy as np
import pytest
from writing_examples import HIT, HURT, STEERING, TUG, fact, material

from summarize.models.decision import decision
from summarize.models.load import load_comparer, load_encoder
from summarize.settings import Settings
from summarize.writing import citing, importance, standing
from summarize.writing.importance import Importance, redundancy, worth
from summarize.writing.plan import Planned
from summarize.writing.write import Written

S = Settings()
PAGES = material([fact("f1", HIT)], {"f1": HIT, "f2": HURT, "f3": STEERING, "f4": TUG}).pages(
    load_encoder(S), load_comparer(S)
)


def written(text, items, name="f1"):
    return Written(Planned(fact(name, items), "consensus", tuple(items)), text, "source", carries=False, score=0.5)


@pytest.mark.parametrize(
    ("name", "features", "least"),
    [
        ("importance", importance.FEATURES, 0.75),
        ("standing", (*importance.FEATURES, *standing.FEATURES), 0.7),
        ("redundancy", importance.PAIR_FEATURES, 0.9),
        ("citation", citing.FEATURES, 0.9),
        ("cited", citing.READ, 0.9),
    ],
)
def test_a_shipped_decision_has_a_weight_for_each_sign_and_holds_on_clusters_left_out(name, features, least):
    fitted = decision("writing", name)
    assert list(fitted["weights"]) == list(features)
    assert fitted["left_out_auc"] > least
    assert fitted["clusters"] >= 30


def test_what_all_pages_tell_first_is_worth_more_than_what_one_adds():
    hit, tug = written(HIT[0].text, HIT), written(TUG[0].text, TUG, "f4")
    found = worth(Importance(PAGES).features([hit, tug], S))
    assert found[0] > 2 * found[1] > 0


def test_a_sentence_is_redundant_beside_another_that_says_the_same_and_not_beside_one_that_does_not():
    pool = [written(HIT[0].text, HIT), written(HIT[1].text, HIT), written(HURT[0].text, HURT, "f2")]
    found = redundancy(pool, PAGES.encode([each.text for each in pool]))
    assert found.shape == (3, 3)
    assert found[0, 1] > 0.8
    assert found[0, 2] < 0.2


def test_what_it_depends_on_is_something_new():
    plain = written("The ferry Aurora will sail to Port Ellis on Monday.", HIT)
    conditional = written("The ferry Aurora will sail to Port Ellis on Monday only if the wall holds.", HIT)
    pool = [plain, conditional]
    found = redundancy(pool, PAGES.encode([each.text for each in pool]))
    assert found[1, 0] <= 0.5 < found[0, 1]


def test_no_option_has_no_row():
    assert np.shape(Importance(PAGES).features([], S)) == (0, len(importance.FEATURES))
