"""Citing: in which articles a sentence of the summary stands, wherever alignment put their claims, and in which words.

Of every article the sentences nearest in meaning, and those with a claim of the fact, are judged in two steps, each a
fitted decision (``train/fit_selection.py``): ``citation`` sees how alike they are, and for what it leaves open the pair
model reads both together, which ``cited`` weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from summarize.language.numbers import agree, quantities
from summarize.language.polarity import negated
from summarize.language.words import content_words
from summarize.models.base import Answer
from summarize.models.decision import log_odds, probability
from summarize.settings import Settings
from summarize.writing.bearing import alike, counts_otherwise
from summarize.writing.evidence import Evidence
from summarize.writing.pages import Pages
from summarize.writing.write import Written

FEATURES = (
    "cosine",
    "cosine_squared",
    "nearest",  # of its article's sentences
    "held",  # share of the text's content words that the sentence has
    "carried",  # share of the sentence's that the text has
    "alike",  # see ``alike``; of the claims of the fact that stand in it
    "of_fact",  # whether one does
    "of_article",  # whether one stands anywhere in the article
    "counts_otherwise",
    "numbers",  # share of the text's numbers that the sentence has, a half where it has none
    "denies",  # one of the two is negated
)
READ = (
    "citation",  # log odds of the first decision
    "about",  # the pair model's answers (log odds)
    "same",
    "rival",
    "overtaken",
)
NEAREST = 3
"""Sentences of an article that are looked at."""
LEAST_COSINE = 0.25


@dataclass(frozen=True, slots=True)
class Cited:
    """An article's sentence that may bear a text out, and how likely it says what the text says."""

    item: Evidence
    probability: float


class Citing:
    """One cluster's articles, as what a sentence may cite."""

    def __init__(self, pages: Pages, settings: Settings) -> None:
        self._pages = pages
        self._settings = settings
        self._seen: dict[tuple[str, str], tuple[Cited, ...]] = {}
        self._read: dict[tuple[str, str], tuple[Cited, ...]] = {}

    def likely(self, written: Written) -> tuple[Cited, ...]:
        """Each article's likeliest sentence at first sight, by falling probability."""
        return _best(self._at_first_sight(written))

    def cited(self, written: Written) -> tuple[Cited, ...]:
        """Each article's likeliest sentence, those that may be it read beside the written one, by falling probability."""
        key = _key(written)
        if key not in self._read:
            seen = [each for each in self._at_first_sight(written) if each.probability >= self._settings.cite_read]
            answers = self._pages.beside(written.text, [each.item.sentence for each in seen])
            self._read[key] = tuple(
                Cited(each.item, probability("writing", "cited", read_features(each.probability, answer)))
                for each, answer in zip(seen, answers, strict=True)
            )
        return _best(self._read[key])

    def features(self, written: Written) -> list[tuple[Evidence, list[float]]]:
        """The sentences of the articles that may bear a written one out, and their signs, in the order of ``FEATURES``."""
        text = written.text
        words, numbers = content_words(text), quantities(text)
        cosines = self._pages.vectors @ self._pages.encode([text])[0]
        claims: dict[str, list[Evidence]] = {}
        for item in written.planned.evidence:
            claims.setdefault(item.span.article, []).append(item)
        found = []
        for article, rows in self._pages.by_article.items():
            ranked = sorted(rows, key=lambda n: (-round(float(cosines[n]), 6), n))
            own = claims.get(article, [])
            for rank, n in enumerate(ranked):
                item, cosine = self._pages.items[n], float(cosines[n])
                inside = [claim for claim in own if claim.whole == item.whole]
                if not inside and (rank >= NEAREST or cosine < LEAST_COSINE):
                    continue
                theirs, have = content_words(item.sentence), quantities(item.sentence)
                shared = len(words & theirs)
                signs = [
                    cosine,
                    cosine**2,
                    float(rank == 0),
                    shared / max(1, len(words)),
                    shared / max(1, len(theirs)),
                    max((alike(text, claim) for claim in inside), default=0.0),
                    float(bool(inside)),
                    float(bool(own)),
                    float(counts_otherwise(text, item)),
                    float(np.mean([any(agree(a, b) for b in have) for a in numbers])) if numbers else 0.5,
                    float(negated(text) != negated(item.sentence)),
                ]
                found.append((item, signs))
        return found

    def _at_first_sight(self, written: Written) -> tuple[Cited, ...]:
        key = _key(written)
        if key not in self._seen:
            self._seen[key] = tuple(
                Cited(item, probability("writing", "citation", row)) for item, row in self.features(written)
            )
        return self._seen[key]


def read_features(first: float, answer: Answer) -> list[float]:
    """What the second decision weighs, in the order of ``READ``: the first one's probability and the pair model's answer."""
    return [log_odds(p) for p in (first, answer.about, answer.same, answer.rival, answer.overtaken)]


def groups(cited: Iterable[Cited], least: float) -> int:
    """How many independent sources are at least so likely to report it."""
    return len({each.item.group for each in cited if each.probability >= least})


def bearing(cited: Sequence[Cited], settings: Settings) -> list[Evidence]:
    """What to cite: every article that surely reports it, two independent ones that probably do, at least the best."""
    kept: list[Evidence] = []
    for each in cited:
        fewer = len({item.group for item in kept} - {each.item.group}) < 2
        least = settings.cite_second if fewer else settings.cite_probability
        if each.probability >= least or not kept:
            kept.append(each.item)
    return kept


def _key(written: Written) -> tuple[str, str]:
    return written.text, written.planned.fact.id


def _best(found: Sequence[Cited]) -> tuple[Cited, ...]:
    """The likeliest of each article."""
    order = sorted(found, key=lambda c: (-round(c.probability, 6), c.item.number, c.item.span))
    best: dict[str, Cited] = {}
    for each in order:
        best.setdefault(each.item.span.article, each)
    return tuple(best.values())
