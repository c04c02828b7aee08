"""Superseded statements: what an earlier report said and a later one overtook.

A claim is overtaken when a page that does not yet know better states as open, planned, or lower what other, later
pages report as settled, called off, or higher. Which page is earlier is told by the publication dates; where one is
missing, by what the others say: a page that knows nothing of an outcome which two independent sources report was
written before it. A page that reports the outcome itself is up to date, whatever else it recalls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from summarize.consensus.compare import ordered
from summarize.consensus.outdated import Moment, outdated
from summarize.consensus.tolls import counted, figure, happened, is_higher, none_yet, of_another_year, toll
from summarize.language.lexicon import any_of, lines
from summarize.language.words import content_words
from summarize.models.base import Comparer
from summarize.settings import Settings
from summarize.types import Claim

Group = Sequence[int]
OPEN = frozenset({"planned", "ongoing", "possible"})


def overtaken(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    similarity: Mapping[tuple[int, int], float],
    comparer: Comparer,
    settings: Settings,
) -> dict[int, int]:
    """For each overtaken claim the claim that overtakes it (indices); ``published`` gives each article's time."""
    found: dict[int, int] = {}
    tolls = [i for i in sources if counted(claims[i]) and toll(claims[i]) and not of_another_year(claims[i])]
    for i in tolls:
        above = [j for j in tolls if is_higher(claims[j], claims[i])]
        knowing = {claims[j].span.article for j in above}
        same = [k for k in tolls if claims[k].span.article not in knowing and toll(claims[k]) & toll(claims[i])]
        higher = [j for j in above if not _repeated(claims, i, j, same, published)]
        alike = [j for j in higher if similarity.get(ordered(i, j), 0.0) >= settings.value_probability]
        later = [j for j in alike if _later(claims, i, [j], published, sources)]
        if not later:
            others = [j for j in higher if _later(claims, i, [j], published, sources) and _whole_toll(claims[i])]
            later = others if len({sources[j] for j in others}) >= 2 else []
        # A page without a date is older than two sources that count more.
        if published.get(claims[i].span.article) is None:
            known = alike if _later(claims, i, alike, published, sources) or not _whole_toll(claims[i]) else higher
            later = known if _later(claims, i, known, published, sources) else []
        if later:
            # No headline where there is a sentence; then the count that most resembles it, the first of equals.
            found[i] = max(later, key=lambda j: (not claims[j].headline, similarity.get(ordered(i, j), 0.0), -j))
    found |= _no_longer_none(claims, published, sources)
    for i, j in sorted(_settled(claims, published, sources, similarity, settings).items()):
        found.setdefault(i, j)
    for i, j in _so_far(claims, published, sources).items():
        found.setdefault(i, j)
    for i, j in outdated(claims, published, sources, similarity, comparer, settings).items():
        found.setdefault(i, j)
    for i, j in _entailed(claims, sources, found).items():
        found.setdefault(i, j)
    return {i: j for i, j in found.items() if found.get(j) != i}


def _no_longer_none(
    claims: Sequence[Claim], published: Mapping[str, Moment | None], sources: Mapping[int, str]
) -> dict[int, int]:
    """ "Nobody has died" on an earlier page, where two later sources report a death and no later page denies it."""
    found: dict[int, int] = {}
    denied = {i: kinds for i in sources if (kinds := none_yet(claims[i]))}
    reported = {j: kinds for j in sources if (kinds := happened(claims[j]))} if denied else {}
    for i, none in denied.items():
        known = [j for j, kinds in reported.items() if kinds & none]
        since = [j for j in known if sources[j] != sources[i]]
        if published.get(claims[i].span.article) is not None:
            since = [j for j in since if _later(claims, i, [j], published, sources)]
        still = any(
            k != i and kinds & none and not _later(claims, k, since, published, sources) for k, kinds in denied.items()
        )
        own = any(claims[j].span.article == claims[i].span.article for j in known)
        if len({sources[j] for j in since}) >= 2 and not still and not own:
            found[i] = max(since, key=lambda j: (bool(counted(claims[j])), -len(claims[j].words), -j))
    return found


_PART_OF = re.compile(
    r"\b(?:of (?:them|those|whom|the)|among|including|children|pupils|women|crew|drivers?|officers?|soldiers?)\b", re.I
)


def _whole_toll(claim: Claim) -> bool:
    """Whether a claim counts all victims, and not a part of them."""
    return _PART_OF.search(claim.text) is None and any(q.unit == "people" for q in counted(claim))


