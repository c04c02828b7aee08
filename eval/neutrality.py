"""How well loaded wording tells the biased sentences of the news from the others: BABE (Spinde et al., 2021).

    python -m eval.neutrality [--data ../shared/data]

Sentences with an agreed label, each once, in two halves by a hash of the text: "seen" was looked at while entries for
the lexicon were chosen, "held out" never was. ROC AUC of ``loadedness``; how many sentences have a loaded word, and how
many one without a substitute, by label: of the neutral ones these are false alarms, and the latter keep a sentence out
of a summary. Most bias in BABE is no matter of a word (framing, what is left out), and no lexicon finds it. Intervals
are 95 % of a bootstrap.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from eval.reading import fingerprint
from eval.signature import ROOT
from summarize.writing.neutral import loaded_words, loadedness, neutralise

FILES = ("babe_SG1.csv.xz", "babe_SG2.csv.xz")
DRAWS = 1000
Labelled = tuple[str, bool]
"""A sentence, and whether it was judged biased."""


def half(text: str) -> str:
    """``seen`` or ``held out``, by the parity of the text's sha256."""
    return "held out" if hashlib.sha256(text.encode()).digest()[-1] % 2 else "seen"


def labelled(paths: Iterable[Path]) -> list[Labelled]:
    """The sentences that the experts agree on, each once."""
    found: dict[str, bool] = {}
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                if row["label_bias"] in ("Biased", "Non-biased"):
                    found.setdefault(" ".join(row["text"].split()), row["label_bias"] == "Biased")
    return list(found.items())


def auc(scores: Sequence[float], biased: Sequence[bool]) -> float:
    """Area under the ROC curve, ties half."""
    above = np.array([score for score, label in zip(scores, biased, strict=True) if label])
    below = np.sort([score for score, label in zip(scores, biased, strict=True) if not label])
    places = np.searchsorted(below, above, "left") + np.searchsorted(below, above, "right")
    return float(places.mean() / 2 / len(below))


def interval(scores: Sequence[float], biased: Sequence[bool]) -> tuple[float, float]:
    """95 % of a bootstrap over sentences."""
    random, values, labels = np.random.default_rng(0), np.array(scores), np.array(biased)
    picks = [random.integers(0, len(values), len(values)) for _ in range(DRAWS)]
    drawn = [auc(values[pick].tolist(), labels[pick].tolist()) for pick in picks if 0 < labels[pick].sum() < len(pick)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def figures(rows: Sequence[Labelled]) -> dict[str, float]:
    """Sentences, AUC with its interval, and shares of the biased and the neutral ones with loaded words."""
    texts, biased = [text for text, _ in rows], [label for _, label in rows]
    scores = [loadedness(text) for text in texts]
    low, high = interval(scores, biased)
    loaded = [bool(loaded_words(text)) for text in texts]
    barred = [bool(loaded_words(neutralise(text)[0])) for text in texts]
    hits = sum(a and b for a, b in zip(loaded, biased, strict=True))
    return {
        "sentences": float(len(rows)),
        "auc": auc(scores, biased),
        "low": low,
        "high": high,
        "loaded of biased": hits / max(1, sum(biased)),
        "loaded of neutral": (sum(loaded) - hits) / max(1, len(rows) - sum(biased)),
        "barred of neutral": float(np.mean([bar for bar, label in zip(barred, biased, strict=True) if not label])),
        "precision": hits / max(1, sum(loaded)),
    }


def main() -> None:
    """Measure both halves, one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    data = parser.parse_args().data
    paths = [data / name for name in FILES if (data / name).exists()]
    print("BABE", *(f"{path.name} {fingerprint(path)}" for path in paths), f" bootstrap {DRAWS} draws, seed 0")
    for missing in sorted({data / name for name in FILES} - set(paths)):
        print(f"missing: {missing}")
    rows = labelled(paths)
    for name in ("seen", "held out") if rows else ():
        made = figures([row for row in rows if half(row[0]) == name])
        print(f"{name:<9}", "  ".join(f"{key} {value:.3f}".removesuffix(".000") for key, value in made.items()))


if __name__ == "__main__":
    main()
