"""Selection: the sentences that state most of what matters in the words allowed, and nothing twice.

A greedy cover: each step takes the sentence with the largest expected worth that no taken sentence has told yet, for
its length.

Source: budgeted maximum coverage, Khuller, Moss and Naor, 1999; for summaries, Lin and Bilmes, 2010.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from summarize.language.dates import times
from summarize.language.names import names
from summarize.language.numbers import agree, quantities
from summarize.language.polarity import negated
from summarize.language.units import bases
from summarize.language.words import content_words
from summarize.settings import Settings
from summarize.writing.context import known, unresolved
from summarize.writing.disagree import gives
from summarize.writing.grammar import Grammar
from summarize.writing.importance import Importance, quoted, redundancy, worth
from summarize.writing.lead import fitness
from summarize.writing.pages import Pages
from summarize.writing.plan import Planned
from summarize.writing.relations import cores
from summarize.writing.standing import standing
from summarize.writing.telling import apart
from summarize.writing.write import Written

_SHORT = 7  # words
_FRAMED = re.compile(
    r"(?:In the (?:midst|wake|face|middle|shadow|run-up) of|Amid(?:st)?|Against (?:a|the) backdrop|At a time"
    r"|In a (?:move|sign|blow|bid)|In what|With tensions|As tensions|As most|For (?:many|some|those))\b"
)
"""How commentary opens: the event comes second, if at all."""
_MOSTLY = 0.4  # share of a sentence in quotation marks from which it is a quotation
_CLASHING = 3  # content words in common from which two figures of one unit are of one thing


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence taken, and the planned facts that it states, its own first."""

    written: Written
    states: tuple[Planned, ...]


def select(
    options: Sequence[Sequence[Written]],
    pages: Pages,
    grammar: Grammar,
    *,
    length: Callable[[Written], int],
    enough: Callable[[Written], bool],
    settings: Settings,
    max_words: int,
    singles: int,
) -> list[Choice]:
    """Sentences in the order in which they were taken; the first is the lead.

    ``options`` holds the sentences that may state each planned fact; ``length`` tells a sentence's words once it is
    attributed, ``enough`` whether enough sources report it, asked of those alone that would be taken; at most ``singles``
    of them may rest on one source alone.
    """
    planned = [written[0].planned for written in options if written]
    pool = [written for each in options for written in each]
    if not pool:
        return []
    words = np.array([max(1, length(written)) for written in pool])
    features = Importance(pages).features(pool, settings)
    stands = standing(pool, features, pages, grammar)
    value = worth(features) * stands**settings.select_standing * [_kind(written, settings) for written in pool]
    repeats = redundancy(pool, pages.encode([written.text for written in pool]))
    single = np.array([written.planned.kind == "single" for written in pool])
    lead = fitness(pool, stands, pages) - single  # what one source alone reports opens where nothing else can
    states = [_stated(written, planned, settings) for written in pool]
    needed = [grammar.references(written.text) for written in pool]
    taken: list[int] = []
    news = np.ones(len(pool))
    while True:
        told = [pool[n] for n in taken]
        stated = {item.fact.id for n in taken for item in states[n]}
        left = max_words - sum(int(words[n]) for n in taken)
        rationed = sum(each.planned.kind == "single" for each in told) >= singles
        answers = known(written.text for written in told)
        clear = [settings.select_context ** unresolved(each, answers) for each in needed]
        gains = value * news / (words + settings.select_sentence) * clear if taken else lead
        fitting = [
            n
            for n in np.argsort(-gains.round(6), kind="stable").tolist()
            if words[n] <= left
            and news[n] >= settings.select_least_news
            and pool[n].planned.fact.id not in stated
            and not (rationed and pool[n].planned.kind == "single")
        ]
        best = next((n for n in fitting if _is_new(pool[n], told, pages, settings) and enough(pool[n])), None)
        if best is None:
            return [Choice(pool[n], states[n]) for n in taken]
        taken.append(best)
        news = news * (1 - repeats[:, best])


def _is_new(written: Written, told: Sequence[Written], pages: Pages, settings: Settings) -> bool:
    """Whether nothing told says it already, by its words or to the pair model."""
    if _repeats(written, told, settings):
        return False
    again = pages.says_again(written.text, [each.text for each in told], near=settings.select_near)
    return again < settings.select_same


def _kind(written: Written, settings: Settings) -> float:
    """What a single report, a quotation, commentary, a vague sentence and a disputed one are worth beside the others."""
    kind = settings.select_single if written.planned.kind == "single" else 1.0
    model = settings.select_model if written.by == "model" else 1.0
    kind *= settings.select_quotation if quoted(written.text) > _MOSTLY else 1.0
    kind *= settings.select_framed if _FRAMED.match(written.text) else 1.0
    kind *= settings.select_vague if _vague(written.text) else 1.0
    return kind * model * _disputed(written, settings)


def _disputed(written: Written, settings: Settings) -> float:
    dispute = written.planned.dispute
    if dispute is None or written.contrast:
        return 1.0
    if apart(written) is not None:
        return settings.select_disputed
    return settings.select_contested if gives(written.text, dispute.values[0].value) else 1.0


def _vague(text: str) -> bool:
    """Whether a short sentence has nothing in it that a reader could hold on to."""
    if len(text.split()) >= _SHORT:
        return False
    told = names(text) or times(text) or negated(text) or any(quantity.unit for quantity in quantities(text))
    return not told


def _stated(written: Written, planned: Sequence[Planned], settings: Settings) -> tuple[Planned, ...]:
    """The planned facts that the sentence states: its own, and those of which it holds nearly every word of a claim."""
    said = content_words(written.text)
    others = [item for item in planned if item.fact.id != written.planned.fact.id and _holds(said, item, settings)]
    return (written.planned, *others)


def _holds(said: frozenset[str], item: Planned, settings: Settings) -> bool:
    """Whether nearly every word of a claim is said; the claim has to be about what the fact states in the first place."""
    statement = content_words(item.fact.statement)
    for evidence in item.evidence:
        bag = content_words(evidence.text)
        alike = 2 * len(bag & statement) / max(1, len(bag) + len(statement))
        about = len(bag) >= settings.plan_least_words and alike >= settings.select_alike
        if about and len(bag & said) >= settings.select_covers * len(bag):
            return True
    return False


def _clash(text: str, other: str) -> bool:
    """Whether two sentences count the same thing and give it different figures, one of them not told as disputed."""
    theirs = [q for q in quantities(other) if q.unit and q.unit not in bases()]
    own = [q for q in quantities(text) if q.unit and q.unit not in bases()]
    return any(a.unit == b.unit and not agree(a, b) for a in own for b in theirs) and not any(
        agree(a, b) for a in own for b in theirs
    )


def _repeats(written: Written, told: Sequence[Written], settings: Settings) -> bool:
    """Whether the sentence says again what a sentence told says."""
    words, own = content_words(written.text), cores(written.text)
    backing = set(written.planned.fact.evidence)
    for other in told:
        if own & cores(other.text):
            return True
        theirs = set(other.planned.fact.evidence)
        if len(backing & theirs) >= max(2, settings.plan_overlap * min(len(backing), len(theirs))):
            return True
        said = content_words(other.text)
        if len(words & said) >= _CLASHING and _clash(written.text, other.text):
            return True
        if len(words & said) >= settings.plan_repeat * min(len(words), len(said)):
            return True
    return False
