"""Item statistics from the answers saved in the log."""

from __future__ import annotations

import json

import pytest

from flashcards.domain.cards import Rating
from flashcards.domain.content import BasicNote, ChoiceNote, Note, NumericNote, Option
from flashcards.domain.note_json import note_to_json
from flashcards.grading.answers import ChoiceAnswer, GradedAnswer, NumericAnswer
from flashcards.grading.record import AnswerRecord
from flashcards.grading.record import to_json as record_to_json
from flashcards.progress.statistics.items import (
    ENOUGH,
    ItemPart,
    compute_item_statistics,
    misconceptions_of,
)
from flashcards.store.rows import KeptAnswer

CHOICE = ChoiceNote(
    id="c",
    question="Which?",
    options=(
        Option("right", correct=True),
        Option("near", misconception="near-miss"),
        Option("far"),
    ),
)
NUMBER = NumericNote(id="n", question="How many?", answer=200.0, tolerance=1)


def make_saved_answer(
    note: Note, answer: GradedAnswer, score: float, text: str | None = None
) -> KeptAnswer:
    record = record_to_json(AnswerRecord(answer, score=score))
    return KeptAnswer(
        1,
        note.id,
        note.id,
        "deck",
        "",
        note.KIND,
        "",
        1,
        text or record or "",
        Rating.GOOD,
    )


def contents(*notes: Note) -> dict[str, str]:
    return {note.id: note_to_json(note) for note in notes}


def test_options_have_their_shares_and_misconceptions() -> None:
    answers = [make_saved_answer(CHOICE, ChoiceAnswer((0,)), 1.0)] * 2 + [
        make_saved_answer(CHOICE, ChoiceAnswer((1,)), 0.0)
    ] * 3

    statistics = compute_item_statistics(answers, contents(CHOICE))

    [item] = statistics.enough
    assert (item.answers, item.score) == (5, 0.4)
    assert item.parts == (
        ItemPart("chosen", "right", 2, False),
        ItemPart("chosen", "near", 3, True, "near-miss", "near miss"),
        ItemPart("chosen", "far", 0, True),
    )
    assert [slip.text for slip in item.slips] == ["near"]
    assert statistics.misconceptions == (("near-miss", 3),)
    assert statistics.missing == ""


def test_a_misconception_that_names_a_note_shows_its_question() -> None:
    named = BasicNote(id="near-miss", front="What is a **near** miss?", back="Close.")
    texts = contents(CHOICE)

    statistics = compute_item_statistics(
        [make_saved_answer(CHOICE, ChoiceAnswer((1,)), 0.0)] * 5,
        texts | contents(named),
    )

    assert misconceptions_of(texts.values()) == {"near-miss"}
    [item] = statistics.enough
    assert item.slips[0].mixed_up == "What is a near miss?"


def test_too_few_answers_are_counted_and_not_shown() -> None:
    statistics = compute_item_statistics(
        [make_saved_answer(CHOICE, ChoiceAnswer((1,)), 0.0)] * (ENOUGH - 1),
        contents(CHOICE),
    )

    assert statistics.enough == ()
    assert (
        statistics.missing
        == "Not enough answers yet for items (at most 4 of 5 per item)."
    )


def test_answers_to_an_older_wording_are_left_out() -> None:
    turned = ChoiceNote(
        id="c",
        question="Which?",
        options=(Option("far"), Option("right", correct=True)),
    )

    statistics = compute_item_statistics(
        [make_saved_answer(CHOICE, ChoiceAnswer((0,)), 1.0)] * 6, contents(turned)
    )

    assert (statistics.answers, statistics.older, statistics.items) == (0, 6, ())


def test_answers_of_a_deleted_note_or_of_another_kind_are_left_out() -> None:
    strange = [
        make_saved_answer(CHOICE, NumericAnswer(1.0, "1"), 0.0),
        make_saved_answer(CHOICE, ChoiceAnswer((9,)), 1.0),
        make_saved_answer(CHOICE, ChoiceAnswer(), 0.0, "no JSON"),
        make_saved_answer(
            CHOICE, ChoiceAnswer(), 0.0, json.dumps({"kind": "choice", "chosen": "x"})
        ),
    ]

    assert compute_item_statistics(strange, contents(CHOICE)).answers == 0
    assert (
        compute_item_statistics(
            [make_saved_answer(CHOICE, ChoiceAnswer((0,)), 1.0)], {}
        ).items
        == ()
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "about 100 times too small"),
        (190_000.0, "about 1,000 times too large"),
        (250.0, "too large"),
        (150.0, "too small"),
        (900.0, "too large"),
        (-200.0, "another sign"),
        (0.0, "zero"),
        (None, "no number"),
        (2e-300, "about 10^302 times too small"),
        (5e-324, "too small"),
    ],
)
def test_wrong_numbers_say_how_far_they_are_off(value: float | None, text: str) -> None:
    statistics = compute_item_statistics(
        [make_saved_answer(NUMBER, NumericAnswer(value, ""), 0.0)], contents(NUMBER)
    )

    assert [slip.text for slip in statistics.items[0].slips] == [text]


def test_the_lowest_scores_come_first_and_items_with_few_answers_last() -> None:
    answers = [make_saved_answer(CHOICE, ChoiceAnswer((0,)), 1.0)] * 5 + [
        make_saved_answer(NUMBER, NumericAnswer(9.0, "9"), 0.0)
    ] * 4

    statistics = compute_item_statistics(answers, contents(CHOICE, NUMBER))

    assert [item.note for item in statistics.items] == ["c", "n"]
