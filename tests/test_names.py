"""Names are found without titles, and fold only where they name the same thing."""

import pytest

from summarize.language.names import fold_names, names, same_name


def texts(text, **known):
    return [name.text for name in names(text, **known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Foreign Minister Sergei Lavrov met U.S. Secretary of State Antony Blinken on Tuesday",
            ["Sergei Lavrov", "U.S.", "Antony Blinken"],
        ),
        ("Residents said Ukraine's President Volodymyr Zelenskyy spoke", ["Ukraine", "Volodymyr Zelenskyy"]),
        ("The Meltemi Star hit the mole at Ayios Fokas", ["Meltemi Star", "Ayios Fokas"]),
        ("In Koy-Tash, shops were shut", ["Koy-Tash"]),
        (
            "Jean-Yves Le Drian of the Ministry of Foreign Affairs",
            ["Jean-Yves Le Drian", "Ministry of Foreign Affairs"],
        ),
        ("Ludwig van Beethoven and Joe Biden", ["Ludwig van Beethoven", "Joe Biden"]),
        ("On Monday in May it rained", []),
        ("Bank of England governor Ann Lee", ["Bank of England", "Ann Lee"]),
        ("Blinken calls off meeting", ["Blinken"]),
        ("“We left,” Rahmoni said.", ["Rahmoni"]),
    ],
)
def test_names(text, expected):
    assert texts(text) == expected


def test_offsets_slice_back():
    text = "He met Putin’s envoy in Washington, D.C."
    assert all(text[name.start : name.end] == name.text for name in names(text))


def test_known_first_word():
    assert texts("Will left early") == []
    assert texts("Will left early", sentence_initial_known=frozenset({"will"})) == ["Will"]


@pytest.mark.parametrize(
    ("keys", "a", "b"),
    [
        (["lavrov", "sergei lavrov", "sergey lavrov"], "lavrov", "sergey lavrov"),
        (["zelensky", "zelenskyy", "volodymyr zelenskyy"], "zelensky", "volodymyr zelenskyy"),
        (["luhasnk", "luhansk"], "luhasnk", "luhansk"),
        (["russian", "russia"], "russian", "russia"),
        (["us", "united states", "america"], "us", "america"),
    ],
)
def test_spellings_fold(keys, a, b):
    folded = fold_names({"a1": keys, "a2": keys[-1:]})
    assert folded[a] == folded[b]


@pytest.mark.parametrize(
    ("keys", "a", "b"),
    [
        (["donetsk", "luhansk"], "donetsk", "luhansk"),
        (["smith", "maria smith", "john smith"], "maria smith", "john smith"),
        (["smith", "maria smith", "john smith"], "smith", "maria smith"),
        (["iran", "iraq"], "iran", "iraq"),
        (["austria", "australia"], "austria", "australia"),
    ],
)
def test_different_names_stay_apart(keys, a, b):
    folded = fold_names({"a1": keys})
    assert folded[a] != folded[b]


def test_same_name_is_symmetric():
    assert same_name("zelensky", "zelenskyy") is same_name("zelenskyy", "zelensky") is True
