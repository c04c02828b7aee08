"""The shapes in which clusters come as JSON: ours, Multi-News, WCEP-10, and ``docs``/``refs``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summarize.errors import InputError
from summarize.types import Article

SEPARATOR = "|||||"
"""Stands between the articles of a Multi-News ``document``."""
_LISTS = ("articles", "docs", "documents", "document", "sources")
_KEYS = {
    "text": ("text", "maintext", "body", "content", "article"),
    "id": ("id", "_id", "doc_id"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site_name", "sitename", "domain", "source_domain"),
    "url": ("url", "link"),
    "published": ("published", "date", "published_at", "date_publish", "publishedAt", "time", "datetime"),
}
_SHAPES = 'Give {"articles": [{"text": "..."}]}, {"docs": [...]}, or {"document": "one ||||| two"}.'


def is_cluster(data: Any) -> bool:
    """Whether a JSON value has one of the shapes of a cluster."""
    if not isinstance(data, Mapping) or _first(data, _KEYS["text"]):
        return False
    return any(isinstance(data.get(key), list | str) for key in _LISTS)


def cluster_of(data: Any) -> tuple[str | None, list[Article]]:
    """The id and articles of a cluster's JSON; a single article, or a list of them, is a cluster too.

    Raises:
        InputError: the value has none of the known shapes.
    """
    if isinstance(data, list):
        return None, [article_of(item) for item in data]
    if not isinstance(data, Mapping):
        return None, [article_of(data)]
    if _first(data, _KEYS["text"]):  # an article that also lists its "sources"
        return None, [article_of(data)]
    for key in _LISTS:
        if isinstance(data.get(key), list | str):
            name = data.get("id")
            items = data[key]
            listed = _documents(items) if isinstance(items, str) else items
            return (str(name) if isinstance(name, str | int) else None), [article_of(item) for item in listed]
    return None, [article_of(data)]


def _documents(joined: str) -> list[str]:
    return [part for part in (piece.strip() for piece in joined.split(SEPARATOR)) if part]


def article_of(data: Any) -> Article:
    """An article from a plain string or an object with a ``text``.

    Raises:
        InputError: it is neither.
    """
    if isinstance(data, Article):
        return data
    if isinstance(data, str):
        return Article(text=data)
    if not isinstance(data, Mapping):
        raise InputError(f"an article cannot be {_named(data)}", hint=_SHAPES)
    text = _first(data, _KEYS["text"])
    if text is None:
        keys = ", ".join(sorted(str(key) for key in data)[:8]) or "none"
        raise InputError(f"an article has no text (its keys: {keys})", hint=_SHAPES)
    found = {field: _first(data, keys) for field, keys in _KEYS.items()}
    return Article(text, found["id"], found["title"], found["outlet"], found["url"], found["published"])


def _first(data: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    for key in keys:
        value = data.get(key)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, int | float) and not isinstance(value, bool) and key != "text":
            value = str(value)
        if isinstance(value, str) and (value.strip() or key == "text"):
            return value
    return None


def _named(value: Any) -> str:
    return {list: "a list", type(None): "null", bool: "true or false", int: "a number", float: "a number"}.get(
        type(value), "of this type"
    )
