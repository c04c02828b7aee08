"""Cuts: what a sentence may leave out of the one that it was made from, by the dependencies of both.

A compression that cuts a verb's object, the clause that a noun needs or the "before" that turns a sentence round reads
well and says something else: "Oakes sided", "two passengers were feared drowned". One that joins what stood apart gives
a verb the wrong subject: "Bramwell Capital broke down" for "talks with Bramwell Capital broke down".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher

from summarize.language.dates import times
from summarize.language.lexicon import entries
from summarize.language.words import stem
from summarize.models.base import Word
from summarize.models.parsed import NOUNS, SUBJECTS, Parsed
from summarize.writing.torn import torn

_OBJECTS = frozenset(["obj", "iobj", "xcomp", "ccomp"])
_ACTORS = frozenset(["nsubj", "nsubj:pass", "obj", "obl"])
_HELPERS = frozenset(["cop", "aux", "aux:pass"])
_LEADING = frozenset(["advmod", "case", "mark"])
_VERBS = frozenset(["VERB", "AUX"])
_RELATIVE = frozenset(["who", "which", "that"])
_MEASURING = frozenset(["before", "after", "later", "earlier", "ago", "than", "from"])
"""What measures: "two hours before the breach", "500 miles from Bali"."""
_THE = frozenset(["the", "those", "that"])
_TURNING = frozenset(["before", "until", "till", "unless", "if", "whether", "without", "lest", "instead", "rather"])
"""What opens a clause without which its main clause says more than the page does."""
_CONDITIONS = frozenset(["if", "unless", "until", "till", "lest"])
"""The same in front of the main clause."""
_UNFINISHED = frozenset("accused blamed brought driven forced handed left moved put sent taken".split())
"""Passives that say little without what follows: "driven", but from their homes?"""
_BEHIND = frozenset(["with", "between", "of"])
"""Behind these a noun is no subject, even if the parser takes it for one: "talks with Bramwell broke down"."""
_OPENING = frozenset(["after", "before", "since", "until", "as"])
_TIMING = frozenset(["when", "as", "while", "where"])
_BESIDE = frozenset(["obl", "nmod"])
"""What stands by a verb and is not its subject: "set for Friday before a court"."""
_SAME = frozenset(["conj", "appos", "flat", "fixed"])
"""Relations along which a noun shares the place of its head."""
_WITHIN = _SAME | {"compound", "nmod:poss", "amod", "nummod"}
_CLAUSES = frozenset(["advcl", "ccomp", "acl"])
_SHARED = frozenset(["acl", "acl:relcl", "advcl", "conj", "xcomp", "ccomp", "parataxis", "dep"])
"""Relations of a verb that may take over the subject or object of its head."""


def cuts(own: Parsed, source: Parsed) -> tuple[str, ...]:
    """What is wrong with a sentence that was cut from another; empty where nothing is, or it is made of other words."""
    place = aligned(own, source)
    if 2 * len(place) < len(own.parse.words):
        return ()
    return (
        *_missing(own, source, place),
        *_left_over(own, source, place),
        *torn(own, source, place),
        *_led_elsewhere(own, source, place),
        *_no_clause(own),
        *_promoted(own, source, place),
        *_joined(own, source, place),
        *_misled(own, source, place),
    )


def verbless(own: Parsed) -> bool:
    """Whether a page's own sentence is a note: "Umbrellas up in the third, covers on." """
    root = _root(own)
    return root is not None and not _finite(own.parse.words, root)


def aligned(own: Parsed, source: Parsed) -> dict[int, int]:
    """For each of the sentence's words that it took from the other, in the same order, its place there."""
    blocks = SequenceMatcher(None, own.stems(), source.stems(), autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}


def unsupported(own: Parsed, sources: Sequence[Parsed]) -> tuple[str, ...]:
    """Subjects and objects of the sentence's predicates that do something else in every source that has both words."""
    known = [source.stems() for source in sources]
    found = []
    for n, word in enumerate(own.parse.words):
        if word.pos not in NOUNS or word.relation not in _ACTORS or times(own.text[word.start : word.end]):
            continue
        if own.parse.words[word.head].pos not in _VERBS and not any(
            w.relation == "cop" for _, w in own.below(word.head)
        ):
            continue
        noun, verb = stem(own.word(n)), stem(own.word(word.head))
        both = [(source, stems) for source, stems in zip(sources, known, strict=True) if {noun, verb} <= set(stems)]
        if both and all(_elsewhere(source, stems, verb, noun, word.relation) for source, stems in both):
            found.append(f"{noun} is nowhere {word.relation} of {verb}")
    return tuple(found)


