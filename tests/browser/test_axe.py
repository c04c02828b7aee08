"""axe finds nothing serious in any state, by day and by night."""

from __future__ import annotations

from itertools import pairwise

import pytest

from browser.conftest import DESKTOP, PHONE, faults_of_axe, load_example, settled, summarised

STATES = [(DESKTOP, "light"), (PHONE, "dark")]


@pytest.mark.parametrize(("size", "scheme"), STATES, ids=str)
def test_every_state(visit, size, scheme):
    page = visit(size, scheme)
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        found[state] = faults_of_axe(page)

    look("empty")
    page.click("#start")
    page.wait_for_selector(".trouble")
    look("error")
    load_example(page)
    page.get_by_role("button", name="Article 1:").click()
    page.get_by_role("button", name="Add files or links").click()
    settled(page)
    look("example loaded")
    page.click("#start")
    page.wait_for_selector(".working")
    look("at work")
    page.wait_for_selector(".report", timeout=60_000)
    settled(page)
    look("report")
    page.locator(".lede .cite").first.click()
    page.evaluate("document.querySelectorAll('.report details').forEach(d => d.open = true)")
    page.locator("#r-all").check()
    settled(page)
    look("evidence and every fold open")
    page.locator("[data-keep]").first.click()
    page.wait_for_selector(".undo", timeout=60_000)
    look("a stretch put back")
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_headings_make_an_outline(visit):
    page = visit()
    load_example(page)
    summarised(page)
    levels = page.locator("h1, h2, h3, h4").evaluate_all(
        "all => all.filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
