"""Form: whether a text is one whole, self-contained sentence of a news summary."""

from __future__ import annotations

import re
from itertools import pairwise

from summarize.language.lexicon import entries
from summarize.language.quotations import quotations
from summarize.language.verbs import is_finite, is_verb
from summarize.language.words import common_words, tokenize

_FINE_OPENERS = re.compile(r"^(?:Both|Neither|Another|One)\s+\w+|^There\s+(?:is|are|was|were|has|have|had|will)\b")
_DETERMINERS = frozenset(
    "the a an its his her their our this that these those of in with by for some any no more most other".split()
)
_PREPOSITIONS = frozenset(
    "in at on by with for from to of under over into against among between through during within without".split()
)
_PARTICLES = frozenset("for in on off out over by up down with about".split())
_JOINING = frozenset("and but or nor".split())
_AUXILIARIES = frozenset("is are was were has have had be been".split())
_LATE_PRONOUN = re.compile(
    r"^(?:In|On|At|By|After|Before|Since|During|With|For|From|Under|Until|As|When|While)\s[^,“\"]{1,60}?,?\s(?:he|she|it|they)\b"
)
_ELLIPTIC = re.compile(
    r"\b(?:will|would|can|could|did|does|do|is|was|are|were|has|have|had)\s+not\s*[,.;]|^\S+['’]s\s+(?:will|is|was|has|had|have|are|were)\b"
)
_STUB = re.compile(r"^[\w.]{1,3},\s(?!I\b)")
_EMPTY = re.compile(r"\"\s*\"|“\s*”")
_OPENS_LOW = re.compile(r"^[“\"‘']\s*[a-z]")
_SUBORDINATE = re.compile(
    r"^(?:When|While|If|As|With|Since|Although|Though|Because|Despite|Amid|Unless|After|Before|Until|Once|Where)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s(?:as|after|because|when|while|if|before|until|although|though|since|unless|so\s+that)\s|,?\s(?:and|but)\s(?=\w)"
)
_RELATIVE = re.compile(r"\s(?:who|which|that|whose|where)\s")
_LABELLED = re.compile(r"^([^:“\"]{1,60}):\s")
_PERSONAL = re.compile(r"\b(?:I|I'm|I've|we|We|we're|We're|us|our|Our|my|My|me|you|You|your|Your|ourselves|myself)\b")
_ABBREVIATED = re.compile(r"\bU\.?S\.?\b|\bUS\b")
_DEICTIC = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|here|this\s+(?:morning|afternoon|evening)|last\s+night)\b", re.IGNORECASE
)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_LOUD = re.compile(r"\b[A-Z]{4,} [A-Z]{4,}\b")
_ACRONYMS = frozenset("who aid ice sos".split())
_ARTICLE = re.compile(
    r"\b[Aa] (?!(?:one|once|eu|ew|oui)\w*)[aeio][a-z]|\b[Aa]n (?!heir|hon|hour)[bcdfghjklmnpqrtvwyz][a-z]"
)
"""What a cut leaves: "a old boy" of "a nine-year-old boy"."""
_SAID_LEFT = re.compile(r",? (?:and|but) (?:he|she|they|it) (?:said|says|added)\.$")
"""Who said what was cut."""
_NOBODY = re.compile(r"\baccording to (?:[a-z]+ ){0,2}reports\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:it|them|him)\b(?=\s*[.,;!?]|\s+(?:by|in|at|on|with|for|from|to|some|off|up|down|out)\b)")
_ANTECEDENT = re.compile(r"\b(?:and|but|that|which|who|when|after|before|if|while|as)\b")
_AGE = re.compile(r"\b[A-Z][\w'’-]+, \d{1,2} ([a-z]+)\b")
_SUM_SAID = re.compile(r",\s(?:[€£$]|\d)[^,]*\s(?:said|says)\.$")
_BARE_INFINITIVE = re.compile(r"\bto (?:serve|be|become|act|make|take|have|get|give|do|help|include)[.!]?$")
_TELLTALE = (
    (_DEICTIC, "counts from the page's own day or place"),
    (_ARTICLE, "an article that does not fit its word"),
    (_SAID_LEFT, "nothing is said"),
    (_NOBODY, "attributes to nobody"),
    (_SUM_SAID, "a sum speaks"),
)
"""Wordings outside quotations that no sentence of a summary has, and why."""
_SHORTEST = 3
_REPEAT = 4  # words; a run this long that comes twice is a loop of the model


def faults(text: str) -> tuple[str, ...]:
    """What keeps the text from being a sentence of the summary: empty where it may stand."""
    outside = _outside(text)
    words = re.findall(r"[\w’'.-]+", outside)
    found: list[str] = []
    if not re.search(r"[.!?][”\"’']?$", text) or (
        not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in "“\"'‘"
    ):
        found.append("no whole sentence")
    if len(text.split()) < _SHORTEST:
        found.append("too short")
    if (_dangles(words) or _BARE_INFINITIVE.search(text)) and not text.rstrip(".!?").endswith(("”", '"')):
        found.append("ends in a function word")
    if not _has_verb(words) or _headless(words) or _prefaced(words, outside) or _appended(outside):
        found.append("no finite verb")
    if words and words[0].lower() in _listed("no_openers") and not _FINE_OPENERS.match(text) and not _led_in(outside):
        found.append("opens without its antecedent")
    if words and words[0].lower() in _listed("commands") and text[0] not in '“"':
        found.append("speaks to the reader")
    if _LATE_PRONOUN.match(outside) or _points_back(outside):
        found.append("opens without its antecedent")
    if _incomplete(outside) or _STUB.match(text) or _ELLIPTIC.search(outside) or _OPENS_LOW.match(text):
        found.append("no main clause")
    if _PERSONAL.search(_ABBREVIATED.sub("", outside)):
        found.append("speaks in the first or second person")
    found += [why for pattern, why in _TELLTALE if pattern.search(outside)]
    if _repeats(text):
        found.append("repeats itself")
    if _unbalanced(text) or _age_unclosed(outside):
        found.append("unbalanced marks")
    if _shouted(outside):
        found.append("shouts")
    if text.rstrip('”"').endswith("?"):
        found.append("a question")
    return tuple(found)


