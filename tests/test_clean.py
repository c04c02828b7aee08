"""What of a page is its article: the five seeds line by line, and each kind of evidence on pages made for it."""

from __future__ import annotations

import json
import random
import textwrap
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.reading.clean import clean
from summarize.reading.furniture import of_line, patterns
from summarize.reading.layout import heaviest
from summarize.reading.lines import lines_of
from summarize.reading.outlet import family_of
from summarize.reading.topic import common_words, share, terms
from summarize.settings import Settings
from summarize.types import Article, Page

DEFAULT = Settings()
HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds" / "blinken-lavrov").glob("*.txt"))
KEPT_LINES = json.loads((HERE / "data" / "seed_lines.json").read_text(encoding="utf-8"))

FERRY = """A ferry struck the pier at Dunmore on Monday evening, injuring 14 passengers, the Waterford coast guard said.
The Halcyon had left Rosslare at noon with 231 people on board, according to its operator, Celtic Lines.
"There was a bang and then we all fell," said Ruth Kane, a teacher from Tramore.
Dunmore harbour is closed until divers have looked at the pier, harbour master Owen Daly said."""
OTHER = """Fourteen people were hurt when the ferry Halcyon hit the pier at Dunmore, the coast guard told reporters.
Celtic Lines, which runs the Halcyon between Rosslare and Dunmore, said the helm did not answer.
Harbour master Owen Daly has closed Dunmore harbour. Ruth Kane, a teacher from Tramore, was among the passengers."""


def seeds() -> list[Article]:
    return [Article(path.read_text(encoding="utf-8"), id=path.stem) for path in SEEDS]


def kept(page: Page) -> list[str]:
    return [page.text[span.start : span.end] for span in page.kept]


def reason_of(page: Page, words: str) -> str | None:
    start = page.text.index(words)
    return next((d.reason for d in page.dropped if d.span.start <= start < d.span.end), None)


def pages_of(*texts: str, **more: str) -> list[Page]:
    return clean([Article(text, id=f"p{i}", **more) for i, text in enumerate(texts)], DEFAULT)


def with_other(text: str) -> Page:
    return pages_of(text, OTHER)[0]


def check_covers(page: Page) -> None:
    """Every character but white space lies in exactly one span, and the spans are in order."""
    spans = sorted([(s.start, s.end) for s in page.kept] + [(d.span.start, d.span.end) for d in page.dropped])
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(page.text)
        assert not page.text[last:start].strip()
        last = end
    assert not page.text[last:].strip()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_of_the_seeds_every_line_is_kept_or_dropped_as_annotated(path):
    page = next(page for page in clean(seeds(), DEFAULT) if page.id == path.stem)
    wanted = KEPT_LINES[path.stem]
    for number, line in enumerate(page.text.split("\n"), 1):
        start = sum(len(each) + 1 for each in page.text.split("\n")[: number - 1])
        touching = [s for s in page.kept if s.start < start + len(line) and start < s.end]
        if line.strip():
            assert bool(touching) == (number in wanted), (number, line)


def test_each_of_the_seeds_keeps_its_article_without_the_others_to_compare_with():
    for article in seeds():
        lines = article.text.split("\n")
        text = "\n".join(kept(clean([article], DEFAULT)[0]))
        for number in KEPT_LINES[article.id or ""]:
            if lines[number - 1].strip().endswith((".", '"', "”")):
                assert lines[number - 1].strip() in text


def test_two_pages_of_one_outlet_are_one_family_where_only_furniture_tells():
    pages = clean(seeds(), DEFAULT)
    assert [page.outlet for page in pages] == [None, "The Week", None, None, "The Week"]
    assert pages[1].family == pages[4].family == family_of("theweek.com") == family_of("The Week (US)")


def test_no_order_of_the_articles_changes_a_page():
    articles = seeds()
    wanted = {page.id: page for page in clean(articles, DEFAULT)}
    for seed in range(4):
        random.Random(seed).shuffle(articles)
        assert {page.id: page for page in clean(articles, DEFAULT)} == wanted


def test_every_stretch_of_the_seeds_is_kept_or_dropped_once():
    for page in clean(seeds(), DEFAULT):
        check_covers(page)


