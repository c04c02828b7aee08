"""A link into bytes, for links that a stranger may have written.

Only http and https; every host is resolved once, all of its addresses are checked, and the connection goes to the very
address that was checked, so that a name cannot point elsewhere in between. Each redirect is checked anew. Time, size and
number of redirects are limited.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from summarize.errors import InputError
from summarize.settings import Settings

_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")
_AGENT = "summarize/0.1 (article reader)"
_ACCEPTED = "text/html,text/plain,*/*;q=0.5"
_ASK = "Give http or https links to public pages of text."


@dataclass(frozen=True, slots=True)
class Response:
    """What a link answered with: the final address, the body, its media type and declared encoding."""

    url: str
    body: bytes
    kind: str
    charset: str | None


def fetch(url: str, settings: Settings) -> Response:
    """Fetch a page.

    Raises:
        InputError: the link is not to a public web page, does not answer in time, or answers with an error, with
            something else than text, or with too much.
    """
    deadline = time.monotonic() + settings.fetch_seconds
    seen = url
    for _ in range(settings.fetch_redirects + 1):
        answer = _ask(seen, deadline, settings)
        if isinstance(answer, Response):
            return answer
        seen = urljoin(seen, answer)
    raise InputError(f"{url} redirects more than {settings.fetch_redirects} times", hint="Give the final address.")


def _ask(url: str, deadline: float, settings: Settings) -> Response | str:
    """One request: the response, or the address it redirects to."""
    parts = _checked(url)
    connection = _connection(parts, resolve(parts, settings), _left(deadline, url))
    wire = connection.sock
    # A socket's own time limit starts again with every byte: one that trickles would never reach it.
    patience = threading.Timer(_left(deadline, url), _hang_up, [wire])
    patience.daemon = True
    patience.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": _AGENT, "Accept": _ACCEPTED}
        connection.request("GET", _ascii(path), headers=headers | {"Accept-Encoding": "gzip", "Connection": "close"})
        with connection.getresponse() as answer:
            if answer.status in (301, 302, 303, 307, 308) and (target := answer.getheader("Location")):
                return target
            if answer.status != 200:
                raise InputError(f"{url} answers {answer.status} {answer.reason}", hint="Check the link in a browser.")
            return _response(url, answer, wire, deadline, settings)
    except InputError:
        raise
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        _left(deadline, url)
        raise InputError(f"{url} cannot be fetched: {error}", hint="Check the link and the network.") from error
    finally:
        patience.cancel()
        connection.close()


def _hang_up(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _response(
    url: str,
    answer: http.client.HTTPResponse,
    wire: socket.socket,
    deadline: float,
    settings: Settings,
) -> Response:
    kind, charset = _media_type(answer.getheader("Content-Type", "text/html"))
    if not kind.startswith(_TYPES):
        raise InputError(f"{url} is {kind}, not a page of text", hint=_ASK)
    packed = answer.getheader("Content-Encoding", "").lower()
    inflate = zlib.decompressobj(31) if packed in ("gzip", "x-gzip") else None
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise InputError(f"{url} is packed as {packed}", hint=_ASK)
    limit = settings.fetch_bytes
    body = bytearray()
    while len(body) <= limit:
        wire.settimeout(_left(deadline, url))
        part = answer.read1(65_536)
        if not part:
            break
        body += inflate.decompress(part, limit + 1 - len(body)) if inflate else part
    _left(deadline, url)  # what was hung up on looks like an end
    if len(body) > limit:
        raise InputError(f"{url} answers with more than {limit:,} bytes", hint="Raise fetch_bytes if that is meant.")
    return Response(url, bytes(body), kind, charset)


def _media_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header
    return message.get_content_type(), message.get_content_charset()


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{url[:200]} is not a link: {error}", hint=_ASK) from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{url[:200]} is not an http or https link", hint=_ASK)
    if parts.username is not None or parts.password is not None:
        raise InputError("a link holds a user name or a password", hint="Leave out what stands before the @.")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise InputError("a link holds white space or control characters", hint=_ASK)
    return parts


def resolve(parts: SplitResult, settings: Settings) -> str:
    """The address to connect to; every address of the host must be public unless settings allow others.

    Raises:
        InputError: the host is unknown, or one of its addresses is private, loopback, link-local or reserved.
    """
    host = parts.hostname or ""
    try:
        found = _lookup(host, parts.port or _port(parts))
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {host} cannot be found", hint="Check the link and the network.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.allow_private_links:
        for address in addresses:
            if not is_public(address):
                raise InputError(
                    f"{host} is at {address}, inside a private network",
                    hint="Set allow_private_links if that is meant.",
                )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet; addresses within IPv6 are looked through."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _lookup(host: str, port: int) -> list[tuple[Any, ...]]:
    """The one place where a name is resolved."""
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def _port(parts: SplitResult) -> int:
    return 443 if parts.scheme == "https" else 80


def _connection(parts: SplitResult, address: str, seconds: float) -> http.client.HTTPConnection:
    """A connection to a checked address; the certificate is still the host's."""
    host = parts.hostname or ""
    port = parts.port or _port(parts)
    try:
        sock = socket.create_connection((address, port), timeout=seconds)
        if parts.scheme == "https":
            sock = _secured(sock, host)
    except OSError as error:
        raise InputError(f"{host} does not answer: {error}", hint="Check the link and the network.") from error
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    connection.sock = sock
    return connection


def _secured(sock: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except OSError:
        sock.close()
        raise


def _left(deadline: float, url: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise InputError(f"{url} takes too long", hint="Raise fetch_seconds, or save the page and give the file.")
    return left


def _ascii(path: str) -> str:
    """A path with everything but ASCII percent-encoded."""
    return quote(path, safe="/%?=&:;+,@!$'()*~-._[]#")
