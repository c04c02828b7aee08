"""Mentions: a person by full name where the summary first names them, by surname after that.

A sentence taken from the middle of a page says "Varga"; the reader has not met her. The names are the pages' own: the
full one has to stand in a page that the sentence cites.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from summarize.language.lexicon import entries
from summarize.language.quotations import quotations
from summarize.language.words import fold
from summarize.writing.parsed import Parsed

_LONGEST = 4  # words of a person's name; a longer run is a list, or a name with its office
_COURTESY = ("Mr ", "Mrs ", "Ms ", "Miss ", "Mr. ", "Mrs. ", "Ms. ", "Madam ", "Sir ", "Lord ", "Lady ", "Dame ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a text."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def surname(self) -> str:
        """The last word, folded."""
        return fold(self.words[-1])


class People:
    """The persons of a cluster: by surname, how each article writes their full names."""

    def __init__(self, parsed: Iterable[tuple[str, Parsed]]) -> None:
        """``parsed`` holds each sentence of the pages with its article's id."""
        self._forms: dict[str, dict[str, Counter[str]]] = {}
        for article, sentence in parsed:
            for mention in mentions(sentence):
                if len(mention.words) > 1:
                    forms = self._forms.setdefault(mention.surname, {})
                    forms.setdefault(article, Counter())[" ".join(mention.words)] += 1

    def one(self, surname: str) -> bool:
        """Whether the pages know one person by a surname, whose first names then go without saying."""
        firsts = {fold(form.split()[0]) for forms in self._forms.get(surname, {}).values() for form in forms}
        return bool(firsts) and len({first[0] for first in firsts}) == 1

    def full(self, surname: str, articles: AbstractSet[str]) -> str | None:
        """The full name that the articles use most often, where one of them uses it at all."""
        count: Counter[str] = Counter()
        for article in articles & self._forms.get(surname, {}).keys():
            count.update(self._forms[surname][article])
        return min(count, key=lambda form: (-count[form], form)) if count else None


def mentions(parsed: Parsed) -> list[Mention]:
    """The persons that a text names outside of quotation marks, without their titles."""
    return list(_mentions(parsed))


def _mentions(parsed: Parsed) -> Iterator[Mention]:
    quoted = quotations(parsed.text)
    for mark in parsed.parse.names:
        if mark.kind != "per" or any(start <= mark.start < end for start, end in quoted):
            continue
        inside = [w for w in parsed.parse.words if mark.start <= w.start and w.end <= mark.end]
        while inside and parsed.text[inside[0].start : inside[0].end].lower().rstrip(".") in entries("titles"):
            inside = inside[1:]
        while inside and parsed.text[inside[-1].start : inside[-1].end] in ("'s", "’s", "'", "’", ".", ","):
            inside = inside[:-1]
        words = tuple(parsed.text[w.start : w.end] for w in inside)
        if words and len(words) <= _LONGEST and all(word[:1].isupper() or len(word) < 4 for word in words):
            yield Mention(inside[0].start, inside[-1].end, words)


def introduced(
    texts: Sequence[Parsed], cites: Sequence[AbstractSet[str]], people: People, *, room: int
) -> Mapping[int, str]:
    """The texts that change, by their place: names shortened where told before, and filled up where they are new.

    ``cites`` holds the articles that each text cites; ``room`` is how many words the texts together may grow by.
    """
    made: dict[int, str] = {}
    met: set[str] = set()
    for n, parsed in enumerate(texts):
        text, shift = parsed.text, 0
        for mention in mentions(parsed):
            start, end = mention.start + shift, mention.end + shift
            new = _named(mention, text[:start], cites[n], people, met=mention.surname in met)
            head = text[:start]
            if new is not None and " " in new:
                head = _without_courtesy(head)
            if new is not None and (growth := len((head + new).split()) - len(text[:end].split())) <= room:
                made[n] = head + new + text[end:]
                shift += len(made[n]) - len(text)
                room -= growth
                text = made[n]
            met.add(mention.surname)
    return made


def _named(mention: Mention, before: str, cites: AbstractSet[str], people: People, *, met: bool) -> str | None:
    """What the mention becomes; ``None`` where it stays."""
    if not people.one(mention.surname):
        return None
    if met and len(mention.words) > 1:
        return None if before.endswith(", ") else mention.words[-1]
    if met or len(mention.words) > 1:
        return None
    full = people.full(mention.surname, cites)
    return None if full is None or before.endswith(full.removesuffix(full.split()[-1])) else full


def _without_courtesy(head: str) -> str:
    """The text before a full name, without the "Mr" that stood for the first name."""
    found = next((title for title in _COURTESY if head.endswith(title)), "")
    return head.removesuffix(found)
