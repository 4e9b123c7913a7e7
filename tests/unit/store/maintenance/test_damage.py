"""Damage is a sentence and a way out: a bad note is left out, and everything else works."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.errors import NoteDamagedError, StoreDamagedError
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.maintenance.doctor import examine
from flashcards.store.reader import Reader
from flashcards.store.reading.export.contents import deck_contents
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, basic, deck, sync

NOTES = deck("a", basic("n1"), basic("n2"), basic("n3"))

BAD_CONTENT = [
    "'{'",
    "'null'",
    "'[]'",
    "'{}'",
    "x'ff00fe'",
    "replace(content, 'front', 'fornt')",
    "replace(content, 'What', 'Whut')",
    "CAST(x'7bff' AS TEXT)",
]


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sync(store, NOTES)


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def spoil(path: Path, content: str) -> None:
    damage(path, f"UPDATE notes SET content = {content} WHERE key = 'n2'")  # noqa: S608


@pytest.mark.parametrize("content", BAD_CONTENT)
def test_a_damaged_note_is_left_out_and_named(
    store: Store, reader: Reader, content: str
) -> None:
    spoil(store.path, content)
    with pytest.raises(NoteDamagedError, match="The note `n2` is damaged"):
        reader.cards.find("n2")
    assert reader.cards.get_sound(2) is None
    assert reader.cards.find("n2", checked=False).key == "n2"
    (exported,) = deck_contents(reader)
    assert [note.id for note in exported.notes] == ["n1", "n3"]
    assert list(reader.content.contents_of(["n1", "n2"])) == ["n1"]
    assert reader.damaged_notes == ["n2"]
    assert reader.cards.find("n1").key == "n1"


@pytest.mark.parametrize("content", BAD_CONTENT)
def test_an_import_of_the_same_file_repairs_a_damaged_note(
    store: Store, content: str
) -> None:
    spoil(store.path, content)
    with Reader(store.path) as reader:
        plan = compare_bundle(reader.content.stored_state([NOTES]), [NOTES])
        assert plan.counts.changed == 1
        (known,) = reader.content.decks()
        assert reader.content.damaged_in([known.deck_id]) == {"n2": known.deck_id}
    assert sync(store, NOTES).counts.changed == 1
    with Reader(store.path) as reader:
        assert reader.cards.find("n2").key == "n2"
    assert sync(store, NOTES).counts.changed == 0
    assert [f for f in examine(store.path, at=MOMENT.at) if f.severity == "error"] == []


@pytest.mark.parametrize("content", BAD_CONTENT)
def test_a_damaged_note_is_found(store: Store, content: str) -> None:
    spoil(store.path, content)
    messages = [found.message for found in examine(store.path, at=MOMENT.at)]
    assert "The note `n2` is not as it was saved, so it is left out." in messages


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decks SET topics = '{'",
        "UPDATE decks SET topics = x'ff'",
        "UPDATE cards SET state = 2, due_day = 'x' WHERE id = 1",
        "UPDATE cards SET stability = 'x' WHERE id = 1",
        "DROP TABLE reviews",
        "DROP TABLE anchors",
        "ALTER TABLE cards RENAME COLUMN reps TO repetitions",
        "DROP TRIGGER reviews_refuse_delete",
        "DROP INDEX cards_due",
        "CREATE TRIGGER mine AFTER INSERT ON reviews BEGIN DELETE FROM cards; END",
    ],
)
def test_damage_between_rows_and_in_the_schema_is_found(
    store: Store, statement: str
) -> None:
    damage(store.path, "PRAGMA ignore_check_constraints = ON", statement)
    findings = examine(store.path, at=MOMENT.at)
    assert [found for found in findings if found.severity == "error"]
    assert all(found.message.endswith(".") and found.remedy for found in findings)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER reviews_refuse_delete",
        "DROP TRIGGER retractions_refuse_update",
        "DROP INDEX cards_due",
        "CREATE TRIGGER mine AFTER INSERT ON reviews BEGIN SELECT 1; END",
    ],
)
def test_indexes_and_triggers_are_made_as_they_were(
    store: Store, statement: str
) -> None:
    damage(store.path, statement)
    (finding,) = examine(store.path, at=MOMENT.at)
    assert "--repair" in finding.remedy
    assert store.repairs.repair_schema(at=MOMENT.at) == 1
    assert examine(store.path, at=MOMENT.at) == []
    assert store.repairs.repair_schema(at=MOMENT.at) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decks SET topics = '{'",
        "UPDATE decks SET topics = x'ff'",
        "UPDATE decks SET topics = '5'",
        "UPDATE cards SET state = 9 WHERE id = 1",
        "UPDATE cards SET due_day = 'x', state = 2",
        "DROP TABLE reviews",
    ],
)
def test_reading_anything_raises_only_errors_of_the_store(
    store: Store, statement: str
) -> None:
    damage(store.path, "PRAGMA ignore_check_constraints = ON", statement)
    raised = 0
    with Reader(store.path) as reader:
        for read in (
            reader.cards.topics,
            lambda: reader.cards.get(1),
            lambda: reader.cards.find("n1"),
            lambda: reader.cards.memories(1),
            lambda: reader.learning.learned_cards([1]),
            lambda: reader.history.of_card(1),
            reader.figures.load,
            lambda: reader.queue.due_counts(DAY),
        ):
            try:
                read()
            except StoreDamagedError:
                raised += 1
    # Rows are left out, a table cannot be.
    assert bool(raised) == (statement == "DROP TABLE reviews" or "cards" in statement)


def test_a_store_of_an_older_version_is_not_called_unsound(store: Store) -> None:
    store.close()
    damage(store.path, "PRAGMA user_version = 3")
    (finding,) = examine(store.path, at=MOMENT.at)
    assert finding.severity == "unchecked"
    assert "were not examined" in finding.message


def test_a_backup_dated_ahead_does_not_hide_that_there_is_none(store: Store) -> None:
    for file in (store.path.parent / "backups").iterdir():
        file.rename(file.with_name("flashcards-20990101-000000-manual.db"))
    _, finding = examine(store.path, at=MOMENT.at)
    assert finding.message == "No backup is older than now."
