"""The pipeline: the one place that knows the order of the stages.

clean -> split -> relevance -> sources -> claims -> align -> supersede -> discrepancies -> facts -> quotes
      -> plan -> write -> verify -> attribute
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from summarize import __version__, prompts
from summarize.consensus.align import central, embed, group_claims, reread, score_pairs
from summarize.consensus.claims import extract_claims, raw_texts
from summarize.consensus.discrepancies import disputes
from summarize.consensus.facts import Cluster, Weighed, weigh
from summarize.consensus.outdated import moment
from summarize.consensus.quotes import (
    find_quotes,
    quote_discrepancies,
    same_utterances,
    speaker_discrepancies,
    utterances,
)
from summarize.consensus.sources import copies, independent_sources, list_sources, voices
from summarize.consensus.spellings import spelling_discrepancies
from summarize.consensus.supersede import overtaken
from summarize.consensus.support import copied_claims
from summarize.errors import SettingsError
from summarize.models.base import Encoder, Generator, Models
from summarize.models.load import load_encoder, load_generator, load_models
from summarize.models.parsed import Parsed
from summarize.reading.clean import clean
from summarize.reading.read import as_articles
from summarize.reading.relevance import leading, mark_off_topic, same_event
from summarize.reading.restore import restored
from summarize.reading.split import split
from summarize.settings import Settings
from summarize.types import Article, Claim, Page, Quote, Sentence, Source, Span, Summary, SummarySentence
from summarize.writing.cite import renumbered
from summarize.writing.compose import Draft, cited, compose
from summarize.writing.evidence import gather
from summarize.writing.material import Material

if TYPE_CHECKING:
    from summarize.models.base import Vectors

Trace = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage for ``summarize explain``: what it takes and gives, in which room, and the model it may touch."""

    name: str
    room: str
    takes: str
    gives: str
    model: str = ""


STAGES = (
    Stage("read", "reading", "files, folders, links", "articles"),
    Stage("clean", "reading", "articles", "pages: what is kept, what is dropped and why, outlet and date"),
    Stage("split", "reading", "pages", "sentences with offsets"),
    Stage("embed", "reading", "sentences", "their vectors", "encoder"),
    Stage("relevance", "reading", "pages, sentences, vectors", "pages about another event marked"),
    Stage("sources", "consensus", "pages", "independent sources: copies and editions count once"),
    Stage("parse", "consensus", "sentences", "their dependencies and names", "parser"),
    Stage("claims", "consensus", "sentences, parses", "claims: clauses with speaker, numbers, dates, names, status"),
    Stage("embed claims", "consensus", "claims, vectors of sentences", "vectors of claims", "encoder"),
    Stage("align", "consensus", "claims, vectors", "groups of claims about one thing", "pair model"),
    Stage("supersede", "consensus", "claims", "claims that a later report overtook", "pair model"),
    Stage("discrepancies", "consensus", "claims", "values on which sources differ", "pair model"),
    Stage("facts", "consensus", "groups", "facts with independent support, ranked"),
    Stage("quotes", "consensus", "sentences", "quotations with speaker and wordings", "pair model"),
    Stage("plan", "writing", "facts, discrepancies", "what the summary says, in which order"),
    Stage("write", "writing", "plan", "verified sentences with citations", "writer"),
    Stage("compose", "writing", "sentences", "the summary within its length", "pair model"),
    Stage("render", "render", "summary", "Markdown, HTML or JSON"),
)


def summarize(
    articles: Sequence[Article | Mapping[str, Any] | str],
    *,
    max_words: int = 120,
    min_support: int = 2,
    model: str | None = None,
    settings: Settings | None = None,
    keep: Sequence[Span] = (),
    trace: Trace | None = None,
) -> Summary:
    """Summarise several articles about one event: what they agree on, who reports what, where they disagree.

    Args:
        articles: any number of articles, in any order: ``Article``, a dict with its keys, or the text of a page.
        max_words: upper bound on the summary's words, citation marks not counted.
        min_support: independent sources that a fact needs to be stated without naming who reports it.
        model: ``None`` for the shipped writer, else a Hugging Face id or a folder of an ``AutoModelForSeq2SeqLM``.
        settings: the thresholds; the defaults where ``None``.
        keep: stretches that cleaning must not leave out, as ``Summary.dropped`` tells them; the spans name articles by id.
        trace: called with each stage's name and its seconds; what it raises ends the run.

    Raises:
        InputError: no article, or one that is no text.
        SettingsError: ``max_words`` or ``min_support`` below 1.
        ModelUnavailableError: the model's files are missing.
        GenerationError: the model failed while writing.
    """
    if max_words < 1 or min_support < 1:
        raise SettingsError("max_words and min_support must be at least 1", hint="Leave them out for 120 and 2.")
    settings = settings or Settings()
    timed = _Timer(trace or (lambda name, seconds: None))
    # One order for all that follows, so that the result cannot depend on the order the articles came in.
    known = sorted(as_articles(articles), key=lambda article: (article.id or "", article.text))
    with timed("load"):
        models = load_models(settings)
        writer = load_generator(model, settings) if settings.model_writes else None
    reading = _read(known, keep, models.encoder, settings, timed)
    consensus = _weigh(reading, models, settings, timed, min_support=min_support)
    draft = _write(reading, consensus, models, writer, settings, timed, max_words=max_words, min_support=min_support)
    signature = _signature(model, models, writer, keep, settings)
    return _summary(reading, consensus, draft, signature, min_support=min_support)


