"""Invented events to make clusters from: for each fact how several newsrooms put it, and the furniture around it.

``clusters()`` is a Hypothesis strategy: an event, two to five outlets, and for each a page that tells some of the facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from summarize.types import Article


@dataclass(frozen=True)
class Event:
    """An event: its facts in the order of their weight, each in the words of several newsrooms."""

    headlines: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]


FERRY = Event(
    headlines=(
        "Ferry hits pier at Dunmore, passengers hurt",
        "Passengers injured as Halcyon strikes Dunmore pier",
        "Dunmore ferry crash leaves a dozen hurt",
        "Harbour closed after ferry accident",
        "Investigators board ferry that hit pier",
    ),
    facts=(
        (
            "The ferry Halcyon struck the pier at Dunmore on Monday morning, injuring 12 passengers.",
            "Twelve passengers were injured when the Halcyon hit the pier at Dunmore on Monday morning.",
            "The Halcyon, a ferry, hit Dunmore's pier on Monday morning and 12 passengers were hurt.",
            "On Monday morning the ferry Halcyon struck the pier at Dunmore. Fourteen passengers were injured.",
        ),
        (
            "The ferry was carrying 231 people from Arklow when the accident happened.",
            "There were 231 people on board the ferry, which had come from Arklow.",
            "The ferry had left Arklow with 231 people on board.",
        ),
        (
            '"I heard a bang and then we all fell down," said Ruth Kane, a passenger from Arklow.',
            'Ruth Kane, a passenger, said: "I heard a bang and then we all fell down."',
            '"I heard a loud bang and then we all fell down," passenger Ruth Kane told reporters.',
        ),
        (
            "The harbour was closed until Tuesday evening, harbour master Declan Moore said.",
            "Harbour master Declan Moore said that the harbour would stay closed until Tuesday evening.",
            "The harbour will not open before Tuesday evening, according to harbour master Declan Moore.",
        ),
        (
            "Investigators believe that a steering failure caused the accident.",
            "A failure of the steering is believed to have caused the accident, investigators said.",
        ),
        ("The pier was built in 1931 and repaired at a cost of $2.4 million six years ago.",),
        ("The ferry line has carried passengers between the two towns since the spring of 1988.",),
    ),
)

MINISTER = Event(
    headlines=(
        "Talks between Valdoria and Ostrava called off",
        "Valdoria's foreign minister cancels Geneva meeting",
        "Geneva meeting off after border clash",
        "Lund says she will not meet Ostravan counterpart",
        "Border clash ends hopes of Geneva talks",
    ),
    facts=(
        (
            "Valdoria's foreign minister, Petra Lund, has cancelled Thursday's meeting with Ostrava's Jan Brevik.",
            "Petra Lund, the foreign minister of Valdoria, cancelled a meeting with Jan Brevik that had been set for Thursday.",
            "The meeting of foreign ministers Petra Lund of Valdoria and Jan Brevik of Ostrava has been cancelled.",
            "Foreign Minister Petra Lund on Tuesday called off a meeting with her Ostravan counterpart, Jan Brevik.",
        ),
        (
            "The two were to have met in Geneva on Thursday.",
            "They had planned to meet on Thursday in Geneva.",
            "The meeting was to have taken place in Geneva.",
        ),
        (
            '"It makes no sense to talk while shells are falling on our villages," Lund said on Tuesday.',
            'Lund told parliament on Tuesday: "It makes no sense to talk while shells are falling on our villages."',
            'On Tuesday Lund said that it made "no sense to talk while shells are falling on our villages".',
        ),
        (
            "Three border guards were killed in fighting near the village of Hallen on Monday.",
            "On Monday, three border guards died in fighting near the village of Hallen.",
            "Fighting near the village of Hallen killed four border guards on Monday.",
        ),
        (
            "Ostrava denies that its troops crossed the border.",
            "Ostrava has denied that its soldiers crossed the border.",
        ),
        ("The two countries have quarrelled about the river's water since 1974.",),
        ("About 6,500 people have left the villages along the river, the Red Cross said.",),
    ),
)

BANK = Event(
    headlines=(
        "Northmere bank says data of 1.3 million customers stolen",
        "Data breach at Northmere hits 1.3 million",
        "Northmere apologises for data theft",
        "Hackers took customers' names and addresses, bank says",
        "Regulator opens inquiry into Northmere",
    ),
    facts=(
        (
            "Northmere said on Wednesday that thieves had stolen the data of 1.3 million customers.",
            "The data of 1.3 million customers were stolen from Northmere, the bank said on Wednesday.",
            "Northmere, a bank, said on Wednesday that data of 1.3 million customers had been stolen.",
            "Hackers have stolen data of 1.3 million customers from the bank Northmere, it said on Wednesday.",
        ),
        (
            "Names, addresses and dates of birth were taken, but no passwords.",
            "The thieves took names, addresses and dates of birth, but no passwords.",
            "No passwords were taken, but names, addresses and dates of birth were.",
        ),
        (
            '"We are deeply sorry that this happened," said Aisha Grant, the bank\'s chief executive.',
            'Chief executive Aisha Grant said: "We are deeply sorry that this happened."',
        ),
        (
            "The regulator has opened an inquiry, which is expected to take six months.",
            "An inquiry by the regulator is expected to take six months.",
            "The regulator said it had opened an inquiry that would take about six months.",
        ),
        (
            "Shares in Northmere fell by 7 percent in London.",
            "In London, shares in Northmere lost 7 percent.",
            "Northmere's shares fell 7.4 percent in London.",
        ),
        ("The bank was founded in Leeds in 1902 and has 212 branches.",),
    ),
)

EVENTS = (FERRY, MINISTER, BANK)
OUTLETS = ("Dunmore Herald", "Coast Daily", "The Meridian Post", "Northern Wire", "Valley Courier", "Evening Star")
ABOVE = ("Home | News | Sport | Weather | Subscribe", "Menu\nSign in\nSearch", "")
BELOW = (
    "Sign up for our morning newsletter and never miss a story.",
    "Share this article\nFacebook\nTwitter\nEmail",
    "Read more: Ten gardens to visit this summer\nRelated: Council raises parking fees",
    "© 2025 All rights reserved. Terms of use | Privacy policy",
    "",
)


@st.composite
def clusters(draw: st.DrawFn, least: int = 2, most: int = 4) -> list[Article]:
    """Articles of different outlets about one event; no two have a sentence in common."""
    event = draw(st.sampled_from(EVENTS))
    outlets = draw(st.lists(st.sampled_from(OUTLETS), min_size=least, max_size=most, unique=True))
    used: set[str] = set()
    return [draw(pages(event, outlet, used)) for outlet in outlets]


@st.composite
def pages(draw: st.DrawFn, event: Event, outlet: str, used: set[str]) -> Article:
    """What one outlet tells: the main fact and some of the others, in words not used yet, with its furniture."""
    told = [event.facts[0], *draw(st.lists(st.sampled_from(event.facts[1:]), min_size=2, max_size=4, unique=True))]
    headline, *sentences = [_unused(draw, wordings, used) for wordings in (event.headlines, *told)]
    parts = [draw(st.sampled_from(ABOVE)), headline, *sentences, draw(st.sampled_from(BELOW))]
    day = draw(st.sampled_from(["2025-03-04", "2025-03-05", None]))
    return Article(text="\n\n".join(part for part in parts if part), outlet=outlet, title=headline, published=day)


def _unused(draw: st.DrawFn, wordings: tuple[str, ...], used: set[str]) -> str:
    left = [wording for wording in wordings if wording not in used]
    chosen = draw(st.sampled_from(left)) if left else ""
    used.add(chosen)
    return chosen
