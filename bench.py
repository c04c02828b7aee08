"""What ``make bench`` measures: cold start, import, memory and cleaning. Figures, not tests: they depend on the machine.

A cold start is split in two: what a process takes that only starts, imports the libraries which the run imports, and
ends; and the rest, which is ours.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SEEDS = ROOT / "seeds" / "blinken-lavrov"

_IMPORT_ALL = """
import importlib, sys, warnings
warnings.simplefilter("ignore")
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception:  # a module that can only be imported by its package's own doing
        pass
"""
_IMPORT = "import time; t = time.perf_counter(); import summarize; print(time.perf_counter() - t)"


def main() -> None:
    """Measure, and print one table."""
    wall, imports, peak = cold_start()
    rows = [
        ("summarize run seeds/blinken-lavrov, cold", f"{wall:.1f} s", "under 15 s"),
        ("  of which Python and imports of libraries", f"{imports:.1f} s", ""),
        ("  of which this package", f"{wall - imports:.1f} s", "under 3 s"),
        ("  peak memory", f"{peak / 1e6:.0f} MB", "under 1200 MB"),
        ("import summarize", f"{import_time() * 1000:.0f} ms", "under 300 ms"),
        ("cleaning", f"{cleaning():.0f} KB/s", ""),
    ]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name, figure, wanted in rows:
        print(f"{name:<44}{figure:>12}   {wanted}".rstrip())


def cold_start() -> tuple[float, float, int]:
    """Wall seconds of the command in a new process, those of one that only imports the same libraries, and peak bytes."""
    command = [sys.executable, "-m", "summarize", "run", str(SEEDS)]
    wall, peak = _timed(command)
    listed = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]], capture_output=True, text=True, check=True, cwd=ROOT
    ).stderr
    found = re.findall(r"^import time: +\d+ \| +\d+ \| +(\S+)$", listed, re.MULTILINE)
    libraries = [name for name in found if name.partition(".")[0] not in ("summarize", "__main__")]
    imports, _ = _timed([sys.executable, "-c", _IMPORT_ALL, *libraries])
    return wall, imports, peak


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


def cleaning() -> float:
    """Kilobytes of page text a second, the seeds cleaned again and again for a second."""
    from summarize.reading.clean import clean
    from summarize.reading.read import read_cluster
    from summarize.settings import Settings

    settings = Settings()
    articles = read_cluster([str(SEEDS)], settings).articles
    clean(articles, settings)  # loads the data files
    start, rounds = time.perf_counter(), 0
    while (spent := time.perf_counter() - start) < 1:
        clean(articles, settings)
        rounds += 1
    return rounds * sum(len(article.text.encode()) for article in articles) / 1000 / spent


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    main()
