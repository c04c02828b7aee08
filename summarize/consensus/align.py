"""Alignment: which claims of different articles state the same thing, however worded.

Vectors propose pairs; a logistic decision over vectors, words, names, numbers, dates, negation and status disposes of
them; the pair model reads those that it does not rule out, and a second decision weighs both; average linkage turns
the decisions into groups. A group holds claims about one thing, and may hold two values of it ("27 injured",
"31 injured"): telling these apart is the business of ``discrepancies``.

The weights of the decisions lie in ``data/align.json`` and ``data/reread.json`` and are fitted by
``train/fit_decisions.py``.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.consensus.compare import Pair, compared, ordered
from summarize.language.dates import same_time
from summarize.language.numbers import agree, comparable
from summarize.models.decision import decision, log_odds
from summarize.models.decision import probability as decided
from summarize.settings import Settings
from summarize.types import Claim, Quantity, Sentence, When

if TYPE_CHECKING:
    from summarize.models.base import Answer, Comparer, Encoder, Vectors

FEATURES = (
    "cosine",  # of the two clauses' vectors
    "context",  # of their sentences' vectors
    "overlap",  # idf-weighted share of the poorer clause's words that the other has too
    "jaccard",  # idf-weighted words in common over words in all
    "rarest",  # idf of the rarest word in common, as a share of the cluster's highest
    "names_shared",
    "numbers_agree",
    "numbers_differ",
    "times_agree",
    "times_differ",
    "negation_differs",
    "status_differs",
    "mutual",  # each is the other's nearest in its article
    "near",  # how near the better of the two ranks is to the first
)


REREAD = (
    "odds",  # of the first decision, as a logarithm
    "probability",
    "same",  # the pair model's answers (logarithms)
    "rival",
    "overtaken",
    "other",
    "about",  # (log odds)
)


def group_claims(claims: Sequence[Claim], probability: Mapping[Pair, float], settings: Settings) -> list[list[int]]:
    """Groups of indices into ``claims`` that are about one thing, largest first; every claim is in one group.

    ``probability`` is what ``score_pairs`` gave for the same claims.
    """
    linked = _average_linkage(claims, probability, settings.align_threshold)
    groups = [part for group in linked for part in _held_together(sorted(group), probability, settings.align_member)]
    return sorted(groups, key=lambda group: (-len(group), group))


def _held_together(group: list[int], probability: Mapping[Pair, float], least: float) -> list[list[int]]:
    """The group around its most central claim, and each claim that hardly agrees with that one by itself.

    Average linkage carries strays along: two strong pairs can bring in a claim that is about something else.
    """

    def akin(i: int, j: int) -> float:
        return 1.0 if i == j else probability.get(ordered(i, j), 0.0)

    centre = max(group, key=lambda i: (round(sum(akin(i, j) for j in group), 6), -i))
    kept = [i for i in group if akin(i, centre) >= least]
    return [kept, *([i] for i in group if i not in kept)]


def score_pairs(claims: Sequence[Claim], vectors: Vectors, contexts: Vectors, settings: Settings) -> dict[Pair, float]:
    """Probability that the two claims are about one thing, for the pairs that vectors propose.

    ``vectors`` are of the claims, one row each; ``contexts`` of the sentences they stand in, likewise one row a claim.
    """
    pairs, rows = pair_features(claims, vectors, contexts, settings)
    if not pairs:
        return {}
    model = decision("consensus", "align")
    weights = np.array([model["weights"][name] for name in FEATURES])
    logits = rows @ weights + model["bias"]
    return dict(zip(pairs, (1.0 / (1.0 + np.exp(-logits))).round(6).tolist(), strict=True))


def reread(
    claims: Sequence[Claim],
    probability: Mapping[Pair, float],
    sources: Mapping[int, str],
    comparer: Comparer,
    settings: Settings,
) -> dict[Pair, float]:
    """``probability`` with what the pair model makes of the claims of different sources that may be about one thing."""
    asked = to_read(probability, sources, settings)
    answers = compared(claims, asked, comparer)
    read = {pair: decided("consensus", "reread", reread_features(probability[pair], answers[pair])) for pair in asked}
    return {**probability, **{pair: round(p, 6) for pair, p in read.items()}}


def to_read(probability: Mapping[Pair, float], sources: Mapping[int, str], settings: Settings) -> list[Pair]:
    """The pairs of claims of different sources that are worth reading."""
    return [
        pair
        for pair, p in probability.items()
        if p >= settings.read_probability and sources[pair[0]] != sources[pair[1]]
    ]


def reread_features(p: float, answer: Answer) -> list[float]:
    """The signs of a pair that was read, in the order of ``REREAD``."""
    answers = (answer.same, answer.rival, answer.overtaken, answer.other)
    return [log_odds(p), p, *(math.log(a + 0.001) for a in answers), log_odds(answer.about)]


def embed(
    claims: Sequence[Claim], sentences: Sequence[Sentence], sentence_vectors: Vectors, encoder: Encoder
) -> tuple[Vectors, Vectors]:
    """Vectors of the claims and of the sentences they stand in: two arrays (n, d), one row a claim.

    ``sentence_vectors`` has one row a sentence; a claim that is a whole sentence is not encoded again.
    """
    home = {sentence.text: row for row, sentence in enumerate(sentences)}
    parts = sorted({claim.text for claim in claims} - home.keys())
    known = np.concatenate([sentence_vectors, encoder.encode(parts)])
    home |= {text: len(sentences) + row for row, text in enumerate(parts)}
    return known[[home[claim.text] for claim in claims]], sentence_vectors[[claim.sentence for claim in claims]]


def central(vectors: Vectors) -> list[float]:
    """How near each vector is to the mean of all, -1 to 1."""
    return [] if len(vectors) == 0 else (vectors @ vectors.mean(axis=0)).tolist()


def pair_features(
    claims: Sequence[Claim], vectors: Vectors, contexts: Vectors, settings: Settings
) -> tuple[list[Pair], NDArray[np.float64]]:
    """The proposed pairs and their features, one row a pair in the order of ``FEATURES``."""
    if not claims:
        return [], np.zeros((0, len(FEATURES)))
    ranks = _ranks(claims, vectors)
    pairs = [pair for pair in _proposed(vectors, settings.align_neighbours) if _may_link(claims, *pair)]
    weight = _idf(claims)
    rows = [
        [
            float(vectors[i] @ vectors[j]),
            float(contexts[i] @ contexts[j]),
            *_word_features(claims[i], claims[j], weight),
            *_value_features(claims[i], claims[j]),
            *_rank_features(ranks, i, j),
        ]
        for i, j in pairs
    ]
    return pairs, np.array(rows, dtype=np.float64).reshape(len(pairs), len(FEATURES))


def _proposed(vectors: Vectors, neighbours: int) -> list[Pair]:
    """Pairs of which one is among the other's nearest ``neighbours``."""
    found: set[Pair] = set()
    count = len(vectors)
    for start in range(0, count, 1024):  # blocks, so that memory grows with n and not with its square
        block = vectors[start : start + 1024] @ vectors.T
        keep = min(neighbours + 1, count)
        nearest = np.argpartition(-block, keep - 1, axis=1)[:, :keep]
        found.update((min(start + r, int(c)), max(start + r, int(c))) for r, row in enumerate(nearest) for c in row)
    return sorted(pair for pair in found if pair[0] != pair[1])


