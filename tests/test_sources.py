"""Independent sources: editions, copies and relays count once."""

from __future__ import annotations

from clusters import SETTINGS, claims, page

from summarize.consensus.sources import independent_sources, voices

WIRE = (
    "PORTO (AP) The bridge over the Douro was closed on Friday after inspectors found cracks in two of its pillars.\n"
    "The city said that repairs would take at least six weeks and that buses would be sent over the upper deck.\n"
    "Traders on both banks said they had been told nothing and feared for the summer season.\n"
    "The bridge, which opened in 1886, was last repaired eleven years ago."
)
OTHER = (
    "Porto has shut its best known bridge.\n"
    "Two pillars are cracked, according to engineers who looked at them this week.\n"
    "Work will last six weeks or more."
)


def test_pages_of_one_outlet_are_one_source() -> None:
    pages = [
        page("a", WIRE, outlet="The Week"),
        page("b", OTHER, outlet="The Week"),
        page("c", OTHER + "\nMore.", outlet="X"),
    ]
    groups = independent_sources(pages, SETTINGS)
    assert groups[0] == groups[1]


def test_two_reporters_on_one_event_are_two_sources() -> None:
    assert independent_sources([page("a", WIRE), page("b", OTHER)], SETTINGS) == [0, 1]


def test_a_lightly_edited_copy_is_one_source_with_its_original() -> None:
    edited = (
        WIRE.replace("on Friday ", "").replace("feared for the summer season", "feared for their business")
        + "\nExtra local line."
    )
    assert independent_sources([page("a", WIRE), page("b", edited)], SETTINGS) == [0, 0]


def test_a_shared_quotation_makes_no_copy() -> None:
    said = "“We will rebuild every single pillar, stone by stone, and nobody will pay a toll while we do,” the mayor said.\n"
    pages = [
        page("a", said + OTHER),
        page("b", said + "The crossing has been closed to all traffic since Friday night."),
    ]
    assert independent_sources(pages, SETTINGS) == [0, 1]


def test_a_relay_vouches_for_nothing_that_its_origin_does_not() -> None:
    pages = [
        page("a", "The bridge was closed because of two cracked pillars.", outlet="Harbour Ledger"),
        page("b", "Cracks led to the closure, according to the Harbour Ledger.", outlet="Daily Sun"),
        page("c", "Engineers shut the crossing when they saw the cracks.", outlet="River Post"),
    ]
    found = claims(pages)
    heard = voices(found, pages, independent_sources([*pages], SETTINGS))
    by_article = {found[i].span.article: voice for i, voice in heard.items()}
    assert by_article["b"] == by_article["a"] != by_article["c"]
