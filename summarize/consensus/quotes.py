"""Quotations: who is quoted, in which wording by which source, and which wording may be printed.

Quotations are of one utterance when their wordings nearly agree, or when one person is quoted with the same rare
words. The wording that most independent sources carry verbatim is the one that may be printed; the others are
variants of it. A short stretch in quotation marks is a borrowed phrase or a name, not a quotation of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from summarize.consensus.speakers import Speakers
from summarize.consensus.spellings import misspelt
from summarize.language.names import names, same_name
from summarize.language.quotations import find_wording, quotations
from summarize.language.words import content_words, fold
from summarize.models.base import Comparer, Parse
from summarize.settings import Settings
from summarize.types import Discrepancy, Page, Quote, Sentence, Span, Value, Variant


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quotation as one page prints it."""

    span: Span
    text: str
    speaker: str
    source: int


def find_quotes(groups: Sequence[Sequence[Utterance]], settings: Settings) -> list[Quote]:
    """All quotations of the cluster, most widely carried first; ``groups`` are of one utterance each."""
    quotes = [_quote(group, settings) for group in groups]
    return sorted(quotes, key=lambda q: (-len({span.article for span in q.evidence}), q.evidence[0]))


def utterances(
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    parses: Sequence[Parse],
    pages: Sequence[Page],
    sources: Sequence[int],
    settings: Settings,
) -> list[Utterance]:
    """Every quotation of at least ``settings.quote_words`` words, with its speaker (``""`` where none is named).

    ``texts`` are ``raw_texts(sentences, pages)``, ``parses`` are of them; ``sources`` numbers each page's independent source.
    """
    found = []
    for page, source in zip(pages, sources, strict=True):
        own = [n for n, s in enumerate(sentences) if s.span.article == page.id and not s.headline]
        speakers = Speakers([sentences[n] for n in own], [texts[n] for n in own], [parses[n] for n in own])
        read = sentences[own[-1]].span.end if own else 0
        for span in (kept for kept in page.kept if kept.start < read):
            paragraph = page.text[span.start : span.end]
            for start, end in quotations(paragraph):
                place = _trimmed(page, span.start + start, span.start + end)
                text = page.text[place.start : place.end]
                if len(text.split()) >= settings.quote_words:
                    found.append(Utterance(place, _flat(text), speakers.of(place), source))
    return found


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _trimmed(page: Page, start: int, end: int) -> Span:
    while start < end and page.text[end - 1] in " \t\n.,;":
        end -= 1
    return Span(page.id, start, end)


def same_utterances(said: Sequence[Utterance], settings: Settings) -> list[list[Utterance]]:
    """Utterances of one thing: single linkage over ``same_utterance``."""
    groups: list[list[Utterance]] = []
    for one in said:
        linked = [g for g in groups if any(same_utterance(one, other, settings) for other in g)]
        groups = [g for g in groups if g not in linked]
        groups.append([*(u for g in linked for u in g), one])
    return groups


def same_utterance(a: Utterance, b: Utterance, settings: Settings) -> bool:
    """Whether two quotations render one utterance: one holds the other, or words and order nearly agree."""
    if a.span.article == b.span.article:
        return False
    shorter, longer = sorted((fold(a.text), fold(b.text)), key=len)
    if fuzz.partial_ratio(shorter, longer) >= settings.quote_containment:
        return True
    rare_a, rare_b = content_words(a.text), content_words(b.text)
    shared = len(rare_a & rare_b) / max(1, min(len(rare_a), len(rare_b)))
    one_speaker = bool(a.speaker) and fold(a.speaker).split()[-1:] == fold(b.speaker).split()[-1:]
    if one_speaker and shared >= settings.quote_shared_words and len(rare_a & rare_b) >= 2:
        return True
    return fuzz.ratio(shorter, longer) >= settings.quote_ratio and shared >= settings.quote_shared_words


def _quote(group: Sequence[Utterance], settings: Settings) -> Quote:
    """The wording to print, which stands in each of its evidence; other wordings, and parts of it, as variants."""
    best = _printed(group, settings)
    by_wording: dict[str, list[Span]] = defaultdict(list)
    evidence = []
    for utterance in group:
        if find_wording(best, utterance.text):
            evidence.append(utterance.span)
        else:
            by_wording[utterance.text].append(utterance.span)
    speakers = [u.speaker for u in group if u.speaker]
    return Quote(
        speaker=max(sorted(set(speakers)), key=lambda s: (s[:1].isupper(), speakers.count(s), len(s)))
        if speakers
        else "",
        text=best,
        evidence=tuple(sorted(evidence)),
        variants=tuple(Variant(text, tuple(sorted(spans))) for text, spans in sorted(by_wording.items())),
    )


def _printed(group: Sequence[Utterance], settings: Settings) -> str:
    """The wording that most independent sources carry; among equals, the one with fewest words of its own.

    A fragment that every report has in common is no rendering of the whole, so wordings much shorter than the longest
    are not considered.
    """
    longest = max(len(u.text) for u in group)
    whole = sorted({u.text for u in group if len(u.text) >= settings.quote_fragment * longest})

    sources_of: dict[str, set[int]] = defaultdict(set)
    for utterance in group:
        for word in content_words(utterance.text):
            sources_of[word].add(utterance.source)

    def merit(text: str) -> tuple[int, int, int]:
        carried = len({u.source for u in group if find_wording(text, u.text)})
        alone = sum(len(sources_of[word]) == 1 for word in content_words(text))
        return carried, -alone, len(text)

    return max(whole, key=merit)


