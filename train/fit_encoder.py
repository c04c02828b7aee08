"""Fine-tune MiniLM so that news sentences stating one fact lie closer than sentences that only share a topic.

    nice -n 5 .venv/bin/python -m train.fit_encoder --pairs .work/pairs/same_fact.jsonl --out .work/encoder --minutes 12

Three losses a step: in-batch negatives with a hard negative that differs in a number, a name or a negation (Henderson
et al., 2017); a ranking of labelled pairs by cosine, one set a batch (CoSENT, Su 2022); and the squared difference to
the original's cosines within the batch, which keeps what it knew about unrelated sentences.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from train import corpora, minilm

if TYPE_CHECKING:
    from transformers import BertModel, BertTokenizer

Labelled = list[tuple[str, str, float]]

SCALE = 20.0  # the inverse temperature that MiniLM itself was trained with
LENGTH = 72  # tokens: nine in ten mined sentences are shorter


def vectors(model: BertModel, tokenizer: BertTokenizer, texts: Sequence[str]) -> torch.Tensor:
    """Mean-pooled, L2-normalised rows."""
    batch = tokenizer(list(texts), return_tensors="pt", padding=True, truncation=True, max_length=LENGTH)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model(input_ids=batch.input_ids, attention_mask=batch.attention_mask).last_hidden_state
    mask = batch.attention_mask.unsqueeze(-1).float()
    return functional.normalize((hidden.float() * mask).sum(1) / mask.sum(1), dim=-1)


def perturbed(text: str, pool: Sequence[str], rng: random.Random) -> str:
    """The same sentence stating another fact: a number changed, a negation set or lifted, or a long word exchanged."""
    numbers = re.findall(r"\d+", text)
    if numbers and rng.random() < 0.5:
        old = rng.choice(numbers)
        return text.replace(old, str(max(1, int(old[:6]) + rng.choice((-3, -1, 1, 2, 4, 10)))), 1)
    negation = re.search(r" not\b|n't\b", text)
    if negation and rng.random() < 0.7:
        return text[: negation.start()] + text[negation.end() :]
    auxiliary = re.search(r"\b(?:is|are|was|were|will|would|has|have|had|can|could)\b", text)
    if auxiliary and rng.random() < 0.6:
        return f"{text[: auxiliary.end()]} not{text[auxiliary.end() :]}"
    long_words = re.findall(r"[a-z]{6,}", text)
    other = re.findall(r"[a-z]{6,}", rng.choice(pool))
    return text.replace(rng.choice(long_words), rng.choice(other), 1) if long_words and other else f"not {text}"


def labelled_sets() -> dict[str, Labelled]:
    """Training sets of labelled pairs; PAWS and ECB+ are cut so that none rules."""
    sets: dict[str, Labelled] = {}
    sets["pyramid"] = [(r["a"], r["b"], float(r["label"])) for r in corpora.labelled_pairs("pyramid_scu_train")]
    ecb = corpora.labelled_pairs("ecbplus_pairs_train")
    sets["ecbplus"] = [(r["a"], r["b"], float(r["shared_events"] >= 2)) for r in ecb if r["shared_events"] != 1]
    sets["paws"] = [(r["a"], r["b"], float(r["label"])) for r in corpora.labelled_pairs("paws_dev")]
    sets["mrpc"] = [(a, b, float(label)) for a, b, label in corpora.paraphrases("mrpc_train.tsv.xz")]
    sets["stsb"] = corpora.similarities("stsb_train.csv.xz")
    return sets


def held_out_sets(limit: int) -> dict[str, Labelled]:
    """Binary sets never trained on: their ROC AUC is the figure to report."""
    sets: dict[str, Labelled] = {}
    sets["pyramid"] = [(r["a"], r["b"], float(r["label"])) for r in corpora.labelled_pairs("pyramid_scu_val")]
    ecb = corpora.labelled_pairs("ecbplus_pairs_dev")
    sets["ecbplus"] = [(r["a"], r["b"], float(r["shared_events"] >= 2)) for r in ecb if r["shared_events"] != 1]
    sets["mrpc"] = [(a, b, float(label)) for a, b, label in corpora.paraphrases("mrpc_dev.tsv.xz")]
    sets["paws"] = [(r["a"], r["b"], float(r["label"])) for r in corpora.labelled_pairs("paws_test")]
    rng = random.Random(3)
    return {name: rng.sample(rows, min(limit, len(rows))) for name, rows in sets.items()}


def auc(scores: torch.Tensor, labels: torch.Tensor) -> float:
    """Area under the ROC curve: the share of positive-negative pairs ranked rightly, ties half (Mann-Whitney U)."""
    order = scores.double().unsqueeze(1) - scores[labels == 0].double().unsqueeze(0)
    order = order[labels == 1]
    return float((order > 0).double().mean() + 0.5 * (order == 0).double().mean())


@torch.inference_mode()
def evaluate(model: BertModel, tokenizer: BertTokenizer, sets: dict[str, Labelled]) -> dict[str, float]:
    """ROC AUC of the cosine on each set, and their mean."""
    model.eval()
    result: dict[str, float] = {}
    for name, rows in sets.items():
        scores = []
        for start in range(0, len(rows), 128):
            chunk = rows[start : start + 128]
            left = vectors(model, tokenizer, [a for a, _, _ in chunk])
            scores.append((left * vectors(model, tokenizer, [b for _, b, _ in chunk])).sum(-1))
        result[name] = round(auc(torch.cat(scores), torch.tensor([label for _, _, label in rows])), 4)
    result["mean"] = round(sum(result.values()) / len(result), 4)
    model.train()
    return result


def contrast(left: torch.Tensor, right: torch.Tensor, hard: torch.Tensor) -> torch.Tensor:
    """Each row of ``left`` must find its own row of ``right`` among all others and all hard negatives."""
    scores = SCALE * left @ torch.cat([right, hard]).T
    return functional.cross_entropy(scores, torch.arange(len(left)))


def ranking(cosines: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """CoSENT: log(1 + sum over pairs (i above j) of exp(scale * (cos_j - cos_i)))."""
    wrong = SCALE * (cosines.unsqueeze(0) - cosines.unsqueeze(1))
    wrong = wrong[labels.unsqueeze(1) > labels.unsqueeze(0)]
    return torch.logsumexp(torch.cat([torch.zeros(1), wrong]), dim=0) / 4


def step_loss(
    model: BertModel,
    base: BertModel,
    tokenizer: BertTokenizer,
    same: list[tuple[str, str]],
    ranked: Labelled,
    rng: random.Random,
) -> torch.Tensor:
    """The three losses on one batch of same-fact pairs and one of labelled pairs."""
    pool = [a for a, _ in same]
    texts = [*pool, *(b for _, b in same), *(perturbed(b, pool, rng) for _, b in same)]
    found = vectors(model, tokenizer, texts)
    left, right, hard = found.split(len(same))
    with torch.no_grad():
        before = vectors(base, tokenizer, texts[: 2 * len(same)])
    now = found[: 2 * len(same)]
    kept = functional.mse_loss(now @ now.T, before @ before.T)
    a, b = vectors(model, tokenizer, [t for r in ranked for t in r[:2]]).view(len(ranked), 2, -1).unbind(1)
    order = ranking((a * b).sum(-1), torch.tensor([label for _, _, label in ranked]))
    return contrast(left, right, hard) + order + 20 * kept


def blended(base: BertModel, tuned: BertModel, share: float) -> BertModel:
    """Weights between the original (0) and the tuned (1): Wortsman et al., 2022, "Robust fine-tuning"."""
    model = copy.deepcopy(base)
    state = tuned.state_dict()
    model.load_state_dict(
        {k: torch.lerp(v, state[k], share) if v.is_floating_point() else v for k, v in base.state_dict().items()}
    )
    return model


def fit(arguments: argparse.Namespace) -> None:
    """Fit for the minutes given; the learning rate falls linearly with the clock."""
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    rng = random.Random(0)
    tokenizer, model, base = minilm.tokenizer(), minilm.encoder(), minilm.encoder().eval()
    same = [(row["a"], row["b"]) for row in map(json.loads, arguments.pairs.read_text(encoding="utf-8").splitlines())]
    sets, quick = labelled_sets(), held_out_sets(600)
    names = ["pyramid", "ecbplus", "mrpc", "paws", "stsb", "ecbplus"]
    optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.lr, weight_decay=0.01, fused=True)
    print("base", evaluate(base, tokenizer, quick), "same-fact pairs", len(same), flush=True)
    start, step, shown = time.monotonic(), 0, 0.0
    model.train()
    while (done := (time.monotonic() - start) / (60 * arguments.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = arguments.lr * min(1.0, (step + 1) / 20) * (1 - done)
        ranked = rng.sample(sets[names[step % len(names)]], 40)
        loss = step_loss(model, base, tokenizer, rng.sample(same, 32), ranked, rng)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if done - shown >= 0.2:
            shown = done
            print(f"step {step} loss {loss.item():.3f}", evaluate(model, tokenizer, quick), flush=True)
            torch.save(model.state_dict(), arguments.out / "model.pt")
    torch.save(model.state_dict(), arguments.out / "model.pt")
    print("steps", step, flush=True)


def report(arguments: argparse.Namespace) -> None:
    """Held-out AUC of the original, of blends, and of the tuned weights; the best mean is kept as ``best.pt``."""
    torch.set_num_threads(arguments.threads)
    tokenizer, base, tuned = minilm.tokenizer(), minilm.encoder(), minilm.encoder()
    tuned.load_state_dict(torch.load(arguments.out / "model.pt"))
    sets = held_out_sets(arguments.limit)
    figures: dict[str, dict[str, float]] = {}
    best = -1.0
    for share in (0.0, 0.5, 1.0):
        model = blended(base, tuned, share)
        figures[f"{share:.2f}"] = evaluate(model, tokenizer, sets)
        print(share, figures[f"{share:.2f}"], flush=True)
        if share and figures[f"{share:.2f}"]["mean"] > best:
            best = figures[f"{share:.2f}"]["mean"]
            torch.save(model.state_dict(), arguments.out / "best.pt")
    (arguments.out / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def main() -> None:
    """Read the options, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--lr", type=float, default=3e-5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=2000, help="held-out pairs a set in the report")
    parser.add_argument("--report-only", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.report_only:
        fit(arguments)
    report(arguments)


if __name__ == "__main__":
    main()
