"""Many clusters: one JSON line each, in the order of the input; a second run goes on where the first stopped.

    readings -> (skip what OUT has) -> engine: summarise -> append a line -> at the end, lines in the input's order

A line is only counted as done when it is whole and has no ``error``; anything else is made again.
"""

from __future__ import annotations

import json
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from summarize.errors import GenerationError, InputError, ModelUnavailableError, SettingsError, SummarizeError
from summarize.render import to_json
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.reading.read import Reading
    from summarize.types import Summary

Engine = Literal["local", "ray"]
Trace = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What ``summarize()`` is asked for, the same for every cluster."""

    max_words: int = 120
    min_support: int = 2
    model: str | None = None
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Report:
    """How a batch went, in clusters."""

    done: int
    skipped: int
    failed: int


def run(
    readings: Iterable[Reading],
    out: Path,
    options: Options | None = None,
    *,
    engine: Engine = "local",
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Summarise each reading into a line of ``out``; lines that are there already stay.

    ``progress`` is called with the number of clusters finished so far, the skipped ones among them.

    Raises:
        ModelUnavailableError, SettingsError: no cluster could be summarised, so none is tried.
        SummarizeError: the engine is not installed, or its processes died.
    """
    options = options or Options()
    done = _mend(out)
    order: list[str] = []  # filled while the readings are read
    todo = _todo(readings, set(done), order)
    failed = made = 0
    with out.open("ab") as file:
        for line in _ENGINES[engine](todo, options, workers):
            failed += _failed(line)
            done[json.loads(line)["id"]] = _append(file, line)
            made += 1
            if progress:
                progress(len(order))
    _arrange(out, done, order)
    return Report(done=made - failed, skipped=len(order) - made, failed=failed)


def summarize_reading(reading: Reading, options: Options, *, trace: Trace | None = None) -> Summary:
    """The summary of one cluster as it was read: with its id, and with what could not be read among the warnings."""
    from summarize.pipeline import summarize

    if not reading.articles:
        message = reading.problems[0] if reading.problems else f"{reading.id} holds no article"
        raise InputError(
            message, hint="A cluster is a folder of pages, or an object with `articles` that have a `text`."
        )
    summary = summarize(
        list(reading.articles),
        max_words=options.max_words,
        min_support=options.min_support,
        model=options.model,
        settings=options.settings,
        trace=trace,
    )
    return replace(summary, id=reading.id, warnings=(*summary.warnings, *reading.problems))


# ----------------------------------------------------------------------------------------------------------- engines


def _line(reading: Reading, options: Options) -> str:
    """The cluster's line. What is wrong with one cluster never stops the others."""
    try:
        return to_json(summarize_reading(reading, options), indent=None)
    except (ModelUnavailableError, SettingsError):
        raise
    except SummarizeError as error:
        return _error_line(reading.id, type(error).__name__, str(error), error.hint)
    except Exception as error:  # the batch goes on
        hint = "Run this cluster alone with `summarize run -v` to see where it fails."
        return _error_line(reading.id, type(error).__name__, str(error), hint)


def _error_line(cluster: str, kind: str, message: str, hint: str) -> str:
    return json.dumps({"id": cluster, "error": {"type": kind, "message": message, "hint": hint}})


def _local(readings: Iterator[Reading], options: Options, workers: int) -> Iterator[str]:
    """This process, or ``workers`` others that each hold their own model."""
    if workers == 1:
        yield from (_line(reading, options) for reading in readings)
        return
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Spawned, not forked: a fork of a process with running threads may hang.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[str]] = deque()
    with ProcessPoolExecutor(workers, context, initializer=_share_cores, initargs=(workers,)) as pool:
        try:
            for reading in readings:
                waiting.append(pool.submit(_line, reading, options))
                if len(waiting) > 2 * workers:  # enough that none is idle, few enough to stay in memory
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            hint = "It was probably out of memory: run again with fewer --workers; what is done is kept."
            raise GenerationError("a worker process died", hint=hint) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _share_cores(workers: int) -> None:
    """Give each worker its part of the cores; a thread per core in every worker makes all of them slow."""
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // workers))


