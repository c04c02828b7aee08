"""Data sets: clusters of articles with references, by name or by path, each with the sha256 of what it holds.

Read are the shapes that the package reads (ours, ``docs``/``refs``, Multi-News, WCEP-10, NeuS, DUC) and gold clusters;
with the library ``datasets`` and a network also ``hf:NAME:SPLIT``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.signature import ROOT, Value, digest_json
from summarize.errors import InputError
from summarize.reading.articles import as_articles
from summarize.reading.decode import opened
from summarize.reading.formats import cluster_of
from summarize.reading.read import read_cluster
from summarize.settings import Settings
from summarize.types import Article

SHARED = ROOT.parent / "shared" / "data"
_REFERENCES = ("refs", "references", "summary", "reference", "highlights")
_DEFAULT_WORDS = 120


@dataclass(frozen=True, slots=True)
class Item:
    """One cluster to be summarised, with what its summary is measured against."""

    id: str
    articles: tuple[Article, ...]
    references: tuple[str, ...]
    gold: Mapping[str, Any] | None = None
    """The annotation of a gold cluster, as ``GOLD.md`` describes it."""
    peers: Mapping[str, str] | None = None
    """Summaries that other systems made, which the data set carries."""
    problems: tuple[str, ...] = ()
    """What was left out of the cluster, in words."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """Items in the order of their ids' sha256, so that a limit is always the same fair sample."""

    name: str
    split: str
    max_words: int
    """Words of a summary where the caller asks for no other length."""
    measure: str
    """``recall`` (DUC: length is fixed, so recall is what counts) or ``f1``."""
    items: tuple[Item, ...]
    sha256: str
    """First twelve hex digits of the content's sha256, before any limit."""

    def limited(self, limit: int | None) -> DataSet:
        """The first ``limit`` items; all where it is ``None``."""
        return self if limit is None else replace(self, items=self.items[:limit])

    def protocol(self) -> dict[str, Value]:
        """The data's part of a signature."""
        return {
            "data": self.name,
            "sha256": self.sha256,
            "split": self.split,
            "clusters": len(self.items),
            "ids": digest_json(sorted(item.id for item in self.items)),
        }


@dataclass(frozen=True, slots=True)
class Known:
    """A data set with a name: where it lies and how it is measured."""

    path: Path
    split: str
    max_words: int
    measure: str = "f1"
    relevant: int = 0
    """Documents marked relevant that a cluster must have."""
    sample: int | None = None
    """Items drawn from it, by the sha256 of their ids."""


NAMED: dict[str, Known] = {
    "duc2003": Known(SHARED / "duc2003.jsonl.xz", "test", 100, "recall"),
    "multiling2011": Known(SHARED / "multiling2011_en.jsonl.xz", "test", 250),  # the task asked for 240 to 250
    "neus": Known(SHARED / "neus_val.jsonl.xz", "validation", 66),  # references: 66 words in the mean
    "multinews": Known(SHARED / "multinews_val.jsonl.xz", "validation", 227, relevant=2, sample=500),  # likewise 227
    "gold": Known(ROOT / "seeds" / "gold", "development", 140),  # references: 100 to 150
    "held-out": Known(ROOT / "seeds" / "held-out", "held out", 140),
}


def load(spec: str) -> DataSet:
    """The data set of a name, a path (file or folder of JSON, also .gz or .xz) or ``hf:NAME:SPLIT``.

    Raises:
        InputError: nothing is there, it cannot be read, or two clusters have one id.
    """
    known = NAMED.get(spec)
    if known is None and spec.startswith("hf:"):
        name, split = [*spec.split(":")[1:], "test"][:2]
        return _data_set(spec, _hub_rows(name, split), Known(Path(), split, _DEFAULT_WORDS))
    if known is None:
        path = Path(spec)
        return _data_set(path.name.partition(".")[0], rows(path), Known(path, "given", _DEFAULT_WORDS))
    return _data_set(spec, rows(known.path), known)