def _may_link(claims: Sequence[Claim], i: int, j: int) -> bool:
    """Two clauses of one sentence state two things."""
    return claims[i].sentence != claims[j].sentence


def _ranks(claims: Sequence[Claim], vectors: Vectors) -> dict[Pair, int]:
    """Rank (0 the nearest) of claim j among the claims of its article, seen from claim i; the first three only."""
    articles = sorted({claim.span.article for claim in claims})
    columns = {a: np.array([k for k, claim in enumerate(claims) if claim.span.article == a]) for a in articles}
    ranks: dict[Pair, int] = {}
    for own in columns.values():
        for other in columns.values():
            if own is other:
                continue
            order = np.argsort(-(vectors[own] @ vectors[other].T), axis=1, kind="stable")[:, :3]
            for row, i in enumerate(own):
                ranks.update(((int(i), int(other[column])), rank) for rank, column in enumerate(order[row]))
    return ranks


def _idf(claims: Sequence[Claim]) -> dict[str, float]:
    """Inverse document frequency of each word over the cluster's claims: what all of them say tells none apart."""
    counts = Counter(word for claim in claims for word in claim.words)
    return {word: math.log(1 + len(claims) / count) for word, count in counts.items()}


def _word_features(a: Claim, b: Claim, weight: Mapping[str, float]) -> Iterator[float]:
    common = [weight[word] for word in a.words & b.words]
    of_a, of_b = sum(weight[w] for w in a.words), sum(weight[w] for w in b.words)
    shared, poorer = sum(common), min(of_a, of_b)
    yield shared / poorer if poorer else 0.0
    yield shared / (of_a + of_b - shared) if of_a + of_b else 0.0
    yield max(common, default=0.0) / max(weight.values())
    yield min(len(a.names & b.names), 3) / 3


