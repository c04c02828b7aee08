"""Claims: what each sentence states, clause by clause, who is reported as saying it, and what it hinges on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from summarize.consensus.clauses import Clause, clauses
from summarize.consensus.reported import Piece, pieces
from summarize.language.cues import Attribution
from summarize.language.dates import times
from summarize.language.names import fold_names, name_key, names
from summarize.language.numbers import quantities
from summarize.language.polarity import negated, status
from summarize.language.quotations import quotations
from summarize.language.words import content_words
from summarize.models.base import Parse
from summarize.settings import Settings
from summarize.types import Claim, Page, Sentence, Span


def raw_texts(sentences: Sequence[Sentence], pages: Sequence[Page]) -> list[str]:
    """The sentences as the pages have them, every white space one blank: offsets into them are offsets into the pages."""
    text = {page.id: page.text for page in pages}
    return [re.sub(r"\s", " ", text[s.span.article][s.span.start : s.span.end]) for s in sentences]


def extract_claims(
    sentences: Sequence[Sentence], pages: Sequence[Page], parses: Sequence[Parse], settings: Settings
) -> list[Claim]:
    """The claims of all sentences, in their order; their names are folded over the whole cluster.

    ``parses`` are of ``raw_texts(sentences, pages)``, one a sentence.

    A claim's span is one stretch of its sentence and may hold another claim's; its text is the claim's own words, with
    the subject that it shares with another.
    """
    by_id = {page.id: page for page in pages}
    known = frozenset(name.key for s in sentences for name in names(s.text) if name.start > 0)
    raw = raw_texts(sentences, pages)
    found = [
        claim
        for index, (sentence, text, parse) in enumerate(zip(sentences, raw, parses, strict=True))
        for claim in _claims_of(sentence, index, text, parse, by_id[sentence.span.article], known, settings)
    ]
    return _fold(found, _persons(raw, parses))


def _claims_of(
    sentence: Sentence,
    index: int,
    text: str,
    parse: Parse,
    page: Page,
    known: frozenset[str],
    settings: Settings,
) -> list[Claim]:
    whole = [Piece(0, len(text), None)] if sentence.headline else pieces(text, parse)
    found = [
        _claim(clause, sentence, index, page, piece.said, known)
        for piece in whole
        for clause in clauses(text, parse, within=(piece.start, piece.end), least_words=settings.clause_words)
    ]
    # "But on Tuesday" states nothing; a short sentence ("It failed.") may, where nothing else is in its sentence.
    return [claim for claim in found if len(claim.words) >= 2 or len(found) == 1]


def _claim(
    clause: Clause,
    sentence: Sentence,
    index: int,
    page: Page,
    said: Attribution | None,
    known: frozenset[str],
) -> Claim:
    start, end = sentence.span.start + clause.start, sentence.span.start + clause.end
    text = clause.text
    return Claim(
        span=Span(page.id, start, end),
        text=text,
        sentence=index,
        speaker=said.speaker if said else None,
        relays=said.relays if said else None,
        quantities=quantities(text),
        times=times(text, page.published),
        names=frozenset(name.key for name in names(text, sentence_initial_known=known)),
        persons=frozenset(),
        words=content_words(text),
        negated=negated(text),
        status=status(text),
        headline=sentence.headline,
        quotes=tuple(Span(page.id, start + a, start + b) for a, b in quotations(page.text[start:end])),
    )


def _persons(texts: Sequence[str], parses: Sequence[Parse]) -> frozenset[str]:
    """Keys of the names that the parser takes for persons' more often than not."""
    votes = Counter[str]()
    for text, parse in zip(texts, parses, strict=True):
        for mark in parse.names:
            votes[name_key(text[mark.start : mark.end])] += 1 if mark.kind == "per" else -1
    return frozenset(key for key, count in votes.items() if count > 0)


def _fold(claims: list[Claim], persons: frozenset[str]) -> list[Claim]:
    """The claims with each name replaced by the key it shares with its other spellings in the cluster."""
    by_article: dict[str, set[str]] = {}
    for claim in claims:
        by_article.setdefault(claim.span.article, set()).update(claim.names)
    folded = fold_names({article: frozenset(keys) for article, keys in by_article.items()})
    people = {folded.get(key, key) for key in persons}
    own = [frozenset(folded.get(key, key) for key in claim.names) for claim in claims]
    return [replace(claim, names=keys, persons=keys & people) for claim, keys in zip(claims, own, strict=True)]
