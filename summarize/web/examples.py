"""The example clusters of ``seeds/``, where the front end runs from a checkout."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from summarize.web.desk import Box
from summarize.web.limits import BOXES


@dataclass(frozen=True, slots=True)
class Example:
    """A cluster that loads with one click."""

    name: str
    path: Path

    def boxes(self) -> list[Box]:
        """Its articles, one a box."""
        if self.path.is_dir():
            return [Box(page.read_text(encoding="utf-8")) for page in sorted(self.path.glob("*.txt"))]
        articles = json.loads(self.path.read_text(encoding="utf-8"))["articles"]
        return [Box(a["text"], a.get("outlet") or "", (a.get("published") or "")[:10]) for a in articles][:BOXES]


def examples(seeds: Path) -> list[Example]:
    """The five real pages first, then the invented clusters by name; none where the folder is not there."""
    real = seeds / "blinken-lavrov"
    found = [Example("Blinken and Lavrov: five real pages", real)] if real.is_dir() else []
    return found + [Example(_name(path), path) for path in sorted((seeds / "gold").glob("*.json"))]


def _name(path: Path) -> str:
    return path.stem.replace("-", " ").title()
