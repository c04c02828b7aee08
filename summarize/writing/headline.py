"""The summary's title: the plainest headline of a page that the summary bears out, else its first sentences' first clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.language.numbers import agree, quantities
from summarize.language.polarity import negated, status
from summarize.language.verbs import is_finite
from summarize.language.words import content_words
from summarize.settings import Settings
from summarize.types import Source
from summarize.writing.form import faults
from summarize.writing.neutral import loaded_words

_LABEL = re.compile(
    r"^(?:[A-Z]{2,}(?:\s+[A-Z]{2,})*|Live|Watch|Video|Opinion|Analysis|Exclusive|Explainer|Update|Breaking)\s*[:|]\s+"
)
_SITE = re.compile(r"\s+[|–—-]\s+[^|]{2,40}$")
_CUT = re.compile(
    r",\s|;\s|\s(?:after|as|while|because|although|which|who|with|amid|following|according|since|until|before|when)\s"
)
_JOINT = re.compile(r"\s(?:in|at|on|of|to|for|from|by|into|around|over|near|that|and|or|but|than)\s")
_OPENING = re.compile(r"(?:In|On|At|By|After|Before|Since|During|With|For|From|Under|Until|As|When|While|Amid)\s")
_ASKS = re.compile(r"\b(?:what|why|how|who|where|when)\b", re.IGNORECASE)
_NEVER = frozenset(
    {
        "a question",
        "speaks in the first or second person",
        "counts from the page's own day or place",
        "unbalanced marks",
        "repeats itself",
    }
)


def headline(sources: Sequence[Source], sentences: Sequence[str], settings: Settings) -> str:
    """A short neutral title; ``""`` only where there is no sentence at all."""
    if not sentences:
        return ""
    body = " ".join(sentences)
    titles = sorted({_plain(source.title) for source in sources if source.title})
    fitting = [(merit, title) for title in titles if (merit := _merit(title, body, sentences, settings)) > 0]
    if fitting:
        return max(fitting, key=lambda pair: (pair[0], -len(pair[1]), pair[1]))[1]
    shortened = [(_short(sentence, settings), sentence) for sentence in sentences]
    return min(shortened, key=lambda pair: (_headless(*pair), not is_finite(pair[0].split())))[0]


def _headless(short: str, sentence: str) -> bool:
    """Whether the main clause may have been cut off, behind an opening phrase."""
    return len(short) + 1 < len(sentence) and _OPENING.match(short) is not None


def _plain(title: str) -> str:
    return _LABEL.sub("", _SITE.sub("", re.sub(r"\s+", " ", title))).strip().rstrip(".")


def _merit(title: str, body: str, sentences: Sequence[str], settings: Settings) -> float:
    """Share of the title's words that the summary says; 0 where it says more than that, shouts or takes sides."""
    words = title.split()
    if not 4 <= len(words) <= settings.title_words or loaded_words(title) or set(faults(title + ".")) & _NEVER:
        return 0.0
    if sum(word.isupper() and len(word) > 3 for word in words) > 1 or re.search(r"[!?…]|\.\.\.", title):
        return 0.0
    if _ASKS.search(title):
        return 0.0
    have = quantities(body)
    if any(not any(agree(q, other) for other in have) for q in quantities(title)):
        return 0.0
    own, said = content_words(title), content_words(body)
    share = len(own & said) / len(own) if own else 0.0
    lead = content_words(sentences[0])
    near = [s for s in sentences if len(own & content_words(s)) * 2 >= len(own)]
    if share < settings.title_coverage or negated(title) not in {negated(s) for s in near or sentences[:1]}:
        return 0.0
    if status(title) == "planned" and all(status(s) != "planned" for s in near):
        return 0.0
    return share + 0.5 * len(own & lead) / max(1, len(own)) + 0.3 * is_finite(words)


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