def _entailed(claims: Sequence[Claim], sources: Iterable[int], found: Mapping[int, int]) -> dict[int, int]:
    """What else an outdated page says of a plan that came to nothing: its open claims about what was called off."""
    off = {(claims[i].span.article, j): called_off(claims[j].text) for i, j in sorted(found.items())}
    entailed: dict[int, int] = {}
    for i in sources:
        claim = claims[i]
        for (article, j), things in off.items():
            if claim.status in OPEN and article == claim.span.article and things & claim.words:
                entailed.setdefault(i, j)
    return entailed


_CALLED_OFF = re.compile(
    r"\b(?:cancel|call|postpon|scrap|scrub|shelv|abandon|put|suspend|delay)\w*(?:\s+off)?\b", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:between|of|with|in|on|at|by|for|to|from|that|which|who)\b|,", re.IGNORECASE)


def called_off(text: str) -> frozenset[str]:
    """Stems of what a claim says was called off: "meeting" in "canceled his meeting", "the meeting has been canceled"."""
    match = _CALLED_OFF.search(text)
    if match is None:
        return frozenset()
    before = text[: match.start()]
    stretch = before if _PASSIVE.search(before) else text[match.end() :]
    words = [word for word in _PREPOSITION.split(stretch.strip())[0].split() if word.islower()]
    return content_words(words[-1]) if words else frozenset()


def _repeated(claims: Sequence[Claim], i: int, j: int, tolls: Group, published: Mapping[str, Moment | None]) -> bool:
    """Whether a page that is no earlier than claim ``j``'s still gives the lower count of claim ``i``: both then hold.

    ``tolls`` are those of claim ``i``'s kind on the pages that know no higher one.
    """
    later = published.get(claims[j].span.article)
    for k in tolls:
        article = claims[k].span.article
        when = published.get(article)
        before = when is not None and later is not None and when[1] < later[0]
        if article == claims[i].span.article or before:
            continue
        if any(x.unit == y.unit and figure(x) == figure(y) for x in claims[i].quantities for y in claims[k].quantities):
            return True
    return False


def _settled(
    claims: Sequence[Claim],
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
    similarity: Mapping[tuple[int, int], float],
    settings: Settings,
) -> dict[int, int]:
    """Open states that a similar claim of a later page settles."""
    candidates: dict[int, list[int]] = {}
    for (a, b), p in similarity.items():
        for i, j in ((a, b), (b, a)):
            dated = published.get(claims[i].span.article) is not None
            likely = p >= settings.supersede_probability and settles(claims[j], claims[i])
            likely = likely or (dated and p >= settings.carried_out_probability and carried_out(claims[j], claims[i]))
            if likely or (dated and p >= settings.value_probability and comes_true(claims[j], claims[i])):
                candidates.setdefault(i, []).append(j)
    best: dict[int, int] = {}
    for i, settling in candidates.items():
        if _later(claims, i, settling, published, sources) and not _knows(claims, i, settling):
            best[i] = max(settling, key=lambda j: (similarity[ordered(i, j)], -j))
    return best


def _knows(claims: Sequence[Claim], i: int, settling: Group) -> bool:
    """Whether the claim's own page reports the outcome too."""
    return any(claims[j].span.article == claims[i].span.article for j in settling)


def _later(
    claims: Sequence[Claim],
    i: int,
    others: Group,
    published: Mapping[str, Moment | None],
    sources: Mapping[int, str],
) -> bool:
    """Whether the others were published after claim ``i``; without its date, whether two independent sources are."""
    mine = published.get(claims[i].span.article)
    dated = [published.get(claims[j].span.article) for j in others]
    if mine is None:
        return len({sources[j] for j in others} - {sources[i]}) >= 2
    known = [when for when in dated if when is not None]
    if not known:
        return len({sources[j] for j in others} - {sources[i]}) >= 2
    return mine[1] < min(earliest for earliest, _ in known)


_RECALLED = re.compile(
    r"\b(?:had|was|were|would)\b[^,;]{0,40}\b(?:due|set|to|scheduled|planned|supposed|expected|been)\b", re.IGNORECASE
)


def settles(later: Claim, earlier: Claim) -> bool:
    """Whether ``later`` ends what ``earlier`` leaves open: by status, or by the words for the two states.

    A plan told in the past tense ("had been due to meet") is a recollection by a page that knows better.
    """
    if later.quotes or earlier.quotes:  # what somebody says will be is no plan that could fall through
        return False
    if (
        not (later.words & earlier.words)
        or later.words == earlier.words
        or _RECALLED.search(earlier.text)
        or later.headline
    ):
        return False
    if later.status == "off" and earlier.status in OPEN:
        return True
    return any(
        opened.search(earlier.text) and _reached(ended, later.text) and not ended.search(earlier.text)
        for opened, ended in _resolutions()
        if not _same_state(later, earlier) or _still(opened, earlier.text)
    )


