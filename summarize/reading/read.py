"""Whatever people have, into clusters of articles: files, folders, links, standard input, in the known formats.

One bad file does not lose the others: what could not be read is told in ``Reading.problems``.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summarize.errors import InputError
from summarize.reading.articles import as_articles
from summarize.reading.decode import decode, opened, read_bounded
from summarize.reading.fetch import fetch
from summarize.reading.formats import cluster_of, is_cluster
from summarize.reading.markup import article_from_html, looks_like_html
from summarize.settings import Settings
from summarize.types import Article

__all__ = ["Reading", "as_articles", "read_cluster", "read_clusters"]

TEXT = (".txt", ".md", ".text", ".markdown")
HTML = (".html", ".htm", ".xhtml")
JSON = (".json", ".jsonl", ".ndjson")
_PACKED = (".gz", ".xz")
_LINK = re.compile(r"https?://", re.IGNORECASE)
_MOST_PROBLEMS = 10
"""Sentences about what could not be read that a reader is told one by one."""
_KINDS = (
    "Give .txt, .md, .html, .json or .jsonl files (also .gz or .xz), a folder of them, a link, or - for standard input."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cluster as it was read: its id, its articles (each with an id), and what could not be read, in sentences."""

    id: str
    articles: tuple[Article, ...]
    problems: tuple[str, ...] = ()


def read_cluster(paths: Sequence[str], settings: Settings) -> Reading:
    """All that the paths hold as one cluster.

    Raises:
        InputError: nothing of it can be read.
    """
    if not paths:
        raise InputError("no input given", hint=_KINDS)
    found: list[Article] = []
    names: list[str] = []
    problems: list[str] = []
    hint = _KINDS
    for path in _expanded(paths, problems):
        try:
            name, articles, notes = _read_one(path, settings)
            found += as_articles(articles) if articles else []
            names += [name] if name else []
            problems += notes
        except InputError as error:
            problems.append(str(error))
            hint = error.hint or hint
    if not found:
        raise InputError(problems[0] if problems else f"no article in {', '.join(paths)}", hint=hint)
    return Reading(_cluster_id(paths, names), tuple(as_articles(found)), _told(problems))


def _told(problems: Sequence[str]) -> tuple[str, ...]:
    """The problems, of very many the first few and how many more there are."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    more = len(problems) - _MOST_PROBLEMS
    return (*problems[:_MOST_PROBLEMS], f"{more:,} more files or lines could not be read as they should")


def read_clusters(paths: Sequence[str], settings: Settings) -> Iterator[Reading]:
    """Cluster by cluster what the paths hold: every JSON object, line of JSONL and folder of articles is one.

    A cluster that cannot be read comes as a ``Reading`` without articles and with its problem. A folder of folders or
    of JSON files holds a cluster in each; text and HTML files given one by one are one cluster together.
    """
    loose: list[str] = []
    for path in paths:
        if path == "-" or _LINK.match(path):
            yield from _json_clusters(path, settings) if path == "-" else [_guarded([path], settings)]
            continue
        place = Path(path)
        if place.is_dir():
            yield from _folder(place, settings)
        elif _suffix(place.name) in JSON:
            yield from _json_clusters(path, settings)
        else:
            loose.append(path)
    if loose:
        yield _guarded(loose, settings)


def _folder(place: Path, settings: Settings) -> Iterator[Reading]:
    entries = sorted(p for p in place.iterdir() if not p.name.startswith("."))
    inner = [p for p in entries if p.is_dir()]
    lists = [p for p in entries if p.is_file() and _suffix(p.name) in JSON]
    if any(p.is_file() and _suffix(p.name) in TEXT + HTML for p in entries) or not (inner or lists):
        yield _guarded([str(place)], settings)
        return
    for entry in [*inner, *lists]:
        yield from _folder(entry, settings) if entry.is_dir() else _json_clusters(str(entry), settings)


def _guarded(paths: Sequence[str], settings: Settings) -> Reading:
    try:
        return read_cluster(paths, settings)
    except InputError as error:
        return Reading(_cluster_id(paths, []), (), (str(error),))


def _json_clusters(path: str, settings: Settings) -> Iterator[Reading]:
    stem = "stdin" if path == "-" else _stem(Path(path).name)
    try:
        text, notes = _text_of(path, settings)
        values = list(_json_values(text, path, lines=_suffix(path) in JSON[1:] or path == "-"))
    except InputError as error:
        yield Reading(stem, (), (str(error),))
        return
    if len(values) == 1 and isinstance(values[0][1], list) and any(is_cluster(v) for v in values[0][1]):
        values = [(i, v) for i, v in enumerate(values[0][1], 1)]
    elif len(values) > 1 and not any(is_cluster(v) or isinstance(v, list | InputError) for _, v in values):
        values = [(1, [v for _, v in values])]
    for number, value in values:
        yield _json_cluster(value, stem if len(values) == 1 else f"{stem}-{number}", notes)


def _json_cluster(value: Any, name: str, notes: Sequence[str]) -> Reading:
    try:
        if isinstance(value, InputError):
            raise value
        own, articles = cluster_of(value)
        name = own or name
        return Reading(name, tuple(as_articles(articles)), tuple(notes))
    except InputError as error:
        return Reading(name, (), (str(error),))


def _json_values(text: str, name: str, *, lines: bool) -> Iterator[tuple[int, Any]]:
    """The JSON values of a file with their numbers; a bad line of JSONL comes as its ``InputError``."""
    try:
        yield 1, _parsed(text, name)
        return
    except InputError:
        if not lines or "\n" not in text.strip():
            raise
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _parsed(line, f"{name}, line {number},")
            except InputError as error:
                yield number, error


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError(
            f"{name} is nested too deeply", hint="A cluster is an object with a list of articles."
        ) from error
    except ValueError as error:
        if not text.strip():
            raise InputError(f"{name} is empty", hint="Save the page again, or leave it out.") from error
        raise InputError(f"{name} is not valid JSON: {error}", hint="Check the file at that place.") from error


def _read_one(path: str, settings: Settings) -> tuple[str | None, list[Article], list[str]]:
    """What one file, link or stream holds: the cluster's id if it has one, its articles, and notes."""
    if _LINK.match(path):
        page = fetch(path, settings)
        text, note = decode(page.body, path, page.charset)
        notes = [note] if note else []
        if "html" not in page.kind and not looks_like_html(text):
            return None, [Article(text, url=page.url)], notes
        return None, [article_from_html(text, name=path, url=page.url)], notes
    text, notes = _text_of(path, settings)
    name = "standard input" if path == "-" else path
    kind = _suffix(path)
    if kind in JSON or (path == "-" and text.lstrip()[:1] in ("{", "[")):
        values = [value for _, value in _json_values(text, name, lines=kind != ".json")]
        return _one_cluster(values, name, notes)
    own = None if path == "-" else _stem(Path(path).name)
    if not text.strip():
        raise InputError(f"{name} is empty", hint="Give a page with text.")
    if kind in HTML or (path == "-" and looks_like_html(text)):
        return None, [replace(article_from_html(text, name=name), id=own)], notes
    _check_length(text, name, settings)
    return None, [Article(text, id=own)], notes


