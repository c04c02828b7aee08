"""Fit the pair model: MiniLM reads two claims together and says how they stand to each other.

    export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456
    python -m train.fit_pair public seeds/training --out .work/pair1 --minutes 40
    python -m train.fit_pair sheets --init .work/pair1/model.pt --out .work/pair --minutes 32 --lr 8e-5

All six layers start from the shipped encoder, whose word vectors stay as they are. One network, four answers: ``about``
(one thing, whatever its value), ``equal`` (the very same statement), ``relation`` (entailed, neutral, contradicted) and
``class`` (same, rival, overtaken, other), of which the shipped model keeps the first and the last. A set trains only the
answers that its labels bear on. The first run is on public sets and the training clusters, of which the two sides of a
discrepancy are about one thing and contradict each other; further contradictions are made from true statements with a
number, a day or a negation changed. The second is mostly on the event sheets (``events.py``), and on no cluster. A third,
``pages``, on what readers judged of the clusters' claims (``stands.py``), is not part of the shipped weights: see README.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from summarize.models.load import load_encoder
from summarize.models.pairs import CLASSES, PairNetwork, tensors
from summarize.models.weights import ENCODER
from summarize.settings import Settings
from train import minilm
from train.fit_encoder import auc
from train.pairs import RELATIONS, RIVAL, Example, held_out_sets, page_sets, sheet_sets, training_sets

if TYPE_CHECKING:
    from transformers import BertTokenizer

LONGEST = 80  # tokens of a pair; longer ones cost more than they teach
TOKENS = 2000  # padded, a step
ANSWERS = ("about", "equal", *RELATIONS, *CLASSES)
RELATION, STANDS = (2, 5), (5, 9)
"""Where the logits of the three relations and of the four classes lie."""


def network() -> PairNetwork:
    """Where fitting starts: the shipped encoder, its word vectors kept as they are."""
    from transformers import AutoModel

    trunk = AutoModel.from_pretrained(ENCODER, local_files_only=True, dtype=torch.float32, add_pooling_layer=False)
    minilm.no_attention_dropout(trunk)
    trunk.embeddings.word_embeddings.requires_grad_(False)
    made = PairNetwork(trunk, trunk.config.hidden_size, len(ANSWERS))
    with torch.no_grad():
        made.heads.bias.zero_()
        made.heads.bias[:2] = -3.0
        made.cosine.copy_(torch.tensor([6.0, 6.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, -3.0]))
    return made


def tokenised(tokenizer: BertTokenizer, texts: Sequence[str]) -> dict[str, list[int]]:
    """Word pieces of each distinct text."""
    distinct = sorted(set(texts))
    found = tokenizer(distinct, add_special_tokens=False, split_special_tokens=True, verbose=False).input_ids
    return dict(zip(distinct, found, strict=True))


PUBLIC = {
    "clauses same": 3, "clauses against": 1, "clauses not": 4, "sentences same": 1, "sentences against": 0.5,
    "sentences not": 1.5, "pyramid": 8, "ecbplus": 2, "ecbplus not": 3, "paws": 7, "mrpc": 5, "stsb": 5, "mnli": 24,
    "conjnli": 6, "fever": 9, "edits": 8, "breaking": 1, "other": 7, "changed": 6,
}  # fmt: skip
SHEETS = {
    "same": 18, "rival": 17, "value": 5, "overtaken": 4, "near": 12, "apart": 12, "pyramid": 5, "ecbplus": 2,
    "ecbplus not": 2, "paws": 3, "mrpc": 2, "stsb": 1, "mnli": 7, "conjnli": 1.5, "fever": 4, "edits": 3, "breaking": 0.3,
    "other": 3, "changed": 3,
}  # fmt: skip
PAGES = {"page same": 14, "page rival": 9, "page overtaken": 5, "page other": 22} | {
    name: 0.5 * share for name, share in SHEETS.items()
}
"""How often each set is drawn, in the first, the second and the third run."""
SYMMETRIC = {"pyramid", "ecbplus", "ecbplus not", "paws", "mrpc", "stsb", "changed"} | {
    *(name for name in PUBLIC if name.startswith(("clauses", "sentences"))),
    *("same", "rival", "value", "overtaken", "near", "apart"),
    *(name for name in PAGES if name.startswith("page")),
}


@dataclass(frozen=True, slots=True)
class Batches:
    """Batches of like lengths, for ever: every set by its share, in its own order."""

    sets: Mapping[str, Sequence[Example]]
    shares: Mapping[str, float]
    ids: Mapping[str, list[int]]
    rng: random.Random

    def __iter__(self) -> Iterator[list[Example]]:
        queues: dict[str, list[Example]] = {name: [] for name in self.sets}
        names = list(self.sets)
        while True:
            drawn = self.rng.choices(names, [self.shares[name] for name in names], k=4096)
            chosen = []
            for name in drawn:
                if not queues[name]:
                    queues[name] = self.rng.sample(self.sets[name], len(self.sets[name]))
                x = queues[name].pop()
                swap = self.rng.random() < 0.5 and name in SYMMETRIC
                chosen.append(x._replace(a=x.b, b=x.a) if swap else x)
            chosen.sort(key=self._length)
            cut: list[list[Example]] = [[]]
            for x in chosen:
                if (len(cut[-1]) + 1) * self._length(x) > TOKENS:
                    cut.append([])
                cut[-1].append(x)
            self.rng.shuffle(cut)
            yield from cut

    def _length(self, x: Example) -> int:
        return len(self.ids[x.a]) + len(self.ids[x.b]) + 3


def loss_of(logits: Tensor, batch: Sequence[Example]) -> Tensor:
    """The mean of each answer's loss over the examples that bear on it, weighed by how many these are."""
    loss = logits.new_zeros(())
    for column, field in enumerate(("about", "equal")):
        labels = torch.tensor([getattr(x, field) for x in batch])
        known = labels >= 0
        if known.any():
            loss = loss + functional.binary_cross_entropy_with_logits(
                logits[known, column], labels[known], reduction="sum"
            )
    for field, first, last in (("relation", *RELATION), ("stands", *STANDS)):
        labels = torch.tensor([getattr(x, field) for x in batch])
        if (labels >= 0).any():
            loss = loss + functional.cross_entropy(logits[:, first:last], labels, ignore_index=-1, reduction="sum")
    return loss / len(batch)


