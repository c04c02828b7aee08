"""How two claims of an annotated cluster stand to each other, as readers judged them (``stands.tsv``).

Every pair of claims of different sources that alignment gave a probability of 0.08 or more, 18,240 in all, was read with
the sentences they stand in, by readers who saw neither the code nor the gold: the same fact, rivals that cannot both be
true, one overtaken by the other, or none of these. The gold says of most pairs nothing: it lists some facts only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Stands(NamedTuple):
    """One judged pair."""

    cluster: str
    stands: str
    """A name of ``CLASSES`` (``summarize/models/pairs.py``)."""
    a: str
    b: str


def judged() -> Iterator[Stands]:
    """All judged pairs."""
    with Path(__file__).with_name("stands.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Stands(row["cluster"], row["stands"], row["a"], row["b"])
