"""The pairs that the pair model is fitted and measured on: public sets, annotated clusters, and the event sheets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from summarize.models.base import Encoder
from summarize.models.load import load_encoder
from summarize.models.pairs import CLASSES
from summarize.settings import Settings
from train import corpora
from train.annotated import Annotated, annotated, inside
from train.events import Sheet, sheets
from train.fit_decisions import same_thing
from train.stands import judged

NONE = -1.0  # no label
RELATIONS = {"e": 0, "n": 1, "c": 2}
SAME, RIVAL, OVERTAKEN, OTHER = range(len(CLASSES))
HELD_OUT = (9, 19)
"""Which of each twenty sheets are never fitted on."""


class Example(NamedTuple):
    """Two texts and what is known of them; ``NONE`` (``relation``: -1) where nothing is."""

    a: str
    b: str
    about: float = NONE
    equal: float = NONE
    relation: int = -1
    stands: int = -1  # place in CLASSES


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(?:" + "|".join(_DAYS) + r")\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d{1,4}\b")
_NOT = re.compile(r"\s(?:not|never)\b|(?<=\w)n['’]t\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|can|could)\b(?!\s+not)")


def changed(text: str, rng: random.Random) -> str | None:
    """The statement with one number, weekday or negation changed, so that both cannot be true."""
    kinds = [k for k in (_NUMBER, _DAY, _NOT, _AUXILIARY) if k.search(text)]
    if not kinds:
        return None
    kind = rng.choice(kinds)
    match = rng.choice(list(kind.finditer(text)))
    old, (start, end) = match.group(), match.span()
    if kind is _NUMBER:
        number = int(old)
        new = str(rng.choice([n for n in (number - 3, number + 1, number + 2, number + 7, 2 * number) if n > 0]))
    elif kind is _DAY:
        new = rng.choice([day for day in _DAYS if day != old.lower()])
    else:
        new = "" if kind is _NOT else f"{old} not"
    return text[:start] + new + text[end:]


def cluster_examples(clusters: Sequence[Annotated]) -> Iterator[tuple[Example, Example]]:
    """Each judged pair of claims: as clauses, and as the sentences they stand in."""
    for cluster in clusters:
        facts, disputed = cluster.facts(), cluster.discrepancies()
        own = [{n for n, places in enumerate(facts) if inside(c, places)} for c in cluster.claims]
        sides = [
            {(n, m) for n, (_, values) in enumerate(disputed) for m, places in enumerate(values) if inside(c, places)}
            for c in cluster.claims
        ]
        for (i, j), same in zip(*same_thing(cluster), strict=True):
            against = any(n == k and m != other for n, m in sides[i] for k, other in sides[j])
            relation = "c" if against else "e" if own[i] & own[j] else "n"
            labels = (same, float(relation == "e"), RELATIONS[relation] if same == 0 or relation != "n" else -1)
            one, two = cluster.claims[i], cluster.claims[j]
            yield (
                Example(one.text, two.text, *labels),
                Example(cluster.sentences[one.sentence], cluster.sentences[two.sentence], *labels),
            )


def training_sets(folders: Sequence[Path]) -> dict[str, list[Example]]:
    """By name; pairs of clusters by whether they are about one thing, since few are."""
    sets: dict[str, list[Example]] = {}
    rows = corpora.labelled_pairs
    sets["pyramid"] = [Example(r["a"], r["b"], float(r["label"])) for r in rows("pyramid_scu_train")]
    ecb = [r for r in rows("ecbplus_pairs_train") if r["shared_events"] != 1]
    sets["ecbplus"] = [Example(r["a"], r["b"], 1.0) for r in ecb if r["shared_events"]]
    sets["ecbplus not"] = [Example(r["a"], r["b"], 0.0) for r in ecb if not r["shared_events"]]
    sets["paws"] = [Example(r["a"], r["b"], NONE, float(r["label"])) for r in rows("paws_dev")]
    sets["mrpc"] = [
        Example(a, b, 1.0 if label else NONE, float(label)) for a, b, label in corpora.paraphrases("mrpc_train.tsv.xz")
    ]
    sets["stsb"] = [Example(a, b, NONE, s / 5) for a, b, s in corpora.similarities("stsb_train.csv.xz")]
    for name, files in {
        "mnli": ["mnli_train"],
        "conjnli": ["conjnli_train"],
        "fever": ["fever_dev_sr", "fm2_dev"],
        "edits": ["cad_nli_train", "negation_nli"],
        "breaking": ["breaking_nli"],
        "other": ["rte_train", "anli_r1_dev", "anli_r2_dev", "anli_r3_dev", "healthver_dev"],
    }.items():
        read = (r for file in files for r in rows(file) if r["label"] in RELATIONS)
        sets[name] = [Example(r["a"], r["b"], relation=RELATIONS[r["label"]]) for r in read]
    judged = list(cluster_examples(list(annotated(folders, Settings()))))
    for part, name in enumerate(("clauses", "sentences")):
        own = [pair[part] for pair in judged]
        sets[f"{name} same"] = [x for x in own if x.about == 1 and x.relation != RELATIONS["c"]]
        sets[f"{name} against"] = [x for x in own if x.relation == RELATIONS["c"]]
        sets[f"{name} not"] = [x for x in own if x.about == 0]
    sets["changed"] = list(_changed([x for n in ("clauses same", "pyramid", "mrpc") for x in sets[n] if x.about == 1]))
    return sets


def _changed(same: Sequence[Example]) -> Iterator[Example]:
    rng = random.Random(1)
    for example in same:
        for b in (example.b, example.a):
            other = changed(b, rng)
            if other is not None:
                yield Example(example.a, other, 1.0, 0.0, RELATIONS["c"])


def sheet_sets(encoder: Encoder, *, held_out: bool = False) -> dict[str, list[Example]]:
    """By name, the pairs within each sheet; of two facts those that the encoder takes for likest, and a few others."""
    sets: dict[str, list[Example]] = {name: [] for name in ("same", "rival", "value", "overtaken", "near", "apart")}
    rng = random.Random(5)
    for number, sheet in enumerate(sheets()):
        if (number % 20 in HELD_OUT) == held_out:
            for fact in sheet.facts:
                for side in (fact.stated, fact.rival):
                    sets["same"] += [_stands(a, b, SAME) for a, b in combinations(side, 2)]
                name = "value" if fact.kind in ("number", "date", "name") else "rival"
                sets[name] += [_stands(a, b, RIVAL) for a in fact.stated for b in fact.rival]
                sets["overtaken"] += [_stands(a, b, OVERTAKEN) for a in fact.overtaken for b in fact.stated]
                sets["near"] += [_stands(a, b, OTHER) for a in (*fact.stated, *fact.rival) for b in fact.near]
            sets["apart"] += [_stands(a, b, OTHER) for a, b in _apart(sheet, encoder, rng)]
    return sets


def page_sets(clusters: Sequence[str]) -> dict[str, list[Example]]:
    """By name, the judged pairs of these clusters' claims."""
    sets: dict[str, list[Example]] = {f"page {name}": [] for name in CLASSES}
    for each in judged():
        if each.cluster in clusters:
            sets[f"page {each.stands}"].append(_stands(each.a, each.b, CLASSES.index(each.stands)))
    return sets


