"""Grammar: whether a sentence is whole, and its nouns do in it what they do in its evidence, by the parser.

A compression that stops too early leaves a subject without its verb ("after race officials in Brennick"), and a small
model turns roles round ("Lavrov cancelled" for "cancelled the meeting with Lavrov"). Both show in the dependencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarize.language.quotations import quotations
from summarize.language.words import content_words, stem
from summarize.models.base import SentenceParser
from summarize.models.parsed import NOUNS, SUBJECTS, Parsed
from summarize.types import Span
from summarize.writing.context import references
from summarize.writing.cuts import cuts, unsupported, verbless
from summarize.writing.evidence import Evidence, verbatim

_ACTS = SUBJECTS - {"nsubj:pass"}
_UNDERGOES = frozenset(["obj", "iobj", "nsubj:pass"])
_LOOSE = frozenset(["obl", "nmod"])
_HEADLESS = frozenset(["appos", "compound", "flat", "nmod:poss", "fixed", "dep", "parataxis", "vocative"])
"""Relations of a noun that say nothing of who did what."""
_LED_BY = frozenset(["ADP", "VERB", "AUX", "SCONJ", "CCONJ"])
"""What a stretch starts with that needs a main clause behind it."""
_SUBORDINATORS = frozenset("where whose which".split())
_PARTICIPLE = re.compile(r"\w*[aeiouy]\w*ing")  # not "bring"
_MANY = frozenset("all both many several these those few two three four five six seven eight nine ten".split())
_SINGULAR = frozenset("is was has".split())
_POINTING = frozenset("him them it".split())


class Grammar:
    """The checks against one cluster's parsed sentences; each text is parsed once."""

    def __init__(self, parser: SentenceParser, sentences: Mapping[Span, Parsed]) -> None:
        self._parser = parser
        self._sentences = sentences
        self._roles = {span: _roles(parsed) for span, parsed in sentences.items()}
        self._known: dict[str, Parsed] = {}

    def prepare(self, texts: Sequence[str]) -> None:
        """Parse texts in one batch, ahead of ``faults``."""
        new = sorted(set(texts) - self._known.keys())
        self._known.update((t, Parsed(t, p)) for t, p in zip(new, self._parser.parse(new), strict=True))

    def faults(self, text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """Why the sentence may not stand, empty where it may."""
        parsed = self.parsed(text)
        known = [self._roles[item.whole] for item in evidence if item.whole in self._roles]
        own = any(text.rstrip(".") == item.sentence.rstrip(".") for item in evidence)
        broken = () if own else tuple(_broken(parsed))
        turned = _turned(_roles(parsed), known, cut=not verbatim(text, evidence))
        found = (*_whole(parsed), *broken, *_points_outside(parsed), *turned)
        return found or self._cuts(parsed, evidence)

    def parsed(self, text: str) -> Parsed:
        """A text with its dependencies."""
        self.prepare([text])
        return self._known[text]

    def references(self, text: str) -> tuple[str, ...]:
        """What the sentence takes for known (see ``context``)."""
        return references(self.parsed(text))

    def _cuts(self, parsed: Parsed, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """What is missing beside the sentence of the evidence that it follows longest, and whose deeds are whose."""
        spans = dict.fromkeys(item.whole for item in evidence if item.whole in self._sentences)
        sources = [self._sentences[span] for span in spans]
        if not sources:
            return ()
        if any(parsed.text.rstrip(".") == source.text.rstrip(".") for source in sources):
            return ("it has no verb",) if verbless(parsed) else ()
        nearest = max(sources, key=lambda source: _run(parsed.text, source.text))
        return (*cuts(parsed, nearest), *unsupported(parsed, sources))


def _run(text: str, source: str) -> tuple[int, int]:
    """The longest stretch of words that two texts have in common, and how many content words."""
    a, b = text.lower().rstrip(".").split(), source.lower().split()
    longest = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return longest, len(content_words(text) & content_words(source))


@dataclass(frozen=True, slots=True)
class _Role:
    """What a noun does for the word that it depends on: acts, undergoes, stands loosely beside it, or else."""

    kind: str
    head: str


def _whole(parsed: Parsed) -> tuple[str, ...]:
    """A main clause with a subject, where the text does not start with a noun, and a subject behind each "that"."""
    words = parsed.parse.words
    if not words or parsed.text[0] in "“\"‘'":
        return ()
    relations: dict[int, set[str]] = {}
    for word in words:
        relations.setdefault(word.head, set()).add(word.relation)
    found = []
    root = parsed.root or 0
    if words[0].pos in _LED_BY and not relations.get(root, set()) & SUBJECTS:
        found.append("its main clause has no subject")
    if any(
        word.relation == "mark" and parsed.word(n) == "that" and not relations[word.head] & SUBJECTS
        for n, word in enumerate(words)
    ):
        found.append("a clause after 'that' has no subject")
    auxiliary = any(word.head == root and word.relation in ("aux", "aux:pass", "cop") for word in words)
    if words[root].pos == "VERB" and _PARTICIPLE.fullmatch(parsed.word(root)) and not auxiliary:
        found.append("its verb is a participle")
    if words[0].head == root and parsed.word(0) in _SUBORDINATORS and not parsed.text.endswith("?"):
        found.append("it is a subordinate clause alone")
    return tuple(found)


def _broken(parsed: Parsed) -> Iterator[str]:
    """What a compression leaves where it cut out too much in the middle."""
    words = parsed.parse.words
    for n, word in enumerate(words):
        following = parsed.word(n + 1) if n + 1 < len(words) else ""
        if word.pos == "DET" and word.relation in SUBJECTS and parsed.word(n) == "no":
            yield "'no' stands alone"
        if word.relation == "cc" and following == "," and "," not in parsed.text[words[n + 1].end :]:
            yield f"it breaks off after {parsed.word(n)!r}"
        if word.relation == "cc" and n and word.head >= 0 and words[word.head].relation == "root":
            yield f"{parsed.word(n)!r} joins nothing"
        if word.relation in SUBJECTS and _several(parsed, n) and _takes_one(parsed, n):
            yield f"{parsed.word(n)!r} and its verb do not agree"


def _several(parsed: Parsed, n: int) -> bool:
    """Whether a noun is said to be more than one by a word beside it."""
    counts = {parsed.word(m) for m, word in parsed.below(n) if word.relation in ("nummod", "det")}
    return parsed.parse.words[n].pos == "NOUN" and parsed.word(n).endswith("s") and bool(counts & _MANY)


def _takes_one(parsed: Parsed, n: int) -> bool:
    """Whether the verb of a subject is in the singular."""
    return any(
        word.relation in ("cop", "aux", "aux:pass") and parsed.word(m) in _SINGULAR
        for m, word in parsed.below(parsed.parse.words[n].head)
        if m > n
    )


def _points_outside(parsed: Parsed) -> tuple[str, ...]:
    """An object pronoun whose clause is the first: what it stands for can only be in another sentence."""
    words = parsed.parse.words
    for n, word in enumerate(words):
        pointing = parsed.word(n) in _POINTING and word.relation in ("obj", "iobj", "obl") and word.head >= 0
        if not pointing or any(start < word.start < end for start, end in quotations(parsed.text)):
            continue
        subject = [m for m, w in enumerate(words[:n]) if w.head == word.head and w.relation in _ACTS]
        earlier = [m for m, w in enumerate(words[:n]) if w.pos in NOUNS]
        if all(any(parsed.under(m, s) for s in subject) for m in earlier):
            return (f"{parsed.word(n)!r} stands for something outside of the sentence",)
    return ()


def _roles(parsed: Parsed) -> dict[str, list[_Role]]:
    """For the stem of each noun what it does, each time that it stands in the text."""
    words = parsed.parse.words
    found: dict[str, list[_Role]] = {}
    for n, word in enumerate(words):
        relation, head = word.relation, word.head
        while relation == "conj" and head >= 0:
            relation, head = words[head].relation, words[head].head
        if word.pos not in NOUNS or relation in _HEADLESS or head < 0:
            continue
        passive = any(w.head == head and w.relation == "aux:pass" for w in words)
        kind = "undergoes" if relation in _UNDERGOES or passive else "acts" if relation in _ACTS else ""
        role = _Role(kind or ("loose" if relation in _LOOSE else "other"), stem(parsed.word(head)))
        found.setdefault(stem(parsed.word(n)), []).append(role)
    return found


def _turned(
    own: Mapping[str, list[_Role]], known: Sequence[Mapping[str, list[_Role]]], *, cut: bool
) -> tuple[str, ...]:
    """Nouns that act on a verb which they undergo in every source, or the reverse; and those that lost their verb.

    A stretch that stands in a source as it is (not ``cut`` together) turns nothing round.
    """
    found = []
    for noun, roles in own.items():
        theirs = [role for each in known for role in each.get(noun, ())]
        for role in roles:
            there = {other.kind for other in theirs if other.head == role.head}
            if cut and {role.kind} | there == {"acts", "undergoes"} and role.kind not in there:
                found.append(f"{noun} {role.kind} with {role.head}, in no source")
            elif role.kind == "loose" and theirs and all(other.kind == "acts" for other in theirs) and not there:
                found.append(f"{noun} has lost its verb")
    return tuple(found)
