"""The command ``python -m eval``: run | score | report | gate | suite.

Results go to files or stdout, all else to stderr. Exit 0: done; 1: could not, or the gate is shut; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.data import NAMED
from summarize.errors import SummarizeError

if TYPE_CHECKING:
    from eval.runner import Options

FORMATS = ("html", "md", "json", "csv")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` (without the program's name) and return its exit code."""
    args = _parser().parse_args(argv)
    try:
        code: int = args.command(args)
    except KeyboardInterrupt:
        _say("Stopped; what is done is kept.")
        return 130
    except (SummarizeError, OSError) as error:
        _say(f"eval: {error}")
        if hint := getattr(error, "hint", ""):
            _say(f"hint: {hint}")
        return 1
    return code


def _run(args: argparse.Namespace) -> int:
    from eval.runner import run
    from eval.systems.names import expand

    options = _options(args)
    for data in args.data:
        for place in run(data, expand(args.system), args.results, options, _progress):
            _say(f"{place.folder}: {place.signature}")
    return 0


def _score(args: argparse.Namespace) -> int:
    from eval.runner import rescore
    from eval.store import runs

    for place in runs(args.results):
        rescore(place, _progress)
    return 0


def _report(args: argparse.Namespace) -> int:
    from eval.report.differences import changes
    from eval.report.tables import tables

    found = tables(args.results, args.base)
    changed = changes(found, tables(args.than, args.base)) if args.than else []
    style = args.format or (args.output.suffix.lstrip(".") if args.output else "md")
    if style not in FORMATS:
        _say(f"eval: no format {style!r}; one of {', '.join(FORMATS)}")
        return 2
    if style == "html":
        from eval.report.html import to_html

        text = to_html(found, changed)
    else:
        from eval.report import text as plain

        made = {"md": plain.to_markdown, "json": plain.to_json}
        text = plain.to_csv(found) if style == "csv" else made[style](found, changed)
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _gate(args: argparse.Namespace) -> int:
    from eval.gate import FLOORS, check, update

    if args.allow_lower is not None and not args.update:
        _say("eval: --allow-lower goes with --update")
        return 2
    floors = args.floors or FLOORS
    problems = update(floors, args.allow_lower) if args.update else check(floors)
    for problem in problems:
        _say(problem)
    _say("The gate is shut." if problems else "The gate is open.")
    return 1 if problems else 0


def _suite(args: argparse.Namespace) -> int:
    from eval.suite import suite

    missing = suite(args.results, args.data, args.system, _options(args), _progress, args.write)
    for name in missing:
        _say(f"missing: {name}")
    return 0


def _options(args: argparse.Namespace) -> Options:
    from eval.runner import Options
    from summarize.settings import Settings

    return Options(
        limit=args.limit,
        max_words=args.max_words,
        model=args.model,
        settings=Settings.from_toml(args.settings) if args.settings else Settings(),
        nli=args.nli,
        workers=args.workers,
        memory_mb=args.memory,
        fresh=args.fresh,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=(__doc__ or "").partition(":")[0])
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    run = _command(commands, "run", _run, "write and measure summaries; goes on where it was stopped")
    run.add_argument(
        "--data", nargs="+", required=True, metavar="D", help=f"{', '.join(NAMED)}, a path, or hf:NAME:SPLIT"
    )
    run.add_argument("--system", nargs="+", default=["all"], metavar="S", help="names or groups: ours, baselines, all")
    _run_options(run)
    score = _command(commands, "score", _score, "take all figures of stored outputs anew")
    score.add_argument("results", type=Path)
    report = _command(commands, "report", _report, "tables, plots and tests of what was run")
    report.add_argument("results", type=Path)
    report.add_argument("-o", "--output", type=Path, metavar="FILE", help="without it, standard output")
    report.add_argument("--format", choices=FORMATS, help="without it, what FILE's name says, or md")
    report.add_argument("--base", default="summarize", help="the system that others are tested against")
    report.add_argument("--than", type=Path, metavar="RESULTS", help="earlier results, to tell what changed")
    gate = _command(commands, "gate", _gate, "fail where a figure fell or the data changed")
    gate.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    gate.add_argument("--allow-lower", metavar="REASON", help="with --update: lower floors, too, and keep the reason")
    gate.add_argument("--floors", type=Path, metavar="FILE", help="without it, eval/floors.json")
    suite = _command(commands, "suite", _suite, "all data sets that are here, and eval/RESULTS.md")
    suite.add_argument("--data", nargs="+", default=list(NAMED), choices=NAMED, metavar="D", help=", ".join(NAMED))
    suite.add_argument("--system", nargs="+", default=["all"], metavar="S", help="names or groups")
    suite.add_argument("--write", type=Path, metavar="FILE", help="write the tables there, as Markdown")
    _run_options(suite)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, call: Callable[..., int], about: str
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=about, description=about)
    made.set_defaults(command=call)
    return made


def _run_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_positive, metavar="N", help="clusters of a data set, always the same ones")
    parser.add_argument("--max-words", type=_positive, metavar="N", help="words of a summary; default: the data set's")
    parser.add_argument("--model", metavar="M", help="for `summarize` and `generate`: a folder or hub id")
    parser.add_argument("--settings", metavar="FILE", help="TOML settings for this project's systems")
    parser.add_argument("--nli", metavar="M", help="judge citations by this NLI model, not by the verifier")
    parser.add_argument("--workers", type=_positive, default=1, metavar="N", help="clusters at once (1)")
    parser.add_argument("--memory", type=_positive, metavar="MB", help="most data a process may allocate")
    parser.add_argument("--fresh", action="store_true", help="make anew what is there")
    parser.add_argument(
        "-o", "--results", type=Path, default=Path("results"), metavar="DIR", help="results/ by default"
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _progress(name: str, done: int, total: int) -> None:
    """A bar on a terminal; elsewhere a line when all is done."""
    if sys.stderr.isatty():
        filled = 24 * done // max(1, total)
        end = "\n" if done == total else ""
        print(
            f"\r{name:<44.44} [{'#' * filled}{'.' * (24 - filled)}] {done}/{total}",
            end=end,
            file=sys.stderr,
            flush=True,
        )
    elif done == total:
        _say(f"{name}: {total}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
