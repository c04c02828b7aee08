"""Kept text into sentences: NLTK's Punkt (Kiss and Strunk, 2006) on our own parameters, and what it cannot know.

Punkt decides whether a full stop ends a sentence or an abbreviation. Around it stand rules for what its model has no
notion of: a quotation is not torn apart, a sentence does not begin in lower case, "No." before a digit is a number, and
a full stop with the space after it missing still ends a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summarize.reading.lines import folded
from summarize.settings import Settings
from summarize.types import Page, Sentence, Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_BULLET = re.compile(r"(?:[•·▪◦‣●○■□–—*+►▶-]|\(?\d{1,2}[.)])\s+(?=\S)")
_LETTERED = (
    "[Pp]lan|[Gg]rade|[Vv]itamin|[Tt]ype|[Cc]lass|[Gg]roup|[Oo]ption|[Ss]ection|[Hh]epatitis|[Pp]atient|[Ww]itness"
    "|[Jj]uror|[Ee]xhibit|[Tt]eam|[Ss]chedule|[Aa]ppendix|[Cc]ategory|[Gg]ate|[Ww]ard|[Bb]lock|[Pp]erson"
)
_COMPANY = "Inc|Corp|Ltd|Plc|PLC|plc|LLC|Co|Bros|GmbH"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_AFTER_CLOCK = (
    rf"{_DAY}\b(?!['’]s)|Eastern|Pacific|Central|Mountain|Greenwich|[A-Z]{{2,5}}\b"
    r"|[A-Z][a-z]+ time\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d"
)
_SUBJECT = r"(?=\s+(?:[A-Z][a-z]+|[A-Z]) [a-z])"
"""A capitalised word and one that is not: how a sentence begins, but no name of two words."""
_MEMORIAL = "Day|Boulevard|Avenue|Street|Memorial|High|School|Way|Drive|Center|Centre|Foundation|Library|Hospital|Park"
_MISSED = re.compile(
    r"(?<=[A-Za-z\d][a-z\d])[.!?][\"”’)]*(?=[\"“‘(]?[A-Z][a-z]+[ ,'’])"  # a word.Another: no space
    r"|(?:(?<=[:?!] No)|(?<=\. No)|(?<=^No)|(?<=[\"“]No)|(?<= no))\.(?=\s+[A-Z\"“])"  # an answer, not a number
    rf"|\b(?:{_LETTERED}) [A-Z]\.(?=\s+[A-Z\"“])"  # a letter that is no initial
    rf"|\b(?:{_COMPANY})\.{_SUBJECT}"
    rf"|, D\.C\.{_SUBJECT}"
    rf"|, (?:Ph\.D|M\.D)\.{_SUBJECT}"
    rf"|[a-z] (?:Jr|Sr)\.(?=\s+(?!{_MEMORIAL})[A-Z][a-z]+ (?:[a-z]|[JS]r\.))"
    rf"|[a-z] (?:Rd|Ave|Blvd|Ln|Hwy)\.{_SUBJECT}"
    r"|\b(?:etc|Inc|Corp|Co|Jr|Sr|a\.m|p\.m|U\.S|U\.K)\.[\"”](?=\s+[A-Z])"
    r"|(?<=\w)(?:…|\.\.\.)[\"”](?=\s+[A-Z])"  # a quotation that trails off
    r"|(?<=[a-z]{3})…(?=\s+[A-Z][a-z]+ [a-z])"
    rf"|\b[ap]\.m\.(?=\s+(?!{_AFTER_CLOCK})[A-Z\"“])"  # a time that no day follows
)
_CHUNK = re.compile(r".{1,20000}(?:\s+|$)|\S{20000}", re.DOTALL)
_NUMBERED = re.compile(
    r"\b(?:Nos?|Arts?|Secs?|Vol|Ch|pp?|Figs?|Rs|[Pp]aras?|ca?|pop|v|[Cc]l|approx|est|Reg|Ex|Op|Cap|St?g|Tk|Sh|Ksh)\.$"
)
_INITIALS = re.compile(r"(?:^|[\s(“\"‘])(?!(?:U\.S|U\.K|U\.N|E\.U|D\.C|U\.A\.E|A\.I|A\.M|P\.M)\.$)(?:[A-Z]\.){2,4}$")
_ITEM = re.compile(r"^\(?\d{1,2}[.)]$")
_EARLY_CLOCK = re.compile(
    r"^(?:At|By|Around|About|Before|After|Since|Until|From|Shortly after|Just (?:before|after))"
    r" \d{1,2}(?:[:.]\d\d)? ?[ap]\.m\.$"
)
_ASKED = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen|Col|Sgt|Rev|Prof)\. )?[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){0,3}"
    r" (?:said|asked|says|wrote|added|replied|shouted|cried|wondered|told|tweeted|joked)\b"
)
_OPEN_SINGLE = re.compile(r"(?:^|[\s(])‘(?:(?![,.!?]’(?!\w)).)*$", re.DOTALL)
_CLOSE_SINGLE = re.compile(r"[,.!?]’(?!\w)")
_BRAND = re.compile(r"[a-z]{1,6}[A-Z]")
"""iPhone, eBay, easyJet: a name that begins in lower case."""
_ENDED = re.compile(r"[.!?…][\"'”’)\]»*]*$")
_HEADING_WORDS = 15


@cache
def tokenizer() -> PunktSentenceTokenizer:
    """Punkt with the parameters that ship with the package."""
    from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer

    class Curly(PunktLanguageVars):  # type: ignore[misc]  # NLTK has no types
        """Knows typographic quotation marks."""

        re_boundary_realignment = re.compile(r"[\"'”’)\]}»]+?(?:\s+|(?=--)|$)", re.MULTILINE)
        _re_non_word_chars = r"(?:[)\";}\]\*:@\'\({\[!\?“”‘’«»])"

    data = json.loads(files(__package__).joinpath("data", "punkt.json").read_text(encoding="utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(data["abbreviations"])
    parameters.sent_starters = set(data["starters"])
    return PunktSentenceTokenizer(parameters, lang_vars=Curly())


def split(pages: Sequence[Page], settings: Settings) -> list[Sentence]:
    """The sentences of the pages' kept text, page by page, none of them across two kept lines.

    Of each page one sentence more than ``max_sentences`` at most, which tells that there are more.
    """
    return [sentence for page in pages for sentence in _of_page(page, settings)]


def _of_page(page: Page, settings: Settings) -> Iterator[Sentence]:
    position, paragraph, last = 0, -1, -1
    title = folded(page.title or "")
    for kept in page.kept:
        if paragraph < 0 or "\n" in page.text[last : kept.start] or "\r" in page.text[last : kept.start]:
            paragraph += 1
        last = kept.end
        raw = page.text[kept.start : kept.end]
        heading = _is_heading(raw, title)
        for start, end in [(0, len(raw))] if heading else _spans(raw, settings):
            span = Span(page.id, kept.start + start, kept.start + end)
            text = " ".join(raw[start:end].split())
            yield Sentence(span, text, position, paragraph, heading)
            position += 1
            if position > settings.max_sentences:
                return


def _is_heading(raw: str, title: str) -> bool:
    """Whether a kept line is the headline or a heading between paragraphs: no full stop, no bullet, few words."""
    if title and len(raw) < 300 and folded(raw).startswith(title):
        return True
    return (
        not _ENDED.search(raw[-12:])
        and not _BULLET.match(raw)
        and len(raw) < 200
        and len(raw.split()) <= _HEADING_WORDS
    )


def spans(line: str, settings: Settings) -> list[tuple[int, int]]:
    """Where the sentences of one line stand in it: half open, without white space or a bullet around."""
    return list(_spans(line, settings))


def _spans(line: str, settings: Settings) -> Iterator[tuple[int, int]]:
    bullet = _BULLET.match(line)
    for chunk in _CHUNK.finditer(line, bullet.end() if bullet else 0):
        text = chunk.group()
        for start, end in _joined(text, _cut(text), settings):
            yield chunk.start() + start, chunk.start() + end


def _cut(text: str) -> list[tuple[int, int]]:
    """Punkt's sentences, cut further where the space after a full stop is missing, and after a "No." that is no number."""
    found: list[tuple[int, int]] = []
    for start, end in tokenizer().span_tokenize(text):
        for missed in _MISSED.finditer(text, start, end):
            found.append((start, missed.end()))
            start = missed.end()
        found.append((start, end))
    return [(s + _lead(text[s:e]), s + len(text[s:e].rstrip())) for s, e in found if text[s:e].strip()]


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _joined(text: str, cuts: Sequence[tuple[int, int]], settings: Settings) -> Iterator[tuple[int, int]]:
    """Join what belongs together again: an open quotation, a number sign, a part that begins in lower case."""
    held: tuple[int, int] | None = None
    until = 0
    for start, end in cuts:
        if held is not None and (start < until or _goes_on(text[held[0] : held[1]], text[start:end])):
            held = (held[0], end)
        else:
            if held is not None:
                yield held
            held = (start, end)
        until = max(until, _quotation_end(text, *held, settings))
    if held is not None:
        yield held


