"""Verification: a sentence stands only if its evidence says it, in its numbers, names, quotations and relations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarize.language.dates import same_time, times
from summarize.language.lexicon import entries
from summarize.language.names import names
from summarize.language.numbers import comparable, quantities
from summarize.language.polarity import negated, status
from summarize.language.quotations import find_wording, quotations
from summarize.language.verbs import is_verb
from summarize.language.words import content_words, fold, tokenize
from summarize.settings import Settings
from summarize.types import Quantity
from summarize.writing.evidence import Evidence
from summarize.writing.form import faults
from summarize.writing.relations import lost_operators, mixed

_WORD = re.compile(r"\w+")
_SETTLED = {"ongoing": "done"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may stand, why not, and which share of its words the evidence carries (0 to 1)."""

    ok: bool
    reasons: tuple[str, ...]
    support: float


def verify(candidate: str, evidence: Sequence[Evidence], settings: Settings) -> Verdict:
    """Check a sentence against the evidence it will cite: every check must pass."""
    texts = list(dict.fromkeys(text for item in evidence for text in (item.text, item.sentence)))
    reasons = (
        *faults(candidate),
        *_numbers(candidate, texts),
        *_dates(candidate, evidence),
        *_names(candidate, texts),
        *_quoted(candidate, texts),
        *_possessives(candidate, texts),
        *_coverage(candidate, texts, settings),
        *_cut_short(candidate, texts),
        *_weighty(candidate, texts),
        *_unreported(candidate, texts),
        *_polarity(candidate, texts),
        *mixed(candidate, texts, settings),
        *lost_operators(candidate, [item.sentence for item in evidence]),
    )
    return Verdict(not reasons, reasons, round(support(candidate, evidence), 4))


def grounded(candidate: str, evidence: Sequence[Evidence]) -> bool:
    """Whether every number, date, name and quotation of a sentence stands in the evidence it cites."""
    texts = [text for item in evidence for text in (item.text, item.sentence)]
    checks = (
        _numbers(candidate, texts),
        _dates(candidate, evidence),
        _names(candidate, texts),
        _quoted(candidate, texts),
    )
    return not any(checks)


def support(candidate: str, evidence: Sequence[Evidence]) -> float:
    """Mean over the independent sources of the share of the candidate's content words that one sentence carries."""
    words = content_words(candidate)
    best: dict[int, float] = {}
    for item in evidence:
        share = len(words & content_words(item.sentence)) / len(words) if words else 0.0
        best[item.group] = max(best.get(item.group, 0.0), share)
    return sum(best.values()) / len(best) if best else 0.0


def centrality(candidate: str, evidence: Sequence[Evidence]) -> float:
    """Mean over the independent sources of the likeness (F1 of content words) to the nearest of their claims."""
    words = content_words(candidate)
    best: dict[int, float] = {}
    for item in evidence:
        claim = content_words(item.text)
        alike = 2 * len(words & claim) / max(1, len(words) + len(claim))
        best[item.group] = max(best.get(item.group, 0.0), alike)
    return sum(best.values()) / len(best) if best else 0.0


def says(candidate: str, item: Evidence) -> float:
    """Share of the candidate's content words that this one source's sentence carries."""
    words = content_words(candidate)
    return len(words & content_words(item.sentence)) / len(words) if words else 0.0


def held(candidate: str, item: Evidence) -> float:
    """Share of this one source's claim that the candidate says."""
    claim = content_words(item.text)
    return len(claim & content_words(candidate)) / len(claim) if claim else 0.0


