"""The pair model: reads two claims together and says how they stand to each other.

The network is a BERT-like encoder over both texts at once, whose word vectors are the sentence encoder's own. Fitting
(``train/fit_pair.py``) and running share this file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from summarize.models.base import Answer
from summarize.models.precision import precision
from summarize.models.weights import fingerprint, weight_files

if TYPE_CHECKING:
    from torch import Tensor

    from summarize.models.encoder import SentenceEncoder

_Texts = tuple[str, str]

HIDDEN = 256
LONGEST = 80  # word pieces of a claim; the rest of a longer one is not read
CLASSES = ("same", "rival", "overtaken", "other")
"""What two claims are to each other; ``about`` stands before them as an answer by itself."""
WORDS = "trunk.embeddings.word_embeddings.weight"
PADDING = 128  # word pieces of padding that take the time of another batch
DECIMALS = 3  # of the probabilities: what is left of the order of summation is rounded away


class PairNetwork(nn.Module):
    """``trunk`` over ``[CLS] a [SEP] b [SEP]``; the heads see [CLS], and how the means of the two sides differ."""

    def __init__(self, trunk: nn.Module, width: int, answers: int) -> None:
        super().__init__()
        self.trunk = trunk
        self.hidden = nn.Linear(3 * width, HIDDEN)
        self.heads = nn.Linear(HIDDEN, answers)
        self.cosine = nn.Parameter(torch.zeros(answers))

    def forward(self, ids: Tensor, mask: Tensor, side: Tensor) -> Tensor:
        """Logits (n, answers) of n pairs, of which ids, mask and side (0 the first text, 1 the second) are (n, tokens)."""
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


def tensors(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], start: int, end: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and side of pairs of word pieces; ``start`` and ``end`` are the pieces before and behind a text."""
    width = max(len(a) + len(b) for a, b in pairs) + 3
    ids, side = torch.zeros((len(pairs), width), dtype=torch.long), torch.zeros((len(pairs), width), dtype=torch.long)
    mask = torch.zeros((len(pairs), width), dtype=torch.long)
    for row, (a, b) in enumerate(pairs):
        whole = [start, *a, end, *b, end]
        ids[row, : len(whole)] = torch.tensor(whole)
        mask[row, : len(whole)] = 1
        side[row, len(a) + 2 : len(whole)] = 1
    return ids, mask, side


def batches(ascending: Sequence[_Texts], width: Mapping[_Texts, int], most: int) -> Iterator[list[_Texts]]:
    """At most ``most`` of the texts at a time, and fewer where the widest would pad the others by more than ``PADDING``."""
    batch: list[_Texts] = []
    for text in ascending:
        padded = sum(width[text] - width[other] for other in batch)
        if batch and (len(batch) == most or padded > PADDING):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


class PairModel:
    """``Comparer`` over the files of one folder and the encoder whose word vectors it shares."""

    def __init__(self, folder: Path, encoder: SentenceEncoder, *, batch: int) -> None:
        (file,) = weight_files(folder)
        words = encoder.model.embeddings.word_embeddings.weight
        trunk: Any = copy.deepcopy(encoder.model, {id(words): words})
        self._network = PairNetwork(trunk, encoder.width, 1 + len(CLASSES))
        missing, unknown = self._network.load_state_dict(load_file(file), strict=False)
        if unknown or set(missing) != {WORDS}:
            raise ValueError(f"not the pair model's weights: {', '.join(sorted({*missing, *unknown} - {WORDS}))}")
        self._network.eval()
        self._tokenizer = encoder.tokenizer
        self._batch = batch
        self._fingerprint = fingerprint(folder)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""
        return self._fingerprint

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Answer]:
        """One answer a pair, in the order of ``pairs``; equal pairs are read once, and in an order not the caller's."""
        texts = sorted({text for pair in pairs for text in pair})
        read = dict(zip(texts, self._pieces(texts), strict=True))
        width = {pair: len(read[pair[0]]) + len(read[pair[1]]) for pair in pairs}
        found: dict[tuple[str, str], Answer] = {}
        for chunk in batches(sorted(width, key=lambda pair: (width[pair], pair)), width, self._batch):
            found.update(zip(chunk, self._compare([(read[a], read[b]) for a, b in chunk]), strict=True))
        return [found[pair] for pair in pairs]

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        if not texts:
            return []
        read = self._tokenizer(texts, add_special_tokens=False, split_special_tokens=True).input_ids
        return [pieces[:LONGEST] for pieces in read]

    @torch.inference_mode()
    def _compare(self, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[Answer]:
        ids, mask, side = tensors(pairs, self._tokenizer.cls_token_id, self._tokenizer.sep_token_id)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision() is torch.bfloat16):
            logits = self._network(ids, mask, side).float()
        about, classes = logits[:, 0].sigmoid(), logits[:, 1:].softmax(dim=-1)
        return [
            Answer(round(float(one), DECIMALS), *(round(float(p), DECIMALS) for p in row))
            for one, row in zip(about, classes, strict=True)
        ]
