"""A saved HTML page into an article, with what its metadata tell (trafilatura does the reading)."""

from __future__ import annotations

from dataclasses import replace

from summarize.errors import InputError
from summarize.types import Article


def looks_like_html(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or ("<head" in head and "<" in head[:1])


def article_from_html(html: str, *, name: str, url: str | None = None) -> Article:
    """The article of a page; its text is the extracted text, title, outlet, address and date come from metadata.

    Raises:
        InputError: the page holds no article that can be found.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{name} is HTML that cannot be read: {error}", hint="Give the page's text.") from error
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise InputError(f"no article found in the page {name}", hint="Give the page's text instead of its HTML.")
    article = Article(found.text or "", title=found.title, url=found.url or url, published=found.date, extracted=True)
    return replace(article, outlet=found.sitename or found.hostname)
