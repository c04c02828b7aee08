"""Citation: the numbers of sources, which follow the text, and the marks that carry them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.types import Source, SummarySentence

_UNNAMED = re.compile(r"\bSource (\d+)\b")


def renumbered(
    sentences: Sequence[SummarySentence], sources: Sequence[Source]
) -> tuple[tuple[SummarySentence, ...], tuple[Source, ...]]:
    """Sources numbered in the order in which the text first cites them, the uncited ones behind, in their own order.

    A source without an outlet is called by its number ("Source 3"), in its entry and in prose; groups are numbered
    likewise.
    """
    cited = [span.article for sentence in sentences for span in sentence.citations]
    rank = {
        article: n
        for n, article in enumerate(dict.fromkeys([*cited, *(source.article for source in sources)]), start=1)
    }
    ordered = sorted(sources, key=lambda source: rank[source.article])
    groups = {group: n for n, group in enumerate(dict.fromkeys(source.group for source in ordered), start=1)}
    new = {source.number: rank[source.article] for source in sources}
    known = [
        replace(
            source,
            number=rank[source.article],
            group=groups[source.group],
            outlet=source.outlet or f"Source {rank[source.article]}",
        )
        for source in ordered
    ]
    unnamed = {source.article: source.number for source in sources if not source.outlet}
    return tuple(_respelt(sentence, unnamed, new) for sentence in sentences), tuple(known)


def _respelt(sentence: SummarySentence, unnamed: dict[str, int], new: dict[int, int]) -> SummarySentence:
    """The sentence with its own unnamed sources under their new numbers; the same words in a page stay as they are."""
    own = {unnamed[span.article] for span in sentence.citations if span.article in unnamed}
    text = _UNNAMED.sub(
        lambda match: f"Source {new[int(match[1])]}" if int(match[1]) in own else match[0], sentence.text
    )
    return replace(sentence, text=text)
