"""Citing: in which articles a sentence of the summary stands, wherever alignment put their claims.

For every article the sentence of it that is nearest in meaning is judged by a fitted decision (``citation``,
``train/fit_selection.py``): does the article report what the sentence says?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarize.language.numbers import agree, quantities
from summarize.language.words import content_words
from summarize.models.decision import probability
from summarize.settings import Settings
from summarize.writing.bearing import alike, counts_otherwise
from summarize.writing.evidence import Evidence
from summarize.writing.pages import Pages
from summarize.writing.write import Written

FEATURES = (
    "cosine",
    "cosine_squared",
    "second",  # cosine of the article's sentence that is next nearest
    "held",  # share of the text's content words that the sentence has
    "alike",  # see ``alike``; of the article's claims of the fact
    "of_fact",  # whether the article has a claim of the fact
    "counts_otherwise",
    "numbers",  # share of the text's numbers that the sentence has, a half where it has none
)


@dataclass(frozen=True, slots=True)
class Cited:
    """An article's sentence that may bear a text out, and how likely the article reports what the text says."""

    item: Evidence
    probability: float


class Citing:
    """One cluster's articles, as what a sentence may cite."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._known: dict[tuple[str, str], tuple[Cited, ...]] = {}

    def cited(self, written: Written) -> tuple[Cited, ...]:
        """Each article's nearest sentence to a written one, by falling probability."""
        key = (written.text, written.planned.fact.id)
        if key not in self._known:
            rows = self.features(written)
            found = [Cited(item, probability("writing", "citation", row)) for item, row in rows]
            self._known[key] = tuple(sorted(found, key=lambda c: (-round(c.probability, 6), c.item.number)))
        return self._known[key]

    def features(self, written: Written) -> list[tuple[Evidence, list[float]]]:
        """For every article its sentence and the signs, in the order of ``FEATURES``."""
        text = written.text
        words, numbers = content_words(text), quantities(text)
        cosines = self._pages.vectors @ self._pages.encode([text])[0]
        found = []
        for article, rows in self._pages.by_article.items():
            claims = [item for item in written.planned.evidence if item.span.article == article]
            likeness = max((alike(text, item) for item in claims), default=0.0)
            ranked = sorted(rows, key=lambda n: (-round(float(cosines[n]), 6), n))
            item = self._pages.items[ranked[0]]
            have = quantities(item.sentence)
            cosine = float(cosines[ranked[0]])
            held = len(words & content_words(item.sentence)) / max(1, len(words))
            shared = np.mean([any(agree(a, b) for b in have) for a in numbers]) if numbers else 0.5
            second = float(cosines[ranked[1]]) if len(ranked) > 1 else 0.0
            contradicts = float(counts_otherwise(text, item))
            signs = [cosine, cosine**2, second, held, likeness, float(bool(claims)), contradicts, float(shared)]
            found.append((item, signs))
        return found

    def groups(self, written: Written, least: float) -> int:
        """How many independent sources report it, of those that are at least so likely to."""
        return len({each.item.group for each in self.cited(written) if each.probability >= least})


def bearing(cited: Sequence[Cited], settings: Settings) -> list[Evidence]:
    """What to cite: every article that surely reports it, two independent ones that probably do, at least the best."""
    kept: list[Evidence] = []
    for each in cited:
        fewer = len({item.group for item in kept} - {each.item.group}) < 2
        least = settings.cite_second if fewer else settings.cite_probability
        if each.probability >= least or not kept:
            kept.append(each.item)
    return kept
