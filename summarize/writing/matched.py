"""Hub models: asked for several facts at once, and every sentence of the answer given to the fact that it states.

A public summarizer is made for whole texts, and writes several sentences about what it chose itself. So a plain one
reads the ranked evidence of the whole plan, one that follows instructions a numbered plan of facts; what comes back is
split, and each sentence goes to the planned fact whose evidence it fits best. Whether it may stand there is decided by
the same verification that the shipped writer's sentences pass; what no fact's evidence carries is dropped here.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarize.language.sentences import ended, sentences
from summarize.language.words import content_words
from summarize.models.base import Candidate, GenerationRequest, Generator
from summarize.prompts import render
from summarize.settings import Settings
from summarize.writing.evidence import Evidence
from summarize.writing.plan import Planned
from summarize.writing.trim import tidied
from summarize.writing.verify import says

_LONGEST = 2_000  # characters; what is longer is no sentence of a news page


def requests(
    planned: Sequence[Planned], evidence: Sequence[Sequence[Evidence]], generator: Generator, settings: Settings
) -> list[GenerationRequest]:
    """What a hub model is asked: for a plain summarizer one request, for one that follows instructions one a few facts.

    ``evidence`` holds each planned fact's own, the most telling first.
    """
    best = [items[: settings.write_claims] for items in evidence]
    if generator.family == "plain":
        return [_summary(best, generator.separator, settings)]
    size = settings.write_plan
    starts = range(0, len(planned), size)
    return [_plan(planned[n : n + size], best[n : n + size], settings) for n in starts]


def matched(
    planned: Sequence[Planned], answers: Sequence[Sequence[Candidate]], settings: Settings
) -> list[list[Candidate]]:
    """For every planned fact the whole sentences of the answers that fit its evidence best of all, each a candidate."""
    known = list(dict.fromkeys(item.sentence for fact in planned for item in fact.evidence))
    found: list[list[Candidate]] = [[] for _ in planned]
    for answer in answers:
        for candidate in answer:
            for sentence in sentences(candidate.text, known):
                place = _place(sentence, planned, settings) if ended(sentence) else None
                if place is not None:
                    found[place].append(Candidate(sentence, candidate.score))
    return found


def _place(sentence: str, planned: Sequence[Planned], settings: Settings) -> int | None:
    """The fact whose evidence the sentence fits best, the first of equals; ``None`` where no source says most of it."""
    fits = [
        (*max(_fit(sentence, item) for item in fact.evidence), -n) for n, fact in enumerate(planned) if fact.evidence
    ]
    share, _, place = max(fits, default=(0.0, 0.0, 0))
    return -place if share >= settings.verify_single else None


def _fit(sentence: str, item: Evidence) -> tuple[float, float]:
    """Which share of the sentence a source's sentence carries, and how like its claim it is (F1 of content words)."""
    own, claim = content_words(sentence), content_words(item.text)
    return round(says(sentence, item), 2), 2 * len(own & claim) / max(1, len(own) + len(claim))


def _summary(evidence: Sequence[Sequence[Evidence]], separator: str, settings: Settings) -> GenerationRequest:
    """The whole plan's evidence as text: each fact's best sentence, or, for a model of several articles, article by article.

    The separator of such a model stands between articles, those that report most of the facts first: what its limit cuts
    off is the least.
    """
    by_article: dict[str, list[Evidence]] = {}
    for items in evidence:
        for item in items if separator.strip() else items[:1]:
            by_article.setdefault(item.span.article if separator.strip() else "", []).append(item)
    articles = sorted(by_article.values(), key=lambda items: (-len(items), items[0].number, items[0].span))
    shown = [list(dict.fromkeys(filter(None, map(_sentence, items)))) for items in articles]
    texts = tuple(dict.fromkeys(text for items in evidence for item in items if (text := _sentence(item))))
    prompt = render("plain", claims=[" ".join(each) for each in shown if each], separator=separator)
    return GenerationRequest(prompt, texts, settings.write_words * max(1, len(evidence)))


def _plan(planned: Sequence[Planned], evidence: Sequence[Sequence[Evidence]], settings: Settings) -> GenerationRequest:
    """A few facts as a numbered plan, with their evidence as quoted data."""
    facts = [item.fact.statement for item in planned]
    shown = [{"outlet": item.outlet, "text": tidied(item.text)} for items in evidence for item in items]
    prompt = render("instruction", facts=facts, evidence=shown, max_words=settings.write_words)
    texts = tuple(dict.fromkeys(tidied(item.text) for items in evidence for item in items))
    return GenerationRequest(prompt, texts, settings.write_words * len(planned))


def _sentence(item: Evidence) -> str:
    return tidied(item.sentence) if len(item.sentence) <= _LONGEST else ""
