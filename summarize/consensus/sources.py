"""Independent sources: which pages count as one.

Two pages are one source when one outlet published both, or when one is a copy of the other: most of the eight-word
sequences of the shorter one stand in the longer one too. Editing a wire text lightly leaves long runs of it whole,
while two reporters who write up one event share few runs outside of quotations, which are therefore left out.

Source: containment of shingles, Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from summarize.language.quotations import quotations
from summarize.language.words import fold, tokenize
from summarize.settings import Settings
from summarize.types import Claim, Page, Source

SHINGLE = 8


def independent_sources(pages: Sequence[Page], settings: Settings) -> list[int]:
    """For each page the number of its independent source: equal numbers, one source. Numbers start at 0."""
    group = list(range(len(pages)))
    shingles = [_shingles(page) for page in pages]
    for a, b in combinations(range(len(pages)), 2):
        if _one_outlet(pages[a], pages[b]) or containment(shingles[a], shingles[b]) >= settings.copy_containment:
            low, high = sorted((group[a], group[b]))
            group = [low if g == high else g for g in group]
    renumbered = {g: n for n, g in enumerate(sorted(set(group)))}
    return [renumbered[g] for g in group]


def copies(pages: Sequence[Page], settings: Settings) -> dict[str, str]:
    """Ids of pages that are copies, each with the id of the page that stands for it: the longest, then the first by id."""
    shingles = {page.id: _shingles(page) for page in pages}
    ranked = sorted(pages, key=lambda page: (-len(shingles[page.id]), page.id))
    found: dict[str, str] = {}
    for n, page in enumerate(ranked):
        for other in ranked[:n]:
            alike = containment(shingles[page.id], shingles[other.id]) >= settings.copy_containment
            if alike and other.id not in found:
                found[page.id] = other.id
                break
    return found


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that lies in the larger: 1 for a copy, however much was added to it."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def _one_outlet(a: Page, b: Page) -> bool:
    return a.family is not None and a.family == b.family


def _shingles(page: Page) -> frozenset[int]:
    found: set[int] = set()
    for span in page.kept:
        line = page.text[span.start : span.end]
        quoted = quotations(line)
        words = [
            token.text.lower()
            for token in tokenize(line)
            if token.text[0].isalnum() and not any(start <= token.start < end for start, end in quoted)
        ]
        # Python salts hash() of strings anew in each process; within one process it is all that is compared.
        found.update(hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))
    return frozenset(found)


def voices(claims: Sequence[Claim], pages: Sequence[Page], groups: Sequence[int]) -> dict[int, str]:
    """For each claim (index) the independent source that vouches for it.

    That is its page's group, unless the page only relays another outlet's report: then it is that outlet's own page
    where the cluster has one, else the outlet by name, so that two relays of one report still count once.
    """
    group_of = {page.id: group for page, group in zip(pages, groups, strict=True)}
    named = {_outlet_key(page.outlet): group for page, group in zip(pages, groups, strict=True) if page.outlet}
    found = {}
    for index, claim in enumerate(claims):
        own = group_of[claim.span.article]
        relayed = _outlet_key(claim.relays) if claim.relays else ""
        origin = next((group for key, group in named.items() if relayed and _same_outlet(key, relayed)), None)
        # An outlet outside of the cluster is its own source; "the station" or "local media" name nobody.
        found[index] = (
            f"page {own if origin is None else origin}" if origin is not None or not relayed else f"via {relayed}"
        )
    return found


def _outlet_key(name: str | None) -> str:
    words = [word for word in fold(name or "").split() if word not in {"the", "a", "an"}]
    return " ".join(words)


def _same_outlet(full: str, mention: str) -> bool:
    """Whether a mention ("courier", "the courier") may stand for the outlet ("northern courier")."""
    return mention == full or (len(mention) >= 5 and full.endswith(" " + mention)) or full.startswith(mention + " ")


def list_sources(pages: Sequence[Page], used: Sequence[Page], groups: Sequence[int]) -> list[Source]:
    """One entry a page, numbered in the order of ``pages``; a page that is not used is a group of its own.

    ``groups`` are the used pages' independent sources. An outlet that no page names is left empty: what it is called
    depends on its number, and that follows the text.
    """
    group_of = {page.id: group for page, group in zip(used, groups, strict=True)}
    left_out = [page.id for page in pages if page.id not in group_of]
    alone = {page: len(groups) + n for n, page in enumerate(left_out)}
    return [
        Source(
            number=number,
            article=page.id,
            outlet=page.outlet or "",
            title=page.title,
            url=page.url,
            published=page.published.isoformat() if page.published else None,
            group=group_of.get(page.id, alone.get(page.id, 0)),
            used=page.id in group_of,
            note=_note(page, used, group_of),
            outlet_from=page.outlet_from,
            published_from=page.published_from,
        )
        for number, page in enumerate(pages, start=1)
    ]


def _note(page: Page, used: Sequence[Page], group_of: Mapping[str, int]) -> str:
    """What a reader should know of a source: off-topic, empty, or one with others."""
    if page.off_topic:
        return "off-topic"
    if page.id not in group_of:
        return "no article text"
    kin = [other for other in used if other.id != page.id and group_of[other.id] == group_of[page.id]]
    if not kin:
        return ""
    if any(_one_outlet(page, other) for other in kin):
        return "same outlet as another source"
    return "copy of another source"
