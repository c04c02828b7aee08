"""Fit the writer: claims of one fact in, one sentence out.

    MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456 \\
        nice -n 5 .venv/bin/python -m train.fit --pairs .work/pairs --out .work/writer --until 08:10

Started from MiniLM (``minilm.writer``). The learning rate follows the clock, not a count of steps, so that it has
decayed when the time is up however slow the machine was; a fit that was stopped goes on from its last checkpoint with
the time that is left. Two things make a short fit go far: batches of like lengths, and a softmax over the batch's own
word pieces plus a random sample (Jean et al., 2015), a tenth of the work, since decoding chooses among the evidence's
words anyway. Validation uses the whole vocabulary.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from summarize.models import shipped
from train import minilm

if TYPE_CHECKING:
    from transformers import BartForConditionalGeneration

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Example:
    """One pair as token ids, special tokens included."""

    source: tuple[int, ...]
    target: tuple[int, ...]

    @property
    def cost(self) -> int:
        """Tokens, source and target."""
        return len(self.source) + len(self.target)


def examples(path: Path, repeats: dict[str, int]) -> list[Example]:
    """The pairs of one file as ids: ``[CLS] plan claim [SEP] claim [SEP]`` to ``sentence [SEP]``."""
    rows = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    tokenizer = minilm.tokenizer()
    texts = [text for row in rows for text in (*row["sources"], row["target"])]
    ids = iter(tokenizer(texts, add_special_tokens=False).input_ids)
    found: list[Example] = []
    for row in rows:
        claims = [next(ids) for _ in row["sources"]]
        target = next(ids)
        plan = shipped.plan_token(len(row["target"].split()), len(row["sources"][0].split()))
        source = shipped.input_ids(claims, plan, start=minilm.CLS, separator=minilm.SEP)
        if len(source) > 4 and len(target) <= 80:
            example = Example(tuple(source), (*target, minilm.SEP))
            found.extend([example] * repeats.get(row["kind"], 1))
    return found


def batches(rows: list[Example], tokens: int, rng: random.Random) -> Iterator[list[Example]]:
    """One epoch in random order: batches of like lengths holding at most ``tokens`` padded tokens."""
    order = sorted(rows, key=lambda row: row.cost * rng.uniform(0.9, 1.1))
    groups: list[list[Example]] = [[]]
    longest = [0, 0]
    for row in order:
        wider = [max(longest[0], len(row.source)), max(longest[1], len(row.target))]
        if groups[-1] and sum(wider) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            wider = [len(row.source), len(row.target)]
        groups[-1].append(row)
        longest = wider
    rng.shuffle(groups)
    yield from groups


def padded(rows: list[tuple[int, ...]], fill: int) -> torch.Tensor:
    """Rows of one length, filled up on the right."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def hidden_states(model: BartForConditionalGeneration, batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Decoder outputs at the real positions (n, 384) and the tokens to be predicted there (n,)."""
    source = padded([row.source for row in batch], minilm.PAD)
    labels = padded([row.target for row in batch], IGNORED)
    given = torch.cat([torch.full((len(batch), 1), minilm.CLS), labels[:, :-1].clamp_min(minilm.PAD)], dim=1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        output = model.model(input_ids=source, attention_mask=source.ne(minilm.PAD), decoder_input_ids=given)
    real = labels.ne(IGNORED)
    return output.last_hidden_state[real], labels[real]


def sampled_loss(
    model: BartForConditionalGeneration, batch: list[Example], sample: int, smoothing: float
) -> torch.Tensor:
    """Cross-entropy over the batch's own word pieces and ``sample`` random ones."""
    hidden, labels = hidden_states(model, batch)
    own = torch.tensor(sorted({token for row in batch for token in (*row.source, *row.target)}))
    random_ones = torch.randint(999, 30522, (sample,))
    kept = torch.unique(torch.cat([own, random_ones]))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = hidden @ model.model.shared.weight[kept].T
    return functional.cross_entropy(scores.float(), torch.searchsorted(kept, labels), label_smoothing=smoothing)


@torch.inference_mode()
def validate(model: BartForConditionalGeneration, rows: list[Example]) -> float:
    """Mean negative log-likelihood a token over the whole vocabulary, without smoothing."""
    model.eval()
    total, count = 0.0, 0
    for batch in batches(rows, 4000, random.Random(0)):
        hidden, labels = hidden_states(model, batch)
        scores = hidden.float() @ model.model.shared.weight.float().T
        total += float(functional.cross_entropy(scores, labels, reduction="sum"))
        count += len(labels)
    model.train()
    return total / count


def seconds_until(clock: str) -> float:
    """Seconds from now to HH:MM of today."""
    hour, minute = map(int, clock.split(":"))
    now = datetime.now()
    return (now.replace(hour=hour, minute=minute, second=0) - now).total_seconds()


def rate(peak: float, share: float, warm: float = 0.03) -> float:
    """Linear warm-up over the first 3 % of the time, then a half cosine to zero."""
    if share < warm:
        return peak * max(share / warm, 0.02)
    return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, (share - warm) / (1 - warm))))


