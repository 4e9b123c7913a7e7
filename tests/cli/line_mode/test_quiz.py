"""Quizzes and exams in lines: asked once, summed up, and never lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.cards import Rating
from flashcards.domain.note_json import note_from_json
from flashcards.grading.presentation import label_of, present
from tests.cli.program import Program, plain_environment
from tests.helpers import PROJECT
from tests.unit.study.answering_quizzes import RIGHT
from tests.unit.study.conftest import QUIZ_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = re.compile(r"^# (\S+) · \S+ · \S+$", re.MULTILINE)


@pytest.fixture
def quizzes(flashcards: Program) -> Program:
    flashcards.make_store()
    path = flashcards.home / "all.yaml"
    path.write_bytes(QUIZ_NOTES)
    flashcards("import", str(path))
    return flashcards


def ratings(program: Program) -> dict[str, list[Rating]]:
    with closing(program.reader()) as reader:
        by_card = {
            row.card: reader.log.reviews(row.card_id)
            for row in reader.search.find("", 99, 0)
        }
    return {
        card: [review.rating for review in card_reviews]
        for card, card_reviews in by_card.items()
        if card_reviews
    }


def right_choice(program: Program) -> str:
    """Return the letter of the right option of `q-choice`."""
    with closing(program.reader()) as reader:
        row = reader.cards.find("q-choice")
    shown = present(note_from_json(row.content), "", row.key, row.memory.reps)
    return label_of(shown.place_of(RIGHT["q-choice"][0]))


def card_ids(out: str) -> list[str]:
    return HEAD.findall(out)


def test_a_quiz_asks_each_question_once_and_prints_the_result(quizzes: Program) -> None:
    out = quizzes("quiz", "--plain", stdin="\n\n" * 7).out

    questions, _, result = out.partition("== Result\n")
    assert len(card_ids(questions)) == len(set(card_ids(questions))) == 7
    # A recall shown without an answer is rated by the learner; the suggestion is Good.
    assert result.startswith("1 of 7 right, 6 wrong. Score 14%, ")
    assert "Scores: 0% of 4 questions\n" in result
    assert set(card_ids(result)) == set(card_ids(questions)) - {"q-recall"}
    assert "Not answered.\nMissed: Macro F1 (Classes count.)\n" in result
    assert len(ratings(quizzes)) == 7


def test_an_unanswered_recall_in_a_quiz_is_rated_by_the_learner(
    quizzes: Program,
) -> None:
    out = quizzes("quiz", "--plain", "--topic", "systems", stdin="\n\n" * 3).out

    assert ratings(quizzes)["q-recall"] == [Rating.GOOD]
    assert "1 of 3 right, 2 wrong." in out


@pytest.mark.parametrize("order", [["d", "u", "q"], ["d", "x", ""], ["u", "d"]])
def test_wrong_questions_can_be_made_due_and_undone(
    quizzes: Program, order: list[str]
) -> None:
    end = "".join(f"{line}\n" for line in order)

    out = quizzes("quiz", "--plain", "--count", "2", stdin="\n1\n" * 2 + end).out

    assert "Made 2 cards due today. u: undo." in out
    assert ("Undid: Made 2 cards due today." in out) == (order[1] == "u")
    assert ("'x' is not a command here." in out) == ("x" in order)
    newest = quizzes("undo", "--list", "1").out.splitlines()[-1]
    assert newest.endswith("Made 2 cards due today")
    assert ("yes" in newest) == (order[1] == "u")


def test_count_tag_topic_and_seed_select_the_questions(quizzes: Program) -> None:
    def questions(*options: str) -> list[str]:
        return card_ids(
            quizzes(
                "quiz", "--plain", "--cram", *options, stdin="\n\n" * 9
            ).out.partition("== Result")[0]
        )

    assert len(questions("--count", "3")) == 3
    assert set(questions("--topic", "systems")) == {"q-numeric", "q-order", "q-recall"}
    assert questions("--seed", "3") == questions("--seed", "3")
    assert ratings(quizzes) == {}


@pytest.mark.parametrize("arguments", [("--tag", "first"), ("--exam",)])
def test_no_matching_questions_prints_one_sentence(
    filled: Program, arguments: tuple[str, ...]
) -> None:
    outcome = filled("quiz", "--plain", *arguments)

    assert outcome.status == 0
    assert outcome.out.startswith("No quiz questions in these decks")


@pytest.mark.parametrize("count", ["0", "201", "x"])
def test_an_invalid_count_is_a_usage_error(quizzes: Program, count: str) -> None:
    assert quizzes("quiz", "--count", count).status == 2


def test_quitting_a_quiz_saves_earlier_answers(quizzes: Program) -> None:
    out = quizzes("quiz", "--plain", stdin="\n1\nq\n").out

    assert len(ratings(quizzes)) == 1
    assert "== Result\n0 of 1 right, 1 wrong." in out


def test_an_exam_reveals_nothing_before_its_end(quizzes: Program) -> None:
    out = quizzes("quiz", "--plain", "--exam", stdin="\n" * 8 + "h\n").out

    questions, _, result = out.partition("== Result\n")
    assert "Missed" not in questions
    assert re.match(r"1 of 7 · \d+ min left\n# ", questions)
    assert result.startswith("0 of 7 right, 7 not answered. Score 0%")
    assert "7 unanswered. Empty line: go back to them. h: submit. q: quit." in questions
    assert ratings(quizzes) == {}


def test_exam_questions_can_be_flagged_revisited_and_changed(quizzes: Program) -> None:
    letter = right_choice(quizzes)
    other = "a" if letter != "a" else "b"
    quizzes("search", "q-choice")
    path = quizzes.home / "all.yaml"
    head, _, notes = QUIZ_NOTES.decode().partition("notes:\n")
    choice = notes[: notes.index("  - id: q-several")]
    path.write_text(f"{head}notes:\n{choice}", encoding="utf-8")
    quizzes("import", str(path))

    out = quizzes(
        "quiz", "--plain", "--exam", stdin=f"~\n\nz\n{other}\n\n{letter}\nh\n"
    ).out

    assert "1 unanswered, 1 flagged." in out
    assert " left · flagged\n" in out
    assert "Type one letter: a to c.\n" in out
    assert "== Result\n1 of 1 right. Score 100%" in out
    assert ratings(quizzes) == {"q-choice": [Rating.GOOD]}


SOME_ANSWERS = "1\n\n" * 3
"""Enough lines to answer an item of an exam, whatever its order."""


@pytest.mark.parametrize("end", ["", "q\n"])
def test_an_exam_can_be_resumed_after_quitting(quizzes: Program, end: str) -> None:
    outcome = quizzes("quiz", "--plain", "--exam", stdin=f"{SOME_ANSWERS}{end}")

    assert outcome.status == 0
    assert "== Result" not in outcome.out
    assert re.search(
        r"Exam not finished: \d+ min left\. Resume with `flashcards quiz`\.\n",
        outcome.out,
    )
    assert ratings(quizzes) == {}

    resumed = quizzes("quiz", "--plain", stdin="r\nh\n").out

    offer = re.match(
        r"You have an unfinished exam: \d+ min left, ([1-7]) of 7 answered\.\n", resumed
    )
    assert offer
    assert "== Result\n" in resumed
    assert len(ratings(quizzes)) == int(offer[1])


def test_another_quiz_submits_an_unfinished_exam_only_on_request(
    quizzes: Program,
) -> None:
    quizzes("quiz", "--plain", "--exam", stdin=SOME_ANSWERS)

    assert "== Result" not in quizzes("quiz", "--plain", "--count", "1", stdin="").out
    assert ratings(quizzes) == {}

    out = quizzes("quiz", "--plain", "--count", "1", stdin="s\n\nq\n").out

    assert out.index("== Result\n") < out.index("not answered")
    assert ratings(quizzes)


def test_practice_does_not_touch_an_unfinished_exam(quizzes: Program) -> None:
    quizzes("quiz", "--plain", "--exam", stdin=SOME_ANSWERS)

    quizzes("quiz", "--plain", "--cram", "--count", "1", stdin="q\n")

    assert ratings(quizzes) == {}
    again = quizzes("quiz", "--plain", stdin="q\n").out
    assert again.startswith("You have an unfinished exam: ")


@pytest.fixture
def killable(quizzes: Program) -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def read_until(process: subprocess.Popen[str], end: str) -> str:
    """Return the output of a process up to a line that contains some words."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if end in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


@pytest.mark.parametrize(("mode", "answered"), [((), 0), ((), 2), (("--exam",), 2)])
def test_a_killed_quiz_resumes_at_its_question_with_the_same_choices(
    quizzes: Program,
    killable: list[subprocess.Popen[str]],
    mode: tuple[str, ...],
    answered: int,
) -> None:
    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            quizzes.command("quiz", "--plain", *mode),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=plain_environment(),
            cwd=PROJECT,
        )
        killable.append(process)
        return process

    first = start()
    assert first.stdin is not None
    for _ in range(answered):
        read_until(first, "Empty line")
        first.stdin.write("\n" if mode else "\n1\n")
        first.stdin.flush()
        if not mode:
            read_until(first, "next in")
    shown = read_until(first, "Empty line")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    again = read_until(start(), "Empty line")

    assert again.strip() == shown.strip()
    assert len(ratings(quizzes)) == (0 if mode else answered)
