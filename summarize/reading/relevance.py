"""Which pages report the same event: rare names and words they share, and how near their vectors are.

Two pages are as close as the sum of three figures between 0 and 1: the cosine of their vectors (mean of their first
sentences), the share of names, and the share of rare words that they have in common. Neither alone will do: two
eruptions on two continents have a cosine of 0.66 and no name in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from summarize.reading.topic import names, terms

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
    groups = same_event(pages, sentences, vectors, settings)
    said = {sentence.span.article for sentence in sentences}
    event = set(groups[0]) if groups else set()
    return [replace(page, off_topic=i not in event and page.id in said) for i, page in enumerate(pages)]


def same_event(
    pages: Sequence[Page], sentences: Sequence[Sentence], vectors: Vectors, settings: Settings
) -> list[list[int]]:
    """Indices of the pages, grouped by event, the largest group first; ties are broken by content, not by order."""
    close = affinity(pages, sentences, vectors, settings)
    return groups_of(close >= _wanted(len(pages), settings), pages)


def groups_of(linked: NDArray[np.bool_], pages: Sequence[Page]) -> list[list[int]]:
    """Connected components of a symmetric (n, n) matrix: largest first, then the most text, then its first id."""
    group = list(range(len(pages)))
    for i in range(len(pages)):
        for j in range(i):
            if linked[i, j] and group[i] != group[j]:
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    found: dict[int, list[int]] = defaultdict(list)
    for i, g in enumerate(group):
        found[g].append(i)

    def rank(members: list[int]) -> tuple[int, int, list[str]]:
        text = sum(kept.end - kept.start for i in members for kept in pages[i].kept)
        return -len(members), -text, sorted(pages[i].id for i in members)

    return sorted(found.values(), key=rank)


def affinity(
    pages: Sequence[Page], sentences: Sequence[Sentence], vectors: Vectors, settings: Settings
) -> NDArray[np.float32]:
    """How close each two pages are: (n, n), symmetric, from -1 to 3."""
    import numpy as np

    firsts = _firsts(pages, sentences, settings)
    means = np.zeros((len(pages), vectors.shape[1]), dtype=np.float32)
    for i, rows in enumerate(firsts):
        if rows:
            mean = vectors[rows].mean(axis=0)
            means[i] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    texts = [[sentences[row].text for row in rows] for rows in firsts]
    named = [names(" . ".join(each)) for each in texts]
    worded = [terms(" ".join(each)) for each in texts]
    return means @ means.T + _overlaps(named, settings) + _overlaps(worded, settings)


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


def _overlaps(sets: Sequence[frozenset[str]], settings: Settings) -> NDArray[np.float32]:
    """What each two sets share, as part of the smaller one; tiny sets count as if they had a few members more."""
    import numpy as np

    least = settings.event_names
    return np.array(
        [[len(a & b) / max(least, min(len(a), len(b))) for b in sets] for a in sets], dtype=np.float32
    ).reshape(len(sets), len(sets))


def _wanted(count: int, settings: Settings) -> float:
    """How close two pages must be: less in a small cluster, where no third page can stand between two."""
    step = (settings.event_link - settings.event_link_pair) / 2
    return settings.event_link_pair + step * max(0, min(count, 4) - 2)
