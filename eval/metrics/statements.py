"""What a sentence states apart from its talk about sources: "27 were hurt, according to four sources; The Week gives 31."

Left are the statement ("27 were hurt") and the values that stand against it ("31"). How many sources there are, and what
they are called, is no fact of the articles' text and cannot be looked up there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.language.numbers import quantities
from summarize.language.quotations import find_wording

_COUNT = re.compile(r",? according to (?:\w+ sources|Source \d+(?: and (?:Source \d+|\w+ others))?)(?=[.;]|$)")
_AGAINST = re.compile(r"^(?P<who>\S[^,;]{0,80}?) (?:gives?|says?) (?P<value>[^;]{1,40}?)\.?$")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence taken apart."""

    statements: tuple[str, ...]
    values: tuple[str, ...]
    """Bare values that named sources give against the statement's."""


def told(sentence: str) -> Told:
    """The sentence's statements, each a sentence, and the values that others give."""
    first, *rest = _COUNT.sub("", sentence).split("; ")
    found = [_AGAINST.match(part) for part in rest]
    if not rest or not all(found):
        return Told((_COUNT.sub("", sentence),), ())
    return Told((first.rstrip(".") + ".",), tuple(match["value"] for match in found if match))


def given(value: str, text: str) -> bool:
    """Whether a text gives a bare value, in the same words or as the same number."""
    if find_wording(value, text) is not None:
        return True
    return any(own.low == q.low and own.high == q.high for own in quantities(value) for q in quantities(text))
