"""Mining and fitting: what is let through as a training pair, on small invented examples."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from train import corpora, events, filters, mine

SOURCE = (
    "The Calder Bridge in Aldwick, which carries 12,000 cars a day, was closed on Tuesday after engineers found cracks."
)


def event(*documents: tuple[str, ...], reference: tuple[str, ...] = ()) -> corpora.Event:
    return corpora.Event("e", documents, reference)


def mined(*documents: tuple[str, ...], reference: str) -> list[mine.Pair]:
    found = event(*documents, reference=(reference,))
    return [pair for pair in mine.event_pairs(found, mine.lines_of(found))[0] if pair.kind == "reference"]


# reading the corpora


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("a rate of 8.2 % .", "a rate of 8.2%."),
        ("at 2: 14 p.m.", "at 2:14 p.m."),
        ("we ' ll see", "we'll see"),
        ("$ 5 million ( about )", "$5 million (about)"),
        ("“so” she said — twice", '"so" she said - twice'),
    ],
)
def test_gaps_of_tokenisation_are_closed(damaged: str, whole: str) -> None:
    assert corpora.repair(damaged) == whole


def test_sentences_end_at_stops_and_not_at_abbreviations() -> None:
    text = "The u.s. Senate met on Sunday. Sen. Lee spoke. It ended at 5 p.m. on Monday."
    assert corpora.sentences(text) == [
        "The u.s. Senate met on Sunday.",
        "Sen. Lee spoke.",
        "It ended at 5 p.m. on Monday.",
    ]


def test_off_topic_documents_are_left_out() -> None:
    row = '{"id": "x", "docs": ["One was kept.", "Two was not."], "relevant": [true, false], "refs": ["R."]}'
    assert corpora.event_of(row).documents == (("One was kept.",),)


# targets


@pytest.mark.parametrize(
    "target",
    [
        "but the bridge in aldwick was closed on tuesday.",
        "he was taken to a hospital in aldwick on tuesday.",
        "was the bridge in aldwick closed on tuesday?",
        "the bridge in aldwick was closed on",
        "read more about the bridge in aldwick here.",
        "the bridge in aldwick was closed, per the ap.",
        "the bridge was.",
        "we closed the bridge in aldwick on tuesday.",
        "the bridge in aldwick was closed of the.",
        'the bridge was "closed on tuesday by the city.',
        "the bridge in aldwick was closed (photo below on tuesday.",
    ],
)
def test_unfit_targets_are_refused(target: str) -> None:
    assert not filters.clean_target(target)


def test_a_plain_sentence_is_a_target() -> None:
    assert filters.clean_target("the calder bridge in aldwick was closed on tuesday.")


def test_stems_join_regular_forms() -> None:
    assert len({filters.stem(word) for word in ("cancel", "cancels", "cancelled", "cancelling")}) == 1
    assert filters.stem("bridge") != filters.stem("bride")


def test_coverage_and_order() -> None:
    assert filters.coverage(["a", "b", "c", "d"], ["a", "b", "c"]) == 0.75
    assert filters.ordered(["a", "b"], ["a", "x", "b"]) == 1.0
    assert filters.ordered(["a", "b"], ["b", "a"]) == 0.5


@pytest.mark.parametrize(
    ("target", "source", "agree"),
    [
        ("the bank raised rates.", "the bank has not raised rates.", False),
        ("the bank has not raised rates.", "the bank did not raise its rates.", True),
        ("the bank raised rates.", "the bank may raise rates.", False),
        ("the bank raised rates, officials said.", "the bank raised rates.", False),
        ("the bank raised rates.", "the bank raised rates, officials said.", True),
    ],
)
def test_negation_modality_and_attribution_must_agree(target: str, source: str, agree: bool) -> None:
    assert filters.same_status(target, source) is agree


# pairs


def test_a_supported_reference_becomes_a_pair_with_the_best_source_first() -> None:
    other = "Calder Bridge in Aldwick closed Tuesday, the city council confirmed."
    pairs = mined(
        (SOURCE,), (other,), reference="The Calder Bridge in Aldwick was closed on Tuesday after cracks were found."
    )
    assert len(pairs) == 1
    assert pairs[0].sources == (SOURCE.lower(), other.lower())


@pytest.mark.parametrize(
    "reference",
    [
        "The Calder Bridge in Aldwick was closed on Wednesday after engineers found cracks.",
        "The Calder Bridge in Aldwick, which carries 14,000 cars a day, was closed on Tuesday after cracks.",
        "A storm tore the roof off a school in Pellham and injured several children.",
    ],
)
def test_unsupported_references_become_no_pair(reference: str) -> None:
    assert mined((SOURCE,), reference=reference) == []


def test_roles_turned_round_are_no_pair() -> None:
    source = "Mayor Ilse Brandt sued developer Tomas Riedel over the Calder Bridge contract."
    assert (
        mined((source,), reference="Developer Tomas Riedel sued mayor Ilse Brandt over the Calder Bridge contract.")
        == []
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (
            SOURCE.lower().replace("12,000", "many"),
            "the calder bridge in aldwick was closed on tuesday after engineers found cracks.",
        ),
        ("ilse brandt, 52, the mayor of aldwick, said the bridge was safe.", "ilse brandt said the bridge was safe."),
        (
            "the agency said it would appeal, adding that the ruling was wrong in law.",
            "the agency said it would appeal.",
        ),
        ("the bridge was closed, according to the city council.", None),
        ("the bridge was closed on tuesday.", None),
    ],
)
def test_rules_cut_asides_and_keep_attribution(text: str, short: str | None) -> None:
    assert mine.shortened(text) == short


def test_fusion_pairs_need_all_their_words() -> None:
    parts = ["Brandt became mayor in 2019.", "She closed the Calder Bridge in Aldwick."]
    assert mine.fusion_pair(parts, "Brandt, mayor since 2019, closed the Calder Bridge in Aldwick.") is not None
    assert mine.fusion_pair(parts, "Brandt, mayor since 2018, closed the Calder Bridge in Aldwick.") is None


def test_a_restraint_pair_cuts_only_its_opening() -> None:
    text = "the council in aldwick approved the budget on monday evening."
    pairs = [pair for n in range(40) if (pair := mine.rule_pair(text, random.Random(n)))]
    assert pairs
    for pair in pairs:
        assert (pair.kind, pair.target) == ("restraint", text)
        assert pair.sources[0].endswith(text)


def test_shares_are_kept() -> None:
    plain = [
        mine.Pair((f"the city of place{n} closed its old bridge", "x"), f"place{n} shut it", "reference")
        for n in range(100)
    ]
    copies = [mine.Pair((f"same words here {n}.",), f"same words here {n}.", "restraint") for n in range(100)]
    kept = mine.limited([*plain, *copies], random.Random(0))
    assert sum(pair.kind == "restraint" for pair in kept) == 18
    assert sum(pair.kind == "reference" for pair in kept) == 100


def test_held_out_by_target_and_not_by_chance() -> None:
    pair = mine.Pair(("a",), "the council in aldwick approved the budget.", "reference")
    assert mine.held_out(pair) == mine.held_out(mine.Pair(("b", "c"), pair.target, "other"))


# fitting


def test_learning_rate_follows_the_clock() -> None:
    fit = pytest.importorskip("train.fit")
    rates = [fit.rate(6e-4, share / 100) for share in range(101)]
    assert max(rates) == pytest.approx(6e-4, rel=0.02)
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert rates[3:] == sorted(rates[3:], reverse=True)


def test_batches_hold_every_example_once_and_stay_within_the_budget() -> None:
    fit = pytest.importorskip("train.fit")
    rng = random.Random(0)
    rows = [fit.Example((1,) * rng.randint(5, 90), (2,) * rng.randint(5, 40)) for _ in range(300)]
    groups = list(fit.batches(rows, 900, random.Random(1)))
    assert sorted(id(row) for group in groups for row in group) == sorted(map(id, rows))
    for group in groups:
        assert len(group) * (max(len(r.source) for r in group) + max(len(r.target) for r in group)) <= 900


def test_checkpoints_are_written_whole(tmp_path: Path) -> None:
    fit = pytest.importorskip("train.fit")
    torch = pytest.importorskip("torch")
    model = torch.nn.Linear(2, 2)
    fit.save(tmp_path / "checkpoint.pt", model, torch.optim.AdamW(model.parameters()), {"step": 3})
    assert torch.load(tmp_path / "checkpoint.pt")["state"] == {"step": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_auc_is_the_share_of_pairs_in_order() -> None:
    fit_encoder = pytest.importorskip("train.fit_encoder")
    torch = pytest.importorskip("torch")
    scores, labels = torch.tensor([0.9, 0.4, 0.4, 0.1]), torch.tensor([1.0, 1.0, 0.0, 0.0])
    assert fit_encoder.auc(scores, labels) == pytest.approx(3.5 / 4)


def test_perturbed_sentences_state_something_else() -> None:
    fit_encoder = pytest.importorskip("train.fit_encoder")
    texts = ["three guards were killed in 2019.", "the bank did not raise rates.", "parliament approved the reform."]
    for seed in range(30):
        for text in texts:
            assert fit_encoder.perturbed(text, texts[::-1], random.Random(seed)) != text or "not" not in text


def test_a_changed_statement_cannot_be_true_beside_the_original() -> None:
    pairs = pytest.importorskip("train.pairs")
    rng = random.Random(0)
    assert pairs.changed("Rescuers found nobody", rng) is None
    assert "27" not in pairs.changed("The blast injured 27 people", rng)
    assert pairs.changed("They met on Monday", rng).split()[-1] in pairs._DAYS[1:]
    assert pairs.changed("The talks are off", rng) == "The talks are not off"
    assert pairs.changed("It had not rained", rng) == "It had rained"


def test_an_answer_without_a_label_costs_nothing() -> None:
    fit_pair = pytest.importorskip("train.fit_pair")
    torch = pytest.importorskip("torch")
    logits = torch.tensor([[0.5, -1.0, 2.0, 0.0, 1.0, 0.3, -0.2, 0.1, 0.9]])
    assert fit_pair.loss_of(logits, [fit_pair.Example("a", "b")]) == 0
    known = fit_pair.loss_of(logits, [fit_pair.Example("a", "b", about=1.0)])
    assert known == pytest.approx(float(torch.nn.functional.softplus(torch.tensor(-0.5))))


# the event sheets


def test_every_sheet_has_facts_with_wordings_to_pair() -> None:
    read = list(events.sheets())
    assert len({sheet.slug for sheet in read}) == len(read) == 160
    for sheet in read:
        assert len(sheet.facts) >= 10, sheet.slug
        for fact in sheet.facts:
            assert len(fact.stated) >= 3, (sheet.slug, fact.name)
            assert fact.near, (sheet.slug, fact.name)
            assert (fact.kind is None) == (not fact.rival), (sheet.slug, fact.name)


def test_a_line_of_no_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "@ a-fire | disasters | A fire\nF toll\nA Two died.\nX Three died.\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match="X Three died"):
        list(events.sheets(tmp_path))
