"""Who judges whether a text bears a sentence out: this project's verifier, or an NLI model where one is given.

The only place where the suite touches the verifier and the lexicon of loaded words, whose insides may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from eval.data import Item
from eval.metrics.statements import given, told
from eval.signature import Value, code_digest
from eval.systems.base import source_sentences
from summarize.language.cues import attribution
from summarize.language.words import content_words
from summarize.models import weights
from summarize.settings import Settings
from summarize.types import Sentence, Span
from summarize.writing.evidence import Evidence
from summarize.writing.neutral import loaded_words
from summarize.writing.verify import verify

__all__ = ["Judge", "Nli", "Verifier", "evidence_for", "loaded_words", "verified", "verifier_protocol"]

NEAREST = 8
"""Source sentences that a sentence without citations is checked against: those that share most of its words."""


class Judge(Protocol):
    """Decides entailment."""

    @property
    def name(self) -> str:
        """What a signature calls it."""

    def supports(self, sentence: str, passages: Sequence[str]) -> bool:
        """Whether the passages together bear the sentence out."""


class Verifier:
    """The project's own check, which the project's own sentences were written to pass: a lenient judge of this project.

    What it holds against a sentence even where the evidence is the sentence itself (a pronoun at the beginning, a piece of
    a quotation) is a matter of form, not of support, and is left out of account.
    """

    name = "verifier"

    def supports(self, sentence: str, passages: Sequence[str]) -> bool:
        """The sentence, or what stands in it apart from who said it, is supported."""
        evidence = [_evidence(text, number) for number, text in enumerate(passages)]
        return bool(evidence) and verified(sentence, evidence)[0]


class Nli:
    """A sequence classifier with a label that begins with "entail"; a premise is the passages joined."""

    def __init__(self, model: str) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The model's name and, where it lies in a folder, its weights."""
        folder = Path(self._model)
        return f"nli:{self._model}" + (f"@{weights.fingerprint(folder)}" if folder.is_dir() else "")

    def supports(self, sentence: str, passages: Sequence[str]) -> bool:
        """Whether entailment is the likeliest label."""
        import torch

        tokenizer, model = _classifier(self._model)
        inputs = tokenizer(" ".join(passages), sentence, return_tensors="pt", truncation="only_first")
        with torch.inference_mode():
            best = int(model(**inputs).logits[0].argmax())
        return str(model.config.id2label[best]).lower().startswith("entail")


def verifier_protocol() -> dict[str, Value]:
    """The verifier's and the lexicon's part of a signature: their code, that around them, and the settings."""
    code = code_digest("summarize/writing", "summarize/language", "eval/metrics/judge.py", "eval/metrics/statements.py")
    return {"verifier": f"{code},settings:{Settings().fingerprint()}"}


def verified(sentence: str, evidence: Sequence[Evidence]) -> tuple[bool, float]:
    """Whether the verifier finds the sentence supported, and the share of its words that the evidence carries (0 to 1).

    Talk about sources is left out, and who said it may be. A sentence that stands in the evidence word for word is
    supported, whatever the verifier makes of a piece of it.
    """
    parts = told(sentence)
    verdicts = [_verified(text, evidence) for text in parts.statements]
    printed = all(any(given(value, item.sentence) for item in evidence) for value in parts.values)
    return printed and all(ok for ok, _ in verdicts), min(support for _, support in verdicts)


def _verified(statement: str, evidence: Sequence[Evidence]) -> tuple[bool, float]:
    flat = " ".join(statement.split())
    if any(flat in item.sentence for item in evidence):
        return True, 1.0
    verdicts = [verify(text, evidence, Settings()) for text in _unattributed(statement)]
    forms = [verify(text, [_evidence(text, 0)], Settings()) for text in _unattributed(statement)]
    ok = any(not set(v.reasons) - set(form.reasons) for v, form in zip(verdicts, forms, strict=True))
    return ok, max(verdict.support for verdict in verdicts)


def evidence_for(sentence: str, item: Item) -> list[Evidence]:
    """The source sentences nearest to a summary's sentence, one group, so that the best of them counts."""
    words = content_words(sentence)
    ranked = sorted(_sentences(item), key=lambda s: (-len(words & content_words(s.text)), s.span))
    return [_evidence(each.text, 0) for each in ranked[:NEAREST]]


@lru_cache(maxsize=4)
def _cached(item_id: str, articles: tuple[Any, ...]) -> tuple[Sentence, ...]:
    return tuple(source_sentences(Item(item_id, articles, ()), Settings()))


def _sentences(item: Item) -> tuple[Sentence, ...]:
    return _cached(item.id, item.articles)


def _unattributed(sentence: str) -> list[str]:
    said = attribution(sentence)
    if said is None or not said.content:
        return [sentence]
    content = " ".join(sentence[start:end].strip() for start, end in said.content).strip(" ,")
    return [sentence, content[:1].upper() + content[1:].rstrip(".") + "."] if content else [sentence]


def _evidence(text: str, group: int) -> Evidence:
    span = Span(str(group), 0, len(text))
    flat = " ".join(text.split())
    return Evidence(span, flat, span, flat, outlet="", group=group, number=group + 1)


@lru_cache(maxsize=1)
def _classifier(model: str) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from summarize.models.load import quiet, translated

    with translated(model, "Give a folder or hub id of a model for natural language inference."), quiet():
        return (
            AutoTokenizer.from_pretrained(model),
            AutoModelForSequenceClassification.from_pretrained(model).eval(),
        )
