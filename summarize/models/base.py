"""What the pipeline asks of a model: two one-method protocols and the values that pass through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    """One row a text, each of length 1."""

Family = Literal["shipped", "plain", "instruction"]


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One sentence, or by a hub model several, to be written.

    ``prompt`` is what a hub model reads; the shipped writer builds its input from ``evidence`` alone: the claims of one
    fact, the best first. ``evidence`` is also the vocabulary: nothing is written that is neither in it nor in the
    closed list; for a hub model it is whole sentences, of several facts. ``max_words`` is an upper bound on the words
    of a candidate.
    """

    prompt: str
    evidence: tuple[str, ...]
    max_words: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text a model wrote, and its mean log-probability a token (at most 0; higher is more fluent)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a parsed text; ``pos`` and ``relation`` are Universal Dependencies'."""

    start: int
    end: int
    pos: str
    head: int
    """Index of the word it depends on, -1 for the root."""
    relation: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a parsed text: a name (``per``, ``org``, ``loc``, ``misc``), or a ``source``, ``cue`` or ``content``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Parse:
    """Words with their dependencies, names, and who is reported as saying what."""

    words: tuple[Word, ...]
    names: tuple[Mark, ...]
    speech: tuple[Mark, ...]


class SentenceParser(Protocol):
    """Dependencies, names and attributions."""

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One parse a text, in the order of ``texts``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How two claims stand to each other: probabilities; the last four add up to 1."""

    about: float
    """They are about one thing, whatever they say of it."""
    same: float
    rival: float
    """Both cannot be true."""
    overtaken: float
    """One was right before the other."""
    other: float


class Comparer(Protocol):
    """How claims stand to each other, two at a time."""

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Answer]:
        """One answer a pair, in the order of ``pairs``."""


class Encoder(Protocol):
    """Sentence vectors."""

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, in the order of ``texts``: shape (n, d); (0, d) for no text."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models that read; the one that writes is apart, since it may be another's."""

    encoder: Encoder
    parser: SentenceParser
    comparer: Comparer


class Generator(Protocol):
    """A model that writes."""

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""

    @property
    def family(self) -> Family:
        """``shipped``: claims in, one uncased sentence out; ``plain``: ranked text in; ``instruction``: a prompt in."""

    @property
    def separator(self) -> str:
        """What stands between two articles in a plain summarizer's prompt; a blank where the model knows of none."""

    def generate(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """For each request its candidates, best first; an empty list where the model wrote nothing of use."""
