"""Figures of the reading room: cleaning, sentence ends, and which pages report one event.

    python -m eval.reading [--data ../shared/data]

Measured are flattened web pages and the same pages as HTML (word 4-gram precision and recall as means over pages, F1 is
theirs, as in scrapinghub/article-extraction-benchmark), a pile of articles about 32 events (pairwise F1), the annotated
clusters in ``seeds/`` (junk removed, evidence lost, pages rightly found off the topic), and annotated sentences. Each
figure names its data by the beginning of its sha256; what is not on this machine is said to be missing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from eval.data import SHARED, rows
from eval.metrics.base import f1
from eval.signature import ROOT
from summarize.errors import InputError
from summarize.models.load import load_encoder
from summarize.pipeline import events
from summarize.reading.clean import clean
from summarize.reading.formats import article_of
from summarize.reading.markup import article_from_html
from summarize.reading.relevance import mark_off_topic
from summarize.reading.split import spans, split
from summarize.settings import Settings
from summarize.types import Article, Page

SENTENCES = ROOT / "tests" / "data" / "sentences.txt"
CLUSTERS = (ROOT / "seeds" / "gold", ROOT / "seeds" / "held-out")
Span = tuple[int, int]


def shingles(text: str, n: int = 4) -> set[tuple[str, ...]]:
    """The text's runs of ``n`` words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[i:] for i in range(n)), strict=False))


def extraction(kept: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Mean precision and mean recall of word 4-grams over pages, and the F1 of the two means."""
    scores = [_page_scores(shingles(got), shingles(want)) for got, want in zip(kept, wanted, strict=True)]
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall)}


def _page_scores(got: set[tuple[str, ...]], want: set[tuple[str, ...]]) -> tuple[float, float]:
    both = len(got & want)
    return both / len(got) if got else float(not want), both / len(want) if want else 1.0


def pairwise(found: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of ids: are two in one group where they should be?"""
    together = [(found[a] == found[b], wanted[a] == wanted[b]) for a, b in combinations(sorted(wanted), 2)]
    right = sum(got and want for got, want in together)
    precision = right / max(1, sum(got for got, _ in together))
    recall = right / max(1, sum(want for _, want in together))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall)}


def kept_text(article: Article, settings: Settings) -> str:
    """What cleaning keeps of a page that stands alone."""
    page = clean([replace(article, id="page")], settings)[0]
    return "\n".join(article.text[span.start : span.end] for span in page.kept)


def flattened(pages: Sequence[Mapping[str, Any]], settings: Settings) -> dict[str, float]:
    """Pages as they are copied from a browser."""
    return extraction([kept_text(Article(page["text"]), settings) for page in pages], [page["body"] for page in pages])


def as_html(pages: Sequence[Mapping[str, Any]], settings: Settings) -> dict[str, float]:
    """The same pages as HTML; ``trafilatura`` is the F1 of its own extraction with its defaults."""
    from trafilatura import extract

    kept = []
    for page in pages:
        try:
            kept.append(kept_text(article_from_html(page["html"], name=page["id"], url=page["url"]), settings))
        except InputError:
            kept.append("")
    bodies = [page["body"] for page in pages]
    peer = extraction([extract(page["html"], include_comments=False) or "" for page in pages], bodies)
    return extraction(kept, bodies) | {"trafilatura": peer["f1"]}


def piled(clusters: Sequence[Mapping[str, Any]], settings: Settings) -> dict[str, float]:
    """Articles of several events, shuffled together, and told apart again."""
    articles = {
        f"{event}-{n}": replace(article_of(doc), id=f"{event}-{n}")
        for event, row in enumerate(clusters)
        for n, doc in enumerate(row["docs"])
    }
    shuffled = list(articles.values())
    random.Random(0).shuffle(shuffled)
    groups = events(shuffled, settings)
    found = {article.id or "": number for number, group in enumerate(groups) for article in group}
    return pairwise(found, {name: int(name.partition("-")[0]) for name in articles}) | {"groups": float(len(groups))}


