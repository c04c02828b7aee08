"""The event sheets: invented events, each fact in the words of several outlets, with its rivals and what it overtook.

``events/*.txt`` hold one item a line, by its first letter: ``@ slug | topic | headline`` begins an event, ``F name`` a
fact, ``A`` words it as most outlets do, ``K kind`` and ``B`` give a rival version that cannot be true together with it,
``S`` an earlier report that it overtook, ``N`` a statement that is near to it and neither the same nor in conflict.
Language models wrote them for the pair model, kept away from the code and from the annotated clusters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "events"
KINDS = ("outcome", "attribution", "status", "number", "date", "name")


@dataclass(slots=True)
class SheetFact:
    """One fact of an event: its wordings, those of its rival, what it overtook, and what is merely near."""

    name: str
    stated: list[str] = field(default_factory=list)
    rival: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    kind: str | None = None
    """Of the rival: one of ``KINDS``; ``None`` where there is none."""


@dataclass(slots=True)
class Sheet:
    """One event."""

    slug: str
    facts: list[SheetFact] = field(default_factory=list)


def sheets(folder: Path = FOLDER) -> Iterator[Sheet]:
    """The events of a folder, in the order of its files; raises ``ValueError`` where a line is of no kind."""
    for path in sorted(folder.glob("*.txt")):
        sheet: Sheet | None = None
        for line in path.read_text(encoding="utf-8").splitlines():
            letter, _, text = line.partition(" ")
            if letter == "@":
                if sheet:
                    yield sheet
                sheet = Sheet(text.split("|")[0].strip())
            elif sheet is not None and line:
                _add(sheet, letter, text.strip())
        if sheet:
            yield sheet


def _add(sheet: Sheet, letter: str, text: str) -> None:
    if letter == "F":
        sheet.facts.append(SheetFact(text))
        return
    fact = sheet.facts[-1]
    if letter == "K" and text in KINDS:
        fact.kind = text
    elif letter in "ABSN":
        {"A": fact.stated, "B": fact.rival, "S": fact.overtaken, "N": fact.near}[letter].append(text)
    else:
        raise ValueError(f"{sheet.slug}: no such line: {letter} {text}")
