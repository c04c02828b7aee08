"""Peers that are no pipeline: ``generate`` over the joined articles, and summaries that a data set carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import transformers

from eval.data import Item
from eval.signature import Value
from eval.systems.base import Trace, Written, cut
from summarize.errors import InputError
from summarize.models import weights
from summarize.models.load import download, quiet, translated

BEAMS = 4
_TOKENS_PER_WORD = 1.5
_MOST_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Generate:
    """A sequence-to-sequence model's own ``generate`` with 4 beams; each article has an equal share of its input."""

    name: str
    model: str | None = None
    """Folder or hub id; ``None`` for the weights that ship, which were fitted to write one sentence from one claim."""

    def signature(self) -> dict[str, Value]:
        """Weights, beams and the library's version."""
        return {
            "system": self.name,
            "writer": weights.fingerprint(self._folder()),
            "beams": BEAMS,
            "transformers": transformers.__version__,
        }

    def _folder(self) -> Path:
        if self.model is None:
            return weights.WRITER
        return Path(self.model) if Path(self.model).is_dir() else download(self.model)

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """What the model writes, cut to ``max_words`` words."""
        import torch

        tokenizer, model = _loaded(self._folder())
        positions = getattr(model.config, "max_position_embeddings", None) or _MOST_TOKENS
        room = min(positions, tokenizer.model_max_length, _MOST_TOKENS) // len(item.articles)
        pieces = [tokenizer.decode(_ids(tokenizer, article.text, room)) for article in item.articles]
        inputs = tokenizer(" ".join(pieces), return_tensors="pt", truncation=True, max_length=room * len(pieces))
        with torch.inference_mode():
            ids = model.generate(
                input_ids=inputs.input_ids,
                attention_mask=inputs.attention_mask,
                num_beams=BEAMS,
                do_sample=False,
                no_repeat_ngram_size=3,
                max_length=None,
                max_new_tokens=min(int(_TOKENS_PER_WORD * max_words) + 8, positions - 2),
            )
        return [Written(cut(tokenizer.decode(ids[0], skip_special_tokens=True).strip(), max_words))]


def _ids(tokenizer: Any, text: str, room: int) -> list[int]:
    found: list[int] = tokenizer(text, add_special_tokens=False, truncation=True, max_length=max(1, room - 2)).input_ids
    return found


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> tuple[Any, Any]:
    with translated(str(folder), "Give a folder or hub id of an AutoModelForSeq2SeqLM."), quiet():
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        return tokenizer, transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).eval()


@dataclass(frozen=True, slots=True)
class Peer:
    """A system whose summaries the data set carries, under ``systems`` of each cluster."""

    name: str
    key: str

    def signature(self) -> dict[str, Value]:
        """The name that the data set gives it."""
        return {"system": self.name}

    def summarise(self, item: Item, max_words: int, trace: Trace) -> list[Written]:
        """The carried text, cut to ``max_words`` words; raises ``InputError`` where there is none."""
        if not item.peers or self.key not in item.peers:
            raise InputError(f"{item.id} carries no summary of {self.key}", hint="See the data set's `systems`.")
        return [Written(cut(item.peers[self.key], max_words))]
