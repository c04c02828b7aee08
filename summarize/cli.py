"""The ``summarize`` command: run | batch | cluster | explain | download.

Results go to stdout, all else to stderr. Exit 0: done; 1: could not summarise; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from summarize import __version__
from summarize.errors import InputError, ModelUnavailableError, SummarizeError
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.batch import Options, Report
    from summarize.types import Article

_FORMATS = ("md", "json", "html")
_SUFFIXES = {".md": "md", ".json": "json", ".html": "html", ".htm": "html"}
_INPUTS = "files (.txt .md .html .json .jsonl), a folder, links, or - for standard input"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (without the program's name) and return its exit code."""
    args = _parser().parse_args(argv)
    _quiet_libraries()
    try:
        code: int = args.command(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # `summarize ... | head`: what was asked for has been read
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _say("Stopped.")
        return 130
    except Exception as error:
        return _report(error, verbose=args.verbose)


def _report(error: Exception, *, verbose: bool) -> int:
    if verbose:
        traceback.print_exception(error)
    known = isinstance(error, SummarizeError | OSError)
    _say(f"summarize: {error}" if known else f"summarize: unexpected {type(error).__name__}: {error}")
    hint = getattr(error, "hint", "") or ("" if verbose else "-v shows where this happened.")
    if hint:
        _say(f"hint: {hint}")
    return 1


# ---------------------------------------------------------------------------------------------------------- commands


def _run(args: argparse.Namespace) -> int:
    from summarize.batch import summarize_reading
    from summarize.reading.read import read_cluster

    options = _options(args)
    reading = read_cluster(args.paths, options.settings)
    with _waiting("Summarising ..."):
        summary = summarize_reading(reading, options, trace=_timings() if args.verbose else None)
    for problem in reading.problems:
        _say(f"note: {problem}")
    from summarize import render

    style = args.format or _SUFFIXES.get(Path(args.output or "").suffix.lower(), "md")
    if style == "json":
        text = render.to_json(summary) + "\n"
    else:
        text = (render.to_html if style == "html" else render.to_markdown)(summary, reading.articles)
    _write(text, args.output)
    return 0


def _batch(args: argparse.Namespace) -> int:
    from summarize import batch
    from summarize.reading.read import read_clusters

    options = _options(args)
    out = Path(args.output)
    report = batch.run(
        read_clusters(args.paths, options.settings),
        out,
        options,
        engine=args.engine,
        workers=args.workers,
        progress=_counter() if sys.stderr.isatty() else None,
    )
    _say(_batch_line(report, out))
    return 1 if report.failed and not report.done + report.skipped else 0


def _batch_line(report: Report, out: Path) -> str:
    parts = [f"{report.done} summarised"]
    parts += [f"{report.skipped} there already"] if report.skipped else []
    parts += [f"{report.failed} failed (their lines have `error`; a rerun tries them again)"] if report.failed else []
    return f"{out}: {', '.join(parts)}"


def _cluster(args: argparse.Namespace) -> int:
    from summarize.pipeline import events
    from summarize.reading.read import read_clusters

    settings = _settings(args)
    readings = list(read_clusters(args.paths, settings))
    for problem in (problem for reading in readings for problem in reading.problems):
        _say(f"note: {problem}")
    articles = [article for reading in readings for article in reading.articles]
    if not articles:
        raise InputError("there is no article in the input", hint=f"Give {_INPUTS}.")
    with _waiting("Comparing ..."):
        groups = events(articles, settings)
    _write("".join(f"{_cluster_line(number, group)}\n" for number, group in enumerate(groups, start=1)), args.output)
    return 0


def _cluster_line(number: int, articles: Sequence[Article]) -> str:
    """One event in the form that `run` and `batch` read."""
    plain = [{key: value for key, value in asdict(article).items() if value is not None} for article in articles]
    return json.dumps({"id": f"event-{number}", "articles": plain}, ensure_ascii=False)


def _explain(args: argparse.Namespace) -> int:
    from summarize.pipeline import STAGES

    for number, stage in enumerate(STAGES, start=1):
        model = f"  model: {stage.model}" if stage.model else ""
        print(f"{number:2}. {stage.name:<14}{stage.takes} -> {stage.gives}  ({stage.room}){model}")
    return 0


def _download(args: argparse.Namespace) -> int:
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    hint = (
        "Check the id on huggingface.co and the network; HF_HUB_OFFLINE must not be set. No model is needed by default."
    )
    try:
        with _waiting(f"Fetching {args.model} ..."):
            folder = huggingface_hub.snapshot_download(args.model, allow_patterns=_MODEL_FILES)
    except (HfHubHTTPError, HFValidationError, OfflineModeIsEnabled, OSError) as error:
        reason = str(error).strip().split("\n")[0]
        raise ModelUnavailableError(f"cannot fetch {args.model!r}: {reason}", hint=hint) from error
    print(folder)
    return 0


_MODEL_FILES = ["*.json", "*.txt", "*.model", "*.safetensors", "pytorch_model*.bin"]


# ----------------------------------------------------------------------------------------------------- the arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="summarize",
        description="Several articles about one event in; a neutral summary that names who reports what out.",
        epilog="Exit codes: 0 done, 1 could not summarise, 2 wrong usage.",
    )
    parser.add_argument("--version", action="version", version=f"summarize {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-v", "--verbose", action="store_true", help="show tracebacks and the time each stage took")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=text, description=text[0].upper() + text[1:] + ".")
        added.set_defaults(command=run)
        return added

    _run_arguments(command("run", _run, "summarise one cluster of articles about one event"))
    _batch_arguments(command("batch", _batch, "summarise many clusters, one JSON line each; a rerun goes on"))
    _cluster_arguments(command("cluster", _cluster, "sort articles about several events into clusters"))
    command("explain", _explain, "show the pipeline's stages, what each takes and gives")
    download = command("download", _download, "fetch a model from the Hugging Face hub, for use without a network")
    download.add_argument("model", metavar="MODEL", help="a hub id, e.g. google/flan-t5-base")
    return parser


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help=_INPUTS)
    _summary_arguments(parser)
    parser.add_argument("--format", choices=_FORMATS, help="what to write (default: from -o's name, else md)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")


