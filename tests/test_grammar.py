"""Grammar: a sentence that stops too early, points outside of itself or turns roles round is told from a whole one."""

import pytest
from writing_examples import faults

CANCELLED = "Blinken cancelled his meeting with Lavrov after officials in Washington advised him against it."
FOUND = "The court found the mayor guilty on Friday."


@pytest.mark.parametrize(
    "text",
    [
        CANCELLED,
        "Blinken cancelled his meeting with Lavrov.",
        FOUND,
        "The mayor was found guilty on Friday.",
        "“We found him guilty,” the court said.",
    ],
)
def test_whole_sentences_that_keep_the_roles_stand(text):
    assert faults(text, CANCELLED, FOUND) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Of keeping the title that she had won in 2024.", "no subject"),
        ("The bank says that no passwords.", "after 'that'"),
        ("The court found him guilty on Friday.", "outside of the sentence"),
        ("Blinken cancelled his meeting with Lavrov after officials in Washington.", "lost its verb"),
        ("The mayor found the court guilty on Friday.", "in no source"),
    ],
)
def test_what_is_broken_is_named(text, why):
    assert why in " ".join(faults(text, CANCELLED, FOUND))
