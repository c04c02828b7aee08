"""The lines of a page, and what can be seen of one line without knowing its neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_BREAKS = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]{{1,2}}|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)*")
_ENDS = re.compile(r"[.!?…。！？][\"'”’)\]»*」』]*$")
_TRUNCATED = re.compile(r"(?:\.\.\.|…)\W{0,3}$")
_INNER = re.compile(r"[a-z\d)”\"][.!?][\"”’)]* [A-ZÀ-Þ\"“]")
_BULLET = re.compile(r"(?:[•·▪◦‣●○■□–—*+-]|\(?\d{1,2}[.)])\s+(?=\S)")
SENTENCE = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col|Sgt|Rev)\.)"
    r"[\"”’)]*\s+(?=[A-ZÀ-Þ\"“‘'(©])"
)
"""Where, roughly, a sentence ends within a line; splitting for keeps comes later."""
_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ", "\u200b": ""}
)
SIGNED = re.compile(r"(?<=[.!?…\"”’])(?<![A-Z]\.)\s+(?:[—–-]+\s?)?(?:[A-Z]{2,}(?:[ /&-]+[A-Z]{2,}){0,4})$")
"""An agency's name in capitals behind the last sentence: who filed the report."""
_SPOKEN = re.compile(r"[\"“][^\"”]{12,}|(?:^|\s)['‘][^'’]{12,}['’]")
_FIRST = re.compile(r"\w+\W")
_GAP = re.compile(r"\S(?: {3}|\t)")
_CELL = re.compile(r"\S+(?:(?: {1,2}|[^\S \t])\S+)*")
_CELL_WORDS = 8
_SPACES = re.compile(r"\s+")
_Stretch = tuple[int, int, bool]
"""Start, end, and whether an empty line stands before it."""
WRAP = 50
"""Characters from which a line can have been broken at a column: no menu's entry is as long."""
LOOK = 400
"""Characters of a line that patterns look at: no furniture is longer, and hostile text must not cost more."""


@dataclass(frozen=True)
class Line:
    """A line of a page without the white space around it: ``page[start:end]``."""

    raw: str
    start: int
    end: int
    gap: bool
    """Whether an empty line stands before it."""
    beside: bool = False
    """Whether it stood beside the line before it, parted by a wide gap."""

    @cached_property
    def look(self) -> str:
        """The line's beginning with straight quotes and single spaces, for patterns and comparisons."""
        return _SPACES.sub(" ", self.raw[:LOOK].translate(_STRAIGHT)).strip()

    @cached_property
    def opening(self) -> str:
        """``look`` up to the end of its first sentence."""
        end = SENTENCE.search(self.look)
        return self.look[: end.start()] if end else self.look

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return sum(1 for _ in _WORD.finditer(self.raw))

    @cached_property
    def bullet(self) -> int:
        """Length of the bullet or number in front, 0 where there is none."""
        found = _BULLET.match(self.raw)
        return found.end() if found else 0

    @cached_property
    def closed(self) -> bool:
        """Whether it ends as a sentence does, an agency's name behind it left out."""
        return bool(_ENDS.search(self.raw[-12:]) or SIGNED.search(self.raw[-60:]))

    @cached_property
    def truncated(self) -> bool:
        """Whether it is cut off with dots, as teasers are."""
        return bool(_TRUNCATED.search(self.raw[-8:]))

    @cached_property
    def spoken(self) -> bool:
        """Whether it holds a quotation of several words."""
        return bool(_SPOKEN.search(self.raw[:LOOK]))

    @cached_property
    def titled(self) -> bool:
        """Whether it is written as a title: in capitals, or nearly every longer word with one."""
        longer = [word for word in _WORD.findall(self.look) if len(word) >= 4]
        if self.bullet or self.words < 4 or len(longer) < 3:
            return False
        capital = sum(1 for word in longer if word[0].isupper())
        return capital >= 0.9 * len(longer)

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as one or more whole sentences of some length."""
        if self.closed:
            return not self.truncated and self.words >= 8
        return self.words >= 20 and bool(_INNER.search(self.raw))


def lines_of(text: str) -> list[Line]:
    """The page's lines that hold more than white space, in order; lines that were only wrapped count as one."""
    found: list[_Stretch] = []
    last = 0
    for match in _BREAKS.finditer(text):
        raw = match.group()
        if inner := raw.strip():
            start = match.start() + len(raw) - len(raw.lstrip())
            found.append((start, start + len(inner), text.count("\n", last, start) > 1))
            last = start + len(inner)
    return [line for stretch in _unwrapped(text, found) for line in _cells(text, *stretch)]


def _cells(text: str, start: int, end: int, gap: bool) -> Iterator[Line]:
    """The line, parted at wide gaps where one part is as long as a sentence: what stood side by side on the page.

    A row of menu entries stays one line, which is how a menu is told.
    """
    raw = text[start:end]
    parts = list(_CELL.finditer(raw)) if _GAP.search(raw) else []
    if not any(len(part.group().split()) >= _CELL_WORDS for part in parts):
        yield Line(raw, start, end, gap)
        return
    for number, part in enumerate(parts):
        yield Line(part.group(), start + part.start(), start + part.end(), gap and number == 0, number > 0)


def _goes_on(text: str, above: _Stretch, below: _Stretch) -> bool:
    """Whether a line goes on in lower case on the next, without a full stop between; a list's items begin alike."""
    if below[2] or not text[below[0]].islower() or _ENDS.search(text[max(above[1] - 12, above[0]) : above[1]]):
        return False
    first = _FIRST.match(text, below[0], below[1])
    return first is None or not text.startswith(first.group(), above[0], above[1])


def _wrapped(text: str, lines: list[_Stretch]) -> bool:
    """Whether the page was broken at a column: most lines go on on the next, and all are of about one length."""
    joints = [(above, below) for above, below in pairwise(lines) if not below[2]]
    lengths = sorted(end - start for start, end, _ in lines)
    if len(joints) < 6 or lengths[-1] > 1.6 * lengths[len(lengths) * 3 // 4]:
        return False
    return sum(_goes_on(text, *joint) for joint in joints) > 0.4 * len(joints)


def _unwrapped(text: str, lines: list[_Stretch]) -> list[_Stretch]:
    """Paragraphs out of wrapped lines: a line goes on where no empty line, bullet or early end parts it from the next."""
    everywhere = _wrapped(text, lines)
    width = max((end - start for start, end, _ in lines), default=0) if everywhere else 0
    found: list[_Stretch] = []
    above: _Stretch = (0, 0, True)
    for line in lines:
        length = above[1] - above[0]
        if everywhere:
            joined = not line[2] and length >= 0.6 * width and not _BULLET.match(text, line[0], line[1])
        else:
            joined = length >= WRAP and _goes_on(text, above, line)
        if found and joined:
            found[-1] = (found[-1][0], line[1], found[-1][2])
        else:
            found.append(line)
        above = line
    return found


def folded(text: str) -> str:
    """Letters and digits only, lower case, without accents: for comparing names and titles."""
    plain = unicodedata.normalize("NFKD", text.translate(_STRAIGHT)).lower()
    return " ".join(re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
