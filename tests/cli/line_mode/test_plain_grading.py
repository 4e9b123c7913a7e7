"""Grading in plain lines: what it forgives and what it does not."""

from __future__ import annotations

from contextlib import closing

import pytest

from flashcards.domain.note_json import note_from_json
from flashcards.grading.presentation import label_of, present
from tests.cli.program import Program
from tests.helpers import deck

DECK = deck("""
    deck: forgiving
    title: Forgiving
    notes:
      - id: label
        kind: typed
        question: Which arm of the trial gets the new model?
        accept: [arm B]
      - id: name
        kind: typed
        question: Which store keeps the features?
        accept: [Tekton]
      - id: other-name
        kind: typed
        question: Which tool runs the pipelines?
        accept: [Takton]
      - id: threshold
        kind: typed
        question: Which threshold for the p-value?
        accept: ["p ≤ 0.05"]
      - id: share
        kind: numeric
        question: Which share of 9,800 requests are 490?
        answer: 5
        unit: "%"
      - id: arms
        kind: recall
        question: Which arms are there?
        points:
          - {text: The old one, keywords: [arm A]}
          - {text: The new one, keywords: [arm B]}
      - id: steps
        kind: order
        question: In which order is a model shipped?
        items: [train, validate, canary, roll out]
      - id: sides
        kind: match
        question: What belongs together?
        pairs:
          - {left: offline, right: batch}
          - {left: online, right: stream}
      - id: choice
        kind: choice
        question: Which metric counts classes alike?
        options:
          - {text: Macro F1, correct: true}
          - {text: Micro F1, misconception: basics}
          - {text: Accuracy, misconception: all-errors-alike}
      - id: basics
        front: What does **micro** averaging count alike?
        back: Examples.
    """)


@pytest.fixture
def program(flashcards: Program) -> Program:
    flashcards.make_store()
    path = flashcards.home / "forgiving.yaml"
    path.write_bytes(DECK)
    flashcards("import", str(path))
    return flashcards


def letters(program: Program, key: str, *indexes: int) -> str:
    with closing(program.reader()) as reader:
        row = reader.cards.find(key)
    shown = present(note_from_json(row.content), "", key, row.memory.reps)
    return " ".join(label_of(shown.place_of(index)) for index in indexes)


def grade_line(program: Program, key: str, line: str) -> str:
    """Return the text printed between the question and the rating of a card."""
    out = program(
        "quiz",
        "forgiving",
        "--plain",
        "--cram",
        "--seed",
        "1",
        stdin=input_for(program, key, line),
    ).out
    item = out.partition(f"# {key} ")[2]
    return item.partition("empty line: ")[0]


def input_for(program: Program, key: str, line: str) -> str:
    """Return input that skips all questions before one, and answers that one."""
    out = program(
        "quiz", "forgiving", "--plain", "--cram", "--seed", "1", stdin="\n\n" * 12
    ).out
    question_lines = out.partition("== Result")[0].splitlines()
    order = [line.split()[1] for line in question_lines if line.startswith("# ")]
    return "\n\n" * order.index(key) + f"{line}\n\nq\n"


@pytest.mark.parametrize(
    ("key", "line", "words"),
    [
        ("label", "arm B", "Right"),
        ("label", "the Arm b.", "Right"),
        ("label", "arm A", "Wrong: arm A"),
        ("label", "arm", "Wrong: arm"),
        ("name", "Tekton", "Right"),
        ("name", "Tketon", "read as Tekton"),
        ("name", "Takton", "Wrong: Takton"),
        ("threshold", "p <= 0.05", "Right"),
        ("threshold", "p >= 0.05", "Wrong"),
        ("threshold", "p < 0.05", "Wrong"),
        ("share", "490/9800", "Right"),
        ("share", "5 per cent", "Right"),
        ("share", "0.05", "Off by 4.95."),
        ("arms", "arm B and an arm of another trial", "1 of 2 points"),
    ],
)
def test_an_answer_is_graded_by_its_meaning(
    program: Program, key: str, line: str, words: str
) -> None:
    assert words in grade_line(program, key, line)


def test_a_wrong_order_shows_the_right_order(program: Program) -> None:
    out = grade_line(program, "steps", letters(program, "steps", 1, 2, 3, 0))

    assert "0 of 4 in the right place.\n" in out
    assert "The right order:\n1. train\n2. validate\n3. canary\n4. roll out\n" in out


def test_a_right_order_is_not_repeated(program: Program) -> None:
    out = grade_line(program, "steps", letters(program, "steps", 0, 1, 2, 3))

    assert "Right, in " in out
    assert "The right order:" not in out


@pytest.mark.parametrize("line", ["", "1{0} 2{1}"])
def test_wrong_pairs_are_printed_with_their_right_partner(
    program: Program, line: str
) -> None:
    b, a = letters(program, "sides", 1, 0).split()

    out = grade_line(program, "sides", line.format(b, a))

    assert "batch" in out.partition("offline: ")[2]
    assert "stream" in out.partition("online: ")[2]


def test_a_misconception_naming_a_note_is_printed_as_its_question(
    program: Program,
) -> None:
    out = grade_line(program, "choice", letters(program, "choice", 1))
    words_out = grade_line(program, "choice", letters(program, "choice", 2))

    assert "Misconception: What does micro averaging count alike?\n" in out
    assert "Misconception: all errors alike\n" in words_out


def test_the_result_of_a_quiz_describes_misconceptions(program: Program) -> None:
    line = letters(program, "choice", 1)

    out = program(
        "quiz",
        "forgiving",
        "--plain",
        "--cram",
        "--seed",
        "1",
        stdin=input_for(program, "choice", line),
    ).out

    assert "Misconception: What does micro averaging count alike?, 1 time\n" in out
