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
from summarize.language.words import stem
from summarize.models.base import Word
from summarize.writing.parsed import Parsed

_SUBJECTS = frozenset(["nsubj", "nsubj:pass", "csubj", "expl"])
_OBJECTS = frozenset(["obj", "iobj", "xcomp", "ccomp"])
_ACTORS = frozenset(["nsubj", "nsubj:pass", "obj", "obl"])
_HELPERS = frozenset(["cop", "aux", "aux:pass"])
_LEADING = frozenset(["advmod", "case", "mark"])
_VERBS = frozenset(["VERB", "AUX"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_RELATIVE = frozenset(["who", "which", "that"])
_MEASURING = frozenset(["before", "after", "later", "earlier", "ago", "than", "from"])
"""What measures: "two hours before the breach", "500 miles from Bali"."""
_THE = frozenset(["the", "those", "that"])
_TURNING = frozenset(["before", "until", "till", "unless", "if", "whether", "without", "lest", "instead", "rather"])
"""What opens a clause without which its main clause says more than the page does."""
_TIMING = frozenset(["when", "as", "while", "where"])
_SAME = frozenset(["conj", "appos", "flat", "fixed"])
"""Relations along which a noun shares the place of its head."""
_WITHIN = _SAME | {"compound", "nmod:poss", "amod", "nummod"}
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_OF_VALUES = frozenset("a.m. p.m. am pm million billion trillion thousand hundred bn m".split())
_SHARED = frozenset(["acl", "acl:relcl", "advcl", "conj", "xcomp", "ccomp", "parataxis", "dep"])
"""Relations of a verb that may take over the subject or object of its head."""


def cuts(own: Parsed, source: Parsed) -> tuple[str, ...]:
    """What is wrong with a sentence that was cut from another; empty where nothing is, or it is made of other words."""
    place = aligned(own, source)
    if 2 * len(place) < len(own.parse.words):
        return ()
    found = (*_missing(own, source, place), *_left_over(own, source, place), *_no_clause(own, source, place))
    return (*found, *_split(own, source, place))


def verbless(own: Parsed) -> bool:
    """Whether a page's own sentence is a note: "Umbrellas up in the third, covers on." """
    words = own.parse.words
    root = next((n for n, word in enumerate(words) if word.head < 0), None)
    return root is not None and not _finite(words, root) and own.text[0] not in "“\"‘'"


def aligned(own: Parsed, source: Parsed) -> dict[int, int]:
    """For each of the sentence's words that it took from the other, in the same order, its place there."""
    blocks = SequenceMatcher(None, _stems(own), _stems(source), autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}


def unsupported(own: Parsed, sources: Sequence[Parsed]) -> tuple[str, ...]:
    """Subjects and objects of the sentence's verbs that do something else in every source that has both words."""
    known = [_stems(source) for source in sources]
    found = []
    for n, word in enumerate(own.parse.words):
        if word.pos not in _NOUNS or word.relation not in _ACTORS or times(own.text[word.start : word.end]):
            continue
        if own.parse.words[word.head].pos not in _VERBS:
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
    if relation in _SUBJECTS:
        heads = [n for n, s in enumerate(stems) if s == verb]
        return any(word.head in heads and word.relation in _SUBJECTS and word.pos in _NOUNS for word in words)
    return any(word.relation in {*_SUBJECTS, *_OBJECTS} for word, s in zip(words, stems, strict=True) if s == noun)


def _linked(words: Sequence[Word], stems: Sequence[str], verb: str, noun: str, relation: str) -> bool:
    """Whether a noun stands by a verb, or by what the verb shares its subject or object with."""
    along = _SAME if relation in _SUBJECTS else _SAME | {"nmod"}
    for head in (n for n, s in enumerate(stems) if s == verb):
        tops = _up(words, head, _SHARED)
        for each in (n for n, s in enumerate(stems) if s == noun):
            if any(words[n].head in tops or n in tops for n in _up(words, each, along)):
                return True
    return False


def _up(words: Sequence[Word], n: int, relations: frozenset[str]) -> list[int]:
    """A word and its heads, as long as the relation is one of these."""
    found = [n]
    while words[n].relation in relations and words[n].head >= 0 and words[n].head not in found:
        n = words[n].head
        found.append(n)
    return found


def _stems(parsed: Parsed) -> list[str]:
    return [stem(parsed.word(n)) for n in range(len(parsed.parse.words))]


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
    phrase = [m for m in range(word.head + 1, len(words)) if _under(words, m, n)] or [n]
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
        return behind and head.pos == "VERB" and not right and not passive and not timed
    if word.relation == "advcl":
        opened = {source.word(m) for m in phrase if words[m].head == n}
        background = any(w.head == word.head and source.word(m) in ("was", "were") for m, w in enumerate(words))
        return bool(opened & _TURNING) or (background and "when" in opened) or _taken_for_noun(source, n)
    if word.relation == "acl:relcl":
        return behind and any(w.head == word.head and source.word(m) in _THE for m, w in enumerate(words[: word.head]))
    return word.relation == "nmod" and behind and source.word(phrase[0]) == "of" and head.pos == "NOUN"


def _taken_for_noun(source: Parsed, n: int) -> bool:
    """Whether the clause of a verb was read as a noun and a stray verb: "after officials in Brennick | erased his name"."""
    words = source.parse.words
    below = [(m, word) for m, word in enumerate(words) if word.head == n]
    if source.word(n).endswith("ing") or any(w.relation == "mark" or w.relation in _SUBJECTS for _, w in below):
        return False
    beside = [m for m, word in enumerate(words[:n]) if word.head == words[n].head and word.relation == "obl"]
    return any(
        word.head in beside and source.word(m) in ("after", "before", "since", "until", "as")
        for m, word in enumerate(words)
    )


def _under(words: Sequence[Word], n: int, top: int) -> bool:
    for _ in words:
        if n == top or n < 0:
            break
        n = words[n].head
    return n == top


def _left_over(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A word that led on to something that was cut, or that something cut led to: "shortly", "two hours" before what?"""
    words, mine = source.parse.words, own.parse.words
    last = max((n for n, word in enumerate(mine) if word.pos != "PUNCT"), default=-1)
    for n, at in place.items():
        lost = words[at].head >= 0 and words[at].head not in place.values()
        verbless = words[at].pos == "SCONJ" and not any(w.pos in _VERBS for w in mine[n:])
        verbless = verbless or (lost and words[at].relation == "mark" and mine[n].relation == "case")
        if (lost and n == last and words[at].relation in _LEADING) or (verbless and words[at].relation in _LEADING):
            yield f"{source.word(at)!r} is left over"
        measured = words[at].pos == "NUM" or any(w.head == at and w.relation == "nummod" for w in words)
        after = source.word(at + 1) if at + 1 < len(words) and at + 1 not in place.values() else ""
        if n == last and measured and after in _MEASURING:
            yield f"{source.word(at)!r} is left over"
        if _bare(own, source, place, n):
            yield f"{source.word(at)!r} has lost its preposition"


def _bare(own: Parsed, source: Parsed, place: dict[int, int], n: int) -> bool:
    """Whether a noun stands by a verb of the source without the preposition that it has there."""
    words, mine, at = source.parse.words, own.parse.words, place[n]
    led = [m for m, word in enumerate(words[:at]) if word.head == at and word.relation == "case"]
    verb = place.get(mine[n].head)
    if words[at].pos not in _NOUNS or verb is None or not led or any(m in place.values() for m in led):
        return False
    clause = words[verb].relation.startswith("acl") and words[verb].head in _up(words, at, _SAME)
    return not clause and not any(word.head == n and word.relation == "case" for word in mine)


def _split(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """A value of which a part was cut, "4-6, 6-7" for "4-6, 6-3, 6-7", and a preposition that leads to another noun."""
    words, kept = source.parse.words, {at: n for n, at in place.items()}
    for n, at in place.items():
        for step in (1, -1):  # "side by side"
            by, again = at + step, at + 2 * step
            cut = 0 <= again < len(words) and not {by, again} & kept.keys()
            if cut and source.word(again) == source.word(at) and words[by].pos == "ADP":
                yield f"{source.word(at)!r} without {source.word(by)!r}"
        follows = next((m for m in range(at + 1, len(words)) if words[m].pos != "PUNCT"), None)
        if follows is None or follows in kept:
            continue
        goes_on = next((w.pos for w in own.parse.words[n + 1 :] if w.pos != "PUNCT"), "")
        value = words[at].pos == "NUM" and (
            source.word(follows) in _OF_VALUES if follows == at + 1 else goes_on == "NUM"
        )
        dated = follows == at + 1 and source.word(at)[:3] in _MONTHS and words[at].pos == "PROPN"
        if (value and (words[follows].pos == "NUM" or follows == at + 1)) or (dated and words[follows].pos == "NUM"):
            yield f"{source.word(at)!r} without {source.word(follows)!r}"
        mine = own.parse.words[n].head
        leads = words[at].relation == "case" == own.parse.words[n].relation and words[at].head > at
        if leads and words[at].head not in kept and mine in place and own.parse.words[mine].pos in _NOUNS:
            timed = times(own.text[own.parse.words[mine].start : own.parse.words[mine].end])
            if not timed and words[at].head not in _up(words, place[mine], _WITHIN):
                yield f"{source.word(at)!r} leads to {own.word(mine)!r}"


def _no_clause(own: Parsed, source: Parsed, place: dict[int, int]) -> Iterator[str]:
    """No finite verb, or none but one that was a participle beside a noun, or under a condition."""
    words = own.parse.words
    root = next((n for n, word in enumerate(words) if word.head < 0), None)
    if root is None or own.text[0] in "“\"‘'":
        return
    if any(w.head == root and w.relation == "mark" and m < root for m, w in enumerate(words)):
        yield "it has a subordinate clause alone"
    if not _finite(words, root):
        yield "it has no main verb"
    elif not any(w.head == root and w.relation in _SUBJECTS for w in words):
        yield "its verb has no subject"
    one_comma = own.text[: words[root].start].count(",") == 1
    for n, word in enumerate(words[:-2]):
        subject = word.head == root and word.relation in _SUBJECTS
        verb = n + 2 == root or (words[n + 2].head == root and words[n + 2].relation in _HELPERS)
        if one_comma and subject and own.word(n + 1) == "," and verb:
            yield "a comma parts its subject from its verb"
    if any(w.relation == "ccomp" and w.head == root and not _finite(words, n) for n, w in enumerate(words)):
        yield "what is said has no verb"
    at = place.get(root)
    if at is None:
        return
    helped = any(w.head == root and w.relation in _HELPERS for w in words)
    theirs = [(m, w) for m, w in enumerate(source.parse.words) if w.head == at]
    acts = [m for m, w in theirs if w.relation in _SUBJECTS]
    relation = source.parse.words[at].relation
    if relation in ("acl", "advcl", "amod") and not (helped or acts) and own.word(root).endswith(("ed", "en", "ing")):
        yield "its verb is a participle"
    if relation == "acl:relcl" and any(source.word(m) not in _RELATIVE for m in acts):
        objects = _OBJECTS | {"obl", "nsubj:pass"}
        had = any(w.relation in _OBJECTS for _, w in theirs)
        if not had and not any(w.head == root and w.relation in objects for w in words) and not helped:
            yield "its verb has lost its object"
    if relation == "acl" and acts:
        yield "it is told to say which"
    opened = {source.word(m) for m, w in theirs if w.relation in ("mark", "advmod")}
    if relation == "advcl" and opened & (_TURNING | _TIMING):
        yield "it is told as a condition or a circumstance"
    told_back = any(w.head == root and own.word(m) == "had" and w.relation == "aux" for m, w in enumerate(words))
    if told_back and relation in ("acl", "acl:relcl", "advcl", "ccomp"):
        yield "it is told from a later moment"


def _finite(words: Sequence[Word], n: int) -> bool:
    return words[n].pos in _VERBS or any(word.head == n and word.relation in _HELPERS for word in words)