def _one_cluster(values: Sequence[Any], name: str, notes: list[str]) -> tuple[str | None, list[Article], list[str]]:
    notes = notes + [str(value) for value in values if isinstance(value, InputError)]
    good = [value for value in values if not isinstance(value, InputError)]
    if sum(is_cluster(value) for value in good) > 1 or any(
        isinstance(v, list) and any(is_cluster(x) for x in v) for v in good
    ):
        raise InputError(f"{name} holds several clusters", hint="Use `summarize batch` for many clusters.")
    own: str | None = None
    articles: list[Article] = []
    for value in good:
        name_of, some = cluster_of(value)
        own = own or name_of
        articles += some
    return own, articles, notes


def _text_of(path: str, settings: Settings) -> tuple[str, list[str]]:
    limit = settings.max_file_bytes
    if path == "-":
        data = read_bounded(sys.stdin.buffer, "standard input", limit)
        text, note = decode(data, "standard input")
        return text, [note] if note else []
    place = Path(path)
    if _suffix(place.name) not in TEXT + HTML + JSON and place.suffix not in ("", *_PACKED):
        raise InputError(f"{path}: {place.suffix} files cannot be read", hint=_KINDS)
    try:
        with place.open("rb") as file:
            data = read_bounded(opened(file, place.name), path, limit)
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist", hint=_KINDS) from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise InputError(f"{path[:200]!r} cannot be read: {told}", hint=_KINDS) from error
    text, note = decode(data, path)
    return text, [note] if note else []


def _check_length(text: str, name: str, settings: Settings) -> None:
    if len(text) > settings.max_article_chars:
        raise InputError(
            f"{name} has {len(text):,} characters, more than {settings.max_article_chars:,}",
            hint="One article a file; or raise max_article_chars.",
        )


def _expanded(paths: Sequence[str], problems: list[str]) -> Iterator[str]:
    """The paths with every folder replaced by its readable files; one that holds none is added to the problems."""
    for path in paths:
        place = Path(path)
        if path == "-" or _LINK.match(path) or not _is_folder(place):
            yield path
            continue
        readable = [p for p in sorted(place.iterdir()) if p.is_file() and _suffix(p.name) in TEXT + HTML + JSON]
        if not readable:
            problems.append(f"the folder {path} holds no article")
        yield from map(str, readable)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):  # a name too long for the system, or with a NUL in it
        return False


def _suffix(name: str) -> str:
    """The suffix that tells the format, below a compression's."""
    place = Path(name)
    return Path(place.stem).suffix.lower() if place.suffix.lower() in _PACKED else place.suffix.lower()


def _stem(name: str) -> str:
    place = Path(name)
    return Path(place.stem).stem if place.suffix.lower() in _PACKED else place.stem


def _cluster_id(paths: Sequence[str], names: Sequence[str]) -> str:
    """The clusters' own id, else the name of the folder or file, else one made from the names of all files."""
    if len(set(names)) == 1:
        return names[0]
    if len(paths) == 1:
        place = Path(paths[0])
        return "stdin" if paths[0] == "-" else _stem(place.resolve().name) or "cluster"
    parents = {Path(path).resolve().parent for path in paths if path != "-" and not _LINK.match(path)}
    if len(parents) == 1 and (only := parents.pop().name):
        return only
    return "cluster-" + hashlib.sha256("\n".join(sorted(paths)).encode()).hexdigest()[:8]
