"""Importance: how much of what a good summary holds a sentence is expected to state, and how far two state the same.

Two fitted decisions (``train/fit_selection.py``): ``importance``, a linear estimate of the number of core facts that a
sentence states and of an editor's word for its weight, from what all pages say and where they say it; and
``redundancy``, the probability that a sentence adds nothing to another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.language.dates import times
from summarize.language.names import names
from summarize.language.numbers import quantities
from summarize.language.polarity import status
from summarize.language.quotations import quotations
from summarize.language.words import content_words
from summarize.models.decision import scores
from summarize.settings import Settings
from summarize.writing.bearing import alike, counts_otherwise
from summarize.writing.pages import Pages
from summarize.writing.verify import support
from summarize.writing.write import Written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.models.base import Vectors

FEATURES = (
    "likeness",  # mean over the sources of the cosine with the sentence of theirs that is nearest
    "likeness_median",
    "place",  # how far down that sentence stands, 0 to 1, the mean over the sources that have one near
    "leads",  # share of the sources that have it among their first sentences
    "titles",  # cosine with the headlines, the mean of the nearest three
    "central",  # of the fact, see Score
    "bears",  # share of the sources whose own words bear it out
    "support",  # how much of its words each source's sentence carries
    "shared_words",  # its content words, each by the share of sources that use it
    "unshared",  # share of its content words that one source alone uses
    "length",  # log of its words
    "short",
    "long",
    "names",
    "number",
    "date",
    "quoted",  # share of it that stands in quotation marks
    "planned",
    "disputed",
    "single",
)
PAIR_FEATURES = ("cosine", "cosine_squared", "held", "jaccard", "one_fact")
LEAST = 0.02
_NEAR = 0.45  # cosine from which a source has a sentence on it
_FIRST = 3  # sentences of a page that open it
_SHORT, _LONG = 7, 25  # words
_CONDITION = re.compile(r"\b(?:if|unless|provided)\b", re.IGNORECASE)
_CONDITIONAL = 0.5
"""Factor where a sentence tells on what it depends and the other does not: too few in the gold to be a sign."""


class Importance:
    """What one cluster's pages say, as the measure of the sentences that may summarise it."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def features(self, options: Sequence[Written], settings: Settings) -> NDArray[np.float64]:
        """One row a sentence, in the order of ``FEATURES``."""
        if not options:
            return np.zeros((0, len(FEATURES)))
        vectors = self._pages.encode([option.text for option in options])
        wide = self._wide(vectors)
        narrow = [self._own(option, settings) for option in options]
        return np.hstack([wide, np.array(narrow, dtype=float)])

    def _wide(self, vectors: Vectors) -> NDArray[np.float64]:
        """The first five features: what the sources' sentences nearest in meaning are, and where they stand."""
        pages = self._pages
        cosines = vectors @ pages.vectors.T
        position = np.array([sentence.position for sentence in pages.sentences])
        groups = [np.array(rows) for rows in pages.by_group.values()]
        best = [rows[cosines[:, rows].argmax(axis=1)] for rows in groups]
        nearest = np.stack([cosines[np.arange(len(vectors)), own] for own in best], axis=1)
        last = [max(1, int(position[rows].max())) for rows in groups]
        place = np.stack([position[own] / end for own, end in zip(best, last, strict=True)], axis=1)
        first = np.stack([position[own] < _FIRST for own in best], axis=1)
        has = (nearest > _NEAR) + 1e-6
        titles = np.sort(vectors @ pages.encode(pages.titles).T, axis=1)[:, -3:] if pages.titles else has[:, :1] * 0
        return np.column_stack(
            [
                nearest.mean(axis=1),
                np.median(nearest, axis=1),
                (place * has).sum(axis=1) / has.sum(axis=1),
                (first * (nearest > _NEAR)).mean(axis=1),
                titles.mean(axis=1),
            ]
        )

    def _own(self, option: Written, settings: Settings) -> list[float]:
        """The other features: the fact behind the sentence, and its form."""
        text, planned = option.text, option.planned
        words, length = content_words(text), len(text.split())
        bearing = {
            item.group
            for item in planned.evidence
            if alike(text, item) >= settings.cite_least and not counts_otherwise(text, item)
        }
        return [
            planned.fact.score.centrality,
            len(bearing) / max(1, len(self._pages.by_group)),
            support(text, planned.evidence),
            sum(self._pages.shares.get(word, 0.0) for word in words),
            len(words - self._pages.shares.keys()) / max(1, len(words)),
            math.log(max(1, length)),
            length < _SHORT,
            max(0, length - _LONG) / 10,
            min(3, len(names(text))),
            bool(quantities(text)),
            bool(times(text)),
            quoted(text),
            status(text) in ("planned", "possible"),
            planned.dispute is not None,
            planned.kind == "single",
        ]


def worth(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of a good summary each sentence is expected to state, at least a little; one row of features each."""
    return np.maximum(LEAST, scores("writing", "importance", features))


def redundancy(options: Sequence[Written], vectors: Vectors) -> NDArray[np.float64]:
    """Probability (n, n) that the sentence of a row adds nothing to the sentence of a column."""
    found: NDArray[np.float64] = 1 / (1 + np.exp(-scores("writing", "redundancy", pair_features(options, vectors))))
    conditional = np.array([_CONDITION.search(option.text) is not None for option in options])
    found[np.ix_(conditional, ~conditional)] *= _CONDITIONAL
    return found


def pair_features(options: Sequence[Written], vectors: Vectors) -> NDArray[np.float64]:
    """Features (n, n, f) of each ordered pair, in the order of ``PAIR_FEATURES``."""
    bags = [content_words(option.text) for option in options]
    size = np.array([max(1, len(bag)) for bag in bags], dtype=float)
    vocabulary = {word: n for n, word in enumerate(sorted(set().union(*bags)))}
    present = np.zeros((len(bags), len(vocabulary)))
    for row, bag in enumerate(bags):
        present[row, [vocabulary[word] for word in bag]] = 1
    common = present @ present.T
    cosine = (vectors @ vectors.T).astype(float)
    facts = np.array([option.planned.fact.id for option in options])
    return np.stack(
        [
            cosine,
            cosine**2,
            common / np.minimum(size[:, None], size[None, :]),
            common / np.maximum(1, size[:, None] + size[None, :] - common),
            (facts[:, None] == facts[None, :]).astype(float),
        ],
        axis=-1,
    )


def quoted(text: str) -> float:
    """Share of the text that stands in quotation marks."""
    return sum(end - start for start, end in quotations(text)) / max(1, len(text))
