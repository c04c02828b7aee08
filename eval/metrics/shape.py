"""The shape of a summary: length, how much it compresses, how far it copies, how much it says twice.

Compression, coverage and density are those of Grusky, Naaman and Artzi (2018, "Newsroom", section 4.1): with F the fragments
that a greedy match of the summary S against the articles A yields, coverage = sum |f| / |S|, density = sum |f|^2 / |S|.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task, ratio, sentences_of
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import Written
from summarize.language.words import content_words, fold, tokenize


class Shape:
    """Length in words, compression, extractive fragments, novel n-grams, redundancy."""

    figures = (
        Figure("words", "words of the summary, by white space", ""),
        Figure("sentences", "sentences of the summary", ""),
        Figure("compression", "words of the articles for each of the summary", ""),
        Figure("coverage", "share of words in fragments copied from the articles", ""),
        Figure("density", "mean length in words of the fragment that a word belongs to", ""),
        Figure("novel_1", "share of words that no article has", ""),
        Figure("novel_2", "share of word pairs that no article has", ""),
        Figure("novel_3", "share of word triples that no article has", ""),
        Figure("redundancy", "greatest share of a sentence's content words in another sentence, mean", "lower"),
    )

    def protocol(self, task: Task) -> dict[str, Value]:
        """Tokens are this project's, lower case."""
        return {"shape": "grusky2018,tok:summarize"}

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """All of them; excluded where the summary has no word."""
        own = _words(written.text)
        if not own:
            raise Excluded("empty summary")
        articles = [_words(article.text) for article in item.articles]
        lengths = fragments(own, articles)
        texts = [sentence.text for sentence in sentences_of(written)]
        return {
            "words": float(len(written.text.split())),
            "sentences": float(len(texts)),
            "compression": sum(map(len, articles)) / len(own),
            "coverage": sum(lengths) / len(own),
            "density": sum(length**2 for length in lengths) / len(own),
            **{f"novel_{n}": _novel(own, articles, n) for n in (1, 2, 3)},
            "redundancy": redundancy(texts),
        }


def fragments(summary: Sequence[str], articles: Sequence[Sequence[str]]) -> list[int]:
    """Lengths of the fragments that the summary shares with any article, longest match first from the left."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(articles):
        for position, word in enumerate(words):
            places[word].append((number, position))
    lengths, start = [], 0
    while start < len(summary):
        best = max((_run(summary, start, articles[n], at) for n, at in places.get(summary[start], ())), default=0)
        lengths += [best] * bool(best)
        start += max(1, best)
    return lengths


def _run(summary: Sequence[str], start: int, article: Sequence[str], at: int) -> int:
    length = 0
    while (
        start + length < len(summary) and at + length < len(article) and summary[start + length] == article[at + length]
    ):
        length += 1
    return length


def redundancy(sentences: Sequence[str]) -> float | None:
    """Mean over sentences of the greatest share of content words found in one other; ``None`` below two sentences."""
    bags = [bag for bag in map(content_words, sentences) if bag]
    if len(bags) < 2:
        return None
    return mean([max(len(a & b) / len(a) for j, b in enumerate(bags) if j != i) for i, a in enumerate(bags)])


def _novel(own: Sequence[str], articles: Sequence[Sequence[str]], n: int) -> float | None:
    known = {gram for words in articles for gram in _grams(words, n)}
    mine = _grams(own, n)
    return ratio(sum(gram not in known for gram in mine), len(mine))


def _grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[i:] for i in range(n)), strict=False))


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(fold(text)) if token.text[0].isalnum()]
