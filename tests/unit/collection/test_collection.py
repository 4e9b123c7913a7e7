"""A home directory opens step by step, and an incomplete one is completed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Memory, Rating
from flashcards.store.maintenance.backups import find_backups
from tests.conftest import OpenCollection
from tests.helpers import FixedClock


def test_an_interrupted_first_start_is_completed_by_the_next(
    open_collection: OpenCollection,
) -> None:
    started = open_collection()
    started.store()
    assert started.is_new

    assert open_collection().first_start() is not None
    assert not open_collection().is_new


def test_shipped_decks_are_not_imported_again_after_an_undo(
    open_collection: OpenCollection, collection: Collection
) -> None:
    collection.store().undo(None, collection.moment())
    assert collection.reader.cards.is_empty()

    assert open_collection().first_start() is None


def test_a_repair_recomputes_every_memory_from_its_reviews(
    collection: Collection, clock: FixedClock
) -> None:
    for _ in range(3):
        session = collection.sessions.start_review()
        while session.current:
            session.reveal()
            session.rate(Rating.GOOD)
        clock.forward(days=9)
    assert collection.repair().cards == 0
    sound = collection.reader.cards.find("m-1").memory

    connection = sqlite3.connect(collection.directories.database)
    connection.execute("UPDATE cards SET stability = 999, lapses = 7 WHERE key = 'm-1'")
    connection.commit()
    connection.close()

    assert collection.repair().cards == 1
    assert collection.reader.cards.find("m-1").memory.agrees_with(sound)
    backups = find_backups(collection.directories.database)
    assert "before-repair" in [backup.reason for backup in backups]


def test_a_repair_fixes_memories_without_reviews_and_reviews_without_memory(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(Rating.EASY)
    answered, unanswered = 1, 2
    sound = collection.reader.cards.get(answered).memory
    assert sound.reps == 1
    with (
        closing(sqlite3.connect(collection.directories.database)) as connection,
        connection,
    ):
        new = ", ".join(f"{name} = {value}" for name, value in NEW.items())
        connection.execute(f"UPDATE cards SET {new} WHERE id = {answered}")  # noqa: S608
        connection.execute(
            f"UPDATE cards SET state = 2, due_day = 5, reps = 3 WHERE id = {unanswered}"  # noqa: S608
        )
        connection.execute("UPDATE decks SET retired = 1")

    repairs = collection.repair()

    assert (repairs.cards, len(repairs.values)) == (1, 1)
    assert collection.reader.cards.get(answered).memory == sound
    assert collection.reader.cards.get(unanswered).memory == Memory()


NEW = {"state": 0, "due_day": "NULL", "reps": 0, "last_day": "NULL", "step": "NULL"}


def test_undo_hides_a_restored_card_again(
    collection: Collection,
) -> None:
    assert collection.sessions.hide("m-1", hidden=True) == "Suspended m-1"
    assert collection.reader.cards.find("m-1").suspended
    assert collection.sessions.hide("m-1", hidden=False) == "Restored m-1"
    assert not collection.reader.cards.find("m-1").suspended

    session = collection.sessions.start_review()
    assert session.current is not None
    key = session.current.row.key
    session.bury_card()
    collection.sessions.hide(key, hidden=False)
    again = collection.sessions.start_review().current
    assert again is not None
    assert again.row.key == key

    collection.store().undo(None, collection.moment())
    assert collection.reader.cards.find(key).buried_until == collection.moment().day + 1


def test_closing_a_home_merges_the_log_into_the_database_file(
    collection: Collection, open_collection: OpenCollection
) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(Rating.GOOD)
    path = collection.directories.database

    collection.close()

    assert [side.name for side in path.parent.glob("flashcards.db*")] == [path.name]
    assert open_collection().reader.log.review_days()
