"""Speakers: who is said to have said a quotation, by the sentence it stands in or one beside it in the paragraph.

The attribution names him, the parse tells which of its words are a person's name: "Shipping minister Petros Langadas" is
Petros Langadas, "the flight director" whom the page introduces as "Priya Ramanathan, the flight director" is she, and a
pronoun is the person that the sentence before is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarize.language.cues import attribution
from summarize.language.names import names
from summarize.language.quotations import quotations
from summarize.language.words import content_words, fold
from summarize.models.base import Mark, Parse, Word
from summarize.types import Sentence, Span

_PRONOUNS = {
    **dict.fromkeys(("he", "she", "him", "her", "who", "i"), "per"),
    "it": "org",
    **dict.fromkeys(("they", "we"), ""),
}
"""What a pronoun can stand for; of whom "they" are nobody can tell."""
_BEFORE = 3  # sentences before one in which a pronoun's person is looked for
_TITLED = ("appos", "flat", "compound", "nmod:desc", "dep")
"""How a name hangs on the word for the role that its bearer has, or the role on the name."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence of a page with its parse; offsets are of ``text``."""

    text: str
    parse: Parse
    paragraph: int
    span: Span


class Speakers:
    """The people of one page, and who of them speaks where."""

    def __init__(self, sentences: Sequence[Sentence], texts: Sequence[str], parses: Sequence[Parse]) -> None:
        """``texts`` are the page's own words of its ``sentences``, ``parses`` are of them."""
        self._read = [
            _Read(text, parse, s.paragraph, s.span) for s, text, parse in zip(sentences, texts, parses, strict=True)
        ]
        self._full = self._full_names()
        self._roles = list(self._introduced())

    def of(self, place: Span) -> str:
        """Who is said to have said what stands at a place of the page; ``""`` where nobody is named."""
        around = [i for i, s in enumerate(self._read) if s.span.overlaps(place)]
        paragraph = {self._read[i].paragraph for i in around}
        nearby = [*around, *(i + 1 for i in around[-1:]), *(i - 1 for i in around[:1])]
        known = [i for i in nearby if 0 <= i < len(self._read) and self._read[i].paragraph in paragraph]
        for find in (self._attributed, self._tagged):
            for i in known:
                if found := find(i):
                    return found
        return ""

    def _attributed(self, i: int) -> str:
        """By the words of a cue: "said X", "X told", "according to X"."""
        read = self._read[i]
        said = attribution(read.text)
        if said is None or not said.speaker:
            return ""
        start = _outside(read.text, said.speaker)
        if start < 0:
            return said.speaker if fold(said.speaker) not in _PRONOUNS else ""
        end = start + len(said.speaker)
        if said.cue == ":":  # what stands before a colon may be a clause: "In a classy goodbye he said: ..."
            pronoun = next(
                (w for w in _between(read.parse, start, end) if w.pos == "PRON" and w.relation == "nsubj"), None
            )
            if pronoun is not None:
                start, end = pronoun.start, pronoun.end
            elif _bearer(read.parse, start, end) is None and any(
                w.pos == "VERB" for w in _between(read.parse, start, end)
            ):
                return ""
        return self._who(i, start, end)

    def _tagged(self, i: int) -> str:
        """By the parser's own tags of who speaks, outside quotation marks."""
        read = self._read[i]
        quoted = quotations(read.text)
        if not quoted:
            return ""
        marks = [
            m for m in read.parse.speech if m.kind == "source" and not any(a < m.end and m.start < b for a, b in quoted)
        ]
        marks.sort(key=lambda m: (min(min(abs(m.start - b), abs(a - m.end)) for a, b in quoted), m.start))
        return next((found for m in marks if (found := self._who(i, m.start, m.end))), "")

    def _who(self, i: int, start: int, end: int) -> str:
        """The person whom a stretch of a sentence means, else the stretch itself."""
        read = self._read[i]
        words = read.text[start:end]
        if fold(words) in _PRONOUNS:
            return self._antecedent(i, start, _PRONOUNS[fold(words)])
        name = _bearer(read.parse, start, end)
        if name is None and read.text[end : end + 2] == ". ":  # a title in front: "Col. Daniyar Ashimov"
            name = next((m for m in read.parse.names if m.kind == "per" and start <= m.start <= end + 2 < m.end), None)
        if name is not None:
            return self._longest(_name_of(read.text, name))
        told = content_words(re.sub(r"\b[A-Z]\w*", " ", words))
        bearers = {name for name, role in self._roles if told and told <= role}
        if len(bearers) == 1:
            return bearers.pop()
        own = _between(read.parse, start, end)
        if len(own) == 1:
            return "" if own[0].pos == "PRON" else self._longest(_bare(words))
        return _bare(words)

    def _antecedent(self, i: int, start: int, kind: str) -> str:
        """Whom a pronoun stands for: one before it in its own sentence, else whom the nearest sentence before is about."""
        own = [m for m in self._named(self._read[i], kind) if m.end <= start]
        if own:
            return self._called(self._read[i].text, own[0])
        for before in reversed(self._read[max(0, i - _BEFORE) : i]):
            named = self._named(before, kind)
            if named:
                subjects = [m for m in named if _is_subject(before.parse, m)]
                return self._called(before.text, (subjects or named)[0])
        return ""

    def _called(self, text: str, mark: Mark) -> str:
        """A person's full name, a body's as it stands."""
        name = _name_of(text, mark)
        return self._longest(name) if mark.kind == "per" else name

    def _named(self, read: _Read, kind: str) -> list[Mark]:
        """Names of a kind outside a sentence's quotations; of persons also a bare surname that the parser took for a thing."""
        quoted = quotations(read.text)
        marks = [m for m in read.parse.names if m.kind == kind]
        marks += [
            Mark(w.start, w.end, "per")
            for w in read.parse.words
            if kind == "per"
            and w.pos == "PROPN"
            and " " in self._full.get(fold(read.text[w.start : w.end]), "")
            and not any(m.start <= w.start < m.end for m in read.parse.names if m.kind == "per")
        ]
        return sorted((m for m in marks if not any(a <= m.start < b for a, b in quoted)), key=lambda m: m.start)

    def _longest(self, name: str) -> str:
        return self._full.get(fold(name).split()[-1], name) if name else name

    def _full_names(self) -> dict[str, str]:
        """Each surname with the longest name that ends in it: who "Blinken" is."""
        full: dict[str, str] = {}
        for read in self._read:
            for mark in read.parse.names:
                name = _name_of(read.text, mark) if mark.kind == "per" else ""
                if name and len(name.split()) <= 4:
                    last = fold(name).split()[-1]
                    full[last] = _fuller(full.get(last, ""), name)
        # Where the parser saw a surname only, the words in capitals before it.
        short = {last for last, name in full.items() if len(name.split()) == 1}
        for name in (found.text for read in self._read for found in names(read.text)):
            last = fold(name).split()[-1]
            if last in short and 2 <= len(name.split()) <= 3:
                full[last] = max(full[last], name, key=lambda n: (len(n.split()) == 2, len(n)))
        return full

    def _introduced(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Persons with the words for what they are: "Priya Ramanathan, the flight director"."""
        for read in self._read:
            words = read.parse.words
            for mark in read.parse.names:
                if mark.kind != "per":
                    continue
                inside = {n for n, w in enumerate(words) if mark.start <= w.start < mark.end}
                near = {
                    n
                    for n, w in enumerate(words)
                    if n not in inside
                    and w.pos in ("NOUN", "ADJ")
                    and ((w.head in inside and w.relation in _TITLED) or w.end + 1 == mark.start)
                } | {
                    words[n].head
                    for n in inside
                    if words[n].head >= 0 and words[n].head not in inside and words[n].relation in _TITLED
                }
                role = near | {n for n, w in enumerate(words) if w.head in near and w.relation in ("compound", "amod")}
                told = content_words(" ".join(read.text[words[n].start : words[n].end] for n in sorted(role - inside)))
                if told:
                    yield self._longest(_name_of(read.text, mark)), told


def _fuller(a: str, b: str) -> str:
    """The better of two names with one surname: the longer, unless all that it has more is a word before a full name."""
    short, long = sorted((a, b), key=lambda name: (len(name.split()), len(name), name))
    return short if len(short.split()) >= 2 and long.endswith(f" {short}") else long


def _bearer(parse: Parse, start: int, end: int) -> Mark | None:
    """The name that a stretch is headed by, a person's also where set beside its head: "the spokesman, Ned Price"."""
    words = parse.words
    own = {n for n, w in enumerate(words) if start <= w.start < end}
    heads = {n for n in own if words[n].head not in own}
    for mark in parse.names:
        if mark.kind == "per":
            name = {n for n, w in enumerate(words) if mark.start <= w.start < mark.end}
            beside = any(words[n].head in heads and words[n].relation in _TITLED for n in name)
            under = any(words[h].head in name and words[h].relation in _TITLED for h in heads)
            if name & heads or beside or under:
                return mark
    within = [m for m in parse.names if m.kind == "per" and start <= m.start < end]
    follows = [m for m in within if all(words[n].pos != "ADP" for n in own if words[n].start < m.start)]
    if follows:  # a role in front whose arcs the parser read in another way
        return follows[-1]
    return next((m for m in parse.names if any(m.start <= words[n].start < m.end for n in heads)), None)  # a body


def _is_subject(parse: Parse, mark: Mark) -> bool:
    """Whether a name is a subject, or set beside one: "their leader, Felix Aschauer, is"."""
    own = _between(parse, mark.start, mark.end)
    heads = [parse.words[w.head] for w in own if w.relation in _TITLED and w.head >= 0]
    return any(w.relation.startswith("nsubj") for w in (*own, *heads))


def _between(parse: Parse, start: int, end: int) -> list[Word]:
    return [w for w in parse.words if start <= w.start < end]


def _outside(text: str, words: str) -> int:
    """Where words stand outside quotation marks, -1 where they do not."""
    quoted = quotations(text)
    for match in re.finditer(re.escape(words), text):
        if not any(a <= match.start() < b for a, b in quoted):
            return match.start()
    return -1


def _name_of(text: str, mark: Mark) -> str:
    """A name as it is called: without a possessive, no capitals throughout."""
    words = re.sub(r"['’]s?$", "", text[mark.start : mark.end].strip(" .,;:")).split()
    return " ".join(w.title() if w.isupper() and len(w) > 2 else w for w in words)


def _bare(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" ,.;:…")
