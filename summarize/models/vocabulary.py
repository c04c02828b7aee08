"""Decoding that cannot invent: the next token must belong to a word of the evidence or of a closed list.

A model that is free to choose among 30,000 word pieces writes "the netherlands tunnel" for "the Holland Tunnel". Here
the words of a request's evidence, their regular and irregular forms, and a closed list of function words and report
verbs make a trie of token sequences; a beam may only walk in it. So pieces cannot be recombined into new words, nor
digits into new numbers: "8.2" and "120,000" are single words of the trie. Whether a sentence made of allowed words is
*true* is decided later, by verification. Compare constrained decoding over a prefix tree in De Cao et al., 2021,
"Autoregressive Entity Retrieval" (GENRE).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from summarize.models.wordforms import function_words, inflections, units

if TYPE_CHECKING:
    import torch

Pieces = Callable[[str], Sequence[int]]  # a word, with the space before it if it has one, to its token ids

CLOSERS = (",", ".")
# Nats taken off a form that the evidence does not have: without it (and with 1.5) the best beams wrote "14 warehouse"
# and "16 barge" for the evidence's "14 warehouses" and "16 barges".
FORM_PENALTY = 4.0
# Nats taken off a token that does not stand after the last one anywhere in the evidence. Leaving a word out costs it
# once; a wrong neighbour ("Northwind Satellite's Petrel" for "Northwind Orbital's Petrel") twice.
JUMP_PENALTY = 0.7
_STUCK = -20.0  # log-probability of ending where no word may follow: such a text is the last choice
SHORTEST = 4  # tokens before the full stop of a single sentence


@dataclass(slots=True)
class Node:
    """A point in the trie; ``word`` is the text of the word that ends here, if one does."""

    children: dict[int, Node] = field(default_factory=dict)
    word: str | None = None


class Lexicon:
    """The words one request may use, as a trie over token ids, with the state of a sentence being written.

    ``single`` is for a writer of one sentence: its full stop ends the text, and the text ends with a full stop.
    A writer of several sentences may begin any word with a capital; ``opens`` gives the token ids of a word that begins
    a line, with no blank before it, and ``breaks`` the tokens that end one.
    """

    def __init__(
        self,
        evidence: Sequence[str],
        pieces: Pieces,
        *,
        known: Callable[[str], bool],
        ends: frozenset[int],
        single: bool,
        opens: Pieces | None = None,
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        self._root = Node()
        self._first = Node()
        self.ends = ends
        self._single = single
        self._pieces = pieces
        self._memory: dict[tuple[int, ...], frozenset[int]] = {}
        self._sets: dict[frozenset[int], frozenset[int]] = {}
        self._priced: dict[tuple[frozenset[int], int | None], Mapping[int, float]] = {}
        shown = [unit for text in evidence for unit in units(text)]
        own = _own_words(shown) | function_words()
        if not single:
            own |= {word[0].upper() + word[1:] for word in own}
        for word in sorted(own):
            self._add(f" {word}", word)
            if opens is not None:
                self._enter(self._first, opens(word), word)
        evident = set(self._root.children)
        for word in sorted(_forms(shown, known) - own):
            if not evident.intersection(pieces(f" {word}")[:1]):  # "barge" must not end where "barge" + "##s" goes on
                self._add(f" {word}", word)
        self._forms = frozenset(self._root.children) - evident
        self._follow = self._neighbours(evidence)
        signs = set(CLOSERS) | ({'"'} if '"' in shown else set())
        if not single:
            signs |= {unit for unit in shown if not unit[0].isalnum()}
        for sign in sorted(signs):
            self._add(sign, sign)
            self._add(f" {sign}", sign)
        for token in breaks:
            self._root.children.setdefault(token, Node(self._first.children, "\n"))

    def _neighbours(self, evidence: Sequence[str]) -> dict[int | None, set[int]]:
        """Which token stands after which in the evidence; None is the start of a claim, and each claim ends."""
        found: dict[int | None, set[int]] = {None: set()}
        for text in evidence:
            shown = units(text)
            if shown and shown[-1][-1].isalnum():
                shown.append(".")
            last: int | None = None
            for token in (t for unit in shown for t in self._pieces(f" {unit}" if unit[0].isalnum() else unit)):
                found.setdefault(last, set()).add(token)
                last = token
            if last is not None:
                found.setdefault(last, set()).update(self.ends)
        return found

    def costs(self, ids: Sequence[int]) -> Mapping[int, float]:
        """Nats to take off each allowed token: inflected forms, and, for a single sentence, leaving the evidence's order."""
        allowed, last = self.allowed(ids), ids[-1] if ids else None
        if (allowed, last) not in self._priced:
            costs = dict.fromkeys(allowed, 0.0) | dict.fromkeys(allowed & self._forms, FORM_PENALTY)
            for token in allowed - self._follow.get(last, set()) if self._single else ():
                costs[token] += JUMP_PENALTY
            self._priced[allowed, last] = costs
        return self._priced[allowed, last]

    def cost(self, ids: Sequence[int]) -> float | None:
        """Nats to take off a text that was searched for without the lexicon; None where it leaves the trie."""
        total = 0.0
        for place, token in enumerate(ids):
            costs = self.costs(ids[:place])
            if token not in costs:
                return None
            total += costs[token]
        return total

    def tokens(self) -> frozenset[int]:
        """All tokens of its words, inflected forms left out, and those that end a text."""
        found, waiting = set(self.ends), [self._first]
        waiting += [node for token, node in self._root.children.items() if token not in self._forms]
        found |= self._root.children.keys() - self._forms
        while waiting:
            node = waiting.pop()
            found |= node.children.keys()
            waiting += node.children.values()
        return frozenset(found)

    def _add(self, written: str, word: str) -> None:
        self._enter(self._root, self._pieces(written), word)

    @staticmethod
    def _enter(node: Node, ids: Sequence[int], word: str) -> None:
        for token in ids:
            node = node.children.setdefault(token, Node())
        if ids and (node.word is None or _plainness(word) < _plainness(node.word)):
            node.word = word

    def _states(self, ids: Sequence[int]) -> list[Node]:
        states = [Node(self._first.children, "")]
        for token in ids:
            following = [state.children[token] for state in states if token in state.children]
            if any(state.word is not None for state in states) and token in self._root.children:
                following.append(self._root.children[token])
            states = following
        return states

    def allowed(self, ids: Sequence[int]) -> frozenset[int]:
        """Token ids that may follow ``ids``: the rest of the word begun and, where a word may end, a new one or the end.

        Empty input is the sentence's start. Never empty: where nothing fits, the end tokens are returned.
        """
        key = tuple(ids)
        if key not in self._memory:
            found = self._following(key)
            self._memory[key] = self._sets.setdefault(found, found)  # most steps of a long text allow the same words
        return self._memory[key]

    def _following(self, ids: tuple[int, ...]) -> frozenset[int]:
        states = self._states(ids)
        found = {token for state in states for token in state.children}
        words = {state.word for state in states if state.word is not None}
        complete = self._complete(ids) if "." in words or '"' in words else False
        if words and not (self._single and complete):
            barred = set(CLOSERS) if words & {"", *CLOSERS} else set()  # no sign where no word stands before it
            if self._single and len(ids) < SHORTEST:
                barred.add(".")
            found |= {t for t, node in self._root.children.items() if node.word not in barred or node.children}
        if words and ids and (complete or not self._single):
            found |= self.ends
        return frozenset(found or self.ends)

    def _complete(self, ids: tuple[int, ...]) -> bool:
        """The last word is a full stop, or the quotation mark after one."""
        written = self.words(ids) or []
        return written[-1:] == ["."] or written[-2:] == [".", '"']

    def words(self, ids: Sequence[int]) -> list[str] | None:
        """The words written, each as the evidence or the list has it; None where ``ids`` leave the trie.

        Of two readings the one with fewer words is taken: "8.2" is one number and not "8", a stop and "2".
        """
        best: list[list[str] | None] = [[]] + [None] * len(ids)
        for start, root in [(0, self._first), *((n, self._root) for n in range(len(ids)))]:
            sofar, node = best[start], root
            for end in range(start, len(ids)) if sofar is not None else ():
                if ids[end] not in node.children:
                    break
                node = node.children[ids[end]]
                found = best[end + 1]
                if node.word is not None and (found is None or len(sofar or ()) + 1 < len(found)):
                    best[end + 1] = [*(sofar or ()), node.word]
        return best[-1]


