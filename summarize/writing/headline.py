"""The summary's title: of the pages' own headlines the plainest that tells what the summary opens with, else its first clause.

A headline says it in other words than the summary, so the two are compared by their vectors; what it counts and what it
denies the summary must say, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.numbers import agree, quantities
from summarize.language.polarity import negated, status
from summarize.language.verbs import is_finite
from summarize.language.words import content_words
from summarize.models.parsed import NOUNS, SUBJECTS, Parsed
from summarize.settings import Settings
from summarize.writing.form import faults
from summarize.writing.grammar import Grammar
from summarize.writing.neutral import loaded_words
from summarize.writing.pages import Pages

_LABEL = re.compile(
    r"^(?:live|watch|video|opinion|analysis|exclusive|explainer|update(?:\s+\d+)?|breaking)\s*[:|–—-]\s*", re.IGNORECASE
)
_SITE = re.compile(r"\s+[|–—-]\s+[^|]{2,40}$")
_CUT = re.compile(
    r",\s|;\s|\s(?:after|as|while|because|although|which|who|with|amid|following|according|since|until|before|when)\s"
)
_JOINT = re.compile(r"\s(?:in|at|on|of|to|for|from|by|into|around|over|near|that|and|or|but|than)\s")
_OPENING = re.compile(r"(?:In|On|At|By|After|Before|Since|During|With|For|From|Under|Until|As|When|While|Amid)\s")
_NO_NEWS = re.compile(
    r"\b(?:what|why|how|live|updates?|latest|explain(?:ed|er)|q&a|questions|points|notes?)\b|(?:^|[:;,–—-]\s+)(?:who|where|when)\b"
    r"|\b(?:statement|notice|announcement|bulletin|communiqu[ée]|press release|situation report|status report)\b|^[“\"‘']",
    re.IGNORECASE,
)
"""What announces a page of another kind: an explainer, a ticker, a body's own notice, somebody's words."""
_FIRST = 3  # sentences of which one may be shortened to a title
_NEVER = frozenset(
    {
        "a question",
        "speaks in the first or second person",
        "counts from the page's own day or place",
        "unbalanced marks",
        "repeats itself",
    }
)


def headline(
    pages: Pages, grammar: Grammar, sentences: Sequence[str], stale: Sequence[frozenset[str]], settings: Settings
) -> str:
    """A short neutral title; ``""`` only where there is no sentence at all.

    ``stale`` are the content words of claims of the pages that a later report overtook.
    """
    if not sentences:
        return ""
    plain = {title: _plain(title, " ".join(sentences)) for title in sorted(pages.titles)}
    grammar.prepare(list(plain.values()))
    titles = [(title, grammar.parsed(text)) for title, text in plain.items()]
    fitting = [(title, own) for title, own in titles if _fits(own, sentences, stale, settings)]
    if fitting:
        merits = _merits(fitting, sentences[0], pages, settings)
        best, text = max((merit, own.text) for merit, (_, own) in zip(merits, fitting, strict=True))
        if best > 0:
            return text
    shortened = [(_short(sentence, settings), sentence) for sentence in sentences[:_FIRST]]
    return min(shortened, key=lambda pair: (_headless(*pair), not is_finite(pair[0].split())))[0]


def _headless(short: str, sentence: str) -> bool:
    """Whether the main clause may have been cut off, behind an opening phrase."""
    return len(short) + 1 < len(sentence) and _OPENING.match(short) is not None


def _plain(title: str, told: str) -> str:
    """A title without its label, its site, and a motto in front: "Salt and tears: Noor Halabi takes the Golden Heron"."""
    text = _LABEL.sub("", _SITE.sub("", re.sub(r"\s+", " ", title))).strip().rstrip(".")
    front, colon, rest = text.partition(": ")
    if not colon or content_words(front) & content_words(told) or re.search(r"\s[A-Z]", front):
        return text
    return rest[:1].upper() + rest[1:]


def _fits(own: Parsed, sentences: Sequence[str], stale: Sequence[frozenset[str]], settings: Settings) -> bool:
    """Whether a title may stand above the summary: news in plain words, nothing counted or denied that the summary does not."""
    title = own.text
    words = title.split()
    if not 4 <= len(words) <= settings.title_words or loaded_words(title) or set(faults(title + ".")) & _NEVER:
        return False
    if (
        any(word.isupper() and len(word) > 3 for word in words)
        or re.search(r"[!?…]|\.\s", title)
        or _NO_NEWS.search(title)
    ):
        return False
    have = quantities(" ".join(sentences))
    if any(not any(agree(q, other) for other in have) for q in quantities(title)):
        return False
    said = content_words(title)
    if any(len(said & words) >= settings.title_stale * len(said) for words in stale):
        return False
    near = [s for s in sentences if len(said & content_words(s)) * 2 >= len(said)]
    if near and negated(title) not in {negated(s) for s in near}:
        return False
    return not (status(title) == "planned" or _to_come(own)) or any(status(s) == "planned" for s in near)


def _whole(own: Parsed) -> bool:
    """Whether a title has a verb with its subject, which headlines need not have."""
    if is_finite(own.text.split()):
        return True
    root = own.root
    if root is None or own.parse.words[root].pos != "VERB":
        return False
    return any(word.relation in SUBJECTS for _, word in own.below(root))


def _to_come(own: Parsed) -> bool:
    """ "Schools to shut on Thursday": an infinitive for what is to come."""
    words = own.parse.words
    for n, word in enumerate(words):
        if own.word(n) == "to" and word.relation == "mark" and n and words[n - 1].pos in NOUNS:
            return word.head >= 0 and not any(each.pos in ("VERB", "AUX") for each in words[:n])
    return False


def _merits(titles: Sequence[tuple[str, Parsed]], lead: str, pages: Pages, settings: Settings) -> list[float]:
    """How well each title tells what the summary opens with and what the other titles tell; 0 where that is too little.

    That of an early page that the lead overtakes or denies is worth nothing: "Board backs Ellery" above "He stepped down".
    """
    vectors, every = pages.encode([title for title, _ in titles]), pages.encode(pages.titles)
    near = (vectors @ pages.encode([lead]).T)[:, 0]
    central = ((vectors @ every.T).sum(1) - 1) / max(1, len(every) - 1)
    late = [settings.title_late * (title in pages.latest_titles) for title, _ in titles]
    answers = pages.beside(lead, [own.text for _, own in titles])
    whole = [
        _whole(own) * (settings.title_finite + settings.title_same * answer.same)
        for (_, own), answer in zip(titles, answers, strict=True)
    ]
    merits = settings.title_near * near + central + late + whole
    fits = [
        cosine >= settings.title_least
        and (title in pages.latest_titles or answer.rival + answer.overtaken < settings.title_passed)
        for (title, _), cosine, answer in zip(titles, near, answers, strict=True)
    ]
    return [float(m) if fit else 0.0 for m, fit in zip(merits, fits, strict=True)]


def _short(sentence: str, settings: Settings) -> str:
    """A sentence up to its first side clause, or its first words if that is still too long."""
    text = re.sub(r"^(?:According to [^,]+,|Only .{2,40}? reports? that)\s+", "", sentence).rstrip(".")
    text = text[:1].upper() + text[1:]
    for match in _CUT.finditer(text):
        if len(text.split()) <= settings.title_words:
            break
        if len(text[: match.start()].split()) >= 5:
            text = text[: match.start()]
            break
    words = text.split()
    if len(words) > settings.title_words:
        joints = [match.start() for match in _JOINT.finditer(" ".join(words[: settings.title_words]))]
        text = text[: joints[-1]] if joints else " ".join(words[: settings.title_words])
    return text.rstrip(",;")
