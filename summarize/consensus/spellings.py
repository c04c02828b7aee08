"""Spellings: one person's name that different sources write differently.

"Helen Astbury" in four reports and "Helen Ashbury" in a fifth are a discrepancy; "Sergei" and "Sergey" are two
transliterations, which names fold, and "Olazabal" is "Olazábal" without its accent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from summarize.language.names import names
from summarize.language.words import fold
from summarize.settings import Settings
from summarize.types import Discrepancy, Page, Sentence, Span, Value


def spelling_discrepancies(
    sentences: Sequence[Sentence], pages: Sequence[Page], sources: Sequence[int], settings: Settings
) -> list[Discrepancy]:
    """Full names that differ by a letter or two in the surname, each spelling with its sources, most common first."""
    source = {page.id: number for page, number in zip(pages, sources, strict=True)}
    found = _full_names(sentences, pages)
    out = []
    for a, b in combinations(sorted(found), 2):
        voices = [{source[span.article] for span in found[name]} for name in (a, b)]
        if misspelt(a, b, settings) and not voices[0] & voices[1]:
            common, rare = sorted((a, b), key=lambda name: (-len({source[s.article] for s in found[name]}), name))
            out.append(
                Discrepancy(
                    "name",
                    f"name of {common}",
                    tuple(Value(name, (), tuple(sorted(found[name]))) for name in (common, rare)),
                )
            )
    return out


def misspelt(a: str, b: str, settings: Settings) -> bool:
    """Whether two full names are one person's, spelt two ways.

    First names are equal and surnames a letter or two apart, or both differ a little: "Mehnaz Tareen", "Mahnaz Tarin".
    Of two who differ in the first name alone ("Maria", "Mario") nobody can tell.
    """
    first, second = fold(a).split(), fold(b).split()
    own, other = first[-1], second[-1]
    if own in (f"{other}s", f"{other}'s") or other in (f"{own}s", f"{own}'s"):  # a possessive that lost its mark
        return False
    shorter = min(len(own), len(other))
    apart = Levenshtein.distance(own, other)
    if first[0] == second[0]:
        close = apart <= min(settings.misspelling_letters, shorter // 4)
        return _sound(own) != _sound(other) and shorter >= 5 and close
    given = Levenshtein.distance(first[0], second[0])
    alike = first[0][0] == second[0][0] and own[0] == other[0] and min(len(first[0]), len(second[0]), shorter) >= 5
    return alike and 0 < apart <= settings.misspelling_letters and given <= settings.misspelling_letters


def _sound(surname: str) -> str:
    """The surname with what transliteration varies made equal: i and y, doubled letters, v and w, k and c."""
    plain = surname.translate(str.maketrans("ywkjq", "ivcic"))
    return re.sub(r"(.)\1+", r"\1", plain)


def _full_names(sentences: Sequence[Sentence], pages: Sequence[Page]) -> dict[str, list[Span]]:
    text = {page.id: page.text for page in pages}
    found: dict[str, list[Span]] = defaultdict(list)
    for sentence in sentences:
        start = sentence.span.start
        for name in names(text[sentence.span.article][start : sentence.span.end]):
            if 2 <= len(name.text.split()) <= 3:
                written = name.text.title() if name.text.isupper() else name.text
                found[written].append(Span(sentence.span.article, start + name.start, start + name.end))
    return found
