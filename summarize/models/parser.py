"""The shipped parser: words, dependencies, names and attributions of sentences, in one pass over the encoder's layers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file

from summarize.models.base import Mark, Parse, Word
from summarize.models.precision import cast_once, precision
from summarize.models.syntax import NAMES, POS, RELATIONS, SHARED, SPEECH, Syntax, shape, shared_states, upper_layers
from summarize.models.weights import fingerprint, weight_files

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from summarize.models.encoder import SentenceEncoder

LONGEST = 160  # word pieces; a longer sentence is parsed as far as this
PIECES = 8  # of one word; a longer word is a link or a code
# Universal Dependencies' words: clitics and hyphenated parts by themselves, abbreviations and figures whole.
_WORD = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}
    | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|St|Jr|Sr|No|vs|etc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.
    | \d+(?:[.,:]\d+)*
    | [^\W\d_]+(?=n['’]t\b) | n['’]t\b | ['’](?:s|re|ve|ll|d|m)\b
    | [^\W_]+
    | \S
    """,
    re.VERBOSE,
)


class Parser:
    """``SentenceParser`` over the files of one folder and the encoder whose lower layers it shares."""

    def __init__(self, folder: Path, encoder: SentenceEncoder, *, batch: int) -> None:
        (file,) = weight_files(folder)
        self._encoder = encoder
        self._network = Syntax(upper_layers(encoder.model), encoder.width)
        state = {name: value.to(torch.float32) for name, value in load_file(file).items()}
        self._network.load_state_dict(state)
        self._network.eval()
        cast_once(self._network.layers)
        self._batch = batch
        self._fingerprint = fingerprint(folder)
        self._pieces: dict[str, list[int]] = {}

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""
        return self._fingerprint

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One parse a text, in the order of ``texts``; equal texts are parsed once."""
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        found: dict[str, Parse] = {}
        for start in range(0, len(distinct), self._batch):
            chunk = distinct[start : start + self._batch]
            found.update(zip(chunk, self._parse(chunk), strict=True))
        return [found[text] for text in texts]

    @torch.inference_mode()
    def _parse(self, texts: list[str]) -> list[Parse]:
        words = [[(m.start(), m.end()) for m in _WORD.finditer(text)] for text in texts]
        ids, mask, shapes, first, words = self._tensors(texts, words)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision() is torch.bfloat16):
            hidden = shared_states(self._encoder.model, ids, mask, SHARED)
            states = self._network.words(self._network.states(hidden, mask, shapes), first)
            scores, dependent, head = self._network.arcs(states)
            heads = [tree(row[: len(w), : len(w) + 1].float().numpy()) for row, w in zip(scores, words, strict=True)]
            places = torch.zeros(first.shape, dtype=torch.long)
            for row, own in enumerate(heads):
                places[row, : len(own)] = torch.from_numpy(own)
            labels = self._network.labels(dependent, head, places).argmax(-1)
            tags = {name: layer(states).argmax(-1) for name, layer in self._network.tags.items()}
        return [
            _parsed(w, heads[row], labels[row].tolist(), {name: tag[row].tolist() for name, tag in tags.items()})
            for row, w in enumerate(words)
        ]

    def _tensors(
        self, texts: list[str], words: list[list[tuple[int, int]]]
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, list[list[tuple[int, int]]]]:
        pieces = [[self._of(text[a:b]) for a, b in own] for text, own in zip(texts, words, strict=True)]
        fits = [int(np.searchsorted(np.cumsum([len(p) for p in own]), LONGEST, "right")) for own in pieces]
        words = [own[:fit] for own, fit in zip(words, fits, strict=True)]
        width = 2 + max(sum(map(len, own[:fit])) for own, fit in zip(pieces, fits, strict=True))
        ids, mask = np.zeros((len(texts), width), dtype=np.int64), np.zeros((len(texts), width), dtype=np.float32)
        shapes = np.full((len(texts), width), 4, dtype=np.int64)
        first = np.zeros((len(texts), max(1, *map(len, words))), dtype=np.int64)
        start, end = self._encoder.tokenizer.cls_token_id, self._encoder.tokenizer.sep_token_id
        for row, (text, own) in enumerate(zip(texts, words, strict=True)):
            place = 1
            ids[row, 0] = start
            for n, (a, b) in enumerate(own):
                piece = pieces[row][n]
                first[row, n] = place
                ids[row, place : place + len(piece)] = piece
                shapes[row, place : place + len(piece)] = shape(text[a:b])
                place += len(piece)
            ids[row, place] = end
            mask[row, : place + 1] = 1
        return (*map(torch.from_numpy, (ids, mask, shapes, first)), words)  # type: ignore[return-value]

    def _of(self, word: str) -> list[int]:
        if word not in self._pieces:
            tokenizer = self._encoder.tokenizer
            found = tokenizer(word, add_special_tokens=False, split_special_tokens=True).input_ids[:PIECES]
            self._pieces[word] = found or [tokenizer.unk_token_id]
        return self._pieces[word]


def _parsed(
    words: list[tuple[int, int]], heads: NDArray[np.int64], labels: list[int], tags: dict[str, list[int]]
) -> Parse:
    own = tuple(
        Word(start, end, POS[tags["pos"][n]], int(heads[n]) - 1, "root" if heads[n] == 0 else RELATIONS[labels[n]])
        for n, (start, end) in enumerate(words)
    )
    names = tuple(_marks(words, [NAMES[t] for t in tags["names"][: len(words)]]))
    return Parse(own, names, tuple(_marks(words, [SPEECH[t] for t in tags["speech"][: len(words)]])))


def _marks(words: list[tuple[int, int]], tags: list[str]) -> Iterator[Mark]:
    """Stretches of BIO tags; a stretch that opens with I counts as one."""
    run = 0
    runs = []
    for n, tag in enumerate(tags):
        if tag[0] == "B" or (tag[0] == "I" and (n == 0 or tags[n - 1][2:] != tag[2:])):
            run += 1
        runs.append((run if tag != "O" else 0, tag[2:]))
    for (number, kind), stretch in groupby(enumerate(runs), key=lambda item: item[1]):
        places = [n for n, _ in stretch]
        if number:
            yield Mark(words[places[0]][0], words[places[-1]][1], kind.lower())


def tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Each word's head (0 the root) from scores (w, w + 1), as one tree: the best heads, cycles broken where it costs least."""
    count = len(scores)
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    scores = scores.copy()
    scores[np.arange(count), np.arange(1, count + 1)] = -np.inf
    root = int(np.argmax(scores[:, 0] - scores[:, 1:].max(axis=1, initial=-1e9)))
    scores[:, 0] = -np.inf
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    heads[root] = 0
    while (cycle := _cycle(heads)) is not None:
        outside = scores[cycle].copy()
        outside[:, [n + 1 for n in _below(heads, cycle)]] = -np.inf
        loss = scores[cycle, heads[cycle]] - outside.max(axis=1)
        cheapest = int(np.argmin(loss))
        heads[cycle[cheapest]] = int(outside[cheapest].argmax())
    return heads


def _cycle(heads: NDArray[np.int64]) -> list[int] | None:
    seen: dict[int, int] = {}
    for start in range(len(heads)):
        path, node = [], start
        while node >= 0 and node not in seen:
            seen[node] = start
            path.append(node)
            node = int(heads[node]) - 1
        if node >= 0 and seen[node] == start:
            return path[path.index(node) :]
    return None


def _below(heads: NDArray[np.int64], cycle: list[int]) -> set[int]:
    """The words of a cycle and all that hang below them."""
    found = set(cycle)
    grown = True
    while grown:
        more = {n for n in range(len(heads)) if int(heads[n]) - 1 in found} - found
        found |= more
        grown = bool(more)
    return found
