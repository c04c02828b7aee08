"""Extractive baselines by sumy or in their authors' formulas, over this project's own sentences, filled to equal length.

Each is a function of the sentences to an order in which they are taken. A sentence's terms are the stems of its content
words, each counted once. Where a method has no guard against repetition of its own, a sentence whose cosine to one that
was taken is over ``REPEAT`` is passed over, as in MEAD. What sumy has is taken from it, but for SumBasic: sumy's leaves out
the likeliest term, and is weaker (``sumy:sumbasic``). Where sumy's is better on some data alone, ours stands beside it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.data import Item
from eval.signature import Value, code_digest
from eval.systems import sumy
from eval.systems.base import EXTRACTION, Trace, Written, extract, in_order, source_sentences
from eval.systems.vectors import Bags, bags
from summarize.settings import Settings
from summarize.types import Sentence

SEEDS = tuple(range(10))
REPEAT = 0.5
CENTROID_SHARE = 0.25
MMR_LAMBDA = 0.7
COVERAGE = 0.1
DIVERSITY = 6.0

CODE = ("eval/systems/baselines.py", "eval/systems/sumy.py", "eval/systems/vectors.py")

Order = Callable[[Sequence[Sentence], int], Sequence[int]]


def lead(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """The first article from its beginning, then the next."""
    return range(len(sentences))


def first(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """The first sentence of each article, then the second of each."""
    return sorted(range(len(sentences)), key=lambda i: sentences[i].position)


def shuffled(sentences: Sequence[Sentence], seed: int) -> Sequence[int]:
    """All sentences at random."""
    order = list(range(len(sentences)))
    random.Random(seed).shuffle(order)
    return order


def lexrank(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Erkan and Radev (2004), by sumy: the walk over sentences of cosine above 0.1, each edge of weight 1."""
    return _unrepeated(sumy.ranked("lexrank", sentences), bags(sentences))


