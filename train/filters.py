"""What makes a mined pair fit to learn from: coverage, numbers, negation and modality, order, and a clean target.

All functions take lower-cased text. The filters are strict because a small model copies its data's faults: every
name or number in a target that its sources lack teaches it to invent, every dropped "not" to turn a report round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

FUNCTION_WORDS = Path(__file__).resolve().parents[1] / "summarize" / "models" / "data" / "function_words.txt"

_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*%?|[a-zà-ÿ]+(?:'[a-z]+)?")
_NUMBER = re.compile(r"\d|^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
                     r"millions?|billions?|half|third|quarter|first|second|double|triple|\w+day|\w+days|january|february|"
                     r"march|april|june|july|august|september|october|november|december|"
                     r"yesterday|tomorrow|tonight)$")  # fmt: skip
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|without|den(?:y|ied|ies)|cannot|refus\w+|fail\w+|unlikely)\b|n't\b"
)
_MODAL = re.compile(r"\b(?:may|might|could|would|should|alleg\w+|reportedly|expected|plan\w*|likely|possibl[ey]|suspect\w*"
                    r"|accus\w+|claim\w*|if|unless|propos\w+|consider\w*|seek\w*|hop(?:e|es|ed|ing)"
                    r"|threaten\w*)\b")  # fmt: skip
_REPORT = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|report(?:s|ed)?|announc\w+|according|stated?|note[sd]?|describe[sd]?)\b"
)
_PERSONAL = re.compile(r"\b(?:i|i'm|i've|i'll|i'd|we|we're|we've|we'll|you|you're|my|our|your|us|me)\b")
_FURNITURE = re.compile(
    r"\bper (?:the )?(?:ap|cnn|bbc|abc|nbc|cbs|fox|usa|new|los|wall|washington|daily|guardian|reuters|politico|tmz)\b"
    r"|\b(?:click|newser|read more|read the|full (?:story|piece|post|column|article|list|report|interview)|subscribe|"
    r"sign up|photos?|getty|newsletter|advertisement|video|slideshow|see more|for more|follow us|copyright|facebook|"
    r"tweet\w*|cookies?|story highlights|file photo|image caption|media caption|associated press|gallery|podcast|"
    r"reporting by|editing by|contributed to this|all rights|breaking news|(?:a|p)\.m\. \w\wt)\b"
    r"|\((?:ap|cnn|reuters|afp)\)|https?:|www\.|@|\.com\b|[|<>{}_=*#\\]|\.\.\.|…"
)
_OPENING = re.compile(
    r"^[^a-z0-9]*(?:he|she|it|they|this|that|these|those|there|here|his|her|its|their|but|and|so|or|nor|yet|also|then|"
    r"still|meanwhile|however|instead|now|plus|as for|in other words|for (?:example|instance)|otherwise|though|such|"
    r"both|another|others?|either|one of (?:them|those|the)|the (?:latter|former)|because|which|who|what|why|how|when|"
    r"where|if|that's|it's|he's|she's|they're|earlier|later|afterwards?|in (?:addition|return|response|fact|turn))\b"
)
_BROKEN_END = re.compile(
    r"\b(?:the|a|an|of|in|to|and|or|but|with|for|by|from|mr|mrs|ms|dr|sen|rep|gov|u\.s|st|jr|sr)\.$"
)


_LIMITS = (
    "some any all many more most much few several each both either neither one ones only even still already no not "
    "will would can could may might must shall should"
)


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The closed list that decoding may always use, and quantifiers and modals; whatever else there is is content."""
    lines = FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in [*lines, _LIMITS] for word in line.split("#")[0].split())


def words(text: str) -> list[str]:
    """Lower-case words and numbers, possessive endings cut."""
    return [word[:-2] if word.endswith("'s") else word for word in _WORD.findall(text)]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A crude common stem of regular inflections, enough to see "cancels" and "cancelled" as one word."""
    if word[0].isdigit() or len(word) < 5:
        return word.rstrip("s") if len(word) > 3 else word
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def content(text: str) -> list[str]:
    """Stems of the content words, in order."""
    return [stem(word) for word in words(text) if word not in function_words()]


def numbers(text: str) -> set[str]:
    """Numbers in digits and in words, as written."""
    return {word.rstrip("%").replace(",", "") for word in words(text) if _NUMBER.search(word)}


def coverage(target: Sequence[str], source: Iterable[str]) -> float:
    """Share of the target's content stems that occur in the source: 0 to 1."""
    have = set(source)
    return sum(stem_ in have for stem_ in target) / len(target) if target else 0.0


def ordered(target: Sequence[str], source: Sequence[str]) -> float:
    """Longest common subsequence over the target's length: low where roles may have been turned round."""
    row = [0] * (len(source) + 1)
    for left in target:
        previous = 0
        for column, right in enumerate(source, start=1):
            kept = row[column]
            row[column] = previous + 1 if left == right else max(row[column], row[column - 1])
            previous = kept
    return row[-1] / len(target) if target else 0.0


def same_status(target: str, source: str) -> bool:
    """Negation and modality agree, and the target attributes nothing that its source does not attribute."""
    if bool(_NEGATION.search(target)) != bool(_NEGATION.search(source)):
        return False
    if _MODAL.search(source) and not _MODAL.search(target):
        return False
    return not _REPORT.search(target) or bool(_REPORT.search(source))


def clean_target(text: str, *, shortest: int = 6, longest: int = 38) -> bool:
    """A self-contained, complete, neutral sentence: what the writer should learn to write."""
    length = len(text.split())
    if not shortest <= length <= longest or not text.endswith("."):
        return False
    if _OPENING.search(text) or _BROKEN_END.search(text) or _FURNITURE.search(text) or _PERSONAL.search(text):
        return False
    if any(mark in text for mark in ";?![]") or text.count("(") != text.count(")") or text.count('"') % 2:
        return False
    if re.search(r'\. "|\."? [a-z]+ (?:said|says|tells)', text):  # two sentences run together around a quotation
        return False
    return " - " not in text and ": " not in text and len(text) / length < 9


def clean_source(text: str, *, longest: int = 50) -> bool:
    """A sentence that may stand as evidence; its own faults (a pronoun, an opening "but") are the writer's to mend."""
    return 4 <= len(text.split()) <= longest and not _FURNITURE.search(text) and text[-1:] in ".!?\"')"


def quotes_kept(target: str, source: str) -> bool:
    """Each quoted stretch of the target stands in the source in the same words."""
    flat = " ".join(words(source))
    return all(" ".join(words(quoted)) in flat for quoted in re.findall(r'"([^"]*)"', target))
