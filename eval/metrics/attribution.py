"""Attribution: do the cited passages bear the sentences out? ALCE's citation recall and precision (Gao and others, 2023)."""

from __future__ import annotations

from collections.abc import Sequence

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task, f1, ratio
from eval.metrics.judge import Judge, Verifier, verifier_protocol
from eval.signature import Value
from eval.statistics import mean
from eval.systems.base import CitedSentence, Written
from summarize.language.cues import attribution


class Attribution:
    """Citation recall and precision by a judge, and how many sentences say where they come from."""

    figures = (
        Figure("citation_recall", "share of sentences that all their citations together bear out"),
        Figure("citation_precision", "share of citations that bear the sentence out or are needed for it"),
        Figure("citation_f1", "harmonic mean of citation recall and precision"),
        Figure("cited_share", "share of sentences with a citation"),
        Figure("attributed_share", "share of sentences that name in prose who says so", ""),
        Figure("sentence_support", "independent sources behind a sentence, as its system counts them, mean", ""),
    )

    def __init__(self, judge: Judge | None = None) -> None:
        self._judge = judge or Verifier()

    def protocol(self, task: Task) -> dict[str, Value]:
        """Who judges."""
        return {"attribution": f"alce,{self._judge.name}", **verifier_protocol()}

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """All of them; excluded from a system that does not cite, and where nothing was written."""
        if written.sentences is None:
            raise Excluded("the system does not cite")
        if not written.sentences:
            raise Excluded("empty summary")
        text_of = {article.id: article.text for article in item.articles}
        passages = [[text_of[c["article"]][c["start"] : c["end"]] for c in s.citations] for s in written.sentences]
        judged = [self._judged(s.text, cited) for s, cited in zip(written.sentences, passages, strict=True)]
        recall = mean([float(supported) for supported, _ in judged])
        precise = [good for _, each in judged for good in each]
        precision = ratio(sum(precise), len(precise))
        own = [s["support"] for s in (written.summary or {}).get("sentences", ())]
        return {
            "citation_recall": recall,
            "citation_precision": precision,
            "citation_f1": None if precision is None else f1(precision, recall),
            "cited_share": _share(written.sentences),
            "attributed_share": mean([float(attribution(s.text) is not None) for s in written.sentences]),
            "sentence_support": mean(own) if own else None,
        }

    def _judged(self, sentence: str, passages: Sequence[str]) -> tuple[bool, list[bool]]:
        """Whether the sentence is supported, and for each citation whether it is precise.

        A citation is precise if the sentence is supported and either this passage alone supports it or the others do
        not without it.
        """
        if not passages or not self._judge.supports(sentence, passages):
            return False, [False] * len(passages)
        others = [[p for j, p in enumerate(passages) if j != i] for i in range(len(passages))]
        return True, [
            self._judge.supports(sentence, [passage]) or not self._judge.supports(sentence, rest)
            for passage, rest in zip(passages, others, strict=True)
        ]


def _share(sentences: Sequence[CitedSentence]) -> float:
    return mean([float(bool(sentence.citations)) for sentence in sentences])
