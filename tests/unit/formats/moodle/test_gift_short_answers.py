"""Short answers of GIFT: several, with asterisks, and with what looks like a format."""

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


def notes_of(text: str, tmp_path: Path, reading: ReadContext) -> tuple[Note, ...]:
    path = tmp_path / "quiz.gift"
    path.write_text(text)
    bundle = read(path, reading)
    assert bundle.problems == ()
    return bundle.decks[0].notes


def written(writing: WriteContext, *notes: Note) -> str:
    file = io.BytesIO()
    write(Bundle(decks=(DeckContent(key="a", title="A", notes=notes),)), file, writing)
    return file.getvalue().decode()


def test_a_short_answer_accepts_several(tmp_path: Path, reading: ReadContext) -> None:
    (note,) = notes_of(
        "Which index? {=PSI#yes =%100%population index}", tmp_path, reading
    )

    assert isinstance(note, TypedNote)
    assert note.accept == ("PSI", "population index")
    assert note.why == "yes"


@pytest.mark.parametrize(
    "answer", ["*", "O(n*log n)", "**kwargs", r"\*", r"a\*b", r"\\*"]
)
def test_an_asterisk_of_a_short_answer_stands_for_nothing_else(
    answer: str, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    typed = TypedNote(id="a", question="Which?", accept=(answer, "other"))
    cloze = ClozeNote(id="b", text=f"It is {{{{c1::{answer}}}}} here.")

    text = written(writing, typed, cloze)

    assert re.search(r"(?<!\\)\*", text) is None
    assert notes_of(text, tmp_path, reading) == (typed, cloze)


def test_an_asterisk_alone_is_any_other_answer(
    tmp_path: Path, reading: ReadContext
) -> None:
    (note,) = notes_of(r"Which? {=PSI =*#any =\*}", tmp_path, reading)

    assert isinstance(note, TypedNote)
    assert note.accept == ("PSI", "*")


def test_a_short_answer_may_begin_like_a_format(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    typed = TypedNote(id="a", question="Which?", accept=("[html] x",))

    text = written(writing, typed)

    assert notes_of(text, tmp_path, reading) == (typed,)
