"""Faithfulness: numbers, names and quotations that no article has, and what the verifier thinks of each sentence."""

from __future__ import annotations

import re

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task, sentences_of
from eval.metrics.judge import evidence_for, verified, verifier_protocol
from eval.metrics.statements import given, told
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import Written
from summarize.language.names import names
from summarize.language.numbers import agree, comparable, quantities
from summarize.language.quotations import find_wording, quotations
from summarize.language.words import fold

_WORD = re.compile(r"\w+")


class Faithfulness:
    """Counts a summary, against all of its cluster's articles, and the verifier's verdict, sentence by sentence.

    What a sentence says about its sources is left out of account (``statements``).
    """

    figures = (
        Figure("unsupported_numbers", "numbers a summary that no article states", "lower"),
        Figure("unsupported_names", "names a summary with a word that no article has", "lower"),
        Figure("unsupported_quotes", "quotations a summary that stand in no article", "lower"),
        Figure("verified", "share of sentences that the verifier finds supported by the nearest source sentences"),
        Figure("verifier_support", "share of a sentence's content words in the nearest source sentence, mean"),
    )

    def protocol(self, task: Task) -> dict[str, Value]:
        """The verifier's code."""
        return verifier_protocol()

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """All of them; excluded where nothing was written."""
        texts = [sentence.text for sentence in sentences_of(written)]
        if not texts:
            raise Excluded("empty summary")
        parts = [told(text) for text in texts]
        statements = [statement for part in parts for statement in part.statements]
        values = [value for part in parts for value in part.values]
        outlets = [article.outlet for article in item.articles if article.outlet]
        sources = [" ".join(part for part in (a.title, a.text) if part) for a in item.articles]
        verdicts = [verified(text, evidence_for(text, item)) for text in texts]
        return {
            "unsupported_numbers": float(_numbers(statements, sources) + _missing(values, sources)),
            "unsupported_names": float(_names(statements, [*sources, *outlets])),
            "unsupported_quotes": float(_quotes(statements, sources)),
            "verified": mean([float(ok) for ok, _ in verdicts]),
            "verifier_support": mean([support for _, support in verdicts]),
        }


def _numbers(texts: list[str], sources: list[str]) -> int:
    have = [quantity for source in sources for quantity in quantities(source)]
    found = [quantity for text in texts for quantity in quantities(text)]
    return sum(not any(comparable(own, other) and agree(own, other) for other in have) for own in found)


def _missing(values: list[str], sources: list[str]) -> int:
    return sum(not any(given(value, source) for source in sources) for value in values)


def _names(texts: list[str], sources: list[str]) -> int:
    known = {word for source in sources for word in _WORD.findall(fold(source).replace(".", ""))}
    found = [name for text in texts for name in names(text)]
    return sum(any(len(word) > 1 and word not in known for word in _WORD.findall(name.key)) for name in found)


def _quotes(texts: list[str], sources: list[str]) -> int:
    found = [text[start:end] for text in texts for start, end in quotations(text)]
    return sum(all(find_wording(quote, source) is None for source in sources) for quote in found)
