"""Polarity and status: did it happen, is it denied, planned, called off, or only possible?"""

from __future__ import annotations

import re

from summarize.language.lexicon import lines
from summarize.language.quotations import quotations
from summarize.types import Status

_NEGATION = re.compile(
    r"\b(?:not|never|nobody|none|nothing|nowhere|neither|nor|cannot|without|unable|"
    r"den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?|fail(?:s|ed|ing)?\s+to|declin(?:e|es|ed|ing)\s+to|"
    r"no\s+longer|no\s+one|lack(?:s|ed)?|ruled\s+out)\b"
    r"|\bno\s+(?!longer|one|more\s+than|fewer|less|doubt|later|sooner|matter|wonder|\d)\w"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_NOT_NEGATING = re.compile(
    r"\bnot\s+(?:only|just|merely|least|to\s+mention|more\s+than|fewer\s+than|less\s+than|until)\b|\bNo\.\s*\d"
    r"|\bwhether\s+or\s+not\b|\bwithout\s+(?:warning|notice|delay)\b|\bnot\s+to\s+be\s+confused\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r",?\s\b(?:unless|if|provided|because|although|though|while|whereas|as\s+long\s+as|who|whom|whose|which|where|when|until|"
    r"after|before|since|despite|so\s+that|even\s+though)\b",
    re.IGNORECASE,
)
_OFF = re.compile(r"\b(?:" + "|".join(lines("off_words")) + r")\b", re.IGNORECASE)
_NOT_OFF = re.compile(
    r"\b(?:not|never|n['’]t|if|unless|could|may|might|to|will|would|threaten\w*\s+to|calls?\s+to)\s+(?:be\s+|have\s+)?(?:cancel|call|scrap|scrub|"
    r"postpon|shelv|abandon|suspend|delay|put)\w*",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|won['’]t)\b(?!\s+of\b)|['’]ll\b"
    r"|\b(?:is|are|was|were|be|been)\s+(?:now\s+|also\s+|still\s+|initially\s+|originally\s+)?"
    r"(?:set|due|scheduled|expected|slated|going|poised|planned|likely|about|supposed|meant|to)\b(?=\s|[,.;]|$)(?!\s+by\b)"
    r"|\b(?:plan|plans|planned|intends?|hopes?|agreed|agrees|aims?|promised|promises|pledged|pledges|vows?|vowed|expects?|proposes?|"
    r"preparing|prepares)\s+to\b"
    r"|\b(?:set|due|scheduled|slated|expected|planned)\s+(?:for|to|on)\b"
    r"|\b(?:must|has\s+to|have\s+to)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:might|could|possibly|perhaps|potentially|allegedly|feared|suspected|thought\s+to|believed\s+to)\b"
    r"|\b(?<!\d )may\b(?!\s+\d)"
)
_LONGEST = 2_000  # characters: where the main clause of any sentence has ended
_ONGOING = re.compile(
    r"\b(?:is|are|remains?|continues?|['’]s|['’]re)\s+(?:still\s+|now\s+|currently\s+|being\s+)?\w+ing\b"
    r"|\b(?:remains?|continues?\s+to|is\s+under\s*way|is\s+underway|is\s+ongoing|still)\b",
    re.IGNORECASE,
)


def negated(text: str) -> bool:
    """Whether the sentence's main predicate is denied, quotations and subordinate clauses left out."""
    main = _main_clause(text)
    return _NEGATION.search(_NOT_NEGATING.sub(" ", main)) is not None


def status(text: str) -> Status:
    """Whether what the sentence states is done, planned, called off, under way, or only possible."""
    main = _main_clause(text)
    if _OFF.search(_NOT_OFF.sub(" ", main)):
        return "off"
    if _POSSIBLE.search(main):
        return "possible"
    if _PLANNED.search(main):
        return "planned"
    return "ongoing" if _ONGOING.search(main) else "done"


def _main_clause(text: str) -> str:
    """The text without its quotations' words, up to the first subordinate clause that does not open it."""
    text = text[:_LONGEST]
    for start, end in reversed(quotations(text)):
        if end - start < len(text.strip()) - 4:
            text = f"{text[:start]}…{text[end:]}"
    cut = _SUBORDINATE.search(text, 1)
    head = text[: cut.start()] if cut else text
    return head if len(head.split()) >= 3 else text
