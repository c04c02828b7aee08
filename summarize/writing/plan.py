"""Plan: which facts go into the summary, what kind of sentence each becomes, and whom its prose must name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import ratio as indel_similarity

from summarize.language.dates import times
from summarize.language.names import names
from summarize.language.polarity import status
from summarize.language.verbs import is_finite
from summarize.language.words import content_words
from summarize.settings import Settings
from summarize.types import Discrepancy, Fact, Span, Superseded
from summarize.writing.evidence import Evidence
from summarize.writing.neutral import loaded_words

Kind = Literal["consensus", "single", "disputed", "quoted"]
_LONGEST_SPEAKER = 12  # words
_SPELLING = 80  # rapidfuzz ratio from which two words may be one name: "Luhasnk", "Luhansk"
_CLAUSE = re.compile(r"\b(?:before|after|when|while|as|until|since|because)\b")
_DISPUTABLE = frozenset({"number", "date", "outcome", "attribution"})


@dataclass(frozen=True, slots=True)
class Planned:
    """A fact that is to become a sentence."""

    fact: Fact
    kind: Kind
    evidence: tuple[Evidence, ...]
    """What the sentence may rest on; of a disputed fact the side that most sources take."""
    speaker: str | None = None
    """Whom the prose must name as saying it: most sources do not state it in their own voice."""
    dispute: Discrepancy | None = None
    others: tuple[tuple[str, tuple[Evidence, ...]], ...] = ()
    """The other sides of a dispute: value and evidence."""


def plan(
    facts: Sequence[Fact],
    evidence: Mapping[str, Sequence[Evidence]],
    settings: Settings,
    *,
    titles: Sequence[str] = (),
    discrepancies: Sequence[Discrepancy] = (),
    doubtful: AbstractSet[Discrepancy] = frozenset(),
    superseded: Sequence[Superseded] = (),
    max_words: int,
    min_support: int,
) -> list[Planned]:
    """The facts worth a sentence, best first: those of enough sources by score, then single reports.

    Superseded statements and near repeats are left out; the minor sides of a dispute fold into its main side, which
    tells them unless the dispute is doubtful. The list is longer than the summary, so that a fact that cannot be written
    has a substitute.
    """
    stale = [span for entry in superseded for span in entry.evidence]
    evidence = {fact: _current(items, stale) for fact, items in evidence.items()}
    open_facts = [f for f in facts if f.status != "superseded" and _stands(f, evidence.get(f.id, ()), min_support)]
    disputed, folded = _disputes(open_facts, discrepancies, evidence, settings)
    told = {fact: dispute for fact, dispute in disputed.items() if dispute not in doubtful}
    headlines = [words for title in titles if (words := content_words(title))]
    worth = {f.id: f.score.total + settings.plan_focus * _focus(evidence[f.id], headlines) for f in open_facts}
    ranked = sorted(
        (f for f in open_facts if f.id not in folded),
        key=lambda f: (f.support < min_support, -round(worth[f.id], 6), f.id),
    )
    room = max(1, round(max_words / settings.plan_sentence_words * settings.plan_surplus))
    made: list[Planned] = []
    for fact in ranked:
        if len(made) < room and not _repeats(fact, made, settings):
            made.append(_planned(fact, evidence[fact.id], told.get(fact.id), evidence, min_support))
    return made


def _focus(items: Sequence[Evidence], headlines: Sequence[frozenset[str]]) -> float:
    """How much of the pages' own headlines the fact says: the mean share of their content words, 0 without any."""
    if not headlines:
        return 0.0
    said = [content_words(item.text) for item in items]
    return sum(max(len(words & headline) for words in said) / len(headline) for headline in headlines) / len(headlines)


def voice(items: Sequence[Evidence]) -> str | None:
    """Who must be named as saying it; ``None`` where at least half of the sources state it in their own voice.

    What is still to come, or only possible, has to be in every source's own voice: else it is somebody's word.
    """
    own = {item.group for item in items if not item.spoken}
    groups = {item.group for item in items}
    ahead = 2 * sum(status(item.text) in {"planned", "possible"} for item in items) > len(items)
    if own == groups or (2 * len(own) >= len(groups) and not ahead):
        return None
    named = Counter(item.speaker for item in items if item.speaker and _can_speak(item.speaker))
    return min(named, key=lambda name: (-_votes(name, named), -_fullness(name), len(name), name)) if named else ""


def _votes(name: str, named: Mapping[str, int]) -> int:
    """How many of the named speakers share a capitalised word with this one: one person under several descriptions."""
    own = {word for word in name.split() if word[:1].isupper()}
    return sum(count for other, count in named.items() if other == name or own & set(other.split()))


def _can_speak(speaker: str) -> bool:
    """Whether the words are a person or body, not a piece of a sentence that stood before a report verb."""
    words = speaker.split()
    shouts = any(word.isupper() and len(word) > 5 for word in re.split(r"[\s-]", speaker))
    odd = shouts or re.search(r"[€£$%]", speaker) or is_finite(words) or bool({"or", "not", "that"} & set(words))
    return len(words) <= _LONGEST_SPEAKER and not odd and not loaded_words(speaker)


