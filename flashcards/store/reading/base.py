"""The connection that every reader shares; it cannot write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flashcards.cards import Scope
from flashcards.errors import NothingFoundError
from flashcards.store.faults import translated
from flashcards.store.files import (
    SCHEMA_VERSION,
    open_for_reading,
    outdated,
    version_of,
)

BUSY_SECONDS = 5.0

COUNTS = "reviews.id NOT IN (SELECT review_id FROM retractions)"
"""Holds for a row of `reviews` that was not taken back."""

Values = Sequence[Any] | Mapping[str, Any]


class ReaderBase:
    """An open store that can only be read.

    It may be made in one thread and used in another, by one at a time.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the store of a file.

        Args:
            path: The database file.
            busy_seconds: How long to wait for another window that holds the whole store.

        Raises:
            NothingFoundError: There is no store yet.
            StoreError: It cannot be used, or must be brought up to date by `Store.open`.
        """
        self.path = path
        with translated(path):
            if not path.exists():
                raise _no_store(path)
            self._connection = open_for_reading(path, busy_seconds)
            try:
                self._check_version()
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; it cannot be read any more."""
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every read inside see one and the same state of the store."""
        if self._connection.in_transaction:
            yield
            return
        self._rows("BEGIN")
        try:
            yield
        finally:
            self._rows("COMMIT")

    def _rows(self, query: str, values: Values = ()) -> list[Any]:
        with translated(self.path):
            return self._connection.execute(query, values).fetchall()

    def _each(self, query: str, values: Values = ()) -> Iterator[Any]:
        """Give rows one by one, where there are too many to hold twice."""
        with translated(self.path):
            yield from self._connection.execute(query, values)

    def _row(self, query: str, values: Values = ()) -> Any:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _value(self, query: str, values: Values = ()) -> Any:
        row = self._row(query, values)
        return row[0] if row else None

    def _deck_numbers(self, scope: Scope) -> list[int]:
        """Return the decks of a scope; every deck where it names none."""
        decks = self._rows("SELECT id, key FROM decks WHERE retired = 0 ORDER BY id")
        return [
            number
            for number, key in decks
            if not scope.decks or _is_within(key, scope.decks)
        ]

    def _check_version(self) -> None:
        version = version_of(self._connection, self.path)
        if version == 0:
            raise _no_store(self.path)
        if version < SCHEMA_VERSION:
            raise outdated(self.path, version)


def _is_within(key: str, parts: Iterable[str]) -> bool:
    return any(key == part or key.startswith(f"{part.rstrip('/')}/") for part in parts)


def _no_store(path: Path) -> NothingFoundError:
    return NothingFoundError(
        f"There is no store at {path} yet. Start `flashcards`, or import a deck, to make one."
    )
