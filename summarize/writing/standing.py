"""Standing: how far a copy editor is expected to let a sentence stand as it is.

A fitted estimate (``train/fit_selection.py``), from 2,330 sentences that editors judged: 0 is stopped (broken, or nobody
knows who or what is meant), 1 stands. Its signs are those of importance, since what nobody else says is often colour; a
few of the sentence's grammar; and its meaning, as far as it is not that of the whole cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.models.decision import scores
from summarize.models.parsed import SUBJECTS, Parsed
from summarize.writing.context import UNKNOWN
from summarize.writing.evidence import verbatim
from summarize.writing.grammar import Grammar
from summarize.writing.pages import Pages
from summarize.writing.write import Written

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES = (
    "pronouns",  # how many
    "points",  # opens with a pronoun
    "unanswered",  # refers to something by a word that names nothing
    "no_subject",  # of its main verb
    "pronoun_subject",
    "bare_subject",  # "the fix": a noun with "the" and nothing else
    "number_subject",
    "cut",  # stands in no source as it is
)
LEAST = 0.1
_POINTING = frozenset("it he she they this that these there".split())


def standing(
    options: Sequence[Written], features: NDArray[np.float64], pages: Pages, grammar: Grammar
) -> NDArray[np.float64]:
    """One figure a sentence, ``LEAST`` to 1; ``features`` are those of importance."""
    return np.clip(scores("writing", "standing", rows(options, features, pages, grammar)), LEAST, 1.0)


def rows(
    options: Sequence[Written], features: NDArray[np.float64], pages: Pages, grammar: Grammar
) -> NDArray[np.float64]:
    """What the estimate sees, one row a sentence: the features of importance, ``FEATURES``, and the meaning."""
    texts = [option.text for option in options]
    grammar.prepare(texts)
    own = [_own(option, grammar) for option in options]
    meaning = pages.encode(texts) - pages.vectors.mean(axis=0)
    return np.hstack([features, np.array(own, dtype=float).reshape(len(own), len(FEATURES)), meaning])


def _own(option: Written, grammar: Grammar) -> list[float]:
    parsed = grammar.parsed(option.text)
    words = parsed.parse.words
    below = parsed.below(parsed.root) if parsed.root is not None else []
    subject = next((n for n, word in below if word.relation in SUBJECTS), None)
    return [
        sum(word.pos == "PRON" for word in words),
        bool(words) and parsed.word(0) in _POINTING,
        UNKNOWN in grammar.references(option.text),
        *_subject(parsed, subject),
        not verbatim(option.text, option.planned.evidence),
    ]


def _subject(parsed: Parsed, subject: int | None) -> list[float]:
    """None at all, a pronoun, a bare noun, a number."""
    if subject is None:
        return [1.0, 0.0, 0.0, 0.0]
    pos, below = parsed.parse.words[subject].pos, parsed.below(subject)
    bare = pos == "NOUN" and len(below) == 1 and parsed.word(below[0][0]) == "the"
    number = pos == "NUM" or any(word.pos == "NUM" for _, word in below)
    return [0.0, pos == "PRON", bare, number]
