"""Keys given for an import, and decks that are in several files."""

from __future__ import annotations

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, DeckContent, ReadOptions
from flashcards.importing.matching.duplicates import join_decks
from flashcards.importing.reading.provenance import with_provenance


def content(key: str, *ids: str, path: str = "/a.csv", back: str = "") -> DeckContent:
    notes = tuple(
        BasicNote(id=note_id, front=f"What is {note_id}?", back=back or note_id)
        for note_id in ids
    )
    return DeckContent(key, key, notes, path=path, digest="f00", is_partial=True)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["x"], ["mine/own"]),
        (["x", "x/y"], ["mine/own/x", "mine/own/x/y"]),
        (["a/b/c/d/e/f", "x"], ["mine/own/a/b/c/d-e-f", "mine/own/x"]),
    ],
)
def test_a_given_key_replaces_one_key_and_precedes_several(
    keys: list[str], expected: list[str]
) -> None:
    read_options = ReadOptions("mine/own", "", "csv", "", 1)
    bundle = with_provenance(
        Bundle(tuple(content(key) for key in keys)), read_options, ()
    )

    assert [deck.key for deck in bundle.decks] == expected
    assert {deck.read_options for deck in bundle.decks} == {read_options}


def test_a_deck_of_several_files_has_the_notes_of_all() -> None:
    first, second = content("x", "n1", "n2"), content("x", "n2", "n3", path="/b.csv")

    (deck,) = join_decks([first, second])

    assert [note.id for note in deck.notes] == ["n1", "n2", "n3"]
    assert deck.path == "/b.csv"
