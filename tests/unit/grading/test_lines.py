"""A typed line becomes an answer, or a sentence that says what is expected."""

from __future__ import annotations

import re

import pytest

from flashcards.domain.content import BasicNote, Note, OrderNote
from flashcards.grading.answers import (
    ChoiceAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.grading.lines import parse_line, split_confidence
from flashcards.grading.presentation import label_of, present
from tests.helpers import PROJECT
from tests.unit.grading.notes import (
    CHOICE,
    MATCH,
    NOTES,
    NUMERIC,
    ORDER,
    RECALL,
    SEVERAL,
    TYPED,
    asked,
    letter,
)


def parsed(note: Note, line: str) -> object:
    return parse_line(note, asked(note), line)


@pytest.mark.parametrize("form", ["{}", " {} ", "{}.", "{})"])
def test_a_letter_picks_the_option_under_it(form: str) -> None:
    for index in range(4):
        assert parsed(CHOICE, form.format(letter(CHOICE, index))) == ChoiceAnswer(
            (index,)
        )
        assert parsed(CHOICE, letter(CHOICE, index).upper()) == ChoiceAnswer((index,))


def test_a_digit_picks_the_option_at_its_place() -> None:
    assert parsed(CHOICE, "2") == ChoiceAnswer((asked(CHOICE).shown[1],))


@pytest.mark.parametrize("form", ["{},{}", "{} {}", "{}{}", "{}, {}"])
def test_letters_pick_several_options(form: str) -> None:
    line = form.format(letter(SEVERAL, 0), letter(SEVERAL, 2))

    assert parsed(SEVERAL, line) == ChoiceAnswer((0, 2))


def test_full_width_letters_are_accepted() -> None:
    assert parsed(CHOICE, "ｂ") == parsed(CHOICE, "b")
    assert parsed(ORDER, "３　１ ２ ４") == parsed(ORDER, "3 1 2 4")
    assert parsed(MATCH, "１ｂ ２ａ") == parsed(MATCH, "1b 2a")


def test_an_order_needs_every_letter_once() -> None:
    shown = asked(ORDER).shown

    assert parsed(ORDER, "c a b d") == OrderAnswer(
        (shown[2], shown[0], shown[1], shown[3])
    )
    assert parsed(ORDER, "cabd") == parsed(ORDER, "C,A,B,D") == parsed(ORDER, "3 1 2 4")


def test_a_pair_is_a_number_and_a_letter() -> None:
    b, a, c = (letter(MATCH, index) for index in (1, 0, 2))

    wanted = MatchAnswer((1, 0, 2))
    assert parsed(MATCH, f"1{b} 2{a} 3{c}") == wanted
    assert parsed(MATCH, f"3{c}, 1-{b}; 2 {a}") == wanted
    assert parsed(MATCH, f"2{a}") == MatchAnswer((None, 0, None))


def test_points_are_ticked_by_numbers_or_by_keywords() -> None:
    assert parsed(RECALL, "1,3") == RecallAnswer((0, 2))
    assert parsed(RECALL, "2,") == RecallAnswer((1,))
    assert parsed(RECALL, "0") == RecallAnswer(())
    assert parsed(RECALL, "Manual reviews and DISPUTES") == RecallAnswer(
        (1, 2), "Manual reviews and DISPUTES"
    )


def test_numbers_and_words_are_saved_as_typed() -> None:
    assert parsed(NUMERIC, "1.2k") == NumericAnswer(1200, "1.2k")
    assert parsed(TYPED, "Macro!") == TypedAnswer("Macro!")


@pytest.mark.parametrize(
    ("note", "line", "sentence"),
    [
        (CHOICE, "x", "Type one letter: a to d."),
        (CHOICE, "a,b", "Type one letter: a to d."),
        (CHOICE, "", "Type one letter: a to d."),
        (
            SEVERAL,
            "a,z",
            "Type the letters of all that are right, such as a,c: a to e.",
        ),
        (
            NUMERIC,
            "many",
            "'many' is not a number in requests/s. Write it as 1200, 1,200.5, 1e6, 1M or 50%.",
        ),
        (
            NUMERIC,
            " ",
            "Type a number in requests/s, such as 1200, 1,200.5, 1e6, 1M or 50%.",
        ),
        (TYPED, " ", "Type a word or a phrase."),
        (
            ORDER,
            "a b",
            "Type every letter once, in order, such as d c b a: a to d.",
        ),
        (
            MATCH,
            "1z",
            "Type a number and a letter for each pair, such as 1b 2c 3a: 1 to 3 and a to d.",
        ),
        (RECALL, "9", "The points have the numbers 1 to 3; 0 ticks none."),
    ],
)
def test_an_invalid_line_returns_a_sentence_on_what_to_type(
    note: Note, line: str, sentence: str
) -> None:
    assert parsed(note, line) == sentence


def test_an_answer_that_is_too_long_is_refused_with_its_length() -> None:
    for note in NOTES:
        message = parsed(note, "x" * 100_000)
        assert isinstance(message, str)
        assert message.startswith("That answer has 100,000 characters; at most ")


def test_a_kind_that_is_not_graded_takes_no_answer() -> None:
    note = BasicNote(id="b", front="Front?", back="Back.")

    assert parse_line(note, present(note, "", "b", 0), "anything") is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("b ?", ("b", "unsure")),
        ("b ??", ("b", "guess")),
        ("macro average !", ("macro average", "sure")),
        ("what?", ("what?", "")),
        (" b ", ("b", "")),
        ("?", ("?", "")),
    ],
)
def test_a_mark_after_the_answer_is_the_confidence(
    line: str, parts: tuple[str, str]
) -> None:
    assert split_confidence(line) == parts


def test_labels_continue_after_z() -> None:
    assert [label_of(place) for place in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]


def documented(kind: str) -> list[str]:
    """Return the example lines in the docs for a kind, which all mean the same."""
    page = (PROJECT / "docs" / "quizzes.md").read_text("utf-8")
    rows = page.partition("### Letters")[2].partition("### ")[0].splitlines()
    [row] = [row for row in rows if row.startswith(f"| {kind} |")]
    return re.findall("`([^`]+)`", row)


@pytest.mark.parametrize(
    ("kind", "note"),
    [("choice", CHOICE), ("choice, several correct", SEVERAL), ("match", MATCH)],
)
def test_the_example_lines_of_a_kind_in_the_docs_are_equivalent(
    kind: str, note: Note
) -> None:
    answers = {parsed(note, line) for line in documented(kind)}

    assert len(answers) == 1
    assert not isinstance(answers.pop(), str)


def test_the_example_orders_in_the_docs_are_equivalent() -> None:
    note = OrderNote(id="n", question="q", items=("one", "two", "three"))

    assert len({parsed(note, line) for line in documented("order")}) == 1
    assert isinstance(parsed(note, documented("order")[0]), OrderAnswer)


def test_the_example_ticks_in_the_docs_are_read_as_ticks() -> None:
    assert [parsed(RECALL, line) for line in documented("recall")] == [
        RecallAnswer((0, 2)),
        RecallAnswer((1,)),
        RecallAnswer(()),
    ]


def test_the_confidence_marks_are_those_of_the_docs() -> None:
    marks = [split_confidence(line) for line in documented("any")]

    assert marks == [("b", "sure"), ("b", "unsure"), ("b", "guess")]
