"""Runs: each cluster through a system, then its figures. Clusters run in parallel, in processes with a limit on memory."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from eval import statistics
from eval.data import DataSet, Item, load
from eval.memory import Stages
from eval.metrics.base import Metric, Task
from eval.metrics.judge import Nli
from eval.metrics.registry import Segment, metrics, protocol, segment
from eval.signature import Signature, Value, digest_json
from eval.store import FAILED, Output, Run, write_references
from eval.systems.base import System, Written
from eval.systems.names import system
from summarize.errors import GenerationError, ModelUnavailableError, SettingsError, SummarizeError
from summarize.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is done, how many are, and of how many."""


@dataclass(frozen=True, slots=True)
class Options:
    """How runs are made; the same for all of a command."""

    limit: int | None = None
    max_words: int | None = None
    """Words of a summary; the data set's own length where ``None``."""
    model: str | None = None
    settings: Settings = field(default_factory=Settings)
    nli: str | None = None
    workers: int = 1
    memory_mb: int | None = None
    """Most data a process may allocate, in 10^6 bytes; a cluster that needs more is counted as failed."""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """One cluster for one system, as it is handed to a process."""

    system: System
    item: Item
    task: Task


@dataclass(frozen=True, slots=True)
class _Measured:
    """One output to be measured."""

    output: Output
    item: Item
    task: Task
    nli: str | None


_Work = TypeVar("_Work", _Job, _Measured)
_Made = TypeVar("_Made")


def run(data: str, names: Sequence[str], results: Path, options: Options, progress: Progress) -> list[Run]:
    """Each system on the data set, into folders below ``results``; what is there already stays.

    Raises:
        InputError: the data cannot be read, a system has no such name, or a folder holds another run.
        SummarizeError: a metric's library is missing, or a process died.
    """
    whole = load(data)
    chosen, task = whole.limited(options.limit), Task(options.max_words or whole.max_words, whole.measure)
    systems = [system(name, model=options.model, settings=options.settings) for name in names]
    write_references(results, whole.name, {item.id: item.references for item in chosen.items})
    problems = Counter(problem for item in chosen.items for problem in item.problems)
    asked = {"data": data, "limit": options.limit, "nli": options.nli, "problems": problems}
    done = []
    for each in systems:
        place = Run.at(results, whole.name, each.name)
        if options.fresh:
            place.clear()
        signature = Signature(_protocol(chosen, task, options.nli), each.signature())
        place.begin(signature, asked)
        _write(place, each, chosen, task, options, progress)
        _score(place, chosen, task, options, progress)
        done.append(place)
    return done


def rescore(place: Run, progress: Progress) -> None:
    """Take the figures of a run's outputs anew, by the metrics as they are now; its data must still be there."""
    old, asked = place.signature, place.asked
    whole = load(asked["data"])
    chosen, options = whole.limited(asked["limit"]), Options(nli=asked["nli"])
    task = Task(int(old.protocol["words"] or whole.max_words), whole.measure)
    place.begin(Signature(_protocol(chosen, task, options.nli), old.system), asked)
    _score(place, chosen, task, options, progress)


def _rules(task: Task, nli: str | None) -> dict[str, Value]:
    return protocol(_metrics(nli), task)


def _protocol(data: DataSet, task: Task, nli: str | None) -> dict[str, Value]:
    return {**data.protocol(), **_rules(task, nli), **statistics.protocol()}


def _write(place: Run, each: System, data: DataSet, task: Task, options: Options, progress: Progress) -> None:
    """Outputs for the clusters that have none; errors are tried again, and those of a wider limit are kept."""
    have = {key: output for key, output in place.outputs().items() if output.error is None}
    place.keep(have.values())
    todo = [_Job(each, item, task) for item in data.items if item.id not in have]
    for done, output in enumerate(_mapped(_output, todo, options), len(data.items) - len(todo) + 1):
        place.append(output)
        progress(f"{data.name} {each.name}", done, len(data.items))
    place.keep(sorted(place.outputs().values(), key=lambda output: output.id))


def _score(place: Run, data: DataSet, task: Task, options: Options, progress: Progress) -> None:
    """Figures for the chosen clusters; those that were taken by the same rules stay."""
    rules = digest_json(_rules(task, options.nli))
    outputs, have = place.outputs(), place.segments(rules)
    place.score(have.values(), rules)
    todo = [_Measured(outputs[i.id], i, task, options.nli) for i in data.items if i.id not in have]
    name = f"{place.folder.parent.name} {place.folder.name}: figures"
    for done, found in enumerate(_mapped(_segment, todo, options), len(data.items) - len(todo) + 1):
        place.append_score(found, rules)
        progress(name, done, len(data.items))
    chosen, every = {item.id for item in data.items}, place.segments()
    place.score((every[key] for key in sorted(chosen)), rules)


# ---------------------------------------------------------------------------------------------------------- processes


def _mapped(make: Callable[[_Work], _Made], jobs: Sequence[_Work], options: Options) -> Iterator[_Made]:
    """``make`` of every job, in their order, in as many processes as asked for."""
    if options.workers == 1 or len(jobs) < 2:
        with _memory_limit(options.memory_mb):
            yield from map(make, jobs)
        return
    # Spawned, not forked: a fork of a process with running threads may hang.
    context = multiprocessing.get_context("spawn")
    share = str(max(1, (os.cpu_count() or 1) // options.workers))
    start = (share, options.memory_mb)
    with ProcessPoolExecutor(options.workers, context, initializer=_start, initargs=start) as pool:
        try:
            yield from pool.map(make, jobs)
        except BrokenProcessPool as error:
            hint = "Run again with fewer --workers or a --memory limit; what is done is kept."
            raise GenerationError("a worker process died", hint=hint) from error
        finally:
            # Waits: a pool that is still closing when Python ends prints a traceback about its closed pipe.
            pool.shutdown(cancel_futures=True)


def _start(threads: str, memory_mb: int | None) -> None:
    os.environ["OMP_NUM_THREADS"] = threads
    _set_limit(memory_mb)


def _output(job: _Job) -> Output:
    """One cluster's output. What is wrong with one cluster never stops the others."""
    stages = Stages()
    error: str | None = None
    texts: list[Written] = []
    start = time.perf_counter()
    try:
        texts = job.system.summarise(job.item, job.task.max_words, stages)
    except (ModelUnavailableError, SettingsError):  # no cluster would fare better
        raise
    except MemoryError:
        error = "out of memory"
    except (SummarizeError, RuntimeError, ValueError, ArithmeticError, LookupError) as raised:
        error = f"{type(raised).__name__}: {raised}"
    return Output(
        id=job.item.id,
        texts=tuple(texts),
        seconds=round(time.perf_counter() - start, 4),
        stages=stages.seconds,
        peak_mb=stages.peak_mb(),
        words_in=sum(len(article.text.split()) for article in job.item.articles),
        error=error,
        stage_peaks_mb=stages.peaks_mb,
    )


def _segment(job: _Measured) -> Segment:
    """One cluster's figures; a cluster that failed has none, and says why."""
    taken = _metrics(job.nli)
    if job.output.error is not None:
        return Segment(job.item.id, {}, dict.fromkeys(taken, f"{FAILED}: {job.output.error}"))
    return segment(job.item, job.output.texts, taken, job.task)


@lru_cache(maxsize=2)
def _metrics(nli: str | None) -> dict[str, Metric]:
    return metrics(Nli(nli) if nli else None)


@contextmanager
def _memory_limit(memory_mb: int | None) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    _set_limit(memory_mb)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _set_limit(memory_mb: int | None) -> None:
    if memory_mb is not None:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1_000_000, hard))
