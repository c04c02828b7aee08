"""Composition: the verified sentences chosen, attributed, ordered and cited, within the words allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from summarize.language.cues import attribution
from summarize.language.names import names, same_name
from summarize.language.numbers import agree, comparable, quantities
from summarize.language.quotations import find_wording, quotations
from summarize.models.base import Generator
from summarize.settings import Settings
from summarize.types import Discrepancy, Fact, Source, Span, SummarySentence, Superseded
from summarize.writing.attribute import opened, single, spoken
from summarize.writing.disagree import differing, opposed
from summarize.writing.evidence import Evidence
from summarize.writing.headline import headline
from summarize.writing.neutral import Substitution
from summarize.writing.plan import Planned, plan
from summarize.writing.select import Choice, select
from summarize.writing.verify import grounded, held, says
from summarize.writing.write import Written, from_model, from_sources

_QUOTED_WORDS = 4
"""Words from which a quotation is somebody's wording and not a name or a borrowed phrase."""


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
    facts: Sequence[Fact],
    evidence: Mapping[str, Sequence[Evidence]],
    sources: Sequence[Source],
    generator: Generator | None,
    settings: Settings,
    *,
    discrepancies: Sequence[Discrepancy] = (),
    superseded: Sequence[Superseded] = (),
    max_words: int = 120,
    min_support: int = 2,
) -> Draft:
    """The summary of weighed facts in at most ``max_words`` words, every sentence verified and cited.

    ``evidence`` maps fact ids to what each source says on it (see ``gather``). Without a generator the sources' own
    sentences are used. An empty draft means that nothing could be stated.
    """
    planned = plan(
        facts,
        evidence,
        settings,
        titles=[source.title for source in sources if source.title and source.used],
        discrepancies=discrepancies,
        superseded=superseded,
        max_words=max_words,
        min_support=min_support,
    )
    alone = len({source.group for source in sources if source.used}) < min_support
    choose = partial(
        select,
        length=lambda written: len(_told(written, 0, alone=alone).split()),
        settings=settings,
        max_words=max_words,
        headlines=[source.title for source in sources if source.title and source.used],
        singles=len(planned) if alone else settings.plan_singles,
    )
    borne = partial(borne_out, settings=settings, min_support=min_support)
    options = [_marked([*own, *_contrasts(own, settings)]) for own in from_sources(planned, settings)]
    options = [list(filter(borne, each)) for each in options]
    chosen = choose(options)
    if generator is not None:
        written = _with_model(planned, options, chosen, generator, settings)
        chosen = choose([list(filter(borne, each)) for each in written])
    ordered = _ordered([_line(choice, turn, settings, alone=alone) for turn, choice in _turns(chosen)])
    sentences = tuple(line.sentence for line in ordered)
    number = {source.article: source.number for source in sources}
    return Draft(
        title=headline(sources, [s.text for s in sentences], settings),
        text=" ".join(cited(s, number) for s in sentences),
        sentences=sentences,
        substitutions=tuple(dict.fromkeys(sub for line in ordered for sub in line.substitutions)),
    )


def cited(sentence: SummarySentence, number: Mapping[str, int]) -> str:
    """A sentence with its citation marks: in front of the full stop, or behind a closing quotation mark."""
    articles = sorted({number[span.article] for span in sentence.citations})
    marks = "".join(f"[{n}]" for n in articles)
    if sentence.text.endswith("."):
        return f"{opened(sentence.text)} {marks}."
    return f"{sentence.text} {marks}"


def _marked(options: Sequence[Written]) -> list[Written]:
    """The options, those marked with which a disagreement will be told."""
    return [replace(written, disputed=_differing(written) is not None) for written in options]


def _contrasts(options: Sequence[Written], settings: Settings) -> list[Written]:
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
        for w in from_sources([other], settings)[0]
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
    settings: Settings,
) -> list[list[Written]]:
    """The options with what the model writes: for the facts that the sources' sentences would state, and a few more.

    Asking for every planned fact would cost several times the time for sentences that no summary has room for.
    """
    stated = {item.fact.id for choice in chosen for item in choice.states}
    unstated = [item for item in planned if item.fact.id not in stated][: settings.write_reserve]
    asked = [item for item in planned if item.fact.id in stated or item in unstated]
    written = dict(zip((item.fact.id for item in asked), from_model(asked, generator, settings), strict=True))
    return [[*_marked(written.get(item.fact.id, [])), *own] for item, own in zip(planned, options, strict=True)]


def _turns(chosen: Sequence[Choice]) -> list[tuple[int, Choice]]:
    """Each choice with how many single reports come before it, so that their attribution varies."""
    single = [choice.written.planned.kind == "single" for choice in chosen]
    return [(sum(single[:n]), choice) for n, choice in enumerate(chosen)]


