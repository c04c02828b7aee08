"""Reported speech: whose word a clause of a sentence is, by the cue that the page gives or else by the parse.

The rules of ``language.cues`` read the forms that attribution takes. The parser sees it where a form is unusual ("the
mayor has always maintained that ...", "Residents reached by phone said ..."): a clause that is the object of a verb of
saying or thinking, with somebody as that verb's subject, both of which it has also tagged as reported speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from summarize.language.cues import Attribution, attribution
from summarize.language.lexicon import entries
from summarize.language.quotations import quotations
from summarize.models.base import Parse
from summarize.models.parsed import SUBJECTS, Parsed

_PLACES = frozenset(["root", "conj", "parataxis"])
"""Where a reporting verb stands when its clause is a statement of the sentence, not of something in it."""
_NOT = frozenset(["not", "n't", "n’t", "never"])
_OPEN = frozenset("whether if what who how why when where which".split())
"""What opens a question: nobody says that it is so."""
_ACTS = frozenset(
    "announced announces announce declared declares declare ruled rules rule promised promises pledged vowed".split()
)
"""Verbs whose saying is the event itself, day and all: "Putin on Monday announced that he recognised ..."."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and who is reported as saying it; ``said`` is ``None`` where the page does."""

    start: int
    end: int
    said: Attribution | None


def pieces(text: str, parse: Parse) -> list[Piece]:
    """The stretches of a sentence that state something, in order, without the words that only attribute them."""
    return [piece for start, end in _segments(text) for piece in _pieces(text, start, end, parse)]


def _segments(text: str) -> list[tuple[int, int]]:
    """The sentence in the parts that a semicolon sets apart: each may have a speaker of its own."""
    quoted = quotations(text)
    ends = [n for n, char in enumerate(text) if char == ";" and not any(a <= n < b for a, b in quoted)]
    parts = list(zip([0, *(n + 1 for n in ends)], [*ends, len(text)], strict=True))
    spoken = any(attribution(text[a:b]) is not None for a, b in parts[1:])
    return parts if spoken else [(0, len(text))]


def _pieces(text: str, start: int, end: int, parse: Parse) -> list[Piece]:
    said = attribution(text[start:end])
    if said is not None and _is_verb(said, text, start, end, parse):
        return [Piece(start + a, start + b, said) for a, b in said.content]
    return _Reading(text, parse, start, end).pieces() or [Piece(start, end, None)]


def _is_verb(said: Attribution, text: str, start: int, end: int, parse: Parse) -> bool:
    """Whether the cue is the verb that it looks like: in "called reports of a mutiny a lie" nobody reports."""
    content = [(start + a, start + b) for a, b in said.content]
    cues = [
        word
        for word in parse.words
        if start <= word.start < end
        and text[word.start : word.end].lower() == said.cue
        and not any(a <= word.start < b for a, b in content)
    ]
    return not cues or any(word.pos in ("VERB", "AUX") or said.cue not in _verbs() for word in cues)


class _Reading:
    """A stretch of a sentence as the parser reads it."""

    def __init__(self, text: str, parse: Parse, start: int, end: int) -> None:
        self._tree = Parsed(text, parse)
        self._limits = start, end

    def pieces(self) -> list[Piece]:
        """The first statement that is put into somebody's mouth, and what the page says in front of it; else none."""
        quoted = quotations(self._tree.text)
        start, end = self._limits
        for verb, word in enumerate(self._tree.parse.words):
            inside = start <= word.start and word.end <= end and not any(a < word.start < b for a, b in quoted)
            if inside and self._reports(verb):
                content, speaker = self._content(verb), self._speaker(verb)
                if content is not None and speaker is not None:
                    said = Attribution(self._words(speaker), (content,), self._tree.word(verb))
                    return [*self._before(verb, content[0]), Piece(content[0], self._closed(content[1]), said)]
        return []

    def _reports(self, verb: int) -> bool:
        """Whether a word says that somebody states something: a verb of saying, tagged as one, and not denied."""
        word = self._tree.parse.words[verb]
        stated = word.relation in _PLACES and self._tree.word(verb) in _verbs() - _ACTS
        denied = any(self._tree.word(child) in _NOT for child, _ in self._tree.below(verb))
        return stated and not denied and self._tagged("cue", word.start, word.end)

    def _content(self, verb: int) -> tuple[int, int] | None:
        """What it states: a clause with a subject of its own that asks nothing."""
        words = self._tree.parse.words
        head = next((n for n, child in self._tree.below(verb) if child.relation == "ccomp"), None)
        if head is None or not any(child.relation in SUBJECTS for _, child in self._tree.below(head)):
            return None
        said = sorted(self._tree.subtree(head))
        low, high = words[said[0]].start, words[said[-1]].end
        if self._tree.word(said[0]) in _OPEN or not self._tagged("content", low, high):
            return None
        return (words[said[1]].start if self._tree.word(said[0]) == "that" else low), high

    def _speaker(self, verb: int) -> int | None:
        """Who says it: the verb's own subject, or that of the verb it is coordinated with."""
        words = self._tree.parse.words
        while True:
            found = next((n for n, child in self._tree.below(verb) if child.relation == "nsubj"), None)
            if found is not None or words[verb].relation != "conj":
                return found
            verb = words[verb].head

    def _before(self, verb: int, low: int) -> list[Piece]:
        """What the page itself says in front: "She left the room" of "She left the room and later swore that ..."."""
        words = self._tree.parse.words
        if words[verb].relation == "root":
            return []
        reported = set(self._tree.subtree(verb))
        limit = min(low, words[verb].start)
        own = [n for n, w in enumerate(words) if n not in reported and self._limits[0] <= w.start and w.end <= limit]
        return [Piece(words[own[0]].start, words[own[-1]].end, None)] if len(own) > 2 else []

    def _words(self, top: int) -> str:
        """The stretch of text from the first word of a phrase to its last."""
        words, places = self._tree.parse.words, sorted(self._tree.subtree(top))
        return self._tree.text[words[places[0]].start : words[places[-1]].end]

    def _tagged(self, kind: str, start: int, end: int) -> bool:
        return any(mark.kind == kind and mark.start < end and start < mark.end for mark in self._tree.parse.speech)

    def _closed(self, end: int) -> int:
        """Past the quotation mark or full stop that closes the stretch."""
        while end < self._limits[1] and self._tree.text[end] in ".!?”\"’'":
            end += 1
        return end


@cache
def _verbs() -> frozenset[str]:
    return entries("report_verbs") | entries("report_verbs_that") | entries("report_verbs_parsed")