def _batch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="IN", help="JSON or JSONL files of clusters, or folders of articles"
    )
    parser.add_argument("-o", "--output", metavar="OUT.jsonl", required=True, help="lines that are there already stay")
    parser.add_argument("--engine", choices=("local", "ray"), default="local", help="where it runs (default: local)")
    parser.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (default: 1)")
    _summary_arguments(parser)


def _cluster_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="IN", help=_INPUTS)
    parser.add_argument("-o", "--output", metavar="OUT.jsonl", help="write there instead of to standard output")
    parser.add_argument("--settings", metavar="FILE", help="a TOML file of settings")


def _summary_arguments(parser: argparse.ArgumentParser) -> None:
    words = "at most so many words in the summary (default: 120)"
    parser.add_argument("--max-words", type=_positive, default=120, metavar="N", help=words)
    support = "independent sources it takes to state a fact without naming who reports it (default: 2)"
    parser.add_argument("--min-support", type=_positive, default=2, metavar="N", help=support)
    parser.add_argument(
        "--model", metavar="M", help="a hub id or a folder of a seq2seq model (default: the shipped one)"
    )
    parser.add_argument("--settings", metavar="FILE", help="a TOML file of settings")


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _settings(args: argparse.Namespace) -> Settings:
    return Settings.from_toml(args.settings) if args.settings else Settings()


def _options(args: argparse.Namespace) -> Options:
    from summarize.batch import Options

    return Options(args.max_words, args.min_support, args.model, _settings(args))


# ------------------------------------------------------------------------------------------------------ the terminal


def _write(text: str, output: str | None) -> None:
    """To standard output, or to a file that is either the old one or the whole new one."""
    data = text.encode("utf-8", "backslashreplace")
    if output is None or output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    path = Path(output).resolve()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            path.write_bytes(data)
            return
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        hint = "Give a file in a folder you may write to."
        raise InputError(f"cannot write {output}: {error.strerror}", hint=hint) from error


def _say(text: str) -> None:
    print(text, file=sys.stderr)


@contextlib.contextmanager
def _waiting(text: str) -> Iterator[None]:
    """A line that says what goes on, on a terminal only, gone when it is over."""
    shown = sys.stderr.isatty()
    if shown:
        print(text, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _counter() -> Callable[[int], None]:
    return lambda done: print(f"\r{done} clusters", end="", file=sys.stderr, flush=True)


def _timings() -> Callable[[str, float], None]:
    return lambda stage, seconds: _say(f"{seconds:8.3f} s  {stage}")


def _quiet_libraries() -> None:
    """Other libraries' progress bars and advice belong on no one's standard error unless asked for."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if not sys.stderr.isatty():
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
