"""Facts and evidence for the tests of the writing room: one small cluster, made up."""

from __future__ import annotations

from datetime import date

from summarize.models.load import load_encoder, load_parser
from summarize.models.parsed import Parsed
from summarize.settings import Settings
from summarize.types import Fact, Score, Sentence, Source, Span
from summarize.writing.evidence import Evidence
from summarize.writing.material import Material

SOURCES = tuple(
    Source(n, f"a{n}", outlet, title, None, "2025-05-13", n, True, "")
    for n, (outlet, title) in enumerate(
        [
            ("Harbour Ledger", "Ferry hits harbour wall"),
            ("Hill Post", "Ferry hits wall, 27 hurt"),
            ("", None),
            ("Isle Notes", None),
        ],
        start=1,
    )
)


def piece(article, text, sentence=None, *, start=0, speaker=None, position=0):
    """One claim of an article, in its own sentence unless another is given."""
    whole = sentence or text
    number = int(article[1:])
    return Evidence(
        span=Span(article, start, start + len(text)),
        text=text,
        whole=Span(article, start, start + len(whole)),
        sentence=whole,
        outlet=SOURCES[number - 1].outlet or f"Source {number}",
        group=number,
        number=number,
        position=position,
        published=date(2025, 5, 13),
        speaker=speaker,
        spoken=speaker is not None,
    )


def fact(name, items, *, total=1.0, status="consensus"):
    """A fact with the evidence's spans."""
    groups = {item.group for item in items}
    spans = tuple(item.span for item in items)
    return Fact(name, items[0].text, len(groups), (), spans, status, score=Score(total=total))


HIT = (
    piece("a1", "The ferry Aurora hit the harbour wall at Port Ellis on Monday."),
    piece("a2", "The Aurora hit a harbour wall at Port Ellis on Monday evening."),
    piece("a3", "The ferry Aurora struck the wall of the harbour at Port Ellis."),
)
HURT = (
    piece("a1", "Twenty-seven people were injured.", start=100, position=1),
    piece("a2", "27 people were hurt in the accident.", start=100, position=1),
)
MORE = (piece("a4", "Thirty-one people were injured in the accident, the clinic counted.", start=0, position=1),)
_SAID = ("The steering had failed, Captain Ann Reed said.", "Ann Reed said the steering failed off the port.")
STEERING = (
    piece("a1", "The steering had failed.", _SAID[0], start=200, speaker="Ann Reed", position=2),
    piece("a2", "The steering failed off the port.", _SAID[1], start=200, speaker="Ann Reed", position=3),
)
TUG = (piece("a4", "The mayor wants a tug stationed on the island in winter.", start=100, position=4),)


def material(facts, evidence, sources=SOURCES, **options):
    """What there is to write about: the facts, and as the pages' sentences those of the evidence."""
    settings = Settings()
    whole = {item.whole: item.sentence for items in evidence.values() for item in items}
    sentences = [Sentence(span, text, position=n, paragraph=n) for n, (span, text) in enumerate(sorted(whole.items()))]
    texts = [sentence.text for sentence in sentences]
    parsed = [Parsed(text, parse) for text, parse in zip(texts, load_parser(settings).parse(texts), strict=True)]
    vectors = load_encoder(settings).encode(texts)
    return Material(facts, evidence, sources, sentences, vectors, parsed, **options)


def faults(text, *sentences):
    """What the parser finds wrong with a text made from one fact's sentences, one an article."""
    items = tuple(piece(f"a{n}", sentence) for n, sentence in enumerate(sentences, start=1))
    return material([fact("f1", items)], {"f1": items}).grammar(load_parser(Settings())).faults(text, items)
