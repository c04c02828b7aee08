"""The extractive oracle: what an extract could reach at best, roughly, by looking at the references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.data import Item
from eval.metrics.rouge import tokens
from eval.signature import Value, code_digest
from eval.systems.base import EXTRACTION, Trace, Written, extract, in_order, source_sentences
from summarize.settings import Settings
from summarize.types import Sentence

Grams = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Greedy (Nallapati and others, 2017): the sentence that adds most ROUGE-1 and ROUGE-2 recall a word."""

    name: str = "oracle"

    def signature(self) -> dict[str, Value]:
        """Name, settings of the reader, code."""
        code = code_digest(*EXTRACTION, "eval/systems/oracle.py", "eval/metrics/rouge.py")
        return {"system": self.name, "settings": Settings().fingerprint(), "code": code}

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """An extract that the references chose; empty where there is no reference."""
        sentences = source_sentences(item, Settings())
        return [extract(in_order(_chosen(sentences, item.references, max_words), sentences), max_words)]


def _chosen(sentences: Sequence[Sentence], references: Sequence[str], max_words: int) -> list[int]:
    wanted = [grams(reference) for reference in references]
    pool = {i: grams(sentence.text) for i, sentence in enumerate(sentences)}
    words = [len(sentence.text.split()) for sentence in sentences]
    taken: Grams = Counter()
    order: list[int] = []
    while pool and sum(words[i] for i in order) < max_words:
        gain = {i: _hits(taken + own, wanted) / max(1, words[i]) for i, own in pool.items()}
        base = _hits(taken, wanted)
        best = max(gain, key=lambda i: (gain[i] - base / max(1, words[i]), -i))
        if gain[best] * max(1, words[best]) <= base:
            break
        order.append(best)
        taken += pool.pop(best)
    return order


def grams(text: str) -> Grams:
    """Single tokens and pairs of neighbours, as ROUGE counts them."""
    words = tokens(text)
    return Counter([(word,) for word in words]) + Counter(pairwise(words))


def _hits(own: Grams, wanted: Sequence[Grams]) -> float:
    """Mean over references of ROUGE-1 recall plus ROUGE-2 recall."""
    return sum(sum(_recall(own, reference, n) for n in (1, 2)) for reference in wanted) / max(1, len(wanted))


def _recall(own: Grams, reference: Grams, n: int) -> float:
    keys = [key for key in reference if len(key) == n]
    return sum(min(own[key], reference[key]) for key in keys) / max(1, sum(reference[key] for key in keys))
