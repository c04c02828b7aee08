"""Fit the parser: parts of speech, dependencies, names and attributions over the shipped encoder's lower layers.

    nice -n 5 python -m train.fit_parser --out .work/parser --minutes 40

One batch of one task a step, drawn by ``SHARES``. Universal Dependencies (EWT, GUM, LinES, ParTUT) for tags and arcs,
CoNLL-2003 and worldwide newswire for names, PolNeAR for who says what. PUD, the held-back parts of the others and
PolNeAR's dev part are for the report only.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tarfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from summarize.models import syntax, weights
from summarize.models.syntax import NAMES, POS, RELATIONS, SPEECH, Syntax
from train import corpora, minilm

SHARES = {"ud": 0.5, "names": 0.25, "speech": 0.25}
TOKENS = 1600  # padded word pieces a step
LONGEST = 120  # word pieces; longer sentences are left out of fitting
_WORD = re.compile(r"\w+(?:[.’'-]\w+)*\.?(?<=\b\w\.)|\w+(?:[-]\w+)*|[^\w\s]")
_KINDS = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "Misc": "MISC", "NORP": "MISC"}
_KINDS |= {"Product": "MISC", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


@dataclass(slots=True)
class Example:
    """One sentence: its words, and per task what to predict of each (-100 where the data do not say)."""

    words: list[str]
    pos: list[int] | None = None
    heads: list[int] | None = None
    relations: list[int] | None = None
    tags: list[int] | None = None


def _members(name: str) -> Iterator[tuple[str, str]]:
    found = {}
    with tarfile.open(corpora.DATA / name) as archive:  # in the archive's own order: seeking back unpacks it again
        for member in archive:
            if member.isfile() and (stream := archive.extractfile(member)):
                found[member.name] = io.TextIOWrapper(stream, encoding="utf-8", errors="replace").read()
    yield from sorted(found.items())


def treebank(text: str) -> Iterator[Example]:
    """Sentences of a CoNLL-U file; multiword tokens and empty nodes are skipped, unknown subtypes cut off."""
    for block in text.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows or any(not row[6].isdigit() for row in rows):
            continue
        yield Example(
            [row[1] for row in rows],
            [POS.index(row[3]) if row[3] in POS else -100 for row in rows],
            [int(row[6]) for row in rows],
            [RELATIONS.index(_relation(row[7])) for row in rows],
        )


def _relation(label: str) -> str:
    if label in RELATIONS:
        return label
    base = label.split(":")[0]
    return base if base in RELATIONS else "dep"


def tagged(text: str, column: int) -> Iterator[Example]:
    """Sentences of a file with one token a line and its name tag in a column, as BIO."""
    for block in re.split(r"\n\s*\n", text):
        rows = [
            line.split() for line in block.splitlines() if line.strip() and not line.startswith(("-DOCSTART", "http"))
        ]
        rows = [row for row in rows if len(row) > column]
        if rows:
            yield Example([row[0] for row in rows], tags=_bio([row[column] for row in rows]))


def _bio(tags: Sequence[str]) -> list[int]:
    found, last = [], ""
    for tag in tags:
        kind = _KINDS.get(tag[2:], "")
        begins = tag.startswith("B-") or kind != last
        found.append(NAMES.index(f"{'B' if begins else 'I'}-{kind}") if kind else 0)
        last = kind
    return found


def attributions(text: str, marks: str) -> Iterator[Example]:
    """Sentences of one PolNeAR article with source, cue and content as tags."""
    label = [0] * len(text)
    for line in marks.splitlines():
        match = re.match(r"T\d+\t(Source|Cue|Content) ([\d ;]+)\t", line)
        for piece in match.group(2).split(";") if match else ():
            start, end = map(int, piece.split())
            kind = SPEECH.index(f"B-{match.group(1).upper()}")
            label[start:end] = [kind, *[kind + 1] * (end - start - 1)]
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for sentence in corpora.sentences(paragraph.group()):
            start = text.index(sentence, start)
            words = [(m.group(), start + m.start()) for m in _WORD.finditer(sentence)]
            if words:
                yield Example([w for w, _ in words], tags=_continued([label[at] for _, at in words]))
            start += len(sentence)


def _continued(tags: list[int]) -> list[int]:
    """A part that begins anew inside a sentence keeps its B; one that runs on from the last sentence gets one."""
    return [t - 1 if t and t % 2 == 0 and (n == 0 or tags[n - 1] not in (t, t - 1)) else t for n, t in enumerate(tags)]


def data(part: str) -> dict[str, list[Example]]:
    """``train`` or ``test`` examples of each task."""
    ud: list[Example] = []
    for name, text in _members("ud.tar.xz"):
        if part == "train" and ("-train" in name or "lines-ud-dev" in name or "partut-ud-dev" in name):
            ud.extend(treebank(text))
    names = []
    for name, text in _members("ner.tar.xz"):
        if part == "train" and name.endswith("CoNLL-2003/eng.train"):
            names.extend(tagged(text, 3))
        held = sum(map(ord, Path(name).name)) % 10 == 0
        if "/worldwide/" in name and held == (part == "test"):
            names.extend(tagged(text, 1))
    speech = []
    texts: dict[str, dict[str, str]] = {}
    for name, text in _members("polnear.tar.xz"):
        if f"/data/{'train' if part == 'train' else 'dev'}/" in name:
            stem = Path(name).stem.rsplit("_", 1)[0] if name.endswith(".ann") else Path(name).stem
            texts.setdefault(stem, {})[Path(name).suffix] = text
    for pair in texts.values():
        if len(pair) == 2:
            speech.extend(attributions(pair[".txt"], pair[".ann"]))
    return {"ud": ud, "names": names, "speech": speech}


def held_out() -> dict[str, list[Example]]:
    """The sets of the report."""
    sets = {}
    for name, text in _members("ud.tar.xz"):
        for part in ("pud", "ewt-ud-test", "gum-ud-test"):
            if part in name:
                sets[part] = list(treebank(text))
    for name, text in _members("ner.tar.xz"):
        if name.endswith("CoNLL-2003/eng.testb"):
            sets["conll"] = list(tagged(text, 3))
    rest = data("test")
    return {**sets, "worldwide": rest["names"], "polnear": rest["speech"]}


class Batcher:
    """Examples to tensors, with the encoder's word pieces."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._pieces: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """A word's pieces, as ids."""
        if word not in self._pieces:
            ids = self.tokenizer(word, add_special_tokens=False).input_ids[:8]
            self._pieces[word] = ids or [self.tokenizer.unk_token_id]
        return self._pieces[word]

    def length(self, example: Example) -> int:
        """Word pieces of a sentence, the marks at its ends counted."""
        return 2 + sum(len(self.pieces(w)) for w in example.words)

    def __call__(self, examples: Sequence[Example]) -> dict[str, Any]:
        """Padded tensors by name; what an example does not say is -100."""
        width, count = max(map(self.length, examples)), max(len(e.words) for e in examples)
        ids = torch.zeros(len(examples), width, dtype=torch.long)
        mask, shapes = torch.zeros(len(examples), width), torch.full((len(examples), width), 4)
        first = torch.zeros(len(examples), count, dtype=torch.long)
        out: dict[str, Any] = {
            name: torch.full((len(examples), count), -100) for name in ("pos", "heads", "relations", "tags")
        }
        for row, example in enumerate(examples):
            place = 1
            ids[row, 0] = 101
            for n, word in enumerate(example.words):
                pieces = self.pieces(word)
                first[row, n] = place
                ids[row, place : place + len(pieces)] = torch.tensor(pieces)
                shapes[row, place : place + len(pieces)] = syntax.shape(word)
                place += len(pieces)
            ids[row, place] = 102
            mask[row, : place + 1] = 1
            for name in ("pos", "heads", "relations", "tags"):
                values = getattr(example, name)
                if values is not None:
                    out[name][row, : len(values)] = torch.tensor(values)
        return {
            "ids": ids,
            "mask": mask,
            "shapes": shapes,
            "first": first,
            "lengths": [len(e.words) for e in examples],
            **out,
        }


def batches(examples: list[Example], batcher: Batcher, rng: random.Random) -> Iterator[list[Example]]:
    """For ever: batches of like lengths, in random order."""
    examples = [e for e in examples if batcher.length(e) <= LONGEST]
    while True:
        rng.shuffle(examples)
        made = []
        for start in range(0, len(examples), 2000):
            block = sorted(examples[start : start + 2000], key=batcher.length)
            batch: list[Example] = []
            for example in block:
                if batch and batcher.length(example) * (len(batch) + 1) > TOKENS:
                    made.append(batch)
                    batch = []
                batch.append(example)
            made.append(batch)
        rng.shuffle(made)
        yield from made


def word_states(model: Syntax, encoder: Any, batch: dict[str, Any]) -> torch.Tensor:
    """The state of each word: (sentences, words, width)."""
    with torch.no_grad():
        below = syntax.shared_states(encoder, batch["ids"], batch["mask"])
    return model.words(model.states(below, batch["mask"], batch["shapes"]), batch["first"])


def loss_of(model: Syntax, encoder: Any, task: str, batch: dict[str, Any]) -> torch.Tensor:
    """Mean cross-entropy of the task's predictions."""
    words = word_states(model, encoder, batch)
    if task != "ud":
        return functional.cross_entropy(model.tags[task](words).float().flatten(0, 1), batch["tags"].flatten())
    scores, dependent, head = model.arcs(words)
    scores = _masked(scores.float(), batch["lengths"])
    labels = model.labels(dependent, head, batch["heads"].clamp(min=0))
    return (
        functional.cross_entropy(scores.flatten(0, 1), batch["heads"].flatten())
        + functional.cross_entropy(labels.float().flatten(0, 1), batch["relations"].flatten())
        + 0.5 * functional.cross_entropy(model.tags["pos"](words).float().flatten(0, 1), batch["pos"].flatten())
    )


