"""Attribution: who is said to have said it, with which verb, and which words are the statement itself.

Forms read: "X said (that) C"; "C, X said" and "C, said X"; "According to X, C" and "C, according to X"; "X told Y that
C"; '"Q," X said, "Q2"'; "X: “Q”". A cue inside a quotation is the speaker's own word and never counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarize.language.lexicon import alternatives, entries, lines
from summarize.language.quotations import quotations
from summarize.language.verbs import is_verb

_LONGEST = 1_500  # characters of a sentence that are searched for an attribution
_FREE = alternatives(entries("report_verbs"))
_BOUND = alternatives(entries("report_verbs_that"))
_VERB = rf"(?P<cue>{_FREE}|{_BOUND}|went\s+on)"
_NP = r"(?:[^\s,;:“”\"…]+\s+){0,13}?[^\s,;:“”\"…]+"
_APPOSITION = r"(?:,\s+(?P<apposed>(?:[^\s,;:“”\"…]+\s+){0,13}?[^\s,;:“”\"…]+),)?"
_ADVERB = (
    r"(?:\s+(?:(?:later|earlier|late|early|also|today|yesterday|again|then|simply|repeatedly|previously|afterwards|recently|tonight|flatly)\b"
    r"|(?:on|in|at|during|after|before|from|to|via|by|over|through|following|when|as|while|outside|near|with|of|for|ahead)\b[^,;:“”\"]{1,80}?"
    r"|(?:this|last)\s+(?:morning|afternoon|evening|week|night|month|year)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|afternoon|evening|night))?))"
)
_AUDIENCE = (
    r"(?:\s+(?P<audience>(?:(?:the|a|an|his|her|our|local|state|us|me|them|him)\s+)?"
    r"(?:[^\s,;:“”\"…]+\s+){0,4}?[^\s,;:“”\"…]+))"
)
_ACCORDING_FIRST = re.compile(
    rf"^[\s\W]*(?:According\s+to|In\s+the\s+(?:words|view)\s+of|As\s+reported\s+by)\s+(?P<speaker>[^,;:]{{2,120}}){_APPOSITION},\s+(?P<content>.+)$",
    re.S,
)
_ACCORDING_LAST = re.compile(
    r",?\s+(?P<cue>according\s+to|as\s+reported\s+by|in\s+the\s+words\s+of)\s+(?P<speaker>[^,;:]{2,140}?)(?P<end>[,.;:!?]|$)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r",?\s+by\s+(?P<speaker>(?:[^\s,;:]+\s+){0,6}?[^\s,;:]+)['’]s?\s+(?P<cue>count|account|reckoning|estimate|tally|telling)\b,?",
    re.IGNORECASE,
)
_STANCE = re.compile(
    r"^[\s\W]*(?P<speaker>(?:[^\s,;:“”\"…]+\s+){0,6}?[^\s,;:“”\"…]+?)['’]s?\s+(?:[\w-]+\s+){0,2}?"
    r"(?P<cue>line|position|view|argument|claim|case|version|explanation|account|contention|belief|theory|answer|response"
    r"|complaint|defence|defense|assessment|conclusion|verdict|point|story)\b[^,;:“”\"]{0,40}?\s+(?:is|was|has\s+been|remains)\s+that\s+"
    r"(?P<content>.+)$",
    re.S,
)
_BY_ACCOUNT_FIRST = re.compile(
    r"^[\s\W]*(?:(?:By|On|In)\s+(?P<owner>(?:[^\s,;:]+\s+){0,6}?[^\s,;:]+?)['’]s?\s+(?:own\s+)?"
    r"(?P<cue>count|account|reckoning|estimate|tally|telling|version|view|words)"
    r"|(?:By|On)\s+the\s+(?P<noun>account|reckoning|telling)\s+of\s+(?P<speaker>[^,;:]{2,120}))"
    r",\s+(?P<content>.+)$",
    re.S,
)
_AS_SAID = re.compile(
    rf",\s+as\s+(?P<speaker>{_NP})\s+(?:(?:have|has|had|also|later|now|like|likes)\s+)*(?:to\s+)?"
    rf"(?P<cue>{_FREE}|{_BOUND}|pointed\s+out|point\s+out|points\s+out|put\s+it|puts\s+it)(?P<end>\s*[.;!?]|\s*$|,(?=\s+(?:and|but)\b))",
)
_TOLD_FIRST = re.compile(
    rf"^[^\w…“\"‘]*(?P<speaker>{_NP}){_APPOSITION}\s+(?:have\s+|has\s+|had\s+|also\s+|later\s+)*(?P<cue>told|tells|informed){_AUDIENCE}?(?P<adverb>{_ADVERB})?(?P<link>,?\s+(?:that|how)\s+|:\s+|,?\s+(?=[…“\"])|\s+(?=(?:he|she|it|they|we|there|the)\s))(?P<content>.+)$",
    re.S,
)
_SAID = (
    rf"^[^\w…“\"‘]*(?P<speaker>{_NP}){_APPOSITION}\s+(?:(?:have|has|had|also|later|then|would|further|once)\s+)*"
    rf"(?P<cue>{_FREE}|{_BOUND}|is\s+understood\s+to\s+have\s+said)\b"
)
_SAID_THAT = re.compile(rf"{_SAID}(?:{_ADVERB}){{0,2}}?,?(?:\s+that\s+|:\s+|\s+(?=[“\"‘]))(?P<content>.+)$", re.S)
_SAID_FREELY = re.compile(
    rf"{_SAID}(?:\s+(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\s+(?P<content>.+)$", re.S
)
_SAID_LAST = re.compile(
    rf"(?P<before>[,?!.…”\"’'])[”\"’']?\s+(?P<speaker>{_NP}){_APPOSITION}\s+(?:(?:have|has|had|also|later|then|would|once)\s+)*{_VERB}(?P<tail>(?:{_AUDIENCE})?(?:{_ADVERB}){{0,3}})(?P<end>\s*[.,:;!?]|\s*$)"
)
_SAID_INVERTED = re.compile(
    rf"(?P<before>[,?!.…”\"’'])[”\"’']?\s+{_VERB}\s+(?P<speaker>{_NP})(?P<tail>(?:,\s+[^“”\"]{{1,160}}?)?)(?P<end>\s*[.!?](?:\s|$)|\s*$|,?\s+(?=[“\"])|,\s+(?=(?:and|but|adding)\s))"
)
_NOUNS = frozenset("claim claims report reports estimate estimates comment comments state".split())
_TELLING = {"told", "tells", "tell"}
_COLON = re.compile(r"^(?P<speaker>[^:“”\"'‘’.!?]{2,60}):\s+(?P<content>[“\"‘'].+)$", re.S)
_CLAUSE = re.compile(
    r"^(?:[a-z]+s|the|a|an|his|her|its|their|our|this|that|these|those|there|it|he|she|they|we|i|you|no|some|all|most|many|more|about|if|when|both|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|nobody|everyone|nothing|now|after|before|as|in|at|on|[A-Z…“\"‘\d])",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|\w{2,}ed|\w{3,}s|became|began|came|fell|found|gave|"
    r"got|held|hit|kept|knew|led|left|lost|made|met|paid|put|ran|rose|saw|sent|set|shot|shut|stood|struck|took|went|won|wrote|broke|sank|fled)\b|n['’]t\b"
)
_OCCASION = re.compile(r"\s(?:at|in|on|during|after)\s(?:an?|his|her|their|its)\s.*$")
_AGENCY = re.compile(rf"\((?P<agency>{alternatives(lines('media'))})\)")
_CITING = re.compile(
    r"\b(?:citing|quoting|as\s+reported\s+by|in\s+an\s+interview\s+with|told|speaking\s+to|cited\s+by|quoted\s+by)\s+(?P<outlet>(?:the\s+|The\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,4})"
)
_OUTLET_NOUN = re.compile(
    r"\b(?:newspaper|news\s+agency|broadcaster|magazine|tabloid|television|radio\s+station|outlet|website)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: ``content`` holds the spans of the sentence that are the statement itself."""

    speaker: str
    content: tuple[tuple[int, int], ...]
    cue: str
    relays: str | None = None
    """The outlet or agency whose report this is, as the sentence names it; ``None`` where the speaker is no outlet."""


