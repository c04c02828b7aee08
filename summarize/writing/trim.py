"""Trimming: the shorter forms of a source's own sentence that still state the claim. Nothing is reworded."""

from __future__ import annotations

import re

from summarize.language.cues import attribution
from summarize.language.lexicon import alternatives, lines
from summarize.language.quotations import quotations
from summarize.language.verbs import is_finite
from summarize.language.words import common_words
from summarize.writing.evidence import Evidence

_BULLET = re.compile(r"^\s*(?:[•·▪*–—-]\s+|\(?\d{1,2}[.)]\s+)+")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z'’.-]+(?:[ ,]+[A-Z][A-Z'’.-]+){0,3}(?:,\s+[A-Z][\w.]+(?:\s[\w.]+)?)?"
    r"|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,2})"
    r"\s*(?:\([^)]{2,40}\)\s*)?\s[—–-]{1,2}\s+(?=\S)"
)
_TIME_LABEL = re.compile(r"^(?:[012]?\d[:.][0-5]\d\s*(?:[ap]\.?m\.?|GMT|UTC|local time)?\s*[:—–-]?\s+)(?=[A-Z“\"])")
_RUBRIC = re.compile(r"^(?:[A-Z][\w’'-]*(?:\s+[\w’'-]+){0,5}):\s+(?=[A-Z])")
_LEADING = re.compile(
    rf"^{alternatives(lines('links', 'summarize.writing'))}"
    r"(?:,\s+|\s+(?=[A-Z“\"]|the\b|a\b|an\b|it\b|he\b|she\b|they\b))"
)
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]")
_DEICTIC = re.compile(
    r",?(?:\s+(?:of|in|from|since|until|by|for|on))?\s+(?:earlier\s+|late\s+|later\s+)?(?:today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening|week|month|year)|"
    r"(?:last|next)\s+(?:night|week|month|year)|(?:a\s+few\s+)?(?:hours|days|minutes)\s+ago|right\s+now|here)(?=\s*[.,;]|\s*$)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"\s+[—–]\s+[^—–]{2,120}\s+[—–]\s+|\s+[—–]\s+[^—–]{2,160}$")
_TAIL = re.compile(
    r",\s+(?:who|which|whose|where|when|while|with|as|after|before|although|though|because|since|despite|amid|following|including|"
    r"but|and|so|saying|adding|according|[a-z]+ing)\b"
)
_ASIDE = re.compile(r",\s+(?:who|which|whose|where|as)\b[^,;:“”\"]{3,120},(?=\s)")
_LONGEST = 2_000  # characters; no page's own sentence is longer, what is longer is no sentence
_MOSTLY = 0.8  # twice the share of a text that is quotation, from which the rest is its speaker's clause
_SAYS = re.compile(r"\b(?:says?|said|tells?|told)\b(?!\s+to\b)")
_SPACE = re.compile(r"\s+")
_SHOUTED = re.compile(r"^[A-Z]{3,}(?=\s+[a-z])")


def forms(evidence: Evidence) -> tuple[tuple[str, bool], ...]:
    """Ways to state the claim in the source's words, each with whether it still carries the attribution.

    The claim itself, the statement without its attribution, that statement cut where a side clause starts, and the
    whole sentence; all tidied into sentences, without repetition.
    """
    if len(evidence.sentence) > _LONGEST:
        return ()
    whole = evidence.sentence
    said = attribution(whole)
    made = [evidence.text]
    if said is not None and said.content:
        contents = [whole[start:end] for start, end in said.content]
        made += [content for content in contents if evidence.text[-20:] in content]
    else:
        made.append(whole)
    made += [cut for text in list(made) for cut in _cuts(text, evidence.text)]
    if said is not None:
        made.append(whole)
    tidy = dict.fromkeys(tidied(text) for text in made)
    return tuple((text, carries(text)) for text in tidy if text)


def carries(text: str) -> bool:
    """Whether a text says itself who said it: by a report verb, or by a quotation with its speaker's clause beside it."""
    if attribution(text) is not None or _SAYS.search(text):
        return True
    inside = quotations(text)
    if not inside or max(end - start for start, end in inside) * 2 < len(text) * _MOSTLY:
        return False
    outside = " ".join((text[: inside[0][0]], text[inside[-1][1] :]))
    return is_finite(re.findall(r"[\w’']+", outside))


def tidied(text: str) -> str:
    """A stretch of a page as a sentence: without bullet, dateline, time label, aside in brackets and leading link."""
    text = _SPACE.sub(" ", text).strip()
    for pattern in (_BULLET, _DATELINE, _TIME_LABEL, _BULLET):
        text = pattern.sub("", text)
    if not re.search(r"[“\"]", text):
        text = _PARENTHESIS.sub("", text)
        text = _DASHED.sub(lambda match: ", " if match.group().rstrip().endswith(("—", "–")) else "", text)
    for _ in range(2):
        text = _LEADING.sub("", text)
    text = _SHOUTED.sub(_spoken, _outside_quotes(text, _DEICTIC))
    return finished(text)


def _spoken(opening: re.Match[str]) -> str:
    """The capitals that a page sets its first word in as a word, an acronym as it is: "WORKERS at", "NASA says"."""
    word = opening.group()
    return word.capitalize() if word.lower() in common_words() else word


def finished(text: str) -> str:
    """The text with a capital in front, one full stop at the end and single spaces."""
    text = _SPACE.sub(" ", text).strip(" ,;:—–-")
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    if re.search(r"[.!?][”\"’']?$", text):
        return text
    return text + "."


def _cuts(text: str, claim: str) -> list[str]:
    """The text without asides, and up to each side clause behind the claim's last words."""
    made: list[str] = []
    masked = text
    for start, end in quotations(text):
        masked = masked[:start] + "x" * (end - start) + masked[end:]
    aside = _ASIDE.search(masked)
    if aside is not None:
        kept = text[: aside.start()] + text[aside.end() :]
        if set(claim.lower().split()) <= set(kept.lower().split()):
            made.append(kept)
    last = text.find(claim[-20:])
    for match in _TAIL.finditer(masked):
        if last >= 0 and match.start() >= last + len(claim[-20:]) - 1 and len(text[: match.start()].split()) >= 5:
            made.append(text[: match.start()])
            break
    return made


def _outside_quotes(text: str, pattern: re.Pattern[str]) -> str:
    inside = quotations(text)
    kept = [m for m in pattern.finditer(text) if not any(s < m.end() and m.start() < e for s, e in inside)]
    for match in reversed(kept):
        text = text[: match.start()] + text[match.end() :]
    return text
