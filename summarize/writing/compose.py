"""Composition: the verified sentences chosen, attributed, ordered and cited, within the words allowed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from summarize.language.words import content_words
from summarize.models.base import Generator, Models
from summarize.settings import Settings
from summarize.types import Span, SummarySentence
from summarize.writing.attribute import opened
from summarize.writing.bearing import alike, counts_otherwise, prints
from summarize.writing.citing import Citing, bearing, groups
from summarize.writing.context import known, unresolved
from summarize.writing.disagree import opposed
from summarize.writing.evidence import Evidence
from summarize.writing.grammar import Grammar
from summarize.writing.headline import headline
from summarize.writing.material import Material
from summarize.writing.mention import People, introduced
from summarize.writing.neutral import Substitution
from summarize.writing.plan import Planned
from summarize.writing.select import Choice, select
from summarize.writing.telling import apart, as_told
from summarize.writing.verify import grounded
from summarize.writing.write import Written, from_model, from_sources


@dataclass(frozen=True, slots=True)
class Draft:
    """The written part of a summary: title, text with citation marks, sentences, and what was reworded."""

    title: str
    text: str
    sentences: tuple[SummarySentence, ...]
    substitutions: tuple[Substitution, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A finished sentence with what orders it."""

    sentence: SummarySentence
    planned: Planned
    substitutions: tuple[Substitution, ...]


def compose(
    material: Material,
    models: Models,
    generator: Generator | None,
    settings: Settings,
    *,
    max_words: int = 120,
    min_support: int = 2,
) -> Draft:
    """The summary of weighed facts in at most ``max_words`` words, every sentence verified and cited.

    Without a generator the sources' own sentences are used. An empty draft means that nothing could be stated.
    """
    sources = material.sources
    planned = material.plan(settings, max_words=max_words, min_support=min_support)
    alone = len({source.group for source in sources if source.used}) < min_support
    pages = material.pages(models.encoder, models.comparer)
    citing = Citing(pages, settings)
    grammar = material.grammar(models.parser)
    choose = partial(
        select,
        pages=pages,
        grammar=grammar,
        length=lambda written: len(as_told(written, 0, alone=alone).split()),
        enough=lambda written: _reported(written, citing, settings, min_support),
        settings=settings,
        max_words=max_words,
        singles=len(planned) if alone else settings.plan_singles,
    )
    stale = [content_words(text) for text in material.stale]

    def told(options: Sequence[Sequence[Written]]) -> list[list[Written]]:
        pages.encode([each.text for written in options for each in written])  # in one batch
        current = [[w for w in written if not _states_one_of(w.text, stale, settings)] for written in options]
        return [told_by_enough(written, citing, settings, min_support=min_support) for written in current]

    def laid(chosen: Sequence[Choice]) -> list[_Line]:
        return _ordered([_line(c, turn, citing, settings, alone=alone) for turn, c in _turns(chosen)], grammar)

    options = told(sourced(planned, grammar, settings))
    if generator is not None:
        asked = choose(options, enough=lambda written: True)  # only says what to ask for: no passage is read beside it
        options = told(_with_model(planned, options, asked, generator, grammar, settings))
        if generator.family != "shipped":  # who names a model wants its sentences wherever they may stand
            options = [[written for written in each if written.by == "model"] or each for each in options]
    chosen = choose(options)
    lines = laid(chosen)
    over = _words(_introduced(lines, material.people, grammar, max_words=None)) - max_words
    if over > 0:  # who the people are goes before a last small fact
        lines = laid(choose(options, max_words=max_words - min(over, settings.mention_words)))
    ordered = _introduced(lines, material.people, grammar, max_words=max_words)
    sentences = tuple(line.sentence for line in ordered)
    number = {source.article: source.number for source in sources}
    return Draft(
        title=headline(pages, grammar, [s.text for s in sentences], stale, settings),
        text=" ".join(cited(s, number) for s in sentences),
        sentences=sentences,
        substitutions=tuple(dict.fromkeys(sub for line in ordered for sub in line.substitutions)),
    )


def sourced(planned: Sequence[Planned], grammar: Grammar, settings: Settings) -> list[list[Written]]:
    """For each planned fact the sources' sentences that may state it."""
    own = from_sources(planned, grammar, settings)
    return [[*each, *_contrasts(each, grammar, settings)] for each in own]


def cited(sentence: SummarySentence, number: Mapping[str, int]) -> str:
    """A sentence with its citation marks: in front of the full stop, or behind a closing quotation mark."""
    articles = sorted({number[span.article] for span in sentence.citations})
    marks = "".join(f"[{n}]" for n in articles)
    if sentence.text.endswith("."):
        return f"{opened(sentence.text)} {marks}."
    return f"{sentence.text} {marks}"


