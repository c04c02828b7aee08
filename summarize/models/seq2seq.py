"""Writing with an ``AutoModelForSeq2SeqLM``: batches, beams, and a vocabulary that is the evidence's own.

The shipped writer reads claims as token ids (``shipped``); any other model reads the request's prompt. Output is
plain text with ordinary spacing; the shipped writer's is uncased.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, LogitsProcessorList

from summarize.errors import GenerationError
from summarize.models import shipped
from summarize.models.base import Candidate, Family, GenerationRequest
from summarize.models.precision import precision
from summarize.models.vocabulary import EvidenceOnly, Lexicon, joined, repeats
from summarize.models.weights import fingerprint
from summarize.models.wordforms import same_words

if TYPE_CHECKING:
    from summarize.settings import Settings

_MARKERS = ("▁", "Ġ")  # how SentencePiece and byte-level BPE write the blank before a word
_TOKENS_PER_WORD = 2.2  # generous: names and numbers take several pieces


class Seq2SeqGenerator:
    """``Generator`` over the files of one folder."""

    def __init__(self, folder: Path, settings: Settings, *, name: str) -> None:
        options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        self._tokenizer = AutoTokenizer.from_pretrained(folder, **options)
        self._model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=precision(), **options).eval()
        self._settings = settings
        self._name = name
        self._family = _family(self._model.config)
        self._fingerprint = fingerprint(folder)
        self._vocabulary: dict[str, int] = self._tokenizer.get_vocab()
        self._special = frozenset(self._tokenizer.all_special_ids)
        self._marker = next((m for m in _MARKERS if f"{m}the" in self._vocabulary), "")
        # The shipped writer's beams are shared out among its plans, which differ more than the beams of one plan do.
        self._beams = max(1, settings.beams // 2) if self._family == "shipped" else settings.beams
        self._limit = _input_limit(self._model.config, self._tokenizer)
        self._pieces = lru_cache(maxsize=50_000)(self._uncached_pieces)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""
        return self._fingerprint

    @property
    def family(self) -> Family:
        """By the configuration: the shipped writer says so itself, T5 models follow instructions, the rest are plain."""
        return self._family

    def generate(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """Candidates of each request, best first.

        Inputs are sorted before they are batched, so the caller's order changes nothing. Raises ``GenerationError``
        where the model fails.
        """
        jobs = sorted(
            (len(ids), ids, request.max_words, place)
            for place, request in enumerate(requests)
            for ids in self._inputs(request)
        )
        found: list[list[tuple[str, float]]] = [[] for _ in requests]
        size = self._settings.generate_batch
        for start in range(0, len(jobs), size):
            chunk = jobs[start : start + size]
            places = [place for *_, place in chunk]
            try:
                rows = self._batch([requests[place] for place in places], [ids for _, ids, *_ in chunk])
            except (RuntimeError, ValueError, IndexError) as error:
                hint = "Try another model, or leave out --model for the shipped one."
                raise GenerationError(f"{self._name} failed while writing: {error}", hint=hint) from error
            for place, texts in zip(places, rows, strict=True):
                found[place].extend(texts)
        return [
            distinct(rows, request.max_words)[: self._settings.candidates]
            for request, rows in zip(requests, found, strict=True)
        ]

    def _inputs(self, request: GenerationRequest) -> list[list[int]]:
        """Token ids to write from: one row a plan for the shipped writer, one for any other model."""
        if self._family != "shipped":
            return [list(self._tokenizer(self._inert(request), truncation=True, max_length=self._limit).input_ids)]
        evidence = [shipped.as_sentence(claim) for claim in request.evidence] or ["."]
        claims = self._tokenizer(evidence, add_special_tokens=False, split_special_tokens=True).input_ids
        config = self._model.config
        plans = shipped.plans(len(evidence[0].split()), request.max_words)
        # The best claim alone: with the others beside it the model adds what they say to it, and takes twice as long.
        return [
            shipped.input_ids(claims[:1], plan, start=config.decoder_start_token_id, separator=config.eos_token_id)
            for plan in plans
        ]

    def _inert(self, request: GenerationRequest) -> str:
        """The prompt, with special tokens that an article's text happens to spell taken apart ("</s>" -> "< /s>")."""
        prompt = request.prompt
        for piece in request.evidence:
            harmless = piece
            for token in self._tokenizer.all_special_tokens:
                harmless = harmless.replace(token, f"{token[0]} {token[1:]}")
            if harmless != piece:
                prompt = prompt.replace(piece, harmless)
        return prompt

    @torch.inference_mode()
    def _batch(self, requests: list[GenerationRequest], inputs: list[list[int]]) -> list[list[tuple[str, float]]]:
        beams, pad = self._beams, self._model.config.pad_token_id or 0
        width = max(map(len, inputs))
        lexicons = [self._lexicon(request.evidence) for request in requests]
        wanted = min(self._settings.candidates, beams)
        output = self._model.generate(
            input_ids=torch.tensor([[*row, *[pad] * (width - len(row))] for row in inputs]),
            attention_mask=torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in inputs]),
            logits_processor=LogitsProcessorList([EvidenceOnly(lexicons, beams=beams, special=self._special)]),
            num_beams=beams, num_return_sequences=wanted, do_sample=False, use_cache=True, early_stopping=beams > 1,
            max_new_tokens=int(_TOKENS_PER_WORD * max(request.max_words for request in requests)) + 4,
            max_length=None, min_length=None, length_penalty=1.0, no_repeat_ngram_size=0 if self._family == "shipped" else 3,
            return_dict_in_generate=True, output_scores=True,
        )  # fmt: skip
        scores = output.sequences_scores.tolist() if beams > 1 else [0.0] * len(output.sequences)
        rows = [(self._text(ids, lexicons[n // wanted]), scores[n]) for n, ids in enumerate(output.sequences.tolist())]
        return [rows[n * wanted : (n + 1) * wanted] for n in range(len(requests))]

    def _lexicon(self, evidence: tuple[str, ...]) -> Lexicon:
        return Lexicon(
            evidence,
            self._pieces,
            known=lambda word: f"{self._marker}{word}" in self._vocabulary,
            ends=frozenset({int(self._model.config.eos_token_id)}),
            single=self._family == "shipped",
        )

    def _uncached_pieces(self, written: str) -> tuple[int, ...]:
        """Token ids of a word with a blank before it, or of a sign that is written to the word before it."""
        options = {"add_special_tokens": False, "split_special_tokens": True}
        if written.startswith(" "):
            return tuple(self._tokenizer(written if self._marker == "Ġ" else written[1:], **options).input_ids)
        before = self._tokenizer("a", **options).input_ids
        return tuple(self._tokenizer(f"a{written}", **options).input_ids[len(before) :])

    def _text(self, ids: list[int], lexicon: Lexicon) -> str:
        written = [token for token in ids if token not in self._special]
        if self._family != "shipped":
            return str(self._tokenizer.decode(written, skip_special_tokens=True)).strip()
        words = lexicon.words(written)
        return joined(words) if words and words[-1] in (".", '"') else ""


def distinct(rows: Sequence[tuple[str, float]], max_words: int) -> list[Candidate]:
    """Complete texts within the limit, the most probable first; of two that differ in word forms alone, the first."""
    kept: list[Candidate] = []
    for text, score in sorted(rows, key=lambda row: (-row[1], row[0])):
        fits = text and len(text.split()) <= max_words and not repeats(text)
        if fits and not any(same_words(text, other.text) for other in kept):
            kept.append(Candidate(text, score))
    return kept


def _family(config: Any) -> Family:
    if getattr(config, "summarize_family", None) == "shipped":
        return "shipped"
    return "instruction" if config.model_type in ("t5", "mt5", "umt5") else "plain"


def _input_limit(config: Any, tokenizer: Any) -> int:
    """Tokens the model can read: its positions, its tokenizer's word for it, and never more than 4,096."""
    names = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
    positions = next((value for name in names if isinstance(value := getattr(config, name, None), int)), 4096)
    return int(min(positions, tokenizer.model_max_length, 4096))
