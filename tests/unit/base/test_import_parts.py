"""Keys given in an import, and decks that lie in several files."""

from __future__ import annotations

import pytest

from flashcards.bundle import Bundle
from flashcards.content import BasicNote, DeckContent
from flashcards.importing.joining import joined
from flashcards.importing.stamps import file_digest, is_whole, remembered, stamped
from flashcards.store.rows import KnownDeck


def content(key: str, *ids: str, path: str = "/a.csv", back: str = "") -> DeckContent:
    notes = tuple(
        BasicNote(id=each, front=f"What is {each}?", back=back or each) for each in ids
    )
    return DeckContent(key, key, notes, path=path, digest="f00", is_partial=True)


def stored(key: str, digest: str) -> KnownDeck:
    return KnownDeck(1, key, "", "", "", "", "[]", "/a.csv", digest, retired=False)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["x"], ["mine/own"]),
        (["x", "x/y"], ["mine/own/x", "mine/own/x/y"]),
        (["a/b/c/d/e/f", "x"], ["mine/own/a/b/c/d-e-f", "mine/own/x"]),
    ],
)
def test_a_given_key_replaces_one_key_and_stands_before_several(
    keys: list[str], expected: list[str]
) -> None:
    bundle = stamped(Bundle(tuple(content(key) for key in keys)), "mine/own", ())

    assert [deck.key for deck in bundle.decks] == expected
    for deck in bundle.decks:
        known = [stored(deck.key, deck.digest)]
        assert remembered(known) == "mine/own"
        assert file_digest(deck.digest) == "f00"
        assert not is_whole(known[0])


def test_a_deck_of_several_files_has_the_notes_of_all() -> None:
    one, two = content("x", "n1", "n2"), content("x", "n2", "n3", path="/b.csv")

    (deck,), problems = joined([one, two])

    assert [note.id for note in deck.notes] == ["n1", "n2", "n3"]
    assert deck.path == "/b.csv"
    assert not problems


def test_of_two_wordings_of_a_note_the_last_counts_and_both_files_are_named() -> None:
    one = content("x", "n1", "n2")
    two = content("x", "n2", path="/b.csv", back="Otherwise.")

    (deck,), (problem,) = joined([one, two])

    assert [note.back for note in deck.notes if isinstance(note, BasicNote)] == [
        "n1",
        "Otherwise.",
    ]
    assert (problem.path, problem.severity) == ("/a.csv", "warning")
    assert "1 note is in /b.csv too" in problem.message
