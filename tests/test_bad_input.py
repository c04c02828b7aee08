"""Whatever is handed in: a message with a hint, or a summary that says what is wrong with it. Never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from samples import A

from summarize import InputError, SettingsError, cli, summarize
from summarize.settings import Settings

pytestmark = pytest.mark.slow

JUNK = (
    "Home | News | Sport\n\nSubscribe to our newsletter\n\nShare this article\n\nFollow us on social\n\nCookie policy"
)
FERRY = (
    "The ferry Halcyon struck the pier at Dunmore on Monday morning, injuring 12 passengers, the harbour office said."
)
VOTE = "Parliament in Valdoria passed a budget on Thursday that raises the tax on fuel. Finance Minister Petra Lund said so."


def run(paths: list[Path], capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any], str]:
    code = cli.main(["run", *map(str, paths), "--format", "json", *options])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "unexpected" not in told.err
    return code, json.loads(told.out) if told.out else {}, told.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("spaces.txt", b" \n\t \n"),
        ("picture.txt", bytes(range(256)) * 40),
        ("wrong.json", b'{"articles": '),
        ("number.json", b"17"),
        ("strings.json", b'{"articles": [1, 2]}'),
        ("none.json", b'{"articles": []}'),
        ("nothing.json", b"{}"),
        ("picture.png", b"\x89PNG\r\n"),
        ("utf16.json", "{".encode("utf-16")),
    ],
)
def test_what_holds_no_article_is_refused_with_a_hint(tmp_path, capsys, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    code, data, err = run([path], capsys)
    assert code == 1
    assert not data
    assert err.startswith("summarize: ")
    assert "hint: " in err


def test_a_page_of_junk_gives_a_warning_and_no_sentence(tmp_path, capsys):
    path = tmp_path / "junk.txt"
    path.write_text(JUNK, encoding="utf-8")
    code, data, err = run([path], capsys)
    if code == 0:
        assert data["warnings"]
        assert not data["sentences"]
    else:
        assert "hint: " in err


def test_one_article_says_that_it_is_alone(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(A, encoding="utf-8")
    code, data, _ = run([path], capsys)
    assert code == 0
    assert data["warnings"]
    assert data["sentences"]
    assert all(sentence["support"] == 1 for sentence in data["sentences"])


def test_two_events_are_not_merged(tmp_path, capsys):
    for name, text in {"ferry": FERRY, "vote": VOTE}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    code, data, _ = run([tmp_path], capsys)
    assert code == 0
    assert data["warnings"]
    assert not ("Dunmore" in data["text"] and "Valdoria" in data["text"])


def test_control_characters_and_odd_letters_do_no_harm(tmp_path, capsys):
    odd = "\x1b[31m\u202e" + A.replace("people", "peo\u00adple\x07") + "\ufeff\u2028𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 e\u0301"
    path = tmp_path / "odd.txt"
    path.write_text(odd, encoding="utf-8")
    code, data, _ = run([path], capsys)
    assert code == 0
    for sentence in data["sentences"]:
        assert "\x1b" not in sentence["text"]
        assert "\u202e" not in sentence["text"]


def test_ten_megabytes_of_text_are_read_or_refused(tmp_path, capsys):
    path = tmp_path / "long.txt"
    path.write_text((FERRY + " ") * (10_500_000 // len(FERRY)), encoding="utf-8")
    code, _, err = run([path], capsys)
    assert code == 1
    assert "hint: " in err


@pytest.mark.parametrize(
    "articles", [[], "one text", None, [None], [{"title": "x"}], [{"text": 5}], {"text": "x"}, [b"bytes"]]
)
def test_what_is_no_list_of_articles_is_an_input_error(articles):
    with pytest.raises(InputError) as caught:
        summarize(articles)
    assert caught.value.hint


@pytest.mark.parametrize("asked", [{"max_words": 0}, {"min_support": 0}, {"max_words": -3}])
def test_numbers_that_make_no_sense_are_settings_errors(asked):
    with pytest.raises(SettingsError) as caught:
        summarize([FERRY], **asked)
    assert caught.value.hint


def test_an_empty_text_among_others_is_told_and_passed_over():
    summary = summarize([FERRY, "  \n ", FERRY.replace("struck", "hit")], settings=Settings())
    assert summary.sentences
    assert len(summary.sources) == 3


def test_a_model_that_is_not_there_is_named(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(A, encoding="utf-8")
    for model in ("nobody/nothing", str(tmp_path / "none"), str(tmp_path)):
        code, _, err = run([path], capsys, "--model", model)
        assert code == 1
        assert "hint: " in err


GOLD = Path(__file__).resolve().parents[1] / "seeds" / "gold" / "thyrna-ferry-breakwater.json"


def ferry() -> list[dict[str, str]]:
    """The articles of one annotated cluster."""
    articles: list[dict[str, str]] = json.loads(GOLD.read_text(encoding="utf-8"))["articles"]
    return articles


def test_fifty_copies_are_one_source():
    first = ferry()[0]
    copies = [{**first, "id": f"c{n}", "outlet": f"Outlet {n}"} for n in range(50)]
    found = summarize(copies, max_words=30)
    assert {fact.support for fact in found.facts} == {1}
    assert "fewer than the 2 asked for" in found.warnings[0]


@pytest.mark.parametrize("published", [None, "2199-01-01"], ids=["no dates", "dates in the future"])
def test_dates_that_tell_nothing_order_nothing(published):
    found = summarize([{**article, "published": published} for article in ferry()], max_words=30)
    assert found.sentences
    assert max(fact.support for fact in found.facts) >= 3


def test_a_sentence_of_thousands_of_words_and_quotations_that_never_close_are_read():
    endless = "The ferry hit the breakwater and " + "the captain was freed and the ship sank, which " * 400 + "ended."
    opened = [{**article, "text": article["text"].replace("”", "")} for article in ferry()]
    found = summarize([*opened, {"text": endless, "outlet": "Endless"}], max_words=30)
    assert found.sentences
    assert all(len(sentence.text.split()) <= 30 for sentence in found.sentences)


def test_articles_that_contradict_each_other_on_everything_are_told_apart():
    sides = [("Monday", 3, "arrested"), ("Tuesday", 9, "not arrested"), ("Sunday", 20, "freed")]
    texts = [
        f"The ferry sank on {day}. {dead} people died in the port. The captain was {fate}." for day, dead, fate in sides
    ]
    found = summarize([{"text": text, "outlet": f"Outlet {n}"} for n, text in enumerate(texts)])
    assert {"number", "date"} <= {discrepancy.kind for discrepancy in found.discrepancies}
