"""The lead: how fit a sentence is to open the summary.

A fitted estimate (``train/fit_selection.py``), from what editors thought of 754 sentences as first ones: 0 is harmful, 1 an
agency would open with it. It tells the event and its outcome, so it is near to what pages open with and what their later
headlines say, and a reader who knows nothing understands it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.language.words import content_words
from summarize.models.decision import scores
from summarize.writing.pages import Pages
from summarize.writing.write import Written

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES = (
    "standing",  # log of how far an editor is expected to let it stand
    "focus",  # log of the share of the later headlines' words that it has
    "first",  # of all pages' sentences the nearest is the first of its page
    "opening",  # mean over the sources of the cosine with their first sentence
    "length",  # log of its words
)
_FLOOR = 0.15
"""Focus of a sentence that says nothing of the headlines: it may say it in other words."""


def fitness(options: Sequence[Written], stands: NDArray[np.float64], pages: Pages) -> NDArray[np.float64]:
    """One figure a sentence, for ranking: about 0 to 1; ``stands`` is its standing."""
    return scores("writing", "lead", rows(options, stands, pages))


def rows(options: Sequence[Written], stands: NDArray[np.float64], pages: Pages) -> NDArray[np.float64]:
    """What the estimate sees, one row a sentence, in the order of ``FEATURES``."""
    texts = [option.text for option in options]
    cosines = pages.encode(texts) @ pages.vectors.T
    position = np.array([sentence.position for sentence in pages.sentences])
    opening = [min(places, key=lambda n: position[n]) for places in pages.by_group.values()]
    titles = [words for title in pages.latest_titles if (words := content_words(title))]
    return np.column_stack(
        [
            np.log(stands),
            [math.log(_FLOOR + _focus(text, titles)) for text in texts],
            position[cosines.argmax(axis=1)] == 0,
            cosines[:, opening].mean(axis=1),
            [math.log(max(1, len(text.split()))) for text in texts],
        ]
    )


def _focus(text: str, titles: Sequence[frozenset[str]]) -> float:
    words = content_words(text)
    return sum(len(words & title) / len(title) for title in titles) / max(1, len(titles))
