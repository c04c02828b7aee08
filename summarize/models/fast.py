"""The shipped writer on CTranslate2 in int8, in about half the time; what it cannot settle is left to ``generate``.

CTranslate2 runs no code of ours while it searches, so the fence of ``vocabulary.py`` stands in two places. Its beams
may use only the tokens of the words that some request of the call may use (a vocabulary map, which also saves most
of the softmax). Then every text is walked word by word through its own request's lexicon, with the lexicon's costs taken
off, and dropped where it leaves it. Where the best beam of one of a request's plans left it, or no text is clearly the
best, ``generate`` writes that request. Forms that the evidence lacks are not offered: unpriced, they come too early.

The weights are converted once a machine and kept in ``$XDG_CACHE_HOME/summarize`` (``~/.cache`` by default).
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from summarize.errors import GenerationError, ModelUnavailableError
from summarize.models.base import Candidate, GenerationRequest
from summarize.models.seq2seq import Seq2SeqGenerator, distinct
from summarize.models.vocabulary import JUMP_PENALTY, Lexicon
from summarize.models.weights import fingerprint

if TYPE_CHECKING:
    from summarize.settings import Settings

_log = logging.getLogger(__name__)
# CTranslate2's log-probabilities are among the words of the map, those of `generate` among all. Fitted on 186 texts that
# both wrote for the gold clusters; what is left has a standard deviation of 0.15 nats.
_SHIFT, _SLOPE = -0.39, 1.85
# Nats that a beam after the first may cost: one place where it leaves the evidence's order, as a plain cut does. Of those on
# the gold clusters `generate` wrote 45 of 59, too; of those that cost more 22 of 57 ("lost 23% in Tuesday", "a unarmed crew").
_PLAIN = JUMP_PENALTY
# Nats a token. Texts that differ by less change places with the estimate's error, 0.11 for first texts; and under the other
# the search, which knows no costs, has lost its way ("the biggest container ports are called off after dockers").
_CLEAR, _LIKELY = 0.1, -1.0


class FastGenerator(Seq2SeqGenerator):
    """``Generator`` over the shipped writer's files, which are converted where the cache has them not.

    Raises:
        ModelUnavailableError: ctranslate2 is not installed, or the folder holds another kind of model.
    """

    def __init__(self, folder: Path, settings: Settings, *, name: str) -> None:
        self._library = _library()
        super().__init__(folder, settings, name=name)
        if self.family != "shipped":
            raise ModelUnavailableError(
                "runtime = 'ctranslate2' runs the shipped writer only", hint="Leave out --model, or that setting."
            )
        self._files = self._converted(folder)

    def generate(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """Candidates of each request, best first.

        The order of the requests changes nothing; what else is asked can: CTranslate2's map holds the words of all.
        """
        if self._files is None or not requests:
            return super().generate(requests)
        try:
            found = self._drafts(requests)
        except (RuntimeError, ValueError) as error:
            hint = "Leave out `runtime` in the settings to write without CTranslate2."
            raise GenerationError(f"CTranslate2 failed while writing: {error}", hint=hint) from error
        left = [place for place, candidates in enumerate(found) if not candidates]
        for place, candidates in zip(left, super().generate([requests[place] for place in left]), strict=True):
            found[place] = candidates
        return found

    def _drafts(self, requests: Sequence[GenerationRequest]) -> list[list[Candidate]]:
        """What CTranslate2 writes within the fence; nothing for a request that is ``generate``'s to write."""
        lexicons = [self._lexicon(request.evidence) for request in requests]
        jobs = sorted((len(ids), ids, place) for place, request in enumerate(requests) for ids in self._inputs(request))
        results = self._searched([ids for _, ids, _ in jobs], lexicons, self._room(requests))
        rows: list[list[tuple[str, float]]] = [[] for _ in requests]
        strayed: set[int] = set()
        for (*_, place), result in zip(jobs, results, strict=True):
            for rank, (tokens, score) in enumerate(zip(result.hypotheses, result.scores, strict=True)):
                ids = [self._vocabulary[token] for token in tokens]
                cost = lexicons[place].cost(ids)
                if cost is not None and (rank == 0 or cost <= _PLAIN):
                    text = self._text(ids, requests[place], lexicons[place])
                    rows[place].append((text, _SHIFT + _SLOPE * (score - cost / max(1, len(ids)))))
                elif rank == 0:  # what the model wants to write most is not to be had here
                    strayed.add(place)
        found = [distinct(own, request.max_words) for request, own in zip(requests, rows, strict=True)]
        return [
            texts[: self._settings.candidates] if place not in strayed and _sure(texts) else []
            for place, texts in enumerate(found)
        ]

    def _searched(self, inputs: list[list[int]], lexicons: Sequence[Lexicon], room: int) -> Any:
        allowed = sorted(frozenset().union(*(lexicon.tokens() for lexicon in lexicons)))
        vmap = "\t" + " ".join(self._tokenizer.convert_ids_to_tokens(allowed)) + "\n"
        translator = self._translator({**(self._files or {}), "vmap.txt": vmap.encode()})
        return translator.translate_batch(
            [self._tokenizer.convert_ids_to_tokens(ids) for ids in inputs],
            max_batch_size=self._settings.generate_batch, beam_size=self._beams, num_hypotheses=self._beams,
            length_penalty=1, max_decoding_length=room, use_vmap=True, return_scores=True, return_end_token=True,
        )  # fmt: skip

    def _translator(self, files: dict[str, bytes]) -> Any:
        """From memory, since the map is the call's own; that takes 0.06 s."""
        return self._library.Translator("writer", device="cpu", files=files, intra_threads=torch.get_num_threads())

    def _converted(self, folder: Path) -> dict[str, bytes] | None:
        """The converted model's files; None, with a warning, where the cache can neither give nor take them."""
        home = cache() / f"writer-{fingerprint(folder)}-ctranslate2-{self._library.__version__}"
        try:
            for fresh in (False, True):
                if fresh or not home.is_dir():
                    self._convert(folder, home)
                files = {file.name: file.read_bytes() for file in sorted(home.iterdir())}
                try:
                    self._translator(files)
                except (RuntimeError, ValueError):  # half a file, or none: once more
                    continue
                return files
            problem = "it cannot be read back"
        except OSError as error:
            problem = str(error)
        _log.warning("The writer runs without CTranslate2, for want of a converted model in %s: %s", home, problem)
        return None

    @staticmethod
    def _convert(folder: Path, home: Path) -> None:
        """Convert beside ``home`` and rename, so that no other process ever sees half a model."""
        from ctranslate2.converters import TransformersConverter

        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            made = Path(scratch) / "made"
            TransformersConverter(str(folder)).convert(str(made), quantization="int8_float32")
            if home.is_dir():
                home.rename(Path(scratch) / "old")
            try:
                made.rename(home)
            except OSError:
                if not home.is_dir():  # else another process was first
                    raise


def _sure(texts: Sequence[Candidate]) -> bool:
    """Whether the first text would be ``generate``'s, too: it is likely, and clearly more so than the next."""
    clear = len(texts) < 2 or texts[0].score - texts[1].score >= _CLEAR
    return bool(texts) and texts[0].score >= _LIKELY and clear


def cache() -> Path:
    """This package's folder for what can be made again, by the XDG Base Directory Specification."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "summarize"


def _library() -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise ModelUnavailableError(
            "runtime = 'ctranslate2' needs a package that is not installed",
            hint="pip install 'summarize[fast]', or leave out that setting.",
        ) from error
    return ctranslate2
