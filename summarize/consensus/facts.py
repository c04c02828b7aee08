"""Facts: groups of claims weighed by independent support, and ranked.

A group of aligned claims becomes one fact, or one for each value where its sources disagree. What an earlier report
said and a later one overtook becomes a fact of its own, marked as superseded, so that it is never stated as current.
``Score`` keeps the parts that the ranking weighs, so that a reader can see why a fact is in or out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summarize.consensus.compare import ordered
from summarize.consensus.discrepancies import Dispute
from summarize.consensus.support import neighbours, supporting
from summarize.language.verbs import is_finite
from summarize.settings import Settings
from summarize.types import Claim, Discrepancy, Fact, FactStatus, Page, Score, Sentence, Superseded, Value


@dataclass(frozen=True, slots=True)
class Weighed:
    """The facts, ranked, with what they disagree on and what was overtaken; ``claims[id]`` are a fact's claims.

    Of the discrepancies the ``doubtful`` ones may be none: they are listed, and not told in prose.
    """

    facts: tuple[Fact, ...]
    discrepancies: tuple[Discrepancy, ...]
    superseded: tuple[Superseded, ...]
    claims: Mapping[str, tuple[int, ...]]
    doubtful: frozenset[Discrepancy] = frozenset()


@dataclass(frozen=True, slots=True)
class Cluster:
    """What weighing needs to know of the cluster beside the claims themselves."""

    claims: Sequence[Claim]
    sentences: Sequence[Sentence]
    pages: Sequence[Page]
    sources: Mapping[int, str]
    """The independent source of each claim (index): a page's group, or the outlet that the page only relays."""
    centrality: Mapping[int, float]
    """How near each claim is to what the whole cluster is about, -1 to 1; a copy's own claims have none."""
    probability: Mapping[tuple[int, int], float]
    """How likely two claims are about one thing."""


