"""Claims: who says what, with the names, numbers and status that it hinges on."""

from __future__ import annotations

from datetime import date

from clusters import claims, page


def test_attribution_is_stripped_off_and_kept() -> None:
    (claim,) = claims([page("a", "The bridge will stay closed for six weeks, the mayor said.")])
    assert claim.text.rstrip(".,") == "The bridge will stay closed for six weeks"
    assert claim.speaker == "the mayor"
    assert claim.status == "planned"


def test_a_claim_knows_its_numbers_dates_and_names() -> None:
    (claim,) = claims([page("a", "Twelve people were hurt in Porto on Tuesday.", published=date(2025, 3, 5))])
    assert [(q.low, q.unit) for q in claim.quantities] == [(12.0, "people")]
    assert [when.day for when in claim.times] == [date(2025, 3, 4)]
    assert "porto" in claim.names


def test_negation_and_cancellation_are_seen() -> None:
    denied, off = claims([page("a", "The captain was not arrested.\nThe meeting in Geneva was called off.")])
    assert denied.negated
    assert not off.negated
    assert off.status == "off"


def test_names_fold_over_the_cluster_but_different_names_do_not() -> None:
    pages = [page("a", "The envoy met Sergei Lavrov in Donetsk."), page("b", "The envoy met Lavrov in Luhansk.")]
    first, second = claims(pages)
    assert len(first.names & second.names) == 1
    assert {"donetsk"} <= first.names - second.names


def test_every_claim_is_a_stretch_of_its_page() -> None:
    text = "The captain, who had not been drinking, was arrested, and the ship was towed to port by two tugs."
    for claim in claims([page("a", text)]):
        assert text[claim.span.start : claim.span.end].strip()
