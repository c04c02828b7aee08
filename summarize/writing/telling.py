"""Telling: a sentence with whoever it must name: its speaker, its one outlet, or the sides of a disagreement."""

from __future__ import annotations

from summarize.writing.attribute import single, spoken
from summarize.writing.disagree import differing
from summarize.writing.write import Written


def as_told(written: Written, turn: int, *, alone: bool) -> str:
    """The sentence with whoever it must name: its speaker, its one outlet, or the sides of a disagreement."""
    planned, text = written.planned, written.text
    if written.contrast:
        return text
    both = apart(written)
    if both is not None:
        return both
    if planned.speaker and not written.carries:
        text = spoken(text, planned.speaker)
    if planned.kind == "single":
        return single(text, planned.evidence, turn, alone=alone)
    return text


def apart(written: Written) -> str | None:
    """The sentence of a disputed fact with its other sides behind it; ``None`` where it has none to tell."""
    planned = written.planned
    if planned.dispute is None or written.contrast:
        return None
    text = spoken(written.text, planned.speaker) if planned.speaker and not written.carries else written.text
    return differing(text, planned.dispute, planned.evidence, planned.others)
