"""Tiny models as a hub's folders hold them: real architectures, byte-level and SentencePiece-like tokenizers, few weights.

A model can be fitted in a second to write one text whatever it reads; unfitted, it writes at random.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    LEDConfig,
    LEDForConditionalGeneration,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)

POSITIONS = 256  # tokens that BART and PEGASUS read; T5 by its tokenizer
_BART = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
_T5 = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
_LAYERS = {"encoder_layers": 1, "decoder_layers": 1, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32}
_HEADS = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}


def folder(at: Path, kind: str, texts: Sequence[str], *, writes: str | None = None) -> Path:
    """A folder with a ``bart``, ``led``, ``pegasus`` or ``t5`` whose vocabulary is of ``texts``."""
    tokenizer = _tokenizer(kind, texts)
    tokenizer.save_pretrained(at)
    torch.manual_seed(0)
    model = network(kind, len(tokenizer))
    if writes is not None:
        _fit(model, [*tokenizer(writes, add_special_tokens=False).input_ids, model.config.eos_token_id])
    # What bart-large-cnn's own says: a package that lets it through writes at least 56 tokens.
    model.generation_config.update(num_beams=4, min_length=56, max_length=142, length_penalty=2.0)
    if kind == "bart":
        model.generation_config.update(forced_bos_token_id=0, forced_eos_token_id=2)
    model.save_pretrained(at)
    return at


def _tokenizer(kind: str, texts: Sequence[str]) -> PreTrainedTokenizerFast:
    if kind in ("bart", "led"):
        words, special = Tokenizer(models.BPE(unk_token="<unk>")), list(_BART.values())
        words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        words.decoder = decoders.ByteLevel()
        trainer: Any = trainers.BpeTrainer(
            vocab_size=500, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
        )
        words.train_from_iterator(list(texts) * 3, trainer)
    else:  # pieces by hand: the trainer of Unigram does not make the same ones twice
        special = list(_T5.values())
        whole = sorted({f"▁{word}" for text in texts for word in re.findall(r"[\w-]+", text)})
        letters = sorted({letter for text in texts for letter in text} | {"▁"})
        scored = [*((token, 0.0) for token in [*special, "<n>"]), *((w, -2.0) for w in whole)]
        scored += [(letter, -9.0) for letter in letters if letter != " "]
        words = Tokenizer(models.Unigram(scored, special.index("<unk>")))
        words.pre_tokenizer = pre_tokenizers.Metaspace()
        words.decoder = decoders.Metaspace()
    frame = "<s> $A </s>" if kind in ("bart", "led") else "$A </s>"
    marks = [(token, words.token_to_id(token)) for token in special if token in frame]
    words.post_processor = processors.TemplateProcessing(single=frame, special_tokens=marks)
    more = {"additional_special_tokens": ["<doc-sep>"]} if kind == "led" else {}
    named = _BART if kind in ("bart", "led") else _T5
    return PreTrainedTokenizerFast(tokenizer_object=words, model_max_length=POSITIONS, **named, **more)


def network(kind: str, size: int) -> Any:
    """A network of random weights for a vocabulary of ``size``."""
    common: dict[str, Any] = {"vocab_size": size, "d_model": 32, **_LAYERS, **_HEADS}
    bart = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}
    t5 = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
    if kind == "bart":
        return BartForConditionalGeneration(BartConfig(**common, **bart, max_position_embeddings=POSITIONS))
    if kind == "led":
        own = {"attention_window": 16, "max_encoder_position_embeddings": 512, "max_decoder_position_embeddings": 200}
        return LEDForConditionalGeneration(LEDConfig(**common, **bart, **own))
    if kind == "pegasus":
        return PegasusForConditionalGeneration(PegasusConfig(**common, **t5, max_position_embeddings=POSITIONS))
    return T5ForConditionalGeneration(
        T5Config(vocab_size=size, d_model=32, d_kv=16, d_ff=32, num_layers=1, num_heads=2, **t5)
    )


def _fit(model: Any, ids: list[int]) -> None:
    """Teach the decoder one text, whatever is read."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-2 if model.config.model_type == "t5" else 1e-2)
    read = torch.tensor([[4, 5, 6, 7]])
    start = [0] if model.config.model_type in ("bart", "led") else []  # they learned texts with <s> in front
    labels = torch.tensor([[*start, *ids]])
    model.eval()  # no dropout: one text is to be known by heart
    for _ in range(800):
        loss = model(input_ids=read, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if loss.item() < 0.01:
            break


def rewritten(at: Path, name: str, **changes: Any) -> None:
    """A JSON file of the folder with some of its keys changed."""
    path = at / name
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")
