"""Fit a pair model: MiniLM reads two claims together and says whether they are about one thing, state the same, or conflict.

    export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456
    python -m train.fit_pair seeds/training --out .work/pair --minutes 60

All six layers start from the shipped encoder, whose word vectors stay as they are. One network, three answers: ``about``
(one thing, whatever its value), ``equal`` (the very same statement), ``relation`` (entailed, neutral, contradicted).
A set trains only the answers that its labels bear on. Of clusters, the two sides of a discrepancy are about one thing
and contradict each other; further contradictions are made from true statements with a number, a day or a negation changed.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from summarize.models.load import load_encoder
from summarize.models.weights import ENCODER
from summarize.settings import Settings
from train import corpora, minilm
from train.annotated import Annotated, annotated, inside
from train.fit_decisions import same_thing
from train.fit_encoder import auc

if TYPE_CHECKING:
    from transformers import BertTokenizer

LONGEST = 80  # tokens of a pair; longer ones cost more than they teach
TOKENS = 2000  # padded, a step
NONE = -1.0  # no label
RELATIONS = {"e": 0, "n": 1, "c": 2}


class Example(NamedTuple):
    """Two texts and what is known of them; ``NONE`` (``relation``: -1) where nothing is."""

    a: str
    b: str
    about: float = NONE
    equal: float = NONE
    relation: int = -1


class PairNetwork(nn.Module):
    """MiniLM over ``[CLS] a [SEP] b [SEP]``; its heads see [CLS] and how the means of the two sides differ."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.trunk = AutoModel.from_pretrained(
            ENCODER, local_files_only=True, dtype=torch.float32, add_pooling_layer=False
        )
        minilm.no_attention_dropout(self.trunk)
        self.trunk.embeddings.word_embeddings.requires_grad_(False)
        width = self.trunk.config.hidden_size
        self.hidden = nn.Linear(3 * width, 256)
        self.heads = nn.Linear(256, 5)
        self.cosine = nn.Parameter(torch.tensor([6.0, 6.0, 0.0, 0.0, 0.0]))
        nn.init.constant_(self.heads.bias, 0.0)
        with torch.no_grad():
            self.heads.bias[:2] = -3.0

    def forward(self, ids: Tensor, mask: Tensor, side: Tensor) -> Tensor:
        """Logits (n, 5): about, equal, and the three relations."""
        states = self.trunk(input_ids=ids, attention_mask=mask, token_type_ids=side).last_hidden_state.float()
        means = []
        for which in (0, 1):
            own = (mask * (side == which)).unsqueeze(-1).float()
            means.append((states * own).sum(1) / own.sum(1))
        u, v = means
        seen = torch.cat([states[:, 0], (u - v).abs(), u * v], dim=-1)
        angle = functional.cosine_similarity(u, v, dim=-1)
        logits: Tensor = self.heads(functional.gelu(self.hidden(seen))) + self.cosine * angle.unsqueeze(-1)
        return logits


