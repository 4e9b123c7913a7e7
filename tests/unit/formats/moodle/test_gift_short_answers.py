"""Short answers of GIFT: several of them, asterisks, and words that look like a format."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import ClozeNote, DeckContent, Note, TypedNote
from flashcards.formats.moodle.gift_format import read, write

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.formats.formats import ReadContext, WriteContext


def read_notes(text: str, tmp_path: Path, reading: ReadContext) -> tuple[Note, ...]:
    path = tmp_path / "quiz.gift"
    path.write_text(text)
    bundle = read(path, reading)
    assert bundle.problems == ()
    return bundle.decks[0].notes


def write_gift(writing: WriteContext, *notes: Note) -> str:
    file = io.BytesIO()
    write(Bundle(decks=(DeckContent(key="a", title="A", notes=notes),)), file, writing)
    return file.getvalue().decode()


def test_a_short_answer_question_accepts_several_answers(
    tmp_path: Path, reading: ReadContext
) -> None:
    (note,) = read_notes(
        "Which index? {=PSI#yes =%100%population index}", tmp_path, reading
    )

    assert isinstance(note, TypedNote)
    assert note.accept == ("PSI", "population index")
    assert note.why == "yes"


@pytest.mark.parametrize(
    "answer", ["*", "O(n*log n)", "**kwargs", r"\*", r"a\*b", r"\\*"]
)
def test_an_asterisk_in_a_short_answer_is_a_literal_asterisk(
    answer: str, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    typed = TypedNote(id="a", question="Which?", accept=(answer, "other"))
    cloze = ClozeNote(id="b", text=f"It is {{{{c1::{answer}}}}} here.")

    text = write_gift(writing, typed, cloze)

    assert re.search(r"(?<!\\)\*", text) is None
    assert read_notes(text, tmp_path, reading) == (typed, cloze)


def test_an_asterisk_alone_means_any_other_answer(
    tmp_path: Path, reading: ReadContext
) -> None:
    (note,) = read_notes(r"Which? {=PSI =*#any =\*}", tmp_path, reading)

    assert isinstance(note, TypedNote)
    assert note.accept == ("PSI", "*")


def test_a_short_answer_can_begin_like_a_format(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    typed = TypedNote(id="a", question="Which?", accept=("[html] x",))

    text = write_gift(writing, typed)

    assert read_notes(text, tmp_path, reading) == (typed,)
