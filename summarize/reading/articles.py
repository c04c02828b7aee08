"""What a caller hands over, as articles: checked, and each with an id that the order of the list does not change."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from summarize.errors import InputError
from summarize.reading.decode import check_text
from summarize.reading.formats import article_of
from summarize.types import Article

_FIELDS = ("text", "id", "title", "outlet", "url", "published")


def as_articles(items: Sequence[Article | Mapping[str, Any] | str]) -> list[Article]:
    """Articles from what a caller gave, in its order, each with an id of its own that no order changes.

    Raises:
        InputError: the list is empty, or an item is no article or no text.
    """
    if isinstance(items, str | Mapping | Article) or not isinstance(items, Sequence):
        raise InputError("articles must be a list", hint='Call summarize(["text of one page", ...]).')
    if not items:
        raise InputError("no articles given", hint="Give at least one article; two or more show what sources agree on.")
    articles = [_checked(article_of(item), number) for number, item in enumerate(items, 1)]
    return [replace(article, id=name) for article, name in zip(articles, _ids(articles), strict=True)]


def _ids(articles: Sequence[Article]) -> list[str]:
    """An id for each: its own, else one made from its text; the further ones of one id are numbered by content."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, article in enumerate(articles):
        groups[article.id or "a" + hashlib.sha256(article.text.encode()).hexdigest()[:8]].append(i)
    taken = set(groups)
    ids = [""] * len(articles)
    for base in sorted(groups):
        first, *others = sorted(groups[base], key=lambda i: _content(articles[i]))
        ids[first] = base
        for i in others:
            ids[i] = next(name for number in count(2) if (name := f"{base}-{number}") not in taken)
            taken.add(ids[i])
    return ids


def _content(article: Article) -> tuple[str, ...]:
    return tuple(str(getattr(article, field) or "") for field in _FIELDS)


def _checked(article: Article, number: int) -> Article:
    name = article.id if isinstance(article.id, str) and article.id else f"article {number}"
    for field in _FIELDS:
        value = getattr(article, field)
        if not isinstance(value, str) and (field == "text" or value is not None):
            raise InputError(
                f"{name}: {field} must be a string, not {type(value).__name__}", hint="See the class Article."
            )
        if value:
            check_text(value, name)
    return article
