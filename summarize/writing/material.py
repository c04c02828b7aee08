"""Material: what the consensus room hands over to be written about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.models.base import Comparer, Encoder, SentenceParser
from summarize.models.parsed import Parsed
from summarize.settings import Settings
from summarize.types import Discrepancy, Fact, Sentence, Source, Superseded
from summarize.writing.evidence import Evidence
from summarize.writing.grammar import Grammar
from summarize.writing.mention import People
from summarize.writing.pages import Pages, titles
from summarize.writing.plan import Planned, plan

if TYPE_CHECKING:
    from summarize.models.base import Vectors


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to write about: the weighed facts of one cluster, and the sentences that they were read from."""

    facts: Sequence[Fact]
    evidence: Mapping[str, Sequence[Evidence]]
    """What each source says on a fact, by the fact's id (see ``gather``)."""
    sources: Sequence[Source]
    sentences: Sequence[Sentence]
    """Of the used pages."""
    vectors: Vectors
    """One row a sentence."""
    parsed: Sequence[Parsed]
    """One a sentence."""
    discrepancies: Sequence[Discrepancy] = ()
    doubtful: AbstractSet[Discrepancy] = frozenset()
    """Those that may be none."""
    superseded: Sequence[Superseded] = ()

    @property
    def titles(self) -> list[str]:
        """The headlines of the used pages."""
        return titles(self.sources)

    @property
    def stale(self) -> list[str]:
        """Claims that a later report overtook."""
        spans = [span for entry in self.superseded for span in entry.evidence]
        every = [item for items in self.evidence.values() for item in items]
        return sorted({item.text for item in every if any(item.span == span for span in spans)})

    @property
    def people(self) -> People:
        """The persons whom they name."""
        return People((s.span, parsed) for s, parsed in zip(self.sentences, self.parsed, strict=True))

    def pages(self, encoder: Encoder, comparer: Comparer) -> Pages:
        """The measure of what is written about them."""
        return Pages(self.sentences, self.vectors, self.sources, encoder, comparer)

    def grammar(self, parser: SentenceParser) -> Grammar:
        """The checks against these sentences."""
        return Grammar(parser, {s.span: parsed for s, parsed in zip(self.sentences, self.parsed, strict=True)})

    def plan(self, settings: Settings, *, max_words: int, min_support: int) -> list[Planned]:
        """The facts worth a sentence, best first (see ``plan``)."""
        return plan(
            self.facts,
            self.evidence,
            settings,
            titles=self.titles,
            discrepancies=self.discrepancies,
            doubtful=self.doubtful,
            superseded=self.superseded,
            max_words=max_words,
            min_support=min_support,
        )
