"""Evidence: what one source says on one fact, with the sentence it says it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summarize.language.cues import attribution
from summarize.language.names import names
from summarize.types import Claim, Page, Sentence, Source, Span

_PRONOUNS = frozenset("he she it they we i who him her them".split())
_BACK = 3  # sentences in which a pronoun's antecedent is looked for


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim of a fact, in its sentence, on its page."""

    span: Span
    text: str
    """The claim's words, a lost subject restored and the attribution stripped off."""
    whole: Span
    """The sentence around it."""
    sentence: str
    outlet: str
    """How prose names the source: ``"The Week"``, or ``"Source 3"`` where the page does not say."""
    group: int
    number: int
    """Of the article in the list of sources, as cited."""
    position: int = 0
    published: date | None = None
    headline: bool = False
    speaker: str | None = None
    """Who is reported as saying it, a pronoun resolved where the sentences before allow it, else left out."""
    introduced: Span | None = None
    """The sentence before that names the speaker, where this one has a pronoun."""
    spoken: bool = False
    """Whether the page puts it in somebody's mouth at all."""
    relays: str | None = None


def gather(
    members: Mapping[str, Sequence[int]],
    claims: Sequence[Claim],
    sentences: Sequence[Sentence],
    pages: Sequence[Page],
    sources: Sequence[Source],
) -> dict[str, tuple[Evidence, ...]]:
    """For every fact (id) its evidence in the order of its claims; ``members`` maps facts to indices of claims."""
    page_of = {page.id: page for page in pages}
    source_of = {source.article: source for source in sources}
    return {
        fact: tuple(_evidence(claims[i], sentences, page_of, source_of) for i in indices)
        for fact, indices in members.items()
    }


def of_sentence(sentence: Sentence, source: Source) -> Evidence:
    """A whole sentence of a source as evidence, whoever says it."""
    return Evidence(
        span=sentence.span,
        text=sentence.text,
        whole=sentence.span,
        sentence=sentence.text,
        outlet=prose_name(source),
        group=source.group,
        number=source.number,
        position=sentence.position,
        headline=sentence.headline,
    )


def verbatim(text: str, evidence: Iterable[Evidence]) -> bool:
    """Whether a text stands in one of the sentences as it is, but for its full stop."""
    return any(text.rstrip(".") in item.sentence for item in evidence)


def prose_name(source: Source) -> str:
    """An outlet as it names itself, or its number where the page does not say."""
    return " ".join(source.outlet.split()) or f"Source {source.number}"


def _evidence(
    claim: Claim, sentences: Sequence[Sentence], page_of: Mapping[str, Page], source_of: Mapping[str, Source]
) -> Evidence:
    sentence, source = sentences[claim.sentence], source_of[claim.span.article]
    speaker, introduced = _speaker(claim, sentences) if claim.speaker else (None, None)
    return replace(
        of_sentence(sentence, source),
        span=claim.span,
        text=claim.text,
        published=page_of[claim.span.article].published,
        headline=claim.headline,
        speaker=speaker,
        introduced=introduced,
        spoken=claim.speaker is not None and claim.relays is None,
        relays=claim.relays,
    )


def _speaker(claim: Claim, sentences: Sequence[Sentence]) -> tuple[str | None, Span | None]:
    """The claim's speaker; "he" and "she" as the person whom a sentence before names, with that sentence."""
    speaker = (claim.speaker or "").strip()
    if speaker.lower() not in _PRONOUNS:
        return speaker, None
    if speaker.lower() not in {"he", "she"}:
        return None, None
    before = [
        sentence
        for sentence in sentences[max(0, claim.sentence - _BACK) : claim.sentence]
        if sentence.span.article == claim.span.article and not sentence.headline
    ]
    for sentence in reversed(before):
        found = _antecedent(sentence.text)
        if found is not None:
            return found, sentence.span
    return None, None


def _antecedent(text: str) -> str | None:
    said = attribution(text)
    if said is not None and said.relays is None and said.speaker.lower() not in _PRONOUNS:
        return said.speaker
    people = [name.text for name in names(text) if len(name.text.split()) >= 2]
    return (
        people[0]
        if len(people) == 1 and not re.search(r"\b(?:Ministry|Council|University|Party)\b", people[0])
        else None
    )
