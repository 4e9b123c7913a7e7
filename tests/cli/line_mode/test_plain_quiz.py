"""Graded kinds in plain lines: each right, wrong or partly right answer saves one review."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flashcards.domain.cards import Rating
from flashcards.domain.note_json import note_from_json
from flashcards.grading.presentation import Presentation, label_of, present
from tests.cli.program import Program
from tests.unit.study.conftest import QUIZ_NOTES

CASES = [
    ("q-choice", "right", [1], Rating.GOOD),
    ("q-choice", "wrong", [0], Rating.AGAIN),
    ("q-several", "right", [0, 1], Rating.GOOD),
    ("q-several", "partly", [0], Rating.HARD),
    ("q-several", "wrong", [2], Rating.AGAIN),
    ("q-order", "right", [0, 1, 2, 3], Rating.GOOD),
    ("q-order", "partly", [0, 1, 3, 2], Rating.HARD),
    ("q-order", "wrong", [3, 2, 1, 0], Rating.AGAIN),
    ("q-match", "right", [0, 1], Rating.GOOD),
    ("q-match", "partly", [0, 2], Rating.HARD),
    ("q-match", "wrong", [1, 0], Rating.AGAIN),
    ("q-numeric", "right", 1.0, Rating.GOOD),
    ("q-numeric", "wrong", 3.0, Rating.AGAIN),
    ("q-typed", "right", "Macro-Average", Rating.GOOD),
    ("q-typed", "right", "macor averge", Rating.GOOD),
    ("q-typed", "wrong", "micro average", Rating.AGAIN),
    ("q-recall", "right", "1,2,3", Rating.GOOD),
    ("q-recall", "partly", "1,3", Rating.HARD),
    ("q-recall", "partly", "charge backs no, but a queue", Rating.HARD),
    ("q-recall", "wrong", "0", Rating.AGAIN),
]


@pytest.fixture
def program_with_note(flashcards: Program) -> Any:
    """Return a function that makes a program whose store holds one note of `quiz/all`."""

    def fill(key: str) -> Program:
        flashcards.make_store()
        head, _, notes = QUIZ_NOTES.decode().partition("notes:\n")
        parts = re.split(r"(?m)^(?=  - id: )", notes)
        part = next(part for part in parts if part.startswith(f"  - id: {key}\n"))
        path = flashcards.home / "only.yaml"
        path.write_text(f"{head}notes:\n{part}", encoding="utf-8")
        flashcards("import", str(path))
        return flashcards

    return fill


def presentation_of(program: Program, key: str) -> Presentation:
    with closing(program.reader()) as reader:
        row = reader.cards.find(key)
    return present(note_from_json(row.content), "", key, row.memory.reps)


def line_for(program: Program, key: str, answer: Any) -> str:
    """Return the line to type for indexes of choices, a multiple of the right number, or words."""
    shown = presentation_of(program, key)
    if isinstance(answer, str):
        return answer
    if isinstance(answer, float):
        return f"{(shown.value or 0) * answer:g}"
    letters = [label_of(shown.place_of(index)) for index in answer]
    if key == "q-match":
        letters = [f"{number}{letter}" for number, letter in enumerate(letters, 1)]
    return " ".join(letters)


def reviews(program: Program, key: str) -> list[tuple[Rating, Any]]:
    with closing(program.reader()) as reader:
        stored_reviews = reader.log.reviews(reader.cards.find(key).card_id)
    return [
        (review.rating, json.loads(review.answer) if review.answer else None)
        for review in stored_reviews
    ]


@pytest.mark.parametrize(("key", "how", "answer", "rating"), CASES)
def test_an_answer_is_saved_with_one_review(
    program_with_note: Any, key: str, how: str, answer: Any, rating: Rating
) -> None:
    program = program_with_note(key)
    line = line_for(program, key, answer)

    outcome = program("review", "--plain", stdin=f"{line}\n\nq\n")

    assert outcome.status == 0
    [(rated, saved)] = reviews(program, key)
    assert rated is rating
    assert (saved["score"] == 1, saved["score"] == 0) == (
        how == "right",
        how == "wrong",
    )
    assert f"{rating.name.capitalize()} on {key}" in outcome.out


@pytest.mark.parametrize(("key", "how", "answer", "rating"), CASES)
def test_undo_removes_a_graded_answer(
    program_with_note: Any, key: str, how: str, answer: Any, rating: Rating
) -> None:
    program = program_with_note(key)
    line = line_for(program, key, answer)

    outcome = program("review", "--plain", stdin=f"{line}\n\nu\nq\n")

    assert "Undid: " in outcome.out
    assert reviews(program, key) == []


def test_a_choice_shows_letters_and_then_both_explanations(
    program_with_note: Any,
) -> None:
    program = program_with_note("q-choice")
    texts = presentation_of(program, "q-choice").texts
    wrong = line_for(program, "q-choice", [0])

    out = program("review", "--plain", stdin=f"{wrong}\n\nq\n").out

    options = "".join(
        f"{label}) {text}\n" for label, text in zip("abc", texts, strict=False)
    )
    assert out.startswith(
        "# q-choice · quiz/all · choice\n"
        "Which score drops most when a rare class fails?\n"
        f"{options}"
        "A letter from a to c. Empty line: show the answer. u: undo. q: quit.\n"
        "Not right.\n"
    )
    assert "Wrong: Micro F1 (Examples count.)\n" in out
    assert "Missed: Macro F1 (Classes count.)\n" in out
    assert "Misconception: q micro\n" in out
    assert "4 Easy 7 d; empty line: Again. u: undo. q: quit.\n" in out


def test_a_digit_overrides_the_suggested_rating(program_with_note: Any) -> None:
    program = program_with_note("q-choice")
    wrong = line_for(program, "q-choice", [0])

    program("review", "--plain", stdin=f"{wrong}\n3\nq\n")

    assert [rating for rating, _ in reviews(program, "q-choice")] == [Rating.GOOD]


def test_an_empty_line_counts_as_not_answered(program_with_note: Any) -> None:
    program = program_with_note("q-choice")

    out = program("review", "--plain", stdin="\n\nq\n").out

    assert "Not answered.\nMissed: Macro F1 (Classes count.)\n" in out
    assert [rating for rating, _ in reviews(program, "q-choice")] == [Rating.AGAIN]


def test_an_invalid_answer_prints_what_is_expected_and_asks_again(
    program_with_note: Any,
) -> None:
    program = program_with_note("q-choice")
    right = line_for(program, "q-choice", [1])

    out = program("review", "--plain", stdin=f"z\n{right}\n\nq\n").out

    assert "Type one letter: a to c. Empty line: show the answer." in out
    assert len(reviews(program, "q-choice")) == 1


def test_an_answer_of_a_hundred_thousand_characters_is_refused(
    program_with_note: Any,
) -> None:
    for key in ("q-typed", "q-recall"):
        program = program_with_note(key)
        out = program("review", "--plain", stdin=f"{'x' * 100_000}\n\n3\nq\n").out

        assert "That answer has 100,000 characters; at most " in out
        assert len(reviews(program, key)) == 1


def test_an_empty_line_shows_points_that_can_be_ticked_afterwards(
    program_with_note: Any,
) -> None:
    program = program_with_note("q-recall")

    out = program("review", "--plain", stdin="\n2,\n1,2,3\n\nq\n").out

    assert "1) Chargebacks (required)\n2) Review queues\n3) Disputes\n" in out
    assert "1 of 3 points; a required one is missing.\n" in out
    assert "1 Again 1 min, 2 Hard 6 min; empty line: Hard." in out
    [(rating, saved)] = reviews(program, "q-recall")
    assert (rating, saved["points"]) == (Rating.GOOD, [0, 1, 2])


def test_the_point_missed_most_is_reported(program_with_note: Any) -> None:
    program = program_with_note("q-recall")
    program("review", "--plain", stdin="1,2\n\nq\n")

    out = program("review", "--plain", stdin="1,2,3\n\nq\n").out

    assert "Missed most so far: Disputes, 1 time.\n" in out


def test_a_mark_after_an_answer_saves_the_confidence(program_with_note: Any) -> None:
    program = program_with_note("q-typed")

    out = program("review", "--plain", stdin="macro ?\n\nq\n").out

    assert "Right, but not sure.\n" in out
    [(rating, saved)] = reviews(program, "q-typed")
    assert (rating, saved["confidence"]) == (Rating.HARD, "unsure")


def test_the_setting_confidence_asks_how_sure_the_learner_is(
    program_with_note: Any,
) -> None:
    program = program_with_note("q-typed")
    Path(program.home / "config.toml").write_text("confidence = true\n")

    out = program("review", "--plain", stdin="q\n").out

    assert "End with ! if you are sure, ? if unsure, ?? for a guess." in out


def test_practice_saves_no_answer(program_with_note: Any) -> None:
    program = program_with_note("q-typed")

    out = program("review", "--plain", "--cram", stdin="macro\n\n").out

    assert "Right, in 1 s.\n" in out
    assert "1 Again, 2 Hard, 3 Good, 4 Easy; empty line: Good." in out
    assert reviews(program, "q-typed") == []


@pytest.mark.parametrize(
    ("notes", "sentence"),
    [
        (
            "- {id: a, kind: choice, question: Which?, options: [{correct: true}, {text: B}]}",
            "text",
        ),
        (
            "- {id: a, kind: choice, question: Which?, options: [{text: A}, {text: B}]}",
            "correct",
        ),
        ("- {id: a, front: A?, back: B}\n- {id: a, front: C?, back: D}", "a"),
        (
            (
                "- {id: a, kind: numeric, question: 'How many {n}?', answer: 1 / n, "
                "variables: {n: [0, 1]}}"
            ),
            "zero",
        ),
    ],
)
def test_an_invalid_note_is_reported_with_its_position(
    flashcards: Program, tmp_path: Path, notes: str, sentence: str
) -> None:
    flashcards.make_store()
    path = tmp_path / "bad.yaml"
    path.write_text(
        f"deck: bad\ntitle: Bad\nnotes:\n- {{id: good, front: A?, back: B}}\n{notes}\n",
        encoding="utf-8",
    )

    outcome = flashcards("import", str(path))

    assert outcome.status == 1
    printed = outcome.out + outcome.err
    assert re.search(rf"{re.escape(str(path))}:\d+:\d+ .*\n.*{sentence}", printed)
    assert "good" in flashcards("search", "A?").out