def _plainness(word: str) -> tuple[bool, str]:
    """Lower case first: an uncased tokenizer reads "The" and "the" as one word."""
    return (word != word.lower(), word)


def _own_words(shown: Sequence[str]) -> set[str]:
    """Words of the evidence as they stand and lower-cased, with and without a possessive or an abbreviation's stop."""
    found: set[str] = set()
    for unit in shown:
        if not any(map(str.isalnum, unit)):
            continue
        lowered = unit.lower()
        found |= {unit, lowered}
        if lowered.endswith(".") and lowered.count(".") == 1:
            found.add(lowered.rstrip("."))
        if lowered.endswith("'s"):
            found.add(lowered[:-2])
        elif lowered[-1].isalpha():
            found.add(f"{lowered}'" if lowered.endswith("s") else f"{lowered}'s")
    return found


def _forms(shown: Sequence[str], known: Callable[[str], bool]) -> set[str]:
    """Inflections of the evidence's lower-case words: a word written with a capital may be a name, which has none."""
    return {form for unit in set(shown) if unit == unit.lower() for form in inflections(unit) if known(form)}


def repeats(text: str) -> bool:
    """A word stands twice in a row, or three words in a row come back: a beam that ran in circles."""
    words = units(text.lower())
    threes = list(zip(words, words[1:], words[2:], strict=False))
    return any(a == b for a, b in pairwise(words)) or len(set(threes)) < len(threes)