def _data_set(name: str, found: Sequence[Any], known: Known) -> DataSet:
    items = [item for n, row in enumerate(found) if (item := _item(row, f"{name}-{n}", known.relevant))]
    doubled = sorted({a.id for a in items if sum(b.id == a.id for b in items) > 1}) if _doubled(items) else []
    if doubled:
        raise InputError(
            f"{name} has several clusters with the id {', '.join(doubled[:3])}",
            hint="Give each cluster an id of its own.",
        )
    if not items:
        raise InputError(f"{name} holds no cluster", hint="A cluster has `articles` (or `docs`) with a `text`.")
    items.sort(key=lambda item: (hashlib.sha256(item.id.encode()).digest(), item.id))
    items = items[: known.sample]
    return DataSet(
        name, known.split, known.max_words, known.measure, tuple(items), digest_json([_plain(i) for i in items])
    )


def _doubled(items: Sequence[Item]) -> bool:
    return len({item.id for item in items}) < len(items)


def _plain(item: Item) -> list[Any]:
    """What the fingerprint covers."""
    articles = [[a.id, a.text, a.title, a.outlet, a.url, a.published] for a in item.articles]
    return [item.id, articles, item.references, item.gold, item.peers]


def _item(row: Any, fallback: str, relevant: int) -> Item | None:
    """The row as an item; ``None`` where it has too few relevant documents."""
    if not isinstance(row, Mapping):
        raise InputError(f"{fallback} is no cluster", hint="A cluster is a JSON object.")
    flags = row.get("relevant")
    if relevant and (not isinstance(flags, list) or sum(flag is True for flag in flags) < relevant):
        return None
    name, articles = cluster_of(row)
    full = [article for article in articles if article.text.strip()]
    problems = [f"{len(articles) - len(full)} articles without text"] * (len(full) < len(articles))
    if not full:
        raise InputError(f"{name or fallback} has no article with text", hint="Take the cluster out of the data set.")
    gold = row.get("gold") if isinstance(row.get("gold"), Mapping) else None
    references, faults = _references(row, gold)
    peers = row.get("systems")
    return Item(
        id=name or fallback,
        articles=tuple(as_articles(full)),
        references=references,
        gold=gold,
        peers=dict(peers) if isinstance(peers, Mapping) else None,
        problems=(*problems, *faults),
    )


def _references(row: Mapping[str, Any], gold: Mapping[str, Any] | None) -> tuple[tuple[str, ...], list[str]]:
    """The references that are texts, and in words those that are not."""
    found = next((row[key] for key in _REFERENCES if row.get(key)), (gold or {}).get("reference") or [])
    listed = found if isinstance(found, list) else [found]
    texts = tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())
    faults = [f"{len(listed) - len(texts)} references are empty or no text"] * (len(texts) < len(listed))
    return texts, faults + ["no reference"] * (not texts)


def rows(path: Path) -> list[Any]:
    """The JSON values of a file (a line each of JSONL), or of all files of a folder; raises ``InputError``."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix == ".json")
        return [row for file in files for row in rows(file)] or [_page_folder(path)]
    if not path.is_file():
        hint = f"Give a path, hf:NAME:SPLIT, or one of {', '.join(NAMED)}."
        raise InputError(f"no data set at {path}", hint=hint)
    try:
        with path.open("rb") as packed:
            text = opened(packed, path.name).read().decode("utf-8")
        lines = ".jsonl" in path.suffixes
        return [json.loads(line) for line in text.split("\n") if line.strip()] if lines else [json.loads(text)]
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="It must be JSON or JSONL in UTF-8.") from error


def _page_folder(path: Path) -> dict[str, Any]:
    """A folder of pages is one cluster."""
    reading = read_cluster([str(path)], Settings())
    return {"id": reading.id, "articles": list(reading.articles)}


def _hub_rows(name: str, split: str) -> list[Any]:
    try:
        from datasets import load_dataset
    except ImportError as error:
        raise InputError(
            "the library `datasets` is not installed", hint="pip install datasets, or give a path."
        ) from error
    found: Iterable[Any] = load_dataset(name, split=split)
    return [dict(row) for row in found]
