"""Figures of the fitted writer on its held-out pairs, by kind of pair.

    python -m train.report .work/writer/checkpoint.pt .work/pairs summarize/models/weights/writer --limit 40

Loss is the mean negative log-likelihood a token over the whole vocabulary. The other figures are of what the exported
weights write through the package, restricted to the evidence's words: the candidate with the highest score, and of all
candidates the one nearest to the target.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import torch

from summarize.models.base import GenerationRequest
from summarize.models.load import load_generator
from summarize.settings import Settings
from train import filters, fit, minilm


def overlap(left: str, right: str) -> float:
    """F1 over word types: 1 for the same words, 0 for none in common."""
    a, b = set(filters.words(left)), set(filters.words(right))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def losses(checkpoint: Path, pairs: Path) -> dict[str, float]:
    """Validation loss of each kind, and of all."""
    model = minilm.writer()
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    kinds = sorted({json.loads(line)["kind"] for line in (pairs / "writer_valid.jsonl").open(encoding="utf-8")})
    found = {
        kind: fit.validate(
            model, fit.examples(pairs / "writer_valid.jsonl", {other: int(other == kind) for other in kinds})
        )
        for kind in kinds
    }
    return found | {"all": fit.validate(model, fit.examples(pairs / "writer_valid.jsonl", {}))}


def written(rows: Sequence[dict[str, object]], folder: Path) -> dict[str, dict[str, float]]:
    """What the weights write: words shared with the target, length against the best source, copies, failures."""
    generator = load_generator(str(folder), Settings())
    requests = [GenerationRequest("", tuple(row["sources"]), 40) for row in rows]  # type: ignore[arg-type]
    tables: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row, candidates in zip(rows, generator.generate(requests), strict=True):
        target, source = str(row["target"]), str(row["sources"][0])  # type: ignore[index]
        table = tables[str(row["kind"])]
        table["nothing written"].append(float(not candidates))
        if not candidates:
            continue
        table["f1 of the first"].append(overlap(candidates[0].text, target))
        table["f1 of the nearest"].append(max(overlap(c.text, target) for c in candidates))
        table["f1 of the source"].append(overlap(source, target))
        table["words to the source's"].append(len(candidates[0].text.split()) / len(source.split()))
        table["shortest to the source's"].append(min(len(c.text.split()) for c in candidates) / len(source.split()))
    return {kind: {name: round(mean(values), 3) for name, values in table.items()} for kind, table in tables.items()}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=40, help="held-out pairs of each kind to write")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in (arguments.pairs / "writer_valid.jsonl").open(encoding="utf-8")]
    kinds: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(row)
    chosen = [row for found in kinds.values() for row in found[: arguments.limit]]
    figures = {"loss": losses(arguments.checkpoint, arguments.pairs), "written": written(chosen, arguments.folder)}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
