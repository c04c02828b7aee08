"""Learn the sentence splitter's parameters from plain news text, and write them as the data file that ships.

    python train/punkt.py NEWS.txt.xz summarize/reading/data/punkt.json [--chars 5000000]

Punkt (Kiss and Strunk, 2006) learns abbreviations and frequent sentence starters without labels. What it finds is cut to
what holds for English news in general: abbreviations of letters only, with curated ones from ``punkt_curated.json``
added and its ``never`` list taken out. Of the sentence starters only function words and the like are kept, which the
curated list completes: names that start many sentences of one year's news say nothing about the next's.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from pathlib import Path

FUNCTION_WORDS = frozenset(
    "although another both but despite earlier he however if instead it meanwhile moreover separately she so some speaking "
    "the there these they this under we while".split()
)


def learned(text: str) -> tuple[set[str], set[str]]:
    """Abbreviations and sentence starters that Punkt finds in the text."""
    from nltk.tokenize.punkt import PunktTrainer

    trainer = PunktTrainer()
    trainer.train(text, finalize=False)
    trainer.finalize_training()
    params = trainer.get_params()
    return set(params.abbrev_types), set(params.sent_starters)


def plain(name: str) -> bool:
    """Whether what was learned looks like an abbreviation: letters with dots between, or consonants only."""
    return bool(re.fullmatch(r"[a-z]{1,2}(\.[a-z]{1,2}){1,4}|[bcdfghjklmnpqrstvwxz]{2,5}", name))


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--chars", type=int, default=5_000_000)
    args = parser.parse_args()
    with lzma.open(args.news, "rt", encoding="utf-8") as file:
        text = file.read().replace("&\\t", "\n").replace("\\t", "\n")
    step = max(1, len(text) // args.chars)
    sample = "\n".join(text.split("\n")[::step])[: args.chars]
    abbreviations, starters = learned(sample)
    curated = json.loads(Path(__file__).with_name("punkt_curated.json").read_text(encoding="utf-8"))
    kept = {name for name in abbreviations if plain(name)} - set(curated["never"])
    data = {
        "abbreviations": sorted(kept | set(curated["always"])),
        "starters": sorted({s for s in starters if s in FUNCTION_WORDS} | set(curated["starters"])),
    }
    args.out.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(sample)} characters: {len(data['abbreviations'])} abbreviations, {len(data['starters'])} starters")


if __name__ == "__main__":
    main()
