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
from rapidfuzz.fuzz import ratio as indel_similarity

from summarize.language.words import fold
from summarize.models.base import Parse
from summarize.settings import Settings
from summarize.types import Discrepancy, Page, Sentence, Span, Value


def spelling_discrepancies(
    sentences: Sequence[Sentence],
    parses: Sequence[Parse],
    pages: Sequence[Page],
    sources: Sequence[int],
    settings: Settings,
) -> list[Discrepancy]:
    """Full names of persons that differ a little, each spelling with its sources, most common first."""
    source = {page.id: number for page, number in zip(pages, sources, strict=True)}
    found = _full_names(sentences, parses, pages)
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
    """Whether two full names are one person's, written two ways.

    One of first name and surname is equal and the other alike ("Ingrid Solvang", "Ingrid Solberg"; "Graeme" and "Graham
    Paltridge"), or both differ a little: "Mehnaz Tareen", "Mahnaz Tarin". Of "Maria" and "Mario" nobody can tell.
    """
    first, second = fold(a).split(), fold(b).split()
    own, other = first[-1], second[-1]
    if own in (f"{other}s", f"{other}'s") or other in (f"{own}s", f"{own}'s"):  # a possessive that lost its mark
        return False
    if first[0] == second[0] and own == other:
        return False
    if first[0] == second[0]:
        return _sound(own) != _sound(other) and _alike(own, other, settings)
    if own == other:
        pair = {first[0][:-1], second[0][:-1]}
        return len(pair) > 1 and _sound(first[0]) != _sound(second[0]) and _alike(first[0], second[0], settings)
    near = (Levenshtein.distance(first[0], second[0]), Levenshtein.distance(own, other))
    enough = min(map(len, (first[0], second[0], own, other))) >= 5
    return enough and first[0][0] == second[0][0] and own[0] == other[0] and max(near) <= settings.misspelling_letters


def _alike(a: str, b: str, settings: Settings) -> bool:
    """Whether two parts of a name begin alike and share most letters, in their order."""
    return a[:1] == b[:1] and min(len(a), len(b)) >= 4 and indel_similarity(a, b) >= settings.misspelling_ratio


def _sound(surname: str) -> str:
    """The surname with what transliteration varies made equal: i and y, doubled letters, v and w, k and c."""
    plain = surname.translate(str.maketrans("ywkjq", "ivcic"))
    return re.sub(r"(.)\1+", r"\1", plain)


def _full_names(sentences: Sequence[Sentence], parses: Sequence[Parse], pages: Sequence[Page]) -> dict[str, list[Span]]:
    text = {page.id: page.text for page in pages}
    found: dict[str, list[Span]] = defaultdict(list)
    for sentence, parse in zip(sentences, parses, strict=True):
        article, start = sentence.span.article, sentence.span.start
        for mark in parse.names:
            words = re.findall(r"[^\W\d_][\w’'-]+", text[article][start + mark.start : start + mark.end])
            if mark.kind == "per" and 2 <= len(words) <= 3:
                found[" ".join(w.title() if w.isupper() else w for w in words)].append(
                    Span(article, start + mark.start, start + mark.end)
                )
    return found
