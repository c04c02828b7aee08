"""A text with its dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarize.language.words import stem
from summarize.models.base import Parse, Word

SUBJECTS = frozenset(["nsubj", "nsubj:pass", "csubj", "expl"])
"""Universal Dependencies' relations of a subject to its verb."""
NOUNS = frozenset(["NOUN", "PROPN"])


@dataclass(frozen=True)
class Parsed:
    """A text and its parse."""

    text: str
    parse: Parse

    def word(self, n: int) -> str:
        """A word in lower case."""
        return self.text[self.parse.words[n].start : self.parse.words[n].end].lower()

    def stems(self) -> list[str]:
        """The stem of each word."""
        return [stem(self.word(n)) for n in range(len(self.parse.words))]

    @cached_property
    def root(self) -> int | None:
        """The word that depends on none; ``None`` where there is no word."""
        return next((n for n, word in enumerate(self.parse.words) if word.head < 0), None)

    def below(self, n: int) -> list[tuple[int, Word]]:
        """The words that depend on a word, with their places."""
        return [(m, self.parse.words[m]) for m in self._dependents.get(n, ())]

    def subtree(self, n: int) -> Iterator[int]:
        """A word and all that depends on it, however far down."""
        yield n
        for child in self._dependents.get(n, ()):
            yield from self.subtree(child)

    def under(self, n: int, top: int) -> bool:
        """Whether a word is another or depends on it, however far down."""
        for _ in self.parse.words:
            if n == top or n < 0:
                break
            n = self.parse.words[n].head
        return n == top

    @cached_property
    def _dependents(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for n, word in enumerate(self.parse.words):
            found.setdefault(word.head, []).append(n)
        return found
