"""What ``make bench`` measures: cold start, import, memory, reading and writing. Figures, not tests: they depend on
the machine.

A cold start is split in two: what the package does once the libraries are imported that a run imports, loading its models
included, and the rest: Python's start and end, and the imports.
"""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SEEDS = ROOT / "seeds" / "blinken-lavrov"

_AFTER_IMPORTS = """
import sys, time
import jinja2, nltk.stem.snowball, nltk.tokenize.punkt, numpy, rapidfuzz, safetensors.torch, torch
import transformers.models.bart.modeling_bart, transformers.models.bert.modeling_bert
from transformers import AutoModel, AutoModelForSeq2SeqLM, AutoTokenizer, LogitsProcessorList
start = time.perf_counter()
from summarize.cli import main
code = main(["run", *sys.argv[1:]])
print(time.perf_counter() - start)
sys.exit(code)
"""
_CONSENSUS = """
import json, resource, sys
from pathlib import Path
from summarize import Settings, summarize
settings = Settings(event_outlier=0.0)  # the articles are about many events: none is to be left out
pages = [a for f in sorted(Path("seeds").glob("*/*.json")) for a in json.loads(f.read_text(encoding="utf-8"))["articles"]]
def seconds(count):
    taken = {}
    def trace(name, time):
        taken[name] = time
    summarize([{**a, "id": str(n)} for n, a in enumerate(pages[:count])], max_words=20, settings=settings, trace=trace)
    return sum(time for name, time in taken.items() if name not in ("load", "clean", "split", "write"))
seconds(10)
found = {count: seconds(count) for count in (10, 200)}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(found[10], found[200], peak)
"""
_WRITING = """
import json, statistics, time
from importlib.util import find_spec
from pathlib import Path
from eval.data import Item
from eval.systems.plain import Generate
from summarize import Article, Settings, summarize
from summarize.models.load import load_generator
cluster = json.loads(Path("seeds/gold/koytash-border-clash.json").read_text(encoding="utf-8"))
writer, asked = load_generator(None, Settings()), []
generate = writer.generate
writer.generate = lambda requests: asked.extend(requests) or generate(requests)
summary = summarize(cluster["articles"], max_words=WORDS)
item = Item("bench", tuple(Article(a["text"]) for a in cluster["articles"]), ())
runs = [lambda: generate(asked), lambda: Generate("generate").summarise(item, WORDS, lambda name, seconds: None)]
if find_spec("ctranslate2"):
    runs.append(lambda fast=load_generator(None, Settings(runtime="ctranslate2")): fast.generate(asked))
def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
for run in runs:
    run()
print(len(summary.sentences), *(statistics.median(own) for own in zip(*([seconds(run) for run in runs] for _ in range(3)))))
""".replace("WORDS", "110")
_IMPORT = "import time; t = time.perf_counter(); import summarize; print(time.perf_counter() - t)"


def main() -> None:
    """Measure, and print one table."""
    wall, own, peak = cold_start()
    speed, exponent = reading()
    few, many, most = map(float, _python(_CONSENSUS).split())
    rows = [
        ("summarize run seeds/blinken-lavrov, cold", f"{wall:.1f} s", "under 15 s"),
        ("  of which Python and imports of libraries", f"{wall - own:.1f} s", ""),
        ("  of which this package", f"{own:.1f} s", "under 3 s"),
        ("  peak memory", f"{peak / 1e6:.0f} MB", "under 1200 MB"),
        ("import summarize", f"{import_time() * 1000:.0f} ms", "under 300 ms"),
        ("cleaning and splitting a page of 1 MB", f"{speed:.0f} KB/s", "over 250 KB/s"),
        ("  time grows from 0.1 to 10 MB as size to the", f"{exponent:.2f}", "1"),
        ("consensus on 10 articles, encoding included", f"{few:.1f} s", "under 2 s"),
        ("  on 200 articles", f"{many:.0f} s", ""),
        ("  time grows from 10 to 200 articles as n to the", f"{math.log(many / few) / math.log(20):.2f}", "under 1.3"),
        ("  peak memory, writing included", f"{most / 1e6:.0f} MB", "under 2000 MB"),
    ]
    rows += writing()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name, figure, wanted in rows:
        print(f"{name:<50}{figure:>12}   {wanted}".rstrip())


def cold_start() -> tuple[float, float, int]:
    """Wall seconds of the command in a new process, those that are this package's own work, and peak bytes.

    The package's own are timed in a process that has imported the libraries which the run imports.
    """
    command = [sys.executable, "-m", "summarize", "run", str(SEEDS)]
    wall, peak = _timed(command)
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "summary.md")
        own = statistics.median(float(_python(_AFTER_IMPORTS, str(SEEDS), "-o", out)) for _ in range(3))
    return wall, own, peak


def _timed(command: Sequence[str]) -> tuple[float, int]:
    """Wall seconds and peak bytes of a process: of three runs the one in the middle."""
    runs = sorted(_once(command) for _ in range(3))
    return runs[1]


def _once(command: Sequence[str]) -> tuple[float, int]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command[:6])}")
    return wall, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def import_time() -> float:
    """Seconds, the median of five new processes."""
    return statistics.median(float(_python(_IMPORT)) for _ in range(5))


def reading() -> tuple[float, float]:
    """Cleaning and splitting of long pages: kilobytes a second at 1 MB, and the exponent of time from 0.1 to 10 MB."""
    from summarize.reading.clean import clean
    from summarize.reading.split import split
    from summarize.settings import Settings
    from summarize.types import Article

    settings = Settings(max_sentences=100_000)
    small = Article(_page(20_000), id="small")
    split(clean([small], settings), settings)  # loads the libraries and the data files
    seconds = {}
    for size in (100_000, 1_000_000, 9_900_000):
        page = Article(_page(size), id="page")
        start = time.perf_counter()
        split(clean([page], settings), settings)
        seconds[size] = time.perf_counter() - start
    exponent = math.log(seconds[9_900_000] / seconds[100_000]) / math.log(99)
    return 1000 / seconds[1_000_000], exponent


def writing() -> list[tuple[str, str, str]]:
    """What the shipped writer is asked for one summary: by the ordinary way, on CTranslate2, and beside bare ``generate``."""
    count, own, plain, *fast = map(float, _python(_WRITING).split())
    rows = [(f"writing the requests of {count:.0f} sentences", f"{own:.1f} s", "under 2.5 s")]
    rows += [("  with runtime = 'ctranslate2'", f"{seconds:.1f} s", "under 1 s") for seconds in fast]
    ratio = " and ".join(f"{seconds / plain:.1f}" for seconds in (own, *fast))
    return [*rows, ("  as a share of bare generate over all articles", ratio, "")]


def _page(size: int) -> str:
    """A page of about so many characters: the seeds' paragraphs, none twice the same, with an advertisement here and there."""
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    prose = [line for line in lines if len(line) > 200 and line.endswith(".")]
    made: list[str] = []
    total = 0
    while total < size:
        line = f"{prose[len(made) % len(prose)][:-1]}, said witness {len(made)}."
        made += [line, "Advertisement"] if len(made) % 3 else [line]
        total += len(line)
    return "\n".join(made)[:size]


def _python(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    main()
