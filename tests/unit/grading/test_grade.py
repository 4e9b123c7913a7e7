"""Each kind answered right, wrong and partly."""

from __future__ import annotations

import pytest

from flashcards.domain.cards import Rating
from flashcards.domain.content import BasicNote, Note, NumericNote
from flashcards.grading.grade import grade
from flashcards.grading.presentation import present
from flashcards.grading.recall import most_missed
from flashcards.grading.result import Mark
from tests.unit.grading.notes import (
    CHOICE,
    MATCH,
    NOTES,
    NUMERIC,
    ORDER,
    RECALL,
    SEVERAL,
    TEMPLATE,
    TYPED,
    asked,
    letter,
    result_of,
)


def letters(note: Note, *indexes: int) -> str:
    return " ".join(letter(note, index) for index in indexes)


def pairs(*rights: int) -> str:
    return " ".join(
        f"{left}{letter(MATCH, right)}" for left, right in enumerate(rights, start=1)
    )


@pytest.mark.parametrize(
    ("note", "line", "score", "rating", "summary"),
    [
        (CHOICE, letters(CHOICE, 1), 1, Rating.GOOD, "Right, in 5 s."),
        (CHOICE, letters(CHOICE, 0), 0, Rating.AGAIN, "Not right."),
        (SEVERAL, letters(SEVERAL, 0, 1, 2), 1, Rating.GOOD, "Right, in 5 s."),
        (SEVERAL, letters(SEVERAL, 0, 2), 2 / 3, Rating.HARD, "2 of 3 right."),
        (
            SEVERAL,
            letters(SEVERAL, 0, 1, 3),
            1 / 3,
            Rating.HARD,
            "2 of 3 right, 1 too many.",
        ),
        (
            SEVERAL,
            letters(SEVERAL, 0, 3, 4),
            0,
            Rating.AGAIN,
            "1 of 3 right, 2 too many.",
        ),
        (NUMERIC, "1,020", 1, Rating.GOOD, "Right, in 5 s."),
        (NUMERIC, "1050", 1, Rating.GOOD, "Right, in 5 s."),
        (NUMERIC, "870", 0, Rating.AGAIN, "Off by 13%, 5% allowed."),
        (NUMERIC, "1M", 0, Rating.AGAIN, "1,000 times too large, 5% allowed."),
        (NUMERIC, "0.1", 0, Rating.AGAIN, "10,000 times too small, 5% allowed."),
        (TYPED, "Macro-average", 1, Rating.GOOD, "Right, in 5 s."),
        (
            TYPED,
            "macor averge",
            1,
            Rating.GOOD,
            "Right, in 5 s; read as macro average.",
        ),
        (TYPED, "micro average", 0, Rating.AGAIN, "Not right."),
        (ORDER, letters(ORDER, 0, 1, 2, 3), 1, Rating.GOOD, "Right, in 5 s."),
        (
            ORDER,
            letters(ORDER, 1, 0, 2, 3),
            2 / 4,
            Rating.HARD,
            "2 of 4 in the right place.",
        ),
        (
            ORDER,
            letters(ORDER, 3, 2, 1, 0),
            0,
            Rating.AGAIN,
            "All in the reverse order.",
        ),
        (
            ORDER,
            letters(ORDER, 1, 2, 3, 0),
            0,
            Rating.AGAIN,
            "0 of 4 in the right place.",
        ),
        (MATCH, pairs(0, 1, 2), 1, Rating.GOOD, "Right, in 5 s."),
        (MATCH, pairs(1, 0, 2), 1 / 3, Rating.HARD, "1 of 3 pairs right."),
        (MATCH, pairs(1, 2, 3), 0, Rating.AGAIN, "0 of 3 pairs right."),
        (RECALL, "1,2,3", 1, Rating.GOOD, "Right, in 5 s."),
        (RECALL, "1,2", 0.75, Rating.HARD, "2 of 3 points."),
        (
            RECALL,
            "2,3",
            0.5,
            Rating.HARD,
            "2 of 3 points; a required one is missing.",
        ),
        (RECALL, "0", 0, Rating.AGAIN, "0 of 3 points."),
    ],
)
def test_an_answer_is_graded_with_score_rating_and_summary(
    note: Note, line: str, score: float, rating: Rating, summary: str
) -> None:
    result = result_of(note, line)

    assert result.score == pytest.approx(score)
    assert result.suggested is rating
    assert result.summary == summary


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.id)
def test_no_answer_is_wrong(note: Note) -> None:
    result = grade(note, asked(note), None, seconds=3)

    assert (result.score, result.suggested) == (0, Rating.AGAIN)


def test_right_but_slow_is_hard() -> None:
    slow = result_of(CHOICE, letters(CHOICE, 1), seconds=100)

    assert slow.suggested is Rating.HARD
    assert slow.summary == "Right, but slow: 100 s, 13 s expected."


