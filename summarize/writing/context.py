"""Context: what a sentence takes for known, so that a reader who has not read its page would ask "which?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from summarize.language.numbers import quantities
from summarize.language.words import content_words, stem
from summarize.models.parsed import Parsed

_PLACED = frozenset(["nmod", "acl", "acl:relcl", "appos", "compound", "flat", "amod", "nummod", "nmod:poss", "obl"])
"""What tells which one a noun means."""
_CALLING_BACK = frozenset(["nsubj", "nsubj:pass", "obj", "obl", "nmod", "iobj"])
_POINTING = frozenset("that this these those there same also each both neither either another others then".split())
_PERSONS = frozenset("he she they him her them his their it its".split())
_COMMON = frozenset(
    "police government court parliament president minister world country public time day night morning afternoon evening "
    "week month year people media press army sea air sun internet market economy weather past future rest end law".split()
)
"""Nouns that need no introduction in news."""
UNKNOWN = "?"
"""A reference that no earlier sentence answers by a word of its own."""


def references(parsed: Parsed) -> tuple[str, ...]:
    """What the sentence refers back to: stems of nouns that an earlier sentence may have, or ``UNKNOWN``."""
    return (*_nouns(parsed), *_surnames(parsed), *_numerals(parsed), *_pointers(parsed))


def known(told: Iterable[str]) -> frozenset[str]:
    """The words by which the texts told before answer references."""
    return frozenset().union(*(content_words(text) for text in told))


def unresolved(needed: Sequence[str], answers: AbstractSet[str]) -> int:
    """How many references none of the ``known`` words answers."""
    return sum(word not in answers for word in needed)


def _nouns(parsed: Parsed) -> Iterator[str]:
    """ "The fix", "the sum": a definite noun with nothing that says which."""
    words = parsed.parse.words
    for n, word in enumerate(words):
        if word.pos != "NOUN" or word.relation not in _CALLING_BACK or parsed.word(n) in _COMMON:
            continue
        below = parsed.below(n)
        definite = any(w.pos == "DET" and parsed.word(m) == "the" for m, w in below)
        if definite and not any(w.relation in _PLACED for _, w in below):
            yield stem(parsed.word(n))


def _surnames(parsed: Parsed) -> Iterator[str]:
    """A person by surname alone, without title or office."""
    words = parsed.parse.words
    for mark in parsed.parse.names:
        inside = [n for n, word in enumerate(words) if mark.start <= word.start < mark.end]
        if mark.kind == "per" and len(inside) == 1:
            before = inside[0] - 1
            titled = before >= 0 and words[before].pos in ("NOUN", "PROPN") and words[before].relation != "appos"
            apposed = any(w.head == inside[0] and w.relation in ("appos", "nmod", "acl:relcl") for w in words)
            if not titled and not apposed:
                yield stem(parsed.word(inside[0]))


def _numerals(parsed: Parsed) -> Iterator[str]:
    """ "Some 214 were rejected": a number of nothing."""
    words = parsed.parse.words
    measured = [q for q in quantities(parsed.text) if q.unit]
    for n, word in enumerate(words):
        if word.pos != "NUM" or word.relation not in ("nsubj", "nsubj:pass", "obj"):
            continue
        counted = any(w.head == n and w.relation in ("nmod", "flat", "compound") for w in words)
        if not counted and not any(q.start <= word.start < q.end for q in measured):
            yield UNKNOWN


def _pointers(parsed: Parsed) -> Iterator[str]:
    words = parsed.parse.words
    for n, word in enumerate(words):
        said = parsed.word(n)
        if said in _PERSONS and not any(w.pos in ("NOUN", "PROPN") for w in words[:n]):
            yield UNKNOWN
        elif said in _POINTING and word.pos in ("PRON", "ADV") and word.relation != "mark":
            relative = any(w.head == word.head and w.relation.startswith("acl") for w in words) or (
                word.head >= 0 and words[word.head].relation.startswith("acl")
            )
            if not relative and word.relation != "expl":
                yield UNKNOWN