JUNK = [
    "Home | News | Sport | Weather | Jobs",
    "Follow us on Telegram so you never miss a story.",
    "Sign up for our free daily newsletter and get it straight to your inbox.",
    "We use cookies to improve your experience. Accept all / Manage choices",
    "© 2025 Harbour Times. All rights reserved.",
    "(Reporting by Jane Roe; editing by John Doe)",
    "Share on Facebook  Share on X  Email",
    "Photo: The damaged bow on Tuesday morning. (Eurolens/G. Manos)",
    "Comments are closed for this article.",
    "Advertisement",
    "Support independent journalism from just $5 a month.",
    "Read more: The last ferryman of Lake Tunguz",
    "[Video unavailable in your region]",
    "Jane Roe is the Harbour Times' senior maritime correspondent.",
    "Published 3rd Nov 2025, 11:20 GMT",
    "Was this email forwarded to you? Sign up here.",
    "This page refreshes every 30 seconds. Newest posts first.",
]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("place", ["above", "within", "below"])
def test_furniture_goes_wherever_it_stands_and_the_article_stays(junk, place):
    lines = FERRY.split("\n")
    at = {"above": 0, "within": 2, "below": len(lines)}[place]
    page = with_other("\n".join([*lines[:at], junk, *lines[at:]]))
    assert kept(page) == lines
    check_covers(page)


@pytest.mark.parametrize("junk", JUNK)
def test_furniture_goes_from_a_page_on_its_own_too(junk):
    assert kept(pages_of(FERRY + "\n" + junk)[0]) == FERRY.split("\n")


REAL = [
    "Nobody was killed.",
    "Terms of the acquisition were not disclosed.",
    "The case will be heard in Wexford on Friday.",
    "By Monday evening 4,000 people had reached the camps, Daly said.",
    "Shares in Celtic Lines fell 6 percent.",
    "He said the bill was sponsored by Sen. Ron Arlow.",
    "• Four people went to hospital in Waterford.",
    "1. A pusher tug and 12 barges were stopped off Dunmore.",
    "- Gone: two masts and a lifeboat.",
    "“Nobody asked us,” Kane said.",
    "In this case, the video shows the pier at Dunmore.",
    "Comments by the minister angered the crew.",
    "The report may not be published until June.",
    "Photo identification was asked for at the gate.",
    "She lives in Tramore.",
    "UPDATE: Two more passengers have been found.",
    "The clinic receives support from the Lindqvist Foundation.",
    "Related costs rose, Celtic Lines said.",
    "More than 40 houses burned down in Dunmore.",
]


@pytest.mark.parametrize("line", REAL)
def test_what_only_resembles_furniture_stays(line):
    lines = FERRY.split("\n")
    page = with_other("\n".join([*lines[:2], line, *lines[2:]]))
    assert line in kept(page)


def test_after_a_heading_over_other_stories_links_go_and_the_article_goes_on():
    lines = FERRY.split("\n")
    box = ["Most read", "1. The Tassie town where a house costs a dollar", "2. I flew 17 hours next to a crying adult"]
    assert kept(with_other("\n".join([*lines[:2], *box, *lines[2:]]))) == lines


def test_a_fluent_story_below_the_article_is_a_teaser_if_it_shares_nothing_with_the_cluster():
    teaser = "Bird flu was found in a second flock near Galway. The birds, 14,000 layers, were destroyed on Monday."
    page = with_other(FERRY + "\nObituaries | Legals | Place an ad\n" + teaser)
    assert kept(page) == FERRY.split("\n")
    assert reason_of(page, "Bird flu") == "teaser"


def test_a_paragraph_of_background_below_an_advertisement_stays():
    background = "Celtic Lines was founded in 1978 and carries a million passengers a year across the Irish Sea."
    assert background in kept(with_other(FERRY + "\nAdvertisement\n" + background))


def test_an_off_topic_link_between_paragraphs_goes_and_a_heading_stays():
    lines = FERRY.split("\n")
    page = with_other(
        "\n".join([*lines[:2], "Pensioner grows giant marrow in Kilkenny", *lines[2:3], "WHAT NEXT?", *lines[3:]])
    )
    assert reason_of(page, "Pensioner") == "related"
    assert "WHAT NEXT?" in kept(page)


def test_whatever_stands_below_a_comment_form_is_no_article():
    comments = "I was on that boat and it was awful, let me tell you, the crew did nothing at all for us.\n" * 30
    assert kept(
        pages_of(FERRY + "\nLeave a Reply\nYour email address will not be published.\n" + comments)[0]
    ) == FERRY.split("\n")


