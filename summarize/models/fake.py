"""Models without weights, for tests: the same protocols, answers that follow from the input alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from summarize.models.base import Candidate, Family, GenerationRequest

if TYPE_CHECKING:
    from numpy.typing import NDArray

Script = Callable[[GenerationRequest], Sequence[str]]


class FakeEncoder:
    """Hashed bags of words: texts that share words lie close, texts that share none at cosine 0 (hardly ever above)."""

    fingerprint = "fake-encoder"

    def __init__(self, width: int = 256) -> None:
        self._width = width

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of unit length; a text without words gets the first axis."""
        rows = np.zeros((len(texts), self._width), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self._width] += 1.0
            if not row.any():
                row[0] = 1.0
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(min=1e-9), dtype=np.float32)


def echo(request: GenerationRequest) -> Sequence[str]:
    """The best claim, lower case, cut to the words allowed."""
    words = (request.evidence[0] if request.evidence else "").lower().split()
    return [" ".join(words[: request.max_words])] if words else []


class FakeGenerator:
    """Answers by a script: a function of the request, or a fixed list of texts a request (the last one repeats)."""

    fingerprint = "fake-generator"

    def __init__(
        self, script: Script | Sequence[Sequence[str]] = echo, *, family: Family = "shipped", separator: str = " "
    ) -> None:
        self._script = script
        self._family: Family = family
        self._separator = separator
        self.seen: list[GenerationRequest] = []

    @property
    def family(self) -> Family:
        """What it was said to be when made."""
        return self._family

    @property
    def separator(self) -> str:
        """What it was made with."""
        return self._separator

    def generate(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """Candidates with falling scores; every request is kept in ``seen``."""
        answers: list[list[Candidate]] = []
        for request in requests:
            if callable(self._script):
                texts = self._script(request)
            else:
                texts = self._script[min(len(self.seen), len(self._script) - 1)] if self._script else []
            self.seen.append(request)
            answers.append([Candidate(text, -0.1 * (rank + 1)) for rank, text in enumerate(texts)])
        return answers
