"""Systems by their names on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from eval.systems.base import System
from summarize.errors import InputError
from summarize.settings import Settings

BASELINES = (
    "random", "lead", "first", "textrank", "lexrank", "mmr", "centroid", "submodular", "sumbasic", "klsum",
    "klsum-smoothed",
)  # fmt: skip
OURS = ("summarize", "summarize-extractive")
GROUPS = {"ours": OURS, "baselines": (*BASELINES, "oracle"), "all": (*BASELINES, "oracle", "generate", *OURS)}
"""What takes little memory comes first: in one process what was loaded before is held, and counts."""
NAMES = (*OURS, *BASELINES, "sumy:sumbasic", "oracle", "generate", "generate:MODEL", "peer:NAME", *GROUPS)


def expand(names: Sequence[str]) -> list[str]:
    """Groups (``ours``, ``baselines``, ``all``) taken apart, each name once, in order."""
    return list(dict.fromkeys(name for each in names for name in GROUPS.get(each, (each,))))


def system(name: str, *, model: str | None = None, settings: Settings | None = None) -> System:
    """The system of a name; ``model`` and ``settings`` are for this project's own systems.

    Raises:
        InputError: no system has this name.
    """
    if name == "summarize":
        from eval.systems.project import Project

        return Project(name if model is None else f"summarize:{model}", model, settings=settings or Settings())
    if name == "summarize-extractive":
        from eval.systems.project import Project

        return Project(name, writes=False, settings=settings or Settings())
    if name in (*BASELINES, "sumy:sumbasic"):
        from eval.systems.baselines import Extractive

        return Extractive(name)
    if name == "oracle":
        from eval.systems.oracle import Oracle

        return Oracle()
    kind, _, rest = name.partition(":")
    if kind == "generate":
        from eval.systems.plain import Generate

        return Generate(name, rest or model)
    if kind == "peer" and rest:
        from eval.systems.plain import Peer

        return Peer(name, rest)
    raise InputError(f"no system is called {name}", hint=f"Known: {', '.join(NAMES)}.")
