"""Laws of notes that are exported and read again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from flashcards.domain.content import BasicNote
from flashcards.formats.own_exports.reread import reread, write_and_read
from tests.property.decks.test_decks import lines
from tests.property.formats.exchange_laws import READING

plain = st.text("abZé日4 .,;:?!()/%'-", min_size=1, max_size=12).filter(str.strip)
letters = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
words = st.text("ab3-", min_size=1, max_size=4) | st.sampled_from(("marked", "leech"))
sides = plain | letters | lines
notes = st.builds(
    BasicNote,
    id=st.just("a-1") | st.text("az09.-", min_size=1, max_size=6),
    front=sides,
    back=sides,
    reverse=st.booleans(),
    hint=st.just("") | plain,
    tags=st.lists(words, max_size=2, unique=True).map(tuple),
)


@given(imported_notes=st.lists(notes, max_size=4, unique_by=lambda note: note.id))
@example(
    imported_notes=[BasicNote(id="w-1", front="Q1: a?", back="A b, c.", tags=("a-b",))]
)
def test_rereading_gives_the_same_notes_as_writing_and_reading_a_file(
    imported_notes: list[BasicNote],
) -> None:
    assert reread("anki-text", imported_notes, READING) == write_and_read(
        "anki-text", imported_notes, READING
    )
