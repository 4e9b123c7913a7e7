"""A file is read again when its bytes, its format or its reader changed, and only then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.decks.files import digest
from flashcards.domain.content import BasicNote
from flashcards.domain.note_json import note_from_json
from flashcards.importing.preview.import_preview import ImportOptions
from flashcards.importing.preview.result_text import describe_result
from flashcards.store.rows import StoredDeck

SET = (
    "backfill, computing a feature\n"
    "canary, a release to a few, first\n"
    "shadow, mirrored traffic\n"
)


def known(collection: Collection, key: str) -> StoredDeck:
    (stored_deck,) = (
        deck for deck in collection.reader.content.decks() if deck.key == key
    )
    return stored_deck


def backs(collection: Collection, key: str) -> set[str]:
    contents = collection.reader.content.contents_of_deck(
        known(collection, key).deck_id
    )
    notes = [note_from_json(content) for _, content in contents]
    return {note.back for note in notes if isinstance(note, BasicNote)}


def import_as(collection: Collection, path: Path, name: str) -> int:
    """Import a file in a format; return how many notes changed or were added."""
    preview = collection.importing.preview([path], ImportOptions(file_format=name))
    counts = collection.importing.apply(preview).counts
    return counts.changed + counts.added


def test_a_file_read_as_the_wrong_format_is_read_again_in_the_named_one(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "s.txt"
    path.write_text(SET)
    collection.importing.import_files([path])
    assert "a release to a few, first" not in backs(collection, "s")

    assert import_as(collection, path, "quizlet") == 1
    assert "a release to a few, first" in backs(collection, "s")
    collection.store().undo(None, collection.moment())
    assert "a release to a few, first" not in backs(collection, "s")
    assert import_as(collection, path, "quizlet") == 1
    assert "a release to a few, first" in backs(collection, "s")


def test_wrongly_read_notes_are_retired_once_the_format_is_right(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "s.txt"
    path.write_text("backfill - computing; a feature\ncanary - a release; to a few\n")
    collection.importing.apply(
        collection.importing.preview([path], ImportOptions(file_format="csv"))
    )

    preview = collection.importing.preview([path], ImportOptions(file_format="quizlet"))
    counts = collection.importing.apply(preview).counts

    assert (counts.added, counts.retired) == (2, 2)
    day = collection.moment().day
    assert len(collection.reader.search.find("deck:s", limit=9, day=day)) == 2
    collection.store().undo(None, collection.moment())
    assert len(collection.reader.search.find("deck:s computing", limit=9, day=day)) == 1


def test_the_named_format_is_used_when_the_file_is_imported_again(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "s.txt"
    path.write_text(SET)
    import_as(collection, path, "quizlet")

    assert collection.importing.import_files([path]).operation_id is None
    path.write_text(SET + "drift, a change, over time\n")
    (report,) = collection.importing.import_files([path]).files
    assert report.format == "quizlet"
    assert "a change, over time" in backs(collection, "s")


def test_a_newer_reader_reads_a_file_again_and_lists_real_differences(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "s.txt"
    path.write_text(SET)
    collection.importing.import_files([path])
    version = known(collection, "s").reader_version
    connection = sqlite3.connect(collection.directories.database)
    with closing(connection), connection:
        connection.execute("UPDATE decks SET reader_version = reader_version - 1")

    result = collection.importing.import_files([path])

    assert (result.counts.unchanged, result.counts.changed) == (3, 0)
    assert known(collection, "s").reader_version == version
    assert collection.importing.import_files([path]).operation_id is None


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("s.csv", "front,back\nA?,B\n", "front,back\nA?,B\n\n"),
        (
            "s.yaml",
            "deck: s\ntitle: S\nnotes:\n  - {id: n1, front: A?, back: B}\n",
            "# Seen.\ndeck: s\ntitle: S\nnotes:\n  - {id: n1, front: A?, back: B}\n",
        ),
    ],
)
def test_a_file_with_the_same_notes_in_other_bytes_leaves_nothing_to_undo(
    collection: Collection, tmp_path: Path, name: str, text: str, other: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    first = collection.importing.import_files([path])
    path.write_text(other)

    again = collection.importing.import_files([path])

    assert again.operation_id is None
    assert describe_result(again).startswith("Nothing to change: 1 note ")
    assert known(collection, "s").digest == digest(path)
    undoable = collection.reader.log.undoable(None)
    assert undoable
    assert undoable.operation_id == first.operation_id
    collection.store().undo(None, collection.moment())
    assert collection.importing.import_files([path]).counts.returned == 1


def test_changes_outside_the_text_of_notes_are_reported_and_can_be_undone(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("deck: s\ntitle: S\nnotes: [{id: n1, front: A?, back: B}]\n")
    collection.importing.import_files([path])
    path.write_text("deck: s\ntitle: T\nnotes: [{id: n1, front: A?, back: B}]\n")

    result = collection.importing.import_files([path])

    assert result.operation_id is not None
    assert describe_result(result).startswith(
        "Imported: changes outside the text of notes."
    )
    collection.store().undo(None, collection.moment())
    assert known(collection, "s").title == "S"
