"""A hand-made summary of three short pages, for what needs a result and no pipeline; and the same with hostile text."""

from __future__ import annotations

from summarize.types import (
    Article,
    Discrepancy,
    Dropped,
    Fact,
    Quote,
    Source,
    Span,
    Summary,
    SummarySentence,
    Superseded,
    Value,
    Variant,
)

A = """Home | News | Sport

Ferry hits pier at Dunmore, 12 hurt

Twelve people were hurt when the ferry Halcyon hit the pier at Dunmore on Monday. "I heard a bang and then we all fell,"
said passenger Ruth Kane.

Sign up for our morning newsletter"""
B = """A ferry struck the pier at Dunmore on Monday, injuring 14 people, the harbour office said. "There was a bang
and then we all fell," Ruth Kane told the Post. The harbour is closed."""
C = """The harbour at Dunmore will stay open after Monday's accident, the harbour office said. Share this"""

ARTICLES = [
    Article(text=A, id="a", outlet="Dunmore Herald", title="Ferry hits pier", published="2025-03-04"),
    Article(text=B, id="b", outlet="The Post", url="https://post.example/ferry?id=7", published="2025-03-05"),
    Article(text=C, id="c", outlet="Dunmore Herald", published="2025-03-03"),
]


def span(article: str, words: str) -> Span:
    """Where ``words`` stand in the article, white space as in ``samples``."""
    text = {"a": A, "b": B, "c": C}[article]
    start = text.index(words)
    return Span(article, start, start + len(words))


HIT_A = span("a", "Twelve people were hurt when the ferry Halcyon hit the pier at Dunmore on Monday.")
HIT_B = span("b", "A ferry struck the pier at Dunmore on Monday, injuring 14 people, the harbour office said.")
CLOSED = span("b", "The harbour is closed.")
OPEN = span("c", "The harbour at Dunmore will stay open after Monday's accident, the harbour office said.")
BANG_A = span("a", "I heard a bang and then we all fell,")
BANG_B = span("b", "There was a bang\nand then we all fell,")

SUMMARY = Summary(
    id="dunmore",
    title="Ferry hits pier at Dunmore",
    text="A ferry struck the pier at Dunmore on Monday [1][2]. The Post reports that the harbour is closed [2].",
    sentences=(
        SummarySentence("A ferry struck the pier at Dunmore on Monday.", (HIT_A, HIT_B), ("f1",), 2, "model"),
        SummarySentence("The Post reports that the harbour is closed.", (CLOSED,), ("f2",), 1, "source"),
    ),
    facts=(
        Fact("f1", "A ferry struck the pier at Dunmore on Monday.", 2, ("Dunmore Herald", "The Post"), (HIT_A, HIT_B),
             "consensus", True),
        Fact("f2", "The harbour is closed.", 1, ("The Post",), (CLOSED,), "single", True),
        Fact("f3", "The harbour will stay open.", 1, ("Dunmore Herald",), (OPEN,), "superseded", False),
    ),
    discrepancies=(
        Discrepancy("number", "people hurt",
                    (Value("12", ("Dunmore Herald",), (HIT_A,)), Value("14", ("The Post",), (HIT_B,)))),
    ),
    superseded=(Superseded("The harbour will stay open.", (OPEN,), "f2"),),
    quotes=(
        Quote("Ruth Kane", "I heard a bang and then we all fell", (BANG_A,),
              (Variant("There was a bang and then we all fell", (BANG_B,)),)),
    ),
    sources=(
        Source(1, "a", "Dunmore Herald", "Ferry hits pier", None, "2025-03-04", 1, True, ""),
        Source(2, "b", "The Post", None, "https://post.example/ferry?id=7", "2025-03-05", 2, True, ""),
        Source(3, "c", "Dunmore Herald", None, None, "2025-03-03", 1, False, "same outlet as [1]"),
    ),
    dropped=(
        Dropped(span("a", "Home | News | Sport"), "navigation"),
        Dropped(span("a", "Sign up for our morning newsletter"), "newsletter"),
        Dropped(span("c", "Share this"), "share"),
    ),
    warnings=("The harbour's state changed while the articles were written.",),
    signature={"version": "0.1.0", "model": "shipped", "seed": 0},
)  # fmt: skip

NASTY = (
    "Plain words <script>alert(1)</script> <img src=x onerror=alert(2)> ![x](https://evil.example/p.png) "
    "[here](javascript:alert(3)) \x1b[31mred\x07 \u202eesrever\u202c & \"quoted\" 'too' | cell `code` {{ 7*7 }}"
)


def hostile() -> tuple[Summary, list[Article]]:
    """A summary in which every string that can come from a page is hostile."""
    where = (Span("n", 0, len(NASTY)),)
    summary = Summary(
        id=NASTY,
        title=NASTY,
        text=NASTY + " [1]",
        sentences=(SummarySentence(NASTY, where, ("f1",), 1, "source"),),
        facts=(Fact("f1", NASTY, 1, (NASTY,), where, "single", True),),
        discrepancies=(Discrepancy("quote", NASTY, (Value(NASTY, (NASTY,), where), Value(NASTY, (NASTY,), where))),),
        superseded=(Superseded(NASTY, where, "f1"),),
        quotes=(Quote(NASTY, NASTY, where, (Variant(NASTY, where),)),),
        sources=(Source(1, "n", NASTY, NASTY, "javascript:alert(4)", NASTY, 1, True, NASTY),),
        dropped=(),
        warnings=(NASTY,),
        signature={"model": NASTY},
    )
    return summary, [Article(text=NASTY, id="n", outlet=NASTY)]
