"""Results on disk: a folder a data set, a folder a system in it, each line a cluster. What is whole is never made again.

results/<data>/references.json          what summaries are measured against, for the report
results/<data>/<system>/run.json        the signature, and how the run was asked for
results/<data>/<system>/outputs.jsonl   texts, seconds and peak memory by stage; or why there is none
results/<data>/<system>/scores.jsonl    each cluster's figures
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.metrics.registry import Segment
from eval.signature import Signature, differences
from eval.systems.base import CitedSentence, Written
from summarize.errors import InputError

FAILED = "the system failed"
"""How the reason begins why a cluster without output has no figures."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of one cluster, and what it cost."""

    id: str
    texts: tuple[Written, ...]
    """One a seed; empty where the system failed."""
    seconds: float
    stages: Mapping[str, float]
    """Seconds by stage, where the system tells."""
    peak_mb: float
    """Peak memory of the process while it worked on the cluster, in 10^6 bytes; where that cannot be told, so far."""
    words_in: int
    """Words of the articles."""
    error: str | None = None
    stage_peaks_mb: Mapping[str, float] = field(default_factory=dict)
    """Peak memory by stage; empty from outputs of before it was kept, and where the system does not tell."""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON; ``from_dict`` is the inverse."""
        texts = [
            {
                "text": w.text,
                "sentences": None
                if w.sentences is None
                else [{"text": s.text, "citations": list(s.citations)} for s in w.sentences],
                "summary": w.summary,
            }
            for w in self.texts
        ]
        return {
            "id": self.id,
            "texts": texts,
            "seconds": self.seconds,
            "stages": dict(self.stages),
            "peak_mb": self.peak_mb,
            "words_in": self.words_in,
            "error": self.error,
            "stage_peaks_mb": dict(self.stage_peaks_mb),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Output:
        """Inverse of ``to_dict``; a key that is missing or unknown is a ``KeyError`` or ``TypeError``."""
        return cls(**{**data, "texts": tuple(_written(each) for each in data["texts"])})


def _written(data: Mapping[str, Any]) -> Written:
    sentences = data["sentences"]
    cited = None if sentences is None else tuple(CitedSentence(s["text"], tuple(s["citations"])) for s in sentences)
    return Written(data["text"], cited, data["summary"])


@dataclass(frozen=True, slots=True)
class Run:
    """One system on one data set."""

    folder: Path

    @classmethod
    def at(cls, results: Path, data: str, system: str) -> Run:
        """The run's folder below ``results``."""
        return cls(results / _slug(data) / _slug(system))

    def begin(self, signature: Signature, asked: Mapping[str, Any]) -> None:
        """Make the folder, or go on in it.

        Raises:
            InputError: it holds outputs of the same system in another version, or on other data.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.folder / "run.json").exists():
            old = self.signature
            both = differences({**old.system, **_data_of(old)}, {**signature.system, **_data_of(signature)})
            if both:
                raise InputError(
                    f"{self.folder} holds another run: {'; '.join(both)}",
                    hint="Give another folder with -o, or --fresh to make this one anew.",
                )
        self.write("run.json", {**signature.to_dict(), "asked": dict(asked)})

    def clear(self) -> None:
        """Forget what was made here."""
        for name in ("run.json", "outputs.jsonl", "scores.jsonl"):
            (self.folder / name).unlink(missing_ok=True)

    @property
    def asked(self) -> dict[str, Any]:
        """How the run was asked for: its data, limit and judge, and what was wrong with the data.

        Raises:
            InputError: the file was edited, or made by another version.
        """
        found: dict[str, Any] = _read(self.folder / "run.json").get("asked", {})
        if missing := {"data", "limit", "nli", "problems"} - found.keys():
            hint = "Give the same `run` again; what was written is kept."
            raise InputError(f"{self.folder / 'run.json'} lacks {', '.join(sorted(missing))}", hint=hint)
        return found

    @property
    def signature(self) -> Signature:
        """Of what is here."""
        return Signature.from_dict(_read(self.folder / "run.json"))

    def outputs(self) -> dict[str, Output]:
        """The outputs by cluster, failed ones among them; raises ``InputError`` where another version wrote them."""
        path = self.folder / "outputs.jsonl"
        try:
            return {row["id"]: Output.from_dict(row) for row in _lines(path)}
        except (KeyError, TypeError) as error:
            hint = "Give the same `run` again with --fresh to make them anew."
            raise InputError(f"{path} was written by another version: {error}", hint=hint) from error

    def segments(self, rules: str | None = None) -> dict[str, Segment]:
        """The figures by cluster, in the order of the ids; with ``rules``, those that were taken by just these.

        Figures of a cluster that failed are not among the latter, since it may be tried again.
        """
        rows = sorted(_lines(self.folder / "scores.jsonl"), key=lambda row: str(row["id"]))
        found = {row["id"]: Segment(row["id"], row["figures"], row["excluded"]) for row in rows if _by(row, rules)}
        return found if rules is None else {key: each for key, each in found.items() if not _failed(each)}

    def append(self, output: Output) -> None:
        """Add a line, whole before anything else happens."""
        with (self.folder / "outputs.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(output.to_dict(), ensure_ascii=False, allow_nan=False) + "\n")

    def keep(self, outputs: Iterable[Output]) -> None:
        """Write the outputs anew, in the order given."""
        _replace(self.folder / "outputs.jsonl", (output.to_dict() for output in outputs))

    def append_score(self, segment: Segment, rules: str) -> None:
        """Add a cluster's figures, taken by ``rules`` (their digest)."""
        with (self.folder / "scores.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(_plain(segment, rules), ensure_ascii=False, allow_nan=False) + "\n")

    def score(self, segments: Iterable[Segment], rules: str) -> None:
        """Write all figures anew."""
        _replace(self.folder / "scores.jsonl", [_plain(segment, rules) for segment in segments])

    def write(self, name: str, value: Any) -> None:
        """A JSON file in the run's folder, whole or not at all."""
        _replace(self.folder / name, [value], indent=1)


def runs(results: Path) -> list[Run]:
    """All runs below a folder, by name; raises ``InputError`` where there is none."""
    found = [Run(path.parent) for path in sorted(results.glob("*/*/run.json"))]
    if not found:
        raise InputError(f"{results} holds no run", hint="Make one with `python -m eval run ... -o DIR`.")
    return found


def write_references(results: Path, data: str, references: Mapping[str, Iterable[str]]) -> None:
    """Keep the references of a data set for the report."""
    folder = results / _slug(data)
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "references.json", [{key: list(texts) for key, texts in references.items()}])


def references(run: Run) -> dict[str, list[str]]:
    """The references of the run's data set by cluster."""
    found: dict[str, list[str]] = _read(run.folder.parent / "references.json")
    return found


def _plain(segment: Segment, rules: str) -> dict[str, Any]:
    return {"id": segment.id, "rules": rules, "figures": dict(segment.figures), "excluded": dict(segment.excluded)}


def _by(row: Mapping[str, Any], rules: str | None) -> bool:
    return rules is None or row["rules"] == rules


def _failed(segment: Segment) -> bool:
    return any(reason.startswith(FAILED) for reason in segment.excluded.values())


def _data_of(signature: Signature) -> dict[str, Any]:
    return {key: signature.protocol.get(key) for key in ("sha256", "words")}


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "unnamed"


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="Make the run again with --fresh.") from error


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a file; a line cut short by a crash is skipped, and made again by the next run."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:  # other line separators stand inside of texts
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)


def _replace(path: Path, values: Iterable[Any], *, indent: int | None = None) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n")
    draft.replace(path)