def test_right_but_unsure_is_hard() -> None:
    unsure = result_of(TYPED, "macro", unsure=True)

    assert unsure.suggested is Rating.HARD
    assert unsure.summary == "Right, but not sure."


def test_a_wrong_answer_suggests_again_however_sure_and_quick() -> None:
    wrong = result_of(CHOICE, letters(CHOICE, 0), unsure=True, seconds=500)

    assert wrong.suggested is Rating.AGAIN


def test_a_missed_required_point_allows_at_most_hard() -> None:
    assert result_of(RECALL, "2,3").at_most is Rating.HARD
    assert result_of(RECALL, "1,2").at_most is None


def test_a_wrong_option_shows_both_reasons_and_its_misconception() -> None:
    result = result_of(CHOICE, letters(CHOICE, 2))

    assert sorted(result.marks, key=lambda mark: mark.text) == [
        Mark("Accuracy", "neutral"),
        Mark("Macro F1", "missed", "Classes count."),
        Mark("Micro F1", "neutral", "Examples count."),
        Mark("Weighted F1", "wrong", "Support counts."),
    ]
    assert result.misconceptions == ("weighted-is-fair",)


def test_marks_are_in_the_order_shown() -> None:
    result = result_of(CHOICE, "a")

    assert tuple(mark.text for mark in result.marks) == asked(CHOICE).texts


def test_a_wrong_number_is_shown_above_the_right_one() -> None:
    assert result_of(NUMERIC, "870").marks == (
        Mark("870", "wrong"),
        Mark("1,000 requests/s", "missed"),
    )


def test_an_answer_written_in_the_deck_is_shown_with_all_digits() -> None:
    note = NumericNote(id="n", question="How many?", answer=1234567, tolerance="5%")

    assert asked(note).answer == "1,234,567"


def test_an_ambiguous_comma_in_a_wrong_number_is_explained() -> None:
    note = NumericNote(id="n", question="How many?", answer=1.234, tolerance="5%")

    assert result_of(note, "1,234").summary == (
        "1,000 times too large, 5% allowed; the comma was read as a thousands separator."
    )
    assert result_of(note, "1234").summary == "1,000 times too large, 5% allowed."


def test_items_out_of_place_show_the_right_place() -> None:
    assert result_of(ORDER, letters(ORDER, 1, 0, 2, 3)).marks == (
        Mark("memory", "wrong", "should be number 2"),
        Mark("L1 cache", "wrong", "should be number 1"),
        Mark("SSD", "right"),
        Mark("disk", "right"),
    )


def test_wrong_pairs_show_what_was_right() -> None:
    assert result_of(MATCH, pairs(0, 3)).marks == (
        Mark("precision: TP / (TP + FP)", "right"),
        Mark("recall: TN / N", "wrong", "should be TP / (TP + FN)"),
        Mark("FPR: FP / (FP + TN)", "missed"),
    )


def test_points_ticked_by_keywords_show_the_keyword() -> None:
    assert result_of(RECALL, "charge-backs? No: chargebacks, and a queue").marks == (
        Mark("Chargebacks", "right", 'found: "chargeback", required'),
        Mark("Review queues", "right", 'found: "queue"'),
        Mark("Disputes", "missed"),
    )


def test_a_template_uses_its_numbers_in_question_answer_and_working() -> None:
    shown = asked(TEMPLATE, reps=3)
    numbers = dict(shown.numbers)

    value = numbers["qps"] * numbers["ms"] / 1000
    assert shown.value == value
    assert f"At {numbers['qps']:,g} requests" in shown.question
    assert shown.working == (
        f"{numbers['qps']:,g} x {numbers['ms']:g} ms / 1000 = {value:g}, "
        f"as {numbers['qps'] / 1000:g} a ms."
    )
    assert shown.answer.startswith(f"{value:g}\n\n")


def test_a_template_draws_new_numbers_each_time() -> None:
    assert len({asked(TEMPLATE, reps).numbers for reps in range(30)}) > 4


def test_items_to_be_ordered_are_never_shown_in_order() -> None:
    for reps in range(200):
        assert asked(ORDER, reps).shown != (0, 1, 2, 3)


def test_every_option_is_shown_at_every_place_sometimes() -> None:
    places = {asked(CHOICE, reps).place_of(1) for reps in range(60)}

    assert places == {0, 1, 2, 3}


def test_a_card_without_grading_suggests_good() -> None:
    note = BasicNote(id="b", front="Front?", back="Back.")

    result = grade(note, present(note, "", "b", 0), None, seconds=1)

    assert result.suggested is Rating.GOOD


def test_the_most_missed_point_is_found() -> None:
    assert most_missed(3, [(0, 1), (0,), (0, 2)]) == (1, 2)
    assert most_missed(3, [(0, 1, 2)]) is None
    assert most_missed(3, []) is None
