"""Every threshold of the package: unit, range, and why this value.

A field is declared with ``knob``: its default, the range that is accepted, and the reason in words. ``Settings``
checks types and ranges when it is made, so a stage never has to.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from summarize.errors import SettingsError


def knob(default: Any, low: float, high: float, why: str) -> Any:
    """A numeric setting: default, inclusive range, and the reason for the default."""
    return field(default=default, metadata={"low": low, "high": high, "why": why})


def choice(default: Any, why: str, *, of: tuple[str, ...] = ()) -> Any:
    """A setting that is no number: a switch, or a name, if need be one of a few."""
    return field(default=default, metadata={"why": why, "of": of})


@dataclass(frozen=True, slots=True)
class Settings:
    """All thresholds. Make one with keywords, or read one with ``Settings.from_toml(path)``."""

    # reading
    max_article_chars: int = knob(10_000_000, 1_000, 100_000_000, "characters; ten times the longest page met")
    max_file_bytes: int = knob(
        200_000_000, 1_000, 10_000_000_000, "bytes of one file after decompression; memory is a few times that"
    )
    max_sentences: int = knob(
        400, 10, 100_000, "sentences read of one article; ten times a long news page, and what follows is another text"
    )
    allow_private_links: bool = choice(False, "links to private or loopback addresses reach inside the user's network")
    fetch_seconds: float = knob(20.0, 0.1, 600, "seconds a link may take in all")
    fetch_bytes: int = knob(
        8_000_000, 1_000, 1_000_000_000, "bytes a link may answer with; the longest news page met: 4 MB"
    )
    fetch_redirects: int = knob(5, 0, 20, "redirects followed, each checked anew")
    furniture_words: int = knob(45, 5, 400, "words; longer lines are never furniture by their wording alone")
    prose_cap: int = knob(
        40, 5, 1000, "words that one line of sentences counts at most, so that one teaser is no article"
    )
    bare_weight: float = knob(6.0, 0, 100, "what a short line without a full stop counts against being in the article")
    bare_words: int = knob(
        15, 3, 100, "words from which a line without a full stop counts neither way: a caption or a point"
    )
    junk_weight: float = knob(6.0, 0, 100, "what a line of furniture counts against being in the article")
    heading_weight: float = knob(15.0, 0, 1000, "what a heading over other stories counts against being in the article")
    article_words: int = knob(60, 0, 10_000, "words of sentences above a comment form that make it the article's end")
    caption_words: int = knob(
        12, 3, 200, "words from which a line without a full stop between paragraphs is a caption or an embedded post"
    )
    title_share: float = knob(
        0.9,
        0,
        1,
        "of several lines with the title the last is the headline that leaves this much of the article below it",
    )
    headline_window: int = knob(25, 1, 1000, "lines above the article in which its headline is looked for")
    link_run: int = knob(3, 2, 100, "lines in a row without a full stop, within the article, that make a list of links")
    address_words: int = knob(
        25, 1, 200, "words up to which a last paragraph that speaks to the reader can be furniture"
    )
    link_words: int = knob(
        5, 1, 100, "words from which a line without a full stop can be the headline of another story"
    )
    teaser_terms: int = knob(2, 1, 100, "rare words that a paragraph must have before it can be found off the topic")
    teaser_share: float = knob(
        0.2,
        0,
        1,
        "share of rare words, by rarity, on the topic under which a stray paragraph is a teaser; of 14 clusters' "
        "teasers none above 0.18, of their articles' blocks 4 below 0.2",
    )
    teaser_share_nameless: float = knob(0.3, 0, 1, "the same for a paragraph that shares no name")
    teaser_names: int = knob(3, 1, 100, "shared names from which a stray paragraph counts as near the topic")
    teaser_share_central: float = knob(
        0.08, 0, 1, "the same for one that is near the topic; of 32 real events, none below 0.13 was a teaser"
    )
    home_names: int = knob(2, 1, 100, "rare names of the event from which a paragraph among strays is the article's")
    home_rarity: float = knob(
        5.5, 0, 20, "nats from which a name is rare: in one of 250 paragraphs of news; Ukraine is in one of 100"
    )
    lead_lines: int = knob(4, 1, 100, "lines, headline included, whose rare words tell what a page turns on")
    teaser_share_alone: float = knob(0.03, 0, 1, "the same for a page without others to compare with")
    event_sentences: int = knob(30, 1, 1000, "first sentences of a page that tell its event")
    event_cosine_weight: float = knob(
        0.5,
        0,
        5,
        "weight of the vectors' cosine beside the shares of names and words; it is high for any two eruptions",
    )
    event_names: float = knob(25.0, 0, 1000, "nats; a page whose names weigh less is compared as if they weighed this")
    event_words: float = knob(60.0, 0, 1000, "nats; the same for its rare words")
    event_gap_weight: float = knob(0.2, 0, 5, "closeness that event_gap_days between two pages take away")
    event_gap_days: float = knob(
        30.0, 1, 10000, "days, see event_gap_weight; reports of one event lie mostly within three"
    )
    event_link: float = knob(
        0.52,
        -2,
        3,
        "mean closeness from which pages report one event; 32 real events in a pile: pairwise F1 0.91 from 0.50 to 0.55; "
        "17 clusters: articles 0.66 and more, reports of other events 0.60 and less",
    )
    event_outlier: float = knob(
        0.45,
        0,
        1,
        "share of what the others have in common under which a page among them is about another event; 17 clusters: "
        "articles 0.51 and more, of six reports of other events five below",
    )
    event_outlier_pages: int = knob(4, 3, 1000, "pages from which there is enough to compare one of them with")
    language_words: int = knob(40, 1, 10_000, "words from which a page's function words tell its language")
    language_share: float = knob(
        0.18, 0, 1, "share of English function words from which a page is English whatever else it has; news: 0.25-0.45"
    )
    quotation_words: int = knob(60, 0, 1000, "words up to which a quotation of several sentences stays one sentence")
    # consensus
    clause_words: int = knob(4, 2, 20, "words; a shorter piece states nothing by itself")
    copy_containment: float = knob(
        0.2, 0.0, 1.0, "share of 8-word runs in common; 49 clusters: 12 copies 0.37 and more, other pairs 0.03 and less"
    )
    copy_ratio: float = knob(
        75.0, 0.0, 100.0, "rapidfuzz ratio from which a copy's claim is an edited claim of its original"
    )
    align_neighbours: int = knob(
        12, 1, 200, "pairs proposed per claim; 24 and 48 gave the same facts on the gold for twice the work"
    )
    align_threshold: float = knob(
        0.35, 0.0, 1.0, "mean pair probability to merge; evidence F1 on gold 0.84 from 0.25 to 0.35, 0.83 at 0.45"
    )
    align_member: float = knob(
        0.2, 0.0, 1.0, "pair probability with its group's centre that keeps a claim in the group"
    )
    align_support: float = knob(
        0.3,
        0.0,
        1.0,
        "mean pair probability at which another fact's claim is evidence, too; evidence F1 is the same from 0.3 to 0.35",
    )
    same_fact_overlap: float = knob(
        0.7, 0.0, 1.0, "share of a fact's claims that another has, too, from which both are one"
    )
    value_probability: float = knob(0.1, 0.0, 1.0, "pair probability at which two values may be of one thing")
    conflict_probability: float = knob(
        0.24, 0.0, 1.0, "probability of a conflict from which two values are told as a discrepancy"
    )
    tell_probability: float = knob(
        0.5, 0.0, 1.0, "probability of a conflict from which two numbers are told in the summary's prose, too"
    )
    dispute_words: int = knob(
        8, 1, 100, "content words from which a claim on one side of a dispute can be evidence for the other's fact"
    )
    side_probability: float = knob(
        0.2, 0.0, 1.0, "pair probability from which a further claim that gives a disputed value is on that value's side"
    )
    misspelling_letters: int = knob(2, 1, 5, "letters in which each part of two spellings of a name may differ")
    misspelling_ratio: float = knob(50.0, 0.0, 100.0, "rapidfuzz ratio of two spellings of one part, the other equal")
    supersede_probability: float = knob(0.3, 0.0, 1.0, "pair probability between an open state and what settles it")
    outcome_probability: float = knob(0.25, 0.0, 1.0, "pair probability between affirmed and denied")
    rival_probability: float = knob(
        0.6, 0.0, 1.0, "the pair model's probability from which a denial and what it denies contradict each other"
    )
    read_probability: float = knob(
        0.15, 0.0, 1.0, "pair probability from which the pair model reads two claims of different sources"
    )
    suspect_probability: float = knob(
        0.03, 0.001, 0.999, "probability from which an early page's claim is read beside later ones"
    )
    outdated_probability: float = knob(0.12, 0.0, 1.0, "probability from which such a claim is outdated")
    repeated_probability: float = knob(
        0.9, 0.0, 1.0, "the pair model's probability at which a later page repeats an early one, which then still held"
    )
    carried_out_probability: float = knob(0.5, 0.0, 1.0, "pair probability between an announcement and its execution")
    quote_words: int = knob(4, 1, 50, "words; shorter stretches in marks are names and borrowed phrases")
    quote_containment: float = knob(92.0, 0, 100, "rapidfuzz partial ratio at which one wording holds the other")
    quote_fragment: float = knob(
        0.5, 0.0, 1.0, "share of the longest wording's length under which a wording is a fragment"
    )
    quote_rival: float = knob(
        0.15, 0.0, 1.0, "the pair model's probability from which two wordings of a quotation contradict each other"
    )
    quote_verbatim: float = knob(0.8, 0.0, 1.0, "share of words in common from which any two wordings do")
    quote_run: int = knob(6, 1, 100, "words in a row in common from which any two wordings do")
    quote_ratio: float = knob(62.0, 0, 100, "rapidfuzz ratio at which two wordings render one utterance")
    quote_shared_words: float = knob(0.4, 0.0, 1.0, "share of content words in common between two wordings")
    weight_support: float = knob(
        1.0, 0.0, 10.0, "weight of the share of independent sources; the others are set against it"
    )
    weight_salience: float = knob(0.5, 0.0, 10.0, "weight of standing early in its articles")
    weight_centrality: float = knob(0.4, 0.0, 10.0, "weight of nearness to what the cluster is about")
    weight_specificity: float = knob(0.1, 0.0, 10.0, "weight of names, numbers and dates")
    weight_recency: float = knob(0.1, 0.0, 10.0, "weight of telling what is done rather than planned")
    # writing
    plan_sentence_words: int = knob(
        15, 5, 60, "words; the mean sentence of a summary, to see how many facts there is room for"
    )
    plan_surplus: float = knob(
        3.0, 1.0, 10.0, "facts planned for each that fits: some cannot be written, some are stated already"
    )
    plan_repeat: float = knob(0.7, 0.0, 1.0, "share of content words in common from which a sentence repeats another")
    plan_overlap: float = knob(0.7, 0.0, 1.0, "share of claims in common from which two facts are told as one")
    plan_least_words: int = knob(3, 1, 20, "content words; a shorter claim is no sign that a sentence states its fact")
    plan_focus: float = knob(
        0.6, 0.0, 5.0, "weight of what the headlines say, beside a fact's score: the lead is among it"
    )
    plan_singles: int = knob(
        3, 0, 50, "single-source facts a summary may hold, where facts of several sources leave room"
    )
    dispute_shared: float = knob(
        0.4, 0.0, 1.0, "share of content words in common between the sides of a disagreement told in one sentence"
    )
    select_covers: float = knob(
        0.85, 0.0, 1.0, "share of a claim's content words with which a sentence states its fact too"
    )
    select_alike: float = knob(
        0.4, 0.0, 1.0, "likeness (F1 of content words) of such a claim to the fact's own statement"
    )
    select_sentence: float = knob(
        2.0, 0.0, 30.0, "words that a sentence costs its reader beside its own: many short ones read as a list"
    )
    select_standing: float = knob(
        1.0, 0.0, 5.0, "power of how far an editor is expected to let a sentence stand, as a factor of its worth"
    )
    select_context: float = knob(
        0.85, 0.0, 1.0, "worth of a sentence for each thing that it takes for known and none before it has told"
    )
    select_near: float = knob(
        0.3, -1.0, 1.0, "cosine from which a sentence is read beside one told, for saying it again"
    )
    select_same: float = knob(
        0.7, 0.0, 1.0, "the pair model's probability from which a sentence says again what one taken says"
    )
    select_least_news: float = knob(
        0.3, 0.0, 1.0, "probability of telling something new under which a sentence is a repetition"
    )
    select_model: float = knob(1.1, 0.0, 5.0, "worth of a sentence that the model wrote: it is plainer than a page's")
    mention_words: int = knob(10, 0, 100, "words that may go to saying who people are, in place of a last small fact")
    contrast_words: int = knob(16, 3, 60, "words of each side in a sentence that tells two")
    select_quotation: float = knob(
        1.3, 0.0, 10.0, "worth of what somebody is quoted with, beside what is told: it says why, in their own words"
    )
    select_framed: float = knob(
        0.5, 0.0, 1.0, "worth of a sentence that opens as commentary does, beside one that opens with the news"
    )
    select_vague: float = knob(
        0.5, 0.0, 1.0, "worth of a short sentence without name, date, counted number or negation: it needs its page"
    )
    select_disputed: float = knob(
        1.3, 0.0, 10.0, "worth of a sentence that tells how sources differ, beside what all of them report"
    )
    select_contested: float = knob(
        0.5, 0.0, 1.0, "worth of one that gives a disputed value and cannot tell that it is disputed"
    )
    select_single: float = knob(0.3, 0.0, 1.0, "worth of a single-source fact beside one of several sources")
    dispute_number: float = knob(0.15, 0.0, 1.0, "the same where a number is disputed: its unit says what it counts")
    write_claims: int = knob(
        3, 1, 10, "claims the model reads for a fact: from more and longer ones a small model mixes roles"
    )
    write_plan: int = knob(
        3,
        1,
        50,
        "facts in one numbered plan for a model that follows instructions: more overflow the 512 tokens T5 reads",
    )
    write_reserve: int = knob(4, 0, 50, "facts the model writes beyond those that fit, to replace what it cannot say")
    write_words: int = knob(26, 5, 100, "words a model may write for one fact")
    write_kept: int = knob(8, 1, 50, "sentences kept for each fact, for the summary to choose from")
    write_longest: int = knob(36, 5, 100, "words; a longer source sentence is not shown, however well supported")
    write_target: int = knob(14, 3, 60, "words from which a sentence's length begins to count against it")
    write_least: int = knob(8, 1, 30, "words under which a sentence's shortness begins to count against it")
    rank_support: float = knob(0.5, 0.0, 2.0, "weight of the share of its words that each source's sentence has")
    rank_central: float = knob(
        1.0, 0.0, 2.0, "weight of likeness to each source's claim: what the claims share, not one's detail"
    )
    rank_model: float = knob(
        0.15, 0.0, 2.0, "bonus of a sentence that the model wrote: it is shorter and plainer than a page's"
    )
    rank_fluency: float = knob(0.1, 0.0, 2.0, "weight of the model's mean log-probability a token")
    rank_length: float = knob(0.25, 0.0, 2.0, "weight of the words over the target, as a share of it")
    rank_attributed: float = knob(0.3, 0.0, 2.0, "malus of naming who said what most sources state in their own voice")
    rank_anaphora: float = knob(
        0.06, 0.0, 1.0, "malus of each word that points back to a sentence the reader has not seen"
    )
    rank_loaded: float = knob(2.0, 0.0, 10.0, "weight of loaded words, capitals and exclamation marks a word")
    title_words: int = knob(14, 3, 40, "words; the longest title")
    title_near: float = knob(2.0, 0.0, 10.0, "weight of a headline's likeness to the first sentence, beside the others")
    title_late: float = knob(0.35, 0.0, 2.0, "bonus of the headline of a page that knows most")
    title_finite: float = knob(0.2, 0.0, 2.0, "bonus of a headline with a verb")
    title_same: float = knob(
        0.5, 0.0, 5.0, "weight of the probability that a headline is the first sentence's statement"
    )
    title_passed: float = knob(
        0.5, 0.0, 1.0, "probability that the first sentence overtakes or denies the headline of an early page"
    )
    title_least: float = knob(0.2, 0.0, 1.0, "cosine with the first sentence; a headline of less is not taken")
    title_stale: float = knob(0.8, 0.0, 1.0, "share of its content words that a claim overtaken since may say")
    cite_least: float = knob(0.2, 0.0, 1.0, "share of a sentence's content words that a source must say to bear it out")
    cite_read: float = knob(0.2, 0.0, 1.0, "probability at first sight from which a passage is read beside a sentence")
    cite_likely: float = knob(0.3, 0.0, 1.0, "the same from which a source may report it, before any is read")
    cite_probability: float = knob(
        0.85, 0.0, 1.0, "probability from which an article is cited: its passage says what the sentence says"
    )
    cite_second: float = knob(0.7, 0.0, 1.0, "the same for the second independent source of a sentence")
    verify_coverage: float = knob(0.92, 0.0, 1.0, "share of a sentence's content words that its evidence must hold")
    verify_single: float = knob(0.7, 0.0, 1.0, "share of them that one evidence text alone must hold, against mixing")
    relation_window: int = knob(
        7, 1, 50, "content words; how far apart neighbours of a sentence may stand in its evidence"
    )
    relation_count: int = knob(3, 1, 20, "content words; how near a number must keep to what it counts")
    relation_loose: float = knob(0.05, 0.0, 1.0, "share of neighbours that may stand apart in the evidence")
    # models
    model_writes: bool = choice(True, "whether a model may write sentences; if not, all are the sources' own")
    beams: int = knob(4, 1, 16, "beam width; FACTS: 4 writes fluent compressions, 8 is no better and half as fast")
    candidates: int = knob(4, 1, 16, "beams handed to the verifier, best first; at most `beams`")
    encode_batch: int = knob(
        16,
        1,
        1024,
        "texts encoded at once, by length; 86 sentences take 0.28 s by 16, 0.35 by 64, 0.69 by 128",
    )
    generate_batch: int = knob(32, 1, 256, "facts written at once; memory against speed on 2 cores")
    device: str = choice("cpu", "where the writer runs: cpu, cuda, cuda:1, mps, or auto for cuda where there is one")
    dtype: str = choice(
        "auto",
        "the writer's weights; auto is bfloat16 where the device counts in it, else float32",
        of=("auto", "float32", "bfloat16", "float16"),
    )
    runtime: str = choice(
        "torch",
        "what the shipped writer runs on; ctranslate2 (pip install 'summarize[fast]') takes about half the time on a CPU",
        of=("torch", "ctranslate2"),
    )
    seed: int = knob(0, 0, 2**31 - 1, "seed of whatever is drawn at random; nothing is with the shipped models")

    def __post_init__(self) -> None:
        for spec in fields(self):
            _check(spec.name, getattr(self, spec.name), type(spec.default), spec.metadata)

    @classmethod
    def from_toml(cls, path: str | Path) -> Self:
        """Read settings from a TOML file with this class's field names as keys.

        Raises:
            SettingsError: the file cannot be read, is no TOML, or has an unknown key or a value out of range.
        """
        try:
            data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(f"cannot read settings: {error}", hint="Give the path of a TOML file.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path} is not TOML: {error}", hint="Write lines like `beams = 4`.") from error
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Settings from a plain dict; raises ``SettingsError`` on a key that is no setting."""
        known = {spec.name for spec in fields(cls)}
        unknown = sorted(set(data) - known)
        if unknown:
            raise SettingsError(
                f"unknown setting: {', '.join(unknown)}", hint=f"Known settings: {', '.join(sorted(known))}."
            )
        return cls(**data)

    def fingerprint(self) -> str:
        """Twelve hex digits that change when any setting does."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]


def _check(name: str, value: Any, kind: type, metadata: Any) -> None:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise SettingsError(f"setting {name} must be {kind.__name__}, not {value!r}", hint=str(metadata["why"]))
    if metadata.get("of") and value not in metadata["of"]:
        raise SettingsError(f"setting {name} = {value!r} is not known", hint=f"One of {', '.join(metadata['of'])}.")
    if "low" in metadata and not metadata["low"] <= value <= metadata["high"]:
        bounds = f"{metadata['low']} to {metadata['high']}"
        raise SettingsError(f"setting {name} = {value!r} is out of range ({bounds})", hint=str(metadata["why"]))