def _fullness(name: str) -> int:
    words = name.split()
    return min(2, sum(word[:1].isupper() for word in words)) if len(words) <= 9 else 0


def _planned(
    fact: Fact,
    items: Sequence[Evidence],
    dispute: Discrepancy | None,
    evidence: Mapping[str, Sequence[Evidence]],
    min_support: int,
) -> Planned:
    if dispute is not None:
        sides = [_side(value.evidence, evidence) for value in dispute.values]
        elsewhere = {item for side in sides[1:] for item in side}
        own = tuple(dict.fromkeys([*(item for item in items if item not in elsewhere), *sides[0]]))
        others = tuple((v.value, side) for v, side in zip(dispute.values[1:], sides[1:], strict=True) if side)
        if others and own:
            enough = len({item.group for item in own}) >= min_support
            return Planned(fact, "disputed" if enough else "single", own, voice(own), dispute, others=others)
    kind: Kind = "consensus" if fact.support >= min_support else "single"
    return Planned(fact, kind, tuple(items), voice(items))


def _side(spans: Sequence[Span], evidence: Mapping[str, Sequence[Evidence]]) -> tuple[Evidence, ...]:
    found = [item for items in evidence.values() for item in items if any(item.span.overlaps(span) for span in spans)]
    return tuple(dict.fromkeys(found))


def _disputes(
    facts: Sequence[Fact],
    discrepancies: Sequence[Discrepancy],
    evidence: Mapping[str, Sequence[Evidence]],
    settings: Settings,
) -> tuple[dict[str, Discrepancy], frozenset[str]]:
    """For the main fact of each dispute the dispute, and the ids of the facts that are its minor sides."""
    main: dict[str, Discrepancy] = {}
    folded: set[str] = set()
    for entry in discrepancies:
        if entry.kind not in _DISPUTABLE or not _about_one_thing(entry, evidence, settings):
            continue
        sides = [
            [f for f in facts if any(e.overlaps(s) for e in f.evidence for s in value.evidence)]
            for value in entry.values
        ]
        if not sides[0]:
            continue
        first = max(sides[0], key=lambda f: (f.support, f.score.total, f.id))
        minor = [
            f.id
            for side in sides[1:]
            for f in side
            if f.id != first.id and _holds(f, entry.values[0].evidence) is False
        ]
        if first.id not in main and first.id not in folded:
            main[first.id] = entry
            folded.update(minor)
    return main, frozenset(folded - set(main))


def _holds(fact: Fact, spans: Sequence[Span]) -> bool:
    return any(e.overlaps(s) for e in fact.evidence for s in spans)


def _about_one_thing(entry: Discrepancy, evidence: Mapping[str, Sequence[Evidence]], settings: Settings) -> bool:
    """Whether the sides share enough words, so that a reader sees one question with two answers.

    A number carries its unit, which says much of what it is about; a day or hour does not, so that the names have to
    agree as well: two ministers may have cancelled two meetings.
    """
    sides = [_side(value.evidence, evidence) for value in entry.values]
    if len(sides) < 2 or not all(sides):
        return False
    if entry.kind == "number":
        return all(_alike(sides[0], side) >= settings.dispute_number for side in sides[1:])
    known = {word for item in sides[0] for name in names(item.sentence) for word in name.key.split()}
    return all(_alike(sides[0], side) >= settings.dispute_shared for side in sides[1:]) and all(
        any(indel_similarity(word, other) >= _SPELLING for other in known)
        for side in sides[1:]
        for word in _named(side, entry.kind)
    )


def _alike(one: Sequence[Evidence], other: Sequence[Evidence]) -> float:
    """The largest share of content words in common between a claim of one side and a claim of the other."""
    bags = [[content_words(item.text) for item in side] for side in (one, other)]
    return max(len(a & b) / max(1, min(len(a), len(b))) for a in bags[0] for b in bags[1])


def _named(side: Sequence[Evidence], kind: str) -> set[str]:
    """The last words of the names that every claim of the side mentions, in the clauses that give a disputed date."""
    texts = [item.text for item in side]
    if kind == "date":
        texts = [clause for text in texts for clause in _CLAUSE.split(text) if times(clause)] or texts
    each = [{name.key.split()[-1] for name in names(text)} for text in texts]
    return set.intersection(*each) if each else set()


def _current(items: Sequence[Evidence], stale: Sequence[Span]) -> tuple[Evidence, ...]:
    """The evidence that no later report overtook."""
    return tuple(item for item in items if not any(item.span.overlaps(span) for span in stale))


def _stands(fact: Fact, items: Sequence[Evidence], min_support: int) -> bool:
    """Whether a sentence of a page states the fact, and as many sources still do as its support says, or enough."""
    if all(item.headline for item in items):
        return False
    return len({item.group for item in items}) >= min(fact.support, min_support)


def _repeats(fact: Fact, made: Sequence[Planned], settings: Settings) -> bool:
    words = content_words(fact.statement)
    return any(
        len(words & content_words(other.fact.statement)) >= settings.plan_repeat * max(1, len(words)) for other in made
    )
