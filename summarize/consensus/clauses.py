"""Clauses: the pieces of a sentence that each state one thing.

A sentence of news often carries three facts ("The captain, who had not been drinking, was arrested and later freed").
``clauses`` cuts it where one statement ends and the next begins: coordinated clauses and predicates, relative and
participial clauses, subordinate clauses of time and cause, and what stands between dashes or semicolons. Nothing
inside quotation marks is cut. A clause that has lost its subject is given it back in ``text``, never in its span.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.language.quotations import quotations
from summarize.language.verbs import is_finite

_WORD = re.compile(r"[\w’'-]+")
_SUBJECT = (
    r"(?:he|she|it|they|we|I|there|this|that|these|those|nobody|no one|everyone|the|a|an|its|his|her|their|[A-Z]\w+)"
)
_NO_PARTICIPLE = (
    "(?:including|excluding|according|citing|during|following|regarding|concerning|king|string|spring|being)"
)
_PREPOSITIONAL = re.compile(
    r"(?:in|on|at|by|for|from|with|within|during|after|before|under|over|among|amid|despite|since|of|to|as|while|when|if)\b",
    re.IGNORECASE,
)
_AS = re.compile(rf"as\s+{_SUBJECT}\b")
_LABEL = re.compile(r"\W*(?:[\w’'-]+\s+){0,4}[\w’'-]+:\s+(?=[A-Z])")
_BOUNDARY = re.compile(
    rf"""
      (?P<stop>;\s+|\s[—–]\s|\s--\s|:\s+(?=[A-Z]))
    | (?P<relative>,\s+(?=(?:which|who|whom|whose|where)\b))
    | (?P<participle>,\s+(?=(?!{_NO_PARTICIPLE}\b)[a-z]+ing\s))
    | (?P<clause>,?\s+(?:and|but|while|whereas|although|though|yet|so)\s+(?=(?:that\s+)?{_SUBJECT}\b))
    | (?P<predicate>,?\s+(?:and|but)\s+(?:then\s+|later\s+|also\s+)?(?=[a-z’']+\b))
    | (?P<because>,?\s+(?=(?:after|because|before|amid|following|until|although|despite|as)\s))
    | (?P<with>,\s+(?=with\s))
    """,
    re.VERBOSE,
)


_SIGHT = 200
"""Characters on each side of a boundary that decide about it: enough for its clause, and the work stays linear."""


@dataclass(frozen=True, slots=True)
class Clause:
    """``start`` and ``end`` are offsets into the text that was cut; ``text`` may add the subject in front."""

    start: int
    end: int
    text: str


def clauses(text: str, *, least_words: int = 4) -> list[Clause]:
    """Cut ``text`` (one sentence, or the content of an attribution) into clauses of at least ``least_words`` words.

    The clauses are in text order, do not overlap, and cover every word of ``text`` but connectives.
    """
    masked = _mask(text)
    label = _LABEL.match(masked)
    if label and is_finite(_WORD.findall(masked[label.end() :])):
        rest = clauses(text[label.end() :], least_words=least_words)
        return [Clause(c.start + label.end(), c.end + label.end(), c.text) for c in rest]
    cuts = _cuts(masked, least_words)
    edges = [(0, "")] + [(end, kind) for _, end, kind in cuts]
    ends = [start for start, _, _ in cuts] + [len(text)]
    subject = _subject(masked)
    found = []
    for (start, kind), end in zip(edges, ends, strict=True):
        start, end = _trim(text, start, end)
        if start < end:
            found.append(Clause(start, end, _restore(text, start, end, kind, subject)))
    return found


def _mask(text: str) -> str:
    """``text`` with quoted stretches made opaque and every white space a single blank, the same length."""
    masked = list(re.sub(r"\s", " ", text))
    for start, end in quotations(text):
        masked[start:end] = "x" * (end - start)
    return "".join(masked)


def _cuts(masked: str, least_words: int) -> list[tuple[int, int, str]]:
    cuts: list[tuple[int, int, str]] = []
    last = 0
    for match in _BOUNDARY.finditer(masked):
        kind = match.lastgroup or ""
        left = masked[max(last, match.start() - _SIGHT) : match.start()]
        right = masked[match.end() : match.end() + _SIGHT]
        if _is_boundary(kind, left, right, least_words):
            cuts.append((match.start(), match.end(), kind))
            last = match.end()
    return cuts


def _is_boundary(kind: str, left: str, right: str, least_words: int) -> bool:
    before, after = _WORD.findall(left), _WORD.findall(right)[:14]
    if (
        len(after) < 3
        or len(before) < 3
        or (kind not in ("predicate", "stop") and min(len(before), len(after)) < least_words)
    ):
        return False
    if kind == "predicate":
        return is_finite(after[:1]) and is_finite(before)
    if kind == "clause":
        if before[-1][:1].isupper() and after[0][:1].isupper():  # "Donetsk and Luhansk"
            return False
        return is_finite(before) and is_finite(_until_comma(right)[1:9])
    if kind == "because":
        if after[0] == "as":  # "as the ship entered the harbour", but not "as a precaution"
            return is_finite(before) and _AS.match(right) is not None and is_finite(_until_comma(right)[2:12])
        return is_finite(before) and len(after) >= 5
    return kind in ("stop", "relative", "participle", "with")


def _until_comma(text: str) -> list[str]:
    return _WORD.findall(re.split(r"[,;:—]", text, maxsplit=1)[0])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    return start, end


def _subject(masked: str) -> str:
    """The words in front of the first finite verb, where they are few enough to be a subject."""
    for match in _WORD.finditer(masked):
        if match.start() and is_finite([match.group()]):
            subject = masked[: match.start()].strip(" ,")
            short = 0 < len(_WORD.findall(subject)) <= 8 and "," not in subject
            return subject if short and not _PREPOSITIONAL.match(subject) else ""
    return ""


def _restore(text: str, start: int, end: int, kind: str, subject: str) -> str:
    """The clause with the subject that cutting took from it."""
    clause = re.sub(r"\s+", " ", text[start:end])
    if kind == "predicate" and subject:
        return f"{text[: len(subject)].strip()} {clause}"
    return clause