def weigh(
    cluster: Cluster,
    groups: Sequence[Sequence[int]],
    disputes: Sequence[Dispute],
    overtaken: Mapping[int, int],
    settings: Settings,
    *,
    min_support: int,
    twins: Mapping[int, Sequence[int]] | None = None,
) -> Weighed:
    """Facts from groups of claims; ``overtaken`` maps an overtaken claim to what overtakes it.

    ``twins`` names, for a claim, the same words in copies of its page: evidence, and no further support.
    """
    twins = twins or {}
    settled = [part for group in groups for part in _parts(group, disputes, overtaken)]
    supported = list(_supported(settled, cluster, disputes, overtaken, settings))
    parts = [_with_twins(part, twins) for part in _merged(supported, cluster, settings)]
    made = [(_fact(part, cluster, settings, min_support), part) for part in parts]
    made.sort(
        key=lambda pair: (-pair[0].support, pair[0].status == "superseded", -pair[0].score.total, pair[0].evidence)
    )
    numbered = [(replace(fact, id=f"f{n}"), part) for n, (fact, part) in enumerate(made, start=1)]
    home = {claim: fact.id for fact, part in numbered for claim in part.claims}
    told = {dispute: _discrepancy(dispute, cluster, twins) for dispute in disputes}
    return Weighed(
        facts=tuple(fact for fact, _ in numbered),
        discrepancies=tuple(told.values()),
        superseded=tuple(
            Superseded(fact.statement, fact.evidence, home[overtaken[part.claims[0]]])
            for fact, part in numbered
            if part.status == "superseded"
        ),
        claims={fact.id: part.evidence for fact, part in numbered},
        # Of dates those in claims of the same persons are told: five of six are right, however unlike the claims.
        doubtful=frozenset(
            told[d] for d in disputes if d.kind == "number" and d.probability < settings.tell_probability
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    claims: tuple[int, ...]
    status: FactStatus | None
    also: tuple[int, ...] = ()
    """Claims of other facts that state this one, too."""

    @property
    def evidence(self) -> tuple[int, ...]:
        """All claims that state it."""
        return (*self.claims, *self.also)


def _supported(
    parts: Sequence[_Part],
    cluster: Cluster,
    disputes: Sequence[Dispute],
    overtaken: Mapping[int, int],
    settings: Settings,
) -> Iterator[_Part]:
    """The parts with the claims of other groups that state them, too: none that was overtaken, or takes another side."""
    near = neighbours({pair: p for pair, p in cluster.probability.items() if not overtaken.keys() & set(pair)})
    for part in parts:
        if part.status == "superseded":
            yield part
            continue
        rivals = {claim for dispute in disputes for claim in _rivals(part, dispute, cluster, settings)}
        also = supporting(part.claims, cluster.claims, near, rivals, settings)
        yield replace(part, also=tuple(also))


def _rivals(part: _Part, dispute: Dispute, cluster: Cluster, settings: Settings) -> Iterator[int]:
    """The claims of a dispute that cannot bear the part out.

    A long claim says more than the value that is disputed, and bears the rest out: not what is only the other value.
    """
    own = set(part.claims)
    contested = {claim for side in dispute.sides for claim in side.claims}
    minor = any(own <= set(side.claims) for side in dispute.sides[1:])
    for claim in contested if contested & own else ():
        if minor or len(cluster.claims[claim].words) < settings.dispute_words:
            yield claim


def _merged(parts: Sequence[_Part], cluster: Cluster, settings: Settings) -> list[_Part]:
    """The parts, each that rests mostly on the claims of a better supported one merged with it: they state one fact.

    Sides of a dispute and what was overtaken stay apart.
    """
    order = sorted(parts, key=lambda part: (-support(part.evidence, cluster.sources), part.claims))
    kept: list[_Part] = []
    for part in order:
        home = next((n for n, other in enumerate(kept) if _same_fact(part, other, settings)), None)
        if home is None:
            kept.append(part)
        else:
            claims = tuple(sorted({*kept[home].claims, *part.claims}))
            also = tuple(sorted({*kept[home].also, *part.also} - {*claims}))
            kept[home] = replace(kept[home], claims=claims, also=also)
    return kept


def _same_fact(part: _Part, other: _Part, settings: Settings) -> bool:
    if part.status is not None or other.status is not None or len(part.evidence) < 2:
        return False
    common = len({*part.evidence} & {*other.evidence})
    return common >= settings.same_fact_overlap * len(part.evidence)


def _doubled(claims: Sequence[int], twins: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """The claims, and the same words in copies of their pages."""
    return (*claims, *(twin for claim in claims for twin in twins.get(claim, ())))


def _with_twins(part: _Part, twins: Mapping[int, Sequence[int]]) -> _Part:
    return replace(part, claims=_doubled(part.claims, twins), also=_doubled(part.also, twins))


def _parts(group: Sequence[int], disputes: Sequence[Dispute], overtaken: Mapping[int, int]) -> list[_Part]:
    """The group's claims as facts: each overtaken statement, each side of a dispute, the rest with the largest side."""
    stale: dict[int, list[int]] = {}
    for claim in group:
        if claim in overtaken:
            stale.setdefault(overtaken[claim], []).append(claim)
    current = [claim for claim in group if claim not in overtaken]
    parts = [_Part(tuple(claims), "superseded") for _, claims in sorted(stale.items())]
    taken: set[int] = set()
    for dispute in disputes:
        sides = [tuple(c for c in side.claims if c in current and c not in taken) for side in dispute.sides]
        # The first side keeps what the group says beside the disputed value; the others stand alone.
        for minor in sides[1:] if sides[0] or len(sides) > 2 else sides:
            if minor and len(minor) < len(current) - len(taken):
                parts.append(_Part(minor, "disputed"))
                taken.update(minor)
    rest = tuple(claim for claim in current if claim not in taken)
    contested = {claim for dispute in disputes for side in dispute.sides for claim in side.claims}
    return [*parts, *([_Part(rest, "disputed" if contested & set(rest) else None)] if rest else [])]


def support(claims: Sequence[int], sources: Mapping[int, str]) -> int:
    """How many independent sources report the claims."""
    return len({sources[claim] for claim in claims})


def _fact(part: _Part, cluster: Cluster, settings: Settings, min_support: int) -> Fact:
    count = support(part.evidence, cluster.sources)
    status: FactStatus = part.status or ("consensus" if count >= min_support else "single")
    spans = tuple(sorted({cluster.claims[i].span for i in part.evidence}))
    return Fact(
        id="",
        statement=cluster.claims[canonical(part.claims, cluster)].text,
        support=count,
        outlets=(),
        evidence=spans,
        status=status,
        score=_score(part.claims, count, cluster, settings),
    )


def canonical(claims: Sequence[int], cluster: Cluster) -> int:
    """The claim that states the fact best: agreeing with each other article, a whole clause, not too long, no headline."""
    by_article: dict[str, list[int]] = {}
    for i in claims:
        by_article.setdefault(cluster.claims[i].span.article, []).append(i)

    mostly_sure = 2 * sum(cluster.claims[i].status == "possible" for i in claims) < len(claims)

    def agreement(i: int) -> float:
        others = [each for article, each in by_article.items() if article != cluster.claims[i].span.article]
        best = [max(cluster.probability.get(ordered(i, j), 0.0) for j in each) for each in others]
        return sum(best) / len(best) if best else 0.0

    def merit(i: int) -> tuple[float, int]:
        claim = cluster.claims[i]
        words = claim.text.split()
        whole = is_finite(words) and claim.text[:1].isupper() and words[0].lower() not in _PRONOUNS
        unsure = mostly_sure and claim.status == "possible"
        fit = agreement(i) + 0.3 * whole - 0.3 * claim.headline - 0.2 * unsure - 0.02 * max(0, len(words) - 22)
        return round(fit, 4), -i

    return max(claims, key=merit)


_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "their",
        "its",
        "which",
        "who",
        "there",
    }
)


def _score(claims: Sequence[int], count: int, cluster: Cluster, settings: Settings) -> Score:
    everyone = max(1, len(set(cluster.sources.values())))
    own = [cluster.claims[i] for i in claims]
    first = [cluster.sentences[c.sentence].position for c in own]
    support_share = count / everyone
    salience = sum(1 / (1 + position / 4) for position in first) / len(first)
    near = [cluster.centrality[i] for i in claims if i in cluster.centrality]
    centrality = sum(near) / len(near) if near else 0.0
    specificity = min(1.0, max(len(c.quantities) + len(c.times) + len(c.names) for c in own) / 5)
    recency = sum(c.status in ("done", "off") for c in own) / len(own)
    total = (
        settings.weight_support * support_share
        + settings.weight_salience * salience
        + settings.weight_centrality * centrality
        + settings.weight_specificity * specificity
        + settings.weight_recency * recency
    )
    return Score(*(round(part, 4) for part in (support_share, salience, centrality, specificity, recency, total)))


def _discrepancy(dispute: Dispute, cluster: Cluster, twins: Mapping[int, Sequence[int]]) -> Discrepancy:
    values = []
    for side in dispute.sides:
        spans = tuple(sorted({cluster.claims[i].span for i in _doubled(side.claims, twins)}))
        values.append(Value(side.value, (), spans))
    return Discrepancy(dispute.kind, dispute.aspect, tuple(values))
