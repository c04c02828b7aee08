"""Clauses: the pieces of a sentence that each state one thing.

A sentence of news often carries three facts ("The captain, who had not been drinking, was arrested and later freed").
``clauses`` takes it apart along its dependencies: coordinated predicates, relative and participial clauses, clauses of
time and cause, and what is only set beside. Conditions ("if ...") and purposes ("to ...") stay with what they qualify,
and nothing inside quotation marks is cut. A clause that has lost its subject is given it back in ``text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarize.language.quotations import quotations
from summarize.models.base import Parse, Word
from summarize.models.parsed import SUBJECTS, Parsed

_LOOSE = frozenset(["acl:relcl", "advcl", "parataxis"])
_CONDITIONS = frozenset("if unless whether until provided lest to".split())
_LABEL = re.compile(r"\W*(?:[\w’'-]+\s+){0,4}[\w’'-]+:\s+(?=[A-Z])")
"""In front of a sentence, and no part of it: "The news: ..."."""
_LINKS = frozenset("and but however meanwhile nevertheless nonetheless moreover furthermore still so yet then".split())
"""Words that open a sentence and tie it to the one before."""
_OPENERS = frozenset(["cc", "punct", "mark", "advmod"])
_TIES = frozenset("when while after before as because since although though and but so yet that".split())
_NO_PART = frozenset(
    [*_LOOSE, "appos", "acl", "conj", "cop", "aux", "aux:pass", "case", "mark", "cc", "punct", *SUBJECTS]
)
"""Relations that are no part of a noun's own phrase where it is a subject or stands behind a preposition."""
_CORE = frozenset("det amod compound flat nummod nmod:poss".split())
_LONGEST_SUBJECT = 12
_RELATIVE = frozenset("who which that whom".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """``start`` and ``end`` are offsets into the text; what stands between may hold another clause. ``text`` is the
    clause's own words, with the subject in front where it has none."""

    start: int
    end: int
    text: str


def clauses(text: str, parse: Parse, *, within: tuple[int, int] | None = None, least_words: int = 4) -> list[Clause]:
    """The clauses of ``text`` (one sentence) inside ``within``, of at least ``least_words`` words, in text order.

    Every word of ``within`` is in one clause; what the parser did not reach is in the last.
    """
    low, high = within or (0, len(text))
    label = _LABEL.match(text, low)
    if label and any(w.start >= label.end() and w.relation in SUBJECTS for w in parse.words):
        low = label.end()
    found = _Sentence(text, parse, low, high, least_words)
    made = [clause for clause in map(found.clause, found.pieces) if clause is not None]
    if not made:
        low, high = _trim(text, low, high)
        return [Clause(low, high, _single(text[low:high]))] if low < high else []
    made.sort(key=lambda clause: (clause.start, clause.end))
    reached = parse.words[-1].end
    if reached < high:
        last = max(range(len(made)), key=lambda n: made[n].end)
        made[last] = _extended(made[last], text, reached, high)
    return made


def _extended(clause: Clause, text: str, reached: int, high: int) -> Clause:
    """The last clause with the words that a long sentence has behind those that were parsed."""
    start, end = _trim(text, reached, high)
    return Clause(clause.start, end, _single(f"{clause.text} {text[start:end]}")) if start < end else clause


class _Sentence:
    """A parsed sentence and how it falls into clauses."""

    def __init__(self, text: str, parse: Parse, low: int, high: int, least_words: int) -> None:
        self._tree = Parsed(text, parse)
        self._words = parse.words
        self._own = [n for n, word in enumerate(parse.words) if low <= word.start and word.end <= high]
        self._inside = set(self._own)
        self._least = least_words
        self._quoted = [(a, b) for a, b in quotations(text)]

    @cached_property
    def pieces(self) -> dict[int, list[int]]:
        """The words of each clause, by its head; clauses too short to state anything are part of the one above."""
        heads = {n for n in self._own if self._is_top(n) or self._opens(n)}
        while True:
            home = {n: self._home(n, heads) for n in self._own}
            pieces: dict[int, list[int]] = {}
            for n in self._own:
                pieces.setdefault(home[n], []).append(n)
            short = [n for n, own in pieces.items() if self._length(own) < self._least and not self._is_top(n)]
            rest = [n for n, own in pieces.items() if self._is_top(n) and self._length(own) < 3]
            merged = {*short, *(n for top in rest for n in pieces if n != top and self._above(n, heads) == top)} & heads
            if not merged:
                return self._tops_joined(pieces)
            heads -= merged

    def _tops_joined(self, pieces: dict[int, list[int]]) -> dict[int, list[int]]:
        """Fragments whose heads lie outside ``within`` belong together: the longest names the clause."""
        tops = [n for n in pieces if self._is_top(n)]
        main = max(tops, key=lambda n: len(pieces[n]), default=None)
        for n in tops:
            if main is not None and n != main and self._length(pieces[n]) < self._least:
                pieces[main] = sorted(pieces[main] + pieces.pop(n))
        return pieces

    def _length(self, own: Sequence[int]) -> int:
        return sum(self._words[n].pos not in ("PUNCT", "SYM") for n in own)

    def _is_top(self, n: int) -> bool:
        return self._words[n].head not in self._inside

    def _home(self, n: int, heads: set[int]) -> int:
        while n not in heads:
            n = self._words[n].head
        return n

    def _above(self, n: int, heads: set[int]) -> int:
        """The clause that a clause hangs from; itself at the top."""
        return n if self._is_top(n) else self._home(self._words[n].head, heads)

    def _opens(self, n: int) -> bool:
        """Whether a word heads a clause that states something by itself."""
        word = self._words[n]
        if any(a < word.start < b for a, b in self._quoted):
            return False
        verbal = word.pos in ("VERB", "AUX") or any(child.relation in ("cop", "nsubj") for _, child in self._below(n))
        if not verbal:
            return False
        if word.relation == "acl:relcl" and not self._behind_comma(n):
            return False  # it says which one, not something of it
        if word.relation in _LOOSE:
            return not any(
                child.relation in ("mark", "aux") and self._tree.word(c) in _CONDITIONS for c, child in self._below(n)
            )
        if word.relation == "conj":
            above = self._words[word.head]
            return above.pos in ("VERB", "AUX") or self._subject(word.head) is not None
        return word.relation == "acl" and self._behind_comma(n)

    def _behind_comma(self, n: int) -> bool:
        first = min(self._subtree(n))
        return self._tree.word(first) == "," or (first > 0 and self._tree.word(first - 1) in (",", "—", "–"))

    def _below(self, n: int) -> list[tuple[int, Word]]:
        return [(c, child) for c, child in self._tree.below(n) if c in self._inside]

    def _subtree(self, n: int) -> Iterator[int]:
        yield n
        for c, _ in self._below(n):
            yield from self._subtree(c)

    def _subject(self, n: int) -> int | None:
        return next((c for c, child in self._below(n) if child.relation in SUBJECTS), None)

    def clause(self, head: int) -> Clause | None:
        """The clause of a head, or ``None`` where it has no words."""
        own = list(self.pieces[head])
        while own and self._dropped(own[0], head):
            own.pop(0)
        while own and self._ties(own):
            own.pop()
        if not own:
            return None
        start, end = self._words[own[0]].start, self._words[own[-1]].end
        return Clause(start, end, self._told(own, head))

    def _ties(self, own: list[int]) -> bool:
        """Whether the last word is a mark that ties the clause to the next, or the sentence's end behind another clause."""
        if self._words[own[-1]].relation != "punct":
            return False
        return self._tree.word(own[-1]) in ",;:—–-" or (len(own) > 1 and own[-2] != own[-1] - 1)

    def _dropped(self, n: int, head: int) -> bool:
        """Whether a first word only ties the clause to another."""
        word = self._words[n]
        if word.relation == "punct":
            return self._tree.word(n) not in "“\"‘'("
        if word.relation not in _OPENERS:
            return False
        finite = self._subject(head) is not None
        if self._is_top(head):
            return finite and self._tree.word(n) in _LINKS
        return self._tree.word(n) in _TIES and (word.relation == "cc" or finite)

    def _told(self, own: list[int], head: int) -> str:
        """The clause's words as one text: its own runs, and the subject that it shares with another."""
        front = self._antecedent(own, head)
        if front and self._words[head].relation == "acl:relcl":
            own = own[1:]
        runs = self._runs(own)
        parts = [front, *(run.strip(" ,;:—–") for run in runs[:-1]), *(run.lstrip(" ,;:—–") for run in runs[-1:])]
        return _single(" ".join(part for part in parts if part))

    def _runs(self, own: Sequence[int]) -> list[str]:
        """The stretches of text that words next to each other make."""
        found: list[list[int]] = []
        for n in own:
            if found and found[-1][-1] == n - 1:
                found[-1].append(n)
            else:
                found.append([n])
        return [self._tree.text[self._words[run[0]].start : self._words[run[-1]].end] for run in found]

    def _antecedent(self, own: list[int], head: int) -> str:
        """The subject of a coordinated predicate, or what a relative pronoun stands for; empty where it has its own.

        A relative pronoun is the first word of its clause, and is replaced.
        """
        word = self._words[head]
        if word.relation == "acl:relcl":
            pronoun = own[0]
            if self._tree.word(pronoun) in _RELATIVE and self._words[pronoun].relation in ("nsubj", "nsubj:pass"):
                return self._phrase(word.head)
            return ""
        if word.relation != "conj" or self._subject(head) is not None:
            return ""
        above = word.head
        while above in self._inside:
            subject = self._subject(above)
            if subject is not None:
                relative = self._words[above].relation == "acl:relcl" and self._tree.word(subject) in _RELATIVE
                return self._phrase(self._words[above].head if relative else subject)
            if self._words[above].relation != "conj":
                return ""
            above = self._words[above].head
        return ""

    def _phrase(self, n: int) -> str:
        """A noun with what belongs to it, asides left out; empty where it is long."""
        if n not in self._inside:
            return ""
        aside = {m for c, child in self._below(n) if child.relation in _NO_PART for m in self._subtree(c)}
        words = sorted(set(self._subtree(n)) - aside)
        if not words or len(words) > _LONGEST_SUBJECT or len(words) != words[-1] - words[0] + 1:
            words = sorted(
                m for m in words if m == n or (self._words[m].relation in _CORE and self._words[m].head == n)
            )
        return _single(" ".join(run.strip(" ,;:—–") for run in self._runs(words)))


def _single(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    return start, end