def test_clock_times_and_datelines_are_cut_off_in_front():
    blog = "22:15 Four people were flown from Dunmore to Waterford.\n21:50 The wind at Dunmore harbour was force 7, Daly said."
    page = with_other(blog)
    assert kept(page) == [line[6:] for line in blog.split("\n")]
    assert {d.reason for d in page.dropped} == {"live-blog"}
    for dateline in ("DUNMORE, Ireland (UP) —", "DUNMORE/CORK, Nov 10 (Halden) -", "DUNMORE/CORK, Nov 10 -"):
        page = with_other(f"{dateline} {FERRY}")
        assert kept(page) == FERRY.split("\n")
        assert page.text[: page.dropped[0].span.end] == dateline


def test_a_sentence_of_furniture_in_a_paragraph_goes_alone():
    first, *rest = FERRY.split("\n")
    page = with_other("\n".join([first + " Sign up for our newsletter here. Two are still in hospital.", *rest]))
    assert kept(page)[:2] == [first, "Two are still in hospital."]


def test_an_author_is_known_from_the_byline():
    page = with_other(
        "Ferry hits pier at Dunmore\nBy Wendell Oakes\n"
        + FERRY
        + "\nWendell Oakes has fished, and written, for 40 years."
    )
    assert reason_of(page, "Wendell Oakes has") == "biography"


def test_a_paragraph_that_stands_twice_is_kept_once():
    first = FERRY.split("\n")[0]
    page = with_other(FERRY + "\n" + first)
    assert kept(page) == FERRY.split("\n")
    assert page.dropped[-1].reason == "repeated"


def test_copies_of_an_article_in_one_outlet_lose_nothing():
    for page in pages_of(FERRY, FERRY + "\nShare this", outlet="Harbour Times"):
        assert kept(page) == FERRY.split("\n")


def test_a_page_wrapped_at_a_column_keeps_its_paragraphs():
    wrapped = "\n\n".join(textwrap.fill(line, 40) for line in FERRY.split("\n"))
    assert [" ".join(line.split()) for line in kept(with_other(wrapped))] == FERRY.split("\n")


def test_a_page_that_is_one_long_line_keeps_its_sentences():
    text = " ".join(FERRY.split())
    assert kept(with_other(text)) == [text]


@pytest.mark.parametrize("text", ["", "   \n\n", "Home\nNews\nSport\nLog in", "x", "\u2028\x0b\x0c"])
def test_a_page_without_an_article_keeps_nothing(text):
    page = pages_of(text)[0]
    assert page.kept == ()
    check_covers(page)


def test_headline_outlet_and_day_come_from_the_page_where_metadata_are_missing():
    head = "The Harbour Courier\nNews · Sport · Jobs\nFerry hits the pier at Dunmore\nBy Jane Roe\n14 September 2025\n"
    page = with_other(head + FERRY)
    assert (page.title, page.outlet, page.published) == (
        "Ferry hits the pier at Dunmore",
        "The Harbour Courier",
        date(2025, 9, 14),
    )
    assert kept(page)[0] == "Ferry hits the pier at Dunmore"


def test_metadata_come_first_and_an_address_names_the_outlet_before_a_copyright_line():
    article = Article(FERRY + "\n© 2025 Hearst Communications", id="a", url="https://www.sfgate.com/2025/03/04/ferry/")
    page = clean([article], DEFAULT)[0]
    assert (page.outlet, page.family, page.published) == ("sfgate.com", "sfgate", date(2025, 3, 4))
    page = clean([replace(article, outlet="The Gate", published="2025-03-05T10:00:00Z")], DEFAULT)[0]
    assert (page.outlet, page.published) == ("The Gate", date(2025, 3, 5))


def test_an_agencys_copyright_does_not_make_it_the_outlet():
    assert pages_of(FERRY + "\nCopyright 2025 The Associated Press. All rights reserved.")[0].outlet is None


def test_what_stands_in_one_box_with_a_form_goes_with_it():
    first, second, *rest = FERRY.split("\n")
    box = "HARBOUR WATCH\nShipping and ferries, in your inbox every Wednesday.\nEmail address   Sign up\nIt is free."
    page = with_other("\n".join([first, second, box, *rest]))
    assert kept(page) == FERRY.split("\n")
    assert {reason_of(page, line) for line in ("Shipping and", "It is free")} == {"newsletter"}


