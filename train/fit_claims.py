"""Fine-tune the sentence encoder on the claims of annotated clusters: what states one thing lies closer than what does not.

    python -m train.fit_claims seeds/training --check seeds/gold --init .work/encoder/best.pt --out .work/claims --minutes 14

A batch is one cluster's pairs, positive and negative as the gold says, of clauses or of their sentences in turn; the
loss ranks them by cosine (CoSENT, Su 2022) and keeps the cosines of the weights it started from. The layers that the
parser shares stay as they are. ``--check`` clusters are for the report only.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from summarize.models.syntax import SHARED
from summarize.settings import Settings
from train import minilm
from train.annotated import annotated
from train.fit_decisions import same_thing
from train.fit_encoder import ranking, vectors

if TYPE_CHECKING:
    from transformers import BertModel, BertTokenizer

POSITIVE, NEGATIVE = 14, 34  # pairs a step


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, the sentences they stand in, and whether they are about one thing."""

    clauses: tuple[str, str]
    sentences: tuple[str, str]
    same: float


def pairs(folder: Path) -> dict[str, list[Pair]]:
    """The judged pairs of each cluster."""
    found = {}
    for cluster in annotated([folder], Settings()):
        judged, labels = same_thing(cluster)
        found[cluster.id] = [
            Pair(
                (cluster.claims[i].text, cluster.claims[j].text),
                (cluster.sentences[cluster.claims[i].sentence], cluster.sentences[cluster.claims[j].sentence]),
                label,
            )
            for (i, j), label in zip(judged, labels, strict=True)
        ]
    return found


@torch.inference_mode()
def evaluate(model: BertModel, tokenizer: BertTokenizer, clusters: dict[str, list[Pair]]) -> dict[str, float]:
    """Mean average precision of the cosine over the clusters, for clauses and for sentences."""
    model.eval()
    found: dict[str, list[float]] = {"clauses": [], "sentences": []}
    for own in clusters.values():
        texts = sorted({t for pair in own for t in (*pair.clauses, *pair.sentences)}, key=lambda t: (len(t), t))
        rows = torch.cat([vectors(model, tokenizer, texts[n : n + 32]).float() for n in range(0, len(texts), 32)])
        place = {text: n for n, text in enumerate(texts)}
        labels = np.array([pair.same for pair in own])
        for name, precisions in found.items():
            both = [getattr(pair, name) for pair in own]
            left, right = (rows[[place[texts[side]] for texts in both]] for side in (0, 1))
            precisions.append(average_precision((left * right).sum(-1).numpy(), labels))
    model.train()
    return {name: round(float(np.mean(values)), 4) for name, values in found.items()}


def average_precision(scores: np.ndarray, labels: np.ndarray) -> float:
    """Mean of the precisions at each positive, by falling score."""
    ranked = labels[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1) * ranked).sum() / ranked.sum())


def step_loss(
    model: BertModel, base: BertModel, tokenizer: BertTokenizer, own: list[Pair], rng: random.Random
) -> torch.Tensor:
    """The loss of one batch of a cluster's pairs."""
    positive, negative = ([pair for pair in own if bool(pair.same) == same] for same in (True, False))
    chosen = rng.sample(positive, min(POSITIVE, len(positive))) + rng.sample(negative, min(NEGATIVE, len(negative)))
    part = rng.choice(("clauses", "sentences"))
    both = [getattr(pair, part) for pair in chosen]
    texts = sorted({text for pair in both for text in pair})
    place = {text: n for n, text in enumerate(texts)}
    now = vectors(model, tokenizer, texts)
    with torch.no_grad():
        before = vectors(base, tokenizer, texts)
    left, right = (now[[place[pair[side]] for pair in both]] for side in (0, 1))
    order = ranking((left * right).sum(-1), torch.tensor([pair.same for pair in chosen]))
    return order + 10 * functional.mse_loss(now @ now.T, before @ before.T)


def main() -> None:
    """Read the options, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", type=Path, required=True)
    parser.add_argument("--init", type=Path, required=True, help="weights of train.fit_encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=14)
    parser.add_argument("--lr", type=float, default=4e-5)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    rng = random.Random(0)
    tokenizer, model = minilm.tokenizer(), minilm.encoder()
    model.load_state_dict(torch.load(arguments.init))
    base = copy.deepcopy(model).eval()
    for module in (model.embeddings, *model.encoder.layer[:SHARED]):
        module.requires_grad_(False)
    data, check = pairs(arguments.folder), pairs(arguments.check)
    print("before", evaluate(model, tokenizer, check), flush=True)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], weight_decay=0.01)
    start, step, shown = time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - start) / (60 * arguments.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = arguments.lr * min(1.0, (step + 1) / 20) * (1 - done)
        loss = step_loss(model, base, tokenizer, data[rng.choice(list(data))], rng)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if done - shown >= 0.2:
            shown = done
            print(f"step {step} loss {loss.item():.3f}", evaluate(model, tokenizer, check), flush=True)
            torch.save(model.state_dict(), arguments.out / "model.pt")
    torch.save(model.state_dict(), arguments.out / "model.pt")
    print("steps", step, evaluate(model, tokenizer, check), flush=True)


if __name__ == "__main__":
    main()
