"""Baselines as sumy implements them, over this project's own sentences; nothing is downloaded.

sumy's document model is built with a tokenizer of ours, so its own, which needs NLTK's data, is never asked. A sentence's
words are the stems of its content words, each once, as in ``baselines``. sumy gives sentences in the document's order, but
shows those by rank to whoever counts them: the rank is taken from there, and every extract is filled by rank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from summarize.errors import SummarizeError
from summarize.language.words import content_words
from summarize.types import Sentence

SUMMARIZERS = {
    "lexrank": "sumy.summarizers.lex_rank:LexRankSummarizer",
    "textrank": "sumy.summarizers.text_rank:TextRankSummarizer",
    "sumbasic": "sumy.summarizers.sum_basic:SumBasicSummarizer",
    "klsum": "sumy.summarizers.kl:KLSummarizer",
}


class ContentWords:
    """The tokenizer's side of sumy."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """The text itself: it is a sentence already."""
        return (text,)

    def to_words(self, text: str) -> tuple[str, ...]:
        """Stems of content words, sorted, since sets of strings have another order in each process."""
        return tuple(sorted(content_words(text)))


def ranked(name: str, sentences: Sequence[Sentence]) -> list[int]:
    """The sentences that have a content word, by sumy's rank; ties as they came.

    Raises:
        SummarizeError: sumy is not installed.
    """
    import numpy as np

    tokenizer = ContentWords()
    rows = [row for row, sentence in enumerate(sentences) if tokenizer.to_words(sentence.text)]
    order: list[int] = []

    def count(infos: Sequence[Any]) -> Sequence[Any]:
        order.extend(rows[info.order] for info in infos)
        return infos

    # Two sentences without a common word have no ranks in LexRank, and are left as they came.
    with np.errstate(invalid="ignore"):
        _summarizer(name)()(_document([sentences[row].text for row in rows], tokenizer), count)
    return order


def installed() -> str:
    """sumy's version; raises ``SummarizeError`` where it is not installed."""
    try:
        return version("sumy")
    except PackageNotFoundError as error:
        raise SummarizeError("sumy is not installed", hint="pip install 'summarize[eval]'") from error


def _summarizer(name: str) -> Callable[[], Any]:
    installed()
    module, _, kind = SUMMARIZERS[name].partition(":")
    found: Callable[[], Any] = getattr(import_module(module), kind)
    return found


def _document(texts: Sequence[str], tokenizer: ContentWords) -> Any:
    from sumy.models.dom import ObjectDocumentModel, Paragraph

    return ObjectDocumentModel([Paragraph([_sentence()(text, tokenizer) for text in texts])])


@lru_cache(maxsize=1)
def _sentence() -> Callable[[str, ContentWords], Any]:
    from sumy.models import dom

    class Told(dom.Sentence):  # type: ignore[misc]
        """Equal to itself alone: sumy keeps ranks by sentence, and what two sources say alike is two sentences."""

        __eq__ = object.__eq__
        __hash__ = object.__hash__

    return Told
