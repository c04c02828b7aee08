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
from summarize.web.limits import AT_ONCE, BOXES, MOST_CHARS, MOST_WORDS
from summarize.web.report import TEMPLATES, report, restorable
from summarize.web.work import STEPS, Order, Runs, StoppedError, fulfil, is_busy, steps, still_there, toggled

RUNS = Runs()
_log = logging.getLogger(__name__)
_loaded = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the visitor looks at."""

    order: Order
    summary: Summary


@dataclass(frozen=True, slots=True)
class Past:
    """What lay on the desk before an example was loaded."""

    example: frozenset[str] = frozenset()
    """The texts of the example, which need no keeping."""
    boxes: tuple[desk.Box, ...] = ()
    tray: tuple[Article, ...] = ()
    chosen: tuple[str, ...] = ()


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
        articles = desk.ordered(desk.boxes_of(fields), loose)
    except SummarizeError as error:
        yield [trouble(error) + _earlier(shown), shown, *_buttons(working=False), _OPEN]
        return
    keep = still_there(shown.order, articles) if shown else ()
    yield from _run(_visitor(request), Order(tuple(articles), words, support, writer or None, keep), shown)


def ask(request: gr.Request) -> Any:
    """What a visitor sees at once where all who may work at a time are at work."""
    return fragment("waiting") if RUNS.others(_visitor(request)) >= AT_ONCE else gr.skip()


def restore(
    request: gr.Request, event: gr.EventData, words: int, support: int, writer: str, shown: Shown | None
) -> Iterator[list[Any]]:
    """The report made anew with a stretch put back, or set aside again."""
    key = getattr(event, "keep", None)
    span = restorable(key, shown.summary, shown.order.keep) if shown and isinstance(key, str) else None
    if not shown or span is None:
        yield [gr.skip()] * 5
        return
    keep = toggled(shown.order.keep, span)
    order = replace(shown.order, max_words=words, min_support=support, writer=writer or None, keep=keep)
    yield from _run(_visitor(request), order, shown, str(key))


def _run(visitor: str, order: Order, shown: Shown | None, changed: str = "") -> Iterator[list[Any]]:
    """``changed`` is the key of the stretch that was put back or set aside."""
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
        yield [_report(shown, changed=changed), shown, *_buttons(working=False), _FOLDED]
    except StoppedError:
        page = _report(shown, note="Stopped. This is the summary made before.") if shown else ""
        yield [page or fragment("empty", stopped=True), shown, *_buttons(working=False), gr.skip() if shown else _OPEN]
    except Exception as error:
        yield [trouble(error) + _earlier(shown), shown, *_buttons(working=False), _OPEN]
    finally:
        RUNS.end(visitor, stop)


def _report(shown: Shown, *, note: str = "", changed: str = "") -> str:
    return report(shown.summary, shown.order.articles, shown.order.keep, note=note, changed=changed)


def _earlier(shown: Shown | None) -> str:
    """The report that was there before something went wrong, below the message."""
    return _report(shown, note="This is the summary made before.") if shown else ""


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
    first = text.partition(" ")[0]
    is_name = "." in first or "_" in first  # of a file, a host, a field: as it is
    return text if is_name else text[:1].upper() + text[1:]


# ---------------------------------------------------------------------------------------------------------- the desk


def add(count: int, *fields: str | None) -> list[Any]:
    """One more box, opened; the button goes with the last one."""
    count = min(count + 1, BOXES)
    return [count, _more(count), *_accordions(desk.boxes_of(fields), count, open_at=count - 1)]


def remove(number: int, count: int, *fields: str | None) -> list[Any]:
    """Without box ``number``; those below it move up."""
    boxes = desk.boxes_of(fields)
    del boxes[number]
    count = max(count - 1, 1)
    return [count, _more(count), *desk.values_of(boxes), *_accordions(boxes, count)]


def load(example: Example, past: Past, tray: list[Article], chosen: list[str], *fields: str | None) -> list[Any]:
    """An example on an otherwise empty desk; what lay there can be brought back."""
    boxes = [box for box in desk.boxes_of(fields) if box != desk.Box()]
    own = bool(tray) or any(box.text not in past.example for box in boxes)
    new = example.boxes()
    texts = frozenset(box.text for box in new)
    kept = Past(texts, tuple(boxes), tuple(tray), tuple(chosen)) if own else replace(past, example=texts)
    return [kept, gr.update(visible=bool(kept.boxes or kept.tray)), *_laid(new, [], [], fold=True)]


def bring_back(past: Past) -> list[Any]:
    """The desk as it was before an example was loaded."""
    return [Past(), gr.update(visible=False), *_laid(past.boxes, past.tray, past.chosen)]


def _laid(
    boxes: Sequence[desk.Box], tray: Sequence[Article], chosen: Sequence[str], *, fold: bool = False
) -> list[Any]:
    """All fields of the desk."""
    count = max(1, len(boxes))
    lids = _accordions(boxes, count, fold=fold)
    return [count, _more(count), *desk.values_of(boxes), *lids, *_tray(tray, chosen)]


def _more(count: int) -> Update:
    return gr.update(interactive=count < BOXES)


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
    return _into_tray(partial(desk.from_files, paths or []), tray, chosen) if paths else [gr.skip()] * 4


def follow(links: str, tray: list[Article], chosen: list[str]) -> list[Any]:
    """Pages behind links into the tray."""
    changed = _into_tray(partial(desk.from_links, links or ""), tray, chosen)
    return ["" if changed[0] != tray else links, *changed]


def clear() -> list[Any]:
    """Nothing left in the tray."""
    return [*_tray([], []), fragment("note", sentences=["The list is empty"], wrong=False)]


def _into_tray(read: partial[Reading], tray: list[Article], chosen: list[str]) -> list[Any]:
    try:
        reading = read()
        known = {article.text for article in tray}
        more = [replace(article, id=None) for article in reading.articles if article.text not in known]
        desk.checked([*tray, *more])
    except SummarizeError as error:
        return [tray, gr.skip(), gr.skip(), fragment("note", sentences=[_sentence(error), error.hint], wrong=True)]
    again = len(reading.articles) - len(more)
    everything = [*tray, *more]
    chosen = [*chosen, *(str(i) for i in range(len(tray), len(everything)))]
    told = [
        *_added(len(more), len(everything)),
        *([f"{again} of them {_WERE[again != 1]} there already"] * bool(again)),
    ]
    note = fragment("note", sentences=[*told, *reading.problems], wrong=bool(reading.problems))
    return [*_tray(everything, chosen), note]


_WERE = ("was", "were")


def _added(more: int, all_told: int) -> list[str]:
    """How many articles came, and how many there are now: so that two notes in a row are never the same."""
    return [f"{more} {'article' if more == 1 else 'articles'} {_WERE[more != 1]} added, {all_told} in the list"]


def _tray(tray: Sequence[Article], chosen: Sequence[str]) -> list[Any]:
    """The tray, its ticks and the button that empties it."""
    choices = [(known, str(i)) for i, known in enumerate(desk.detected(tray))]
    shown = gr.update(choices=choices, value=list(chosen), visible=bool(tray))
    return [list(tray), shown, gr.update(visible=bool(tray))]


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