# --- figures


@torch.inference_mode()
def scored(pair: PairNetwork, tokenizer: BertTokenizer, pairs: Sequence[tuple[str, str]], longest: int = 160) -> Tensor:
    """Logits of pairs of texts, in their order; each side is cut at half of ``longest`` pieces."""
    pair.eval()
    ids = tokenised(tokenizer, [text for pair in pairs for text in pair])
    both = [(ids[a][: longest // 2], ids[b][: longest // 2]) for a, b in pairs]
    order = sorted(range(len(pairs)), key=lambda n: len(both[n][0]) + len(both[n][1]))
    out = torch.zeros((len(pairs), len(ANSWERS)))
    for start in range(0, len(order), 64):
        chunk = order[start : start + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out[chunk] = pair(*tensors([both[n] for n in chunk], minilm.CLS, minilm.SEP)).float()
    pair.train()
    return out


def evaluate(
    pair: PairNetwork, tokenizer: BertTokenizer, sets: Mapping[str, tuple[str, Sequence[Example]]]
) -> dict[str, float]:
    """ROC AUC on binary sets and of rivals among the sheets' pairs, accuracy on three-way ones."""
    figures: dict[str, float] = {}
    for name, (what, own) in sets.items():
        logits = scored(pair, tokenizer, [(x.a, x.b) for x in own])
        if what == "relation":
            relation = torch.tensor([x.relation for x in own])
            figures[name] = float((logits[:, RELATION[0] : RELATION[1]].argmax(-1) == relation).double().mean())
        elif what == "rival":
            classes = logits[:, STANDS[0] : STANDS[1]].softmax(-1)
            figures[name] = auc(classes[:, RIVAL], torch.tensor([float(x.stands == RIVAL) for x in own]))
        else:
            labels = torch.tensor([getattr(x, what) for x in own])
            figures[name] = auc(logits[:, ("about", "equal").index(what)], labels)
    return {name: round(value, 3) for name, value in figures.items()}


def cosines(sets: Mapping[str, tuple[str, Sequence[Example]]]) -> dict[str, float]:
    """ROC AUC of the shipped encoder's cosine on the binary sets."""
    encoder = load_encoder(Settings())
    figures: dict[str, float] = {}
    for name, (what, own) in sets.items():
        if what in ("about", "equal"):
            left, right = (torch.from_numpy(encoder.encode([x[side] for x in own])) for side in (0, 1))
            labels = torch.tensor([getattr(x, what) for x in own])
            figures[name] = round(auc((left * right).sum(-1), labels), 3)
    return figures


def fit(arguments: argparse.Namespace) -> None:
    """Fit for the minutes given; the learning rate rises for 100 steps and falls linearly with the clock."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    tokenizer, pair = minilm.tokenizer(), network()
    if arguments.init is not None:
        pair.load_state_dict(torch.load(arguments.init))
    if arguments.run == "public":
        sets, shares = training_sets(arguments.folders), PUBLIC
    else:
        sets, shares = {**training_sets(()), **sheet_sets(load_encoder(Settings()))}, SHEETS
        if arguments.run == "pages":
            clusters = sorted(path.stem for folder in arguments.folders for path in folder.glob("*.json"))
            sets, shares = (
                {**sets, **page_sets(clusters if arguments.part is None else clusters[arguments.part :: 2])},
                PAGES,
            )
    sets = {name: own for name, own in sets.items() if own}
    ids = tokenised(tokenizer, [t for own in sets.values() for x in own for t in (x.a, x.b)])
    sets = {name: [x for x in own if len(ids[x.a]) + len(ids[x.b]) + 3 <= LONGEST] for name, own in sets.items()}
    print({name: len(own) for name, own in sets.items()}, flush=True)
    groups: list[dict[str, Any]] = [
        {"params": [p for p in pair.trunk.parameters() if p.requires_grad], "base": arguments.lr},
        {"params": [*pair.hidden.parameters(), *pair.heads.parameters(), pair.cosine], "base": 5e-4},
    ]
    optimizer = torch.optim.AdamW(groups, lr=arguments.lr, weight_decay=0.01, fused=True)
    start, shown, seen, total = time.monotonic(), 0.0, 0, 0.0
    pair.train()
    for step, batch in enumerate(Batches(sets, shares, ids, random.Random(arguments.seed))):
        done = (time.monotonic() - start) / (60 * arguments.minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, (step + 1) / 100) * (1 - done)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = pair(*tensors([(ids[x.a], ids[x.b]) for x in batch], minilm.CLS, minilm.SEP))
        loss = loss_of(logits.float(), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(pair.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen, total = seen + len(batch), total + loss.item()
        if step % 100 == 99:
            print(f"step {step + 1} pairs {seen} {time.monotonic() - start:.0f} s loss {total / 100:.3f}", flush=True)
            total = 0.0
        if done - shown >= 0.1:
            shown = done
            torch.save(pair.state_dict(), arguments.out / "model.pt")
    torch.save(pair.state_dict(), arguments.out / "model.pt")
    print("steps", step, "pairs", seen, flush=True)


def main() -> None:
    """Read the options, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", choices=("public", "sheets", "pages"))
    parser.add_argument("folders", nargs="*", type=Path, help="annotated clusters, for the first run and the third")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", type=int, choices=(0, 1), help="fit on every other of the clusters only")
    parser.add_argument("--init", type=Path, help="go on from these weights of an earlier run")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lr", type=float, default=1.2e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=1000, help="held-out pairs a set in the report")
    parser.add_argument("--report-only", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not arguments.report_only:
        fit(arguments)
    torch.set_num_threads(arguments.threads)
    pair = network()
    pair.load_state_dict(torch.load(arguments.out / "model.pt"))
    sets = held_out_sets(arguments.limit)
    print("cosine", cosines(sets), flush=True)
    print("pair model", evaluate(pair, minilm.tokenizer(), sets))


if __name__ == "__main__":
    main()
