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
    """Whether two full names are one person's, spelt two ways: first names equal, surnames a letter or two apart."""
    first, second = fold(a).split(), fold(b).split()
    if first[0] != second[0] or _sound(first[-1]) == _sound(second[-1]):
        return False
    shorter = min(len(first[-1]), len(second[-1]))
    return shorter >= 5 and Levenshtein.distance(first[-1], second[-1]) <= min(
        settings.misspelling_letters, shorter // 4
    )


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
                found[name.text].append(Span(sentence.span.article, start + name.start, start + name.end))
    return found
