"""The slash between names, and the sign for times before a function, may be left out."""

from __future__ import annotations

from itertools import permutations

import pytest

from flashcards.domain.content import TypedNote
from flashcards.grading.answers import TypedAnswer
from flashcards.grading.marking import mark_typed
from flashcards.grading.words.wording import is_same, is_slip

SAME = [
    ("A/B test", "AB test", "A B test", "the AB test"),
    ("I/O", "IO"),
    ("I/O bound", "IO-bound", "IO bound"),
    ("CI/CD", "CICD", "CI CD"),
    ("TCP/IP stack", "TCP IP stack"),
    ("train/test split", "train-test split", "train test split"),
    ("train/validation/test split", "train validation test split"),
    ("O(n log n)", "O(n*log n)", "O(n·log n)", "O(n × log n)", "O(nlogn)", "O(n*logn)"),
    ("O(V*E)", "O(V·E)", "O(V × E)", "O(VE)"),
]
OTHER = [
    ("A/B", "B/A"),
    ("A/B", "BA"),
    ("A/BC", "AB/C"),
    ("TP/FP", "FP/TP"),
    ("TP/FP", "FP TP"),
    ("p/q", "q/p"),
    ("p/q", "pq"),
    ("x/y", "xy"),
    ("A / B", "AB"),
    ("km/h", "kmh"),
    ("w/o", "w"),
    ("w/o", "wo"),
    ("W/O", "WO"),
    ("and/or", "and or"),
    ("AND/OR", "ANDOR"),
    ("and/or", "and"),
    ("yes/no", "yes no"),
    ("1/2", "12"),
    ("n/2", "n2"),
    ("O(V/E)", "O(VE)"),
    ("log A/B", "log AB"),
    ("2 A/B", "2 AB"),
    ("n/log n", "n log n"),
    ("2*3", "23"),
    ("a * b", "a b"),
    ("A*", "A"),
    ("A* search", "A search"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pair for group in SAME for pair in permutations(group, 2)]
)
def test_a_sign_between_names_may_be_left_out(one: str, other: str) -> None:
    assert is_same(one, other)
    assert is_same(one.lower(), other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_a_sign_that_makes_another_fact_counts(one: str, other: str) -> None:
    for typed, expected in ((one, other), (other, one)):
        assert not is_same(typed, expected)
        assert not is_slip(typed, expected)


@pytest.mark.parametrize(
    ("accepted", "other"), [("X/Y", "XY"), ("precision/recall", "precision recall")]
)
def test_the_slash_counts_if_the_deck_has_both_answers(
    accepted: str, other: str
) -> None:
    def score(typed: str, wanted: str, others: list[str]) -> float:
        note = TypedNote(id="n", question="Which?", accept=(wanted,))
        return mark_typed(note, TypedAnswer(typed), lambda: others).score

    for wanted, typed in ((accepted, other), (other, accepted)):
        assert score(typed, wanted, []) == 1
        assert score(typed.lower(), wanted, [wanted, typed]) == 0
        assert score(typed, wanted, [wanted, typed]) == 0
        assert score(wanted.lower(), wanted, [wanted, typed]) == 1