def _stands(a: str, b: str, stands: int) -> Example:
    relation = {SAME: RELATIONS["e"], RIVAL: RELATIONS["c"], OVERTAKEN: -1, OTHER: RELATIONS["n"]}[stands]
    return Example(a, b, float(stands != OTHER), float(stands == SAME), relation, stands)


def _apart(sheet: Sheet, encoder: Encoder, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Each line with the four likest of other facts, and two at random."""
    lines = [
        (n, text)
        for n, fact in enumerate(sheet.facts)
        for text in (*fact.stated, *fact.rival, *fact.overtaken, *fact.near)
    ]
    vectors = encoder.encode([text for _, text in lines])
    likeness = vectors @ vectors.T
    for row, (n, text) in enumerate(lines):
        others = [m for m in np.argsort(-likeness[row], kind="stable").tolist() if lines[m][0] != n]
        yield from ((text, lines[m][1]) for m in (*others[:4], *rng.sample(others, 2)))


def held_out_sets(limit: int) -> dict[str, tuple[str, list[Example]]]:
    """Sets never fitted on, and the answer they ask for."""
    rows = corpora.labelled_pairs
    ecb = [r for r in rows("ecbplus_pairs_dev") if r["shared_events"] != 1]
    sets = {
        "pyramid": ("about", [Example(r["a"], r["b"], float(r["label"])) for r in rows("pyramid_scu_val")]),
        "ecbplus": ("about", [Example(r["a"], r["b"], float(r["shared_events"] >= 2)) for r in ecb]),
        "mrpc": ("equal", [Example(a, b, NONE, float(y)) for a, b, y in corpora.paraphrases("mrpc_dev.tsv.xz")]),
        "paws": ("equal", [Example(r["a"], r["b"], NONE, float(r["label"])) for r in rows("paws_test")]),
    }
    for name in ("mnli_val", "conjnli_dev", "fm2_test", "cad_nli_test"):
        read = [r for r in rows(name) if r["label"] in RELATIONS]
        sets[name] = ("relation", [Example(r["a"], r["b"], relation=RELATIONS[r["label"]]) for r in read])
    invented = sheet_sets(load_encoder(Settings()), held_out=True)
    sets["sheets"] = ("rival", [x for own in invented.values() for x in own])
    rng = random.Random(3)
    return {name: (what, rng.sample(own, min(limit, len(own)))) for name, (what, own) in sets.items()}
