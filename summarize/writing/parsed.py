"""A text with its dependencies."""

from __future__ import annotations

from dataclasses import dataclass

from summarize.models.base import Parse


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and its parse."""

    text: str
    parse: Parse

    def word(self, n: int) -> str:
        """A word in lower case."""
        return self.text[self.parse.words[n].start : self.parse.words[n].end].lower()
