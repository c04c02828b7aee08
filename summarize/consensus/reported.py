"""Reported speech: whose word a clause of a sentence is, by the cue that the page gives or else by the parse.

The rules of ``language.cues`` read the forms that attribution takes. The parser sees it where a form is unusual ("the
mayor has always maintained that ...", "Residents reached by phone said ..."): a clause that is the object of a verb of
saying or thinking, with somebody as that verb's subject, both of which it has also tagged as reported speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarize.language.cues import Attribution, attribution
from summarize.language.lexicon import entries
from summarize.language.quotations import quotations
from summarize.models.base import Parse

_SUBJECTS = frozenset(["nsubj", "nsubj:pass", "csubj", "expl"])
_PLACES = frozenset(["root", "conj", "parataxis"])
"""Where a reporting verb stands when its clause is a statement of the sentence, not of something in it."""
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
    """The stretches of a sentence that state something, without the words that only attribute them."""
    return [piece for start, end in _segments(text) for piece in _pieces(text, start, end, parse)]


def _pieces(text: str, start: int, end: int, parse: Parse) -> list[Piece]:
    said = attribution(text[start:end])
    if said is not None and _is_verb(said, text, start, end, parse):
        return [Piece(start + a, start + b, said) for a, b in said.content]
    return list(_parsed(text, start, end, parse)) or [Piece(start, end, None)]


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


def _segments(text: str) -> list[tuple[int, int]]:
    """The sentence in the parts that a semicolon sets apart: each may have a speaker of its own."""
    quoted = quotations(text)
    ends = [n for n, char in enumerate(text) if char == ";" and not any(a <= n < b for a, b in quoted)]
    parts = list(zip([0, *(n + 1 for n in ends)], [*ends, len(text)], strict=True))
    spoken = any(attribution(text[a:b]) is not None for a, b in parts[1:])
    return parts if spoken else [(0, len(text))]


def _parsed(text: str, start: int, end: int, parse: Parse) -> Iterator[Piece]:
    """The first statement that the parse puts into somebody's mouth, and what the page says beside it."""
    words = parse.words
    children: dict[int, list[int]] = {}
    for n, word in enumerate(words):
        children.setdefault(word.head, []).append(n)

    def below(n: int) -> Iterator[int]:
        yield n
        for child in children.get(n, ()):
            yield from below(child)

    def span(own: list[int]) -> tuple[int, int]:
        return words[min(own)].start, words[max(own)].end

    quoted = quotations(text)
    for verb, word in enumerate(words):
        inside = start <= word.start and word.end <= end and not any(a < word.start < b for a, b in quoted)
        if (
            not inside
            or text[word.start : word.end].lower() not in _verbs() - _ACTS
            or not _tagged(parse, "cue", word.start, word.end)
        ):
            continue
        if word.relation not in _PLACES or any(
            text[words[c].start : words[c].end].lower() in ("not", "n't", "n’t", "never")
            for c in children.get(verb, ())
        ):
            continue
        content = next((c for c in children.get(verb, ()) if words[c].relation == "ccomp"), None)
        speaker = _subject(verb, parse, children)
        if (
            content is None
            or speaker is None
            or not any(words[c].relation in _SUBJECTS for c in children.get(content, ()))
        ):
            continue
        said = sorted(below(content))
        low, high = span(said)
        first = text[words[said[0]].start : words[said[0]].end].lower()
        if first in _OPEN or not _tagged(parse, "content", low, high):
            continue
        if first == "that":
            low = words[said[1]].start
        name = text[slice(*span(list(below(speaker))))]
        attributed = Attribution(name, ((low, high),), text[word.start : word.end].lower())
        yield Piece(low, _end(text, high, end), attributed)
        if word.relation != "root":
            rest = sorted(set(range(len(words))) - set(below(verb)))
            before = [n for n in rest if start <= words[n].start and words[n].end <= min(low, word.start)]
            if len(before) > 2:
                a, b = span(before)
                yield Piece(a, b, None)
        return


def _subject(verb: int, parse: Parse, children: dict[int, list[int]]) -> int | None:
    """Who says it: the verb's own subject, or that of the verb it is coordinated with."""
    while True:
        found = next((c for c in children.get(verb, ()) if parse.words[c].relation == "nsubj"), None)
        if found is not None or parse.words[verb].relation != "conj":
            return found
        verb = parse.words[verb].head


@cache
def _verbs() -> frozenset[str]:
    return entries("report_verbs") | entries("report_verbs_that") | entries("report_verbs_parsed")


def _tagged(parse: Parse, kind: str, start: int, end: int) -> bool:
    return any(mark.kind == kind and mark.start < end and start < mark.end for mark in parse.speech)


def _end(text: str, end: int, limit: int) -> int:
    """Past the quotation mark or full stop that closes the stretch."""
    while end < limit and text[end] in ".!?”\"’'":
        end += 1
    return end