def _ray(readings: Iterator[Reading], options: Options, workers: int) -> Iterator[str]:
    """Ray Data, for clusters of machines: the same lines in the same order."""
    try:
        import ray
    except ImportError as error:
        raise SummarizeError("Ray is not installed", hint="pip install 'ray[data]', or use --engine local.") from error
    import ray.data

    ray.init(ignore_reinit_error=True, log_to_driver=False)
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    rows = ray.data.from_items([{"reading": pickle.dumps(reading)} for reading in readings])
    pool = ray.data.ActorPoolStrategy(size=workers)
    lines = rows.map_batches(_RayWorker, fn_constructor_args=[options], batch_size=1, compute=pool)
    yield from (row["line"] for row in lines.iter_rows())


class _RayWorker:
    """An actor: its process loads the models once."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        return {"line": [_line(pickle.loads(reading), self._options) for reading in batch["reading"]]}


_ENGINES: dict[Engine, Callable[[Iterator[Reading], Options, int], Iterator[str]]] = {"local": _local, "ray": _ray}


# ------------------------------------------------------------------------------------------------- the lines in OUT


def _todo(readings: Iterable[Reading], done: set[str], order: list[str]) -> Iterator[Reading]:
    """The readings that have no line yet; ``order`` takes the ids of all. A second cluster of one id gets its own."""
    seen: dict[str, int] = {}
    for reading in readings:
        seen[reading.id] = seen.get(reading.id, 0) + 1
        name = reading.id if seen[reading.id] == 1 else f"{reading.id}-{seen[reading.id]}"
        order.append(name)
        if name not in done:
            yield replace(reading, id=name)


def _mend(out: Path) -> dict[str, tuple[int, int]]:
    """Where each finished cluster's line lies in ``out`` (offset, length), after taking out errors and a torn line.

    Raises:
        InputError: ``out`` holds something else, which must not be touched.
    """
    if not out.exists():
        return {}
    if not out.is_file():
        raise InputError(f"{out} is not a file", hint="A batch is resumed from its output, so it needs a file for it.")
    lines, damaged, offset = {}, False, 0
    with out.open("rb") as file:
        for line in file:
            cluster = _finished(line, out)
            if cluster is None or cluster in lines:
                damaged = True
            else:
                lines[cluster] = (offset, len(line))
            offset += len(line)
    return _rewrite(out, lines, list(lines)) if damaged else lines


def _finished(line: bytes, out: Path) -> str | None:
    """The id of a whole line that holds a summary; ``None`` for one cut short, and for one with an error."""
    if not line.endswith(b"\n"):
        return None
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if not isinstance(data, dict) or "id" not in data or not data.keys() & {"error", "sentences"}:
        hint = "Give another file with -o, or move this one away."
        raise InputError(f"{out} is there already and is no result of a batch", hint=hint)
    return None if "error" in data else str(data["id"])


def _failed(line: str) -> bool:
    return "error" in json.loads(line)


def _append(file: BinaryIO, line: str) -> tuple[int, int]:
    offset, data = file.tell(), line.encode() + b"\n"
    file.write(data)
    file.flush()
    return offset, len(data)


def _arrange(out: Path, lines: dict[str, tuple[int, int]], order: list[str]) -> None:
    """Bring the lines into the order of the input; lines of clusters that are no longer in it come last."""
    wanted = [name for name in order if name in lines]
    wanted += sorted(set(lines) - set(wanted), key=lambda name: lines[name])
    if wanted != sorted(lines, key=lambda name: lines[name]):
        _rewrite(out, lines, wanted)


def _rewrite(out: Path, lines: dict[str, tuple[int, int]], order: list[str]) -> dict[str, tuple[int, int]]:
    """Write ``out`` anew with just these lines, all at once."""
    moved: dict[str, tuple[int, int]] = {}
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    with out.open("rb") as old, draft.open("wb") as new:
        for name in order:
            offset, length = lines[name]
            old.seek(offset)
            moved[name] = (new.tell(), length)
            new.write(old.read(length))
    draft.replace(out)
    return moved
