"""Hostile text stays text, hostile files and links are refused with a sentence, and nothing of it runs."""

from __future__ import annotations

import gzip
import re

import pytest
from samples import A, B

from browser.conftest import paste, summarised

ATTACKS = """
<script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"><svg onload="window.pwned = 3"></svg>
<a href="javascript:window.pwned=4">The ferry struck the pier</a> <iframe srcdoc="<script>parent.pwned=5</script>"></iframe>
![tracker](http://tracker.example/p.png) [click](javascript:window.pwned=6)
{{constructor.constructor('window.pwned=7')()}} ${window.pwned=8}
</textarea><script>window.pwned=9</script> \u202eevil\u202c \u2066x\u2069 "><b onmouseover="window.pwned=10">bold</b>
"""


def test_what_is_pasted_stays_text(visit):
    page = visit()
    hurt = 'Twelve people were hurt when the ferry <img src=x onerror="window.pwned=11"> hit the pier at Dunmore on Monday.'
    paste(page, A + "\n\n" + hurt + ATTACKS, B + ATTACKS)
    page.get_by_label("Outlet of article 1", exact=False).fill('<img src=x onerror="window.pwned=12">Herald')
    summarised(page)
    page.evaluate("document.querySelectorAll('.report details').forEach(d => d.open = true)")
    page.locator(".report [data-keep]").first.click()  # the report made anew, with the hostile text put back
    page.wait_for_selector(".undo", timeout=60_000)
    page.wait_for_timeout(500)
    assert page.evaluate("window.pwned") is None
    inside = page.locator(".report")
    assert inside.locator("script, img, svg, iframe, b, [onerror], [onload], [onmouseover]").count() == 0
    assert inside.locator("a[href^='javascript']").count() == 0
    text = page.locator("#result").inner_text()
    assert "onerror" in text, "the attack is shown as the text that it is"
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_no_inline_script_runs_whatever_gets_in(visit):
    """The policy is the second wall: even markup put into the page does not run."""
    page = visit()
    page.evaluate(
        """document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.pwned = 1">');
        const s = document.createElement('script'); s.textContent = 'window.pwned = 2'; document.body.append(s);"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.pwned") is None


def test_ten_megabytes_are_refused(visit):
    page = visit()
    page.get_by_label("Text of article 1", exact=True).evaluate(
        "e => { e.value = 'word '.repeat(2e6); e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    page.click("#start")
    page.wait_for_selector(".trouble", timeout=60_000)
    assert "10,000,000 characters" in page.locator(".trouble").inner_text()


def test_no_article_is_told_kindly(visit):
    page = visit()
    page.click("#start")
    page.wait_for_selector(".trouble")
    told = page.locator(".trouble").inner_text()
    assert "There is no article yet" in told
    assert page.get_by_label("Text of article 1", exact=True).is_visible(), "the fields are still there"


def bomb() -> bytes:
    return gzip.compress(b"a" * 50_000_000)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("bomb.txt", bomb(), "binary file"),
        ("bomb.json", bomb(), "binary file"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary file"),
        ("empty.txt", b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_refused_with_a_sentence(visit, name, data, message):
    page = visit()
    page.get_by_role("button", name="Add files or links").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload files").click()
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": data})
    page.wait_for_selector(".desk-note")
    told = page.locator(".desk-note").inner_text()
    assert message in told
    assert "/tmp" not in told


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"]
)
def test_a_private_address_is_refused(visit, link):
    page = visit()
    page.get_by_role("button", name="Add files or links").click()
    page.get_by_label("Links to articles").fill(link)
    page.get_by_role("button", name="Fetch the links").click()
    page.wait_for_selector(".desk-note")
    assert "private network" in page.locator(".desk-note").inner_text()


@pytest.mark.parametrize("link", ["/etc/passwd", "file:///etc/passwd", "-", "javascript:alert(1)"])
def test_what_is_no_web_link_is_refused(visit, link):
    page = visit()
    page.get_by_role("button", name="Add files or links").click()
    page.get_by_label("Links to articles").fill(link)
    page.get_by_role("button", name="Fetch the links").click()
    page.wait_for_selector(".desk-note")
    assert "is not a link to a web page" in page.locator(".desk-note").inner_text()