def _numbers(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    have = [quantity for text in texts for quantity in quantities(text)]
    wrong = [q for q in quantities(candidate) if not any(_states(q, other) for other in have)]
    digits = {word for text in texts for word in content_words(text)}
    loose = sorted(word for word in content_words(candidate) if word[0].isdigit() and word not in digits)
    return tuple(f"number {candidate[q.start : q.end]!r}" for q in wrong) + tuple(f"figure {word}" for word in loose)


def _states(own: Quantity, other: Quantity) -> bool:
    same = abs(own.low - other.low) <= 1e-6 * max(1.0, abs(own.low)) or own.low == other.low
    top = own.high == other.high or abs(own.high - other.high) <= 1e-6 * max(1.0, abs(own.high))
    return same and top and comparable(own, other) and (own.approximate or not other.approximate)


def _dates(candidate: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    wrong = []
    for when in times(candidate):
        wording = fold(candidate[when.start : when.end])
        written = any(wording in fold(item.sentence) for item in evidence)
        meant = any(
            same_time(when, other) is True for item in evidence for other in times(item.sentence, item.published)
        )
        if not written and not meant:
            wrong.append(f"date {candidate[when.start : when.end]!r}")
    return tuple(wrong)


def _names(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    known = {word for text in texts for word in _WORD.findall(fold(text).replace(".", ""))}
    return tuple(
        f"name {name.text!r}"
        for name in names(candidate)
        if any(len(word) > 1 and word not in known for word in _WORD.findall(name.key))
    )


_POSSESSIVE = re.compile(r"\b\w+['’]s\b")


def _possessives(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    """A possessive that no source has stands for something that was left out: "Russia's" for "Russia has made its"."""
    known = {found.lower().replace("’", "'") for text in texts for found in _POSSESSIVE.findall(text)}
    made = [found for found in _POSSESSIVE.findall(candidate) if found.lower().replace("’", "'") not in known]
    return tuple(f"possessive {found!r} is in no source" for found in made)


def _quoted(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    inside = [candidate[start:end] for start, end in quotations(candidate)]
    return tuple(f"quotation {quote!r}" for quote in inside if not any(_printed(quote, text) for text in texts))


def _printed(quote: str, text: str) -> bool:
    """Whether a wording stands inside quotation marks of the text: a paraphrase in marks is no quotation."""
    where = find_wording(quote, text)
    return where is not None and any(start <= where[0] and where[1] <= end for start, end in quotations(text))


_WEIGHTY = frozenset(
    "or nor all every only if unless until before after because despite without although though while than".split()
)
_REPORTS = re.compile(r"\b(?:reports?|reported|word|indication|evidence|sign)s?\b", re.IGNORECASE)


def _weighty(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Small words that change what is said, and that no source has: "Kiln or Clover" for "Kiln & Clover"."""
    known = {token.text.lower() for text in texts for token in tokenize(text)}
    made = {token.text.lower() for token in tokenize(candidate)} & _WEIGHTY
    return tuple(f"{word!r} is in no source" for word in sorted(made - known))


def _unreported(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    """A denial where the sources only say that nothing was reported: "no deaths" for "no reports of deaths"."""
    if not negated(candidate) or _REPORTS.search(candidate):
        return ()
    words = content_words(candidate)
    denying = [text for text in texts if negated(text) and words & content_words(text)]
    told = denying and all(_REPORTS.search(text) for text in denying)
    return ("nothing was reported, which is not that nothing was",) if told else ()


_LAST_TWO = re.compile(r"([\w’'-]+)\W+([\w’'-]+)[.!?”\"’']*$")
_GOES_ON = re.compile(
    r"\s+(?!(?:and|but|or|nor|as|after|before|because|when|while|if|until|since|although|though|so|that|which|who|where|amid"
    r"|in|on|at|by|for|from|with|to|of|during|over|through|following|according|than|despite|under|near|into|across|against"
    r"|off|up|down|out|back|away|just|early|late|earlier|later|again|too|also|only|today|yesterday|last|this|next|there|here"
    r"|about|around|shortly|soon|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)\w",
    re.IGNORECASE,
)


def _cut_short(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    """A verb at the end that every source follows by its object: "The defence hurried" for "hurried the kicker"."""
    last = _LAST_TWO.search(candidate)
    if last is None or not is_verb(last[2]):
        return ()
    run = re.compile(rf"\b{re.escape(last[1])}\W+{re.escape(last[2])}\b", re.IGNORECASE)
    places = [(text, match.end()) for text in texts for match in run.finditer(text)]
    if places and all(_GOES_ON.match(text, end) for text, end in places):
        return (f"stops in the middle, at {last[2]!r}",)
    return ()


def _coverage(candidate: str, texts: Sequence[str], settings: Settings) -> tuple[str, ...]:
    words = content_words(candidate)
    bags = [content_words(text) for text in texts]
    missing = sorted(words.difference(*bags))
    if not words:
        return ("states nothing",)
    reasons: list[str] = []
    told = {token.text.lower() for token in tokenize(candidate)} & _report_verbs()
    told -= {token.text.lower() for text in texts for token in tokenize(text)}
    if told:
        reasons.append("puts in " + ", ".join(sorted(told)))
    if len(missing) / len(words) > 1 - settings.verify_coverage:
        reasons.append("not in the evidence: " + ", ".join(missing))
    if max((len(words & bag) / len(words) for bag in bags), default=0.0) < settings.verify_single:
        reasons.append("no single source says most of it")
    return tuple(reasons)


@cache
def _report_verbs() -> frozenset[str]:
    return entries("report_verbs") | entries("report_verbs_that")


def _polarity(candidate: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Denied or affirmed, planned, done or called off: as the evidence text that shares most of its words has it."""
    words = content_words(candidate)
    shared = {text: len(words & content_words(text)) for text in texts}
    near = [text for text in texts if shared[text] == max(shared.values())]
    reasons: list[str] = []
    if negated(candidate) not in {negated(text) for text in near}:
        reasons.append("negation differs")
    own = status(candidate)
    if _SETTLED.get(own, own) not in {_SETTLED.get(found, found) for found in map(status, near)}:
        reasons.append(f"stated as {own}")
    return tuple(reasons)