def joined(words: Sequence[str]) -> str:
    """Words as text: no blank before a comma or full stop, nor inside quotation marks, which open and close in turn."""
    text, quoted, tight = "", False, True
    for word in words:
        if word == "." and text.endswith("."):  # an abbreviation's full stop ends the sentence, too
            continue
        closing = word in CLOSERS or (word == '"' and quoted)
        text += word if closing or tight else f" {word}"
        tight = word == '"' and not quoted
        quoted ^= word == '"'
    return text


class EvidenceOnly:
    """A ``LogitsProcessor`` for ``generate``: each row of beams may only walk in its request's lexicon.

    Args:
        lexicons: one a request of the batch, in order.
        beams: rows of the decoder a request.
        special: ids that are no part of the text (start, forced first token, padding).
        first: of these the ones that a model may write before the text: BART and LED begin with ``<s>``, forced or not.
    """

    def __init__(
        self, lexicons: Sequence[Lexicon], *, beams: int, special: frozenset[int], first: frozenset[int] = frozenset()
    ) -> None:
        self._lexicons = lexicons
        self._beams = beams
        self._special = special
        self._first = first

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Scores (rows, vocabulary) with -inf wherever a token would leave the lexicon."""
        rows: list[int] = []
        columns: list[int] = []
        costs: list[float] = []
        for row, ids in enumerate(input_ids.tolist()):
            lexicon = self._lexicons[row // self._beams]
            written = [token for token in ids if token not in self._special]
            price = lexicon.costs(written)
            if len(ids) == 1:
                price = {**dict.fromkeys(self._first, 0.0), **price}
            rows.extend([row] * len(price))
            columns.extend(price)
            costs.extend(price.values())
        limited = scores.new_full(scores.shape, float("-inf"))
        at = input_ids.new_tensor(rows), input_ids.new_tensor(columns)
        values = scores[at] - scores.new_tensor(costs)
        limited[at] = values
        stuck = set(range(len(scores))) - set(at[0][values.isfinite()].tolist())
        for row in sorted(stuck):
            if int(scores[row].isfinite().sum()) == 1:  # a forced token (a hub model's first) overrules the lexicon
                limited[row] = scores[row]
            else:  # another processor bars all that is left (no run of words twice): the text ends here, unfinished
                limited[row, list(self._lexicons[row // self._beams].ends)] = _STUCK
        return limited
