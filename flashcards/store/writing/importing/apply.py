"""Apply the changes of an import as one operation that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from flashcards.domain.clock import Moment
from flashcards.domain.content import SourceEntry
from flashcards.domain.faces import card_key, faces_of
from flashcards.errors import FlashcardsError
from flashcards.store.comparison.import_changes import (
    AppliedImport,
    CollectionData,
    DeckChanges,
    ImportChanges,
    NoteChange,
    PlacedNote,
    deck_values,
    stored_form,
)
from flashcards.store.reading.undo_state import IMPORTS_IN_FORCE
from flashcards.store.rows import StoredDeck
from flashcards.store.tables.model import (
    Card,
    Deck,
    Link,
    Note,
    Requirement,
    Source,
    table_of,
)
from flashcards.store.writing import before_after, bulk, flags, study_plan
from flashcards.store.writing.importing import histories, retired
from flashcards.store.writing.importing.note_changes import ChangeRecorder, NewFace
from flashcards.store.writing.importing.note_rows import (
    DIGEST,
    UNSEEN,
    learned_card,
    new_note,
)
from flashcards.store.writing.importing.origins import OriginWriter
from flashcards.store.writing.operations import HISTORY, IMPORT, Heading, add, set_image
from flashcards.store.writing.undo_snapshot import UndoSnapshot

Progress = Callable[[int, int], None]
"""Called with how many notes and reviews are done, and the total; may raise to stop the import."""

_CHUNK = 2000
_NO_OPERATION = 0
_DECKS = table_of(Deck)
_NOTES = table_of(Note)
_CARDS = table_of(Card)
_LINKS = table_of(Link)
_REQUIREMENTS = table_of(Requirement)
_SOURCES = table_of(Source)
_DECK_COLUMNS = StoredDeck._fields[2:]

_Item = TypeVar("_Item")


def apply(
    connection: Connection,
    changes: ImportChanges,
    moment: Moment,
    label: str,
    progress: Progress | None,
) -> AppliedImport:
    """Write the changes of an import and return what was done.

    Raises:
        FlashcardsError: another import was made since the changes were computed.
    """
    if changes.base != connection.exec_driver_sql(IMPORTS_IN_FORCE).scalar():
        raise FlashcardsError(
            "The decks were changed in another window, so nothing was imported. "
            "Start the import again."
        )
    counts = {deck.key: deck.counts for deck in changes.decks}
    if changes.is_empty:
        return AppliedImport(None, changes.counts, counts)
    kind = HISTORY if changes.has_learning else IMPORT
    heading = Heading(kind, label, moment.at, moment.day)
    if changes.is_provenance_only:
        snapshot = _ImportWriter(connection, changes, _NO_OPERATION, progress).write()
        # Only after writing is it known whether fields of other programs changed.
        is_undoable = "origins" in snapshot
        operation_id = add(connection, heading, snapshot) if is_undoable else None
        return AppliedImport(operation_id, changes.counts, counts)
    operation_id = add(connection, heading, {})
    snapshot = _ImportWriter(connection, changes, operation_id, progress).write()
    set_image(connection, operation_id, snapshot)
    return AppliedImport(operation_id, changes.counts, counts)


class _ImportWriter:
    """Writes one import into the store."""

    def __init__(
        self,
        connection: Connection,
        changes: ImportChanges,
        operation_id: int,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._changes = changes
        self._operation_id = operation_id
        self._progress = progress
        self._done = 0
        self._total = sum(len(deck.added) + len(deck.changes) for deck in changes.decks)
        self._total += sum(len(card.reviews) for card in changes.histories)
        self._learned = {card.card: card for card in changes.histories}
        self._new_cards: dict[str, int] = {}
        """Ids of new cards that come with a history, by key."""
        self._first_note = self._next_note = bulk.next_id(connection, _NOTES)
        self._first_card = self._next_card = bulk.next_id(connection, _CARDS)
        self._recorder = ChangeRecorder(connection)
        self._origins = OriginWriter(connection)

    def write(self) -> UndoSnapshot:
        """Write everything and return the snapshot for its undo."""
        deck_ids = [self._write_deck(deck) for deck in self._changes.decks]
        for deck_id, deck in zip(deck_ids, self._changes.decks, strict=True):
            for changes in _chunks(deck.changes):
                new_faces = self._recorder.write(changes, deck_id)
                self._insert_cards(new_faces, deck_id)
                self._origins.replace(
                    [
                        (change.stored.note_id, change.placed.note, digest)
                        for change, digest in _reworded_with_origin(changes)
                        if change.placed
                    ]
                )
                self._advance(len(changes))
            for same in _chunks(deck.same):
                self._origins.replace(
                    [
                        (
                            change.stored.note_id,
                            change.placed.note,
                            change.stored.digest,
                        )
                        for change in same
                        if change.placed
                    ]
                )
            for notes in _chunks(deck.added):
                self._insert_notes(notes, deck_id)
                self._advance(len(notes))
        added = {
            table: [first, following - 1]
            for table, first, following in (
                ("notes", self._first_note, self._next_note),
                ("cards", self._first_card, self._next_card),
            )
            if following > first
        }
        # Notes that are imported retired stay so: undo does not retire them, nor redo restore them.
        self._new_cards |= retired.write(
            self._connection,
            self._changes.collection_data.retired,
            self._origins,
            {
                key: card
                for key, card in self._learned.items()
                if key not in self._new_cards
            },
        )
        snapshot = histories.write(
            self._connection,
            self._changes,
            self._new_cards,
            self._recorder,
            self._operation_id,
            self._advance,
        )
        snapshot |= (
            self._write_collection_data(self._changes.collection_data)
            | self._recorder.image()
        )
        snapshot |= self._origins.image()
        snapshot["sources"] = self._write_sources(self._changes.sources)
        snapshot["added"] = added
        return snapshot

    def _write_collection_data(self, data: CollectionData) -> UndoSnapshot:
        study_plan.save_forecasts(self._connection, data.forecasts)
        flags.restore_report(
            self._connection, data.reports, self._recorder, self._operation_id
        )
        if data.plan is None:
            return {}
        return study_plan.replace_plan(self._connection, data.plan)

    def _advance(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)

    def _write_deck(self, deck: DeckChanges) -> int:
        known = deck.stored
        values: tuple[object, ...]
        if deck.content is None:
            # Without the digest the file is read again if it comes back as it was.
            values = known._replace(digest="", retired=True)[2:] if known else ()
        else:
            values = (*deck_values(deck.content), False)
        if known:
            if known[2:] != values:
                before, after = [known.deck_id, *known[2:]], [known.deck_id, *values]
                self._recorder.set_rows("decks", _DECK_COLUMNS, [before], [after])
            return known.deck_id
        row = {"key": deck.key, **dict(zip(_DECK_COLUMNS, values, strict=True))}
        deck_id = self._connection.execute(insert(_DECKS), row).lastrowid
        # After an undo the file is read again, even if it has not changed.
        undone = [
            deck_id,
            *({**row, "digest": "", "retired": True}[n] for n in _DECK_COLUMNS),
        ]
        self._recorder.record("decks", _DECK_COLUMNS, [undone], [[deck_id, *values]])
        return deck_id

    def _insert_notes(self, notes: Sequence[PlacedNote], deck_id: int) -> None:
        numbered = list(enumerate(notes, self._next_note))
        self._next_note += len(notes)
        rows = [new_note(item, number, deck_id) for number, item in numbered]
        bulk.insert_rows(self._connection, _NOTES, rows)
        self._origins.add(
            (number, item.note, row[DIGEST])
            for (number, item), row in zip(numbered, rows, strict=True)
            if item.note.origin
        )
        for table, keys_of in ((_REQUIREMENTS, _requires), (_LINKS, _links)):
            keys = [
                (n, key) for n, item in numbered for key in dict.fromkeys(keys_of(item))
            ]
            bulk.insert_rows(self._connection, table, keys)
        faces = [
            (n, item, face) for n, item in numbered for face in faces_of(item.note)
        ]
        self._insert_cards(faces, deck_id)

    def _insert_cards(self, faces: Sequence[NewFace], deck_id: int) -> None:
        rows = []
        for card_id, (note_id, placed, face) in enumerate(faces, self._next_card):
            key = card_key(placed.note.id, face)
            state = UNSEEN
            if key in self._learned:
                self._new_cards[key] = card_id
                state = learned_card(self._learned[key])
            rows.append((card_id, note_id, deck_id, placed.position, face, key, *state))
        self._next_card += len(faces)
        bulk.insert_rows(self._connection, _CARDS, rows)

    def _write_sources(self, sources: Sequence[SourceEntry]) -> UndoSnapshot:
        names = _SOURCES.columns.keys()
        keys = [source.key for source in sources]
        stored = self._connection.execute(
            select(_SOURCES).where(_SOURCES.c.key.in_(keys))
        )
        before: dict[str, before_after.Row | None] = dict.fromkeys(keys)
        before.update({row.key: list(row) for row in stored})
        after: dict[str, before_after.Row | None] = {
            source.key: [getattr(source, name) for name in names] for source in sources
        }
        before_after.write_sources(self._connection, after)
        return {"before": before, "after": after}


def _reworded_with_origin(
    changes: Iterable[NoteChange],
) -> Iterator[tuple[NoteChange, str]]:
    """Yield the changed notes of other programs, with the digest of their new content."""
    for change in changes:
        if change.placed and change.placed.note.origin and not change.same_content:
            yield change, stored_form(change.placed.note)[1]


def _requires(placed: PlacedNote) -> tuple[str, ...]:
    return placed.note.requires


def _links(placed: PlacedNote) -> tuple[str, ...]:
    return placed.note.links


def _chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