def _masked(scores: torch.Tensor, lengths: list[int]) -> torch.Tensor:
    for row, length in enumerate(lengths):
        scores[row, :, length + 1 :] = -1e4
    return scores


@torch.inference_mode()
def evaluate(
    model: Syntax, encoder: Any, batcher: Batcher, sets: dict[str, list[Example]], limit: int
) -> dict[str, Any]:
    """UAS, LAS and tag accuracy without punctuation for treebanks; span F1 for names and attributions."""
    model.eval()
    result: dict[str, Any] = {}
    for name, examples in sets.items():
        examples = [e for e in examples[:: max(1, len(examples) // limit)] if batcher.length(e) <= 300]
        counts: dict[str, float] = {}
        for start in range(0, len(examples), 24):
            chunk = sorted(examples, key=batcher.length)[start : start + 24]
            batch = batcher(chunk)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                words = word_states(model, encoder, batch)
                if chunk[0].heads is not None:
                    scores, dependent, head = model.arcs(words)
                    places = _masked(scores.float(), batch["lengths"]).argmax(-1)
                    labels = model.labels(dependent, head, places).argmax(-1)
                    counted = (batch["heads"] >= 0) & (batch["relations"] != RELATIONS.index("punct"))
                    right = (places == batch["heads"]) & counted
                    _add(counts, n=counted.sum(), uas=right.sum(), las=(right & (labels == batch["relations"])).sum())
                    pos = model.tags["pos"](words).argmax(-1)
                    _add(counts, pos=((pos == batch["pos"]) & counted).sum())
                else:
                    task = "speech" if name == "polnear" else "names"
                    predicted = model.tags[task](words).argmax(-1)
                    for row, length in enumerate(batch["lengths"]):
                        gold, own = spans(batch["tags"][row, :length].tolist()), spans(predicted[row, :length].tolist())
                        for kind in {k for *_, k in gold | own} if task == "speech" else ():
                            g, o = {s for s in gold if s[2] == kind}, {s for s in own if s[2] == kind}
                            _add(counts, **{f"tp{kind}": len(g & o), f"n{kind}": len(g) + len(o)})
                        _add(counts, tp=len(gold & own), n=len(gold) + len(own))
        if "uas" in counts:
            result[name] = {k: round(counts[k] / counts["n"], 4) for k in ("uas", "las", "pos")}
        else:
            result[name] = {"f1": round(2 * counts["tp"] / max(1, counts["n"]), 4)}
            for kind in (1, 3, 5) if name == "polnear" else ():
                result[name][SPEECH[kind][2:].lower()] = round(2 * counts[f"tp{kind}"] / max(1, counts[f"n{kind}"]), 4)
    model.train()
    return result


def _add(counts: dict[str, float], **more: Any) -> None:
    for key, value in more.items():
        counts[key] = counts.get(key, 0) + float(value)


def spans(tags: list[int]) -> set[tuple[int, int, int]]:
    """Stretches of BIO tags: start, end, the number of their B tag."""
    found, start, kind = set(), 0, 0
    for n, tag in enumerate([*tags, 0]):
        begin = tag if tag % 2 else tag - 1
        if kind and (tag == 0 or tag % 2 or begin != kind):
            found.add((start, n, kind))
            kind = 0
        if tag and (tag % 2 or not kind):
            start, kind = n, begin
    return found


def main() -> None:
    """Read the options, fit, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--lr", type=float, default=4e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=10_000, help="held-out sentences a set in the report")
    parser.add_argument("--report-only", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    torch.set_num_threads(arguments.threads)
    encoder = AutoModel.from_pretrained(
        weights.ENCODER, local_files_only=True, add_pooling_layer=False, dtype=torch.float32
    ).eval()
    model = Syntax(syntax.upper_layers(encoder), encoder.config.hidden_size, dropout=0.2)
    batcher, sets = Batcher(weights.ENCODER), held_out()
    if not arguments.report_only:
        fit(model, encoder, batcher, sets, arguments)
    model.load_state_dict(torch.load(arguments.out / "model.pt"))
    print(evaluate(model, encoder, batcher, sets, arguments.limit), flush=True)


def fit(
    model: Syntax, encoder: Any, batcher: Batcher, sets: dict[str, list[Example]], arguments: argparse.Namespace
) -> None:
    """Fit for the minutes given; the learning rate warms up and falls with the clock as a cosine."""
    rng = random.Random(0)
    examples = data("train")
    print({name: len(found) for name, found in examples.items()}, flush=True)
    streams = {name: batches(found, batcher, rng) for name, found in examples.items()}
    minilm.no_attention_dropout(model.layers)
    low = list(model.layers.parameters())
    high = [p for name, p in model.named_parameters() if not name.startswith("layers.")]
    for module in (model.arc, model.label):
        torch.nn.init.normal_(module.weight, std=0.01)
    optimizer = torch.optim.AdamW(
        [{"params": low, "lr": arguments.lr, "scale": 0.5}, {"params": high, "lr": arguments.lr, "scale": 2.0}],
        weight_decay=0.01,
        fused=True,
    )
    start, step, shown, tokens = time.monotonic(), 0, 0.0, 0
    losses = dict.fromkeys(SHARES, 3.0)
    model.train()
    while (done := (time.monotonic() - start) / (60 * arguments.minutes)) < 1:
        rate = arguments.lr * min(1.0, (step + 1) / 100) * 0.5 * (1 + torch.cos(torch.tensor(3.14159 * done)).item())
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        task = rng.choices(list(SHARES), list(SHARES.values()))[0]
        batch = batcher(next(streams[task]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model, encoder, task, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses[task] = 0.98 * losses[task] + 0.02 * loss.item()
        step, tokens = step + 1, tokens + batch["ids"].numel()
        if step % 200 == 0:
            print(
                f"step {step} done {done:.2f} tokens/s {tokens / (time.monotonic() - start):.0f}",
                {k: round(v, 3) for k, v in losses.items()},
                flush=True,
            )
        if done - shown >= 0.1:
            shown = done
            torch.save(model.state_dict(), arguments.out / "model.pt")
            print(evaluate(model, encoder, batcher, sets, 300), flush=True)
    torch.save(model.state_dict(), arguments.out / "model.pt")


if __name__ == "__main__":
    main()
