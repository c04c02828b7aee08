"""Sentence vectors from a BERT-like encoder: mean pooling over the last layer, L2-normalised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from summarize.models.precision import cast_once, precision
from summarize.models.weights import fingerprint

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 128  # tokens; longer sentences are lists and boilerplate
# In bf16 a vector moves by up to 1e-3 with the texts that share its batch (cosine to fp32 stays above 0.9999), so equal
# sets of texts must make equal batches: they are sorted first. What is left are differences of summation between
# machines and thread counts, in the sixth decimal; rounded away, a threshold on a cosine falls the same everywhere.
DECIMALS = 4


class SentenceEncoder:
    """``Encoder`` over the files of one folder."""

    def __init__(self, folder: Path, *, batch: int) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        self.model = AutoModel.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, dtype=torch.float32, add_pooling_layer=False
        ).eval()
        cast_once(self.model)
        self.width = int(self.model.config.hidden_size)
        self._batch = batch
        self._fingerprint = fingerprint(folder)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows for ``texts``; equal texts are encoded once, and in an order that is not the caller's."""
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        if not distinct:
            return np.zeros((0, self.width), dtype=np.float32)
        chunks = [distinct[i : i + self._batch] for i in range(0, len(distinct), self._batch)]
        rows = np.concatenate([self._encode(chunk) for chunk in chunks])
        place = {text: number for number, text in enumerate(distinct)}
        return rows[[place[text] for text in texts]]

    @torch.inference_mode()
    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        batch = self.tokenizer(
            texts, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST, split_special_tokens=True
        )
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision() is torch.bfloat16):
            hidden = self.model(input_ids=batch.input_ids, attention_mask=batch.attention_mask).last_hidden_state
        mask = batch.attention_mask.unsqueeze(-1).to(torch.float32)
        pooled = (hidden.float() * mask).sum(dim=1) / mask.sum(dim=1)
        vectors = torch.nn.functional.normalize(pooled, dim=-1).numpy()
        return np.round(vectors, DECIMALS).astype(np.float32)
