"""An article's text cut where evidence, dropped and restored stretches begin and end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.types import Dropped, Span

_GAP = re.compile(r"[^\S\n]*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under one and the same set of marks."""

    text: str
    evidence: tuple[str, ...] = ()
    """Ids of the evidence that these words belong to."""
    begins: tuple[str, ...] = ()
    """Ids of the evidence that begins here."""
    key: str = ""
    """``start-end`` of the dropped or restored stretch that begins here."""
    reason: str = ""
    """Why it was dropped; empty for what was kept."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces in a row that are all read, or all set aside."""

    aside: bool
    pieces: tuple[Piece, ...]

    @property
    def stretches(self) -> int:
        """How many dropped stretches it holds."""
        return sum(bool(piece.reason) for piece in self.pieces)


def blocks(
    text: str, evidence: Mapping[str, Span], dropped: Sequence[Dropped], restored: Sequence[Span]
) -> tuple[Block, ...]:
    """The text as blocks; white space between two dropped stretches does not part them."""
    runs: list[tuple[bool, list[Piece]]] = []
    for piece in _pieces(text, evidence, dropped, restored):
        blank = not piece.text.strip()
        if runs and (blank or runs[-1][0] == bool(piece.reason)):
            runs[-1][1].append(piece)
        elif not blank:
            runs.append((bool(piece.reason), [piece]))
    return tuple(Block(aside, tuple(pieces)) for aside, pieces in runs)


def _pieces(
    text: str, evidence: Mapping[str, Span], dropped: Sequence[Dropped], restored: Sequence[Span]
) -> Iterator[Piece]:
    reasons = {drop.span: drop.reason for drop in dropped}
    back = set(restored) - set(reasons)
    starts, ends = _edges((*evidence.values(), *reasons, *back))
    names: dict[Span, list[str]] = defaultdict(list)
    for name, span in evidence.items():
        names[span].append(name)
    active: dict[Span, None] = {}
    for here, there in pairwise(sorted({0, len(text), *starts, *ends})):
        for span in ends[here]:
            active.pop(span, None)
        active |= dict.fromkeys(starts[here])
        own = [span for span in starts[here] if span in reasons or span in back]
        words = text[here:there]
        yield Piece(
            words if active else _GAP.sub("\n\n", words),
            tuple(name for span in active for name in names.get(span, ())),
            tuple(name for span in starts[here] for name in names.get(span, ())),
            next((f"{span.start}-{span.end}" for span in own), ""),
            next((reasons[span] for span in active if span in reasons), ""),
        )


def _edges(spans: Iterable[Span]) -> tuple[defaultdict[int, list[Span]], defaultdict[int, list[Span]]]:
    """Where spans start and where they end, the longest first."""
    starts: defaultdict[int, list[Span]] = defaultdict(list)
    ends: defaultdict[int, list[Span]] = defaultdict(list)
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        starts[span.start].append(span)
        ends[span.end].append(span)
    return starts, ends
