"""Torn: words and values of which a cut kept a part: "at 5.42" of "at 5.42 p.m.", "the bank" of "the bank's texts"."""

from __future__ import annotations

from collections.abc import Iterator

from summarize.language.dates import times
from summarize.models.parsed import NOUNS, Parsed

_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_NAMING = NOUNS | {"ADJ", "NUM"}
_OF_VALUES = frozenset("a.m. p.m. am pm million billion trillion thousand hundred bn m".split())
_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])
_TO = frozenset("-–:")


def torn(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """What a sentence kept a part of; ``place`` has for each word that it took its place in the source."""
    yield from _values(own, source, place)
    yield from _run_together(own, source, place)
    yield from _idioms(source, place)
    yield from _halves(own, source, place)


def _values(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A value of which a part was cut: "4-6, 6-7" for "4-6, 6-3, 6-7", "at 5.42" for "at 5.42 p.m.", "January" of the 27th."""
    words, kept = source.parse.words, set(place.values())
    for n, at in place.items():
        follows = next((m for m in range(at + 1, len(words)) if words[m].pos != "PUNCT"), None)
        if follows is None or follows in kept:
            continue
        beside, number = follows == at + 1, words[follows].pos == "NUM"
        goes_on = next((w.pos for w in own.parse.words[n + 1 :] if w.pos != "PUNCT"), "") == "NUM"
        value = words[at].pos == "NUM" and (source.word(follows) in _OF_VALUES if beside else goes_on and number)
        value = value or (source.word(at) in _TO and beside and number)
        dated = words[at].pos == "PROPN" and source.word(at)[:3] in _MONTHS and beside and number
        if value or dated:
            yield f"{source.word(at)!r} without {source.word(follows)!r}"


def _run_together(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """Two values or subjects whose comma was cut: "three two people" for "three, two people who were there said"."""
    words = source.parse.words
    for n, at in place.items():
        following = place.get(n + 1)
        if following != at + 2 or words[at + 1].pos != "PUNCT" or words[at].pos not in _NAMING:
            continue
        if words[following].pos in ("NUM", "DET", "PRON") and not times(
            source.text[: words[at].end].rpartition(",")[2]
        ):
            yield f"{source.word(at)!r} runs into {source.word(following)!r}"


def _idioms(source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """One word of "side by side"."""
    words, kept = source.parse.words, set(place.values())
    for at in place.values():
        for by, again in ((at + 1, at + 2), (at - 1, at - 2)):
            cut = 0 <= again < len(words) and not {by, again} & kept
            if cut and source.word(again) == source.word(at) and words[by].pos == "ADP":
                yield f"{source.word(at)!r} without {source.word(by)!r}"


def _halves(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """ "Add" of "add-ons", and "the bank" of "the bank's texts"."""
    words, kept = source.parse.words, set(place.values())
    for n, at in place.items():
        theirs, ours = source.text[words[at].end :][:2], own.text[own.parse.words[n].end :][:1]
        if theirs[:1] == "-" and theirs[1:].isalnum() and ours != "-":
            yield f"{source.word(at)!r} is half a word"
        owner = words[at].relation == "nmod:poss" != own.parse.words[n].relation and words[at].pos in NOUNS
        marked = [p.word(m + 1) in _POSSESSIVE for p, m in ((own, n), (source, at)) if m + 1 < len(p.parse.words)]
        bare = marked == [False, True] and words[at + 1].pos == "PART" and words[at].pos in _NAMING
        if (owner and words[at].head not in kept) or bare:
            yield f"{source.word(at)!r} without what it has"