def annotated(folder: Path, settings: Settings) -> dict[str, float]:
    """Clusters with gold: share of junk strings that cleaning touches, of evidence lost, of pages rightly left out."""
    encoder = load_encoder(settings)
    junk: list[bool] = []
    lost: list[bool] = []
    judged: list[bool] = []
    for path in sorted(folder.glob("*.json")):
        cluster = json.loads(path.read_text(encoding="utf-8"))
        articles = sorted((article_of(each) for each in cluster["articles"]), key=lambda a: a.id or "")
        pages = clean(articles, settings)
        sentences = split(pages, settings)
        pages = mark_off_topic(pages, sentences, encoder.encode([s.text for s in sentences]), settings)
        gold = cluster["gold"]
        junk += [_touched(text, page) for text in gold["boilerplate"] for page in pages if text in page.text]
        spans_of = [(aid, text) for fact in gold["facts"] for aid, text in fact["evidence"].items()]
        by_id = {page.id: page for page in pages}
        lost += [_touched(text, by_id[aid]) for aid, each in spans_of for text in _listed(each)]
        judged += [page.off_topic == (page.id not in {aid for aid, _ in spans_of}) for page in pages]
    return {
        "junk_removed": sum(junk) / len(junk),
        "evidence_lost": sum(lost) / len(lost),
        "relevance_right": sum(judged) / len(judged),
    }


def _listed(texts: str | Sequence[str]) -> Sequence[str]:
    return [texts] if isinstance(texts, str) else texts


def _touched(text: str, page: Page) -> bool:
    """Whether every place where the text stands in the page overlaps a dropped stretch."""
    places = [found.span() for found in re.finditer(re.escape(text), page.text)]
    return all(any(d.span.start < end and d.span.end > start for d in page.dropped) for start, end in places)


def sentence_ends(lines: Iterable[str], settings: Settings) -> dict[str, float]:
    """Annotated lines, "¶" between sentences: F1 over whole sentences."""
    right = wrong = missed = 0
    for line in filter(str.strip, lines):
        wanted = {part.strip() for part in line.split("¶")}
        raw = line.replace(" ¶ ", " ").replace("¶", "")
        got = {raw[start:end] for start, end in spans(raw, settings)}
        right, wrong, missed = right + len(got & wanted), wrong + len(got - wanted), missed + len(wanted - got)
    return {"sentences": float(right + missed), "f1": 2 * right / (2 * right + wrong + missed)}


def fingerprint(path: Path) -> str:
    """Twelve hex digits of the sha256 of a file, or of a folder's JSON files in order."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def lines(data: Path) -> Iterator[str]:
    """Measure what can be measured here, one line a figure's data."""
    settings = Settings()
    pages, pile = data / "pages_dev.jsonl.xz", data / "giveme5w1h_dev.jsonl.xz"
    tasks: list[tuple[str, Path, Callable[[], dict[str, float]]]] = [
        ("pages, flattened", pages, lambda: flattened(rows(pages), settings)),
        ("pages, as HTML", pages, lambda: as_html(rows(pages), settings)),
        ("events in a pile", pile, lambda: piled(rows(pile), settings)),
        *((f"seeds/{each.name}", each, lambda each=each: annotated(each, settings)) for each in CLUSTERS),
        ("sentences", SENTENCES, lambda: sentence_ends(SENTENCES.read_text(encoding="utf-8").splitlines(), settings)),
    ]
    yield f"settings {settings.fingerprint()}"
    for name, path, measure in tasks:
        if not path.exists():
            yield f"{name:<20} missing: {path}"
            continue
        figures = "  ".join(f"{key} {value:.4f}".rstrip("0").rstrip(".") for key, value in measure().items())
        yield f"{name:<20} {fingerprint(path)}  {figures}"


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the development data")
    for line in lines(parser.parse_args().data):
        print(line)


if __name__ == "__main__":
    main()