_STATE = re.compile(r"\b(?:is|are|remains?|stays?|still)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""In front of a word for a state: it holds as the page writes."""
_JUST_DENIED = re.compile(r"(?:\b(?:not|never)|n[’']t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def _reached(ended: re.Pattern[str], text: str) -> bool:
    """Whether the end is stated and not denied: "found", and not "have not been found"."""
    return any(not _JUST_DENIED.search(text[: match.start()]) for match in ended.finditer(text))


def _still(opened: re.Pattern[str], text: str) -> bool:
    """Whether the text says of the open state that it holds as the page writes: "is closed"."""
    found = opened.search(text)
    return found is not None and _STATE.search(text[: found.start()]) is not None


_NOT_YET = re.compile(r"\b(?:no sign of|not yet|n[’']t yet|yet to|had not|neither)\b", re.IGNORECASE)


def _reports(claim: Claim) -> bool:
    """Whether a claim tells in the page's own sentence what has, or has not, happened."""
    return claim.status == "done" and not claim.quotes and not claim.headline


def comes_true(later: Claim, earlier: Claim) -> bool:
    """Whether ``later`` states what ``earlier`` says had not happened yet: "no sign of a truce", "agreed a truce".

    Only for an earlier page whose date is known: without it the two simply disagree.
    """
    if earlier.quotes or later.negated or not _reports(later):
        return False
    if _NOT_YET.search(later.text):
        return False
    missing = _NOT_YET.search(earlier.text)
    named = {stem for name in earlier.names | later.names for stem in content_words(name)}
    return missing is not None and bool(later.words & content_words(earlier.text[missing.end() :]) - named)


_SO_FAR = re.compile(
    r"\bno\s+(?=(?:\w+\s+){1,3}(?:has|have)\s+(?:yet\s+)?been\b)|\bnone of\b.{0,40}?\b(?:has|have)\b"
    r"|\b(?:nobody|no one)\s+has\b",
    re.IGNORECASE,
)
_SAID_OF_ALL = content_words("made reported found given taken took seen known said confirmed received need needed had")


def _so_far(
    claims: Sequence[Claim], published: Mapping[str, Moment | None], sources: Mapping[int, str]
) -> dict[int, int]:
    """ "No arrests have been made" on an earlier page, where two later sources report an arrest."""
    found: dict[int, int] = {}
    for i in sources:
        claim = claims[i]
        missing = _SO_FAR.search(claim.text)
        if missing is None or claim.quotes or none_yet(claim) or published.get(claim.span.article) is None:
            continue
        denied = {word for word in content_words(claim.text[missing.end() :]) if word not in _SAID_OF_ALL}
        denied = {word for word in denied if word.isalpha()} - {w for name in claim.names for w in content_words(name)}
        happened = [
            j
            for j, later in ((j, claims[j]) for j in sources)
            if later.words & denied
            and _reports(later)
            and not later.negated
            and sources[j] != sources[i]
            and _later(claims, i, [j], published, sources)
        ]
        if len({sources[j] for j in happened}) >= 2:
            found[i] = max(happened, key=lambda j: (len(claims[j].words & denied), -j))
    return found


_SOON = re.compile(
    r"\b(?:today|tonight|tomorrow|later|shortly|soon|this (?:week|month|morning|afternoon|evening)|next)\b", re.I
)
_CONDITION = re.compile(r"\b(?:if|unless|provided|whether|must|would)\b", re.IGNORECASE)


def carried_out(later: Claim, earlier: Claim) -> bool:
    """Whether ``later`` reports as done what ``earlier`` announces: "will jet to Seville for a medical", "passed it"."""
    if earlier.status != "planned" or not _reports(later) or later.negated != earlier.negated:
        return False
    if earlier.quotes or _RECALLED.search(earlier.text):
        return False
    dated = bool(earlier.times) or _SOON.search(earlier.text) is not None
    return dated and not _CONDITION.search(earlier.text) and len(later.words & earlier.words) >= 2


def _same_state(later: Claim, earlier: Claim) -> bool:
    return later.negated == earlier.negated and later.status == earlier.status


@cache
def _resolutions() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs = (line.split("|") for line in lines("resolved", "summarize.consensus"))
    return tuple((any_of(opened), any_of(ended)) for opened, ended in pairs)