def attribution(sentence_text: str) -> Attribution | None:
    """The attribution of a sentence, or ``None`` where the page states it in its own voice.

    A pronoun speaker stays the pronoun ("he"); resolving it needs the sentences before.
    """
    text = sentence_text[:_LONGEST]
    masked = _masked(text)
    for read in (_according, _account, _stance, _inverted, _last, _told, _first, _colon, _as_said):
        found = read(masked, text)
        if found is not None:
            relays = _relayed(found.speaker) or relayed_outlet(text)
            return Attribution(_bare(found.speaker), found.content, found.cue, relays)
    return None


def relayed_outlet(text: str) -> str | None:
    """The outlet or agency that a sentence credits in passing: "(AP)", "citing Reuters", "told CNN"."""
    masked = _masked(text[:_LONGEST])
    agency = _AGENCY.search(masked)
    if agency:
        return agency["agency"]
    for match in _CITING.finditer(masked):
        if is_outlet(match["outlet"]):
            return _bare(match["outlet"])
    return None


def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's or agency's, as far as its words tell."""
    bare = re.sub(r"^[Tt]he\s+", "", name.strip())
    if bare in lines("media") or name.strip() in lines("media"):
        return True
    words = bare.split()
    if not words or not words[-1][0].isupper():
        return False
    return words[-1].lower().strip(".'’s") in entries("media_words") or words[-1].lower() in entries("media_words")


def _masked(text: str) -> str:
    """The text with the words of its quotations blotted out, offsets kept."""
    for start, end in quotations(text):
        text = text[:start] + "…" * (end - start) + text[end:]
    return text


def _relayed(speaker: str) -> str | None:
    if is_outlet(speaker) or (_OUTLET_NOUN.search(speaker) and re.search(r"\b[A-Z]", speaker)):
        return _bare(speaker)
    head = re.match(
        r"(?:the\s+|The\s+)?(?P<outlet>[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,4})(?:['’]s)?\s+(?:reporters?|correspondents?|journalists?|sources)\b",
        speaker,
    )
    return _bare(head["outlet"]) if head and is_outlet(head["outlet"]) else None


def _bare(speaker: str) -> str:
    """Who it is, without where it was said: "Oleg Marchuk at his weekly briefing"."""
    bare = re.sub(r"\s+", " ", speaker).strip(" ,.;:…")
    return _OCCASION.sub("", bare) if re.search(r"[A-Z]\w+ (?:at|in|on|during|after)\b", bare) else bare


def _according(masked: str, text: str) -> Attribution | None:
    first = _ACCORDING_FIRST.match(masked)
    if first:
        return Attribution(_who(first, text), (first.span("content"),), "according to")
    last = _ACCORDING_LAST.search(masked, 1)
    if last is None:
        return None
    spans = _around(masked, last.start(), last.end() if last["end"] == "," else last.end("speaker"))
    return Attribution(_who(last, text), spans, "according to")


def _account(masked: str, text: str) -> Attribution | None:
    match = _ACCOUNT.search(masked, 1)
    if match is None:
        return None
    return Attribution(_who(match, text), _around(masked, *match.span()), match["cue"].lower())


def _stance(masked: str, text: str) -> Attribution | None:
    """By a noun for what somebody holds: "The company's line is that ...", "By the union's account, ..."."""
    match = _STANCE.match(masked)
    if match is not None:
        return Attribution(_who(match, text), (match.span("content"),), match["cue"].lower())
    match = _BY_ACCOUNT_FIRST.match(masked)
    if match is None:
        return None
    group = "owner" if match["owner"] else "speaker"
    return Attribution(
        text[slice(*match.span(group))], (match.span("content"),), (match["cue"] or match["noun"]).lower()
    )


def _as_said(masked: str, text: str) -> Attribution | None:
    """Set beside: "..., as the lawyers have pointed out"."""
    match = _AS_SAID.search(masked, 1)
    if match is None or not _is_speaker(match["speaker"]):
        return None
    end = match.end() if match["end"].strip() == "," else match.start("end")
    return Attribution(_who(match, text), _around(masked, match.start(), end), match["cue"].lower())


def _told(masked: str, text: str) -> Attribution | None:
    match = _TOLD_FIRST.match(masked)
    if match is None or not _is_speaker(match["speaker"]):
        return None
    return Attribution(_who(match, text), (match.span("content"),), "told")


def _first(masked: str, text: str) -> Attribution | None:
    match = _SAID_THAT.match(masked)
    if match is None or not _is_speaker(match["speaker"]):
        match = _SAID_FREELY.match(masked)
        if match is None or not _is_speaker(match["speaker"]) or not _states_freely(match):
            return None
    if match["cue"].lower() in _NOUNS and re.search(r"['’]s?$", match["speaker"]):
        return None  # "the party's claim that ...": a noun, of which the sentence says something else
    cue = match["cue"].lower()
    return Attribution(_who(match, text), (match.span("content"),), cue)


def _states_freely(match: re.Match[str]) -> bool:
    """Whether a clause follows without "that", and the verb is one that allows it: "Blinken said talks would start"."""
    content = match["content"]
    free = re.fullmatch(_FREE, match["cue"].lower()) is not None
    verb = _FINITE.search(content, len(content.split(maxsplit=1)[0]))
    if not free or verb is None or _CLAUSE.match(content) is None:
        return False
    subject = content[: verb.start()].split()
    return bool(subject) and subject[-1].lower() not in {"and", "or", "who", "which", "that", "to", "of"}


def _last(masked: str, text: str) -> Attribution | None:
    for match in _SAID_LAST.finditer(masked):
        if not _is_speaker(match["speaker"]) or (match["end"].strip() == "" and match.end() < len(masked.rstrip())):
            continue
        if len(text[: match.start()].split()) < 2:
            continue
        start = _seam(match)
        spans = _around(
            masked, start, match.end() if match["end"].strip() in {",", ".", ";", ":"} else match.start("end")
        )
        return Attribution(_who(match, text), spans, match["cue"].lower())
    return None


def _inverted(masked: str, text: str) -> Attribution | None:
    for match in _SAID_INVERTED.finditer(masked):
        if match["cue"].lower() in _TELLING or not text[: match.start()].strip() or not _is_speaker(match["speaker"]):
            continue
        start = _seam(match)
        return Attribution(_who(match, text), _around(masked, start, match.end()), match["cue"].lower())
    return None


def _colon(masked: str, text: str) -> Attribution | None:
    match = _COLON.match(masked)
    if match is None:
        return None
    return Attribution(_who(match, text), (match.span("content"),), ":")


def _who(match: re.Match[str], text: str) -> str:
    """The speaker's words; of a role with the name beside it ("the spokesman, Ned Price,") the name."""
    speaker = text[match.start("speaker") : match.end("speaker")]
    apposed = match.groupdict().get("apposed")
    if apposed and apposed[0].isupper() and not re.search(r"\b[A-Z][a-z]+(?!['’]s)\b", speaker[1:]):
        return apposed
    return speaker


