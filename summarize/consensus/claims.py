"""Claims: what each sentence states, clause by clause, who is reported as saying it, and what it hinges on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.consensus.clauses import Clause, clauses
from summarize.language.cues import Attribution, attribution
from summarize.language.dates import times
from summarize.language.names import fold_names, names
from summarize.language.numbers import quantities
from summarize.language.polarity import negated, status
from summarize.language.quotations import quotations
from summarize.language.words import content_words
from summarize.settings import Settings
from summarize.types import Claim, Page, Sentence, Span


def extract_claims(sentences: Sequence[Sentence], pages: Sequence[Page], settings: Settings) -> list[Claim]:
    """The claims of all sentences, in their order; their names are folded over the whole cluster.

    A claim's span is one stretch of its sentence; its text may add the subject that cutting took from it.
    """
    by_id = {page.id: page for page in pages}
    known = frozenset(name.key for s in sentences for name in names(s.text) if name.start > 0)
    found = [
        claim
        for index, sentence in enumerate(sentences)
        for claim in _claims_of(sentence, index, by_id[sentence.span.article], known, settings)
    ]
    return _fold(found)


def _claims_of(sentence: Sentence, index: int, page: Page, known: frozenset[str], settings: Settings) -> list[Claim]:
    # Every white space one blank, so that offsets into this text are offsets into the page.
    text = re.sub(r"\s", " ", page.text[sentence.span.start : sentence.span.end])
    said = None if sentence.headline else attribution(text)
    pieces = said.content if said else ((0, len(text)),)
    found = []
    for start, end in pieces:
        for clause in clauses(text[start:end], least_words=settings.clause_words):
            found.append(_claim(clause, start, sentence, index, page, said, known))
    # "But on Tuesday" states nothing; a short sentence ("It failed.") may, where nothing else is in its sentence.
    return [claim for claim in found if len(claim.words) >= 2 or len(found) == 1]


def _claim(
    clause: Clause,
    offset: int,
    sentence: Sentence,
    index: int,
    page: Page,
    said: Attribution | None,
    known: frozenset[str],
) -> Claim:
    start = sentence.span.start + offset + clause.start
    end = sentence.span.start + offset + clause.end
    text = re.sub(r"\s+", " ", clause.text).strip()
    return Claim(
        span=Span(page.id, start, end),
        text=text,
        sentence=index,
        speaker=said.speaker if said else None,
        relays=said.relays if said else None,
        quantities=quantities(text),
        times=times(text, page.published),
        names=frozenset(name.key for name in names(text, sentence_initial_known=known)),
        words=content_words(text),
        negated=negated(text),
        status=status(text),
        headline=sentence.headline,
        quotes=tuple(Span(page.id, start + a, start + b) for a, b in quotations(page.text[start:end])),
    )


def _fold(claims: list[Claim]) -> list[Claim]:
    """The claims with each name replaced by the key it shares with its other spellings in the cluster."""
    by_article: dict[str, set[str]] = {}
    for claim in claims:
        by_article.setdefault(claim.span.article, set()).update(claim.names)
    folded = fold_names({article: frozenset(keys) for article, keys in by_article.items()})
    return [replace(claim, names=frozenset(folded.get(key, key) for key in claim.names)) for claim in claims]
