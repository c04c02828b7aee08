"""The values that flow from stage to stage. All are frozen; what comes from a source is a ``Span``.

Offsets are Unicode code points into ``Article.text`` exactly as it was handed in, half open: ``text[start:end]``.

    Article -> Page -> Sentence -> Claim -> Fact -> SummarySentence -> Summary
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal, Self

DiscrepancyKind = Literal["number", "date", "name", "quote", "attribution", "outcome"]
FactStatus = Literal["consensus", "single", "disputed", "superseded"]
WrittenBy = Literal["model", "source"]
Status = Literal["done", "planned", "off", "ongoing", "possible"]
Origin = Literal["metadata", "page", "link", "cluster", ""]
"""Where a page's outlet or day is known from: what was handed in with it, its own text, its address, the other pages."""
DropReason = Literal[
    "navigation",
    "newsletter",
    "share",
    "advertisement",
    "caption",
    "byline",
    "biography",
    "related",
    "teaser",
    "comments",
    "live-blog",
    "legal",
    "repeated",
    "off-topic",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one article's text: ``articles[article].text[start:end]``."""

    article: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.article == other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One page as handed in. Only ``text`` is required; ``id`` is made from the text where it is missing."""

    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    extracted: bool = False
    """Whether the text was taken out of HTML, so that most of what stood around the article is gone already."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of page text that cleaning left out, and why."""

    span: Span
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Page:
    """An article after cleaning: what was kept, what was left out, and who published it when, as far as it shows.

    ``kept`` and ``dropped`` are in text order, do not overlap, and leave out nothing but white space. ``outlet`` is
    ``None`` where neither the metadata nor the page tells; ``family`` is the key under which pages of one outlet
    agree (an outlet's name normalised, or furniture that two pages share), ``None`` where unknown.
    """

    id: str
    text: str
    title: str | None
    outlet: str | None
    family: str | None
    url: str | None
    published: date | None
    kept: tuple[Span, ...]
    dropped: tuple[Dropped, ...]
    outlet_from: Origin = ""
    published_from: Origin = ""
    english: bool = True
    off_topic: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's kept text. ``text`` is ``raw[start:end]`` with white space made single spaces."""

    span: Span
    text: str
    position: int
    """How many kept sentences of the article come before this one."""
    paragraph: int
    """Number of the paragraph (kept line) in the article."""
    headline: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number as a page states it: ``low <= value <= high`` (equal for an exact figure), in ``unit``."""

    low: float
    high: float
    unit: str
    """What is counted or measured, normalised: ``"people"``, ``"km"``, ``"usd"``; ``""`` for a bare number."""
    start: int
    end: int
    """Offsets in the text it was read from."""
    approximate: bool = False


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A date, month, year, weekday or clock time as a page states it; ``day`` where it could be resolved."""

    day: date | None
    weekday: int | None
    """0 for Monday to 6 for Sunday, where stated or resolved."""
    minute: int | None
    """Minutes after midnight for a clock time, else ``None``."""
    start: int
    end: int
    zone: str = ""
    """The zone that a clock time names ("gmt", "local"); empty where it names none."""
    approximate: bool = False
    named: tuple[int | None, int | None, int | None] = (None, None, None)
    """Year, month and day of the month, as far as the page names them: "in 1892", "March 2024", "23 April"."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one sentence of one source states, with who says so and what it hinges on."""

    span: Span
    text: str
    """The claim's words, white space made single, attribution stripped off."""
    sentence: int
    """Index into the list of sentences that was analysed."""
    speaker: str | None
    """Who is reported as saying it (``"Blinken"``); ``None`` where the page says so itself."""
    relays: str | None
    """The outlet or agency whose report this only repeats (``"CNN"``), if the page names one."""
    quantities: tuple[Quantity, ...]
    times: tuple[When, ...]
    names: frozenset[str]
    """Folded names that the claim mentions (``"lavrov"``, ``"ukraine"``)."""
    persons: frozenset[str]
    """Those of them that are persons' names."""
    words: frozenset[str]
    """Stems of its content words."""
    negated: bool
    status: Status
    headline: bool = False
    quotes: tuple[Span, ...] = ()
    """Quotations within the claim, without their marks."""


@dataclass(frozen=True, slots=True)
class Score:
    """Why a fact ranks where it does: the parts that ``total`` weighs."""

    support: float = 0.0
    salience: float = 0.0
    centrality: float = 0.0
    specificity: float = 0.0
    recency: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Fact:
    """Claims of the same content (a Summary Content Unit of the Pyramid method); ``support`` is its weight."""

    id: str
    statement: str
    support: int
    outlets: tuple[str, ...]
    evidence: tuple[Span, ...]
    status: FactStatus
    in_summary: bool = False
    score: Score = field(default_factory=Score)


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a discrepancy."""

    value: str
    outlets: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A fact on which the sources differ in one value."""

    kind: DiscrepancyKind
    aspect: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Superseded:
    """What an earlier report said and a later one overtook; ``by`` is the id of the fact that does."""

    statement: str
    evidence: tuple[Span, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Variant:
    """Another wording of a quotation."""

    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its speaker (``""`` where no page says), the wording most independent sources carry, the others."""

    speaker: str
    text: str
    evidence: tuple[Span, ...]
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One verified sentence of the summary, with what it rests on."""

    text: str
    citations: tuple[Span, ...]
    facts: tuple[str, ...]
    support: int
    written_by: WrittenBy


@dataclass(frozen=True, slots=True)
class Source:
    """One article in the list of sources; articles of one independent source share a ``group``."""

    number: int
    article: str
    outlet: str
    title: str | None
    url: str | None
    published: str | None
    group: int
    used: bool
    note: str
    outlet_from: Origin = ""
    published_from: Origin = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of ``summarize()``: the object of the contract, ``to_dict()`` and ``from_dict()`` inverse."""

    id: str
    title: str
    text: str
    sentences: tuple[SummarySentence, ...]
    facts: tuple[Fact, ...]
    discrepancies: tuple[Discrepancy, ...]
    superseded: tuple[Superseded, ...]
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    signature: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The Summary JSON: plain dicts, lists, strings and numbers."""
        plain = asdict(self)
        plain["dropped"] = [{**entry["span"], "reason": entry["reason"]} for entry in plain["dropped"]]
        result: dict[str, Any] = _listed(plain)
        return result

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Inverse of ``to_dict``; unknown keys are ignored, a missing one is a ``KeyError``."""
        return cls(
            id=data["id"],
            title=data["title"],
            text=data["text"],
            sentences=tuple(
                SummarySentence(
                    **_own(SummarySentence, s) | {"citations": _spans(s["citations"]), "facts": tuple(s["facts"])}
                )
                for s in data["sentences"]
            ),
            facts=tuple(_fact(f) for f in data["facts"]),
            discrepancies=tuple(
                Discrepancy(d["kind"], d["aspect"], tuple(_value(v) for v in d["values"]))
                for d in data["discrepancies"]
            ),
            superseded=tuple(Superseded(s["statement"], _spans(s["evidence"]), s["by"]) for s in data["superseded"]),
            quotes=tuple(
                Quote(q["speaker"], q["text"], _spans(q["evidence"]), tuple(_variant(v) for v in q["variants"]))
                for q in data["quotes"]
            ),
            sources=tuple(Source(**_own(Source, s)) for s in data["sources"]),
            dropped=tuple(Dropped(Span(d["article"], d["start"], d["end"]), d["reason"]) for d in data["dropped"]),
            warnings=tuple(data["warnings"]),
            signature=dict(data["signature"]),
        )


def _own(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    names = {f.name for f in fields(kind)}
    return {key: value for key, value in data.items() if key in names}


def _spans(data: list[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(d["article"], d["start"], d["end"]) for d in data)


def _fact(data: Mapping[str, Any]) -> Fact:
    score = Score(**_own(Score, data.get("score") or {}))
    shaped = {"outlets": tuple(data["outlets"]), "evidence": _spans(data["evidence"]), "score": score}
    return Fact(**_own(Fact, data) | shaped)


def _value(data: Mapping[str, Any]) -> Value:
    return Value(data["value"], tuple(data["outlets"]), _spans(data["evidence"]))


def _variant(data: Mapping[str, Any]) -> Variant:
    return Variant(data["text"], _spans(data["evidence"]))


def _listed(value: Any) -> Any:
    """Tuples as lists, all the way down, so that the dict equals what JSON gives back."""
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    return value
