"""The store, open for changes: each public method is one transaction, durable on return."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from flashcards.domain.cards import Answer, Scope
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
from flashcards.store.writing import (
    answers,
    flags,
    operations,
    session_records,
    study_plan,
)
from flashcards.store.writing.importing import apply
from flashcards.store.writing.operations import Heading
from flashcards.store.writing.repairs import StoreRepairs

LARGE_IMPORT = 1000
"""An import of more notes than this is preceded by a backup."""
BACKUP_SECONDS = 300.0
"""Shortest time between two copies of a session, made in its pauses."""


class Store:
    """The store, open for changes.

    It may be created in one thread and used in another; calls wait for each other. Every
    method raises a subclass of `StoreError` if the database cannot be used, and then
    nothing was changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.repairs = StoreRepairs(database)
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
        """Open the store of a file; create or migrate it if necessary.

        Args:
            path: The database file; it and its directory are created if they do not exist.
            busy_seconds: How long a change waits for another window.
            migration_seconds: How long to wait for tables that another window is creating.
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
        """The connection for every change."""
        return self._database

    def close(self) -> None:
        """Close the store; it cannot be used afterwards."""
        self._database.close()

    def back_up_daily(self, day: int, at: int) -> None:
        """Make the daily backup of the store, unless there is one already.

        Every change calls this. Calling it earlier spares the first answer the wait.
        """
        if day != self._backed_up_day:
            self._backed_up_day = day
            backups.try_daily_backup(self.path, day, at)

    def record(
        self,
        answer: Answer,
        *,
        record_id: int | None,
        next_card_id: int | None,
        label: str,
    ) -> int:
        """Save an answer and return the id of its operation.

        Args:
            answer: The rating, with the memory before and after it.
            record_id: The session record it belongs to.
            next_card_id: The card that the session asks next.
            label: How undo describes the operation.

        Raises:
            CardChangedError: The card was changed since it was shown.
        """
        self.back_up_daily(answer.day, answer.at)
        with self._database.writing() as connection:
            operation_id = answers.record(
                connection,
                answer,
                record_id=record_id,
                next_card_id=next_card_id,
                label=label,
            )
        self._last_answer = (answer.day, answer.at)
        return operation_id

    def back_up_session(self) -> None:
        """Back up the store if there are answers since it was opened or since the last such backup."""
        last, self._last_answer = self._last_answer, None
        if last is not None:
            self._backed_up_at = time.monotonic()
            backups.try_session_backup(self.path, *last)

    def back_up_pause(self) -> None:
        """Back up like `back_up_session`, if that is quick and the last one is some minutes old."""
        is_quick = self._database.is_in_place and session_backup.is_quick_to_copy(
            self.path
        )
        if is_quick and time.monotonic() - self._backed_up_at >= BACKUP_SECONDS:
            self.back_up_session()

    def leave(self) -> None:
        """Close the store, and back it up like `back_up_session`.

        A large store is copied by another process after it is closed.

        Raises:
            StoreReplacedError: The file was deleted or replaced while the store was open.
                The store is closed, and the message names a copy of its content.
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
        record_id: int | None = None,
    ) -> int:
        """Hide cards until a study day and return the id of the operation."""
        heading = Heading(operations.BURY, label, moment.at, moment.day, record_id)
        return self._set_cards(card_ids, "buried_until", until_day, heading)

    def suspend(
        self,
        card_ids: Iterable[int],
        suspended: bool,
        *,
        label: str,
        moment: Moment,
        record_id: int | None = None,
    ) -> int:
        """Suspend cards, or restore suspended ones; return the id of the operation."""
        heading = Heading(operations.SUSPEND, label, moment.at, moment.day, record_id)
        return self._set_cards(card_ids, "suspended", int(suspended), heading)

    def mark(
        self,
        note_id: int,
        marked: bool,
        *,
        label: str,
        moment: Moment,
        record_id: int | None = None,
    ) -> int:
        """Mark a note, or remove the mark; return the id of the operation."""
        heading = Heading(operations.MARK, label, moment.at, moment.day, record_id)
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
        record_id: int | None = None,
    ) -> int:
        """Save a learner's report that a note is wrong; return the id of the operation."""
        heading = Heading(operations.REPORT, label, moment.at, moment.day, record_id)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return flags.add_report(connection, note_id, card_id, text, heading)

    def save_plan(self, plan: StudyPlan | None, *, label: str, moment: Moment) -> int:
        """Save a study plan, or delete it for None; return the id of the operation."""
        heading = Heading(operations.PLAN, label, moment.at, moment.day)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return study_plan.save(connection, plan, heading)

    def save_forecasts(self, rows: Iterable[SavedForecast]) -> None:
        """Save forecasts, one for each pair of days; this is not an operation."""
        with self._database.writing() as connection:
            study_plan.save_forecasts(connection, rows)

    def make_due(
        self,
        card_ids: Iterable[int],
        *,
        label: str,
        moment: Moment,
        record_id: int | None = None,
    ) -> int:
        """Make cards due today, except new ones; return the id of the operation."""
        heading = Heading(operations.DUE, label, moment.at, moment.day, record_id)
        self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return flags.make_due(connection, card_ids, heading)

    def undo(
        self, kinds: Collection[str] | None, moment: Moment
    ) -> OperationRow | None:
        """Undo the newest operation of some kinds (None: any kind); return None without one."""
        with self._database.writing() as connection:
            return operations.undo(connection, kinds, moment)

    def redo(
        self, kinds: Collection[str] | None, moment: Moment
    ) -> OperationRow | None:
        """Redo the operation that was undone last; return None without one."""
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
        """Add a session record and return its id; a quiz has a seed and its cards in order."""
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

    def save_drafts(self, record_id: int, drafts: str) -> None:
        """Save the answers of an exam so far, as JSON."""
        with self._database.writing() as connection:
            session_records.save_drafts(connection, record_id, drafts)

    def finish_session_record(self, record_id: int, at: int) -> None:
        """Mark a session record as finished."""
        with self._database.writing() as connection:
            session_records.finish(connection, record_id, at)

    def apply(
        self,
        changes: ImportChanges,
        moment: Moment,
        progress: apply.Progress | None = None,
        *,
        label: str = "import",
    ) -> AppliedImport:
        """Apply the changes of an import as one operation; without visible changes there is none.

        Args:
            changes: The changes that `compare_bundle` found.
            moment: Now.
            progress: Called with the number of written notes and reviews, and their total.
                If it raises, nothing is changed.
            label: How undo describes the operation.
        """
        counts = changes.counts
        if counts.changed + counts.retired + counts.moved > LARGE_IMPORT:
            backups.back_up(self.path, reason="before-import", at=moment.at)
        else:
            self.back_up_daily(moment.day, moment.at)
        with self._database.writing() as connection:
            return apply.apply(connection, changes, moment, label, progress)

    def _set_cards(
        self, card_ids: Iterable[int], column: str, value: int, heading: Heading
    ) -> int:
        self.back_up_daily(heading.day, heading.at)
        with self._database.writing() as connection:
            return flags.set_cards(connection, card_ids, column, value, heading)
