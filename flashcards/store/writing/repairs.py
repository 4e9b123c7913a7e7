"""Repairs of a store, each preceded by a backup; none of them can be undone."""

from __future__ import annotations

from collections.abc import Iterable

from flashcards.domain.cards import Memory
from flashcards.store.database import Database
from flashcards.store.maintenance import backups
from flashcards.store.tables.model import MEMORY_COLUMNS
from flashcards.store.writing.before_after import memory_values, write_rows

_CHUNK = 5000


class StoreRepairs:
    """The repairs that `flashcards doctor --repair` makes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def repair_schema(self, *, at: int) -> int:
        """Restore the indexes and triggers of the model; return how many were different.

        A backup is made first if there is anything to change.

        Args:
            at: The present instant in Unix milliseconds.
        """
        from flashcards.store.tables.schema import repairs

        statements_by_problem = repairs(self._database.structure())
        if statements_by_problem:
            backups.back_up(self._database.path, reason="before-repair", at=at)
            with self._database.writing() as connection:
                for statements in statements_by_problem.values():
                    for statement in statements:
                        connection.exec_driver_sql(statement)
        return len(statements_by_problem)

    def repair_values(self, *, at: int) -> list[str]:
        """Replace impossible values or set their rows aside; return a sentence on each row.

        A backup is made first if there are any. `doctor` reports what cannot be repaired
        because no other value is possible.

        Args:
            at: The present instant in Unix milliseconds.
        """
        from flashcards.store.maintenance.wrong_values import set_aside, wrong_rows

        sentences = [row.sentence for row in self._database.read(wrong_rows)]
        if sentences:
            backups.back_up(self._database.path, reason="before-repair", at=at)
            self._database.change(lambda connection: set_aside(connection, at))
        return sentences

    def replace_memories(self, rows: Iterable[tuple[int, Memory]], *, at: int) -> None:
        """Set the memories of cards to the result of replaying their reviews.

        A backup is made first.

        Args:
            rows: Card ids with their memories.
            at: The present instant in Unix milliseconds.
        """
        backups.back_up(self._database.path, reason="before-repair", at=at)
        values = [(card_id, *memory_values(memory)) for card_id, memory in rows]
        with self._database.writing() as connection:
            for start in range(0, len(values), _CHUNK):
                chunk = values[start : start + _CHUNK]
                write_rows(connection, "cards", MEMORY_COLUMNS, chunk)
