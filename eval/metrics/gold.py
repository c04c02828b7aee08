"""Consensus: the figures of hand-annotated clusters, by the definitions that came with them.

A fact is *stated* by a sentence that all its keys match. Evidence *touches* an annotated passage of the same article if the
two share a character. Copies of one article are one source, and who only relays another is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from eval.data import Item
from eval.metrics.base import Excluded, Figure, Task, f1, ratio, sentences_of
from eval.signature import Value
from eval.systems.base import CitedSentence, Written

Place = tuple[int, int]
Located = dict[str, list[Place]]
"""Where annotated passages stand, by article."""
Json = Mapping[str, Any]

_QUOTED = re.compile(r"[“\"]([^“”\"]{12,}?)[”\"]")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
_LEAST_JUNK = 4
"""Characters from which junk in a summary is no accident."""

_SUMMARY = (
    Figure("core_recall", "share of core facts that the summary states"),
    Figure("stated_consensus", "share of stated facts that two or more independent sources report"),
    Figure("gold_citation_precision", "share of cited articles that report the stated fact"),
    Figure("gold_citation_recall", "share of stating sentences with two sources cited, or all there are"),
)
_CONSENSUS = (
    Figure("evidence_precision", "share of (fact, article) pairs found that are right"),
    Figure("evidence_recall", "share of (fact, article) pairs that are found"),
    Figure("evidence_f1", "harmonic mean of evidence precision and recall"),
    Figure("support_exact", "share of facts found whose number of independent sources is exact"),
    Figure("discrepancy_recall", "share of disagreements that are told apart with the right evidence"),
    Figure("discrepancy_precision", "share of disagreements told that are annotated (a lower bound)"),
    Figure("superseded_recall", "share of statements overtaken by events that are found"),
    Figure("copies_recall", "share of syndicated copies that are counted as one source"),
    Figure("false_merges", "pairs of independent articles counted as one source", "lower", total=True),
    Figure("junk_removed", "share of annotated junk that cleaning left out"),
    Figure("evidence_lost", "share of annotated evidence that cleaning left out", "lower"),
)
_FAULTS = (
    Figure("fault_boilerplate", "pieces of junk in summaries", "lower", total=True),
    Figure("fault_superseded", "outdated statements told as current in summaries", "lower", total=True),
    Figure("fault_loaded", "loaded wordings in summaries outside quotations", "lower", total=True),
    Figure("fault_off_topic", "cited articles about another event", "lower", total=True),
    Figure("fault_uncited", "sentences without a citation", "lower", total=True),
    Figure("fault_quote", "quotations that no cited article has", "lower", total=True),
    Figure("fault_span", "citations and evidence outside of their articles", "lower", total=True),
)


class Consensus:
    """All figures for this project's summaries; those of the text and its citations for others."""

    figures = (*_SUMMARY, *_CONSENSUS, *_FAULTS)

    def protocol(self, task: Task) -> dict[str, Value]:
        """The definitions' number."""
        return {"consensus": "gold:1"}

    def measure(self, item: Item, written: Written, task: Task) -> dict[str, float | None]:
        """Figures that need what the summary has not are ``None``; excluded without annotation."""
        if item.gold is None:
            raise Excluded("no annotation")
        sentences = sentences_of(written)
        if not sentences:
            raise Excluded("empty summary")
        gold = Annotation(item)
        found = {**_stated(sentences, gold), **_text_faults(sentences, gold)}
        if written.sentences is not None:
            found |= {**_citations(sentences, gold), **_citation_faults(sentences, gold)}
        if written.summary is not None:
            facts = written.summary["facts"]
            found |= {**_evidence(facts, gold), **_conflicts(written.summary["discrepancies"], gold)}
            found |= {**_sources(written.summary, gold), **_cleaning(written.summary["dropped"], gold)}
        found["fault_span"] = _bad_spans(sentences, (written.summary or {}).get("facts", ()), gold)
        return found