def _contrasts(options: Sequence[Written], grammar: Grammar, settings: Settings) -> list[Written]:
    """Both sides of a fact whose sources say opposite things, in one sentence: each as its own outlets report it."""
    plain = [
        written for written in options if not written.carries and len(written.text.split()) <= settings.contrast_words
    ]
    if not plain or plain[0].planned.dispute is None or plain[0].planned.dispute.kind not in {"outcome", "attribution"}:
        return []
    first, (_, items) = plain[0], plain[0].planned.others[0]
    other = replace(first.planned, kind="consensus", evidence=items, speaker=None, dispute=None, others=())
    seconds = [
        w
        for w in from_sources([other], grammar, settings)[0]
        if not w.carries and len(w.text.split()) <= settings.contrast_words
    ]
    one, two = ({item.outlet for item in side} for side in (first.planned.evidence, items))
    if not seconds or one & two:
        return []
    text = opposed(first.text, seconds[0].text, first.planned.evidence, items)
    return [replace(first, text=text, carries=True, contrast=items)]


def _with_model(
    planned: Sequence[Planned],
    options: Sequence[list[Written]],
    chosen: Sequence[Choice],
    generator: Generator,
    grammar: Grammar,
    settings: Settings,
) -> list[list[Written]]:
    """The options with what the model writes: for the facts that the sources' sentences would state, and a few more.

    Asking for every planned fact would cost several times the time for sentences that no summary has room for.
    """
    stated = {item.fact.id for choice in chosen for item in choice.states}
    unstated = [item for item in planned if item.fact.id not in stated][: settings.write_reserve]
    asked = [item for item in planned if item.fact.id in stated or item in unstated]
    first = {item.fact.id: own[0].text for item, own in zip(planned, options, strict=True) if own}
    first |= {choice.written.planned.fact.id: choice.written.text for choice in chosen}
    written = dict(
        zip((item.fact.id for item in asked), from_model(asked, first, generator, grammar, settings), strict=True)
    )
    return [[*written.get(item.fact.id, []), *own] for item, own in zip(planned, options, strict=True)]


def _turns(chosen: Sequence[Choice]) -> list[tuple[int, Choice]]:
    """Each choice with how many single reports come before it, so that their attribution varies."""
    single = [choice.written.planned.kind == "single" for choice in chosen]
    return [(sum(single[:n]), choice) for n, choice in enumerate(chosen)]


def _states_one_of(text: str, claims: Sequence[frozenset[str]], settings: Settings) -> bool:
    """Whether the text says nearly all content words of one of the claims."""
    words = content_words(text)
    return any(claim and len(claim & words) >= settings.select_covers * len(claim) for claim in claims)


def told_by_enough(
    options: Sequence[Written], citing: Citing, settings: Settings, *, min_support: int
) -> list[Written]:
    """The options that as many independent sources may report as it takes, each as what it turns out to be.

    The claims of a fact are grouped by meaning, at times too boldly, at times too timidly: a sentence that one source
    alone bears out must not be told as what several report, nor one that several bear out as a single report.
    """
    kept = []
    for written in options:
        enough = groups(citing.likely(written), settings.cite_likely) >= min_support
        single = written.planned.kind == "single"
        if single and enough and groups(citing.cited(written), settings.cite_probability) >= min_support:
            written = replace(written, planned=replace(written.planned, kind="consensus"))
        if written.planned.kind != "consensus" or written.contrast or enough:
            kept.append(written)
    return kept


def _reported(written: Written, citing: Citing, settings: Settings, min_support: int) -> bool:
    """Whether what is told as reported by several can cite as many, read beside their sentences."""
    if written.planned.kind == "single" or written.contrast or apart(written) is not None:
        return True
    return len({item.group for item in _bearing(written, citing, settings)}) >= min_support


def _bearing(written: Written, citing: Citing, settings: Settings) -> list[Evidence]:
    """The evidence that the sentence cites: what an article says on it, with every number and name that it has."""
    text = written.text
    printing = [each for each in citing.cited(written) if prints(text, each.item)]
    printing = [each for each in printing if not counts_otherwise(text, each.item)] or printing
    kept = bearing(printing, settings) if printing else []
    if kept and grounded(text, kept):
        return kept
    own = sorted(written.planned.evidence, key=lambda item: (-alike(text, item), item.number, item.span))
    for item in own:
        if prints(text, item) and not grounded(text, kept):
            kept.append(item)
    return kept if grounded(text, kept) else list(dict.fromkeys([*kept, *own]))


