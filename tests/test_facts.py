"""Facts: support counts independent sources, each side of a dispute is its own fact, outdated ones are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from clusters import SETTINGS, claims, page, sentences

from summarize.consensus.align import central
from summarize.consensus.discrepancies import Dispute, Side
from summarize.consensus.facts import Cluster, Weighed, weigh
from summarize.models.fake import FakeEncoder
from summarize.types import Page

PAGES = [
    page("a", "27 people were hurt.", outlet="A"),
    page("b", "Twenty-seven people were hurt.", outlet="B"),
    page("c", "31 people were hurt.", outlet="C"),
    page("d", "At least 20 people were hurt.", outlet="D"),
]


def weighed(
    sources: dict[int, str],
    disputed: list[Dispute],
    overtaken: dict[int, int],
    groups: list[list[int]] | None = None,
    pages: Sequence[Page] = PAGES,
    near: Mapping[tuple[int, int], float] = MappingProxyType({}),
) -> Weighed:
    found = claims(pages)
    centrality = dict(enumerate(central(FakeEncoder().encode([claim.text for claim in found]))))
    cluster = Cluster(found, sentences(pages), pages, sources, centrality, near)
    return weigh(cluster, groups or [[0, 1, 2, 3]], disputed, overtaken, SETTINGS, min_support=2)


def test_support_counts_independent_sources_not_articles() -> None:
    (fact,) = weighed({0: "x", 1: "x", 2: "y", 3: "y"}, [], {}).facts
    assert fact.support == 2
    assert len(fact.evidence) == 4
    assert fact.status == "consensus"


def test_each_side_of_a_dispute_is_a_fact() -> None:
    dispute = Dispute("number", "people hurt", (Side("27", (0, 1)), Side("31", (2,))))
    facts = weighed({0: "a", 1: "b", 2: "c", 3: "d"}, [dispute], {}).facts
    assert [(fact.support, fact.status) for fact in facts] == [(3, "disputed"), (1, "disputed")]


def test_an_unlikely_dispute_is_listed_and_doubtful() -> None:
    sides = (Side("27", (0, 1)), Side("31", (2,)))
    for likely, doubtful in ((0.9, 0), (0.3, 1)):
        found = weighed({0: "a", 1: "b", 2: "c", 3: "d"}, [Dispute("number", "people hurt", sides, likely)], {})
        assert len(found.discrepancies) == 1
        assert len(found.doubtful) == doubtful


def test_what_gives_the_other_value_is_no_evidence_for_the_minor_side() -> None:
    told = "in the violent collision of a crowded island ferry with a concrete harbour wall in thick fog"
    pages = [page(i, f"{n} people were hurt {told}.", outlet=i) for i, n in (("a", 27), ("b", 27), ("c", 31))]
    dispute = Dispute("number", "people hurt", (Side("27", (0, 1)), Side("31", (2,))))
    near = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9}
    facts = weighed({0: "a", 1: "b", 2: "c"}, [dispute], {}, [[0, 1, 2]], pages, near).facts
    assert [fact.support for fact in facts] == [3, 1]  # the crash itself is in all three


def test_an_overtaken_claim_is_marked_and_points_at_what_overtook_it() -> None:
    result = weighed({0: "a", 1: "b", 2: "c", 3: "d"}, [], {3: 0})
    stale = [fact for fact in result.facts if fact.status == "superseded"]
    assert [fact.statement for fact in stale] == ["At least 20 people were hurt."]
    (entry,) = result.superseded
    assert 0 in result.claims[entry.by]


def test_ids_follow_the_ranking_and_every_claim_has_one_home() -> None:
    result = weighed({0: "a", 1: "b", 2: "c", 3: "d"}, [], {}, [[0, 1], [2], [3]])
    assert [fact.id for fact in result.facts] == ["f1", "f2", "f3"]
    assert sorted(i for members in result.claims.values() for i in members) == [0, 1, 2, 3]
    assert result.facts[0].support == 2
    assert result.facts[0].score.total >= result.facts[1].score.total