def _outside(text: str) -> str:
    for start, end in quotations(text):
        text = text[:start] + "…" * (end - start) + text[end:]
    return text


def _dangles(words: list[str]) -> bool:
    """A function word at the end, unless it belongs to the verb before it: "accounted for", "kicked in"."""
    last = words[-1].lower().strip(".") if words else ""
    if last in _PARTICLES and len(words) > 1 and is_verb(words[-2]) and words[-2].lower() not in _AUXILIARIES:
        return False
    return last in _listed("dangling")


def _led_in(text: str) -> bool:
    """A side clause in front, and a main clause behind its comma: "After the crash, he was freed." """
    clauses = [_words(clause) for clause in text.split(",")[1:]]
    main = [clause for clause in clauses if clause and clause[0].lower() not in _JOINING]
    return _SUBORDINATE.match(text) is not None and any(is_finite(clause) for clause in main)


def _incomplete(text: str) -> bool:
    """No main clause: a side clause alone, a label alone, or a subject whose verb was cut off."""
    if _SUBORDINATE.match(text) is not None:
        return not _led_in(text)
    label = _LABELLED.match(text)
    if label is not None and not is_finite(_words(label[1])):
        return True
    link = _LINK.search(text)
    while (
        link is not None
        and link.group().strip(" ,") in {"and", "but"}
        and not is_verb((_words(text[link.end() :]) or [""])[0])
    ):
        link = _LINK.search(text, link.end())
    if link is not None and not is_finite(_words(text[: link.start()])) and len(_words(text[: link.start()])) > 0:
        return True
    relative = _RELATIVE.search(text)
    if relative is not None and not is_finite(_words(text[: relative.start()])):
        return sum(is_verb(word) for word in _words(text[relative.end() :])) < 2
    return False


def _listed(name: str) -> frozenset[str]:
    return entries(name, "summarize.writing")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'.-]+", text)


def _has_verb(words: list[str]) -> bool:
    """A finite verb: a listed form, or one in -ed that is no participle in front of its noun ("the merged company")."""
    for n, word in enumerate(words):
        regular = word.lower().endswith("ed") and len(word) > 4
        if is_verb(word) and not (regular and n and words[n - 1].lower() in _DETERMINERS):
            return True
    return False


def _headless(words: list[str]) -> bool:
    """A verb form in front, with no subject before it: "Played three rounds", "Said to be ill"."""
    if not words or not is_verb(words[0]) or words[0].lower() in {"will", "may", "can"}:
        return False
    bare = words[0].lower() in _AUXILIARIES | {"did", "does", "hit", "cut", "put", "set"}
    return bare or words[0].lower().endswith("ed") or not is_finite(words[1:])


def _prefaced(words: list[str], text: str) -> bool:
    """A phrase that only leads up to a sentence: "In a 112-page opinion handed down"."""
    if not words or words[0].lower() not in _PREPOSITIONS or "," in text:
        return False
    return not any(is_verb(word) and not word.lower().endswith("ed") for word in words)


def _appended(text: str) -> bool:
    """A noun with a participle behind its comma and no verb of its own: "The price, agreed on in March"."""
    head, comma, rest = text.partition(", ")
    first = (_words(rest) or [""])[0]
    if not comma or not first.lower().endswith("ed") or _has_verb(_words(head)):
        return False
    return not any(is_verb(word) and not word.lower().endswith("ed") for word in _words(rest))


def _points_back(text: str) -> bool:
    """An object pronoun whose noun is in no earlier clause of the sentence: "The company changed it." """
    found = _OBJECT.search(text)
    return found is not None and _ANTECEDENT.search(text[: found.start()]) is None


def _repeats(text: str) -> bool:
    words = [token.text.lower() for token in tokenize(text) if token.text[0].isalnum()]
    if any(a == b and len(a) > 1 and a not in {"had", "that"} for a, b in pairwise(words)):
        return True
    runs = [tuple(words[i : i + _REPEAT]) for i in range(len(words) - _REPEAT + 1)]
    return len(set(runs)) < len(runs)


def _shouted(text: str) -> bool:
    """In capitals, or with a word in them that is no acronym: "pay ALL of it back", "found in DRAIN CLEANER"."""
    letters = [char for char in text if char.isalpha()]
    loud = any(word.lower() in common_words() and word.lower() not in _ACRONYMS for word in _CAPITALS.findall(text))
    return sum(char.isupper() for char in letters) * 2 > len(letters) or loud or _LOUD.search(text) is not None


def _age_unclosed(text: str) -> bool:
    """ "Tvedt, 24 agreed": an age without its second comma; not "in Paris, 24 people"."""
    found = _AGE.search(text)
    return found is not None and is_verb(found[1])


def _unbalanced(text: str) -> bool:
    return (
        text.count("(") != text.count(")")
        or text.count("“") != text.count("”")
        or _EMPTY.search(text) is not None
        or text.count('"') % 2 == 1
    )