def test_a_short_sentence_of_the_article_beside_a_form_stays():
    first, *rest = FERRY.split("\n")
    page = with_other("\n".join([first, "Sign up for our newsletter", "Nobody was killed.", *rest]))
    assert "Nobody was killed." in kept(page)


def test_what_stood_side_by_side_is_told_apart_and_a_credit_marks_its_caption():
    beside = (
        "Passengers leave the ferry at Dunmore late on Monday.   Ann Moric/Hudson Pictures   Read more about ferries"
    )
    page = with_other(FERRY + "\n" + beside)
    assert kept(page) == FERRY.split("\n")
    assert reason_of(page, "Passengers leave") == "caption"
    check_covers(page)


def test_a_list_of_days_and_what_happens_on_them_is_the_articles():
    tour = "\n".join(f"June {day} – Harbour Hall, Dunmore" for day in range(10, 18))
    page = with_other(FERRY + "\nWhere the ferry will call:\n" + tour + "\n" + OTHER.split("\n")[0])
    assert all(line in kept(page) for line in tour.split("\n"))


def test_a_related_headline_in_title_case_goes_though_it_has_the_events_words():
    first, *rest = FERRY.split("\n")
    page = with_other("\n".join([first, "Is the Dunmore Ferry Halcyon Safe to Board?", *rest]))
    assert reason_of(page, "Is the Dunmore") == "related"


def test_an_agencys_name_behind_the_last_sentence_is_no_part_of_it():
    page = with_other(FERRY + "\nThe Halcyon is due back in Rosslare on Friday. CELTIC NEWS AGENCY")
    assert kept(page)[-1] == "The Halcyon is due back in Rosslare on Friday."
    assert reason_of(page, "CELTIC NEWS") == "byline"


def test_a_notice_above_the_article_does_not_become_what_the_page_is_about():
    page = with_other("Become an Insider and start now, said nobody.\nAdvertisement\n" + FERRY)
    assert kept(page)[-4:] == FERRY.split("\n")


def test_text_taken_out_of_html_keeps_what_has_no_full_stop():
    text = FERRY + "\nThree ferries\nTwo piers\nOne harbour\nSign up for our newsletter"
    page, _ = clean([Article(text, id="a", extracted=True), Article(OTHER, id="b")], DEFAULT)
    assert kept(page) == [*FERRY.split("\n"), "Three ferries", "Two piers", "One harbour"]


def test_a_page_in_another_language_is_kept_and_marked():
    text = (
        "El transbordador chocó contra el muelle el lunes por la noche y catorce pasajeros resultaron heridos, dijo. "
    )
    page = pages_of(text * 4)[0]
    assert page.kept
    assert not page.english
    assert pages_of(FERRY)[0].english


def test_the_heaviest_run_is_found():
    assert heaviest([-1, 3, -1, 4, -9, 5], 0) == (1, 4)
    assert heaviest([-1, -2], 0) == (0, 0)


def test_patterns_and_common_words_are_there():
    assert len(patterns()) > 40
    assert all(each.hints for each in patterns() if each.section == "inside")
    assert "minister" in common_words()
    assert share(terms("Rengkasa met Kuleba"), terms("Kuleba")) == 0.5
    assert share(terms("Ukraine met Kuleba"), terms("Kuleba")) > 0.5
    assert share(frozenset(), terms("Kuleba")) == 1.0


def test_lines_slice_back_to_the_page():
    text = "  a line \r\n\r\n\tanother\u2028third  "
    assert [text[line.start : line.end] for line in lines_of(text)] == ["a line", "another", "third"]


@pytest.mark.parametrize(
    "text", ["a.", '"a" “b', "([", "• ", "ABC DEF ", "By A. B ", "A-", "1:1 ", "!?", "Photo ", "(AP) ", "http://a/"]
)
def test_hostile_repetition_is_read_in_linear_time(text):
    for page in pages_of(text * 20_000, (text + "\n") * 2_000):
        check_covers(page)


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from([*JUNK, *REAL, *FERRY.split("\n"), "", "x y", "12:01 Ho ho."]), max_size=25),
    st.integers(0, 9),
)
def test_whatever_lines_a_page_has_each_is_kept_or_dropped_once(lines, seed):
    other = list(lines)
    random.Random(seed).shuffle(other)
    for page in pages_of("\n".join(lines), "\r\n".join(other)):
        check_covers(page)


