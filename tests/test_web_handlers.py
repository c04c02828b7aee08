"""Each click is a plain function: what it shows, what it remembers, and what a stop and an error do."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from conftest import ROOT
from samples import ARTICLES, SUMMARY, A, B

from summarize import GenerationError, InputError, Summary
from summarize.pipeline import summarize
from summarize.web import desk, handlers, limits, page, work
from summarize.web.desk import Box
from summarize.web.examples import examples
from summarize.web.handlers import Shown
from summarize.web.work import NO_MODEL, STEPS, Order, Runs, StoppedError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
VISIT: Any = SimpleNamespace(session_hash="visitor")


def start(
    *texts: str, shown: Shown | None = None, support: int = 2, tray: Any = (), chosen: Any = ()
) -> list[list[Any]]:
    fields = desk.values_of([Box(text, f"Outlet {i}") for i, text in enumerate(texts)])
    return list(handlers.summarise(VISIT, 60, support, "", list(tray), list(chosen), shown, *fields))


@pytest.fixture
def quick(monkeypatch):
    """The pipeline replaced by one that answers at once."""

    def fulfil(order: Order, trace: Any = None) -> Summary:
        for _, stages in STEPS:
            for stage in stages:
                trace(stage, 0.0)
        return SUMMARY

    monkeypatch.setattr(handlers, "fulfil", fulfil)
    monkeypatch.setattr(
        handlers,
        "report",
        lambda summary, articles, keep, *, note, changed: f"{note}report of {len(articles)}, kept {len(keep)}{changed}",
    )


@pytest.mark.slow
def test_articles_become_a_report_step_by_step():
    seen = start(A, B)
    assert 'aria-current="step"' in seen[0][0]
    assert seen[0][2]["interactive"] is False
    page, shown, button, stop, fold = seen[-1]
    assert 'class="report"' in page
    assert isinstance(shown, Shown)
    assert (button["interactive"], stop["visible"], fold["open"]) == (True, False, False)
    assert len(seen) == len(STEPS) + 2


@pytest.mark.slow
def test_a_stretch_is_put_back_and_set_aside_again():
    shown = start(A, B)[-1][1]
    texts = {article.id: article.text for article in shown.order.articles}
    dropped = [entry.span for entry in shown.summary.dropped]
    gone = next(span for span in dropped if "Home" in texts[span.article][span.start : span.end])
    number = next(s.number for s in shown.summary.sources if s.article == gone.article)
    press: Any = SimpleNamespace(keep=f"{number}-{gone.start}-{gone.end}")
    put_back = list(handlers.restore(VISIT, press, 60, 2, "", shown))[-1][1]
    assert put_back.order.keep == (gone,)
    assert gone not in [d.span for d in put_back.summary.dropped]
    kept = start(A, B, shown=put_back)[-1][1]
    assert kept.order.keep == (gone,)
    assert start(A + " More.", B, shown=put_back)[-1][1].order.keep == ()
    again = list(handlers.restore(VISIT, press, 60, 2, "", put_back))[-1][1]
    assert again.order.keep == ()
    assert again.summary == shown.summary


@pytest.mark.slow
def test_a_summary_without_a_model_is_all_the_sources_own():
    order = Order(tuple(desk.checked(ARTICLES)), writer=NO_MODEL)
    summary = work.fulfil(order)
    assert summary.sentences
    assert {sentence.written_by for sentence in summary.sentences} == {"source"}
    assert summary.signature["model"] == "none"


@pytest.mark.slow
def test_every_stage_of_the_pipeline_is_in_a_step():
    told: list[str] = []
    summarize(ARTICLES, trace=lambda stage, _: told.append(stage))
    assert told == [stage for _, stages in STEPS for stage in stages]


@pytest.mark.parametrize("texts", [(), ("  ",)])
def test_nothing_to_summarise_is_told(texts):
    (only,) = start(*texts)
    assert "There is no article yet" in only[0]
    assert 'role="alert"' in only[0]
    assert only[-1]["open"] is True


def test_what_is_unticked_is_left_out(quick):
    assert start(A, tray=ARTICLES, chosen=["0", "2"])[-1][0] == "report of 3, kept 0"


def test_a_key_that_the_report_does_not_offer_changes_nothing(quick):
    shown = Shown(Order(tuple(ARTICLES)), SUMMARY)
    for key in (None, "1-0-3", ["1-0-18"], "../x"):
        press: Any = SimpleNamespace(keep=key)
        assert len(list(handlers.restore(VISIT, press, 60, 2, "", shown))) == 1
    assert len(list(handlers.restore(VISIT, SimpleNamespace(), 60, 2, "", None))) == 1


def test_a_stretch_is_put_back_under_the_choices_of_now(quick):
    shown = Shown(Order(tuple(ARTICLES)), SUMMARY)
    gone = SUMMARY.dropped[0].span
    number = next(s.number for s in SUMMARY.sources if s.article == gone.article)
    key = f"{number}-{gone.start}-{gone.end}"
    page, made, *_ = list(handlers.restore(VISIT, SimpleNamespace(keep=key), 200, 3, NO_MODEL, shown))[-1]
    assert (made.order.max_words, made.order.min_support, made.order.writer) == (200, 3, NO_MODEL)
    assert page.endswith(f"kept 1{key}")


def test_a_stop_leaves_the_report_that_was_there(quick):
    shown = Shown(Order(tuple(ARTICLES)), SUMMARY)
    under_way = handlers.summarise(VISIT, 60, 2, "", [], [], shown, *desk.values_of([Box(A)]))
    next(under_way)
    handlers.stop(VISIT)
    *_, last = under_way
    assert last[0] == "Stopped. This is the summary made before.report of 3, kept 0"
    assert last[1] is shown


def test_a_mistake_leaves_the_report_that_was_there(quick):
    shown = Shown(Order(tuple(ARTICLES)), SUMMARY)
    page, kept, *_ = start(shown=shown)[-1]
    assert "There is no article yet" in page
    assert page.endswith("This is the summary made before.report of 3, kept 0")
    assert kept is shown


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InputError("the page is odd", hint="Try another."), ("The page is odd.", "Try another.")),
        (GenerationError("no words", hint="Again."), ("No words.", "The summary could not be made")),
        (ValueError("<secret>"), ("The fault is not yours.", "Something went wrong here")),
    ],
)
def test_an_error_is_a_sentence_for_people(monkeypatch, error, told):
    def failing(order: Order, trace: Any = None) -> Summary:
        raise error

    monkeypatch.setattr(handlers, "fulfil", failing)
    last = start(A)[-1]
    for words in told:
        assert words in last[0]
    assert "secret" not in last[0]
    assert last[2]["interactive"] is True


def test_a_stopped_run_ends_with_its_stage():
    stop, going, ended = threading.Event(), threading.Event(), threading.Event()

    def task(trace: Any) -> Summary:
        going.set()
        stop.wait(10)
        try:
            trace("load", 0.0)
        finally:
            ended.set()
        return SUMMARY

    run = work.steps(task, stop)
    threading.Thread(target=lambda: (going.wait(10), stop.set())).start()
    with pytest.raises(StoppedError):
        next(run)
    assert ended.wait(10)


def test_a_new_run_takes_the_place_of_the_visitors_old_one_alone():
    runs = Runs()
    first, other = runs.begin("a"), runs.begin("b")
    second = runs.begin("a")
    assert (first.is_set(), other.is_set(), second.is_set()) == (True, False, False)
    runs.stop("a")
    runs.stop("nobody")
    assert second.is_set()


def test_who_has_to_wait_is_told(quick):
    under_way = handlers.summarise(VISIT, 60, 2, "", [], [], None, *desk.values_of([Box(A)]))
    with work._ONE_AT_A_TIME:
        assert "Others are before you" in next(under_way)[0]
    assert "Others are before you" not in start(A)[0][0]


def test_who_cannot_even_begin_is_told_at_once(monkeypatch):
    monkeypatch.setattr(handlers, "RUNS", Runs())
    assert handlers.ask(VISIT) == gr.skip()
    stops = [handlers.RUNS.begin(f"other {n}") for n in range(limits.AT_ONCE)]
    assert "Waiting for a turn" in handlers.ask(VISIT)
    handlers.RUNS.end("other 0", stops[0])
    assert handlers.ask(VISIT) == gr.skip()


def test_the_tray_has_an_end(tmp_path):
    page = tmp_path / "a.txt"
    page.write_text(B, encoding="utf-8")
    full = [ARTICLES[0]] * limits.MOST_ARTICLES
    tray, _, _, note = handlers.upload([str(page)], full, [])
    assert tray == full
    assert "more than 60" in note


def test_boxes_are_added_up_to_the_last_one():
    count, more, *lids = handlers.add(limits.BOXES, *desk.values_of([]))
    assert count == limits.BOXES
    assert more["interactive"] is False
    assert all(lid["visible"] for lid in lids)
    count, more, *lids = handlers.add(2, *desk.values_of([]))
    assert more["interactive"] is True
    assert [lid["visible"] for lid in lids] == [True] * 3 + [False] * (limits.BOXES - 3)
    assert [lid.get("open") for lid in lids[:4]] == [None, None, True, None]


def test_a_box_is_removed_and_the_others_move_up():
    count, _, *rest = handlers.remove(0, 2, *desk.values_of([Box("one"), Box("two", "The Week")]))
    fields, lids = rest[: 3 * limits.BOXES], rest[3 * limits.BOXES :]
    assert count == 1
    assert desk.boxes_of(fields)[:2] == [Box("two", "The Week"), Box()]
    assert lids[0]["label"].startswith("Article 1: two · The Week")
    assert handlers.remove(0, 1, *desk.values_of([Box("x")]))[0] == 1


def test_an_example_takes_the_place_of_all_that_was_there():
    ready = examples(ROOT / "seeds")
    own = [Box(A, "Herald"), Box(B)]
    past, back, count, *rest = handlers.load(ready[0], handlers.Past(), list(ARTICLES), ["0"], *desk.values_of(own))
    assert count == 5
    tray, ticks, clear = rest[-3:]
    assert tray == []
    assert ticks["choices"] == []
    assert (back["visible"], clear["visible"]) == (True, False)
    fields = rest[1 : 1 + 3 * limits.BOXES]
    past, back, count, *_ = handlers.load(ready[1], past, [], [], *fields)  # an example alone needs no keeping
    assert back["visible"] is True
    _, back, count, _, *rest = handlers.bring_back(past)
    assert (back["visible"], count) == (False, 2)
    assert desk.boxes_of(rest[: 3 * limits.BOXES])[:3] == [*own, Box()]
    assert rest[-3] == list(ARTICLES)
    assert rest[-2]["value"] == ["0"]
    assert handlers.load(ready[0], handlers.Past(), [], [], *desk.values_of([]))[1]["visible"] is False


def test_a_text_that_is_too_long_is_told_on_its_lid():
    lids = handlers.describe(2, *desk.values_of([Box("x" * (limits.MOST_CHARS + 1)), Box(A)]))
    assert lids[0]["label"] == "Article 1: too long"
    assert "words of article" in lids[1]["label"]


def test_files_go_into_the_tray_ticked(tmp_path):
    for name, text in (("a.txt", A), ("b.txt", B)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    tray, choices, clear, note = handlers.upload([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], [], [])
    assert [article.text for article in tray] == [A, B]
    assert choices["value"] == ["0", "1"]
    assert clear["visible"] is True
    assert "2 articles were added, 2 in the list" in note
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    tray, _, _, note = handlers.upload([str(tmp_path / "a.txt")], tray, ["0", "1"])
    assert len(tray) == 2
    assert "1 of them was there already" in note
    assert handlers.clear()[0] == []


def test_a_refused_link_stays_in_its_field_with_the_reason():
    links, tray, _, _, note = handlers.follow("/etc/passwd", [], [])
    assert links == "/etc/passwd"
    assert tray == []
    assert "not a link to a web page" in note


@pytest.mark.parametrize(
    ("articles", "words"),
    [
        ([], 120),
        ("text", 120),
        ([{"text": A}], 0),
        ([{"text": A}], 10**9),
        ([{"text": A}], "many"),
        ([{"text": "x" * 500_000}], 120),
        ([{}], 120),
    ],
)
def test_the_endpoint_refuses_with_a_hint(articles, words):
    with pytest.raises(gr.Error) as caught:
        handlers.summarize_articles(articles, words)
    assert str(caught.value).count(".") >= 2


def test_only_who_starts_the_program_names_models(monkeypatch):
    assert len(page.writers()) == 2
    monkeypatch.setenv("SUMMARIZE_MODELS", "/models/bart, google/flan-t5-base")
    assert page.writers()[2:] == [("bart", "/models/bart"), ("flan-t5-base", "google/flan-t5-base")]
