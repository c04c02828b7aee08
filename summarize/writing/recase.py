"""Case and spacing restored from the evidence: the shipped model's vocabulary knows lower-case pieces only.

Every word it may write stands in the evidence, so the evidence tells how: "us" as "US" or "us", "3 . 1 million" as
"3.1 million", "don ' t" as "don't".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarize.language.lexicon import entries
from summarize.language.words import stopwords

_TOKEN = re.compile(r"\w+|[^\w\s]")
_JOINED = re.compile(r"\S*\w[^\w\s]+\w\S*|[^\w\s]+\w\S*|\w+[%°]\S*|(?:\w\.){2,}")
_EDGE = '"“”‘()[]{}<>,;:!?*—–…'
_BEFORE = re.compile(r"\s+([,;:!?%)\]’”]|\.(?!\d))")
_AFTER = re.compile(r"([(\[$£€“])\s+")
_STRAIGHT = re.compile(r'"\s*([^"]*?)\s*"')
_APOSTROPHE = re.compile(r"(\w)\s*(['’])\s+(s|t|re|ve|ll|d|m)\b")
_AGE = re.compile(r"[\w’'-]+, \d{1,3}(?= [a-z])")
"""An age behind a name, without the comma that closes it: "Tvedt, 24 agreed"."""
_ENDS = frozenset('.!?:“"•—(‘')


def recase(text: str, evidence: Sequence[str]) -> str:
    """The text with the case, hyphens, points and apostrophes that its words have in the evidence."""
    text = _respaced(text, evidence)
    pieces = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text))
    uses = _uses([item for item in evidence if not _shouted(item)])
    words = [match.group().lower() for match in pieces]
    for n in range(len(pieces) - 1, -1, -1):
        before, after = (words[n - 1] if n else ""), (words[n + 1] if n + 1 < len(words) else "")
        if text[pieces[n].start() - 1 : pieces[n].start()] == "." or re.match(r"\.\w", text[pieces[n].end() :]):
            continue
        cased = _cased(words[n], before, after, uses)
        text = text[: pieces[n].start()] + cased + text[pieces[n].end() :]
    return re.sub(r"^([\"“‘']?)(\w)", lambda match: match[1] + match[2].upper(), text)


def _respaced(text: str, evidence: Sequence[str]) -> str:
    """Spacing as the evidence has it: each of its words with marks inside is looked for in pieces and put back whole."""
    text = re.sub(r"\s+", " ", text).strip()
    joined = {
        chunk.strip(_EDGE).rstrip(".") if not re.fullmatch(r"(?:\w\.)+", chunk) else chunk
        for item in evidence
        for chunk in _JOINED.findall(item)
    }
    for chunk in sorted((c for c in joined if len(_TOKEN.findall(c)) > 1), key=lambda c: (-len(c), c)):
        pattern = r"\s*".join(_either(piece) for piece in _TOKEN.findall(chunk))
        text = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda _, whole=chunk: whole, text, flags=re.IGNORECASE)  # type: ignore[misc]
    text = _APOSTROPHE.sub(r"\1\2\3", text)
    text = _STRAIGHT.sub(r'"\1"', text)
    text = _AFTER.sub(r"\1", _BEFORE.sub(r"\1", text))
    shown = " ".join(evidence).lower()
    return _AGE.sub(lambda age: age[0] + "," * (f"{age[0].lower()}," in shown), text)


def _either(piece: str) -> str:
    """A piece as a pattern, an apostrophe in either style."""
    return "['’]" if piece in "'’" else re.escape(piece)


def _uses(evidence: Sequence[str]) -> dict[str, Counter[tuple[str, str, str, bool]]]:
    """For every word, lower case: how often it stands how, between which words, and whether a sentence starts there."""
    table: dict[str, Counter[tuple[str, str, str, bool]]] = {}
    for text in evidence:
        matches = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text))
        for n, match in enumerate(matches):
            before = matches[n - 1].group().lower() if n else ""
            after = matches[n + 1].group().lower() if n + 1 < len(matches) else ""
            lead = text[: match.start()].rstrip()
            key = (match.group(), before, after, not lead or lead[-1] in _ENDS)
            table.setdefault(match.group().lower(), Counter())[key] += 1
    return table


def _cased(word: str, before: str, after: str, uses: dict[str, Counter[tuple[str, str, str, bool]]]) -> str:
    seen = uses.get(word) or uses.get(re.sub(r"['’]s$", "", word))
    if not seen:
        return word
    votes: Counter[str] = Counter()
    for (surface, left, right, initial), count in sorted(seen.items()):
        surface = _initial(surface) if initial else surface
        votes[surface] += (
            count
            * (1 + 8 * (left == before and left != "") + 8 * (right == after and right != ""))
            * (1 if initial else 3)
        )
    best = max(votes, key=lambda surface: (votes[surface], surface))
    return best if best.lower() == word else best + word[len(best) :]


def _initial(surface: str) -> str:
    """A sentence's first word as it would stand inside: lower case where it is a common word."""
    common = surface.lower() in entries("sentence_starters") or surface.lower() in stopwords()
    return surface.lower() if common or surface.islower() else surface


def _shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) / len(letters) > 0.6
