"""A seq2seq checkpoint from the files of one folder, whole or not at all: its model, tokenizer, limits and separators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoConfig, AutoModelForSeq2SeqLM, AutoTokenizer
from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES as SEQ2SEQ

from summarize.errors import ModelUnavailableError
from summarize.models.precision import precision

if TYPE_CHECKING:
    from summarize.models.base import Family
    from summarize.settings import Settings

_OPTIONS: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
_LONGEST_INPUT = 4096  # tokens; what PRIMERA was trained on, and more than the ranked evidence ever takes
_MISSING = 0.1  # share of weights that may be missing: a file without position tables loads, half a model does not
_DOCUMENTS = "<doc-sep>"
_MULTI_NEWS = re.compile(r"multi[-_ ]?news", re.IGNORECASE)
_BREAKS = ("<n>",)  # how PEGASUS writes a new line, which it does after each sentence
_MARKERS = ("▁", "Ġ")  # how SentencePiece and byte-level BPE write the blank before a word
_INSTRUCTED = frozenset({"t5", "mt5", "umt5"})


def family(config: Any) -> Family:
    """By the configuration: the shipped writer says so itself, T5 models follow instructions, the rest are plain."""
    if getattr(config, "summarize_family", None) == "shipped":
        return "shipped"
    return "instruction" if config.model_type in _INSTRUCTED else "plain"


def load(folder: Path, settings: Settings) -> tuple[Any, Any]:
    """Tokenizer and model, on the device and in the precision of the settings.

    Raises:
        ModelUnavailableError: no seq2seq model, weights of another model, a tokenizer that does not fit them, or a
            device that this machine has not.
    """
    device = _device(settings.device)
    kind = AutoConfig.from_pretrained(folder, **_OPTIONS).model_type
    if kind not in SEQ2SEQ:
        raise ModelUnavailableError(
            f"{folder.name} is a {kind} model, which does not write a text from a text",
            hint="Name an encoder-decoder model: BART, PEGASUS, T5, LED and the like.",
        )
    tokenizer = AutoTokenizer.from_pretrained(folder, **_OPTIONS)
    model, info = AutoModelForSeq2SeqLM.from_pretrained(
        folder, dtype=_dtype(settings.dtype, device), output_loading_info=True, **_OPTIONS
    )
    missing = info["missing_keys"]
    if len(missing) > _MISSING * len(model.state_dict()):
        raise ModelUnavailableError(
            f"the weights in {folder.name} are not those of its config.json: {len(missing)} are missing",
            hint="Get the folder again; config.json and the weights have to be of one model.",
        )
    rows = model.get_input_embeddings().num_embeddings
    if max(tokenizer.get_vocab().values(), default=-1) >= rows:
        raise ModelUnavailableError(
            f"the tokenizer in {folder.name} has more tokens than its model, {rows}",
            hint="Get the folder again; the tokenizer's files and the weights have to be of one model.",
        )
    return tokenizer, model.eval().to(device)


def input_limit(config: Any, tokenizer: Any) -> int:
    """Tokens the model can read: its positions, its tokenizer's word for it, and never more than 4,096."""
    names = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
    positions = next((value for name in names if isinstance(value := getattr(config, name, None), int)), _LONGEST_INPUT)
    return int(min(positions, tokenizer.model_max_length, _LONGEST_INPUT))


def output_limit(config: Any) -> int:
    """Tokens the decoder can write; T5's relative positions have no end."""
    names = ("max_decoder_position_embeddings", "max_position_embeddings")
    found = (value for name in names if isinstance(value := getattr(config, name, None), int))
    return next(found, _LONGEST_INPUT) - 2  # the start token, and the end


def padded(config: Any, width: int) -> int:
    """The width of a batch: Longformer's attention reads whole windows, and says so on stderr where it has to pad."""
    window = getattr(config, "attention_window", 1)
    window = max(window) if isinstance(window, list) else window
    return -(-width // window) * window


def separator(name: str, vocabulary: dict[str, int]) -> str:
    """What stands between two articles in the texts that the model learned from; a blank where it learned from one."""
    if _DOCUMENTS in vocabulary:
        return f" {_DOCUMENTS} "
    return " ||||| " if _MULTI_NEWS.search(name) else " "


def marker(vocabulary: dict[str, int]) -> str:
    """How the vocabulary writes the blank before a word; empty where whole words and their pieces stand without one."""
    return next((m for m in _MARKERS if 20 * sum(token.startswith(m) for token in vocabulary) > len(vocabulary)), "")


def breaks(vocabulary: dict[str, int]) -> frozenset[int]:
    """Ids of the tokens that write a new line."""
    return frozenset(vocabulary[token] for token in _BREAKS if token in vocabulary)


class PromptReader:
    """Prompts as token ids: page text makes no special token, the separators do, and what is too long loses evidence.

    ``closing`` keeps the last line of a prompt that is cut: an instruction ends with where the answer begins.
    """

    def __init__(self, tokenizer: Any, *, limit: int, separator: str, closing: bool) -> None:
        self._tokenizer = tokenizer
        self._special = sorted(filter(None, tokenizer.all_special_tokens), key=len, reverse=True)
        self._between = separator.strip()
        self.separator_id: int | None = tokenizer.get_vocab().get(self._between) if self._between else None
        self._closing = closing
        framed, bare = list(tokenizer("a").input_ids), self._pieces("a")
        at = next((n for n in range(len(framed)) if framed[n : n + len(bare)] == bare), 0)
        self._before, self._after = framed[:at], framed[at + len(bare) :]
        self._room = max(1, limit - len(self._before) - len(self._after))

    def read(self, prompt: str) -> list[int]:
        """The ids, special tokens around them, within the limit."""
        head, _, tail = prompt.rpartition("\n") if self._closing else (prompt, "", "")
        end = self._pieces(tail)[: self._room]
        return [*self._before, *self._joined(head)[: self._room - len(end)], *end, *self._after]

    def _joined(self, text: str) -> list[int]:
        if self.separator_id is None:
            return self._pieces(text)
        first, *others = text.split(self._between)
        ids = self._pieces(first.strip())
        for other in others:
            ids += [self.separator_id, *self._pieces(other.strip())]
        return ids

    def _pieces(self, text: str) -> list[int]:
        # A Unigram vocabulary has them among its pieces, so splitting them is not enough ("</s>" -> "< /s>").
        for token in self._special:
            text = text.replace(token, f"{token[0]} {token[1:]}")
        return list(self._tokenizer(text, add_special_tokens=False, split_special_tokens=True, verbose=False).input_ids)


def _device(name: str) -> torch.device:
    wanted = ("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else name
    try:
        torch.empty(0, device=wanted)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise ModelUnavailableError(
            f"there is no device {wanted!r} on this machine", hint="Set `device` to 'cpu' or 'auto' in the settings."
        ) from error
    return torch.device(wanted)


def _dtype(name: str, device: torch.device) -> torch.dtype:
    """The type for the weights; "auto" is bfloat16 where the device counts in it, else float32 (T5 overflows float16)."""
    if name != "auto":
        return {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}[name]
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    return precision() if device.type == "cpu" else torch.float32
