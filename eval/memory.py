"""Memory of this process: its peak since a moment that can be chosen, where the system lets one choose it."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_CLEAR = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def reset_peak() -> bool:
    """Let the peak begin anew at what is held now; ``False`` where the system cannot (it needs Linux's ``/proc``)."""
    try:
        _CLEAR.write_text("5", encoding="ascii")  # 5 touches the peak alone, so it costs no time that is measured
    except OSError:
        return False
    return True


def peak_mb() -> float:
    """Peak resident memory in 10^6 bytes, since the last reset or else since the process began."""
    try:
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(_PEAK)) * 1024 / 1e6
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


class Stages:
    """A trace that keeps the seconds of each stage and the peak between its end and that of the one before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peaks_mb: dict[str, float] = {}
        """Empty where the peak cannot begin anew."""
        self._highest = 0.0
        self._resets = reset_peak()

    def __call__(self, name: str, seconds: float) -> None:
        """A stage has ended."""
        self.seconds[name] = round(seconds, 4)
        if self._resets:
            self.peaks_mb[name] = round(peak_mb(), 1)
            self._highest = max(self._highest, self.peaks_mb[name])
            reset_peak()

    def peak_mb(self) -> float:
        """The peak since this began; since the process began where it cannot begin anew."""
        return max(self._highest, round(peak_mb(), 1))
