"""Who is cited: sources that say what the sentence says, with its figures, and in the same mouth."""

from __future__ import annotations

import pytest
from writing_examples import piece

from summarize.writing.compose import counts_otherwise, prints


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
