"""Relations: whether the words of a sentence stand to each other as they do in one claim of its evidence.

A small model's main fault is mixing: an age given to the wrong person, the subject of one sentence with the predicate
of another. Words alone do not show it. Neighbouring content words of the sentence therefore have to be near each
other in one evidence text, a number has to keep the word it counts, and two names around a verb have to keep order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from summarize.language.lexicon import entries
from summarize.language.names import Name, names
from summarize.language.polarity import negated
from summarize.language.verbs import is_verb
from summarize.language.words import Token, number_words, stem, stopwords, tokenize
from summarize.settings import Settings

_PASSIVE = re.compile(r"\bby\b", re.IGNORECASE)
_SHORT = 3  # letters of a title's abbreviation
_BEFORE = 6  # words in front of a stretch in which an operator governs it
_AFTER = 3  # words behind it in which a condition follows
_CONDITIONS = frozenset({"if", "unless", "provided", "only"})
_GAP = 5  # words between two content words that a compression may leave out
_FAR = 14  # words between two content words of one clause, at most
_LINKS = frozenset("of for in on at to with from by about as into over against between out off up down".split())
_JOINS = frozenset("and or but while ;".split())
_COMPLEMENTS = frozenset("of to than as".split())
_BE = frozenset("is are was were be been being am".split())
_FUNCTION = frozenset(stem(word) for word in stopwords())
_BREAK = frozenset(".;!?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A text's content words in order: stems (numbers as digits), and how many clause ends come before each."""

    stems: tuple[str, ...]
    clause: tuple[int, ...]