def fit(arguments: argparse.Namespace) -> None:
    """Fit until the clock says so, from the last checkpoint if there is one."""
    torch.set_num_threads(arguments.threads)
    repeats = {"reference": 2, "other": 2, "entailed": 2}
    rows, valid = (
        examples(arguments.pairs / "writer_train.jsonl", repeats),
        examples(arguments.pairs / "writer_valid.jsonl", {}),
    )
    valid = valid[:400]
    model = minilm.writer().train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    state = {"elapsed": 0.0, "step": 0, "tokens": 0, "epoch": 0}
    checkpoint = arguments.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    torch.manual_seed(state["step"])
    budget = state["elapsed"] + seconds_until(arguments.until)
    before, start, saved_at = state["elapsed"], time.monotonic(), state["elapsed"]
    print(
        f"{len(rows)} pairs, {sum(row.cost for row in rows)} tokens an epoch; {budget:.0f} s in all", state, flush=True
    )
    while state["elapsed"] < budget:
        rng = random.Random(state["epoch"] * 1000 + state["step"])
        for batch in batches(rows, arguments.tokens, rng):
            lr = rate(arguments.lr, state["elapsed"] / budget)
            for group in optimizer.param_groups:
                group["lr"] = lr
            loss = sampled_loss(model, batch, arguments.sample, arguments.smoothing)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            state["step"] += 1
            state["tokens"] += sum(row.cost for row in batch)
            state["elapsed"] = before + time.monotonic() - start
            if state["step"] % 25 == 0:
                print(
                    f"{state['elapsed']:.0f} s step {state['step']} tokens {state['tokens']}"
                    f" lr {lr:.2e} loss {loss.item():.3f}",
                    flush=True,
                )
            if state["elapsed"] - saved_at > arguments.every or state["elapsed"] >= budget:
                saved_at = state["elapsed"]
                print(
                    f"{state['elapsed']:.0f} s step {state['step']} validation {validate(model, valid):.4f}", flush=True
                )
                save(checkpoint, model, optimizer, state)
                if state["elapsed"] >= budget:
                    break
        state["epoch"] += 1


def save(path: Path, model: torch.nn.Module, optimizer: torch.optim.Optimizer, state: dict[str, float]) -> None:
    """Write beside and rename, so that a stopped fit never leaves half a checkpoint."""
    partial = path.with_suffix(".partial")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state}, partial)
    partial.replace(path)


def main() -> None:
    """Read the options and fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--until", required=True, help="HH:MM of today at which the learning rate is zero")
    parser.add_argument("--lr", type=float, default=6e-4)
    parser.add_argument("--tokens", type=int, default=2600, help="padded tokens a step, source and target")
    parser.add_argument("--sample", type=int, default=1500, help="random word pieces in the softmax")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=float, default=240, help="seconds between checkpoints")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    fit(arguments)


if __name__ == "__main__":
    main()
