"""Bearing out: whether one source's own sentence says what a sentence of the summary says."""

from __future__ import annotations

from summarize.language.cues import attribution
from summarize.language.names import names, same_name
from summarize.language.numbers import agree, comparable, quantities
from summarize.language.quotations import find_wording, quotations
from summarize.writing.evidence import Evidence
from summarize.writing.verify import held, says

_QUOTED_WORDS = 4
"""Words from which a quotation is somebody's wording and not a name or a borrowed phrase."""


def prints(text: str, item: Evidence) -> bool:
    """Whether the source's sentence has every longer quotation of the text, word for word, and by the same speaker."""
    return all(find_wording(words, item.sentence) for words in _wordings(text)) and _by_its_speaker(text, item)


def _wordings(text: str) -> list[str]:
    """The text's quotations that are somebody's wording, and not a name or a borrowed phrase."""
    quoted = (text[start:end] for start, end in quotations(text))
    return [words for words in quoted if len(words.split()) >= _QUOTED_WORDS]


def _by_its_speaker(text: str, item: Evidence) -> bool:
    """Whether the source does not put the text's quotation, if it has one, into somebody else's mouth."""
    if not _wordings(text):
        return True
    said = attribution(text)
    named = {name.key.split()[-1] for name in names(said.speaker)} if said else set()
    other = attribution(item.sentence)
    theirs = {name.key.split()[-1] for name in names((other.speaker if other else "") or item.speaker or "")}
    return not named or not theirs or any(same_name(a, b) for a in named for b in theirs)


def counts_otherwise(text: str, item: Evidence) -> bool:
    """Whether the source's sentence gives other figures for all that the text and it count in one unit."""
    theirs = [quantity for quantity in quantities(item.sentence) if quantity.unit]
    for quantity in (own for own in quantities(text) if own.unit):
        rivals = [other for other in theirs if comparable(quantity, other)]
        if rivals and not any(agree(quantity, other) for other in rivals):
            return True
    return False


def alike(text: str, item: Evidence) -> float:
    """How far a source's sentence says what the text says, or its claim is said by the text; 0 to 1."""
    return max(says(text, item), held(text, item) / 2)
