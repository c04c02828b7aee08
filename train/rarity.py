"""Count in how many paragraphs of news each rarer word stands, for telling what one story shares with another.

    python -m train.rarity ../shared/data/news_cased.txt.xz summarize/reading/data/rarity.txt

Written are the stems (``summarize.reading.topic.terms``) that stand in at least 100 paragraphs, with their counts;
whatever is not listed is rarer. ``common.txt`` of the language room has the words that tell nothing at all.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from pathlib import Path

from summarize.reading.topic import terms

LEAST = 100
"""Paragraphs; with a list cut at 20 instead, four times as long, clusters of 32 events come out the same."""


def counted(news: Path) -> tuple[int, Counter[str]]:
    """How many paragraphs there are, and in how many of them each stem stands."""
    counts: Counter[str] = Counter()
    paragraphs = 0
    with lzma.open(news, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                paragraphs += 1
                counts.update(terms(line))
    return paragraphs, counts


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    paragraphs, counts = counted(args.news)
    # "&\tthe" is how the corpus marks a paragraph's end: it makes words like "tthe", which no page has.
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST and not word.startswith("tt"))
    lines = [
        f"# Of {paragraphs} paragraphs of news, in how many each stem stands (train/rarity.py).",
        f"* {paragraphs}",
    ]
    args.out.write_text("\n".join([*lines, *(f"{word} {count}" for word, count in kept)]) + "\n", encoding="utf-8")
    print(f"{paragraphs} paragraphs, {len(kept)} stems")


if __name__ == "__main__":
    main()