def textrank(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Mihalcea and Tarau (2004), by sumy: PageRank over shared terms, divided by the logarithms of both lengths."""
    return _unrepeated(sumy.ranked("textrank", sentences), bags(sentences))


def centroid(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Radev and others (2004): the summed weight of a sentence's terms in the cluster's centroid, rare terms cut."""
    found = bags(sentences)
    middle = found.weights.mean(axis=0)
    middle = np.where(middle >= CENTROID_SHARE * middle.max(initial=0.0), middle, 0.0)
    scores = found.counts @ middle
    return _unrepeated(np.argsort(-scores.round(12), kind="stable"), found)  # ties: as they came


def mmr(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Carbonell and Goldstein (1998), the cluster's mean for a query: 0.7 relevance less 0.3 greatest likeness."""
    found = bags(sentences)
    relevance = found.cosine.mean(axis=1)
    relevance = relevance / max(1e-12, float(relevance.max()))
    order: list[int] = []
    nearest = np.zeros(len(sentences))
    while len(order) < len(sentences) and sum(found.words[i] for i in order) < max_words:
        gain = MMR_LAMBDA * relevance - (1 - MMR_LAMBDA) * nearest
        gain[order] = -np.inf
        order.append(int(gain.argmax()))
        nearest = np.maximum(nearest, found.cosine[order[-1]])
    return order


def submodular(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Lin and Bilmes (2011): coverage cut at a share of each sentence's own, and diversity; greedy gain a word.

    Diversity is the square root over terms, each weighed by its mean, in place of their k-means clusters.
    """
    found = bags(sentences)
    most = COVERAGE * found.cosine.sum(axis=1)
    covered, terms = np.zeros(len(sentences)), np.zeros(found.weights.shape[1])
    means = found.weights.mean(axis=0)
    order: list[int] = []
    while len(order) < len(sentences) and sum(found.words[i] for i in order) < max_words:
        coverage = np.minimum(covered + found.cosine, most).sum(axis=1) - np.minimum(covered, most).sum()
        diversity = (np.sqrt(terms + found.counts * means) - np.sqrt(terms)).sum(axis=1)
        gain = (coverage + DIVERSITY * diversity) / np.maximum(1, found.words)
        gain[order] = -np.inf
        order.append(int(gain.argmax()))
        covered, terms = covered + found.cosine[order[-1]], terms + found.counts[order[-1]] * means
    return order


def sumbasic(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Nenkova and Vanderwende (2005): best mean probability among those with the likeliest term, which are squared."""
    found = bags(sentences)
    probability = found.counts.sum(axis=0) / max(1.0, float(found.counts.sum()))
    sizes = np.maximum(1.0, found.counts.sum(axis=1))
    free = found.counts.sum(axis=1) > 0
    order: list[int] = []
    while free.any() and sum(found.words[i] for i in order) < max_words:
        open_terms = np.where(found.counts[free].any(axis=0), probability, -1.0)
        holders = free & (found.counts[:, int(open_terms.argmax())] > 0)
        order.append(int(np.where(holders, found.counts @ probability / sizes, -1.0).argmax()))
        free[order[-1]] = False
        probability = np.where(found.counts[order[-1]] > 0, probability**2, probability)
    return order


def klsum(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """Haghighi and Vanderwende (2009), by sumy: greedily the least Kullback-Leibler divergence, over the summary's terms.

    Its time grows with the third power of the sentences, since sumy ranks all of them: half a minute for 400.
    """
    return sumy.ranked("klsum", sentences)


def klsum_smoothed(sentences: Sequence[Sentence], max_words: int) -> Sequence[int]:
    """The same divergence over all of the cluster's terms, smoothed: better than sumy's on short clusters alone."""
    found = bags(sentences)
    cluster = found.counts.sum(axis=0) / max(1.0, float(found.counts.sum()))
    chosen = np.zeros(found.counts.shape[1])
    order: list[int] = []
    while len(order) < len(sentences) and sum(found.words[i] for i in order) < max_words:
        trial = chosen + found.counts + 1e-3  # smoothed: a term that is not there yet is not infinitely bad
        share = trial / trial.sum(axis=1, keepdims=True)
        divergence = (cluster * (np.log(np.maximum(cluster, 1e-300)) - np.log(share))).sum(axis=1)
        divergence[order] = np.inf
        order.append(int(divergence.argmin()))
        chosen = chosen + found.counts[order[-1]]
    return order


def _unrepeated(ranked: Iterable[int], found: Bags) -> list[int]:
    """The ranking without those that repeat one taken before."""
    order: list[int] = []
    for index in ranked:
        if not order or found.cosine[index, order].max() <= REPEAT:
            order.append(int(index))
    return order


ORDERS: dict[str, Order] = {
    "lead": lead,
    "first": first,
    "textrank": textrank,
    "lexrank": lexrank,
    "mmr": mmr,
    "centroid": centroid,
    "submodular": submodular,
    "sumbasic": sumbasic,
    "klsum": klsum,
    "klsum-smoothed": klsum_smoothed,
    "sumy:sumbasic": lambda sentences, max_words: sumy.ranked("sumbasic", sentences),
}
BY_SUMY = {"lexrank", "textrank", "klsum", "sumy:sumbasic"}


@dataclass(frozen=True, slots=True)
class Extractive:
    """A baseline by its name; ``random`` gives a text for each of ten seeds, whose figures are averaged."""

    name: str

    def signature(self) -> dict[str, Value]:
        """Name, seeds, the reader's settings, the code of both, and sumy's version where it ranks."""
        seeds = f"{SEEDS[0]}-{SEEDS[-1]}" if self.name == "random" else None
        return {
            "system": self.name,
            "seed": seeds,
            "settings": Settings().fingerprint(),
            "code": code_digest(*EXTRACTION, *CODE),
            **({"sumy": sumy.installed()} if self.name in BY_SUMY else {}),
        }

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """Extracts of ``max_words`` words, or of all there is."""
        sentences = source_sentences(item, Settings())
        if not sentences:
            return [Written("")]
        if self.name == "random":
            return [extract(in_order(shuffled(sentences, seed), sentences), max_words) for seed in SEEDS]
        return [extract(in_order(ORDERS[self.name](sentences, max_words), sentences), max_words)]
