"""Several visitors at once, a stop, nothing left on the disk, the endpoint, and a prefix behind a proxy."""

from __future__ import annotations

import http.server
import threading
import urllib.request
from pathlib import Path

import pytest
from samples import A, B

from browser.conftest import load_example, paste, serve, summarised


def test_two_visitors_see_their_own_articles(visit):
    first, second = visit(), visit()
    load_example(first)
    paste(second, A, B)
    first.click("#start")
    second.click("#start")
    second.wait_for_selector(".report", timeout=60_000)
    first.wait_for_selector(".report", timeout=60_000)
    one, two = (page.locator("#result").inner_text() for page in (first, second))
    assert "Lavrov" in one
    assert "Dunmore" not in one
    assert "Dunmore" in two
    assert "Lavrov" not in two
    first.locator("details.aside summary").first.click()
    first.locator("[data-keep]:visible").first.click()
    first.wait_for_selector(".undo", timeout=60_000)
    assert "Lavrov" in first.locator("#result").inner_text()
    assert second.locator(".undo").count() == 0


def test_a_run_can_be_stopped_and_started_again(visit):
    page = visit()
    load_example(page)
    page.click("#start")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector(".empty h2:has-text('Stopped')")
    assert page.locator("#cancel:visible").count() == 0
    summarised(page)
    page.get_by_role("button", name="Articles and choices").click()
    page.click("#start")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Stopped. This is the summary made before.")


def test_boxes_come_and_go(visit):
    page = visit()
    paste(page, "First text.", "Second text.", "Third text.")
    page.get_by_role("button", name="Remove article 2").click()
    page.wait_for_function(
        "document.querySelectorAll('.box').length === 2 || !document.querySelectorAll('.box')[2].checkVisibility()"
    )
    second = page.get_by_label("Text of article 2", exact=True).element_handle()
    page.wait_for_function("field => field.value === 'Third text.'", arg=second)


def test_what_the_page_tells_of_itself_is_shown(visit):
    page = visit()
    paste(page, A + "\n© 2025 Dunmore Herald. All rights reserved.")
    page.get_by_label("Text of article 1", exact=True).blur()
    page.wait_for_selector("text=/Article 1:.*words of article/")


def test_an_upload_is_read_and_gone(visit, disk: Path):
    page = visit()
    page.get_by_role("button", name="Add files or links").click()
    files = (
        ("one.txt", A + "\nXyzzyverbatim"),
        ("two.html", f"<html><body><article><p>{B}</p></article></body></html>"),
    )
    for number, (name, text) in enumerate(files, 1):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Upload files").click()
        chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
        # The note of the first file still stands when the second is given: only the tray tells that it was read.
        page.wait_for_function("n => document.querySelectorAll('#tray input:checked').length === n", arg=number)
        page.wait_for_selector(".desk-note:has-text('was added')")
    summarised(page)
    assert page.locator(".sheet").count() == 2
    left = [path for path in disk.rglob("*") if path.is_file() and b"Dunmore" in path.read_bytes()]
    assert left == []


def test_the_endpoint_through_gradios_client(server):
    from gradio_client import Client

    client = Client(server, verbose=False)
    data = client.predict([{"text": A, "outlet": "Dunmore Herald"}, {"text": B}], 60, 2, api_name="/summarize")
    assert {"sentences", "facts", "dropped", "signature"} <= set(data)
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/summarize"]
    client.close()


class _Proxy(http.server.BaseHTTPRequestHandler):
    """Takes ``/news`` off each path, as a proxy in front of several programs does."""

    target = ""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        if not self.path.startswith("/news"):
            self.send_error(404)
            return
        url = self.target + (self.path.removeprefix("/news") or "/")
        headers = {k: v for k, v in self.headers.items() if k.lower() in ("content-type", "accept", "cookie")}
        request = urllib.request.Request(url, body, headers, method=self.command)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.send_response(answer.status)
                for key, value in answer.getheaders():
                    if key.lower() not in ("transfer-encoding", "connection", "date", "server"):
                        self.send_header(key, value)
                self.end_headers()
                while part := answer.read1(65_536):
                    self.wfile.write(part)
                    self.wfile.flush()
        except urllib.error.HTTPError as error:
            self.send_error(error.code)

    do_GET = do_POST = _pass  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def proxied(tmp_path: Path):
    for address in serve(tmp_path, GRADIO_ROOT_PATH="/news"):
        handler = type("Proxy", (_Proxy,), {"target": address})
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
            threading.Thread(target=proxy.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{proxy.server_address[1]}/news/"
            proxy.shutdown()


def test_it_works_under_a_prefix_behind_a_proxy(visit, proxied):
    page = visit(url=proxied)
    load_example(page, "Koytash")
    summarised(page)
    page.locator(".lede .cite").first.click()
    page.wait_for_selector("mark.hit")
    assert page.url.startswith(proxied.rstrip("/")), "a citation does not leave the prefix"
