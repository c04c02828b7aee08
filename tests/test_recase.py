"""Case and spacing come back from the evidence."""

import pytest

from summarize.writing.recase import recase

EVIDENCE = [
    "The US-led talks cost $3.1 million in May, and rose 7% at Koy-Tash.",
    "Capt. Siobhán O’Neill didn’t know at 18:40; companies in the U.S. may pay.",
    "Lund, 41, agreed a five-year contract.",
    "“We go,” said Jean-Yves Le Drian (of the ministry).",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the us - led talks cost $ 3 . 1 million .", "The US-led talks cost $3.1 million."),
        ("jean - yves le drian didn ' t know at 18 : 40 .", "Jean-Yves Le Drian didn’t know at 18:40."),
        ("companies in the u . s . may pay", "Companies in the U.S. may pay"),
        ("it rose 7 % in may at koy - tash", "It rose 7% in May at Koy-Tash"),
        ('" we go " , said o \' neill', '"We go", said O’Neill'),
        ("lund , 41 agreed a contract .", "Lund, 41, agreed a contract."),
        ("", ""),
    ],
)
def test_recase(text, expected):
    assert recase(text, EVIDENCE) == expected


def test_evidence_with_patterns_in_it_is_harmless():
    assert recase("a b", ["[a-z]+(.*)* \\d{3} (?P<x>"]) == "A b"
