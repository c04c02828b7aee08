"""Bytes into text: decompression with a limit, and an encoding that was found rather than hoped for."""

from __future__ import annotations

import codecs
import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from typing import IO, cast

from summarize.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+|\xc2[\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW_CONTROLS = 10
_SAMPLE = 65_536
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"OggS",
)


def opened(data: IO[bytes], name: str) -> IO[bytes]:
    """A stream of the plain bytes behind ``name``: gzip and xz are told by their suffix."""
    if name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=data))
    if name.lower().endswith(".xz"):
        return cast(IO[bytes], lzma.LZMAFile(data))
    return data


def read_bounded(stream: IO[bytes], name: str, limit: int) -> bytes:
    """All bytes of a stream, decompressing as it goes.

    Raises:
        InputError: there are more than ``limit`` bytes, or the compression is damaged.
    """
    parts: list[bytes] = []
    total = 0
    try:
        while part := stream.read(min(1 << 20, limit + 1 - total)):
            total += len(part)
            if total > limit:
                raise InputError(f"{name} is larger than {limit:,} bytes", hint="Split it, or raise max_file_bytes.")
            parts.append(part)
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise InputError(f"{name} is damaged: {error}", hint="Compress or download the file anew.") from error
    return b"".join(parts)


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str | None]:
    """Text of some bytes, and a note for the reader where a few of them had to be replaced.

    Looked at in this order: byte order mark, UTF-8, the declared encoding (HTTP header or ``<meta>``), detection.

    Raises:
        InputError: the bytes are no text, or in no encoding that can be told.
    """
    if data.startswith(_MAGIC):
        raise InputError(f"{name} is a binary file, not text", hint="Give text, HTML or JSON files.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name), None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, name, declared)
    check_text(text, name)
    return text, None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError(f"{name} is not {encoding}: {error}", hint="Save the file as UTF-8.") from error
    check_text(text, name)
    return text


def _other(data: bytes, name: str, declared: str | None) -> tuple[str, str | None]:
    if b"\x00" in data[:_SAMPLE]:
        raise InputError(f"{name} is a binary file, not text", hint="Give text, HTML or JSON files.")
    replaced = data.decode("utf-8", errors="replace")
    bad = replaced.count("\ufffd")
    if len(_MULTIBYTE.findall(data)) > 4 * bad:
        check_text(replaced, name)
        return replaced, f"{name}: {bad} byte sequence(s) were not UTF-8 and were replaced"
    if declared is None and (hit := _DECLARED.search(data[:4096])):
        declared = (hit[1] or hit[2]).decode("ascii")
    for encoding in _encodings(data, declared):
        if encoding:
            try:
                text = data.decode(encoding)
            except (UnicodeError, LookupError):
                continue
            check_text(text, name)
            return text, None
    raise InputError(f"cannot tell the encoding of {name}", hint="Save the file as UTF-8.")


def _encodings(data: bytes, declared: str | None) -> Iterator[str | None]:
    """What the bytes may be in, the likeliest first; each is only worked out when those before have failed."""
    yield declared
    yield _western(data)
    yield _detected(data)


def _western(data: bytes) -> str | None:
    """Windows-1252 for mostly ASCII text whose other bytes are its typographic marks and accented letters."""
    high = [byte for byte in data if byte > 0x7F]
    plausible = sum(
        byte in b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xb0\xbd" or byte >= 0xC0 for byte in high
    )
    return "cp1252" if len(high) <= 0.2 * len(data) and plausible >= 0.9 * len(high) else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def check_text(text: str, name: str) -> None:
    """Raise ``InputError`` for what no page of text holds: NULs, many control characters, lone surrogates."""
    if "\x00" in text:
        raise InputError(f"{name} holds NUL characters: it is no text", hint="Give text, HTML or JSON files.")
    if len(_CONTROL.findall(text)) > max(_FEW_CONTROLS, 0.02 * len(text)):
        raise InputError(f"{name} is full of control characters: it is no text", hint="Give text, HTML or JSON files.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"{name} holds half of a surrogate pair", hint="Decode the text properly first.") from error
