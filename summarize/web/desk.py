"""What a reader lays on the desk: pasted boxes, files and links, as articles; and what the pages tell of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarize.errors import InputError
from summarize.reading.articles import as_articles
from summarize.reading.clean import clean
from summarize.reading.published import parse_day
from summarize.reading.read import Reading, read_cluster
from summarize.render.view import plain
from summarize.types import Article, Origin, Page
from summarize.web.limits import (
    BOXES,
    MOST_ARTICLES,
    MOST_CHARS,
    MOST_CHARS_IN_ALL,
    MOST_LINKS,
    MOST_OUTLET,
    READING,
)

_NAMED = 60
"""Characters of a title or of first words by which an article is known on the desk."""
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_TOLD: dict[Origin, str] = {
    "page": "read from the page",
    "link": "read from its address",
    "cluster": "worked out from the other articles",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One box: the text that was pasted, and outlet and date where the reader gave them."""

    text: str = ""
    outlet: str = ""
    day: str = ""


def boxes_of(values: Sequence[str | None]) -> list[Box]:
    """Boxes from the flat values of their fields: text, outlet, date, and so on."""
    filled = [value or "" for value in values]
    return [Box(*filled[i : i + 3]) for i in range(0, len(filled), 3)]


def values_of(boxes: Sequence[Box]) -> list[str]:
    """Inverse of ``boxes_of``, filled up with empty boxes."""
    padded = [*boxes, *[Box()] * (BOXES - len(boxes))]
    return [value for box in padded for value in (box.text, box.outlet, box.day)]


def pasted(boxes: Sequence[Box]) -> list[Article]:
    """The articles of the boxes that are not empty."""
    return [
        Article(box.text, outlet=box.outlet.strip()[:MOST_OUTLET] or None, published=box.day.strip() or None)
        for box in boxes
        if box.text.strip()
    ]


def ordered(boxes: Sequence[Box], loose: Sequence[Article]) -> list[Article]:
    """All articles of a summary, with ids that number them as they lie on the desk: the boxes', then those of the tray.

    Raises:
        InputError: as ``checked`` does, or a date is none that is understood.
    """
    for number, box in enumerate(boxes, 1):
        if box.text.strip() and not is_day(box.day):
            raise InputError(
                f"The date of article {number}, “{plain(box.day.strip())[:40]}”, is not understood", hint=_DAY_HINT
            )
    return checked([replace(article, id=f"{n:02d}") for n, article in enumerate([*pasted(boxes), *loose], 1)])


def is_day(text: str) -> bool:
    """Whether a field for a date is empty or holds one."""
    return not text.strip() or parse_day(text) is not None


_DAY_HINT = "Write it as 2026-03-14 or 14 March 2026, or leave it out."


def checked(articles: Sequence[Article]) -> list[Article]:
    """The articles, each with its id, if they are no more than one summary may hold.

    Raises:
        InputError: there is none, or they are too many or too long.
    """
    if not articles:
        raise InputError(
            "There is no article yet",
            hint="Paste at least one, or start with an example. Two or more show what sources agree on.",
        )
    if len(articles) > MOST_ARTICLES:
        raise InputError(
            f"These are {len(articles)} articles, more than {MOST_ARTICLES}",
            hint="Leave out some, or use the command line.",
        )
    for number, article in enumerate(articles, 1):
        if isinstance(article.text, str) and len(article.text) > MOST_CHARS:
            raise InputError(
                f"Article {number} has {len(article.text):,} characters, more than {MOST_CHARS:,}",
                hint="A long news page has about 40,000. Paste the article alone.",
            )
    if sum(len(article.text) for article in articles if isinstance(article.text, str)) > MOST_CHARS_IN_ALL:
        raise InputError("The articles are too long together", hint=f"Keep them to {MOST_CHARS_IN_ALL:,} characters.")
    return as_articles(articles)


def from_files(paths: Sequence[str]) -> Reading:
    """The articles of uploaded files, which are removed from the disk at once, read or not.

    Raises:
        InputError: nothing of them can be read.
    """
    names = {path: Path(path).name for path in paths}
    try:
        reading = read_cluster(list(paths), READING)
    except InputError as error:
        raise InputError(_without_folders(str(error), names), hint=_SAVED) from error
    finally:
        for path in paths:
            Path(path).unlink(missing_ok=True)
    return replace(reading, problems=tuple(_without_folders(problem, names) for problem in reading.problems))


_SAVED = "Save the page as .txt or .html, or give .json or .jsonl with one event, and try again."


def _without_folders(message: str, names: dict[str, str]) -> str:
    for path, name in names.items():
        message = message.replace(path, name)
    return message


def from_links(text: str) -> Reading:
    """The articles behind the links in ``text``, one a line.

    Raises:
        InputError: a line is no http or https link, or nothing behind the links can be read.
    """
    links = list(dict.fromkeys(text.split()))
    if not links:
        raise InputError("There is no link yet", hint="Paste one or more, each on a line of its own.")
    if len(links) > MOST_LINKS:
        raise InputError(f"These are {len(links)} links, more than {MOST_LINKS}", hint="Fetch them in turns.")
    for link in links:
        if not _LINK.fullmatch(link):
            raise InputError(
                f"“{link[:80]}” is not a link to a web page", hint="Links begin with http:// or https:// here."
            )
    try:
        return read_cluster(links, READING)
    except InputError as error:
        hint = "Only pages on the public internet are fetched. If one does not open here, copy its text into a box."
        raise InputError(str(error), hint=hint) from error


def detected(articles: Sequence[Article]) -> list[str]:
    """For each article a line on what is known of it: title or first words, outlet, date, length, and where that is from."""
    if not articles:
        return []
    known = [replace(article, id=str(i)) for i, article in enumerate(articles)]
    try:
        pages = clean(as_articles(known), READING)
    except InputError:
        return ["not readable as text" for _ in articles]
    return [_known(page, article) for page, article in zip(pages, articles, strict=True)]


def _known(page: Page, article: Article) -> str:
    words = sum(len(page.text[span.start : span.end].split()) for span in page.kept)
    day = page.published.isoformat() + _whence(page.published_from) if page.published else "no date"
    told = [
        _shortened(page.title or page.text[page.kept[0].start :] if page.kept else page.text),
        plain(page.outlet) + _whence(page.outlet_from) if page.outlet else "outlet not named",
        day if is_day(article.published or "") else "the date is not understood",
        f"{words:,} words of article",
    ]
    return " · ".join(told)


def _shortened(text: str) -> str:
    """The beginning of a text, up to whole words."""
    line = plain(" ".join(text[: 4 * _NAMED].split()))
    return line if len(line) <= _NAMED else line[:_NAMED].rsplit(" ", 1)[0] + " …"


def _whence(origin: Origin) -> str:
    return f" ({_TOLD[origin]})" if origin in _TOLD else ""
