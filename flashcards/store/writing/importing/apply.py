"""Carrying out the plan of an import, as one operation that can be undone."""

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
    plan: ImportChanges,
    moment: Moment,
    label: str,
    progress: Progress | None,
) -> AppliedImport:
    """Carry out a plan and return what was done."""
    if plan.base != connection.exec_driver_sql(IMPORTS_IN_FORCE).scalar():
        raise FlashcardsError(
            "The decks were changed in another window meanwhile, so nothing was imported. "
            "Start the import again."
        )
    counts = {deck.key: deck.counts for deck in plan.decks}
    if plan.is_empty:
        return AppliedImport(None, plan.counts, counts)
    kind = HISTORY if plan.has_learning else IMPORT
    heading = Heading(kind, label, moment.at, moment.day)
    if plan.is_provenance_only:
        image = _Import(connection, plan, _NO_OPERATION, progress).carry_out()
        # Only now it is known whether notes have other fields in their own program.
        is_undoable = "origins" in image
        operation_id = add(connection, heading, image) if is_undoable else None
        return AppliedImport(operation_id, plan.counts, counts)
    operation_id = add(connection, heading, {})
    image = _Import(connection, plan, operation_id, progress).carry_out()
    set_image(connection, operation_id, image)
    return AppliedImport(operation_id, plan.counts, counts)


class _Import:
    """One import on its way into the store."""

    def __init__(
        self,
        connection: Connection,
        plan: ImportChanges,
        operation_id: int,
        progress: Progress | None,
    ) -> None:
        self._connection = connection
        self._plan = plan
        self._operation_id = operation_id
        self._progress = progress
        self._done = 0
        self._total = sum(len(deck.added) + len(deck.changes) for deck in plan.decks)
        self._total += sum(len(card.reviews) for card in plan.histories)
        self._learned = {card.card: card for card in plan.histories}
        self._new_cards: dict[str, int] = {}
        """Numbers of new cards of which something was learned."""
        self._first_note = self._next_note = bulk.next_id(connection, _NOTES)
        self._first_card = self._next_card = bulk.next_id(connection, _CARDS)
        self._changes = ChangeRecorder(connection)
        self._origins = OriginWriter(connection)

    def carry_out(self) -> UndoSnapshot:
        """Write everything and return the image."""
        deck_ids = [self._write_deck(deck) for deck in self._plan.decks]
        for deck_id, deck in zip(deck_ids, self._plan.decks, strict=True):
            for changes in _parts(deck.changes):
                new_faces = self._changes.write(changes, deck_id)
                self._insert_cards(new_faces, deck_id)
                self._origins.replace(
                    [
                        (change.stored.note_id, change.placed.note, digest)
                        for change, digest in _reworded(changes)
                        if change.placed
                    ]
                )
                self._advance(len(changes))
            for same in _parts(deck.same):
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
            for planned in _parts(deck.added):
                self._insert_notes(planned, deck_id)
                self._advance(len(planned))
        added = {
            table: [first, following - 1]
            for table, first, following in (
                ("notes", self._first_note, self._next_note),
                ("cards", self._first_card, self._next_card),
            )
            if following > first
        }
        # What comes retired is no part of what undo retires and redo brings back.
        self._new_cards |= retired.write(
            self._connection,
            self._plan.collection_data.retired,
            self._origins,
            {
                key: plan
                for key, plan in self._learned.items()
                if key not in self._new_cards
            },
        )
        image = histories.write(
            self._connection,
            self._plan,
            self._new_cards,
            self._changes,
            self._operation_id,
            self._advance,
        )
        image |= self._write_rest(self._plan.collection_data) | self._changes.image()
        image |= self._origins.image()
        image["sources"] = self._write_sources(self._plan.sources)
        image["added"] = added
        return image

    def _write_rest(self, rest: CollectionData) -> UndoSnapshot:
        study_plan.save_forecasts(self._connection, rest.forecasts)
        flags.restore_report(
            self._connection, rest.reports, self._changes, self._operation_id
        )
        if rest.plan is None:
            return {}
        return study_plan.replace_plan(self._connection, rest.plan)

    def _advance(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)

    def _write_deck(self, plan: DeckChanges) -> int:
        known = plan.stored
        values: tuple[object, ...]
        if plan.content is None:
            # The digest goes too: should the file come back as it was, it must be read again.
            values = known._replace(digest="", retired=True)[2:] if known else ()
        else:
            values = (*deck_values(plan.content), False)
        if known:
            if known[2:] != values:
                before, after = [known.deck_id, *known[2:]], [known.deck_id, *values]
                self._changes.set_rows("decks", _DECK_COLUMNS, [before], [after])
            return known.deck_id
        row = {"key": plan.key, **dict(zip(_DECK_COLUMNS, values, strict=True))}
        deck_id = self._connection.execute(insert(_DECKS), row).lastrowid
        # Once undone, its file must be read again should it come back as it was.
        undone = [
            deck_id,
            *({**row, "digest": "", "retired": True}[n] for n in _DECK_COLUMNS),
        ]
        self._changes.note("decks", _DECK_COLUMNS, [undone], [[deck_id, *values]])
        return deck_id

    def _insert_notes(self, planned: Sequence[PlacedNote], deck_id: int) -> None:
        numbered = list(enumerate(planned, self._next_note))
        self._next_note += len(planned)
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
        for card_id, (note_id, planned, face) in enumerate(faces, self._next_card):
            key = card_key(planned.note.id, face)
            state = UNSEEN
            if key in self._learned:
                self._new_cards[key] = card_id
                state = learned_card(self._learned[key])
            rows.append(
                (card_id, note_id, deck_id, planned.position, face, key, *state)
            )
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


def _reworded(changes: Iterable[NoteChange]) -> Iterator[tuple[NoteChange, str]]:
    """Give the notes that say something else now, with the digest of what they say."""
    for change in changes:
        if change.placed and change.placed.note.origin and not change.same_content:
            yield change, stored_form(change.placed.note)[1]


def _requires(planned: PlacedNote) -> tuple[str, ...]:
    return planned.note.requires


def _links(planned: PlacedNote) -> tuple[str, ...]:
    return planned.note.links


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