def mixed(candidate: str, evidence: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """The relations of the candidate that no single evidence text bears out, as reasons; empty where all hold."""
    texts = [_line(text) for text in evidence]
    own = _line(candidate)
    pairs = list(pairwise(own.stems))
    loose = [pair for pair in pairs if not any(_near(pair, text, settings.relation_window) for text in texts)]
    reasons = [f"{a} {b}" for a, b in loose if a.isdigit() or b.isdigit()]
    if pairs and len(loose) / len(pairs) > settings.relation_loose:
        reasons.append("words of different claims: " + ", ".join(f"{a} {b}" for a, b in loose))
    counted = [pair for pair in _counts(own) if not any(_counted(pair, text, settings) for text in texts)]
    reasons += [f"{a} with {b}" for a, b in counted]
    return (
        *reasons,
        *_more_often(own, texts),
        *_run_together(candidate, evidence),
        *_broken_off(candidate, evidence),
        *_swapped(candidate, evidence),
    )


@lru_cache(maxsize=4096)
def cores(text: str) -> frozenset[tuple[str, str, str]]:
    """Who did what to what: for each finite verb the content words before and after it, with the verb between."""
    found = [(token.text, _stemmed(token.text)) for token in tokenize(text) if _is_content(token.text)]
    return frozenset(
        (before, done, after)
        for (_, before), (verb, done), (_, after) in zip(found, found[1:], found[2:], strict=False)
        if is_verb(verb) and verb[0].islower()
    )


def lost_operators(candidate: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Negations, denials, conditions and doubts that every sentence with most of the candidate's words has around them.

    "Trellisoft denied that its platform was at fault" is no evidence for "Its platform was at fault".
    """
    own = [_stemmed(token.text) for token in tokenize(candidate)]
    content = {word for word in own if word and word not in _FUNCTION}
    best = 0
    lost: list[frozenset[str]] = []
    for sentence in sentences:
        tokens = [token.text for token in tokenize(sentence)]
        stems = [_stemmed(token) for token in tokens]
        where = [n for n, word in enumerate(stems) if word in content]
        shared = len({stems[n] for n in where})
        if shared < best or not where:
            continue
        lost = lost if shared == best else []
        best = shared
        start, end = _window(stems, where, content)
        around = {token.lower() for token in tokens[max(0, start - _BEFORE) : end + 1]}
        around |= {token.lower() for token in tokens[end + 1 : end + 1 + _AFTER]} & _CONDITIONS
        lost.append(frozenset(around & _operators() | {"not" for token in around if token.endswith(("n't", "n’t"))}))
    said = {token.text.lower() for token in tokenize(candidate)} | _contracted(candidate)
    missing = [sorted(operators - said) for operators in lost]
    if not missing or not all(missing):
        return ()
    return ("loses " + ", ".join(missing[0]),)


@cache
def _operators() -> frozenset[str]:
    return entries("operators", "summarize.writing")


def _contracted(text: str) -> set[str]:
    """Every negation stands for every other: "no deaths" for "nobody died"."""
    negations = {"not", "never", "no", "nobody", "none", "nothing", "neither", "nor", "without", "cannot"}
    return negations if negated(text) else set()


def _stemmed(token: str) -> str:
    return number_words().get(token.lower()) or stem(token) if token[0].isalnum() else ""


def _window(stems: Sequence[str], where: Sequence[int], content: set[str]) -> tuple[int, int]:
    """The shortest stretch with every content word that the text has."""
    wanted = {stems[n] for n in where}
    spans = []
    for first, start in enumerate(where):
        seen: set[str] = set()
        for end in where[first:]:
            seen.add(stems[end])
            if seen == wanted:
                spans.append((start, end))
                break
    return min(spans, key=lambda span: (span[1] - span[0], span[0]))


def _run_together(candidate: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Neighbouring words whose small words differ from the evidence's wherever both stand near each other there.

    A preposition may not be lost ("treated burns"), nor a form of "be" lost or put in: "the ferry was hit" is not
    "the ferry hit", and "clashes killed 31" is not "clashes was 31".
    """
    texts = [_gaps(text) for text in evidence]
    loose = []
    for pair, between in _neighbours(candidate):
        gaps = [gap for text in texts for gap in text.get(pair, ())]
        close = [gap for gap in gaps if len(gap) <= _GAP]
        bare = [gap for gap in close if not between or not any(_is_content(word) for word in gap)]
        if bare and len(bare) == len(close) and not between & _LINKS and all(gap & _LINKS for gap in bare):
            loose.append(f"{pair[0]} {pair[1]} without its preposition")
        elif gaps and between & _LINKS and not between & _JOINS and all(gap & _JOINS for gap in gaps):
            loose.append(f"{pair[0]} {pair[1]} across a conjunction")
        elif between & _BE and not any(gap & _BE for gap in gaps):
            loose.append(f"{pair[0]} {pair[1]} joined by a verb of being")
        elif not between & _BE and close and all(gap & _BE for gap in close):
            loose.append(f"{pair[0]} {pair[1]} without its verb of being")
    return tuple(loose)


def _broken_off(candidate: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """A last word whose complement was cut: "at a quarter" of "at a quarter to six"."""
    last = [token.text for token in tokenize(candidate) if _is_content(token.text)][-1:]
    if not last:
        return ()
    nexts: list[str] = []
    whole = [text for text in evidence if not any(text != other and text.rstrip(".") in other for other in evidence)]
    for text in whole:
        tokens = [token.text.lower() for token in tokenize(text)]
        nexts += [after for word, after in pairwise(tokens) if word == last[0].lower()]
        nexts += ["."] if tokens and tokens[-1] == last[0].lower() else []
    return (f"breaks off after {last[0]}",) if nexts and all(after in _COMPLEMENTS for after in nexts) else ()


def _more_often(own: _Line, texts: Sequence[_Line]) -> tuple[str, ...]:
    """Content words that come more often than in any one text: the model filled a gap with a word it had used."""
    counts = Counter(own.stems)
    most = {word: max((text.stems.count(word) for text in texts), default=0) for word in counts}
    return tuple(f"{word} once more than in the evidence" for word, n in counts.items() if n > max(1, most[word]))


def _neighbours(text: str) -> list[tuple[tuple[str, str], frozenset[str]]]:
    """Content words next to each other, with the small words between; no pairs across punctuation."""
    tokens = [token.text for token in tokenize(text)]
    content = [n for n, token in enumerate(tokens) if _is_content(token)]
    found = []
    for a, b in pairwise(content):
        between = frozenset(word.lower() for word in tokens[a + 1 : b])
        if all(word[0].isalpha() for word in between):
            found.append(((_stemmed(tokens[a]), _stemmed(tokens[b])), between))
    return found


@lru_cache(maxsize=4096)
def _gaps(text: str) -> dict[tuple[str, str], list[frozenset[str]]]:
    """For content words at most ``_FAR`` words apart the words between them."""
    tokens = [token.text for token in tokenize(text)]
    table: dict[tuple[str, str], list[frozenset[str]]] = {}
    for n, token in enumerate(tokens):
        if not _is_content(token):
            continue
        for m in range(n + 1, min(len(tokens), n + 2 + _FAR)):
            if _is_content(tokens[m]):
                between = frozenset(word.lower() for word in tokens[n + 1 : m])
                table.setdefault((_stemmed(token), _stemmed(tokens[m])), []).append(between)
    return table


def _is_content(token: str) -> bool:
    return token[0].isalnum() and token.lower() not in stopwords()


@lru_cache(maxsize=4096)
def _line(text: str) -> _Line:
    stems: list[str] = []
    clause: list[int] = []
    ends = 0
    tokens = tokenize(text)
    for n, token in enumerate(tokens):
        word = token.text
        ends += word in _BREAK and not _abbreviates(tokens, n)
        if word[0].isdigit():
            stems.append(word.replace(",", ""))
        elif word[0].isalpha() and word.lower() not in stopwords():
            stems.append(number_words().get(word.lower()) or stem(word))
        else:
            continue
        clause.append(ends)
    return _Line(tuple(stems), tuple(clause))


def _abbreviates(tokens: Sequence[Token], n: int) -> bool:
    """Whether the point at ``n`` belongs to an abbreviation: "Sept. 2", "Mr. Price"."""
    if tokens[n].text != "." or n == 0 or n + 1 == len(tokens):
        return False
    return tokens[n + 1].text[0].isdigit() or tokens[n + 1].text[0].islower() or len(tokens[n - 1].text) <= _SHORT


def _near(pair: tuple[str, str], line: _Line, window: int) -> bool:
    """Whether both words stand in one sentence of the text, no further apart than the window, in either order."""
    here = [n for n, word in enumerate(line.stems) if word == pair[0]]
    there = [n for n, word in enumerate(line.stems) if word == pair[1]]
    return any(abs(a - b) <= window and line.clause[a] == line.clause[b] for a in here for b in there)


def _counts(line: _Line) -> list[tuple[str, str]]:
    """Every number with the content word behind it."""
    return [(a, b) for a, b in pairwise(line.stems) if a.isdigit() and not b.isdigit()]


def _counted(pair: tuple[str, str], line: _Line, settings: Settings) -> bool:
    number, noun = pair
    return any(
        word == number and noun in line.stems[max(0, n - settings.relation_count) : n + 1 + settings.relation_count]
        for n, word in enumerate(line.stems)
    )


def _swapped(candidate: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Pairs of names around a verb whose order every evidence text with both of them turns round."""
    found = names(candidate)
    reasons: list[str] = []
    for left, right in pairwise(found):
        between = candidate[left.end : right.start]
        if not any(is_verb(word) for word in re.findall(r"[\w’']+", between)):
            continue
        orders = [order for text in evidence if (order := _order(left, right, text)) is not None]
        passive = _PASSIVE.search(between) is not None
        if orders and not any(forward and by == passive for forward, by in orders):
            flipped = any(not forward and by != passive for forward, by in orders)
            if not flipped:
                reasons.append(f"{left.text} and {right.text} in another order")
    return tuple(reasons)


def _order(left: Name, right: Name, text: str) -> tuple[bool, bool] | None:
    """Whether the names stand in this order in the text, and whether "by" stands between; ``None`` without both."""
    a, b = text.find(left.text.split()[-1]), text.find(right.text.split()[-1])
    if a < 0 or b < 0 or a == b:
        return None
    return a < b, _PASSIVE.search(text[min(a, b) : max(a, b)]) is not None
