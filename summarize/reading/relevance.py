"""Which pages report the same event: rare names and words they share, how near their vectors are, and their dates.

Two pages are as close as half the cosine of their vectors (means of their first sentences), the share of names and the
share of rare words that they have in common, each word weighed by its rarity, less a little where weeks lie between
them. None alone will do: two eruptions on two continents have a cosine of 0.69 and no name in common. Average linkage
turns this into events, so that one page between two stories does not chain them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from summarize.reading.linkage import average_linkage
from summarize.reading.topic import names, rarity, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.models.base import Vectors
    from summarize.settings import Settings
    from summarize.types import Page, Sentence


def mark_off_topic(
    pages: Sequence[Page], sentences: Sequence[Sentence], vectors: Vectors, settings: Settings
) -> list[Page]:
    """The pages, in their order, with ``off_topic`` set on those that report another event than the largest group.

    ``vectors`` has one row a sentence. A page without a sentence has no event to differ in and is left alone.
    """
    close = affinity(pages, sentences, vectors, settings)
    event = set(_of_one_event(next(iter(_grouped(close, pages, settings)), []), close, settings))
    said = {sentence.span.article for sentence in sentences}
    return [replace(page, off_topic=i not in event and page.id in said) for i, page in enumerate(pages)]


def same_event(
    pages: Sequence[Page], sentences: Sequence[Sentence], vectors: Vectors, settings: Settings
) -> list[list[int]]:
    """Indices of the pages, grouped by event: the largest group first, then the most text, then its first id."""
    return _grouped(affinity(pages, sentences, vectors, settings), pages, settings)


def _grouped(close: NDArray[np.float64], pages: Sequence[Page], settings: Settings) -> list[list[int]]:
    def rank(members: list[int]) -> tuple[int, int, list[str]]:
        text = sum(kept.end - kept.start for i in members for kept in pages[i].kept)
        return -len(members), -text, sorted(pages[i].id for i in members)

    return sorted(average_linkage(close, settings.event_link), key=rank)


def _of_one_event(group: list[int], close: NDArray[np.float64], settings: Settings) -> list[int]:
    """The group without pages that are far from the rest, though not from everything: another trial at the same court."""
    import numpy as np

    count = len(group)
    if count < settings.event_outlier_pages:
        return group
    among = close[np.ix_(group, group)] * (1 - np.eye(count))
    shared = among.sum(axis=1)
    others = (among.sum() - 2 * shared) / ((count - 1) * (count - 2))
    return [
        page
        for page, own, rest in zip(group, shared / (count - 1), others, strict=True)
        if own >= settings.event_outlier * rest
    ]


def affinity(
    pages: Sequence[Page], sentences: Sequence[Sentence], vectors: Vectors, settings: Settings
) -> NDArray[np.float64]:
    """How close each two pages are: (n, n), symmetric, from -1 to 2.5."""
    import numpy as np

    firsts = _firsts(pages, sentences, settings)
    means = np.zeros((len(pages), vectors.shape[1]))
    for i, rows in enumerate(firsts):
        if rows:
            mean = vectors[rows].mean(axis=0)
            means[i] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    texts = [[sentences[row].text for row in rows] for rows in firsts]
    named = _shared([names(" . ".join(each)) for each in texts], settings.event_names)
    worded = _shared([terms(" ".join(each)) for each in texts], settings.event_words)
    apart = settings.event_gap_weight * _apart(pages, settings)
    return np.round(settings.event_cosine_weight * (means @ means.T) + named + worded - apart, 6)


def leading(sentences: Sequence[Sentence], settings: Settings) -> list[Sentence]:
    """The first sentences of each page, which tell what event it reports."""
    return [sentence for sentence in sentences if sentence.position < settings.event_sentences]


def _firsts(pages: Sequence[Page], sentences: Sequence[Sentence], settings: Settings) -> list[list[int]]:
    """Of each page the indices of its first sentences."""
    by_page: dict[str, list[int]] = defaultdict(list)
    for row, sentence in enumerate(sentences):
        if sentence.position < settings.event_sentences:
            by_page[sentence.span.article].append(row)
    return [by_page[page.id] for page in pages]


def _shared(sets: Sequence[frozenset[str]], least: float) -> NDArray[np.float64]:
    """What each two sets share, as a part of the smaller one, terms weighed by rarity; 0 to 1.

    A set of less weight than ``least`` counts as if it had so much: two words in common out of three tell little.
    """
    import numpy as np

    carriers: dict[str, list[int]] = defaultdict(list)
    for i, terms_of_page in enumerate(sets):
        for term in sorted(terms_of_page):
            carriers[term].append(i)
    common = np.zeros((len(sets), len(sets)))
    for term, pages in carriers.items():
        common[np.ix_(pages, pages)] += rarity(term)
    weights = common.diagonal()
    shares: NDArray[np.float64] = common / np.maximum(least, np.minimum(weights[:, None], weights[None, :]))
    return shares


def _apart(pages: Sequence[Page], settings: Settings) -> NDArray[np.float64]:
    """How far each two days of publication are apart: 0 for one day, 1 for ``event_gap_days``, 1.5 at most; logarithmic."""
    import numpy as np

    days = np.array([page.published.toordinal() if page.published else np.nan for page in pages], dtype=np.float64)
    gap = np.nan_to_num(np.abs(days[:, None] - days[None, :]))
    far: NDArray[np.float64] = np.minimum(np.log1p(gap) / np.log1p(settings.event_gap_days), 1.5)
    return far
