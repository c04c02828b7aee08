"""Sentences as weighted bags of stems, for the extractive baselines: a row a sentence, a column a stem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summarize.language.words import content_words
from summarize.types import Sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bags:
    """A cluster's sentences: ``counts`` 1 where a sentence has a stem, ``weights`` the same by rarity."""

    counts: Matrix
    weights: Matrix
    """Times ``ln(n / df)`` over the cluster's n sentences, as in LexRank."""
    cosine: Matrix
    words: tuple[int, ...]
    """Words of each sentence, as they count for a summary's length."""


def bags(sentences: Sequence[Sentence]) -> Bags:
    """Stems of content words; a sentence without any has cosine 0 to all."""
    stems = [content_words(sentence.text) for sentence in sentences]
    column = {stem: index for index, stem in enumerate(sorted(set().union(*stems)))}
    counts = np.zeros((len(stems), max(1, len(column))))
    for row, found in enumerate(stems):
        counts[row, [column[stem] for stem in found]] = 1.0
    rarity = np.log(len(stems) / np.maximum(1.0, counts.sum(axis=0)))
    weights = counts * rarity
    unit = weights / np.maximum(1e-12, np.linalg.norm(weights, axis=1, keepdims=True))
    return Bags(counts, weights, unit @ unit.T, tuple(len(sentence.text.split()) for sentence in sentences))
