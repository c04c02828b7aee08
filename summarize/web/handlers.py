"""What happens on each click: plain functions from the fields' values to the fields' values."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

from summarize.errors import InputError, SummarizeError
from summarize.reading.formats import article_of
from summarize.reading.read import Reading
from summarize.render.html import environment
from summarize.types import Article, Summary
from summarize.web import desk
from summarize.web.examples import Example
from summarize.web.limits import BOXES, MOST_CHARS, MOST_WORDS
from summarize.web.report import TEMPLATES, report, restorable
from summarize.web.work import STEPS, Order, Runs, StoppedError, fulfil, is_busy, steps, toggled

RUNS = Runs()
_log = logging.getLogger(__name__)
_loaded = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the visitor looks at."""

    order: Order
    summary: Summary


Update = dict[str, Any]
_OPEN: Update = gr.update(open=True)
_FOLDED: Update = gr.update(open=False)


def fragment(name: str, **values: Any) -> str:
    """One of the small templates."""
    return environment(TEMPLATES).get_template(f"{name}.html.j2").render(values)


# ------------------------------------------------------------------------------------------------------- the summary


def summarise(
    request: gr.Request,
    words: int,
    support: int,
    writer: str,
    tray: list[Article],
    chosen: list[str],
    shown: Shown | None,
    *fields: str | None,
) -> Iterator[list[Any]]:
    """The report on all that is on the desk, with what the visitor sees until it is there."""
    try:
        loose = [article for i, article in enumerate(tray) if str(i) in chosen]
        articles = desk.checked([*desk.pasted(desk.boxes_of(fields)), *loose])
    except SummarizeError as error:
        yield [trouble(error), shown, *_buttons(working=False), _OPEN]
        return
    yield from _run(_visitor(request), Order(tuple(articles), words, support, writer or None), shown)


def restore(request: gr.Request, event: gr.EventData, shown: Shown | None) -> Iterator[list[Any]]:
    """The report made anew with a stretch put back, or set aside again."""
    key = getattr(event, "keep", None)
    span = restorable(key, shown.summary, shown.order.keep) if shown and isinstance(key, str) else None
    if not shown or span is None:
        yield [gr.skip()] * 5
        return
    yield from _run(_visitor(request), replace(shown.order, keep=toggled(shown.order.keep, span)), shown)


def _run(visitor: str, order: Order, shown: Shown | None) -> Iterator[list[Any]]:
    global _loaded
    stop = RUNS.begin(visitor)
    told = "Others are before you; this starts when they are done." if is_busy() else ""
    told = told or ("" if _loaded else "Only the first time: about ten seconds.")
    working = partial(fragment, "working", articles=len(order.articles), steps=[name for name, _ in STEPS], told=told)
    busy = [shown, *_buttons(working=True)]
    yield [working(done=0), *busy, _FOLDED]
    try:
        under_way = steps(partial(fulfil, order), stop)
        while True:
            try:
                yield [working(done=next(under_way)), *busy, gr.skip()]
            except StopIteration as end:
                shown = Shown(order, end.value)
                break
        _loaded = True
        yield [_report(shown), shown, *_buttons(working=False), _FOLDED]
    except StoppedError:
        page = _report(shown) if shown else fragment("empty", stopped=True)
        yield [page, shown, *_buttons(working=False), gr.skip() if shown else _OPEN]
    except Exception as error:
        yield [trouble(error), shown, *_buttons(working=False), _OPEN]


def _report(shown: Shown) -> str:
    return report(shown.summary, shown.order.articles, shown.order.keep)


def _buttons(*, working: bool) -> list[Update]:
    """Of the button that starts and the one that stops."""
    return [gr.update(interactive=not working), gr.update(visible=working)]


def stop(request: gr.Request) -> None:
    """Stop the visitor's run: on a click, or because the page was closed."""
    RUNS.stop(_visitor(request))


def _visitor(request: gr.Request) -> str:
    return request.session_hash or ""


def trouble(error: Exception) -> str:
    """An error as a person understands it; what is no fault of the articles is logged."""
    if isinstance(error, SummarizeError):
        title = "This cannot be summarised yet" if isinstance(error, InputError) else "The summary could not be made"
        return fragment("trouble", title=title, message=_sentence(error), hint=error.hint)
    _log.error("a summary failed", exc_info=error)
    hint = "The articles are still on the desk. Try again; if it happens twice, leave out the article you added last."
    return fragment("trouble", title="Something went wrong here", message="The fault is not yours.", hint=hint)


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------------------------------------------------- the desk