class Annotation:
    """A cluster's annotation with its passages located."""

    def __init__(self, item: Item) -> None:
        gold: Json = item.gold or {}
        self.text = {str(article.id): article.text for article in item.articles}
        self.core = {fact["id"] for fact in gold["facts"] if fact["core"]}
        self.evidence = {fact["id"]: self._locate(fact["evidence"]) for fact in gold["facts"]}
        self.relays = {fact["id"]: set(fact.get("relays", ())) for fact in gold["facts"]}
        self.relayed = {fact["id"]: set(fact.get("relayed", ())) for fact in gold["facts"]}
        self._keys = {fact["id"]: [re.compile(key, re.I) for key in fact["keys"]] for fact in gold["facts"]}
        self.pairs = {tuple(sorted(pair)) for pair in gold["copies"]}
        self._original = {article: min(pair) for pair in gold["copies"] for article in pair}
        self.disputes = [[self._locate(value["evidence"]) for value in d["values"]] for d in gold["discrepancies"]]
        self.superseded = [self._locate(each["evidence"]) for each in gold["superseded"]]
        self.forbidden = [pattern for each in gold["superseded"] for pattern in each["forbidden"]]
        self.boilerplate: Sequence[str] = gold["boilerplate"]
        self.loaded: Sequence[str] = gold["loaded"]
        used = set().union(*self.evidence.values(), *self.relayed.values())
        self.off_topic = set(self.text) - used

    def _locate(self, evidence: Mapping[str, str]) -> Located:
        return {article: _places(self.text[article], passage) for article, passage in evidence.items()}

    def stated(self, sentence: str) -> set[str]:
        """The facts that a sentence states."""
        return {fact for fact, keys in self._keys.items() if all(key.search(sentence) for key in keys)}

    def folded(self, articles: Iterable[str]) -> set[str]:
        """Articles with copies counted as their original."""
        return {self._original.get(article, article) for article in articles}

    def independent(self, fact: str) -> set[str]:
        """The independent sources of a fact."""
        return self.folded(set(self.evidence[fact]) - self.relays[fact])


def _stated(sentences: Sequence[CitedSentence], gold: Annotation) -> dict[str, float | None]:
    stated = {fact for sentence in sentences for fact in gold.stated(sentence.text)}
    shared = {fact for fact in stated if len(gold.independent(fact)) >= 2}
    return {
        "core_recall": ratio(len(stated & gold.core), len(gold.core)),
        "stated_consensus": ratio(len(shared), len(stated)),
    }


def _citations(sentences: Sequence[CitedSentence], gold: Annotation) -> dict[str, float | None]:
    right = cited = enough = stating = 0
    for sentence in sentences:
        facts = gold.stated(sentence.text)
        if not facts:
            continue
        articles = {citation["article"] for citation in sentence.citations}
        good = articles & set().union(*(set(gold.evidence[fact]) | gold.relayed[fact] for fact in facts))
        most = max(len(gold.folded(gold.evidence[fact])) for fact in facts)
        right, cited = right + len(good), cited + len(articles)
        stating, enough = stating + 1, enough + (len(gold.folded(good)) >= min(2, most))
    return {
        "gold_citation_precision": ratio(right, cited),
        "gold_citation_recall": ratio(enough, stating),
    }


def _evidence(facts: Sequence[Json], gold: Annotation) -> dict[str, float | None]:
    """Each annotated fact against the system's fact that shares most of its evidence, of equals the smallest."""
    hit = extra = missed = exact = paired = 0
    for fact, located in gold.evidence.items():
        ranked = [
            (len(touched(f["evidence"], located)), -len(_articles(f["evidence"])), -n) for n, f in enumerate(facts)
        ]
        best: Json = facts[-max(ranked)[2]] if ranked else {"evidence": (), "support": 0}
        common = touched(best["evidence"], located)
        missed += len(located) - len(common)
        if common:
            paired += 1
            hit, extra = hit + len(common), extra + len(_articles(best["evidence"]) - set(located))
            exact += best["support"] == len(gold.independent(fact))
    precision, recall = ratio(hit, hit + extra) or 0.0, ratio(hit, hit + missed) or 0.0
    return {
        "evidence_precision": precision,
        "evidence_recall": recall,
        "evidence_f1": f1(precision, recall),
        "support_exact": ratio(exact, paired),
    }


def _conflicts(told: Sequence[Json], gold: Annotation) -> dict[str, float | None]:
    """A disagreement is found if two of its sides are touched, by two of the values told; right if two sides are."""
    found = sum(any(_sides(each, d) >= 2 and _touching(each, d) >= 2 for each in told) for d in gold.disputes)
    right = sum(any(_sides(each, d) >= 2 for d in gold.disputes) for each in told)
    return {
        "discrepancy_recall": ratio(found, len(gold.disputes)),
        "discrepancy_precision": ratio(right, len(told)),
    }