def _elsewhere(source: Parsed, stems: Sequence[str], verb: str, noun: str, relation: str) -> bool:
    """Whether the noun is no part of the verb's clause, and another is the verb's subject, or it is another verb's."""
    words = source.parse.words
    if _linked(words, stems, verb, noun, relation):
        return False
    if relation in SUBJECTS:
        heads = [n for n, s in enumerate(stems) if s == verb]
        return any(word.head in heads and word.relation in SUBJECTS and word.pos in NOUNS for word in words)
    return any(word.relation in {*SUBJECTS, *_OBJECTS} for word, s in zip(words, stems, strict=True) if s == noun)


def _linked(words: Sequence[Word], stems: Sequence[str], verb: str, noun: str, relation: str) -> bool:
    """Whether a noun stands by a verb, or by what the verb shares its subject or object with."""
    acts = relation in SUBJECTS
    along = _SAME if acts else _SAME | {"nmod"}
    beside = _BESIDE if acts else frozenset[str]()
    for head in (n for n, s in enumerate(stems) if s == verb):
        own = acts and any(word.head == head and word.relation in SUBJECTS for word in words)
        tops = [head] if own else _up(words, head, _SHARED)
        for each in (n for n, s in enumerate(stems) if s == noun):
            if any(
                (words[n].head in tops and words[n].relation not in beside) or n in tops
                for n in _up(words, each, along)
            ):
                return True
    return False


def _up(words: Sequence[Word], n: int, relations: frozenset[str]) -> list[int]:
    """A word and its heads, as long as the relation is one of these."""
    found = [n]
    while words[n].relation in relations and words[n].head >= 0 and words[n].head not in found:
        n = words[n].head
        found.append(n)
    return found


