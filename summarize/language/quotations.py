"""Quotations: the spans inside quotation marks, and a wording found in a text whatever its quote style."""

from __future__ import annotations

import re

_MARK = re.compile(r"[“”„«»\"\n]|(?<!\w)[‘'](?=[^\W\d])|[’'](?!\w)")
_OPENERS = {"“": "”", "„": "”", "«": "»"}
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "})
_WORDS = re.compile(r"\S+")


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Spans inside quotation marks, without the marks, in order and not overlapping.

    A quotation that is never closed ends with its paragraph. Single marks count where they open before a word and
    close after one, so that apostrophes do not; a plural's apostrophe ("the workers' union") opens nothing.
    """
    spans: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(text):
        mark, where = match.group(), match.start()
        if opened is None:
            opened = _opening(text, mark, where)
        elif mark == "\n":
            spans += _closed(text, opened, where, at_end=True)
            opened = None
        elif mark in _closers(opened[0]):
            if opened[0] in "'‘" and not _ends_quotation(text, where):
                continue
            spans += _closed(text, opened, where)
            opened = None
        elif opened[0] in "'‘" and mark in '“"„«':
            opened = (mark, match.end())
    if opened is not None:
        spans += _closed(text, opened, len(text), at_end=True)
    return tuple(spans)


def find_wording(quote: str, text: str) -> tuple[int, int] | None:
    """Where a wording stands in a text, exact up to quote style, white space, case and final punctuation."""
    words = [re.escape(word) for word in _WORDS.findall(quote.translate(_STRAIGHT).strip(" \t\n.,;:!?\"'"))]
    if not words:
        return None
    match = re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE).search(text.translate(_STRAIGHT))
    return match.span() if match else None


def _opening(text: str, mark: str, where: int) -> tuple[str, int] | None:
    if mark in _OPENERS:
        return mark, where + 1
    if mark == '"':
        return (mark, where + 1) if text[where + 1 : where + 2].strip() else None
    if mark in "'‘" and where + 1 < len(text) and text[where + 1].isalpha():
        before = text[where - 1] if where else " "
        return (mark, where + 1) if not before.isalnum() else None
    return None


def _closers(opener: str) -> str:
    if opener in "'‘":
        return "'’"
    return {'"': '"”', "“": '”"', "„": '”“"', "«": "»"}[opener]


def _ends_quotation(text: str, where: int) -> bool:
    """A plural's apostrophe is followed by a word; a closing mark by punctuation, the end, or a report verb."""
    before, rest = text[where - 1], text[where + 1 : where + 2]
    return before in ".,!?…" or not rest.isspace() or before not in "sS" or "'" not in _rest_of_line(text, where)


def _rest_of_line(text: str, where: int) -> str:
    """What follows up to the line's end, at most a long sentence of it, with single marks made one."""
    return text[where + 1 : where + 300].split("\n", 1)[0].replace("’", "'")


def _closed(text: str, opened: tuple[str, int], end: int, *, at_end: bool = False) -> list[tuple[int, int]]:
    mark, start = opened
    if at_end and mark in "'‘":
        return []
    return [(start, end)] if text[start:end].strip() else []