def quote_discrepancies(quotes: Sequence[Quote], comparer: Comparer, settings: Settings) -> list[Discrepancy]:
    """Quotations that sources word differently, so that both wordings cannot have been the speaker's own.

    Two renderings that mean the same, as translations do, are none; but where nearly all of the words are the same, or many
    in a row, both print one original, and one of them not as it was.
    """
    changed = [(quote, [v for v in quote.variants if reworded(quote.text, v.text, settings)]) for quote in quotes]
    pairs = [(quote.text, v.text) for quote, variants in changed for v in variants]
    rival = {pair: answer.rival for pair, answer in zip(pairs, comparer.compare(pairs), strict=True)}
    out = []
    for quote, variants in changed:
        differing = [
            v
            for v in variants
            if rival[quote.text, v.text] >= settings.quote_rival or _one_original(quote.text, v.text, settings)
        ]
        if differing:
            said = [Value(text, (), spans) for text, spans in _wordings(quote, differing)]
            out.append(Discrepancy("quote", f"what {quote.speaker or 'the speaker'} said", tuple(said)))
    return out


def speaker_discrepancies(groups: Sequence[Sequence[Utterance]], settings: Settings) -> list[Discrepancy]:
    """Quotations of one wording that sources put into different people's mouths, the most widely named first."""
    out = []
    for group in groups:
        best = _printed(group, settings)
        mouths = _mouths([u for u in group if u.speaker and _one_wording(best, u.text, settings)], settings)
        ranked = sorted(mouths, key=lambda side: (-len({u.source for u in side}), side[0].span))
        if len(ranked) >= 2:
            values = [Value(max((u.speaker for u in side), key=len), (), _spans(side)) for side in ranked]
            out.append(Discrepancy("attribution", f"who said “{best}”", tuple(values)))
    return out


def _one_wording(a: str, b: str, settings: Settings) -> bool:
    shorter, longer = sorted((fold(a), fold(b)), key=len)
    return fuzz.partial_ratio(shorter, longer) >= settings.quote_containment


def _mouths(said: Sequence[Utterance], settings: Settings) -> list[list[Utterance]]:
    """The utterances by speaker: people who are named, spellings of one name together."""
    sides: list[list[Utterance]] = []
    for utterance in said:
        if not _is_person(utterance.speaker):
            continue
        own = next((side for side in sides if _one_person(side[0].speaker, utterance.speaker, settings)), None)
        if own is None:
            sides.append([utterance])
        else:
            own.append(utterance)
    return sides


_BODY = re.compile(
    r"\b(?:Railways?|Rd|Road|Street|Avenue|Bank|Court|Ministry|Department|University|College|Council|Party|Union|Agency|Police"
    r"|Services?|Board|Authority|Commission|Association|Company|Group|Club|Office|Committee|Institute|Hospital|Party)\b"
)


def _is_person(speaker: str) -> bool:
    """Whether a speaker is called by a first and a last name, and is no body or place."""
    return len(speaker.split()) >= 2 and bool(names(speaker)) and not _BODY.search(speaker)


def _one_person(a: str, b: str, settings: Settings) -> bool:
    last = [fold(name).split()[-1] for name in (a, b)]
    return last[0] == last[1] or same_name(*last) or misspelt(a, b, settings)


def _spans(said: Sequence[Utterance]) -> tuple[Span, ...]:
    return tuple(sorted(u.span for u in said))


def reworded(a: str, b: str, settings: Settings) -> bool:
    """Whether two wordings are of one utterance, and not both as it was spoken.

    Each has a content word that the other lacks, or a word inside what they have in common. What only one has in front or
    behind was left out by the other, as was what an ellipsis or a bracket stands for.
    """
    mine, other = content_words(a), content_words(b)
    common = len(mine & other) / max(1, min(len(mine), len(other)))
    exchanged = bool(mine - other) and bool(other - mine)
    return common >= settings.quote_shared_words and (exchanged or _changed_inside(a, b))


def _changed_inside(a: str, b: str) -> bool:
    """Whether two wordings differ between words that they share, by more than a contraction or an article."""
    if re.search(r"\.\.\.|[…\[(]", a + b):
        return False
    one, two = (_tokens(text) for text in (a, b))
    changes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    inner = changes[changes[0][0] != "equal" : len(changes) - (changes[-1][0] != "equal")]
    return any(tag != "equal" and {*one[i:j], *two[k:m]} - _TRIFLES for tag, i, j, k, m in inner)


_TRIFLES = frozenset("a an the that".split())
_CONTRACTED = (
    ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"), ("'m", " am"), ("'re", " are"),
    ("'ve", " have"), ("'ll", " will"), ("'d", " would"), ("'s", " is"),
)  # fmt: skip


def _tokens(text: str) -> list[str]:
    """Words in lower case, contractions written out."""
    plain = fold(text).replace("’", "'")
    for short, full in _CONTRACTED:
        plain = plain.replace(short, full)
    return re.findall(r"\w+", plain)


def _one_original(a: str, b: str, settings: Settings) -> bool:
    """Whether two wordings share so many words, or so many in a row, that both print the same English."""
    one, two = (re.findall(r"[\w'’]+", fold(text)) for text in (a, b))
    matched = SequenceMatcher(None, one, two, autojunk=False)
    return matched.ratio() >= settings.quote_verbatim or matched.find_longest_match().size >= settings.quote_run


def _wordings(quote: Quote, variants: Sequence[Variant]) -> list[tuple[str, tuple[Span, ...]]]:
    return [(quote.text, quote.evidence), *((v.text, v.evidence) for v in variants)]