def _bearing(choice: Choice, settings: Settings) -> list[Evidence]:
    """The evidence that the sentence cites: what shares enough words with it, less of them for the second source.

    Claims are grouped by meaning, and a group may hold one too many; a reader who follows a citation should find there
    what the sentence says.
    """
    text = choice.written.text
    kept: list[Evidence] = []
    for stated in choice.states:
        printing = [item for item in stated.evidence if prints(text, item)]
        near = sorted(printing or stated.evidence, key=lambda item: (-says(text, item), item.number, item.span))
        near = [item for item in near if not counts_otherwise(text, item)] or near
        for item in near:
            groups = {other.group for other in kept if other in stated.evidence}
            wanted = settings.cite_overlap if len(groups) >= 2 or item.group in groups else settings.cite_least
            if alike(text, item) >= wanted or not kept:
                kept.append(item)
    every = [item for stated in choice.states for item in stated.evidence]
    return list(dict.fromkeys(kept if grounded(text, kept) else every))


def prints(text: str, item: Evidence) -> bool:
    """Whether the source's sentence has every longer quotation of the text, word for word, and by the same speaker."""
    return all(find_wording(words, item.sentence) for words in _wordings(text)) and _by_its_speaker(text, item)


def _wordings(text: str) -> list[str]:
    """The text's quotations that are somebody's wording, and not a name or a borrowed phrase."""
    quoted = (text[start:end] for start, end in quotations(text))
    return [words for words in quoted if len(words.split()) >= _QUOTED_WORDS]


def _by_its_speaker(text: str, item: Evidence) -> bool:
    """Whether the source does not put the text's quotation, if it has one, into somebody else's mouth."""
    if not _wordings(text):
        return True
    said = attribution(text)
    named = {name.key.split()[-1] for name in names(said.speaker)} if said else set()
    other = attribution(item.sentence)
    theirs = {name.key.split()[-1] for name in names((other.speaker if other else "") or item.speaker or "")}
    return not named or not theirs or any(same_name(a, b) for a in named for b in theirs)


def counts_otherwise(text: str, item: Evidence) -> bool:
    """Whether the source's sentence gives other figures for all that the text and it count in one unit."""
    theirs = [quantity for quantity in quantities(item.sentence) if quantity.unit]
    for quantity in (own for own in quantities(text) if own.unit):
        rivals = [other for other in theirs if comparable(quantity, other)]
        if rivals and not any(agree(quantity, other) for other in rivals):
            return True
    return False


def borne_out(written: Written, settings: Settings, min_support: int) -> bool:
    """Whether as many independent sources as it takes say themselves what the sentence says.

    The claims of a fact are grouped by meaning, at times too boldly; a sentence that only one source bears out must
    not be told as what several report.
    """
    if written.planned.kind != "consensus" or written.contrast:
        return True
    says_so = {
        e.group
        for e in written.planned.evidence
        if alike(written.text, e) >= settings.cite_least
        and not counts_otherwise(written.text, e)
        and _by_its_speaker(written.text, e)
    }
    return len(says_so) >= min_support


def alike(text: str, item: Evidence) -> float:
    """How far a source's sentence says what the text says, or its claim is said by the text; 0 to 1."""
    return max(says(text, item), held(text, item) / 2)


def _line(choice: Choice, turn: int, settings: Settings, *, alone: bool) -> _Line:
    planned = choice.written.planned
    evidence = _bearing(choice, settings)
    text = _told(choice.written, turn, alone=alone)
    if planned.dispute is not None and _differing(choice.written) == text:
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


def _told(written: Written, turn: int, *, alone: bool) -> str:
    """The sentence with whoever it must name: its speaker, its one outlet, or the sides of a disagreement."""
    planned, text = written.planned, written.text
    if written.contrast:
        return text
    told = _differing(written)
    if told is not None:
        return told
    if planned.speaker and not written.carries:
        text = spoken(text, planned.speaker)
    if planned.kind == "single":
        return single(text, planned.evidence[0].outlet, planned.evidence, turn, alone=alone)
    return text


def _differing(written: Written) -> str | None:
    """The sentence of a disputed fact with its other sides behind it; ``None`` where it has none to tell."""
    planned = written.planned
    if planned.dispute is None or written.contrast:
        return None
    text = spoken(written.text, planned.speaker) if planned.speaker and not written.carries else written.text
    return differing(text, planned.dispute, planned.evidence, planned.others)


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


def _ordered(lines: Sequence[_Line]) -> list[_Line]:
    """The lead first, then in the order in which the pages tell it, single reports last."""
    if not lines:
        return []
    rest = sorted(lines[1:], key=lambda line: (line.planned.kind == "single", _place(line), line.planned.fact.id))
    return [lines[0], *rest]


def _place(line: _Line) -> float:
    """How late its articles tell it: the mean position of the claims, headlines left out."""
    told = [item.position for item in line.planned.evidence if not item.headline]
    return sum(told) / len(told) if told else 0.0