def add(count: int, *fields: str | None) -> list[Any]:
    """One more box, opened."""
    count = min(count + 1, BOXES)
    return [count, *_accordions(desk.boxes_of(fields), count, open_at=count - 1)]


def remove(number: int, count: int, *fields: str | None) -> list[Any]:
    """Without box ``number``; those below it move up."""
    boxes = desk.boxes_of(fields)
    del boxes[number]
    count = max(count - 1, 1)
    return [count, *desk.values_of(boxes), *_accordions(boxes, count)]


def load(example: Example) -> list[Any]:
    """An example on an otherwise empty desk."""
    boxes = example.boxes()
    count = len(boxes)
    return [count, *desk.values_of(boxes), *_accordions(boxes, count, fold=True), [], _choices([], [])]


def describe(count: int, *fields: str | None) -> list[Update]:
    """What is detected of each box, on its lid."""
    return _accordions(desk.boxes_of(fields), count)


def _accordions(
    boxes: Sequence[desk.Box], count: int, *, open_at: int | None = None, fold: bool = False
) -> list[Update]:
    """A lid for each box: one may be opened, all may be closed, and else they stay as they are."""
    short = [box if len(box.text) <= MOST_CHARS else desk.Box() for box in boxes]
    told = iter(desk.detected(desk.pasted(short)))
    lids = []
    for i in range(BOXES):
        box = boxes[i] if i < len(boxes) else desk.Box()
        text = "empty" if not box.text.strip() else "too long" if len(box.text) > MOST_CHARS else next(told)
        lid: Update = {"label": f"Article {i + 1}: {text}", "visible": i < count}
        if fold or i == open_at:
            lid["open"] = i == open_at
        lids.append(gr.update(**lid))
    return lids


def upload(paths: list[str] | None, tray: list[Article], chosen: list[str]) -> list[Any]:
    """Files into the tray; the files are gone from the disk then."""
    return _into_tray(partial(desk.from_files, paths or []), tray, chosen) if paths else [gr.skip()] * 3


def follow(links: str, tray: list[Article], chosen: list[str]) -> list[Any]:
    """Pages behind links into the tray."""
    changed = _into_tray(partial(desk.from_links, links or ""), tray, chosen)
    return ["" if changed[0] != tray else links, *changed]


def _into_tray(read: partial[Reading], tray: list[Article], chosen: list[str]) -> list[Any]:
    try:
        reading = read()
        more = [replace(article, id=None) for article in reading.articles]
        desk.checked([*tray, *more])
    except SummarizeError as error:
        return [tray, gr.skip(), fragment("note", sentences=[_sentence(error), error.hint], wrong=True)]
    everything = [*tray, *more]
    chosen = [*chosen, *(str(i) for i in range(len(tray), len(everything)))]
    told = [f"{len(more)} {'article was' if len(more) == 1 else 'articles were'} added", *reading.problems]
    return [everything, _choices(everything, chosen), fragment("note", sentences=told, wrong=bool(reading.problems))]


def _choices(tray: list[Article], chosen: list[str]) -> Update:
    names = [" ".join((article.title or article.text).split())[:70] for article in tray]
    told = desk.detected(tray)
    choices = [(f"{name} ({known})", str(i)) for i, (name, known) in enumerate(zip(names, told, strict=True))]
    return gr.update(choices=choices, value=chosen, visible=bool(tray))


# ------------------------------------------------------------------------------------------------------ the endpoint


def summarize_articles(articles: list[dict[str, Any]], max_words: int = 120, min_support: int = 2) -> dict[str, Any]:
    """The Summary JSON of articles about one event.

    Each article is an object with a ``text`` and, where known, ``outlet``, ``published``, ``title``, ``url`` and ``id``.
    """
    try:
        if not isinstance(articles, list):
            raise InputError("articles must be a list", hint='Give [{"text": "..."}, ...].')
        known = desk.checked([article_of(article) for article in articles])
        for name, value in (("max_words", max_words), ("min_support", min_support)):
            if not isinstance(value, int) or not 1 <= value <= MOST_WORDS:
                raise InputError(f"{name} must be a whole number from 1 to {MOST_WORDS}", hint="Leave it out.")
        return fulfil(Order(tuple(known), max_words, min_support)).to_dict()
    except SummarizeError as error:
        raise gr.Error(f"{_sentence(error)}. {error.hint}", print_exception=False) from error
