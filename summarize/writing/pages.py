"""The pages of one cluster as the measure of what is written about them: sentences, their vectors, and who wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from summarize.language.words import content_words
from summarize.models.base import Answer, Comparer, Encoder
from summarize.types import Sentence, Source
from summarize.writing.evidence import Evidence, of_sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summarize.models.base import Vectors

_Key = TypeVar("_Key", str, int)


class Pages:
    """Sentences of the used pages, an encoder that sees each text once, and a pair model."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        vectors: Vectors,
        sources: Sequence[Source],
        encoder: Encoder,
        comparer: Comparer,
    ) -> None:
        """``vectors`` has one row a sentence."""
        self.sentences = sentences
        self.vectors = vectors
        self.titles = titles(sources)
        self.latest_titles = latest_titles(sources)
        self._source = {source.article: source for source in sources}
        self._encoder = encoder
        self._comparer = comparer
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text; each text is encoded once."""
        if not texts:
            return self.vectors[:0]
        new = sorted(set(texts) - self._known.keys())
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)

    def says_again(self, text: str, others: Sequence[str], *, near: float) -> float:
        """The highest probability that one of the others is the same statement; 0 where none has a cosine of ``near``."""
        cosines = self.encode(others) @ self.encode([text])[0]
        read = [other for other, cosine in zip(others, cosines.tolist(), strict=True) if cosine >= near]
        return max((answer.same for answer in self.beside(text, read)), default=0.0)

    def beside(self, text: str, others: Sequence[str]) -> list[Answer]:
        """How each of the others stands to a text, read together."""
        return self._comparer.compare([(other, text) for other in others])

    @cached_property
    def by_article(self) -> Mapping[str, Sequence[int]]:
        """The sentences of each article, headlines only where it has nothing else."""
        return self._bodies([sentence.span.article for sentence in self.sentences])

    @cached_property
    def by_group(self) -> Mapping[int, Sequence[int]]:
        """The sentences of each independent source, likewise."""
        return self._bodies([self._source[sentence.span.article].group for sentence in self.sentences])

    def _bodies(self, keys: Sequence[_Key]) -> Mapping[_Key, Sequence[int]]:
        every: dict[_Key, list[int]] = {}
        for n, key in enumerate(keys):
            every.setdefault(key, []).append(n)
        return {key: [n for n in rows if not self.sentences[n].headline] or rows for key, rows in sorted(every.items())}

    @cached_property
    def items(self) -> Sequence[Evidence]:
        """Each sentence as evidence."""
        return [of_sentence(sentence, self._source[sentence.span.article]) for sentence in self.sentences]

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """For each content word the share of the independent sources that use it, where two do."""
        users: dict[str, set[int]] = {}
        for item in self.items:
            for word in content_words(item.sentence):
                users.setdefault(word, set()).add(item.group)
        everyone = max(1, len(self.by_group))
        return {word: len(groups) / everyone for word, groups in users.items() if len(groups) > 1}


def latest_titles(sources: Sequence[Source]) -> list[str]:
    """The headlines of the pages that know most: those of the later half, by date, and those without a date."""
    used = [source for source in sources if source.title and source.used]
    dates = sorted(source.published for source in used if source.published)
    middle = dates[len(dates) // 2] if dates else ""
    return [source.title for source in used if source.title and (source.published or middle) >= middle]


def titles(sources: Sequence[Source]) -> list[str]:
    """The headlines of the used pages."""
    return [source.title for source in sources if source.title and source.used]
