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


LEFT = [
    (
        "By five votes to two, the court held that the boundaries, passed by the National Assembly last November.",
        "By five votes to two, the court held that the boundaries, passed by the National Assembly last November, are void.",
        "a comma parts",
    ),
    (
        "Rescuers drilling towards eleven men trapped since Saturday.",
        "Rescuers drilling towards eleven men trapped since Saturday said that they had heard knocks.",
        "participle",
    ),
    (
        "Where 41,200 registered voters elect one member.",
        "On the coast, where 41,200 registered voters elect one member, turnout was low.",
        "subordinate",
    ),
    (
        "A conductor struck the man with a fire extinguisher and, helped by bystanders.",
        "A conductor struck the man with a fire extinguisher and, helped by bystanders, held him down.",
        "breaks off",
    ),
    (
        "Owner Naviera Guayra, denies that it owes the money.",
        "The owner, Naviera Guayra, denies that it owes the money.",
        "a comma parts",
    ),
    ("The ministry says no was injured.", "The ministry says no one was injured.", "'no' stands alone"),
]


@pytest.mark.parametrize(("text", "source", "why"), LEFT)
def test_what_is_left_where_too_much_was_cut_is_named(text, source, why):
    assert why in " ".join(faults(text, source))
    assert faults(source, source) == ()