def _seam(match: re.Match[str]) -> int:
    """Where the statement before a closing cue ends: a quotation keeps its mark, a sentence loses its comma."""
    where = match.start()
    if match.string[where] in "”\"’'":
        return where + 1
    if match.string[where + 1 : where + 2] in {"”", '"', "’", "'"}:
        return where + 2
    return where if match["before"] == "," else where + 1


_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "who"])
_NO_END = frozenset("to be been not that and or is was what as which who".split())
_JOINS = frozenset(["and", "but"])
_NO_START = frozenset(
    "if that when while because which to in on as for at what what's what’s how why where there"
    " after before since until although though unless whether by with from of".split()
)


def _is_speaker(words: str) -> bool:
    """Whether words can be who speaks: a pronoun, or a short group with no finite verb and no conjunction in front."""
    folded = words.lower().split()
    if not folded or folded[-1] in _NO_END or folded[0] in _NO_START:
        return False
    if len(folded) == 1:
        return folded[0] in _PRONOUNS or words[0].isupper() or folded[0].endswith("s")
    if any(word in entries("verbs") for word in words.split()) or (is_verb(folded[0]) and words[0].islower()):
        return False
    if folded[0] in _JOINS:
        return _is_speaker(" ".join(words.split()[1:]))
    plain = re.sub(r"\b(?:who|which)\b.*|\b[A-Z]\w*\b", " ", words)
    return (
        re.search(
            r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|said)\b", plain
        )
        is None
    )


def _around(masked: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """What stands before and after the attribution, without the white space and marks at the seams."""
    spans = []
    for low, high in ((0, start), (end, len(masked))):
        while low < high and masked[low] in " \t\n,;:":
            low += 1
        while low < high and masked[high - 1] in " \t\n,;:":
            high -= 1
        if re.search(r"[\w…]", masked[low:high]):
            spans.append((low, high))
    return tuple(spans)