def _value_features(a: Claim, b: Claim) -> Iterator[float]:
    yield from numbers_compared(a.quantities, b.quantities)
    yield from times_compared(a.times, b.times)
    yield float(a.negated != b.negated)
    yield float(a.status != b.status)


def numbers_compared(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[float, float]:
    """Whether some quantity of ``a`` agrees with one of ``b``; whether none does though two could be compared."""
    agreed = any(agree(x, y) for x in a for y in b)
    return float(agreed), float(not agreed and any(comparable(x, y) for x in a for y in b))


def times_compared(a: Sequence[When], b: Sequence[When]) -> tuple[float, float]:
    """Whether some time of ``a`` is one of ``b``; whether none is though two could be compared."""
    verdicts = [same_time(x, y) for x in a for y in b]
    agreed = any(verdict is True for verdict in verdicts)
    return float(agreed), float(not agreed and any(verdict is False for verdict in verdicts))


def _rank_features(ranks: Mapping[Pair, int], i: int, j: int) -> Iterator[float]:
    there, back = ranks.get((i, j), 3), ranks.get((j, i), 3)
    yield float(there == 0 and back == 0)
    yield 1 - min(there, back) / 3


def _average_linkage(claims: Sequence[Claim], pairs: Mapping[Pair, float], threshold: float) -> list[set[int]]:
    """Merge the two groups with the highest mean pair probability while it is at least ``threshold``.

    Pairs that were not proposed count as 0. Lazy deletion keeps the heap's work at O(p log p) for p pairs.
    """
    members = {i: {i} for i in range(len(claims))}
    links: dict[int, dict[int, float]] = {i: {} for i in members}
    for (i, j), p in pairs.items():
        links[i][j] = links[j][i] = p
    heap = [(-p, i, j) for (i, j), p in pairs.items() if p >= threshold]
    heapq.heapify(heap)
    while heap:
        value, i, j = heapq.heappop(heap)
        if i not in members or j not in members or -value != _mean(links, members, i, j):
            continue
        if {claims[k].sentence for k in members[i]} & {claims[k].sentence for k in members[j]}:
            continue
        members[i] |= members.pop(j)
        for k, total in links.pop(j).items():
            del links[k][j]
            if k != i:
                links[i][k] = links[k][i] = links[i].get(k, 0.0) + total
        for k in links[i]:
            mean = _mean(links, members, i, k)
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(i, k), max(i, k)))
    return list(members.values())


def _mean(links: Mapping[int, Mapping[int, float]], members: Mapping[int, set[int]], i: int, j: int) -> float:
    return links[i].get(j, 0.0) / (len(members[i]) * len(members[j]))
