"""Names: capitalised sequences that name someone or something, and the keys under which their spellings agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from summarize.language.lexicon import entries, groups
from summarize.language.words import fold, stem

_WORD = r"(?:(?:[^\W\d_a-zß-öø-ÿ]\.){2,}|[^\W\d_](?:[^\W\d_]|['’‑-](?=[^\W\d_]))*)"
_TOKEN = re.compile(_WORD)
_GAP = re.compile(r"^(?:\s|\.\s(?=[A-Z])|-)$")
_START = re.compile(r"(?:^|[.!?:;]['\"”’)\]]*\s+|[“\"‘(\[—–•\n]\s*|\n\s*|\s'\s?|^')$")
_POSSESSIVE = re.compile(r"['’]s?$")
_CALENDAR = entries("calendar")
_BRIDGES = frozenset({"of", "the", "and"})
_CLOSE = 2  # edits between two spellings of one long name
_LONG = 6  # letters from which one edit is a spelling, not another name


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: ``text`` without titles, ``key`` folded ("U.S." is ``"us"``)."""

    text: str
    start: int
    end: int
    key: str


@lru_cache(maxsize=8192)
def names(text: str, *, sentence_initial_known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """The names in a text, titles left out ("Foreign Minister Sergei Lavrov" gives "Sergei Lavrov").

    A sentence's first word counts only in front of another name, when it is in ``sentence_initial_known`` (keys), or
    when it is no common word. Weekdays, months and titles are no names.
    """
    found: list[Name] = []
    for run in _runs(text):
        found.extend(_named(text, _trimmed(text, run, sentence_initial_known)))
    return tuple(found)


def name_key(text: str) -> str:
    """A name lower-cased, without diacritics, points and possessive; countries' own names and demonyms as they are."""
    folded = fold(_POSSESSIVE.sub("", text)).replace(".", "").replace("'", "")
    return re.sub(r"[\s-]+", " ", folded).strip()


def fold_names(names_by_article: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """A canonical key for every name key of a cluster's articles.

    Demonyms fold to countries, surnames to the one full name that carries them, and spellings apart by an edit or two
    to the commoner one, first names and initial letters permitting.
    """
    count = Counter(key for keys in names_by_article.values() for key in set(keys))
    canonical = {key: groups("demonyms").get(key, key) for key in count}
    for key, spelled in _spellings(sorted(set(canonical.values())), count).items():
        canonical = {k: spelled if v == key else v for k, v in canonical.items()}
    full = _surnames(sorted(set(canonical.values())))
    return {key: full.get(value, value) for key, value in canonical.items()}


def same_name(a: str, b: str) -> bool:
    """Whether two name keys are spellings of one name: "Zelensky" and "Zelenskyy", not "Donetsk" and "Luhansk"."""
    if a == b:
        return True
    words_a, words_b = a.split(), b.split()
    if len(words_a) != len(words_b):
        return False
    return all(_same_word(x, y) for x, y in zip(words_a, words_b, strict=True))


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < _LONG or a[0] != b[0] or stem(a) == b or stem(b) == a:
        return a != b and bool(stem(a) == stem(b)) and a[0] == b[0] and min(len(a), len(b)) >= _LONG
    allowed = _CLOSE if min(len(a), len(b)) >= _LONG + 2 else 1
    return DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Sequences of capitalised words with nothing between but spaces, hyphens and name particles."""
    runs: list[list[re.Match[str]]] = []
    current: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        adjoins = bool(current) and _GAP.match(text[current[-1].end() : match.start()]) is not None
        if adjoins and _ends_possessive(current[-1].group()):
            adjoins = False
        if match.group()[0].isupper():
            if not adjoins:
                runs.append(current)
                current = []
            current.append(match)
        elif adjoins and match.group() in entries("particles"):
            current.append(match)
        else:
            runs.append(current)
            current = []
    runs.append(current)
    return [run for run in runs if run]


def _ends_possessive(word: str) -> bool:
    return _POSSESSIVE.search(word) is not None and len(word) > 2


def _trimmed(text: str, run: list[re.Match[str]], known: frozenset[str]) -> list[re.Match[str]]:
    """The run without a common sentence-initial word, calendar words at its ends, and trailing particles."""
    while run and not run[-1].group()[0].isupper():
        run = run[:-1]
    while run and (_lower(run[0]) in _CALENDAR or run[0].group() in entries("particles")):
        run = run[1:]
    while run and (_lower(run[-1]) in _CALENDAR):
        run = run[:-1]
    if run and _START.search(text[max(0, run[0].start() - 8) : run[0].start()]):
        first = _lower(run[0])
        if {first, first.split("-")[0]} & entries("sentence_starters") and name_key(first) not in known:
            run = run[1:]
            while run and not run[0].group()[0].isupper():
                run = run[1:]
    if len(run) == 1 and run[0].group() in {"I", "A"}:
        return []
    return run


def _named(text: str, run: list[re.Match[str]]) -> list[Name]:
    """The names of a run: a title splits off ("President Joe Biden"), "and" separates, "of" joins one word only."""
    parts: list[list[re.Match[str]]] = [[]]
    for n, match in enumerate(run):
        word = match.group()
        if (
            word == "and"
            or _lower(match) in _CALENDAR
            or (word == "of" and len(parts[-1]) != 1 and not _title_of(parts[-1], run[n + 1 :]))
            or (word == "the" and not (parts[-1] and parts[-1][-1].group() == "of"))
        ):
            parts.append([])
        else:
            parts[-1].append(match)
    return [name for part in parts for piece in _untitled(part) if (name := _one(text, piece)) is not None]


def _title_of(part: list[re.Match[str]], rest: list[re.Match[str]]) -> bool:
    """Whether "of" continues a title: "Deputy Secretary of State Wendy Sherman"."""
    return bool(part) and bool(rest) and _lower(part[-1]) in entries("titles")


def _one(text: str, part: list[re.Match[str]]) -> Name | None:
    while part and not part[0].group()[0].isupper():
        part = part[1:]
    while part and not part[-1].group()[0].isupper():
        part = part[:-1]
    if not part:
        return None
    start, end = part[0].start(), part[-1].end()
    raw = text[start:end]
    bare = _POSSESSIVE.sub("", raw) if _ends_possessive(raw) and raw[-1] != "." else raw
    key = name_key(bare)
    return Name(bare, start, start + len(bare), key) if key else None


def _untitled(part: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """What stands before and after the titles of a run: "French | Foreign Minister | Jean-Yves Le Drian"."""
    titled = [n for n, match in enumerate(part) if _lower(match) in entries("titles")]
    if not titled:
        return [part]
    after = titled[-1] + 1
    if after < len(part) and part[after].group() == "of":
        after += 2
    while after < len(part) and _lower(part[after]) in entries("offices"):
        after += 1
    before = titled[0]
    while before > 0 and _lower(part[before - 1]) in entries("offices"):
        before -= 1
    return [part[:before], part[after:]]


def _lower(match: re.Match[str]) -> str:
    return _POSSESSIVE.sub("", match.group()).lower().rstrip(".")


@cache
def _countries() -> frozenset[str]:
    return frozenset(groups("demonyms"))


def _spellings(keys: list[str], count: Counter[str]) -> dict[str, str]:
    """Misspelt and transliterated keys with the commonest spelling of each; words that differ must be long."""
    chosen: dict[str, str] = {}
    ranked = sorted(keys, key=lambda key: (-count[key], key))
    buckets: dict[str, list[str]] = {}
    for key in ranked:
        if key in _countries():
            continue
        bucket = buckets.setdefault(f"{key[:1]}{len(key.split())}", [])
        match = next((other for other in bucket if same_name(key, other)), None)
        if match is None:
            bucket.append(key)
        else:
            chosen[key] = match
    return chosen


def _surnames(keys: list[str]) -> dict[str, str]:
    """Last words with the one longer key that ends in them; several people of one surname fold to nobody."""
    longer: dict[str, list[str]] = {}
    for key in keys:
        words = key.split()
        for n in range(1, len(words)):
            longer.setdefault(f"{words[n][0]}{len(words) - n}", []).append(key)
    full: dict[str, str] = {}
    for key in keys:
        if key in _countries():
            continue
        length = len(key.split())
        matches = [k for k in longer.get(f"{key[0]}{length}", []) if _extends(k, key, length)]
        roots = [m for m in matches if not any(m != other and other.endswith(" " + m) for other in matches)]
        if len(roots) == 1:
            full[key] = roots[0]
    return full


def _extends(full: str, key: str, length: int) -> bool:
    words = full.split()
    return not _BRIDGES & set(words) and full not in _countries() and same_name(" ".join(words[-length:]), key)
