"""Links: what is refused, and what a small local server answers."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from summarize.errors import InputError
from summarize.reading import fetch as module
from summarize.reading.fetch import fetch, is_public, resolve
from summarize.reading.read import read_cluster
from summarize.settings import Settings

pytestmark = pytest.mark.loopback
REAL = socket.getaddrinfo
DEFAULT = Settings()
LOCAL = Settings(allow_private_links=True, fetch_seconds=2.0, fetch_bytes=20_000, fetch_redirects=2)
PAGE = (
    "<html><head><title>Ferry</title></head><body><article>"
    + "<p>A ferry struck the pier at Dunmore on Monday.</p>" * 9
)


class Pages(BaseHTTPRequestHandler):
    """Answers by path."""

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/page":
            self.answer(200, PAGE.encode(), Content_Type="text/html; charset=utf-8")
        elif path == "/latin":
            self.answer(200, "Olazábal said so. ".encode("latin-1") * 20, Content_Type="text/plain; charset=latin-1")
        elif path == "/packed":
            self.answer(200, gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(200, gzip.compress(b"a" * 10_000_000), Content_Type="text/html", Content_Encoding="gzip")
        elif path == "/large":
            self.answer(200, b"a" * 50_000, Content_Type="text/html")
        elif path == "/photo":
            self.answer(200, b"\x89PNG", Content_Type="image/png")
        elif path == "/loop":
            self.answer(302, Location="/loop")
        elif path == "/moved":
            self.answer(301, Location="/page")
        elif path == "/inside":
            self.answer(302, Location="http://169.254.169.254/latest/meta-data/")
        elif path == "/file":
            self.answer(302, Location="file:///etc/passwd")
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/slow-headers":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for number in range(40):
                self.wfile.write(f"X-{number}: a\r\n".encode())
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.answer(404)


class Quiet(ThreadingHTTPServer):
    """Says nothing when a client hangs up."""

    def handle_error(self, *_: object) -> None:
        """The client is the one under test."""


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets numeric hosts be looked up, which asks nobody."""
    monkeypatch.setattr(module, "_lookup", lambda host, port: REAL(host, port, type=socket.SOCK_STREAM))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = Quiet(("127.0.0.1", 0), Pages)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


def test_a_page_arrives_with_its_type_and_encoding(server):
    page = fetch(f"{server}/page", LOCAL)
    assert (page.body.decode(), page.kind, page.charset, page.url) == (PAGE, "text/html", "utf-8", f"{server}/page")
    assert fetch(f"{server}/packed", LOCAL).body.decode() == PAGE
    assert fetch(f"{server}/moved", LOCAL).url == f"{server}/page"


def test_a_link_is_read_as_an_article_with_its_address(server):
    reading = read_cluster([f"{server}/page", f"{server}/latin"], LOCAL)
    assert {a.url for a in reading.articles} == {f"{server}/page", f"{server}/latin"}
    assert any("Olazábal" in article.text for article in reading.articles)
    assert any("struck the pier" in article.text for article in reading.articles)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/nothing", "404"),
        ("/large", "more than 20,000 bytes"),
        ("/bomb", "more than 20,000 bytes"),
        ("/photo", "image/png"),
        ("/loop", "redirects more than 2"),
        ("/file", "not an http or https link"),
    ],
)
def test_what_is_no_page_is_refused_and_loses_no_other(server, path, message):
    with pytest.raises(InputError, match=message) as caught:
        fetch(server + path, LOCAL)
    assert caught.value.hint
    assert len(read_cluster([server + path, f"{server}/page"], LOCAL).articles) == 1


@pytest.mark.parametrize("part", ["slow", "slow-headers"])
def test_an_answer_that_drips_does_not_last_longer_than_allowed(server, part):
    start = time.monotonic()
    with pytest.raises(InputError, match="too long"):
        fetch(f"{server}/{part}", Settings(allow_private_links=True, fetch_seconds=0.5))
    assert time.monotonic() - start < 3


@pytest.mark.usefixtures("numbers")
def test_a_redirect_to_a_private_address_is_refused_at_that_hop(server, monkeypatch):
    local = urlsplit(server).hostname
    monkeypatch.setattr(module, "is_public", lambda address: address == local or is_public(address))
    with pytest.raises(InputError, match="private network"):
        fetch(f"{server}/inside", DEFAULT)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://",
        "https:///path",
        "http://[::1",
        "http://exa mple.org/",
        "gopher://x",
    ],
)
def test_what_is_no_web_link_is_refused(url):
    with pytest.raises(InputError):
        fetch(url, DEFAULT)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_known_in_every_dress(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0x7f000001", "2130706433", "127.1"])
@pytest.mark.usefixtures("numbers")
def test_a_name_or_number_for_this_machine_is_refused(host):
    with pytest.raises(InputError):
        resolve(urlsplit(f"http://{host}/"), DEFAULT)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    def lookup(*_: object, **__: object) -> list:
        return [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        resolve(urlsplit("http://rebind.example/"), DEFAULT)


def test_the_connection_goes_to_the_address_that_was_checked(server, monkeypatch):
    port = urlsplit(server).port
    asked: list[str] = []

    def lookup(host: str, *_: object, **__: object) -> list:
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(module, "_lookup", lookup)
    assert fetch(f"http://news.example:{port}/page", LOCAL).body.decode() == PAGE
    assert asked == ["news.example"]