def _as_named(text: str, planned: Planned, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of the outlets that the sentence names, all of them, and of no other."""
    named: dict[int, list[Evidence]] = {item.group: [] for item in planned.evidence}
    for item in evidence:
        named.get(item.group, []).append(item)
    for group, items in named.items():
        own = [item for item in planned.evidence if item.group == group]
        items += [max(own, key=lambda item: (alike(text, item), -item.number))] if not items else []
    found = [item for items in named.values() for item in items]
    return found if grounded(text, found) else list(planned.evidence)


def _line(choice: Choice, turn: int, citing: Citing, settings: Settings, *, alone: bool) -> _Line:
    planned = choice.written.planned
    evidence = _bearing(choice.written, citing, settings)
    if planned.kind == "single":
        evidence = _as_named(choice.written.text, planned, evidence)
    text = as_told(choice.written, turn, alone=alone)
    if planned.dispute is not None and apart(choice.written) == text:
        evidence += [item for _, items in planned.others for item in items]
    evidence += choice.written.contrast
    sentence = SummarySentence(
        text=text,
        citations=_citations(evidence, _naming(text, planned, evidence)),
        facts=tuple(stated.fact.id for stated in choice.states),
        support=len({item.group for item in evidence}),
        written_by=choice.written.by,
    )
    return _Line(sentence, planned, choice.written.substitutions)


def _naming(text: str, planned: Planned, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence that names the sentence's speaker, where what bears the sentence out calls the speaker "he"."""
    speaker = (planned.speaker or "").lower()
    if not speaker or speaker not in text.lower() or any(speaker in item.sentence.lower() for item in evidence):
        return []
    return [item for item in planned.evidence if item.speaker == planned.speaker][:1]


def _citations(evidence: Sequence[Evidence], naming: Sequence[Evidence] = ()) -> tuple[Span, ...]:
    """The sentences that bear the fact out, and one that names its speaker, in the order of the sources' numbers."""
    spans = {(item.number, item.whole) for item in evidence}
    spans |= {(item.number, item.introduced or item.whole) for item in naming}
    return tuple(span for _, span in sorted(spans))


def _ordered(lines: Sequence[_Line], grammar: Grammar) -> list[_Line]:
    """The lead first, then as the pages tell it, what takes something for known behind what tells it; single reports last."""
    if not lines:
        return []
    rest = sorted(lines[1:], key=lambda line: (line.planned.kind == "single", _place(line), line.planned.fact.id))
    ordered = [lines[0]]
    while rest:
        told = known(line.sentence.text for line in ordered)
        alike = [line for line in rest if (line.planned.kind == "single") == (rest[0].planned.kind == "single")]
        line = next((line for line in alike if not _waits(line, told, rest, grammar)), rest[0])
        rest.remove(line)
        ordered.append(line)
    return ordered


def _waits(line: _Line, told: AbstractSet[str], rest: Sequence[_Line], grammar: Grammar) -> bool:
    """Whether a sentence that is still to come tells what this one takes for known."""
    needed = grammar.references(line.sentence.text)
    coming = known(other.sentence.text for other in rest if other is not line)
    return unresolved(needed, told) > unresolved(needed, told | coming)


def _words(lines: Sequence[_Line]) -> int:
    return sum(len(line.sentence.text.split()) for line in lines)


def _introduced(lines: Sequence[_Line], people: People, grammar: Grammar, *, max_words: int | None) -> list[_Line]:
    """The lines with each person named in full and by role where they come first, by surname after that."""
    texts = [line.sentence.text for line in lines]
    cites = [{span.article for span in line.sentence.citations} for line in lines]
    room = sys.maxsize if max_words is None else max_words - _words(lines)
    told = introduced([grammar.parsed(text) for text in texts], cites, people, room=room)
    return [
        replace(line, sentence=replace(line.sentence, text=text, citations=_with(line.sentence.citations, naming)))
        for line, (text, naming) in zip(lines, told, strict=True)
    ]


def _with(citations: Sequence[Span], more: Sequence[Span]) -> tuple[Span, ...]:
    """Citations, those of one article together in its order."""
    order = list(dict.fromkeys(span.article for span in citations))
    return tuple(sorted({*citations, *more}, key=lambda span: (order.index(span.article), span)))


def _place(line: _Line) -> float:
    """How late its articles tell it: the mean position of the claims, headlines left out."""
    told = [item.position for item in line.planned.evidence if not item.headline]
    return sum(told) / len(told) if told else 0.0