class _Timer:
    """``with timed(name):`` tells the trace how long the stage took."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._trace(name, time.perf_counter() - start)


@dataclass(frozen=True, slots=True)
class _Reading:
    articles: Sequence[Article]
    pages: Sequence[Page]
    """All pages, those about another event among them."""
    used: Sequence[Page]
    """Pages about the event that have something to say."""
    sentences: Sequence[Sentence]
    """Of the used pages."""
    vectors: Vectors
    """One row a sentence."""
    cut: frozenset[str]
    """Ids of pages of which only the first sentences were read."""


def _read(
    articles: Sequence[Article], keep: Sequence[Span], encoder: Encoder, settings: Settings, timed: _Timer
) -> _Reading:
    with timed("clean"):
        pages = restored(clean(articles, settings), keep)
    with timed("split"):
        every = split(pages, settings)
        sentences = [sentence for sentence in every if sentence.position < settings.max_sentences]
        cut = frozenset(s.span.article for s in every if s.position >= settings.max_sentences)
    with timed("embed"):
        vectors = encoder.encode([sentence.text for sentence in sentences])
    with timed("relevance"):
        pages = mark_off_topic(pages, sentences, vectors, settings)
    used = [page for page in pages if page.kept and not page.off_topic]
    ids = {page.id for page in used}
    rows = [row for row, sentence in enumerate(sentences) if sentence.span.article in ids]
    return _Reading(articles, pages, used, [sentences[row] for row in rows], vectors[rows], cut & ids)


@dataclass(frozen=True, slots=True)
class _Consensus:
    groups: Sequence[int]
    """Independent source of each used page."""
    claims: Sequence[Claim]
    weighed: Weighed
    quotes: Sequence[Quote]
    parsed: Sequence[Parsed]
    """One a sentence."""


def _weigh(reading: _Reading, models: Models, settings: Settings, timed: _Timer, *, min_support: int) -> _Consensus:
    pages, sentences = reading.used, reading.sentences
    with timed("sources"):
        groups = independent_sources(pages, settings)
    with timed("parse"):
        raw = raw_texts(sentences, pages)
        parses = models.parser.parse(raw)
    with timed("claims"):
        claims = extract_claims(sentences, pages, parses, settings)
    sources = voices(claims, pages, groups)
    # Copies take no part in what follows but as evidence: adding one changes nothing else.
    copied = copies(pages, settings)
    own = [i for i, claim in enumerate(claims) if claim.span.article not in copied]
    originals = [claims[i] for i in own]
    with timed("embed claims"):
        vectors, contexts = embed(originals, sentences, reading.vectors, models.encoder)
    with timed("align"):
        scored = score_pairs(originals, vectors, contexts, settings)
        voices_of = {n: sources[i] for n, i in enumerate(own)}
        scored = reread(originals, scored, voices_of, models.comparer, settings)
        probability = {(own[i], own[j]): p for (i, j), p in scored.items()}
        twins, added = copied_claims(claims, copied, settings)
        grouped = [[own[i] for i in group] for group in group_claims(originals, scored, settings)]
        grouped += [[i] for i in added]
    with timed("supersede"):
        published = {a.id or "": a.published for a in reading.articles}
        moments = {page.id: moment(published.get(page.id), page.published) for page in pages}
        voiced = {index: sources[index] for index in own}
        stale = overtaken(claims, moments, voiced, probability, models.comparer, settings)
    with timed("discrepancies"):
        current = {index: voice for index, voice in voiced.items() if index not in stale}
        disputed = disputes(claims, current, probability, models.comparer, settings)
        spelt = spelling_discrepancies(sentences, parses, pages, groups, settings)
    with timed("facts"):
        centrality = dict(zip(own, central(vectors), strict=True))
        cluster = Cluster(claims, sentences, pages, sources, centrality, probability)
        weighed = weigh(cluster, grouped, disputed, stale, settings, min_support=min_support, twins=twins)
    with timed("quotes"):
        said = same_utterances(utterances(sentences, raw, parses, pages, groups, settings), settings)
        quotes = find_quotes(said, settings)
        quoted = (*quote_discrepancies(quotes, models.comparer, settings), *speaker_discrepancies(said, settings))
    found = (*weighed.discrepancies, *quoted, *spelt)
    parsed = [Parsed(text, parse) for text, parse in zip(raw, parses, strict=True)]
    return _Consensus(groups, claims, replace(weighed, discrepancies=found), quotes, parsed)


def _write(
    reading: _Reading,
    consensus: _Consensus,
    models: Models,
    writer: Generator | None,
    settings: Settings,
    timed: _Timer,
    *,
    max_words: int,
    min_support: int,
) -> Draft:
    with timed("write"):
        material = _material(reading, consensus)
        return compose(material, models, writer, settings, max_words=max_words, min_support=min_support)


def _material(reading: _Reading, consensus: _Consensus) -> Material:
    sources = list_sources(reading.pages, reading.used, consensus.groups)
    weighed = consensus.weighed
    return Material(
        weighed.facts,
        gather(weighed.claims, consensus.claims, reading.sentences, reading.used, sources),
        sources,
        reading.sentences,
        reading.vectors,
        consensus.parsed,
        discrepancies=weighed.discrepancies,
        doubtful=weighed.doubtful,
        superseded=weighed.superseded,
    )


def material(articles: Sequence[Article], settings: Settings, *, min_support: int = 2) -> Material:
    """What the writing room would get of these articles, for fits of its decisions."""
    timed = _Timer(lambda name, seconds: None)
    models = load_models(settings)
    known = sorted(articles, key=lambda article: (article.id or "", article.text))
    reading = _read(known, (), models.encoder, settings, timed)
    return _material(reading, _weigh(reading, models, settings, timed, min_support=min_support))


def _summary(
    reading: _Reading, consensus: _Consensus, draft: Draft, signature: Mapping[str, Any], *, min_support: int
) -> Summary:
    sentences, sources = renumbered(draft.sentences, list_sources(reading.pages, reading.used, consensus.groups))
    number = {source.article: source.number for source in sources}
    stated = {fact for sentence in sentences for fact in sentence.facts}
    weighed = consensus.weighed
    return Summary(
        id=_cluster_id(reading.articles),
        title=draft.title,
        text=" ".join(cited(sentence, number) for sentence in sentences),
        sentences=sentences,
        facts=tuple(
            replace(fact, outlets=_outlets(fact.evidence, sources), in_summary=fact.id in stated)
            for fact in weighed.facts
        ),
        discrepancies=tuple(
            replace(d, values=tuple(replace(v, outlets=_outlets(v.evidence, sources)) for v in d.values))
            for d in weighed.discrepancies
        ),
        superseded=weighed.superseded,
        quotes=tuple(consensus.quotes),
        sources=sources,
        dropped=tuple(dropped for page in reading.pages for dropped in page.dropped),
        warnings=tuple(_warnings(reading, consensus, sentences, min_support)),
        signature=signature,
    )


def _outlets(evidence: Sequence[Span], sources: Sequence[Source]) -> tuple[str, ...]:
    """The outlets of the evidence, each once, in the order of the sources' numbers."""
    present = {span.article for span in evidence}
    return tuple(dict.fromkeys(source.outlet for source in sources if source.article in present))