def _sides(told: Json, dispute: Sequence[Located]) -> int:
    return sum(any(touched(value["evidence"], side) for value in told["values"]) for side in dispute)


def _touching(told: Json, dispute: Sequence[Located]) -> int:
    return sum(any(touched(value["evidence"], side) for side in dispute) for value in told["values"])


def _sources(summary: Json, gold: Annotation) -> dict[str, float | None]:
    seen = sum(any(touched(each["evidence"], where) for each in summary["superseded"]) for where in gold.superseded)
    group = {source["article"]: source["group"] for source in summary["sources"]}
    outlet = {source["article"]: source.get("outlet") for source in summary["sources"]}
    merged = {(a, b) for a, b in combinations(sorted(group), 2) if group[a] == group[b]}
    wrong = [(a, b) for a, b in merged - gold.pairs if not outlet[a] or outlet[a] != outlet[b]]
    return {
        "superseded_recall": ratio(seen, len(gold.superseded)),
        "copies_recall": ratio(len(gold.pairs & merged), len(gold.pairs)),
        "false_merges": float(len(wrong)),
    }


def _cleaning(dropped: Sequence[Json], gold: Annotation) -> dict[str, float | None]:
    """Junk of articles about the event inside dropped stretches; evidence of which every place is inside them."""
    gone: Located = {}
    for each in dropped:
        gone.setdefault(each["article"], []).append((each["start"], each["end"]))
    junk = [
        _any_overlap(place, gone.get(article, ()))
        for text in gold.boilerplate
        for article in gold.text.keys() - gold.off_topic
        for place in _places(gold.text[article], text)
    ]
    lost = [
        all(_any_overlap(place, gone.get(article, ())) for place in places)
        for located in gold.evidence.values()
        for article, places in located.items()
    ]
    return {"junk_removed": ratio(sum(junk), len(junk)), "evidence_lost": ratio(sum(lost), len(lost))}


def _text_faults(sentences: Sequence[CitedSentence], gold: Annotation) -> dict[str, float | None]:
    body = " ".join(sentence.text for sentence in sentences)
    outside = flat(_QUOTED.sub(" ", body))
    outdated = [bool(re.search(p, s.text, re.I)) for p in gold.forbidden for s in sentences]
    return {
        "fault_boilerplate": float(sum(flat(j) in flat(body) for j in gold.boilerplate if len(j) >= _LEAST_JUNK)),
        "fault_superseded": float(sum(outdated)),
        "fault_loaded": float(sum(flat(wording) in outside for wording in gold.loaded)),
    }


def _citation_faults(sentences: Sequence[CitedSentence], gold: Annotation) -> dict[str, float | None]:
    cited = {citation["article"] for sentence in sentences for citation in sentence.citations}
    foreign = 0
    for sentence in sentences:
        pages = [flat(gold.text[citation["article"]]) for citation in sentence.citations]
        for quote in _QUOTED.findall(sentence.text):
            foreign += not any(flat(quote).rstrip(" .,;") in page for page in pages)
    return {
        "fault_off_topic": float(len(cited & gold.off_topic)),
        "fault_uncited": float(sum(not sentence.citations for sentence in sentences)),
        "fault_quote": float(foreign),
    }


def _bad_spans(sentences: Sequence[CitedSentence], facts: Sequence[Json], gold: Annotation) -> float:
    spans = [span for s in sentences for span in s.citations] + [span for f in facts for span in f["evidence"]]
    return float(sum(not 0 <= s["start"] < s["end"] <= len(gold.text.get(s["article"], "")) for s in spans))


def touched(evidence: Sequence[Json], located: Located) -> set[str]:
    """The articles in which evidence overlaps an annotated passage."""
    return {e["article"] for e in evidence if _any_overlap((e["start"], e["end"]), located.get(e["article"], ()))}


def flat(text: str) -> str:
    """Lower case, straight quotes, single spaces."""
    return re.sub(r"\s+", " ", text.translate(_STRAIGHT)).lower().strip()


def _articles(evidence: Sequence[Json]) -> set[str]:
    return {each["article"] for each in evidence}


def _places(text: str, passage: str) -> list[Place]:
    return [found.span() for found in re.finditer(re.escape(passage), text)]


def _any_overlap(place: Place, others: Iterable[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)
