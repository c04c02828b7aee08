"""Who is cited: sources that say what the sentence says, with its figures, and in the same mouth."""

from __future__ import annotations

import pytest
from writing_examples import HIT, TUG, fact, material, piece

from summarize.models.load import load_comparer, load_encoder
from summarize.settings import Settings
from summarize.writing.bearing import counts_otherwise, prints
from summarize.writing.citing import Citing, bearing, groups
from summarize.writing.plan import Planned
from summarize.writing.write import Written


@pytest.mark.parametrize(
    ("sentence", "otherwise"),
    [
        ("About 6,500 people had been moved to shelters by Monday night.", True),
        ("Some 8,000 people have fled or been bussed out of four villages.", False),
        ("Villagers were taken to shelters.", False),
        ("The shelters are 60 km away.", False),
    ],
)
def test_a_source_with_other_figures_does_not_bear_a_sentence_out(sentence, otherwise):
    text = "Around 8,000 people were evacuated."
    assert counts_otherwise(text, piece("a1", sentence)) is otherwise


def test_a_quotation_is_printed_by_who_prints_its_words_in_the_same_mouth():
    text = '"No wall can hold back the truth," said Carlo Benavidez, the prosecutor.'
    same = '"No wall can hold back the truth," prosecutor Carlo Benavidez told reporters.'
    other = 'Justice Marivic Alcaraz told the courtroom, "No wall can hold back the truth."'
    reworded = '"A wall cannot hold the truth back for ever," said Carlo Benavidez.'
    assert [prints(text, piece("a1", each)) for each in (same, other, reworded)] == [True, False, False]


def test_an_article_that_alignment_missed_is_cited_where_it_says_the_same():
    made = Written(Planned(fact("f1", HIT[:2]), "consensus", HIT[:2]), HIT[0].text, "source", carries=False, score=1.0)
    pages = material([fact("f1", HIT)], {"f1": HIT, "f4": TUG}).pages(
        load_encoder(Settings()), load_comparer(Settings())
    )
    citing = Citing(pages, Settings())
    cited = citing.cited(made)
    assert sorted(each.item.span.article for each in cited[:3]) == ["a1", "a2", "a3"]
    assert cited[2].probability > 0.5
    assert all(each.probability < 0.5 for each in cited[3:])
    assert sorted(item.span.article for item in bearing(cited, Settings())) == ["a1", "a2", "a3"]
    assert groups(cited, 0.5) == 3


def test_a_page_that_says_the_opposite_in_like_words_is_not_cited():
    gone = (
        piece("a1", "Ambulances are being sent on to Moncton."),
        piece("a2", "Ambulances are being sent to Moncton, staff said."),
    )
    back = (piece("a3", "Ambulances are once more being received at every hospital.", start=300),)
    made = Written(Planned(fact("f1", gone), "consensus", gone), gone[0].text, "source", carries=False, score=1.0)
    pages = material([fact("f1", gone)], {"f1": gone, "f2": back}).pages(
        load_encoder(Settings()), load_comparer(Settings())
    )
    cited = Citing(pages, Settings()).cited(made)
    assert sorted(item.span.article for item in bearing(cited, Settings())) == ["a1", "a2"]
