"""Telling: a sentence with whoever it must name: its speaker, its one outlet, or the sides of a disagreement."""

from __future__ import annotations

from summarize.writing.attribute import single, spoken
from summarize.writing.disagree import differing
from summarize.writing.write import Written


def as_told(written: Written, turn: int, *, alone: bool) -> str:
    """The sentence with whoever it must name: its speaker, its one outlet, or the sides of a disagreement."""
    if written.contrast:
        return written.text
    both = apart(written)
    if both is not None:
        return both
    text, planned = _voiced(written), written.planned
    return single(text, planned.evidence, turn, alone=alone) if planned.kind == "single" else text


def apart(written: Written) -> str | None:
    """The sentence of a disputed fact with its other sides behind it; ``None`` where it has none to tell."""
    planned = written.planned
    if planned.dispute is None or written.contrast:
        return None
    return differing(_voiced(written), planned.dispute, planned.evidence, planned.others)


def _voiced(written: Written) -> str:
    speaker = written.planned.speaker
    return spoken(written.text, speaker) if speaker and not written.carries else written.text
