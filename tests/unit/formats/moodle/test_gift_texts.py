"""GIFT: texts that look like markup, and questions without answers."""

from __future__ import annotations

from pathlib import Path

from flashcards.domain.content import (
    ChoiceNote,
)
from flashcards.formats.formats import ReadContext
from tests.unit.formats.moodle.test_gift import bundle_of, note_of


def test_what_only_looks_like_a_tag_stays(tmp_path: Path, reading: ReadContext) -> None:
    note = note_of(
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


def test_a_file_of_essays_without_answers_says_why_nothing_was_taken(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of("Words.\n\nWhy do labels lag? {}\n", tmp_path, reading)

    assert bundle.decks == ()
    found = [(one.severity, one.rule, one.line) for one in bundle.problems]
    assert found == [("error", "nothing-taken", 1), ("warning", "gift-no-answer", 3)]
