"""The shipped writer's input: one fact's claims and a plan for its length, as token ids.

Fitting (``train/``) and running share this file, so that the model is asked in the form that it learned. The input is

    [CLS] plan claim [SEP] claim [SEP] ...

built from ids: article text never passes through the tokenizer's own parsing of special tokens. The plan is one of
MiniLM's unused word pieces and says how much of the first claim is to stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

LONGEST = 256  # tokens of input; six short claims take about 150
LONGEST_CLAIM = 96


class Plan(IntEnum):
    """How much of the best claim stays, as the id of ``[unused1]`` to ``[unused3]``."""

    KEEP = 2
    TRIM = 3
    CONDENSE = 4


def plan_token(target_words: int, claim_words: int) -> Plan:
    """The plan for a sentence of so many words from a best claim of so many: at least 85 %, at least 60 %, less."""
    share = target_words / max(1, claim_words)
    return Plan.KEEP if share >= 0.85 else Plan.TRIM if share >= 0.6 else Plan.CONDENSE


def plans(claim_words: int, max_words: int) -> list[Plan]:
    """The plans worth trying for a best claim of so many words, those out of reach of ``max_words`` left out.

    A short claim is kept; from a long one the shorter sentence is usually the better, and the caller chooses.
    """
    if claim_words <= 12:
        return [Plan.KEEP]
    wanted = [Plan.KEEP, Plan.TRIM] if claim_words <= 22 else [Plan.TRIM, Plan.CONDENSE]
    longest = plan_token(max_words, claim_words)
    return [plan for plan in wanted if plan >= longest] or [longest]


def as_sentence(claim: str) -> str:
    """The claim with a full stop if it has no end of its own: all that the model learned from were sentences."""
    claim = claim.strip()
    return claim if claim.endswith((".", "!", "?", '"', "”")) else f"{claim.rstrip(',;:-–— ')}."


def input_ids(claims: Sequence[Sequence[int]], plan: Plan, *, start: int, separator: int) -> list[int]:
    """The model's input from the claims' token ids, the best first; claims that no longer fit are left out."""
    ids = [start, int(plan)]
    for claim in claims:
        piece = [*claim[:LONGEST_CLAIM], separator]
        if len(ids) + len(piece) > LONGEST:
            break
        ids.extend(piece)
    return ids
