"""Consistency: one score of how far a sentence says what its evidence says, for ranking sentences that may all stand.

Verification decides yes or no. Here its signs, and how much of the sentence's wording is the evidence's own, are weighed
together as human judges of consistency weigh them (``data/consistency.json``, fitted by ``train/fit_verifier.py``; figures by
``python -m eval.verifier``). The score has no fixed scale: of two sentences the higher is the more likely to be true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize.language.words import content_words, fold, number_words, stem, tokenize
from summarize.models.base import Parse, SentenceParser
from summarize.models.decision import decision
from summarize.settings import Settings
from summarize.writing.evidence import Evidence
from summarize.writing.relations import lost_operators, mixed
from summarize.writing.verify import says, verify

SIGNS = ("copied", "arcs", "one_source", "values", "operators", "relations")
_VALUES = ("number", "figure", "date", "name", "quotation", "possessive")
Arc = tuple[str, str]
"""A dependency without its label: a word's stem, and that of the word it depends on."""


def consistency(
    drafts: Sequence[tuple[str, Sequence[Evidence]]], parser: SentenceParser, settings: Settings
) -> list[float]:
    """The score of each sentence against the evidence that it rests on; higher is better. Every text is parsed once."""
    texts = list(dict.fromkeys(text for sentence, evidence in drafts for text in (sentence, *known(evidence))))
    arcs = {text: dependencies(text, parse) for text, parse in zip(texts, parser.parse(texts), strict=True)}
    return [weighed(signs(sentence, evidence, arcs, settings)) for sentence, evidence in drafts]


def weighed(values: Sequence[float]) -> float:
    """The linear score of one row of signs, or of their means over the sentences of a text."""
    weights = decision("writing", "consistency")["weights"]
    return float(sum(weights[name] * value for name, value in zip(SIGNS, values, strict=True)))


def signs(
    sentence: str, evidence: Sequence[Evidence], arcs: Mapping[str, frozenset[Arc]], settings: Settings
) -> tuple[float, ...]:
    """What tells a consistent sentence, in the order of ``SIGNS``, each 0 to 1; ``arcs`` holds those of every text.

    The longest run that is copied, as a share of the sentence; the shares of its dependency arcs that the evidence has, and
    that one text alone has (Goyal and Durrett, 2020, DAE); whether verification misses a number, date, name or quotation,
    an operator, or a relation.
    """
    texts = known(evidence)
    own = _stems(sentence)
    mine, theirs = arcs[sentence], [arcs[text] for text in texts]
    reasons = verify(sentence, evidence, settings).reasons
    return (
        _longest_run(own, [_stems(text) for text in texts]) / max(1, len(own)),
        _share(mine, frozenset[Arc]().union(*theirs)),
        max((_share(mine, each) for each in theirs), default=0.0),
        float(any(reason.startswith(_VALUES) for reason in reasons)),
        float(bool(lost_operators(sentence, [item.sentence for item in evidence]))),
        float(bool(mixed(sentence, texts, settings))),
    )


def known(evidence: Sequence[Evidence]) -> list[str]:
    """The texts of the evidence: each sentence, and the claim in it, once."""
    return list(dict.fromkeys(text for item in evidence for text in (item.sentence, item.text)))


def dependencies(text: str, parse: Parse) -> frozenset[Arc]:
    """The arcs between the words of a text, marks and the root left out."""
    words = [_stemmed(text[word.start : word.end]) for word in parse.words]
    pairs = ((word, words[each.head]) for word, each in zip(words, parse.words, strict=True) if each.head >= 0)
    return frozenset((word, head) for word, head in pairs if word and head)


def nearest(sentence: str, evidence: Sequence[Evidence], most: int = 5) -> list[Evidence]:
    """The evidence that a sentence most likely rests on: each time what has most of the content words not yet found."""
    left, found = content_words(sentence), list[Evidence]()
    pool = list(evidence)
    while pool and len(found) < most:
        best = max(pool, key=lambda item: (len(left & content_words(item.sentence)), says(sentence, item)))
        if found and not left & content_words(best.sentence):
            break
        found.append(best)
        pool.remove(best)
        left -= content_words(best.sentence)
    return found


def _share(mine: frozenset[Arc], theirs: frozenset[Arc]) -> float:
    return len(mine & theirs) / len(mine) if mine else 1.0


def _stemmed(word: str) -> str:
    folded = fold(word)
    return (number_words().get(folded) or stem(folded)) if folded[:1].isalnum() else ""


def _stems(text: str) -> list[str]:
    return [found for token in tokenize(text) if (found := _stemmed(token.text))]


def _longest_run(own: Sequence[str], known: Sequence[Sequence[str]]) -> int:
    """Words of the longest run that stands in one of the texts."""
    best = 0
    for text in known:
        above = [0] * (len(text) + 1)
        for word in own:
            row = [0] * (len(text) + 1)
            for n, other in enumerate(text, start=1):
                if word == other:
                    row[n] = above[n - 1] + 1
            best, above = max(best, *row), row
    return best
