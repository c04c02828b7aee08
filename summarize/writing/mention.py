"""Mentions: a person by full name and role where the summary first names them, by surname after that.

A sentence taken from the middle of a page says "Varga"; the reader has not met her. The names are the pages' own: the
full one has to stand in a page that the sentence cites, and where it stands is cited, too; likewise what she is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from summarize.language.lexicon import entries
from summarize.language.quotations import quotations
from summarize.language.words import fold
from summarize.models.parsed import Parsed
from summarize.types import Span
from summarize.writing.roles import Role, fits, roles

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

    def __init__(self, parsed: Iterable[tuple[Span, Parsed]]) -> None:
        """``parsed`` holds each sentence of the pages with where it stands."""
        self._forms: dict[str, dict[str, list[tuple[str, Span]]]] = {}
        self._roles: dict[str, dict[str, list[tuple[Role, Span]]]] = {}
        for span, sentence in parsed:
            for mention in mentions(sentence):
                for role in roles(sentence, mention.start, mention.end):
                    of = self._roles.setdefault(mention.surname, {})
                    of.setdefault(span.article, []).append((role, span))
                if len(mention.words) > 1:
                    forms = self._forms.setdefault(mention.surname, {})
                    forms.setdefault(span.article, []).append((" ".join(mention.words), span))

    def one(self, surname: str) -> bool:
        """Whether the pages know one person by a surname, whose first names then go without saying."""
        firsts = {fold(form.split()[0]) for forms in self._forms.get(surname, {}).values() for form, _ in forms}
        return bool(firsts) and len({first[0] for first in firsts}) == 1

    def full(self, surname: str, articles: AbstractSet[str]) -> tuple[str, Span] | None:
        """The full name that the articles use most often, and the first sentence of theirs that has it."""
        forms = self._forms.get(surname, {})
        found = [each for article in sorted(articles & forms.keys()) for each in forms[article]]
        count = Counter(form for form, _ in found)
        return min(found, key=lambda each: (-count[each[0]], each)) if found else None

    def role(self, surname: str, articles: AbstractSet[str]) -> tuple[Role, Span] | None:
        """What the articles call the person, and where: the title, or what two articles of the cluster call them."""
        known = self._roles.get(surname, {})
        count = Counter(head for found in known.values() for head in {role.head for role, _ in found})
        found = [each for article in sorted(articles & known.keys()) for each in known[article]]
        agreed = [each for each in found if count[each[0].head] > 1 or each[0].office]

        def merit(each: tuple[Role, Span]) -> tuple[int, bool, int, Role, Span]:
            role, span = each
            return -count[role.head], not role.front, len(role.words.split()), role, span

        return min(agreed, key=merit) if agreed else None


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
) -> list[tuple[str, tuple[Span, ...]]]:
    """The texts with names shortened where told before, and filled up where they are new; and what names them in full.

    ``cites`` holds the articles that each text cites; ``room`` is how many words the texts together may grow by.
    """
    made: list[tuple[str, tuple[Span, ...]]] = []
    met: set[str] = set()
    for parsed, articles in zip(texts, cites, strict=True):
        text, naming = parsed.text, []
        own = mentions(parsed)
        for k, mention in reversed(list(enumerate(own))):  # from the end, so that offsets hold
            before, after = text[: mention.start], text[mention.end :]
            first = mention.surname not in met | {other.surname for other in own[:k]}
            if not people.one(mention.surname):
                continue
            if not first:
                if len(mention.words) > 1 and not before.endswith(", "):
                    text = before + mention.words[-1] + after
                continue
            longer, spans = _in_full(parsed, mention, before, after, articles, people)
            growth = len(longer.split()) - len(text.split())
            if spans and growth <= room:
                text, room = longer, room - growth
                naming += spans
        met |= {mention.surname for mention in own}
        made.append((text, tuple(naming)))
    return made


def _in_full(
    parsed: Parsed, mention: Mention, before: str, after: str, articles: AbstractSet[str], people: People
) -> tuple[str, list[Span]]:
    """The text with the person's full name and what they are, as far as it lacks them; and what says so."""
    name, spans = parsed.text[mention.start : mention.end], []
    full = people.full(mention.surname, articles) if len(mention.words) == 1 else None
    if full is not None and not before.endswith(full[0].removesuffix(mention.words[-1])):
        before, name = _without_courtesy(before), full[0]
        spans.append(full[1])
    role = people.role(mention.surname, articles)
    if role is None or not fits(role[0], parsed, mention.start, mention.end):
        return before + name + after, spans
    return role[0].beside(name, _without_courtesy(before), after), [*spans, role[1]]


def _without_courtesy(head: str) -> str:
    """The text before a full name, without the "Mr" that stood for the first name."""
    found = next((title for title in _COURTESY if head.endswith(title)), "")
    return head.removesuffix(found)
