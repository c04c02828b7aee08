"""Writing: for every planned fact the best sentence that its evidence bears out, from the model or from a source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarize.language.names import names
from summarize.language.polarity import negated
from summarize.models.base import Candidate, GenerationRequest, Generator
from summarize.prompts import render
from summarize.settings import Settings
from summarize.types import WrittenBy
from summarize.writing.evidence import Evidence
from summarize.writing.grammar import Grammar
from summarize.writing.matched import matched, requests
from summarize.writing.neutral import Substitution, loaded_words, loadedness, neutralise
from summarize.writing.plan import Planned
from summarize.writing.recase import recase
from summarize.writing.trim import carries, forms, tidied
from summarize.writing.verify import centrality, says, verify

_ANAPHORA = re.compile(
    r"\b(?:it|they|them|he|she|him|there(?!\s+(?:is|are|was|were|has\s+been|have\s+been|will))|the\s+same|one\s+of\s+them|this|these|those)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("he she it they we i his her its their this these that those who which".split())


@dataclass(frozen=True, slots=True)
class Written:
    """A verified sentence for a planned fact, before attribution."""

    planned: Planned
    text: str
    by: WrittenBy
    carries: bool
    """Whether the text says itself who said it."""
    score: float
    substitutions: tuple[Substitution, ...] = ()
    contrast: tuple[Evidence, ...] = ()
    """Evidence of the other side, where the text tells both sides of a disagreement."""


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    by: WrittenBy
    carries: bool
    fluency: float = 0.0


def from_sources(planned: Sequence[Planned], grammar: Grammar, settings: Settings) -> list[list[Written]]:
    """For each planned fact the sentences of its sources that may state it, best first."""
    return _passed(planned, [_from_sources(item) for item in planned], grammar, settings)


def from_model(
    planned: Sequence[Planned],
    first: Mapping[str, str],
    generator: Generator,
    grammar: Grammar,
    settings: Settings,
) -> list[list[Written]]:
    """For each planned fact the model's sentences that its evidence bears out, best first; one batch for all.

    ``first`` is, by a fact's id, the sentence of a source that the shipped writer is to start from, where there is one.
    """
    if not planned:
        return []
    if generator.family == "shipped":
        answers = generator.generate([request(item, settings, first=first.get(item.fact.id, "")) for item in planned])
    else:
        asked = requests(planned, [ranked(item) for item in planned], generator, settings)
        answers = matched(planned, generator.generate(asked), settings)
    drafts = [_from_model(item, answer) for item, answer in zip(planned, answers, strict=True)]
    return _passed(planned, drafts, grammar, settings)


def claims(item: Planned, settings: Settings, *, first: str = "") -> tuple[str, ...]:
    """What the model reads of a fact: ``first``, then its claims, the most telling first, at most one an article."""
    texts = (first, *(tidied(evidence.text) for evidence in ranked(item)))
    return tuple(text for text in dict.fromkeys(texts) if text)[: settings.write_claims]


def ranked(item: Planned) -> list[Evidence]:
    """The fact's evidence, the most telling first, at most one piece an article."""
    chosen: dict[str, Evidence] = {}
    for evidence in sorted(_told(item), key=lambda e: (-_merit(e, item), e.number, e.span)):
        chosen.setdefault(evidence.span.article, evidence)
    return list(chosen.values())


def _merit(evidence: Evidence, item: Planned) -> float:
    """How well one claim states the fact alone: near the others, no pronoun in front, no headline, not too long."""
    words = evidence.text.split()
    alike = sum(says(evidence.text, other) for other in item.evidence) / len(item.evidence)
    pronoun = bool(words) and words[0].lower() in _PRONOUNS
    return (
        alike - 0.5 * pronoun - 0.4 * evidence.headline - 0.02 * max(0, len(words) - 20) - 0.1 * max(0, 6 - len(words))
    )


def request(item: Planned, settings: Settings, *, first: str = "") -> GenerationRequest:
    """What the shipped writer is asked for one fact."""
    texts = claims(item, settings, first=first)
    return GenerationRequest(render("shipped", claims=list(texts)), texts, settings.write_words)


