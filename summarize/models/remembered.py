"""A pair model's answers, each given once: several stages of a run ask about the same claims."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.models.base import Answer, Comparer


class Remembered:
    """``Comparer`` that asks another one about each pair once."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer
        self._known: dict[tuple[str, str], Answer] = {}

    @property
    def fingerprint(self) -> str:
        """That of the comparer which is asked."""
        return self._comparer.fingerprint

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Answer]:
        """One answer a pair, in the order of ``pairs``."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known.update(zip(new, self._comparer.compare(new), strict=True))
        return [self._known[pair] for pair in pairs]
