"""Outdated claims: what one of the first pages left open, and later pages no longer do.

A claim of an early page is suspect when it reads like something open (planned, unknown, not yet, still under way) and
its page does not know what the later ones do. The pair model then reads it beside the likeliest claims of later pages:
does one of them overtake it, or repeat it? How much each sign counts are two logistic decisions whose weights lie in
``data/suspect.json`` and ``data/outdated.json``, fitted by ``train/fit_decisions.py``. What plainly overtakes an open
state, and tolls that rose, are told by the rules of ``supersede``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from summarize.consensus.compare import Pair, compared, ordered
from summarize.consensus.support import neighbours
from summarize.language.numbers import agree
from summarize.models.base import Comparer
from summarize.models.decision import log_odds, probability, score
from summarize.settings import Settings
from summarize.types import Claim

Moment = tuple[datetime, datetime]
"""When an article was published: not before the first, not after the second; a day where only the day is known."""
SUSPECT = (
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
    "foreseen",  # "favourites", "on course", "forecast"
    "firm",  # "no plans", "rules out", "stays", "full confidence"
    "silent",  # "declined to comment", "considering"
    "before",  # share of the dated pages that were published before this one
    "hours",  # to the last page, in three days
    "later",  # independent sources that published later, in fives
    "answered",  # probability of the likeliest later claim that tells of something done
    "said_twice",  # probability of the likeliest claim of the same page
    "gap",  # hours to the next page, in three days
    "knows",  # share of what most other sources report that the page reports, too
    "behind",  # how much less that is than what the middle one of the later pages knows
    "unaware",  # the page knows less than half of that, and the claim reads like something open
)
OUTDATED = (
    "suspect",  # the log odds of the first decision
    "overtaken",  # the pair model on the later claims: the likeliest answer that one overtakes it (logarithm)
    "rival",  # that both cannot be true (logarithm)
    "same",  # that one says it again (logarithm)
    "about",  # that one is about the same thing (log odds)
    "near",  # pair probability of the likeliest
)
LATER = 4
"""Later claims that the pair model reads beside a suspect one: those likeliest about the same thing."""
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
        r"\b(?:favou?rites?|favou?red|fancied|tipped|bookmakers?|odds|on course|on track|forecasts?|predict\w*|believe\w*"
        r"|fear\w*|should|could|may|might|about to|in line|prepar\w+|provisional\w*|pending)\b",
        r"\b(?:no (?:plans?|intention|question|retreat|reason|sign|evidence|suspects?|contact)|rul\w+ out|keeps?|stays?"
        r"|here to stay|confidence|confident|insist\w*|refus\w*|not (?:thinking|planning|preparing|considering|going)"
        r"|nothing)\b",
        r"\b(?:declin\w+|comment|consider\w*|studying|weighing|awaiting|waiting|wait|rule out|decide|decision)\b",
    )
)
_MAIN = 0.5  # pair probability from which two claims tell one thing, in finding what most sources report


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
    similarity: Mapping[Pair, float],
    comparer: Comparer,
    settings: Settings,
) -> dict[int, int]:
    """For each outdated claim the later claim that overtakes it, or comes nearest to (indices)."""
    near = neighbours(similarity)
    least = math.log(settings.suspect_probability / (1 - settings.suspect_probability))
    suspects = {
        i: odds
        for i, signs in features(claims, published, sources, near)
        if (odds := score("consensus", "suspect", signs)) >= least
    }
    found: dict[int, int] = {}
    for i, signs, by in second_look(claims, suspects, published, sources, near, comparer):
        likely = probability("consensus", "outdated", signs) >= settings.outdated_probability
        if likely and not _RECALLED.search(claims[i].text):
            found[i] = by
    again = {
        i: [j for j in near[i] if _after(claims, published, sources, i, j) and _may_repeat(claims[j], claims[i])]
        for i in found
    }
    answers = compared(claims, [ordered(i, j) for i, later in again.items() for j in later], comparer)
    held = {
        i
        for i, later in again.items()
        if any(answers[ordered(i, j)].same >= settings.repeated_probability for j in later)
    }
    return {i: by for i, by in found.items() if i not in held}


_RECALLED = re.compile(r"\bhad\b[^,;]{0,40}\b(?:due|set|to|scheduled|planned|supposed|expected|been)\b", re.IGNORECASE)
"""A plan told by a page that knows that it is past: "had been due to meet"."""


def _may_repeat(later: Claim, earlier: Claim) -> bool:
    """Whether a later claim is of the same modality, and has no other figure for the same thing."""
    pairs = [(a, b) for a in earlier.quantities for b in later.quantities if a.unit and a.unit == b.unit]
    anew = bool(pairs) and not any(agree(a, b) for a, b in pairs)
    return later.status == earlier.status and later.negated == earlier.negated and not anew


def second_look(
    claims: Sequence[Claim],
    suspects: Mapping[int, float],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    near: Mapping[int, Mapping[int, float]],
    comparer: Comparer,
) -> Iterator[tuple[int, list[float], int]]:
    """Each suspect claim that some later claim was compared with, its signs in the order of ``OUTDATED``, and that claim.

    ``suspects`` gives their log odds by the first decision.
    """
    after = {
        i: sorted(
            (j for j in near.get(i, {}) if _after(claims, published, sources, i, j)), key=lambda j: (-near[i][j], j)
        )[:LATER]
        for i in suspects
    }
    answers = compared(claims, [ordered(i, j) for i, later in after.items() for j in later], comparer)
    for i, later in after.items():
        if later:
            read = {j: answers[ordered(i, j)] for j in later}
            best = max(later, key=lambda j: (read[j].overtaken + 0.1 * near[i][j], -j))
            yield (
                i,
                [
                    suspects[i],
                    *(math.log(max(getattr(a, name) for a in read.values()) + 0.001) for name in OUTDATED[1:4]),
                    max(log_odds(a.about) for a in read.values()),
                    near[i][later[0]],
                ],
                best,
            )


def features(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    near: Mapping[int, Mapping[int, float]],
) -> Iterator[tuple[int, list[float]]]:
    """Each claim that a page of known date makes before some other page, and its signs, in the order of ``SUSPECT``."""
    voices: dict[str, set[str]] = {}
    for i, source in sources.items():
        voices.setdefault(claims[i].span.article, set()).add(source)
    dated = {article: when for article in sorted(voices) if (when := published.get(article)) is not None}
    times = sorted(when[0] for when in dated.values())
    known = _known(claims, sources, near)
    for i in sorted(sources):
        when = dated.get(claims[i].span.article)
        if when is not None:
            later = {s for a, other in dated.items() if other[0] > when[1] for s in voices[a]} - {sources[i]}
            if later:
                since = [known[article] for article, other in dated.items() if other[0] > when[1]]
                wording = list(_wording(claims[i]))
                standing = list(_standing(claims, published, sources, near, i, times, len(later)))
                yield i, [*wording, *standing, *_awareness(known[claims[i].span.article], since, wording)]


def _known(
    claims: Sequence[Claim], sources: Mapping[int, str], near: Mapping[int, Mapping[int, float]]
) -> dict[str, float]:
    """For each article the share of what at least half of the other sources tell that it tells, too."""
    everyone = set(sources.values())
    told = {
        i: {claims[j].span.article for j, p in near.get(i, {}).items() if p >= _MAIN and j in sources}
        | {claims[i].span.article}
        for i in sources
        if not claims[i].negated and claims[i].status == "done"
    }
    voices = {claims[i].span.article: sources[i] for i in sources}
    main = [articles for articles in told.values() if 2 * len({voices[a] for a in articles}) > len(everyone)]
    return {a: sum(a in articles for articles in main) / len(main) if main else 1.0 for a in voices}


def _awareness(own: float, since: Sequence[float], wording: Sequence[float]) -> Iterator[float]:
    behind = max(0.0, sorted(since)[len(since) // 2] - own)
    unfinished = any(wording[:4]) or any(wording[-len(_SIGNS) :])
    yield own
    yield behind
    yield float(unfinished and behind > own)


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
    following = min(time for time in times if time > when[1])
    yield min(72.0, (following - when[1]).total_seconds() / 3600) / 72


def _after(
    claims: Sequence[Claim], published: Mapping[str, Moment | None], sources: Mapping[int, str], i: int, j: int
) -> bool:
    """Whether claim ``j`` is of another source, whose page was published after claim ``i``'s."""
    mine, other = published.get(claims[i].span.article), published.get(claims[j].span.article)
    return (
        mine is not None and other is not None and other[0] > mine[1] and sources.get(j) not in (None, sources.get(i))
    )
