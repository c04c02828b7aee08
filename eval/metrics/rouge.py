"""ROUGE (Lin, 2004) by Google's ``rouge_score``: n-grams and longest common subsequences shared with the references.

Rules, all in the signature: the summary is cut to the length asked for; words are stemmed (Porter, from four letters);
each reference is scored by itself and the mean is taken (not the best, no jackknife); recall or F1, as the data set says.
The library's own tokens are runs of a-z and 0-9. Here letters of every script count, and each Chinese or Japanese character
is a token: English texts without accents score the same, others at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task, sentence_texts
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import Written, cut
from summarize.errors import SummarizeError

if TYPE_CHECKING:
    from nltk.stem.porter import PorterStemmer
    from rouge_score.rouge_scorer import RougeScorer

VARIANTS = ("rouge1", "rouge2", "rougeL", "rougeLsum")
_TOKEN = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|(?:(?![぀-ヿ㐀-鿿豈-﫿])[^\W_])+")


class Rouge:
    """ROUGE-1, -2, -L over the text, and -Lsum over sentences, one a line."""

    figures = tuple(
        Figure(name, f"{name.replace('rouge', 'ROUGE-')}, 0 to 1, by the data set's measure") for name in VARIANTS
    )

    def protocol(self, task: Task) -> dict[str, Value]:
        """Measure, stemming, truncation, references and the library's version."""
        rules = f"{task.measure},stem:porter,cut:{task.max_words},refs:mean,tok:unicode"
        return {"rouge": f"{rules},rouge_score:{version('rouge_score')}"}

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """Means over the references; excluded without a reference, and where the summary has no word."""
        if not item.references:
            raise Excluded("no reference")
        text = cut(written.text, task.max_words)
        if not tokens(text):
            raise Excluded("empty summary")
        references = [reference for reference in item.references if tokens(reference)]
        if not references:
            raise Excluded("no reference with a word")
        own = _lines(text)
        rows = [_scorer().score(_lines(reference), own) for reference in references]
        field = "recall" if task.measure == "recall" else "fmeasure"
        return {name: mean([getattr(row[name], field) for row in rows]) for name in VARIANTS}


class Tokens:
    """The tokenizer's side of ``rouge_score``."""

    def tokenize(self, text: str) -> list[str]:
        """``tokens`` of the text."""
        return tokens(text)


def tokens(text: str) -> list[str]:
    """Lower-case stems of the text's words and numbers; characters where a script has no spaces."""
    return [_stem(word) for word in _TOKEN.findall(text.lower())]


def _lines(text: str) -> str:
    return "\n".join(sentence_texts(text))


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return str(_stemmer().stem(word)) if len(word) > 3 and word.isascii() else word


@lru_cache(maxsize=1)
def _stemmer() -> PorterStemmer:
    from nltk.stem.porter import PorterStemmer

    return PorterStemmer()


@lru_cache(maxsize=1)
def _scorer() -> RougeScorer:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise SummarizeError("rouge-score is not installed", hint="pip install 'summarize[eval]'") from error
    return RougeScorer(list(VARIANTS), tokenizer=Tokens())
