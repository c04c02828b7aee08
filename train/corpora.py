"""Readers of the development corpora: what each file holds, as plain sentences with the corpora's damage repaired.

The corpora are local-use data (``../shared/data``, described in its DATA.md) and never become part of the project.
Multi-News is lower-cased except for the first letter of each sentence, and its tokenisation left gaps ("8.2 %",
"2: 14", "we ' ll"); ``repair`` closes them. Since the shipped models read uncased text, everything is lower-cased.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

_GAPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[‘’`´]", "'"),
        (r"[“”]|''|``", '"'),
        (r"[–—]|\s--\s", " - "),
        (r"(\d) (%)", r"\1\2"),
        (r"([$£€]) (\d)", r"\1\2"),
        (r"(\d{1,2}): (\d\d)\b", r"\1:\2"),
        (r"(\w) ' (ll|re|ve|s|m|d|t)\b", r"\1'\2"),
        (r"\bn 't\b", "n't"),
        (r"(\w) 's\b", r"\1's"),
        (r"\s+([,.;:!?%)\]])", r"\1"),
        (r"([(\[])\s+", r"\1"),
        (r"\s{2,}", " "),
    )
)
# A full stop before a capital ends a sentence unless it belongs to one of these or to an initial ("u.s.", "j. edgar").
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|sen|rep|gov|gen|col|lt|sgt|capt|rev|prof|st|jr|sr|vs|no|inc|corp|co|ltd|jan|feb|mar|apr|aug"
    r"|sept|oct|nov|dec|fla|calif|ariz|mass|conn|pa|va|wash|ore|ill|tenn|u\.s|u\.n|u\.k|e\.g|i\.e|a\.m|p\.m|d\.c)"
    r"|\b[a-z])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?]['\")]*\s+(?=[\"'(]?\s?[A-Z0-9])")


def repair(text: str) -> str:
    """Close the gaps that tokenisers left in the corpora and make quotation marks straight."""
    for pattern, replacement in _GAPS:
        text = pattern.sub(replacement, text)
    return text.strip()


def sentences(text: str) -> list[str]:
    """Sentences of one document; relies on the capital that starts a sentence, which Multi-News kept."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].strip()
        if not _NO_END.search(piece):
            found.append(piece)
            start = match.end()
    found.append(text[start:].strip())
    return [piece for piece in found if piece]


@dataclass(frozen=True, slots=True)
class Event:
    """One cluster: the sentences of each document, and those of its human summary."""

    id: str
    documents: tuple[tuple[str, ...], ...]
    reference: tuple[str, ...]


def lines_of(name: str) -> Iterator[str]:
    """Lines of an xz-compressed text file of the data folder."""
    with lzma.open(DATA / name, "rt", encoding="utf-8") as stream:
        yield from stream


def event_of(line: str) -> Event:
    """One line of ``multinews_*`` or ``neus_*``; off-topic documents and headlines are left out."""
    row: dict[str, Any] = json.loads(line)
    relevant = row.get("relevant") or [True] * len(row["docs"])
    texts = [
        doc if isinstance(doc, str) else str(doc["text"])
        for doc, keep in zip(row["docs"], relevant, strict=True)
        if keep
    ]
    documents = tuple(tuple(sentences(repair(text))) for text in texts)
    reference = tuple(s for ref in row["refs"] for s in sentences(repair(ref)))
    return Event(row["id"], documents, reference)


def wikisplit(name: str) -> Iterator[tuple[list[str], str]]:
    """WikiSplit reversed: the short sentences, and the one long sentence that joins them (Botha et al., 2018)."""
    for line in lines_of(name):
        whole, parts = line.rstrip("\n").split("\t")
        yield [repair(part) for part in parts.split("<::::>")], repair(whole)


def cased_news() -> Iterator[str]:
    """Sentences of ``news_cased``: one article a line, its sentences joined by a written ``&\\t``."""
    for line in lines_of("news_cased.txt.xz"):
        for chunk in line.rstrip("\n").split("&\\t"):
            yield from sentences(repair(chunk))


def labelled_pairs(name: str) -> list[dict[str, Any]]:
    """One file of ``pairs.tar.xz``: rows with ``a``, ``b``, ``label`` and what else the set has."""
    with tarfile.open(DATA / "pairs.tar.xz") as archive:
        member = archive.extractfile(f"pairs/{name}.jsonl")
        if member is None:
            raise FileNotFoundError(name)
        return [json.loads(line) for line in io.TextIOWrapper(member, encoding="utf-8")]


def paraphrases(name: str) -> list[tuple[str, str, int]]:
    """``mrpc_*``: news sentence pairs, labelled 1 where they mean the same (Dolan and Brockett, 2005)."""
    rows = csv.reader(lines_of(name), delimiter="\t", quoting=csv.QUOTE_NONE)
    next(rows)
    return [(row[3], row[4], int(row[0].lstrip("\ufeff"))) for row in rows if len(row) == 5]


def similarities(name: str) -> list[tuple[str, str, float]]:
    """``stsb_*``: sentence pairs with a similarity of 0 to 5 (Cer et al., 2017)."""
    rows = csv.reader(lines_of(name), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row[5], row[6], float(row[4])) for row in rows if len(row) >= 7]
