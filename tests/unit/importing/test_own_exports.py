"""Exports to formats that hold only part of a note, imported into the same home."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.content import BasicNote, ChoiceNote, Note
from flashcards.domain.note_json import note_from_json
from flashcards.importing.preview.summary import ImportResult
from tests.conftest import OpenCollection
from tests.property.formats.exchange_laws import READING, export, find_module

DECK = """\
deck: releases
title: Releases
notes:
  - id: canary
    kind: basic
    front: What is a canary release?
    back: A release to a few first.
    hint: Think of mines.
    why: Faults reach few people.
    tags: [deploy]
  - id: kinds
    kind: choice
    question: Which release can be undone at once?
    options:
      - text: Blue-green
        correct: true
      - text: Big bang
        misconception: It is simple, not safe.
    hint: Two colors.
  - id: gaps
    kind: cloze
    text: "{{c1::Shadow}} traffic is {{c2::copied::how?}}."
    hint: Nobody sees it.
"""
SUFFIXES = {"hashcards": ".md", "gift": ".gift", "anki-text": ".txt"}


@pytest.fixture
def empty(open_collection: OpenCollection) -> Collection:
    collection = open_collection()
    collection.store()
    return collection


def exported(collection: Collection, path: Path, name: str) -> Path:
    deck, table = path / "releases.yaml", path / "releases.csv"
    deck.write_text(DECK)
    # A deck that has a file of its own is changed there alone.
    table.write_bytes(export("csv", find_module("yaml").read(deck, READING)))
    collection.importing.import_files([table])
    target = path / f"exported{SUFFIXES[name]}"
    with target.open("wb") as file:
        collection.exporting.write(
            collection.exporting.bundle(["releases"]), file, target, name
        )
    return target


def edit(path: Path, old: str, new: str) -> Path:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def stored(collection: Collection) -> dict[str, Note]:
    (known,) = collection.reader.content.decks()
    contents = collection.reader.content.contents_of_deck(known.deck_id)
    return {key: note_from_json(content) for key, content in contents}


def counts(result: ImportResult) -> tuple[int, int, int]:
    (file,) = result.files
    return file.counts.added, file.counts.changed, file.counts.unchanged


@pytest.mark.parametrize("name", SUFFIXES)
def test_importing_an_export_into_the_same_home_changes_nothing(
    empty: Collection, tmp_path: Path, name: str
) -> None:
    target = exported(empty, tmp_path, name)
    before = stored(empty)

    assert counts(empty.importing.import_files([target])) == (0, 0, 3)
    assert stored(empty) == before


@pytest.mark.parametrize("name", SUFFIXES)
def test_an_edited_export_changes_only_the_edited_notes(
    empty: Collection, tmp_path: Path, name: str
) -> None:
    target = edit(exported(empty, tmp_path, name), "to a few first", "to some first")

    assert counts(empty.importing.import_files([target])) == (0, 1, 2)
    note = stored(empty)["canary"]
    assert isinstance(note, BasicNote)
    assert (note.back, note.why, note.hint, note.tags) == (
        "A release to some first.",
        "Faults reach few people.",
        "Think of mines.",
        ("deploy",),
    )


def test_an_edited_option_keeps_the_fields_of_the_others_that_the_format_cannot_hold(
    empty: Collection, tmp_path: Path
) -> None:
    target = edit(exported(empty, tmp_path, "gift"), "Blue-green", "Blue and green")

    assert counts(empty.importing.import_files([target])) == (0, 1, 2)
    note = stored(empty)["kinds"]
    assert isinstance(note, ChoiceNote)
    assert [(option.text, option.misconception) for option in note.options] == [
        ("Blue and green", ""),
        ("Big bang", "It is simple, not safe."),
    ]


def test_an_edit_that_cannot_be_merged_is_reported(
    empty: Collection, tmp_path: Path
) -> None:
    target = edit(exported(empty, tmp_path, "anki-text"), "Big bang", "Big boom")
    before = stored(empty)
    result = empty.importing.import_files([target])

    assert counts(result) == (0, 0, 3)
    assert stored(empty) == before
    assert [problem.rule for problem in result.problems] == ["edited-export"]


def test_a_package_of_a_table_goes_back_to_the_deck_without_a_warning(
    empty: Collection, tmp_path: Path
) -> None:
    table, package = tmp_path / "plain.csv", tmp_path / "plain.apkg"
    table.write_text("front,back\nWhat is a?,A\nWhat is b?,B\n")
    empty.importing.import_files([table])
    with package.open("wb") as file:
        empty.exporting.write(empty.exporting.bundle(["plain"]), file, package)

    result = empty.importing.import_files([package])

    assert counts(result) == (0, 0, 2)
    assert result.problems == []
    assert [deck.key for deck in empty.reader.content.decks()] == ["plain"]