def _passed(
    planned: Sequence[Planned], drafts: Sequence[Sequence[_Draft]], grammar: Grammar, settings: Settings
) -> list[list[Written]]:
    """The drafts of each fact that may stand, best first; the parser, the slowest judge, sees all others' choice at once."""
    checked = [
        [written for draft in dict.fromkeys(own) if (written := _checked(item, draft, settings)) is not None]
        for item, own in zip(planned, drafts, strict=True)
    ]
    grammar.prepare([written.text for own in checked for written in own])
    return [_best([w for w in own if not grammar.faults(w.text, w.planned.evidence)], settings) for own in checked]


def _best(passed: Sequence[Written], settings: Settings) -> list[Written]:
    """Each text once, those of the highest rank first, and as many as are kept."""
    order = sorted(passed, key=lambda written: (-written.score, len(written.text), written.text))
    return list({written.text: written for written in reversed(order)}.values())[::-1][: settings.write_kept]


def _from_model(item: Planned, answers: Sequence[Candidate]) -> list[_Draft]:
    shown = [text for evidence in item.evidence for text in (evidence.sentence, evidence.text)]
    texts = {tidied(recase(answer.text, shown)): answer.score for answer in reversed(answers)}
    return [_Draft(text, "model", carries(text), fluency=score) for text, score in texts.items() if text]


def _from_sources(item: Planned) -> list[_Draft]:
    return [_Draft(text, "source", said) for evidence in _told(item) for text, said in forms(evidence)]


def _told(item: Planned) -> list[Evidence]:
    """The evidence without headlines, which leave words out and overstate."""
    return [evidence for evidence in item.evidence if not evidence.headline]


def _checked(item: Planned, draft: _Draft, settings: Settings) -> Written | None:
    """The draft as a sentence, if it may stand: verified, neutral, and naming its speaker where it must."""
    if not draft.carries and item.speaker is not None and _own_subject(item.speaker, draft.text):
        return None
    if not draft.carries and item.speaker is None and _charged(draft.text) and _only_said(draft.text, item, settings):
        return None
    text, substitutions = neutralise(draft.text)
    if loaded_words(text) or len(text.split()) > settings.write_longest:
        return None
    verdict = verify(draft.text, item.evidence, settings)
    if not verdict.ok:
        return None
    return Written(item, text, draft.by, draft.carries, _rank(item, draft, verdict.support, settings), substitutions)


_CHARGE = re.compile(
    r"\b(?:caus\w+|blam\w+|faults?|guilt\w*|lied|lying|smuggl\w+|responsib\w+|nothing to do|deliberate\w*|accus\w+|alleg\w+"
    r"|fraud\w*|negligen\w+|terror\w*|illegal\w*|unlawful\w*|due to|because|cheat\w*|cover(?:ed)? up|knew|knowing\w*"
    r"|refus\w+)\b",
    re.IGNORECASE,
)


def _charged(text: str) -> bool:
    """Whether a sentence denies, blames or explains: what nobody but its speaker may know."""
    return _CHARGE.search(text) is not None or negated(text)


def _only_said(text: str, item: Planned, settings: Settings) -> bool:
    """Whether every source that says it puts it in somebody's mouth."""
    saying = [evidence for evidence in _told(item) if says(text, evidence) >= settings.verify_single]
    return bool(saying) and all(evidence.spoken for evidence in saying)


def _own_subject(speaker: str, text: str) -> bool:
    """Whether nobody is named as saying it, or only the one whom the sentence is about: a sign of a misread speaker."""
    heads = {name.key for name in names(speaker)}
    return not speaker or any(name.key in heads for name in names(text)[:1])


def _rank(item: Planned, draft: _Draft, support: float, settings: Settings) -> float:
    words = len(draft.text.split())
    over = max(0, words - settings.write_target) / settings.write_target
    under = max(0, settings.write_least - words) / settings.write_least
    return round(
        settings.rank_support * support
        + settings.rank_central * centrality(draft.text, item.evidence)
        + settings.rank_model * (draft.by == "model")
        + settings.rank_fluency * draft.fluency
        - settings.rank_length * (over + under)
        - settings.rank_attributed * (draft.carries and item.speaker is None)
        - settings.rank_anaphora * len(_ANAPHORA.findall(draft.text))
        - settings.rank_loaded * loadedness(draft.text),
        6,
    )
