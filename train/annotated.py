"""The annotated clusters as the fits of the small decisions need them: claims, their pairs, and what the gold says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.consensus.align import embed, pair_features, score_pairs
from summarize.consensus.claims import extract_claims, raw_texts
from summarize.consensus.outdated import Moment, moment
from summarize.consensus.sources import copies, independent_sources, voices
from summarize.models.base import Comparer
from summarize.models.load import load_comparer, load_encoder, load_parser
from summarize.models.pairs import PairModel
from summarize.reading.clean import clean
from summarize.reading.relevance import mark_off_topic
from summarize.reading.split import split
from summarize.settings import Settings
from summarize.types import Article, Claim, Span

Matrix = NDArray[np.float64]
Places = Mapping[str, Sequence[tuple[int, int]]]
"""Stretches of text by article."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One cluster: its claims (copies' left out), the proposed pairs with their features, and its gold."""

    id: str
    gold: Mapping[str, Any]
    text: Mapping[str, str]
    claims: Sequence[Claim]
    sentences: Sequence[str]
    """The texts that the claims' ``sentence`` counts."""
    sources: Mapping[int, str]
    published: Mapping[str, Moment | None]
    pairs: Sequence[tuple[int, int]]
    rows: Matrix
    probability: Mapping[tuple[int, int], float]

    def facts(self) -> list[Places]:
        """Where each gold fact is stated."""
        return [located(self.text, [f["evidence"], f.get("relayed", {})]) for f in self.gold["facts"]]

    def discrepancies(self) -> list[tuple[str, list[Places]]]:
        """The kind of each gold discrepancy, and where each of its values is stated."""
        return [
            (d["kind"], [located(self.text, [value["evidence"]]) for value in d["values"]])
            for d in self.gold["discrepancies"]
        ]

    def superseded(self) -> Places:
        """Where what was overtaken is stated."""
        return located(self.text, [statement["evidence"] for statement in self.gold["superseded"]])


def annotated(folders: Sequence[Path], settings: Settings) -> Iterator[Annotated]:
    """The clusters of folders of gold files, in the order of their names; ``reread`` weighs their pairs."""
    encoder, parser = load_encoder(settings), load_parser(settings)
    for path in sorted((p for folder in folders for p in folder.glob("*.json")), key=lambda p: p.stem):
        cluster = json.loads(path.read_text(encoding="utf-8"))
        keys = ("text", "id", "title", "outlet", "url", "published")
        articles = [Article(**{key: a.get(key) for key in keys}) for a in cluster["articles"]]
        articles.sort(key=lambda article: article.id or "")
        pages = clean(articles, settings)
        sentences = split(pages, settings)
        vectors = encoder.encode([sentence.text for sentence in sentences])
        pages = [p for p in mark_off_topic(pages, sentences, vectors, settings) if p.kept and not p.off_topic]
        copied = copies(pages, settings)
        kept = {page.id for page in pages if page.id not in copied}
        rows = [n for n, sentence in enumerate(sentences) if sentence.span.article in kept]
        sentences, vectors = [sentences[n] for n in rows], vectors[rows]
        claims = extract_claims(sentences, pages, parser.parse(raw_texts(sentences, pages)), settings)
        both = embed(claims, sentences, vectors, encoder)
        pairs, features = pair_features(claims, *both, settings)
        stated = {a.id or "": a.published for a in articles}
        yield Annotated(
            cluster["id"],
            cluster["gold"],
            {a["id"]: a["text"] for a in cluster["articles"]},
            claims,
            [sentence.text for sentence in sentences],
            voices(claims, pages, independent_sources(pages, settings)),
            {page.id: moment(stated.get(page.id), page.published) for page in pages},
            pairs,
            features,
            score_pairs(claims, *both, settings),
        )


def located(text: Mapping[str, str], evidence: Sequence[Mapping[str, str]]) -> Places:
    """Where quoted evidence stands, by article."""
    found: dict[str, list[tuple[int, int]]] = {}
    for spans in evidence:
        for article, needle in spans.items():
            start = text[article].find(needle)
            if start >= 0:
                found.setdefault(article, []).append((start, start + len(needle)))
    return found


def inside(claim: Claim, places: Places) -> bool:
    """Whether at least half of the shorter of claim and stretch is common to both."""
    span = claim.span
    for start, end in places.get(span.article, []):
        common = min(span.end, end) - max(span.start, start)
        if common >= 0.5 * min(span.end - span.start, end - start):
            return True
    return False


def touches(claim: Claim, places: Places) -> bool:
    """Whether claim and stretch have a character in common."""
    return overlaps(claim.span, places)


def overlaps(span: Span, places: Places) -> bool:
    """Whether a span of an article and one of the stretches there have a character in common."""
    return any(span.start < end and start < span.end for start, end in places.get(span.article, []))


def comparers(folders: Sequence[Path] | None, seen: Sequence[str]) -> Callable[[str], Comparer]:
    """For a cluster the pair model to ask: of two, the one that was fitted on the others (``fit_pair --part``)."""
    settings = Settings()
    shipped = load_comparer(settings)
    parts = [PairModel(f, load_encoder(settings), batch=settings.encode_batch) for f in folders or ()]
    return lambda cluster: parts[1 - seen.index(cluster) % 2] if parts and cluster in seen else shipped