def _warnings(
    reading: _Reading, consensus: _Consensus, sentences: Sequence[SummarySentence], min_support: int
) -> Iterator[str]:
    independent = len(set(consensus.groups))
    if reading.used and independent < min_support:
        yield (
            f"The articles come from {independent} independent source{'s' * (independent != 1)}, fewer than the "
            f"{min_support} asked for: everything is attributed."
        )
    for number, page in enumerate(reading.pages, 1):
        name = page.outlet or page.title or f"article {number}"
        if page.off_topic:
            yield f"{name} reports another event and was left out."
        elif not page.kept:
            yield f"No article text was found in {name}."
        elif page.id in reading.cut:
            yield f"{name} is very long: only its beginning was read."
        if page.kept and not page.english:
            yield f"{name} is not in English, the only language that is supported: what it says may come out wrong."
    if not sentences:
        yield "Nothing could be stated: no sentence of the articles could be verified."


def _signature(
    model: str | None, models: Models, writer: Generator | None, keep: Sequence[Span], settings: Settings
) -> dict[str, Any]:
    """What reproduces the run; ``keep`` is told only where something was kept."""
    kept = {"keep": [asdict(span) for span in sorted(set(keep))]} if keep else {}
    return {
        "version": __version__,
        "model": (model or "shipped") if writer else "none",
        "model_hash": writer.fingerprint if writer else "",
        "encoder_hash": models.encoder.fingerprint,
        "parser_hash": models.parser.fingerprint,
        "pair_hash": models.comparer.fingerprint,
        "prompts_hash": prompts.fingerprint(),
        "settings_hash": settings.fingerprint(),
        "seed": settings.seed,
        **kept,
    }


def _cluster_id(articles: Sequence[Article]) -> str:
    """An id made from the texts, whatever their order."""
    texts = sorted(article.text for article in articles)
    return "cluster-" + hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:12]


def events(
    articles: Sequence[Article | Mapping[str, Any] | str], settings: Settings | None = None
) -> list[list[Article]]:
    """A pile of articles about several events, one list an event, the largest first."""
    settings = settings or Settings()
    known = sorted(as_articles(articles), key=lambda article: (article.id or "", article.text))
    pages = clean(known, settings)
    sentences = leading(split(pages, settings), settings)
    vectors = load_encoder(settings).encode([sentence.text for sentence in sentences])
    groups = same_event(pages, sentences, vectors, settings)
    return [[known[i] for i in group] for group in groups]