def _missing(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """What words were cut from that cannot do without it."""
    words, kept = source.parse.words, {at: n for n, at in place.items()}
    for n, word in enumerate(words):
        if n in kept or word.head not in kept or word.pos == "PUNCT":
            continue
        here = kept[word.head]
        right = {w.relation for m, w in enumerate(own.parse.words) if w.head == here and m > here and w.pos != "PUNCT"}
        if _needs(source, n, right):
            yield f"{source.word(word.head)!r} without {source.word(n)!r}"


def _needs(source: Parsed, n: int, right: AbstractSet[str]) -> bool:
    """Whether a word's head cannot do without it; ``right`` are the relations that the head still has on its right."""
    words = source.parse.words
    word, head = words[n], words[words[n].head]
    phrase = [m for m in range(word.head + 1, len(words)) if source.under(m, n)] or [n]
    behind = phrase[0] == word.head + 1 and words[phrase[0]].pos != "PUNCT"
    if word.relation in ("compound:prt", "fixed"):
        return n > word.head
    if word.relation == "flat":
        return n == word.head + 1 and word.pos == "PROPN"
    if word.relation in _OBJECTS:
        return n > word.head and not right & {*_OBJECTS, "obl", "nsubj"}
    if word.relation == "obl":
        passive = any(w.head == word.head and w.relation == "aux:pass" for w in words)
        timed = bool(times(source.text[words[phrase[0]].start : words[phrase[-1]].end]))
        whole = passive and source.word(word.head) not in _UNFINISHED
        return behind and head.pos == "VERB" and not right and not whole and not timed
    if word.relation == "advcl":
        opened = {source.word(m) for m in phrase if words[m].head == n}
        if n < word.head:
            return any(source.word(m) in _CONDITIONS and w.relation == "mark" for m, w in source.below(n))
        background = any(w.head == word.head and source.word(m) in ("was", "were") for m, w in enumerate(words))
        return bool(opened & _TURNING) or (background and "when" in opened) or _taken_for_noun(source, n)
    if word.relation == "acl:relcl":
        return behind and any(w.head == word.head and source.word(m) in _THE for m, w in enumerate(words[: word.head]))
    return word.relation == "nmod" and behind and source.word(phrase[0]) == "of" and head.pos == "NOUN"


def _taken_for_noun(source: Parsed, n: int) -> bool:
    """Whether the clause of a verb was read as a noun and a stray verb: "after officials in Brennick | erased his name"."""
    words = source.parse.words
    below = source.below(n)
    if source.word(n).endswith("ing") or any(w.relation == "mark" or w.relation in SUBJECTS for _, w in below):
        return False
    beside = [m for m, word in enumerate(words[:n]) if word.head == words[n].head and word.relation == "obl"]
    return any(word.head in beside and source.word(m) in _OPENING for m, word in enumerate(words))


def _left_over(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A word that led on to something that was cut, or that something cut led to: "shortly", "two hours" before what?"""
    words, mine = source.parse.words, own.parse.words
    kept = set(place.values())
    last = max((n for n, word in enumerate(mine) if word.pos != "PUNCT"), default=-1)
    for n, at in place.items():
        lost = words[at].head >= 0 and words[at].head not in kept
        no_verb = words[at].pos == "SCONJ" and not any(word.pos in _VERBS for word in mine[n:])
        no_clause = lost and words[at].relation == "mark" and mine[n].relation == "case"
        leads = words[at].relation in _LEADING and (no_verb or no_clause or (lost and n == last))
        counts = words[at].pos == "NUM" or any(word.head == at and word.relation == "nummod" for word in words)
        cut = at + 1 < len(words) and at + 1 not in kept
        measured = cut and source.word(at + 1) in _MEASURING
        speaks = cut and words[at + 1].pos == "VERB" and source.word(at + 1) in entries("report_verbs")
        if leads or (n == last and (speaks or (counts and measured))):
            yield f"{source.word(at)!r} is left over"
        if _bare(own, source, place, n):
            yield f"{source.word(at)!r} has lost its preposition"


def _bare(own: Parsed, source: Parsed, place: dict[int, int], n: int) -> bool:
    """Whether a noun stands by a verb of the source without the preposition that it has there."""
    words, mine, at = source.parse.words, own.parse.words, place[n]
    led = [m for m, word in enumerate(words[:at]) if word.head == at and word.relation == "case"]
    verb = place.get(mine[n].head)
    if words[at].pos not in NOUNS or verb is None or not led or any(m in place.values() for m in led):
        return False
    clause = words[verb].relation.startswith("acl") and words[verb].head in _up(words, at, _SAME)
    return not clause and not any(word.head == n and word.relation == "case" for word in mine)


def _misled(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A subject that the source does not give to the verb, or leaves open: behind "with", or far from its ", which"."""
    root = _root(own)
    if root is None:
        return
    words = source.parse.words
    for n, word in own.below(root):
        if word.relation not in SUBJECTS or n not in place:
            continue
        first = place[n]
        while first and (words[first - 1].pos in (*NOUNS, "ADJ", "NUM", "DET")):
            first -= 1
        if first and source.word(first - 1) in _BEHIND:
            yield f"{own.word(n)!r} stands behind {source.word(first - 1)!r}"
        joined = words[place[n]]
        beside = joined.relation == "conj" and words[joined.head].relation in SUBJECTS
        if beside and joined.head not in place.values():
            yield f"{own.word(n)!r} is one of several"
    at = place.get(root)
    for m, word in source.below(at) if at is not None and words[at].relation == "acl:relcl" else ():
        apart = m > 1 and source.word(m - 1) == "," and not source.under(m - 2, words[words[m].head].head)
        if word.relation in SUBJECTS and source.word(m) == "which" and apart:
            yield f"what {own.word(root)!r} is open"


def _led_elsewhere(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A preposition that leads to another noun than in the source: "by the bells" for "by the time the bells struck"."""
    words, kept = source.parse.words, set(place.values())
    for n, at in place.items():
        noun = own.parse.words[n].head
        leads = words[at].relation == "case" == own.parse.words[n].relation and at < words[at].head not in kept
        if not leads or noun not in place or own.parse.words[noun].pos not in NOUNS:
            continue
        timed = times(own.text[own.parse.words[noun].start : own.parse.words[noun].end])
        if not timed and words[at].head not in _up(words, place[noun], _WITHIN):
            yield f"{source.word(at)!r} leads to {own.word(noun)!r}"


def _no_clause(own: Parsed) -> Iterator[str]:
    """No finite verb with a subject, or none in what somebody is said to have said."""
    words, root = own.parse.words, _root(own)
    if root is None:
        return
    below = own.below(root)
    if any(word.relation == "mark" and n < root for n, word in below):
        yield "it has a subordinate clause alone"
    if not _finite(words, root):
        yield "it has no main verb"
    elif not any(word.relation in SUBJECTS for _, word in below):
        yield "its verb has no subject"
    elif {word.relation for _, word in below if word.relation in ("nsubj:pass", "aux:pass", "aux", "cop")} == {
        "nsubj:pass"
    }:
        yield "its verb is a participle"
    if any(word.relation == "ccomp" and not _finite(words, n) for n, word in below):
        yield "what is said has no verb"
    if any(_parted(own, head) for head in (root, *(n for n, word in below if word.relation == "ccomp"))):
        yield "a comma parts its subject from its verb"


def _parted(own: Parsed, head: int) -> bool:
    """Whether a comma right in front of a predicate is all that stands apart between it and its subject."""
    below = own.below(head)
    verbs = [head, *(n for n, word in below if word.relation in _HELPERS)]
    for n, word in below:
        first = min((verb for verb in verbs if verb > n), default=n)
        marks = [m for m in range(n + 1, first) if own.word(m) in (",", "(", "–", "—")]
        if word.relation in SUBJECTS and marks and marks == [first - 1]:
            return True
    return False


def _promoted(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A main verb that is none in the source: a participle, a condition, a clause that says which or when."""
    root = _root(own)
    at = None if root is None else place.get(root)
    if root is None or at is None:
        return
    below = own.below(root)
    theirs = source.below(at)
    acts = [m for m, word in theirs if word.relation in SUBJECTS]
    helped = any(word.relation in _HELPERS for _, word in below)
    relation = source.parse.words[at].relation
    if relation in ("acl", "advcl", "amod") and not (helped or acts) and own.word(root).endswith(("ed", "en", "ing")):
        yield "its verb is a participle"
    if relation == "acl" and acts:
        yield "it is told to say which"
    if relation == "acl:relcl" and any(source.word(m) not in _RELATIVE for m in acts) and not helped:
        objects = _OBJECTS | {"obl", "nsubj:pass"}
        if not any(w.relation in _OBJECTS for _, w in theirs) and not any(w.relation in objects for _, w in below):
            yield "its verb has lost its object"
    opened = {source.word(m) for m, word in theirs if word.relation in ("mark", "advmod")}
    if relation == "advcl" and opened & (_TURNING | _TIMING):
        yield "it is told as a condition or a circumstance"
    had = any(own.word(n) == "had" and word.relation == "aux" for n, word in below)
    if had and relation in ("acl", "acl:relcl", "advcl", "ccomp"):
        yield "it is told from a later moment"


def _joined(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A second verb behind a clause of somebody else's that was cut: "A met B after C recognised D and ordered E"."""
    root = _root(own)
    at = None if root is None else place.get(root)
    words, kept = source.parse.words, set(place.values())
    if at is None or words[at].relation != "conj" or any(word.relation in SUBJECTS for _, word in source.below(at)):
        return
    head = words[at].head
    for m in range(head + 1, at):
        theirs = words[m].relation in SUBJECTS and source.word(m) not in _RELATIVE and words[m].head not in (head, at)
        if theirs and m not in kept and words[words[m].head].relation in _CLAUSES:
            yield f"{source.word(at)!r} may be what {source.word(m)!r} did"


def _root(own: Parsed) -> int | None:
    """The word that depends on none; ``None`` where the sentence opens with a quotation, which may end it, too."""
    if own.text[:1] in "“\"‘'":
        return None
    return own.root


def _finite(words: Sequence[Word], n: int) -> bool:
    return words[n].pos in _VERBS or any(word.head == n and word.relation in _HELPERS for word in words)
