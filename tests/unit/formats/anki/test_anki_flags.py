"""Tags with the names of Anki's flags read back as tags and set no flag."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent, Note
from flashcards.formats.anki import package_format
from flashcards.formats.delimited import anki_text_format
from tests.unit.formats.anki.anki_building import ANKI2, Package

if TYPE_CHECKING:
    from flashcards.formats.formats import ReadContext, WriteContext

TAGS = [("marked",), ("MARKED",), ("Leech",), ("b", "Marked", "a"), ("f1", "leech")]
NOTES = [
    BasicNote(id="n", front="What?", back="That."),
    ClozeNote(id="n", text="A {{c1::gap}}."),
]


def bundle_of(*notes: Note, marked: frozenset[str] = frozenset()) -> Bundle:
    return Bundle(decks=(DeckContent("d", "D", notes),), marked=marked)


def written_tags(path: Path) -> list[str]:
    database = path.with_suffix(".db")
    with zipfile.ZipFile(path) as archive:
        database.write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(database)) as connection:
        return [tags for (tags,) in connection.execute("SELECT tags FROM notes")]


@pytest.mark.parametrize("is_marked", [False, True])
@pytest.mark.parametrize("tags", TAGS, ids=" ".join)
@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.kind)
def test_a_tag_named_like_a_flag_is_restored_and_sets_no_flag(
    note: Note,
    tags: tuple[str, ...],
    is_marked: bool,
    tmp_path: Path,
    reading: ReadContext,
    writing: WriteContext,
) -> None:
    path = tmp_path / "a.apkg"
    marked = frozenset({"n"} if is_marked else ())

    with path.open("wb") as file:
        sentences = package_format.write(
            bundle_of(replace(note, tags=tags), marked=marked), file, writing
        )

    bundle = package_format.read(path, reading)
    assert bundle.decks[0].notes[0].tags == tags
    assert bundle.marked == marked
    assert not any(history.leech for history in bundle.histories)
    assert ("marked" in written_tags(path)[0].casefold().split()) is is_marked
    assert sentences[0].endswith("because it would set a flag in Anki.")


def test_adding_a_tag_in_anki_keeps_the_hidden_tags(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    path = tmp_path / "a.apkg"
    note = replace(NOTES[0], tags=("b", "Marked"))
    with path.open("wb") as file:
        package_format.write(bundle_of(note), file, writing)
    database = path.with_suffix(".db")
    with zipfile.ZipFile(path) as archive:
        database.write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE notes SET tags = ' a b '")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(database, "collection.anki2")

    bundle = package_format.read(path, reading)

    assert bundle.decks[0].notes[0].tags == ("a", "b", "Marked")


def test_a_note_is_exported_without_a_tag_that_would_flag_it_in_anki(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    package = Package()
    package.basic("What?", "That.")
    bundle = package_format.read(package.write(tmp_path / "a.apkg", ANKI2), reading)
    (deck,) = bundle.decks
    (note,) = deck.notes
    tagged = replace(deck, notes=(replace(note, tags=("Marked", "new")),))
    path = tmp_path / "b.apkg"

    with path.open("wb") as file:
        sentences = package_format.write(
            replace(bundle, decks=(tagged,)), file, writing
        )

    assert written_tags(path) == [" new "]
    assert (
        "1 note from Anki was written without the tag `marked` or `leech`, which would "
        "set a flag in Anki." in sentences
    )


def test_an_anki_text_export_warns_of_tags_that_set_a_flag(
    tmp_path: Path, writing: WriteContext
) -> None:
    note = replace(NOTES[0], tags=("MARKED",))

    with (tmp_path / "a.txt").open("w+b") as file:
        sentences = anki_text_format.write(bundle_of(note), file, writing)

    assert sentences == [
        "1 note was written with its tag `marked` or `leech`, which sets a flag in Anki."
    ]
