"""GIFT: texts that look like markup, and questions without answers."""

from __future__ import annotations

from pathlib import Path

from flashcards.domain.content import (
    ChoiceNote,
)
from flashcards.formats.formats import ReadContext
from tests.unit.formats.moodle.test_gift import read_bundle, read_note


def test_words_that_only_look_like_a_tag_stay(
    tmp_path: Path, reading: ReadContext
) -> None:
    note = read_note(
        "Which tokens wrap a sentence, as in vector<int>? "
        "{=<s> and </s> ~<b>cls</b> ~a<b and c>d}",
        tmp_path,
        reading,
    )

    assert isinstance(note, ChoiceNote)
    assert note.question == "Which tokens wrap a sentence, as in vector<int>?"
    assert [option.text for option in note.options] == [
        "<s> and </s>",
        "**cls**",
        "a<b and c>d",
    ]


def test_a_file_of_essays_without_answers_explains_why_nothing_was_imported(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("Words.\n\nWhy do labels lag? {}\n", tmp_path, reading)

    assert bundle.decks == ()
    problems = [
        (problem.severity, problem.rule, problem.line) for problem in bundle.problems
    ]
    assert problems == [("error", "nothing-taken", 1), ("warning", "gift-no-answer", 3)]
