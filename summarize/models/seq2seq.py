"""Writing with an ``AutoModelForSeq2SeqLM``: batches, beams, and a vocabulary that is the evidence's own.

The shipped writer reads claims as token ids (``shipped``) and writes one sentence, uncased; any other model reads the
request's prompt and writes one or more. Output is plain text with ordinary spacing, in whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from transformers import LogitsProcessorList

from summarize.errors import GenerationError
from summarize.language.sentences import ended, sentences
from summarize.models import checkpoint, shipped
from summarize.models.base import Candidate, Family, GenerationRequest
from summarize.models.vocabulary import EvidenceOnly, Lexicon, joined, repeats
from summarize.models.weights import fingerprint
from summarize.models.wordforms import same_words

if TYPE_CHECKING:
    from summarize.settings import Settings

_TOKENS_PER_WORD = 2.2  # generous: names and numbers take several pieces


class Seq2SeqGenerator:
    """``Generator`` over the files of one folder."""

    def __init__(self, folder: Path, settings: Settings, *, name: str) -> None:
        self._tokenizer, self._model = checkpoint.load(folder, settings)
        config = self._model.config
        self._settings = settings
        self._name = name
        self._family = checkpoint.family(config)
        self._fingerprint = fingerprint(folder)
        self._vocabulary: dict[str, int] = self._tokenizer.get_vocab()
        self._separator = checkpoint.separator(name, self._vocabulary)
        self._breaks = checkpoint.breaks(self._vocabulary)
        self._special = frozenset(self._tokenizer.all_special_ids) - self._breaks
        opening = self._tokenizer.bos_token_id if self._family != "shipped" else None
        self._first = frozenset() if opening is None else frozenset({int(opening)})
        self._marker = checkpoint.marker(self._vocabulary)
        # The shipped writer's beams are shared out among its plans, which differ more than the beams of one plan do.
        self._beams = max(1, settings.beams // 2) if self._family == "shipped" else settings.beams
        self._reader = checkpoint.PromptReader(
            self._tokenizer,
            limit=checkpoint.input_limit(config, self._tokenizer),
            separator=self._separator,
            closing=self._family == "instruction",
        )
        self._longest = checkpoint.output_limit(config)
        self._pieces = lru_cache(maxsize=50_000)(self._uncached_pieces)
        self._opening = lru_cache(maxsize=50_000)(self._uncached_opening)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of the weights' sha256."""
        return self._fingerprint

    @property
    def family(self) -> Family:
        """By the configuration: the shipped writer says so itself, T5 models follow instructions, the rest are plain."""
        return self._family

    @property
    def separator(self) -> str:
        """PRIMERA's ``<doc-sep>`` where the vocabulary has it, Multi-News' bars by the model's name, else a blank."""
        return self._separator

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
            distinct(rows, request.max_words, one=self._family == "shipped")[: self._settings.candidates]
            for request, rows in zip(requests, found, strict=True)
        ]

    def _inputs(self, request: GenerationRequest) -> list[list[int]]:
        """Token ids to write from: one row a plan for the shipped writer, one for any other model."""
        if self._family != "shipped":
            return [self._reader.read(request.prompt)]
        evidence = [shipped.as_sentence(claim) for claim in request.evidence] or ["."]
        claims = self._tokenizer(evidence, add_special_tokens=False, split_special_tokens=True).input_ids
        config = self._model.config
        plans = shipped.plans(len(evidence[0].split()), request.max_words)
        # The best claim alone: with the others beside it the model adds what they say to it, and takes twice as long.
        return [
            shipped.input_ids(claims[:1], plan, start=config.decoder_start_token_id, separator=config.eos_token_id)
            for plan in plans
        ]

    @torch.inference_mode()
    def _batch(self, requests: list[GenerationRequest], inputs: list[list[int]]) -> list[list[tuple[str, float]]]:
        beams, pad, device = self._beams, self._model.config.pad_token_id or 0, self._model.device
        width = checkpoint.padded(self._model.config, max(map(len, inputs)))
        shared = {evidence: self._lexicon(evidence) for evidence in {request.evidence for request in requests}}
        lexicons = [shared[request.evidence] for request in requests]
        wanted = min(self._settings.candidates, beams)
        rows = torch.tensor([[*row, *[pad] * (width - len(row))] for row in inputs], device=device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in inputs], device=device)
        output = self._model.generate(
            input_ids=rows, attention_mask=mask, **self._attention(rows),
            logits_processor=LogitsProcessorList(
                [EvidenceOnly(lexicons, beams=beams, special=self._special, first=self._first)]
            ),
            num_beams=beams, num_return_sequences=wanted, do_sample=False, use_cache=True, early_stopping=beams > 1,
            max_new_tokens=self._room(requests), max_length=None, min_length=None, min_new_tokens=None,
            forced_eos_token_id=None,  # it would end a text that ran out of room as if it were whole
            length_penalty=1.0, no_repeat_ngram_size=0 if self._family == "shipped" else 3,
            return_dict_in_generate=True, output_scores=True,
        )  # fmt: skip
        scores = output.sequences_scores.tolist() if beams > 1 else [0.0] * len(output.sequences)
        texts = [
            (self._text(ids, requests[n // wanted], lexicons[n // wanted]), scores[n])
            for n, ids in enumerate(output.sequences.tolist())
        ]
        return [texts[n * wanted : (n + 1) * wanted] for n in range(len(requests))]

    def _room(self, requests: Sequence[GenerationRequest]) -> int:
        """Tokens to write at most, the same for all requests of a batch."""
        return min(self._longest, int(_TOKENS_PER_WORD * max(request.max_words for request in requests)) + 4)

    def _attention(self, rows: torch.Tensor) -> dict[str, torch.Tensor]:
        """Longformer's: the first token and the separators see, and are seen by, all the text (Xiao et al., 2022, PRIMERA)."""
        if self._model.config.model_type != "led":
            return {}
        everywhere = torch.zeros_like(rows)
        everywhere[:, 0] = 1
        if self._reader.separator_id is not None:
            everywhere[rows == self._reader.separator_id] = 1
        return {"global_attention_mask": everywhere}

    def _lexicon(self, evidence: tuple[str, ...]) -> Lexicon:
        return Lexicon(
            evidence,
            self._pieces,
            known=lambda word: f"{self._marker}{word}" in self._vocabulary,
            ends=frozenset({int(self._model.config.eos_token_id)}),
            single=self._family == "shipped",
            opens=None if self._family == "shipped" else self._opening,
            breaks=frozenset() if self._family == "shipped" else self._breaks,
        )

    def _uncached_pieces(self, written: str) -> tuple[int, ...]:
        """Token ids of a word with a blank before it, or of a sign that is written to the word before it."""
        options = {"add_special_tokens": False, "split_special_tokens": True}
        if written.startswith(" "):
            return tuple(self._tokenizer(written if self._marker == "Ġ" else written[1:], **options).input_ids)
        before = self._tokenizer("a", **options).input_ids
        return tuple(self._tokenizer(f"a{written}", **options).input_ids[len(before) :])

    def _uncached_opening(self, word: str) -> tuple[int, ...]:
        """Token ids of a word that begins a text or a line."""
        ids = tuple(self._tokenizer(word, add_special_tokens=False, split_special_tokens=True).input_ids)
        first = str(self._tokenizer.convert_ids_to_tokens(ids[:1])[0]) if ids and self._marker == "▁" else ""
        bare = self._vocabulary.get(first.removeprefix("▁"))
        return ids if bare is None else (bare, *ids[1:])

    def _text(self, ids: list[int], request: GenerationRequest, lexicon: Lexicon) -> str:
        written = [token for token in ids if token not in self._special]
        if self._family != "shipped":
            text = str(self._tokenizer.decode(written, skip_special_tokens=True))
            return whole(text, request)
        words = lexicon.words(written)
        return joined(words) if words and words[-1] in (".", '"') else ""


def whole(text: str, request: GenerationRequest) -> str:
    """The answer's sentences, in order, one a line, as long as they keep within the words allowed.

    One that ran in circles is left out, and so is one without an end: a limit, or a word that might not follow, cut it off.
    """
    kept: list[str] = []
    left = request.max_words
    for sentence in sentences(text, request.evidence):
        left -= len(sentence.split())
        if left < 0:
            break
        if ended(sentence) and not repeats(sentence):
            kept.append(sentence)
    return "\n".join(kept)


def distinct(rows: Sequence[tuple[str, float]], max_words: int, *, one: bool = True) -> list[Candidate]:
    """Complete texts within the limit, the most probable first; of two that differ in word forms alone, the first.

    ``one``: the texts are single sentences, and none that runs in circles is kept.
    """
    kept: list[Candidate] = []
    for text, score in sorted(rows, key=lambda row: (-row[1], row[0])):
        fits = text and len(text.split()) <= max_words and not (one and repeats(text))
        if fits and not any(same_words(text, other.text) for other in kept):
            kept.append(Candidate(text, score))
    return kept
