"""Selection: the sentences that state most of what matters in the words allowed.

A greedy cover: each step takes the sentence whose facts not yet stated are worth most for its length, so that a
sentence that carries three facts beats three that carry one, and nothing is said twice.

Source: budgeted maximum coverage, Khuller, Moss and Naor, 1999; for summaries, Lin and Bilmes, 2010.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from summarize.language.polarity import status
from summarize.language.quotations import quotations
from summarize.language.words import content_words
from summarize.settings import Settings
from summarize.writing.plan import Planned
from summarize.writing.relations import cores
from summarize.writing.write import Written


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence taken, and the planned facts that it states, its own first."""

    written: Written
    states: tuple[Planned, ...]


def select(
    options: Sequence[Sequence[Written]],
    *,
    length: Callable[[Written], int],
    settings: Settings,
    max_words: int,
    singles: int,
    headlines: Sequence[str] = (),
) -> list[Choice]:
    """Sentences in the order in which they were taken; the first is the lead.

    ``options`` holds the sentences that may state each planned fact; ``length`` tells a sentence's words once it is
    attributed; at most ``singles`` of them may rest on one source alone.
    """
    planned = [written[0].planned for written in options if written]
    pool = [written for each in options for written in each]
    states = {id(written): _stated(written, planned, settings) for written in pool}
    weights = _weights(planned)
    titles = [words for headline in headlines if (words := content_words(headline))]
    taken: list[Choice] = []
    while pool:
        stated = {item.fact.id for choice in taken for item in choice.states}
        open_facts = {item.fact.id for item in planned} - stated
        told = frozenset[str]().union(*(content_words(choice.written.text) for choice in taken))
        left = max_words - sum(length(choice.written) for choice in taken)
        alone = sum(choice.written.planned.kind == "single" for choice in taken)
        pool = [
            written
            for written in pool
            if written.planned.fact.id in open_facts
            and length(written) <= left
            and not (written.planned.kind == "single" and alone >= singles)
            and not _repeats(written, taken, settings)
            and not _restates(written, states[id(written)], stated, told, settings)
        ]
        fresh = {word: weight for word, weight in weights.items() if word not in told}
        gains = []
        for n, written in enumerate(pool):
            gain = _gain(written, states[id(written)], open_facts, fresh, frozenset(weights), settings)
            gain /= _cost(length(written), settings, lead=not taken)
            gains.append((gain if taken else gain * _leads(written, titles, settings), n))
        if not gains:
            break
        _, best = max(gains, key=lambda pair: (round(pair[0], 6), -pair[1]))
        taken.append(Choice(pool[best], states[id(pool[best])]))
    return taken


def _gain(
    written: Written,
    states: Sequence[Planned],
    open_facts: set[str],
    fresh: Mapping[str, float],
    shared: frozenset[str],
    settings: Settings,
) -> float:
    """Worth of the facts that the sentence newly states, by its quality, and of the widely used words it brings.

    Words that one source alone uses count against it: what only one reports is not to slip in as a side clause.
    """
    worth = sum(item.worth for item in states if item.fact.id in open_facts)
    kind = settings.select_single if written.planned.kind == "single" else 1.0
    kind *= settings.select_quoted if _mostly_quoted(written.text) else 1.0
    own, statement = content_words(written.text), content_words(written.planned.fact.statement)
    # Of the fact's claims the one that most sources agree with is its statement; the others may say a little else.
    kind *= 1 + settings.select_statement * len(own & statement) / max(1, len(statement))
    kind *= settings.select_contrast if written.contrast or written.disputed else 1.0
    words = sum(fresh.get(word, 0.0) for word in own) - settings.select_unbacked * len(own - shared)
    return kind * (worth * max(0.05, 1 + settings.select_quality * written.score) + settings.select_words * words)


def _leads(written: Written, titles: Sequence[frozenset[str]], settings: Settings) -> float:
    """How fit a sentence is to open the summary: it tells what the pages' own headlines tell, in nobody's mouth."""
    if not titles:
        return 1.0
    words = content_words(written.text)
    focus = sum(len(words & title) / len(title) for title in titles) / len(titles)
    unsettled = _mostly_quoted(written.text) or status(written.text) in ("planned", "possible")
    return (settings.lead_floor + focus) * (0.5 if unsettled else 1.0)


def _mostly_quoted(text: str) -> bool:
    return 2 * sum(end - start for start, end in quotations(text)) > len(text)


def _cost(words: int, settings: Settings, *, lead: bool) -> float:
    """What a sentence's length costs it; the lead's less, since it has to say what happened."""
    return math.pow(max(1, words), settings.select_lead if lead else settings.select_length)


def _weights(planned: Sequence[Planned]) -> dict[str, float]:
    """For each content word of the evidence the share of the independent sources that use it, where two do."""
    users: dict[str, set[int]] = {}
    for item in planned:
        for evidence in item.evidence:
            for word in content_words(evidence.sentence):
                users.setdefault(word, set()).add(evidence.group)
    everyone = len(set().union(*users.values())) if users else 1
    return {word: len(groups) / everyone for word, groups in users.items() if len(groups) > 1}


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


def _repeats(written: Written, taken: Sequence[Choice], settings: Settings) -> bool:
    """Whether the sentence says again what one taken says, or one taken is said again in it."""
    words, told = content_words(written.text), cores(written.text)
    backing = set(written.planned.fact.evidence)
    for choice in taken:
        if told & cores(choice.written.text):
            return True
        other = set(choice.written.planned.fact.evidence)
        if len(backing & other) >= max(2, settings.plan_overlap * min(len(backing), len(other))):
            return True
        said = content_words(choice.written.text)
        if len(words & said) >= settings.plan_repeat * min(len(words), len(said)):
            return True
    return False


def _restates(
    written: Written, states: Sequence[Planned], stated: set[str], told: frozenset[str], settings: Settings
) -> bool:
    """Whether the sentence states a fact (id) that is ``stated`` already, and has few words that are not ``told``."""
    if not stated & {item.fact.id for item in states}:
        return False
    words = content_words(written.text)
    return len(words - told) < settings.plan_news * len(words)
