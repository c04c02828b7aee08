"""Which pages report one event, with vectors made by hand: names and words decide together with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from summarize.models.base import Encoder
from summarize.reading.clean import clean
from summarize.reading.relevance import affinity, mark_off_topic, same_event
from summarize.reading.split import split
from summarize.reading.topic import rarity
from summarize.settings import Settings
from summarize.types import Article, Page, Sentence

DEFAULT = Settings()

FERRY = [
    "A ferry struck the pier at Dunmore on Monday, injuring 14 people, the Waterford coast guard said. "
    "The Halcyon had left Rosslare at noon, according to Celtic Lines.",
    "Fourteen people were hurt when the ferry Halcyon hit the pier at Dunmore, Celtic Lines told reporters in Rosslare. "
    "Harbour master Owen Daly closed Dunmore harbour.",
    "Celtic Lines is to inspect the ferry Halcyon after Monday's crash in Dunmore. Owen Daly, harbour master in Dunmore, "
    "spoke of luck. The coast guard at Waterford is still looking at the pier.",
]
ERUPTION = (
    "Mount Rengkasa on Flores island erupted on Wednesday, sending ash over Maumere. Ratna Wulandari of the PVMBG agency "
    "told people to stay away. Flights to Bali were cancelled by KoalaJet."
)
OTHER_ERUPTION = (
    "The Tacubilla volcano erupted near Guatemala City on Tuesday and closed La Aurora airport. Delmy Ajú of CONRED told "
    "people in Escuintla to keep their distance."
)


class Keywords:
    """Vectors of a few subjects, so that two eruptions are near each other and a ferry is far from both."""

    fingerprint = "0" * 12

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        subjects = ("ferry", "pier", "harbour", "erupt", "ash", "flight", "flores", "rengkasa", "bali", "guatemala")
        rows = [[text.lower().count(word) + 0.02 for word in subjects] for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), len(subjects))
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def read(*texts: str, encoder: Encoder | None = None) -> tuple[list[Page], list[Sentence], NDArray[np.float32]]:
    pages = clean([Article(text, id=f"p{i}") for i, text in enumerate(texts)], DEFAULT)
    sentences = split(pages, DEFAULT)
    return pages, sentences, (encoder or Keywords()).encode([sentence.text for sentence in sentences])


def off_topic(*texts: str, encoder: Encoder | None = None) -> list[bool]:
    return [page.off_topic for page in mark_off_topic(*read(*texts, encoder=encoder), DEFAULT)]


def test_articles_of_one_event_are_all_kept():
    assert off_topic(*FERRY) == [False, False, False]


@pytest.mark.parametrize("place", range(4))
def test_another_event_is_noticed_wherever_it_stands(place):
    texts = [*FERRY[:place], ERUPTION, *FERRY[place:]]
    assert off_topic(*texts) == [text == ERUPTION for text in texts]


def test_the_same_kind_of_event_elsewhere_is_another_event():
    second = (
        "Rengkasa's ash reached Bali. KoalaJet flew no more to Maumere. Ratna Wulandari of PVMBG warned Flores again."
    )
    assert off_topic(ERUPTION, second, "Mount Rengkasa on Flores: " + second, OTHER_ERUPTION) == [
        False,
        False,
        False,
        True,
    ]


def test_two_articles_about_two_events_are_two_groups_in_an_order_that_the_content_gives():
    for texts in permutations([FERRY[0], ERUPTION]):
        groups = same_event(*read(*texts), DEFAULT)
        assert sorted(map(len, groups)) == [1, 1]
        assert texts[groups[0][0]] == max(texts, key=len)
        assert sum(off_topic(*texts)) == 1


def test_one_page_and_none_are_no_case_of_doubt():
    assert off_topic(FERRY[0]) == [False]
    assert mark_off_topic([], [], Keywords().encode([]), DEFAULT) == []


def test_a_page_without_a_sentence_is_left_alone():
    assert off_topic(*FERRY, "Home\nNews") == [False] * 4


def test_affinity_is_symmetric_and_largest_on_itself():
    close = affinity(*read(*FERRY, ERUPTION), DEFAULT)
    assert np.allclose(close, close.T)
    assert (close.argmax(axis=1) == np.arange(4)).all()


def test_weeks_between_two_pages_take_some_closeness_away():
    pages, sentences, vectors = read(*FERRY)

    def between(first: date | None, second: date | None) -> float:
        dated = [replace(pages[0], published=first), replace(pages[1], published=second), pages[2]]
        return float(affinity(dated, sentences, vectors, DEFAULT)[0, 1])

    same, next_day, next_month = date(2025, 3, 4), date(2025, 3, 5), date(2025, 4, 4)
    assert between(same, same) == between(None, same) == between(None, None)
    assert between(same, same) > between(same, next_day) > between(next_month, same)


def test_a_common_name_tells_less_than_a_rare_one():
    assert rarity("trump") < rarity("york") < rarity("rengka")


@pytest.mark.slow
def test_on_the_shipped_weights_the_seeds_are_one_event_and_a_stranger_is_noticed():
    from summarize.models.load import load_encoder

    encoder = load_encoder(DEFAULT)
    folder = Path(__file__).parent.parent / "seeds" / "blinken-lavrov"
    seeds = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    for texts in (seeds, [*seeds, ERUPTION]):
        assert off_topic(*texts, encoder=encoder) == [text == ERUPTION for text in texts]
