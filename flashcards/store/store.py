"""The store as it is changed: one public method is one transaction, durable on return."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from flashcards.domain.cards import Answer, Memory, Scope
from flashcards.domain.clock import Moment
from flashcards.domain.study_plan import SavedForecast, StudyPlan
from flashcards.errors import StoreError
from flashcards.store.comparison.import_changes import AppliedImport, ImportChanges
from flashcards.store.database import (
    BUSY_SECONDS,
    MIGRATION_SECONDS,
    Database,
    open_database,
)
from flashcards.store.maintenance import backups, session_backup
from flashcards.store.rows import OperationRow
from flashcards.store.steps.migrations import STEPS, Step
from flashcards.store.tables.model import MEMORY_COLUMNS
from flashcards.store.writing import (
    answers,
    flags,
    operations,
    session_records,
    study_plan,
)
from flashcards.store.writing.before_after import memory_values, write_rows
from flashcards.store.writing.importing import apply
from flashcards.store.writing.operations import Heading

LARGE_IMPORT = 1000
"""An import of more notes than this is preceded by a backup."""
BACKUP_SECONDS = 300.0
"""Shortest time between two copies of a session, made in its pauses."""
_MEMORY_PART = 5000


class Store:
    """The store, open for changes.

    It may be made in one thread and used in another; calls wait for one another. Every
    method raises an error of the `StoreError` family where the database cannot be used,
    and then nothing was changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._backed_up_day = 0
        self._backed_up_at = -BACKUP_SECONDS
        self._last_answer: tuple[int, int] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        busy_seconds: float = BUSY_SECONDS,
        migration_seconds: float = MIGRATION_SECONDS,
        steps: Mapping[int, Step] = STEPS,
    ) -> Store:
        """Open the store of a file, making or migrating it where that is needed.

        Args:
            path: The database file; it and its directory are made where they do not exist.
            busy_seconds: How long a change waits for another window.
            migration_seconds: How long to wait for tables that another window is making.
            steps: The migrations.
        """
        return cls(
            open_database(
                path,
                busy_seconds=busy_seconds,
                migration_seconds=migration_seconds,
                steps=steps,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    @property
    def database(self) -> Database:
        """The connection that every change goes through."""
        return self._database

    def close(self) -> None:
        """Close the store; it cannot be used any more."""
        self._database.close()

    def back_up_daily(self, day: int, at: int) -> None:
        """Keep the day's copy of the store, where there is none yet.

        Every change asks for it; doing it early spares the first answer the wait.
        """
        if day != self._backed_up_day:
            self._backed_up_day = day
            backups.try_daily_backup(self.path, day, at)

    def record(
        self,
        answer: Answer,
        *,
        sitting_id: int | None,
        next_card_id: int | None,
        label: str,
    ) -> int:
        """Keep an answer and return the number of its operation.

        Args:
            answer: The rating, with the memory before and after it.
            sitting_id: The sitting it belongs to.
            next_card_id: The card that this sitting asks next.
            label: What undo calls it.

        Raises:
            CardChangedError: The card is no longer as it was when it was shown.
        """
        self.back_up_daily(answer.day, answer.at)
        with self._database.writing() as connection:
            operation_id = answers.record(
                connection,
                answer,
                sitting_id=sitting_id,
                next_card_id=next_card_id,
                label=label,
            )
        self._last_answer = (answer.day, answer.at)
        return operation_id

    def back_up_session(self) -> None:
        """Copy the store where answers were recorded since it was opened or last copied so."""
        last, self._last_answer = self._last_answer, None
        if last is not None:
            self._backed_up_at = time.monotonic()
            backups.try_session_backup(self.path, *last)

    def back_up_pause(self) -> None:
        """Do as `back_up_session` does, where that is quick and long ago."""
        is_quick = self._database.is_in_place and session_backup.is_quick_to_copy(
            self.path
        )
        if is_quick and time.monotonic() - self._backed_up_at >= BACKUP_SECONDS:
            self.back_up_session()

    def leave(self) -> None:
        """Close the store, and copy it as `back_up_session` does.

        A large store is copied by another process, after it was closed.

        Raises:
            StoreReplacedError: the file was deleted or replaced while the store was open;
                the store is closed, and the sentence names a copy of what it held.
        """
        try:
            self._database.check_file()
        except StoreError:
            self.close()
            raise
        last = self._last_answer
        if last is None or session_backup.is_quick_to_copy(self.path):
            self.back_up_session()
            self.close()
        else:
            self.close()
            session_backup.start_session_backup(self.path, *last)

    def bury(
        self,
        card_ids: Iterable[int],
        until_day: int,
        *,
        label: str,
        moment: Moment,
        sitting_id: int | None = None,
    ) -> int:
        """Hide cards until a study day and return the number of the operation."""
        heading = Heading(operations.BURY, label, moment.at, moment.day, sitting_id)
        return self._set_cards(card_ids, "buried_until", until_day, heading)

    def suspend(
        self,
        card_ids: Iterable[int],
        suspended: bool,
        *,
        label: str,
        moment: Moment,
        sitting_id: int | None = None,
    ) -> int:
        """Hide cards until they are restored, or restore them; return the operation's number."""
        heading = Heading(operations.SUSPEND, label, moment.at, moment.day, sitting_id)
        return self._set_cards(card_ids, "suspended", int(suspended), heading)

    def mark(
        self,
        note_id: int,
        marked: bool,
        *,
        label: str,
        moment: Moment,
        sitting_id: int | None = None,
    ) -> int:
        """Mark a note, or take the mark off; return the number of the operation."""
        heading = Heading(operations.MARK, label, moment.at, moment.day, sitting_id)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return flags.set_note(connection, note_id, "marked", int(marked), heading)

    def report(
        self,
        note_id: int,
        card_id: int | None,
        text: str,
        *,
        label: str,
        moment: Moment,
        sitting_id: int | None = None,
    ) -> int:
        """Keep a learner's word that a note is wrong; return the number of the operation."""
        heading = Heading(operations.REPORT, label, moment.at, moment.day, sitting_id)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return flags.add_report(connection, note_id, card_id, text, heading)

    def save_plan(self, plan: StudyPlan | None, *, label: str, moment: Moment) -> int:
        """Keep a study plan, or clear it for None; return the number of the operation."""
        heading = Heading(operations.PLAN, label, moment.at, moment.day)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return study_plan.save(connection, plan, heading)

    def save_forecasts(self, rows: Iterable[SavedForecast]) -> None:
        """Keep forecasts, one for each day made and day meant; not an operation."""
        with self._database.writing() as connection:
            study_plan.save_forecasts(connection, rows)

    def make_due(
        self,
        card_ids: Iterable[int],
        *,
        label: str,
        moment: Moment,
        sitting_id: int | None = None,
    ) -> int:
        """Make cards that were seen before due today; return the number of the operation."""
        heading = Heading(operations.DUE, label, moment.at, moment.day, sitting_id)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return flags.make_due(connection, card_ids, heading)

    def undo(
        self, kinds: Collection[str] | None, moment: Moment
    ) -> OperationRow | None:
        """Undo the newest operation of some kinds (None: any); return None where there is none."""
        with self._database.writing() as connection:
            return operations.undo(connection, kinds, moment)

    def redo(
        self, kinds: Collection[str] | None, moment: Moment
    ) -> OperationRow | None:
        """Redo what was undone last; return None where there is nothing to redo."""
        with self._database.writing() as connection:
            return operations.redo(connection, kinds, moment)

    def start_session_record(
        self,
        *,
        kind: str,
        scope: Scope,
        minutes: float | None,
        card_limit: int | None,
        moment: Moment,
        seed: int | None = None,
        items: Sequence[int] | None = None,
    ) -> int:
        """Start a sitting and return its number; a quiz has a seed and its cards in order."""
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return session_records.start(
                connection,
                kind=kind,
                scope=scope,
                minutes=minutes,
                card_limit=card_limit,
                moment=moment,
                seed=seed,
                items=items,
            )

    def save_drafts(self, sitting_id: int, drafts: str) -> None:
        """Keep the answers that an exam holds so far, as JSON."""
        with self._database.writing() as connection:
            session_records.save_drafts(connection, sitting_id, drafts)

    def finish_session_record(self, sitting_id: int, at: int) -> None:
        """End a sitting."""
        with self._database.writing() as connection:
            session_records.finish(connection, sitting_id, at)

    def apply(
        self,
        plan: ImportChanges,
        moment: Moment,
        progress: apply.Progress | None = None,
        *,
        label: str = "import",
    ) -> AppliedImport:
        """Carry out an import as one operation; without a visible change there is none.

        Args:
            plan: What to do, from `compare_bundle`.
            moment: Now.
            progress: Called with how many notes and reviews are done, and the total. Where it
                raises, nothing is changed.
            label: What undo calls it.
        """
        counts = plan.counts
        if counts.changed + counts.retired + counts.moved > LARGE_IMPORT:
            backups.back_up(self.path, reason="before-import", at=moment.at)
        else:
            self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return apply.apply(connection, plan, moment, label, progress)

    def repair_schema(self, *, at: int) -> int:
        """Make indexes and triggers as the model has them; return how many were not.

        A backup is made first where there is something to change.

        Args:
            at: The present instant in Unix milliseconds.
        """
        from flashcards.store.tables.schema import repairs

        wanted = repairs(self._database.structure())
        if wanted:
            backups.back_up(self.path, reason="before-repair", at=at)
            with self._database.writing() as connection:
                for statements in wanted.values():
                    for statement in statements:
                        connection.exec_driver_sql(statement)
        return len(wanted)

    def repair_values(self, *, at: int) -> list[str]:
        """Set aside values that were never written so; return a sentence on each row.

        A backup is made first where there are any. What remains wrong afterwards, because
        nothing else could take its place, is found again by `doctor`.

        Args:
            at: The present instant in Unix milliseconds.
        """
        from flashcards.store.maintenance.wrong_values import set_aside, wrong_rows

        found = [row.sentence for row in self._database.read(wrong_rows)]
        if found:
            backups.back_up(self.path, reason="before-repair", at=at)
            self._database.change(lambda connection: set_aside(connection, at))
        return found

    def replace_memories(self, rows: Iterable[tuple[int, Memory]], *, at: int) -> None:
        """Give cards the memory that a replay of their reviews found; not an operation.

        A backup is made first.

        Args:
            rows: Card ids with their memories.
            at: The present instant in Unix milliseconds.
        """
        backups.back_up(self.path, reason="before-repair", at=at)
        values = [(card_id, *memory_values(memory)) for card_id, memory in rows]
        with self._database.writing() as connection:
            for start in range(0, len(values), _MEMORY_PART):
                part = values[start : start + _MEMORY_PART]
                write_rows(connection, "cards", MEMORY_COLUMNS, part)

    def _set_cards(
        self, card_ids: Iterable[int], column: str, value: int, heading: Heading
    ) -> int:
        self.back_up_daily(heading.day, heading.at)
        with self._database.writing() as connection:
            return flags.set_cards(connection, card_ids, column, value, heading)
