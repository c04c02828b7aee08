"""What a line looks like: patterns of the furniture that news sites put around and into their articles.

The patterns are data: one file a reason under ``data/furniture``. Every file has sections: ``[whole]`` patterns must be the
whole line, ``[start]`` its beginning, ``[inside]`` any part of it (after words of
which one must occur, and an arrow); ``[heading]`` opens a list of other stories and ``[end]``
says that the article is over (both whole lines). Case is ignored but for ``[A-Z]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from summarize.reading.lines import SENTENCE, Line
from summarize.types import DropReason


class Role(Enum):
    """What furniture says about the lines after it."""

    ALONE = "says nothing about its neighbours"
    HEADING = "opens a list of other stories"
    END = "stands below the article"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line, or a sentence in one, that belongs to the site and not to the article."""

    reason: DropReason
    role: Role = Role.ALONE


_SENTENCE_WORDS = 8
_NEWS = re.compile(
    r"\b(?:said|says|told|added|announced|ruled|warned|denied|confirmed|according to|killed|injured|died|arrested|charged|held"
    r"|jailed|detained|convicted|sentenced|elected|attacked|shelled|courts?|police|ministers?|ministry|presidents?|parliament"
    r"|governments?|officials?|prosecutors?|troops|army|rescuers?|villages?|districts?)\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:newsletters?|subscri\w+|cookies?|e-?mails?|inbox|click|tap|rights reserved|advert\w*|sponsor\w*|affiliate|our|we|us"
    r"|you|your|photos?|pictures?|credit|image|getty|editing by|left|right|writes|writer|reporter|correspondent|editor"
    r"|this (?:article|story|page|site|website|post|material|content|report|version))\b|©|@|https?:|www\.|\(c\)",
    re.IGNORECASE,
)
_REPORT_WORDS = 6
"""Words from which a sentence with the words of a report, and none of a site, is no furniture by its beginning."""
_ROLES = {"heading": Role.HEADING, "end": Role.END}
# where two files match, the earlier one names the reason
_ORDER: tuple[DropReason, ...] = (
    "comments",
    "related",
    "advertisement",
    "newsletter",
    "share",
    "caption",
    "live-blog",
    "legal",
    "byline",
    "biography",
    "navigation",
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One expression and what a match of it means; ``hints`` are words of which one must occur, a cheap first look."""

    meaning: Furniture
    section: str
    expression: re.Pattern[str]
    hints: tuple[str, ...] = ()

    def matches(self, look: str, lower: str, *, closed: bool) -> bool:
        """Whether it matches; ``lower`` is ``look`` in lower case, ``closed`` tells of a full stop at its end."""
        if self.section == "inside":
            return any(hint in lower for hint in self.hints) and bool(self.expression.search(look))
        if self.section == "start":
            return bool(self.expression.match(look) or (look[:1] in "[(" and self.expression.match(look, 1)))
        if self.section == "heading" and closed and not look.endswith(("...", "…", "!", "?")):
            return False
        return bool(self.expression.fullmatch(look))


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns in the order in which they are tried; the lines of a section are one expression but for ``[inside]``."""
    found: list[Pattern] = []
    for reason in _ORDER:
        text = files(__package__).joinpath("data", "furniture", f"{reason}.txt").read_text(encoding="utf-8")
        for section, lines in _sections(text).items():
            meaning = Furniture(reason, _ROLES.get(section, Role.ALONE))
            if section == "inside":
                for hints, _, body in (line.partition(" => ") for line in lines):
                    found.append(Pattern(meaning, section, _compiled(body), tuple(hints.split(", "))))
            else:
                found.append(Pattern(meaning, section, _compiled("|".join(f"(?:{line})" for line in lines))))
    return tuple(found)


def _compiled(body: str) -> re.Pattern[str]:
    return re.compile(body.replace("[A-Z]", "(?-i:[A-Z])"), re.IGNORECASE)


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return sections


@lru_cache(maxsize=4096)
def furniture(look: str, words: int, *, closed: bool, longest: int) -> Furniture | None:
    """What the text of a line says it is, or ``None``.

    ``look`` has straight quotes and single spaces; ``closed`` tells whether it ends as a sentence does; a text of more
    than ``longest`` words is never furniture by its looks.
    """
    if words > longest:
        return None
    lower = look.lower()
    reports = closed and words >= _REPORT_WORDS and bool(_NEWS.search(look)) and not _SITE.search(look)
    return next(
        (
            each.meaning
            for each in patterns()
            if not (reports and each.section in ("start", "inside")) and each.matches(look, lower, closed=closed)
        ),
        None,
    )


def of_line(line: Line, *, longest: int) -> Furniture | None:
    """``furniture`` of a whole line; a paragraph that opens with a real sentence only has furniture in it."""
    mark = furniture(line.look, line.words, closed=line.closed, longest=longest)
    if mark is None or not line.prose or line.opening == line.look:
        return mark
    words = len(line.opening.split())
    if words >= _SENTENCE_WORDS and furniture(line.opening, words, closed=True, longest=longest) is None:
        return None
    return None if any(_is_report(part.strip()) for part in SENTENCE.split(line.look)[1:]) else mark


def _is_report(sentence: str) -> bool:
    """Whether a sentence has the words of a report and none of a site."""
    return len(sentence.split()) >= _SENTENCE_WORDS and bool(_NEWS.search(sentence)) and not _SITE.search(sentence)
