"""A run of the pipeline that tells how far it is and can be stopped between two stages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from summarize.pipeline import Trace, summarize
from summarize.settings import Settings
from summarize.types import Article, Span, Summary

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Loading the language models", ("load",)),
    ("Taking menus, adverts and teasers out of the pages", ("clean", "split")),
    ("Finding which pages report the event, and which are copies", ("embed", "relevance", "sources")),
    ("Working out what each source says", ("parse", "claims", "embed claims", "align")),
    ("Weighing what they agree and disagree on", ("supersede", "discrepancies", "facts", "quotes")),
    ("Writing, and checking every sentence against the sources", ("write",)),
)
"""What a reader is told, and the pipeline's stages that it stands for."""
NO_MODEL = "none"
"""The writer that stands for: the sources' own sentences, no model."""
_ONE_AT_A_TIME = threading.Lock()
_PATIENCE = 0.2
"""Seconds after which a wait looks whether it was stopped."""


class StoppedError(Exception):
    """The reader asked for a stop, or went away."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be summarised, and how."""

    articles: tuple[Article, ...]
    max_words: int = 120
    min_support: int = 2
    writer: str | None = None
    """As ``model`` of ``summarize()``, or ``NO_MODEL``."""
    keep: tuple[Span, ...] = ()


def fulfil(order: Order, trace: Trace | None = None) -> Summary:
    """The summary; there is one set of models, and so one run at a time."""
    with _ONE_AT_A_TIME:
        return summarize(
            order.articles,
            max_words=order.max_words,
            min_support=order.min_support,
            model=None if order.writer == NO_MODEL else order.writer,
            settings=replace(Settings(), model_writes=order.writer != NO_MODEL),
            keep=order.keep,
            trace=trace,
        )


def is_busy() -> bool:
    """Whether a run would have to wait for another."""
    return _ONE_AT_A_TIME.locked()


def steps(task: Callable[[Trace], Summary], stop: threading.Event) -> Generator[int, None, Summary]:
    """How many of ``STEPS`` are done, each time that one is; then the summary.

    Raises:
        StoppedError: ``stop`` was set; the work ends with the stage that it is in.
    """
    told: SimpleQueue[str] = SimpleQueue()
    result: Future[Summary] = Future()

    def trace(stage: str, _seconds: float) -> None:
        if stop.is_set():
            raise StoppedError
        told.put(stage)

    def work() -> None:
        try:
            result.set_result(task(trace))
        except BaseException as error:
            result.set_exception(error)
        told.put("")  # so that nobody waits for the end

    threading.Thread(target=work, daemon=True).start()
    try:
        yield from _counted(told, result, stop)
    finally:
        stop.set()
    return result.result()


def _counted(told: SimpleQueue[str], result: Future[Summary], stop: threading.Event) -> Generator[int, None, None]:
    last = {stages[-1]: number for number, (_, stages) in enumerate(STEPS, 1)}
    while not (result.done() and told.empty()):
        if stop.is_set():
            raise StoppedError
        with suppress(Empty):
            stage = told.get(timeout=_PATIENCE)
            if stage in last:
                yield last[stage]


class Runs:
    """The run of each visitor, so that it can be stopped: a new one takes the place of the one before."""

    def __init__(self) -> None:
        self._stops: dict[str, threading.Event] = {}

    def begin(self, visitor: str) -> threading.Event:
        """The switch of a new run."""
        self.stop(visitor)
        stop = self._stops[visitor] = threading.Event()
        return stop

    def end(self, visitor: str, stop: threading.Event) -> None:
        """The run whose switch this is has ended."""
        if self._stops.get(visitor) is stop:
            del self._stops[visitor]

    def others(self, visitor: str) -> int:
        """How many other visitors' runs are under way."""
        return len(self._stops.keys() - {visitor})

    def stop(self, visitor: str) -> None:
        """Stop the visitor's run, if there is one."""
        if stop := self._stops.pop(visitor, None):
            stop.set()


def still_there(order: Order, articles: Sequence[Article]) -> tuple[Span, ...]:
    """The stretches of an earlier order that were put back, of the articles that are the same now."""
    texts = {article.id: article.text for article in order.articles}
    same = {article.id for article in articles if texts.get(article.id) == article.text}
    return tuple(span for span in order.keep if span.article in same)


def toggled(keep: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """``keep`` with ``span``, or without it if it was there."""
    return tuple(sorted(set(keep) ^ {span}))
