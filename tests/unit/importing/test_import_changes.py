"""A preview lists each note that changes, and the words that change."""

from __future__ import annotations

from pathlib import Path

from flashcards.collection.collection import Collection
from flashcards.importing.preview.changed_decks import (
    ChangedDeck,
    ChangedNote,
    ChangeKind,
    FieldChange,
)
from flashcards.importing.preview.import_preview import ImportOptions
from tests.conftest import FOUR_NOTES
from tests.helpers import deck


def changes(collection: Collection, path: Path) -> tuple[ChangedDeck, ...]:
    options = ImportOptions(lists_changes=True)
    return collection.importing.preview([path], options).decks


def edited(path: Path, *replacements: tuple[bytes, bytes]) -> Path:
    text = path.read_bytes()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text)
    return path


def tiny(tmp_path: Path) -> Path:
    return tmp_path / "metrics" / "tiny.yaml"


def only_change(decks: tuple[ChangedDeck, ...]) -> ChangedNote:
    ((note,),) = (deck.notes for deck in decks)
    return note


def test_the_list_is_empty_if_nothing_changes(
    collection: Collection, tmp_path: Path
) -> None:
    assert changes(collection, tiny(tmp_path)) == ()
    moved_down = edited(tiny(tmp_path), (b"notes:\n", b"notes:\n\n\n"))
    assert changes(collection, moved_down) == ()


def test_a_changed_note_shows_the_fields_before_and_after(
    collection: Collection, tmp_path: Path
) -> None:
    path = edited(
        tiny(tmp_path),
        (b"Of what was flagged.", b"Of what was flagged as positive."),
        (b"TP / (TP + FP)", b"TP / (TP+FP)"),
    )

    note = only_change(changes(collection, path))

    assert (note.note, note.change, note.change.sign) == (
        "m-1",
        ChangeKind.CHANGED,
        "~",
    )
    assert note.fields == (
        FieldChange("back", "TP / (TP + FP)", "TP / (TP+FP)"),
        FieldChange("why", "Of what was flagged.", "Of what was flagged as positive."),
    )
    assert note.cards == ("m-1",)


def test_a_line_break_in_a_question_is_not_shown_as_a_backslash(
    collection: Collection, tmp_path: Path
) -> None:
    path = edited(
        tiny(tmp_path),
        (b"Of what was flagged.", b'"Of what\\\\\\nwas flagged."'),
    )
    path.write_bytes(
        path.read_bytes()
        + b'  - {id: m-9, front: "What is\\\\\\na *break*?", back: It.}\n'
    )

    fronts = [note.front for deck in changes(collection, path) for note in deck.notes]

    assert "What is a *break*?" in fronts


def test_a_note_that_asks_something_else_is_reworded(
    collection: Collection, tmp_path: Path
) -> None:
    other = (
        b"What is recall?, back: TP / (TP + FN)",
        b"Who found drift?, back: Nobody knows",
    )

    note = only_change(changes(collection, edited(tiny(tmp_path), other)))

    assert (note.note, note.change) == ("m-2", ChangeKind.REWORDED)


def test_lists_are_compared_line_by_line(
    collection: Collection, tmp_path: Path
) -> None:
    path = edited(tiny(tmp_path), (b"tags: [rates]", b"tags: [rates, shares]"))

    assert only_change(changes(collection, path)).fields == (
        FieldChange("tags", "rates", "rates\nshares"),
    )


def test_added_retired_and_returned_notes_are_distinguished(
    collection: Collection, tmp_path: Path
) -> None:
    second = (
        b"  - {id: m-2, topic: rates, front: What is recall?, back: TP / (TP + FN)}\n"
    )
    path = edited(tiny(tmp_path), (second, b"  - {id: m-9, front: New?, back: Yes.}\n"))
    (deck,) = changes(collection, path)
    assert [(note.note, note.change) for note in deck.notes] == [
        ("m-9", ChangeKind.ADDED),
        ("m-2", ChangeKind.RETIRED),
    ]
    assert (deck.deck, deck.unchanged, deck.is_new) == ("metrics/tiny", 3, False)

    collection.importing.import_files([path])
    path.write_bytes(FOUR_NOTES)
    (back,) = changes(collection, path)
    assert ("m-2", ChangeKind.RETURNED) in [
        (note.note, note.change) for note in back.notes
    ]


def test_a_moved_note_names_the_deck_it_comes_from(
    collection: Collection, tmp_path: Path
) -> None:
    tiny(tmp_path).unlink()
    (tmp_path / "metrics" / "small.yaml").write_bytes(
        FOUR_NOTES.replace(b"deck: metrics/tiny", b"deck: metrics/small")
    )

    small, gone = changes(collection, tmp_path / "metrics")

    assert {(note.change, note.moved_from) for note in small.notes} == {
        (ChangeKind.MOVED, "metrics/tiny")
    }
    assert small.is_new
    assert (gone.deck, gone.is_file_missing, gone.notes) == ("metrics/tiny", True, ())


def test_a_preview_is_complete_before_anything_is_written(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "new.yaml"
    path.write_bytes(
        deck("{deck: new, title: New, notes: [{id: x, front: a, back: b}]}")
    )

    preview = collection.importing.preview([path], ImportOptions(lists_changes=True))
    assert only_change(preview.decks).change == ChangeKind.ADDED
    assert [row.key for row in collection.reader.cards.decks()] == ["metrics/tiny"]

    assert collection.importing.apply(preview).counts.added == 1
    assert changes(collection, path) == ()
