"""Roles: what a person is, in a page's own words beside the name: "Foreign Minister Hernán Rolón", "Ann Reed, the mayor"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarize.language.lexicon import entries
from summarize.models.parsed import Parsed
from summarize.writing.neutral import loaded_words

_LONGEST = 6  # words
_KIN = frozenset("father brother sister".split())
_COURTESY = frozenset("mr mrs ms miss madam sir dame lord lady dr prof mr. mrs. ms. dr. prof.".split())
_INSIDE = frozenset(["compound", "amod", "flat", "nmod", "case", "nummod", "det", "nmod:poss", "cc", "conj", "fixed"])
"""What may stand in a role that is set behind a name; a clause may not."""
_PERSONAL = frozenset("his her their my our your its whose this that these those another one".split())


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """The words for what somebody is; in front of the name, or behind it between commas."""

    words: str
    front: bool
    head: str
    """The noun that says what, folded: two pages may agree on it in other words."""

    @property
    def office(self) -> bool:
        """Whether it is a title, and so not how one page happens to see the person."""
        return self.head.rstrip(".") in entries("titles") - _KIN

    def beside(self, name: str, before: str, after: str) -> str:
        """The text ``before + name + after`` with the role at the name."""
        if self.front:
            words = self.words if before.strip() else self.words[0].upper() + self.words[1:]
            return f"{before}{words} {name}{after}"
        close = "" if after[:1] in {",", ".", ";", ":", "?", "!"} else ","
        return f"{before}{name}, {self.words}{close}{after}"


def roles(parsed: Parsed, start: int, end: int) -> Iterator[Role]:
    """What a text calls the person whose name stands at ``start`` to ``end``."""
    front = _front(parsed, start, end)
    if front:
        yield Role(front, True, front.split()[-1].lower())
    behind = _behind(parsed, start, end)
    if behind is not None:
        yield behind


def fits(role: Role, parsed: Parsed, start: int, end: int) -> bool:
    """Whether a text lacks what the person is and has a place for it: it does not say so beside the name or by its verb."""
    words = parsed.parse.words
    own = {n for n, word in enumerate(words) if start <= word.start < end}
    is_one = any(words[n].relation == "nsubj" and words[words[n].head].pos == "NOUN" for n in own if words[n].head >= 0)
    beside = any(word.relation == "appos" and (word.head in own or n in own) for n, word in enumerate(words))
    owned = parsed.text[:start].endswith(("'s ", "’s ")) if role.front else parsed.text[end:][:1] in ("'", "’", ",")
    told = any(parsed.word(n).startswith(role.head) for n in range(len(words)))
    before = words[min(own, default=0) - 1]
    described = before.end <= start and before.pos in ("NOUN", "PROPN", "ADJ")
    return not (is_one or beside or owned or told or described)


def _front(parsed: Parsed, start: int, end: int) -> str:
    """The nouns right in front of a name, with what belongs to them: "Danish Finance Minister"."""
    words = parsed.parse.words
    name = [n for n, word in enumerate(words) if start <= word.start < end]
    own = _nouns_before(parsed, min(name, default=0))
    if not own:
        return ""
    last = own[-1]
    text = parsed.text[words[own[0]].start : words[last].end]
    owned = own[0] > 0 and (_possessed(parsed, own[0] - 1) or parsed.word(own[0] - 1) in _PERSONAL)
    relative = text[0].islower() and owned  # "her deputy" is one to her alone
    says_what = words[last].pos == "NOUN" or parsed.word(last).rstrip(".") in entries("titles")
    of_the_name = any(words[last].head == n or words[n].head == last for n in name)
    beside = not parsed.text[words[last].end : start].strip(" ,")
    stands = says_what and of_the_name and beside and not relative and parsed.word(last) not in _COURTESY
    return text if stands and _sayable(text) else ""


def _nouns_before(parsed: Parsed, first: int) -> range:
    """The words in front of a name's first word that make one noun with what describes it, a comma before the name aside."""
    words = parsed.parse.words
    last = first - 1
    last -= last > 0 and parsed.word(last) == ","  # "the director, Liesbeth Wauters"
    n = last
    while (
        n >= 0
        and words[n].pos in ("NOUN", "PROPN", "ADJ")
        and words[n].relation != "conj"
        and not _possessed(parsed, n)
    ):
        n -= 1
    own = range(n + 1, last + 1)
    if own and parsed.text[words[last].start].isupper():  # "the intelligence officer Colonel Stanko" has two
        own = range(next(k for k in own if parsed.text[words[k].start].isupper()), last + 1)
    return own


def _possessed(parsed: Parsed, n: int) -> bool:
    """Whether a word is the owner of what follows: "Norway's"."""
    return parsed.text[parsed.parse.words[n].end :][:2] in ("'s", "’s") or parsed.word(n) in ("'s", "’s")


def _behind(parsed: Parsed, start: int, end: int) -> Role | None:
    """The noun set beside a name, between commas: ", the general manager of the shire,"."""
    words = parsed.parse.words
    own = {n for n, word in enumerate(words) if start <= word.start < end}
    for n, word in enumerate(words):
        if word.relation != "appos" or word.head not in own or word.start < end or word.pos != "NOUN":
            continue
        inside = sorted(parsed.subtree(n))
        inside = [m for m in inside if words[m].relation != "punct"]
        if inside != list(range(inside[0], inside[-1] + 1)):
            continue
        text = parsed.text[words[inside[0]].start : words[inside[-1]].end]
        framed = parsed.text[end : words[inside[0]].start] == ", " and parsed.text[words[inside[-1]].end :][:1] in (
            ",",
            ".",
            ";",
        )
        plain = all(words[m].relation in _INSIDE for m in inside if m != n)
        if framed and plain and _sayable(text):
            return Role(text, False, parsed.word(n))
    return None


def _sayable(text: str) -> bool:
    """Whether a role can be told in another sentence: short, neutral, and without a word that points elsewhere."""
    folded = text.lower().split()
    return 0 < len(folded) <= _LONGEST and not _PERSONAL & set(folded) and not loaded_words(text)
