"""Support beyond alignment: claims of other groups, and of copies, that are evidence for a fact, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz.fuzz import ratio

from summarize.consensus.compare import Pair
from summarize.language.words import fold
from summarize.settings import Settings
from summarize.types import Claim


def copied_claims(
    claims: Sequence[Claim], copies: Mapping[str, str], settings: Settings
) -> tuple[dict[int, list[int]], list[int]]:
    """For claims of originals the same ones in copies (indices), lightly edited or not, and those that a copy added.

    Copies take no part in alignment, so that adding one changes nothing but the evidence.
    """
    own: dict[str, list[tuple[str, int]]] = {}
    for i, claim in enumerate(claims):
        own.setdefault(claim.span.article, []).append((fold(claim.text), i))
    twins: dict[int, list[int]] = {}
    added = []
    for i, claim in enumerate(claims):
        if claim.span.article in copies:
            original = _edited(fold(claim.text), own.get(copies[claim.span.article], []), settings)
            if original is None:
                added.append(i)
            else:
                twins.setdefault(original, []).append(i)
    return twins, added


def _edited(text: str, originals: Sequence[tuple[str, int]], settings: Settings) -> int | None:
    """The original of an edited claim: the most similar, in characters; the first of equals."""
    scored = [(ratio(text, original, score_cutoff=settings.copy_ratio), -i) for original, i in originals]
    best, place = max(scored, default=(0.0, 0))
    return -place if best > 0 else None


def neighbours(probability: Mapping[Pair, float]) -> dict[int, dict[int, float]]:
    """For each claim the claims it was compared with, and how probably they are about one thing."""
    found: dict[int, dict[int, float]] = {}
    for (i, j), p in probability.items():
        found.setdefault(i, {})[j] = p
        found.setdefault(j, {})[i] = p
    return found


def supporting(
    group: Sequence[int],
    claims: Sequence[Claim],
    near: Mapping[int, Mapping[int, float]],
    barred: AbstractSet[int],
    settings: Settings,
) -> list[int]:
    """Claims of further articles that state what the group does, though each stands in another group.

    A sentence that states two things at once is aligned with one of them; it is evidence for the other all the same. Of
    each article that the group lacks the best claim is taken, if the mean of its best probability with each of the
    group's articles is at least ``align_support``; none that is ``barred``.
    """
    articles = {claims[i].span.article for i in group}
    within = {claims[i].sentence for i in group}
    best: dict[int, dict[str, float]] = {}
    for i in group:
        for k, p in near.get(i, {}).items():
            if (
                claims[k].span.article not in articles
                and claims[k].sentence not in within
                and k not in barred
                and _as_sure(claims[k], claims[i])
            ):
                own = best.setdefault(k, {})
                own[claims[i].span.article] = max(own.get(claims[i].span.article, 0.0), p)
    means = {k: round(sum(own.values()) / len(articles), 6) for k, own in best.items()}
    chosen: dict[str, int] = {}
    for k in sorted(means, key=lambda k: (-means[k], k)):
        if means[k] >= settings.align_support:
            chosen.setdefault(claims[k].span.article, k)
    return sorted(chosen.values())


def _as_sure(claim: Claim, other: Claim) -> bool:
    """Whether both affirm or both deny, and both as what is or both as what may be: "might invade" is no invasion."""
    return claim.negated == other.negated and (claim.status == "possible") == (other.status == "possible")