def _goes_on(before: str, after: str) -> bool:
    """Whether a cut was no end: what follows begins in lower case, is what a number sign counts, or who was quoted."""
    if after[0].islower():
        return _BRAND.match(after) is None
    if after[0] in ",;)]”’–—":
        return True
    if after[0].isdigit() and _NUMBERED.search(before[-12:]):
        return True
    if before.endswith(('?"', "?”", '!"', "!”")) and _ASKED.match(after):
        return True
    return any(each.search(before[-40:]) for each in (_INITIALS, _EARLY_CLOCK, _ITEM))


def _quotation_end(text: str, start: int, end: int, settings: Settings) -> int:
    """Where a quotation that is open at ``end`` closes; 0 where none is open, or too far."""
    part = text[start:end]
    if "“" in part or "”" in part:
        mark = "”" if part.rfind("“") > part.rfind("”") else ""
    elif part.count('"') % 2:
        mark = '"'
    else:
        mark = "’" if _OPEN_SINGLE.search(part) else ""
    close = text.find(mark, end) if mark else -1
    if mark == "’":
        found = _CLOSE_SINGLE.search(text, end)
        close = found.end() - 1 if found else -1
    near = (
        0 <= close - start <= 15 * settings.quotation_words
        and len(text[start:close].split()) <= settings.quotation_words
    )
    return close + 1 if close >= 0 and near else 0