def tensors(pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and side of tokenised pairs."""
    width = max(len(a) + len(b) for a, b in pairs) + 3
    ids, side = torch.zeros((len(pairs), width), dtype=torch.long), torch.zeros((len(pairs), width), dtype=torch.long)
    mask = torch.zeros((len(pairs), width), dtype=torch.long)
    for row, (a, b) in enumerate(pairs):
        whole = [minilm.CLS, *a, minilm.SEP, *b, minilm.SEP]
        ids[row, : len(whole)] = torch.tensor(whole)
        mask[row, : len(whole)] = 1
        side[row, len(a) + 2 : len(whole)] = 1
    return ids, mask, side


def tokenised(tokenizer: BertTokenizer, texts: Sequence[str]) -> dict[str, list[int]]:
    """Word pieces of each distinct text."""
    distinct = sorted(set(texts))
    found = tokenizer(distinct, add_special_tokens=False, split_special_tokens=True, verbose=False).input_ids
    return dict(zip(distinct, found, strict=True))


# --- examples


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(?:" + "|".join(_DAYS) + r")\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d{1,4}\b")
_NOT = re.compile(r"\s(?:not|never)\b|(?<=\w)n['’]t\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|can|could)\b(?!\s+not)")


def changed(text: str, rng: random.Random) -> str | None:
    """The statement with one number, weekday or negation changed, so that both cannot be true."""
    kinds = [k for k in (_NUMBER, _DAY, _NOT, _AUXILIARY) if k.search(text)]
    if not kinds:
        return None
    kind = rng.choice(kinds)
    match = rng.choice(list(kind.finditer(text)))
    old, (start, end) = match.group(), match.span()
    if kind is _NUMBER:
        number = int(old)
        new = str(rng.choice([n for n in (number - 3, number + 1, number + 2, number + 7, 2 * number) if n > 0]))
    elif kind is _DAY:
        new = rng.choice([day for day in _DAYS if day != old.lower()])
    else:
        new = "" if kind is _NOT else f"{old} not"
    return text[:start] + new + text[end:]


def cluster_examples(clusters: Sequence[Annotated]) -> Iterator[tuple[Example, Example]]:
    """Each judged pair of claims: as clauses, and as the sentences they stand in."""
    for cluster in clusters:
        facts, disputed = cluster.facts(), cluster.discrepancies()
        own = [{n for n, places in enumerate(facts) if inside(c, places)} for c in cluster.claims]
        sides = [
            {(n, m) for n, (_, values) in enumerate(disputed) for m, places in enumerate(values) if inside(c, places)}
            for c in cluster.claims
        ]
        for (i, j), same in zip(*same_thing(cluster), strict=True):
            against = any(n == k and m != other for n, m in sides[i] for k, other in sides[j])
            relation = "c" if against else "e" if own[i] & own[j] else "n"
            labels = (same, float(relation == "e"), RELATIONS[relation] if same == 0 or relation != "n" else -1)
            one, two = cluster.claims[i], cluster.claims[j]
            yield (
                Example(one.text, two.text, *labels),
                Example(cluster.sentences[one.sentence], cluster.sentences[two.sentence], *labels),
            )


def training_sets(folders: Sequence[Path]) -> dict[str, list[Example]]:
    """By name; pairs of clusters by whether they are about one thing, since few are."""
    sets: dict[str, list[Example]] = {}
    rows = corpora.labelled_pairs
    sets["pyramid"] = [Example(r["a"], r["b"], float(r["label"])) for r in rows("pyramid_scu_train")]
    ecb = [r for r in rows("ecbplus_pairs_train") if r["shared_events"] != 1]
    sets["ecbplus"] = [Example(r["a"], r["b"], 1.0) for r in ecb if r["shared_events"]]
    sets["ecbplus not"] = [Example(r["a"], r["b"], 0.0) for r in ecb if not r["shared_events"]]
    sets["paws"] = [Example(r["a"], r["b"], NONE, float(r["label"])) for r in rows("paws_dev")]
    sets["mrpc"] = [
        Example(a, b, 1.0 if label else NONE, float(label)) for a, b, label in corpora.paraphrases("mrpc_train.tsv.xz")
    ]
    sets["stsb"] = [Example(a, b, NONE, s / 5) for a, b, s in corpora.similarities("stsb_train.csv.xz")]
    for name, files in {
        "mnli": ["mnli_train"],
        "conjnli": ["conjnli_train"],
        "fever": ["fever_dev_sr", "fm2_dev"],
        "edits": ["cad_nli_train", "negation_nli"],
        "breaking": ["breaking_nli"],
        "other": ["rte_train", "anli_r1_dev", "anli_r2_dev", "anli_r3_dev", "healthver_dev"],
    }.items():
        read = (r for file in files for r in rows(file) if r["label"] in RELATIONS)
        sets[name] = [Example(r["a"], r["b"], relation=RELATIONS[r["label"]]) for r in read]
    judged = list(cluster_examples(list(annotated(folders, Settings()))))
    for part, name in enumerate(("clauses", "sentences")):
        own = [pair[part] for pair in judged]
        sets[f"{name} same"] = [x for x in own if x.about == 1 and x.relation != RELATIONS["c"]]
        sets[f"{name} against"] = [x for x in own if x.relation == RELATIONS["c"]]
        sets[f"{name} not"] = [x for x in own if x.about == 0]
    sets["changed"] = list(_changed([x for n in ("clauses same", "pyramid", "mrpc") for x in sets[n] if x.about == 1]))
    return sets


def _changed(same: Sequence[Example]) -> Iterator[Example]:
    rng = random.Random(1)
    for example in same:
        for b in (example.b, example.a):
            other = changed(b, rng)
            if other is not None:
                yield Example(example.a, other, 1.0, 0.0, RELATIONS["c"])


SHARES = {
    "clauses same": 5, "clauses against": 1.5, "clauses not": 10, "sentences same": 2, "sentences against": 0.5,
    "sentences not": 4, "pyramid": 8, "ecbplus": 3, "ecbplus not": 4, "paws": 7, "mrpc": 5, "stsb": 4, "mnli": 14,
    "conjnli": 6, "fever": 8, "edits": 6, "breaking": 1, "other": 4, "changed": 6,
}  # fmt: skip
SYMMETRIC = {"pyramid", "ecbplus", "ecbplus not", "paws", "mrpc", "stsb", "changed"}


@dataclass(frozen=True, slots=True)
class Batches:
    """Batches of like lengths, for ever: every set by its share, in its own order."""

    sets: Mapping[str, Sequence[Example]]
    ids: Mapping[str, list[int]]
    rng: random.Random

    def __iter__(self) -> Iterator[list[Example]]:
        queues: dict[str, list[Example]] = {name: [] for name in self.sets}
        names = list(self.sets)
        while True:
            drawn = self.rng.choices(names, [SHARES[name] for name in names], k=4096)
            chosen = []
            for name in drawn:
                if not queues[name]:
                    queues[name] = self.rng.sample(self.sets[name], len(self.sets[name]))
                x = queues[name].pop()
                swap = self.rng.random() < 0.5 and (name in SYMMETRIC or name.startswith(("clauses", "sentences")))
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
    relation = torch.tensor([x.relation for x in batch])
    if (relation >= 0).any():
        loss = loss + functional.cross_entropy(logits[:, 2:], relation, ignore_index=-1, reduction="sum")
    return loss / len(batch)


# --- figures


def held_out_sets(limit: int) -> dict[str, tuple[str, list[Example]]]:
    """Sets never fitted on, and the answer they ask for."""
    rows = corpora.labelled_pairs
    ecb = [r for r in rows("ecbplus_pairs_dev") if r["shared_events"] != 1]
    sets = {
        "pyramid": ("about", [Example(r["a"], r["b"], float(r["label"])) for r in rows("pyramid_scu_val")]),
        "ecbplus": ("about", [Example(r["a"], r["b"], float(r["shared_events"] >= 2)) for r in ecb]),
        "mrpc": ("equal", [Example(a, b, NONE, float(y)) for a, b, y in corpora.paraphrases("mrpc_dev.tsv.xz")]),
        "paws": ("equal", [Example(r["a"], r["b"], NONE, float(r["label"])) for r in rows("paws_test")]),
    }
    for name in ("mnli_val", "conjnli_dev", "fm2_test", "cad_nli_test"):
        read = [r for r in rows(name) if r["label"] in RELATIONS]
        sets[name] = ("relation", [Example(r["a"], r["b"], relation=RELATIONS[r["label"]]) for r in read])
    rng = random.Random(3)
    return {name: (what, rng.sample(own, min(limit, len(own)))) for name, (what, own) in sets.items()}


@torch.inference_mode()
def scored(
    network: PairNetwork, tokenizer: BertTokenizer, pairs: Sequence[tuple[str, str]], longest: int = 160
) -> Tensor:
    """Logits of pairs of texts, in their order; each side is cut at half of ``longest`` pieces."""
    network.eval()
    ids = tokenised(tokenizer, [text for pair in pairs for text in pair])
    both = [(ids[a][: longest // 2], ids[b][: longest // 2]) for a, b in pairs]
    order = sorted(range(len(pairs)), key=lambda n: len(both[n][0]) + len(both[n][1]))
    out = torch.zeros((len(pairs), 5))
    for start in range(0, len(order), 64):
        chunk = order[start : start + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out[chunk] = network(*tensors([both[n] for n in chunk])).float()
    network.train()
    return out


def evaluate(
    network: PairNetwork, tokenizer: BertTokenizer, sets: Mapping[str, tuple[str, Sequence[Example]]]
) -> dict[str, float]:
    """ROC AUC on binary sets, accuracy on three-way ones."""
    figures: dict[str, float] = {}
    for name, (what, own) in sets.items():
        logits = scored(network, tokenizer, [(x.a, x.b) for x in own])
        if what == "relation":
            relation = torch.tensor([x.relation for x in own])
            figures[name] = float((logits[:, 2:].argmax(-1) == relation).double().mean())
        else:
            labels = torch.tensor([getattr(x, what) for x in own])
            figures[name] = auc(logits[:, ("about", "equal").index(what)], labels)
    return {name: round(value, 3) for name, value in figures.items()}


def cosines(sets: Mapping[str, tuple[str, Sequence[Example]]]) -> dict[str, float]:
    """ROC AUC of the shipped encoder's cosine on the binary sets."""
    encoder = load_encoder(Settings())
    figures: dict[str, float] = {}
    for name, (what, own) in sets.items():
        if what != "relation":
            left, right = (torch.from_numpy(encoder.encode([x[side] for x in own])) for side in (0, 1))
            labels = torch.tensor([getattr(x, what) for x in own])
            figures[name] = round(auc((left * right).sum(-1), labels), 3)
    return figures


def fit(arguments: argparse.Namespace) -> None:
    """Fit for the minutes given; the learning rate rises for 100 steps and falls linearly with the clock."""
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    tokenizer, network = minilm.tokenizer(), PairNetwork()
    if arguments.init is not None:
        network.load_state_dict(torch.load(arguments.init))
    sets = training_sets(arguments.folders)
    ids = tokenised(tokenizer, [t for own in sets.values() for x in own for t in (x.a, x.b)])
    sets = {name: [x for x in own if len(ids[x.a]) + len(ids[x.b]) + 3 <= LONGEST] for name, own in sets.items()}
    print({name: len(own) for name, own in sets.items()}, flush=True)
    groups: list[dict[str, Any]] = [
        {"params": [p for p in network.trunk.parameters() if p.requires_grad], "base": arguments.lr},
        {"params": [*network.hidden.parameters(), *network.heads.parameters(), network.cosine], "base": 5e-4},
    ]
    optimizer = torch.optim.AdamW(groups, lr=arguments.lr, weight_decay=0.01, fused=True)
    start, shown, seen, total = time.monotonic(), 0.0, 0, 0.0
    network.train()
    for step, batch in enumerate(Batches(sets, ids, random.Random(arguments.seed))):
        done = (time.monotonic() - start) / (60 * arguments.minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, (step + 1) / 100) * (1 - done)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*tensors([(ids[x.a], ids[x.b]) for x in batch]))
        loss = loss_of(logits.float(), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen, total = seen + len(batch), total + loss.item()
        if step % 100 == 99:
            print(f"step {step + 1} pairs {seen} {time.monotonic() - start:.0f} s loss {total / 100:.3f}", flush=True)
            total = 0.0
        if done - shown >= 0.1:
            shown = done
            torch.save(network.state_dict(), arguments.out / "model.pt")
    torch.save(network.state_dict(), arguments.out / "model.pt")
    print("steps", step, "pairs", seen, flush=True)


def main() -> None:
    """Read the options, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
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
    network = PairNetwork()
    network.load_state_dict(torch.load(arguments.out / "model.pt"))
    sets = held_out_sets(arguments.limit)
    print("cosine", cosines(sets), flush=True)
    print("pair model", evaluate(network, minilm.tokenizer(), sets))


if __name__ == "__main__":
    main()
