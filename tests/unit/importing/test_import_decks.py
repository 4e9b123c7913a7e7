"""Decks are distinguished by name and file, and versions of a note never alternate."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.content import BasicNote
from flashcards.formats.common.naming import derive_id
from flashcards.store.comparison.import_changes import stored_form
from tests.unit.formats.anki.anki_building import Package
from tests.unit.importing.test_import_sources import answers_by_question, package, write

CACHING = "What does a cache save?\n?\nA trip to the store\n\nWhat does TTL stand for?\n?\nTime to live\n"
QUEUES = "What does a queue even out?\n?\nBursts of work\n"


def titles(collection: Collection) -> dict[str, str]:
    decks = collection.reader.cards.decks()
    return {deck.key: deck.title for deck in decks if deck.key != "metrics/tiny"}


def remove_provenance(collection: Collection) -> None:
    """Remove from the stored decks what the first release did not save."""
    connection = sqlite3.connect(collection.directories.database)
    with closing(connection), connection:
        connection.execute(
            "UPDATE decks SET name = '', is_of_file = 0, format = '', reader_version = 0"
        )


def rename_deck(collection: Collection, old: str, new: str) -> None:
    connection = sqlite3.connect(collection.directories.database)
    with closing(connection), connection:
        connection.execute("UPDATE decks SET key = ? WHERE key = ?", (new, old))


def anki(path: Path, *names: str) -> Path:
    decks = dict(enumerate(names, 10))
    made = Package(decks={1: "Default", **decks})
    for number, name in decks.items():
        guid = f"Dy|9&k!{path.stem}{number}"
        made.card(
            made.note(f"What is in {name}?", f"It is {name}", guid=guid), deck=number
        )
    return made.write(path)


def test_decks_whose_names_differ_in_any_character_are_different_decks(
    collection: Collection, tmp_path: Path
) -> None:
    names = (
        "C",
        "C++",
        "C#",
        "Русский::Глава 1",
        "Русский::Урок 1",
        "数据 1",
        "模型 1",
    )
    path = anki(tmp_path / "all.apkg", *names)

    assert not collection.importing.import_files([path]).problems

    assert titles(collection) == {
        "c": "C",
        "c-plus-plus": "C++",
        "c-sharp": "C#",
        "русский/глава-1": "Глава 1",
        "русский/урок-1": "Урок 1",
        "数据-1": "数据 1",
        "模型-1": "模型 1",
    }
    assert collection.importing.import_files([path]).operation_id is None
    day = collection.moment().day
    for query in ("deck:Русский/Глава-1", "deck:数据-1", "deck:c-sharp"):
        assert len(collection.reader.search.find(query, limit=9, day=day)) == 1


def test_a_deck_whose_key_is_taken_gets_another_key_with_a_warning(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files([anki(tmp_path / "one.apkg", "Part 1: Basics")])
    second = anki(tmp_path / "two.apkg", "Part 1. Basics")

    (problem,) = collection.importing.import_files([second]).problems

    assert problem.rule == "key-taken"
    (key,) = titles(collection).keys() - {"part-1-basics"}
    assert key.startswith("part-1-basics-")
    assert f"`{key}`" in problem.message
    again = collection.importing.import_files([second])
    assert (again.operation_id, again.problems) == (None, [])


def test_two_deck_names_with_the_same_key_in_one_file_are_two_decks(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "all.csv",
        "deck,question,answer\nPart 1: A,What is it?,One\nPart 1. A,What is it?,One\n",
    )
    result = collection.importing.import_files([path])
    assert result.counts.added == 2
    assert [problem.rule for problem in result.problems] == ["key-taken"]
    assert set(titles(collection).values()) == {"Part 1: A", "Part 1. A"}
    assert collection.importing.import_files([path]).operation_id is None


@pytest.mark.parametrize("is_one_by_one", [False, True])
def test_two_markdown_files_of_one_name_are_two_decks(
    collection: Collection, tmp_path: Path, *, is_one_by_one: bool
) -> None:
    vault = tmp_path / "vault"
    paths = [
        write(vault / "caching" / "Basics.md", CACHING),
        write(vault / "queues" / "Basics.md", QUEUES),
    ]
    for import_paths in [[path] for path in paths] if is_one_by_one else [[vault]]:
        result = collection.importing.import_files(import_paths)
        assert result.counts.retired == 0
        assert not result.has_errors

    assert titles(collection) == {"basics": "Basics", "queues/basics": "Basics"}
    assert len(answers_by_question(collection, "basics")) == 2
    for import_paths in ([paths[1]], [paths[0]], [vault], paths[::-1]):
        assert collection.importing.import_files(import_paths).operation_id is None
    write(paths[1], QUEUES.replace("Bursts", "Peaks"))
    assert collection.importing.import_files([vault]).counts.changed == 1


def test_tables_with_the_same_name_in_two_directories_are_two_decks(
    collection: Collection, tmp_path: Path
) -> None:
    one = write(
        tmp_path / "jan" / "words.csv", "id,question,answer\n1,What is H?,Hydrogen\n"
    )
    two = write(
        tmp_path / "feb" / "words.csv", "id,question,answer\n1,What is in Rome?,Italy\n"
    )
    collection.importing.import_files([one])
    assert collection.importing.import_files([two]).counts.added == 1
    assert answers_by_question(collection, "words") == {"What is H?": "Hydrogen"}
    assert answers_by_question(collection, "feb/words") == {"What is in Rome?": "Italy"}
    assert collection.importing.import_files([two, one]).operation_id is None


def test_a_moved_file_keeps_its_deck(collection: Collection, tmp_path: Path) -> None:
    path = write(tmp_path / "a" / "Basics.md", CACHING)
    collection.importing.import_files([path])
    (tmp_path / "b").mkdir()
    path = path.rename(tmp_path / "b" / "Basics.md")

    result = collection.importing.import_files([path])

    assert (result.counts.unchanged, result.counts.added) == (2, 0)
    assert titles(collection) == {"basics": "Basics"}


def test_a_deck_of_the_first_release_keeps_its_key(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "数据 1.csv", "question,answer\nWhat is it?,A thing\n")
    collection.importing.import_files([path])
    rename_deck(collection, "数据-1", "1")
    connection = sqlite3.connect(collection.directories.database)
    with closing(connection), connection:
        old, new = (derive_id(key, "What is it?\x1fA thing") for key in ("数据-1", "1"))
        made = BasicNote(id=new, front="What is it?", back="A thing")
        connection.execute(
            "UPDATE notes SET key = ?, content = ?, digest = ? WHERE key = ?",
            (new, *stored_form(made), old),
        )
        connection.execute("UPDATE cards SET key = ? WHERE key = ?", (new, old))
    remove_provenance(collection)

    result = collection.importing.import_files([path])

    assert (result.counts.unchanged, result.counts.added) == (1, 0)
    assert titles(collection) == {"1": "数据 1"}
    assert collection.importing.import_files([path]).operation_id is None
    other = write(tmp_path / "模型 1.csv", "question,answer\nWhat is a model?,A map\n")
    collection.importing.import_files([other])
    assert titles(collection) == {"1": "数据 1", "模型-1": "模型 1"}


def test_decks_that_the_first_release_merged_are_split_with_a_warning(
    collection: Collection, tmp_path: Path
) -> None:
    path = anki(tmp_path / "all.apkg", "C", "C++")
    collection.importing.import_files([path])
    connection = sqlite3.connect(collection.directories.database)
    with closing(connection), connection:
        (one, two) = (
            connection.execute("SELECT id FROM decks WHERE key = ?", (key,)).fetchone()[
                0
            ]
            for key in ("c", "c-plus-plus")
        )
        connection.execute("UPDATE notes SET deck_id = ? WHERE deck_id = ?", (one, two))
        connection.execute("UPDATE cards SET deck_id = ? WHERE deck_id = ?", (one, two))
        connection.execute("DELETE FROM decks WHERE id = ?", (two,))
    remove_provenance(collection)

    result = collection.importing.import_files([path])

    assert result.counts.moved == 1
    assert [problem.rule for problem in result.problems] == ["parted-deck"]
    assert answers_by_question(collection, "c-plus-plus") == {
        "What is in C++?": "It is C++"
    }
    assert collection.importing.import_files([path]).operation_id is None


@pytest.mark.parametrize("newer", ["one.apkg", "two.apkg"])
def test_the_newest_version_of_a_note_counts_in_any_order(
    collection: Collection, tmp_path: Path, newer: str
) -> None:
    directory = tmp_path / "versions"
    directory.mkdir()
    for name in ("one.apkg", "two.apkg"):
        at = 200 if name == newer else 100
        package(
            directory / name,
            "ver-1",
            "Versions",
            "What is TTL?",
            f"As {name} says",
            changed=at,
        )

    result = collection.importing.import_files([directory])

    expected = {"What is TTL?": f"As {newer} says"}
    assert answers_by_question(collection, "versions") == expected
    assert [problem.rule for problem in result.problems] == ["in-several-files"]
    for _ in range(3):
        assert collection.importing.import_files([directory]).operation_id is None
        assert answers_by_question(collection, "versions") == expected


@pytest.mark.parametrize("is_reversed", [False, True])
def test_without_times_the_stored_version_counts_else_the_first(
    collection: Collection, tmp_path: Path, *, is_reversed: bool
) -> None:
    head = "deck,id,question,answer\nTerms,t-1,What is TTL?,"
    one = write(tmp_path / "one.csv", f"{head}Time to live\n")
    two = write(tmp_path / "two.csv", f"{head}How long it is fresh\n")
    paths = [two, one] if is_reversed else [one, two]
    if is_reversed:
        collection.importing.import_files([two])
    expected = "How long it is fresh" if is_reversed else "Time to live"

    for _ in range(3):
        collection.importing.import_files(paths)
        assert answers_by_question(collection, "terms") == {"What is TTL?": expected}
    assert collection.importing.import_files(paths).operation_id is None
