"""Neutrality: loaded words outside quotations, beside those of the articles and of the references."""

from __future__ import annotations

from collections.abc import Sequence

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task
from eval.metrics.judge import loaded_words, verifier_protocol
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import Written
from summarize.language.quotations import quotations


class Neutrality:
    """Loaded words for every hundred words outside quotations, by the project's lexicon."""

    figures = (
        Figure("loaded", "loaded words for 100 words of the summary outside quotations", "lower"),
        Figure("loaded_sources", "the same for each article, mean", ""),
        Figure("loaded_references", "the same for each reference, mean", ""),
    )

    def protocol(self, task: Task) -> dict[str, Value]:
        """The lexicon lies beside the verifier and shares its signature."""
        return verifier_protocol()

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """All of them; excluded where nothing was written."""
        own = loaded_rate(written.text)
        if own is None:
            raise Excluded("empty summary")
        return {
            "loaded": own,
            "loaded_sources": _mean_rate([article.text for article in item.articles]),
            "loaded_references": _mean_rate(item.references),
        }


def loaded_rate(text: str) -> float | None:
    """Loaded words for 100 words outside quotations; ``None`` where there are none of either."""
    outside = text
    for start, end in quotations(text):
        outside = outside[:start] + " " * (end - start) + outside[end:]
    words = sum(any(char.isalnum() for char in word) for word in outside.split())
    if not words:
        return 0.0 if text.strip() else None
    return 100 * len(loaded_words(text)) / words


def _mean_rate(texts: Sequence[str]) -> float | None:
    rates = [rate for rate in map(loaded_rate, texts) if rate is not None]
    return mean(rates) if rates else None
