"""Outdated claims: what one of the first pages left open, and later pages no longer do.

A claim of an early page is outdated when it reads like something open (planned, unknown, not yet, still under way), its
page is among the first, and no later page repeats it. How much each sign counts is a logistic decision whose weights
lie in ``data/outdated.json``, fitted by ``train/fit_decisions.py``. What plainly overtakes an open state, and tolls that
rose, are told by the rules of ``supersede``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from summarize.consensus.support import neighbours
from summarize.language.numbers import agree
from summarize.models.decision import probability
from summarize.settings import Settings
from summarize.types import Claim

Moment = tuple[datetime, datetime]
"""When an article was published: not before the first, not after the second; a day where only the day is known."""
FEATURES = (
    "planned",
    "ongoing",
    "possible",
    "negated",
    "quotes",
    "headline",
    "speaker",
    "numbers",
    "words",  # content words, in twenties
    "soon",  # "tonight", "by Friday": a time that has passed by now
    "nobody",  # "no arrests", "has not said"
    "still",  # "so far", "missing"
    "unknown",  # "not clear", "whether"
    "expected",  # "hopes", "will"
    "before",  # share of the dated pages that were published before this one
    "hours",  # to the last page, in three days
    "later",  # independent sources that published later, in fives
    "answered",  # probability of the likeliest later claim that tells of something done
    "said_twice",  # probability of the likeliest claim of the same page
)
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:today|tonight|tomorrow|later|shortly|soon|this (?:week|month|morning|afternoon|evening)|next"
        r"|by (?:noon|midnight|\w+day)|on \w+day|at the earliest)\b",
        r"\b(?:nobody|no one|none|no (?:charges?|injur\w+|arrests?|deaths?|casualties|victims?|decision|word|reports?))\b"
        r"|\bnot (?:been|said|yet)",
        r"\b(?:still|so far|yet|remain\w*|continu\w+|under ?way|until further|missing|unaccounted|search\w*|looking for"
        r"|trapped|held)\b",
        r"\b(?:unknown|unclear|not (?:\w+ )?(?:known|clear|say|said|announced|decided|ruled)|too early|whether"
        r"|be ruled out|did not say|what caused)\b",
        r"\b(?:expect\w*|hope\w*|likely|plan\w*|due|set to|scheduled|will|would|to be)\b",
    )
)


def moment(stated: str | None, day: date | None) -> Moment | None:
    """When an article was published: by the time its metadata state, else by the day that its page shows."""
    try:
        when = datetime.fromisoformat(stated) if stated else None
    except ValueError:
        when = None
    if when is not None and stated and len(stated) > len("2025-01-01"):
        exact = when if when.tzinfo else when.replace(tzinfo=UTC)
        return exact, exact
    day = when.date() if when else day
    if day is None:
        return None
    start = datetime.combine(day, time.min, UTC)
    return start, start + timedelta(days=1, microseconds=-1)


def outdated(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    similarity: Mapping[tuple[int, int], float],
    settings: Settings,
) -> dict[int, int]:
    """For each outdated claim the later claim that is likeliest about the same thing (indices)."""
    near = neighbours(similarity)
    found: dict[int, int] = {}
    for i, signs in features(claims, published, sources, near):
        if probability("consensus", "outdated", signs) < settings.outdated_probability:
            continue
        after = [j for j in near.get(i, {}) if _after(claims, published, sources, i, j)]
        if after and not any(_repeats(claims[j], claims[i], near[i][j], settings) for j in after):
            by = max(after, key=lambda j: (near[i][j] + 0.05 * (claims[j].status == "done"), -j))
            if near[i][by] >= settings.overtaking_probability:
                found[i] = by
    return found


def features(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    near: Mapping[int, Mapping[int, float]],
) -> Iterator[tuple[int, list[float]]]:
    """Each claim that a page of known date makes before some other page, and its signs, in the order of ``FEATURES``."""
    voices: dict[str, set[str]] = {}
    for i, source in sources.items():
        voices.setdefault(claims[i].span.article, set()).add(source)
    dated = {article: when for article in sorted(voices) if (when := published.get(article)) is not None}
    times = sorted(when[0] for when in dated.values())
    for i in sorted(sources):
        when = dated.get(claims[i].span.article)
        if when is not None:
            later = {s for a, other in dated.items() if other[0] > when[1] for s in voices[a]} - {sources[i]}
            if later:
                yield i, [*_wording(claims[i]), *_standing(claims, published, sources, near, i, times, len(later))]


def _wording(claim: Claim) -> Iterator[float]:
    yield from (float(claim.status == status) for status in ("planned", "ongoing", "possible"))
    yield from map(
        float, (claim.negated, bool(claim.quotes), claim.headline, bool(claim.speaker), bool(claim.quantities))
    )
    yield len(claim.words) / 20
    yield from (float(sign.search(claim.text) is not None) for sign in _SIGNS)


def _standing(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    near: Mapping[int, Mapping[int, float]],
    i: int,
    times: Sequence[datetime],
    later: int,
) -> Iterator[float]:
    when = published[claims[i].span.article]
    assert when is not None
    yield sum(time < when[0] for time in times) / len(times)
    yield max(0.0, min(72.0, (times[-1] - when[1]).total_seconds() / 3600)) / 72
    yield later / 5
    done = [
        p
        for j, p in near.get(i, {}).items()
        if claims[j].status == "done" and not claims[j].negated and _after(claims, published, sources, i, j)
    ]
    yield max(done, default=0.0)
    yield max((p for j, p in near.get(i, {}).items() if claims[j].span.article == claims[i].span.article), default=0.0)


def _after(
    claims: Sequence[Claim], published: Mapping[str, Moment | None], sources: Mapping[int, str], i: int, j: int
) -> bool:
    """Whether claim ``j`` is of another source, whose page was published after claim ``i``'s."""
    mine, other = published.get(claims[i].span.article), published.get(claims[j].span.article)
    return (
        mine is not None and other is not None and other[0] > mine[1] and sources.get(j) not in (None, sources.get(i))
    )


def _repeats(later: Claim, earlier: Claim, probability: float, settings: Settings) -> bool:
    """Whether a later page says it again, by the same figures: then it still held."""
    same = later.status == earlier.status and later.negated == earlier.negated
    return same and probability >= settings.repeated_probability and not _counts_anew(later, earlier)


def _counts_anew(later: Claim, earlier: Claim) -> bool:
    """Whether both count one thing, and the later page has another figure for it."""
    pairs = [(a, b) for a in earlier.quantities for b in later.quantities if a.unit and a.unit == b.unit]
    return bool(pairs) and not any(agree(a, b) for a, b in pairs)