NEWS = """The publisher may be liable for damages, the court ruled.
Registered in Panama, the ship has no insurance.
Powered by strong winds, the fire spread to 40 homes overnight.
Copyright infringement is at the heart of the case.
The names may not be published, the judge ruled.
Victims may receive compensation under the deal.
Membership in NATO would cost Finland $3 billion a year.
Like the rest of the nation, more than 70 percent of Californians support the law.
A donation of 4,000 tents will help the survivors for a month.
Lake Victoria covers 59,947 square kilometres of three countries.
They can be reached only by boat.
An agreement may be reached by Friday, the mediator said.
With assistance from the Red Cross, 400 people left the town.
Analysis by Bellingcat shows where the missile came from.
The judge took 12 minutes to read the verdict.
Low water on the Rhine held up 30 barges.
Water is free for people in the camp.
The daily briefing at the White House was cancelled.
Former U.N. chief Kofi Annan visited the passengers in hospital on Tuesday.
In other developments, Russia said it had shot down 12 drones.
Also on Friday: Russia shelled Kharkiv with glide bombs, officials said.
Comments have been made about his health.""".splitlines()


@pytest.mark.parametrize("sentence", NEWS)
def test_ordinary_news_is_no_furniture_however_it_begins(sentence):
    (line,) = lines_of(sentence)
    assert of_line(line, longest=DEFAULT.furniture_words) is None


def test_the_lead_in_to_a_post_does_not_end_the_article():
    post = "In a post on X, Taoiseach Mary Quinn wrote:\n“Our thoughts are with the passengers of the Halcyon tonight.”"
    last = "The coast guard said the last two passengers were taken off the ferry at midnight."
    assert kept(with_other("\n".join([FERRY, post, last])))[-2:] == [post.split("\n")[1], last]


@pytest.mark.parametrize(
    "text",
    [
        "World Health Organization (WHO) Director-General Tedros Ghebreyesus visited the harbour of Dunmore on Tuesday.",
        "NATO — the Western alliance — said that it knew nothing of the ferry which hit the pier at Dunmore.",
        "On Tuesday, March 3 – Super Tuesday – Joe Biden won the state, while the ferry lay at the pier in Dunmore.",
    ],
)
def test_a_name_or_an_aside_between_dashes_is_no_dateline(text):
    assert kept(with_other(FERRY + "\n" + text))[-1] == text


def test_no_sentence_is_cut_out_of_a_quotation():
    said = (
        "“We have lost our boat. Help us keep our island alive. We cannot wait any longer,” Ruth Kane of Tramore said."
    )
    assert said in kept(with_other(FERRY + "\n" + said))


def test_a_paragraph_that_opens_like_furniture_and_reports_is_kept():
    text = "Please check your homes. The warning came from the Waterford coast guard, which said that divers searched."
    assert any("said that divers" in piece for piece in kept(with_other(FERRY + "\n" + text)))


def test_items_of_a_list_that_begin_alike_are_no_wrapped_paragraph():
    items = (
        "list 1 of 3  Former governor jailed for eleven years in a bribery case that shook the whole of the country\n"
    )
    assert len(lines_of(items + items.replace("1 of", "2 of"))) == 2


def test_whose_page_it_is_does_not_depend_on_the_order_of_the_pages():
    box = "\nGet our free daily newsletter with all the best stories\nDownload our app for more of the best local news"
    articles = [
        Article(FERRY + box, id="a"),
        Article(FERRY + box, id="b", outlet="X Times"),
        Article(FERRY + box, id="c", outlet="Y Post"),
    ]
    orders = (articles, articles[::-1], articles[1:] + articles[:1])
    found = [{page.id: page.family for page in clean(order, DEFAULT)} for order in orders]
    assert found[0] == found[1] == found[2]
    assert found[0]["a"] is None


@pytest.mark.parametrize(
    "text", ["©" + " 2020" * 60 + " x", "share " + "google+ " * 40 + "zz", "Copyright " + "2001 " * 60]
)
def test_patterns_do_not_go_back_over_a_text_again_and_again(text):
    start = time.perf_counter()
    pages_of(FERRY + "\n" + text, OTHER + "\n" + text)
    assert time.perf_counter() - start < 2  # hundreds of times what it takes; without the guard, minutes
