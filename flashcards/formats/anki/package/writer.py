"""Write a bundle as an Anki package of the first generation, which every Anki reads.

The same bundle written at the same moment gives the same bytes: ids come from names, rows and
files are in order, and the only time in it is the moment passed in.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from flashcards.disk.temporary import temporary_directory
from flashcards.domain.faces import card_key, faces_of, note_key_of
from flashcards.domain.packed_reviews import PackedReviews
from flashcards.formats.anki.notes.definitions import to_schema_11
from flashcards.formats.anki.notes.ids import OriginalIds, assign_ids
from flashcards.formats.anki.notes.original_notes import OriginalNotes
from flashcards.formats.anki.notes.own_notetypes import (
    GRADED,
    OWN,
    fields_of,
    notetype_of,
)
from flashcards.formats.anki.package.archive import (
    add_file,
    add_media,
    describe_missing_media,
)
from flashcards.formats.anki.package.cards import (
    CardWriter,
    reviews_since_reset,
    revlog_rows,
)
from flashcards.formats.anki.package.decks import to_anki_name
from flashcards.formats.anki.package.media import find_media_names
from flashcards.formats.anki.package.schema import (
    NOTETYPES_SINCE,
    SCHEMA,
    TABLES,
    to_deck_json,
    to_notetype_json,
)
from flashcards.formats.common.anki_flags import LEECH, MARKED, is_flag, without_flags
from flashcards.formats.common.losses import describe_count
from flashcards.formats.common.naming import to_foreign_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.domain.bundle import Bundle, PastReview
    from flashcards.domain.content import DeckContent, Note
    from flashcards.formats.anki.notes.original_notes import OriginalNote
    from flashcards.formats.formats import WriteContext

_LEVEL = 1
"""Compression level: the usual one, 6, takes four times as long and saves an eighth."""
_PROGRESS_EVERY = 2000
"""Notes after which progress is reported."""
_PROGRESS_ADVICE = (
    'In Anki, tick "Import any learning progress", or the cards will be new there.'
)
_SCHEDULE_ADVICE = (
    "Anki keeps the schedule of cards that it has already and updates only their text. To "
    "import the schedule too, delete the notes in Anki before you import the file."
)

_NoteToWrite = tuple[int, "Note", int, int]
"""A note's id in Anki, the note, its deck's id, and its position among all notes."""


def write_package(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a package and return sentences on what it cannot hold."""
    with temporary_directory() as folder:
        database = folder / "collection.anki2"
        collection = _CollectionWriter(bundle, context)
        with closing(sqlite3.connect(database)) as connection:
            collection.write(connection)
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL
        ) as archive:
            add_file(archive, database)
            missing = add_media(archive, bundle.media, collection.media)
    return [*collection.describe_losses(), *describe_missing_media(missing)]


class _CollectionWriter:
    """Writes the database of one package."""

    def __init__(self, bundle: Bundle, context: WriteContext) -> None:
        self._bundle = bundle
        self._context = context
        self._cards = CardWriter(context)
        self._sources = {source.key: source for source in bundle.sources}
        self._histories = {history.card: history for history in bundle.histories}
        self._decks = sorted(bundle.decks, key=lambda deck: deck.key)
        self._seconds = context.moment.at // 1000
        self._card_ids: dict[str, int] = {}
        self._leeches = {
            note_key_of(history.card) for history in bundle.histories if history.leech
        }
        self._originals = OriginalNotes(
            has_marks=bool(bundle.histories or bundle.marked),
            marked=bundle.marked,
            leeches=self._leeches,
        )
        notes = (note for deck in self._decks for note in deck.notes)
        self._original_notes = {
            note.id: original
            for original in self._originals.iter_notes(notes)
            for note in original.notes
        }
        # One that was made into several notes is there several times.
        originals = {id(note): note for note in self._original_notes.values()}.values()
        self._ids = OriginalIds(originals)
        self.media: set[str] = set()
        """Names of the pictures and sounds in the notes."""

    def write(self, connection: sqlite3.Connection) -> None:
        """Write everything into a new database."""
        run = connection.execute
        # The file is temporary: after a power failure nobody needs it.
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        connection.executescript(TABLES)
        run("BEGIN")
        deck_ids = assign_ids((deck.key, deck) for deck in self._decks)
        self._insert_collection(connection, deck_ids)
        self._deck_ids = {deck.key: number for number, deck in deck_ids}
        self._deck_of_original = {
            note.id: self._deck_ids[deck.key]
            for deck in self._decks
            for note in deck.notes
            if note.id in self._original_notes
        }
        notes = self._order_notes(self._deck_ids)
        self._insert(connection, "notes", 11, self._note_rows(notes))
        self._insert(connection, "cards", 18, self._card_rows(notes))
        packed = sorted(self._packed_reviews())
        self._insert(connection, "revlog", 9, revlog_rows(packed))
        run("COMMIT")

    def _insert_collection(
        self,
        connection: sqlite3.Connection,
        deck_ids: Sequence[tuple[int, DeckContent]],
    ) -> None:
        """Insert the row of the table col: times, settings, notetypes and decks."""
        names = self._deck_names()
        decks = {
            str(number): to_deck_json(number, deck, names[deck.key])
            for number, deck in deck_ids
        }
        connection.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')",
            (
                self._cards.created,
                self._context.moment.at,
                NOTETYPES_SINCE * 1000,
                SCHEMA,
                _to_json(self._config()),
                _to_json(self._note_types()),
                _to_json(decks),
            ),
        )

    def describe_losses(self) -> list[str]:
        """Return sentences on what a collection of Anki cannot hold."""
        histories = self._bundle.histories
        exported = [history for history in histories if history.card in self._card_ids]
        before_reset = sum(
            len(history.reviews) - len(reviews_since_reset(history))
            for history in exported
        )
        answers = sum(_count_answers(history.reviews) for history in exported)
        converted = [
            note
            for deck in self._decks
            for note in deck.notes
            if note.id not in self._original_notes
        ]
        graded = sum(notetype_of(note) is GRADED for note in converted)
        with_flags = sum(any(map(is_flag, note.tags)) for note in converted)
        remarks = [
            *describe_count(
                with_flags,
                "note",
                "written with the tag `marked` or `leech` where only an import here reads "
                "it, because it would set a flag in Anki",
            ),
            *describe_count(
                graded, "graded note", "written for Anki to show, not to grade"
            ),
            *describe_count(
                answers, "answer", "left out, because Anki stores only ratings"
            ),
            *describe_count(
                before_reset, "review", "left out, because a reset came later"
            ),
            *describe_count(
                len(histories) - len(exported),
                "learned card",
                "left out, because the note is missing",
            ),
        ]
        if self._bundle.plan:
            remarks.append("The study plan was left out.")
        remarks += self._originals.describe_losses()
        if exported:
            remarks.append(_PROGRESS_ADVICE)
        if exported and self._original_notes:
            remarks.append(_SCHEDULE_ADVICE)
        return remarks

    def _note_types(self) -> dict[str, Any]:
        own = {str(note_type.id): to_notetype_json(note_type) for note_type in OWN}
        return own | {
            str(number): to_schema_11(note_type)
            for number, note_type in self._originals.note_types.items()
        }

    def _deck_names(self) -> dict[str, str]:
        titles = {deck.key: deck.title for deck in self._decks}
        return {deck.key: to_anki_name(deck, titles) for deck in self._decks}

    def _config(self) -> dict[str, Any]:
        # With another scheduler Anki would read other ratings.
        return {
            "schedVer": 2,
            "creationOffset": -self._context.utc_offset_minutes,
            "rollover": self._context.rollover_hour,
        }

    def _order_notes(self, deck_ids: dict[str, int]) -> list[_NoteToWrite]:
        """Return the notes to write, in the order of their ids in Anki."""
        positions = list(
            enumerate(
                (
                    (note, deck_ids[deck.key])
                    for deck in self._decks
                    for note in deck.notes
                    if self._is_written(note)
                ),
                1,
            )
        )
        original_ids = self._ids.notes
        notes = [
            (number, note, deck, position)
            for number, (note, deck, position) in assign_ids(
                (
                    (note.id, (note, deck, position))
                    for position, (note, deck) in positions
                    if note.id not in original_ids
                ),
                self._ids.used_blocks(),
            )
        ]
        notes += [
            (original_ids[note.id], note, deck, position)
            for position, (note, deck) in positions
            if note.id in original_ids
        ]
        return sorted(notes, key=itemgetter(0))

    def _is_written(self, note: Note) -> bool:
        """Return whether a note gets a row, unlike further parts of an original note."""
        original = self._original_notes.get(note.id)
        return original is None or original.notes[0] is note

    def _note_rows(self, notes: Sequence[_NoteToWrite]) -> Iterator[tuple[Any, ...]]:
        for done, (number, note, _, _) in enumerate(notes):
            if self._context.progress and done % _PROGRESS_EVERY == 0:
                self._context.progress(done, len(notes))
            original = self._original_notes.get(note.id)
            if original:
                for part_note in original.notes:
                    self.media.update(find_media_names(part_note))
                yield self._original_row(number, original)
                continue
            self.media.update(find_media_names(note))
            fields = "\x1f".join(fields_of(note, self._sources))
            notetype = notetype_of(note).id
            head = (number, to_foreign_id(note.id), notetype, self._seconds, -1)
            yield (*head, self._tags(note), fields, "", 0, 0, "")

    def _original_row(self, number: int, note: OriginalNote) -> tuple[Any, ...]:
        changed = self._seconds if note.modified is None else note.modified
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        head = (number, note.guid, note.note_type.number, changed, -1)
        return (*head, tags, note.fields, "", 0, 0, "")

    def _tags(self, note: Note) -> str:
        tags = [*without_flags(note.tags)]
        if note.id in self._bundle.marked:
            tags.append(MARKED)
        if note.id in self._leeches:
            tags.append(LEECH)
        return f" {' '.join(tags)} " if tags else ""

    def _card_rows(self, notes: Sequence[_NoteToWrite]) -> Iterator[tuple[Any, ...]]:
        for number, note, deck_id, position in notes:
            original = self._original_notes.get(note.id)
            if original:
                yield from self._original_cards(number, original, position)
                continue
            for ord_, face in _iter_ords(note):
                key = card_key(note.id, face)
                card = number + ord_
                self._card_ids[key] = card
                kind, queue, due, *counts, data = self._cards.card(
                    self._histories.get(key), position
                )
                ids = (card, number, deck_id, ord_, self._seconds, -1)
                yield (*ids, kind, queue, due, *counts, 0, 0, 0, data)

    def _original_cards(
        self, number: int, original: OriginalNote, position: int
    ) -> Iterator[tuple[Any, ...]]:
        for note, face, ord_, flags, ease, anki_id in original.cards:
            card = self._ids.assign_card_id(anki_id)
            key = card_key(note.id, face)
            self._card_ids[key] = card
            kind, queue, due, days, factor, *counts, data = self._cards.card(
                self._histories.get(key), position
            )
            ids = (
                card,
                number,
                self._deck_of_original[note.id],
                ord_,
                self._seconds,
                -1,
            )
            state = (kind, queue, due, days, factor and (ease or factor), *counts)
            yield (*ids, *state, 0, 0, flags, data)

    def _packed_reviews(self) -> Iterator[bytes]:
        for history in self._bundle.histories:
            card = self._card_ids.get(history.card)
            if card is not None:
                yield from self._cards.reviews(history, card)

    def _insert(
        self,
        connection: sqlite3.Connection,
        table: str,
        columns: int,
        rows: Iterator[tuple[Any, ...]],
    ) -> None:
        marks = ", ".join("?" * columns)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _count_answers(reviews: Sequence[PastReview]) -> int:
    """Return the number of reviews with a saved answer."""
    if isinstance(reviews, PackedReviews):
        return reviews.answered
    return sum(bool(review.answer) for review in reviews)


def _iter_ords(note: Note) -> Iterator[tuple[int, str]]:
    """Yield Anki's number and the face of each card of a note."""
    notetype = notetype_of(note)
    for index, face in enumerate(faces_of(note)):
        yield (int(face[1:]) - 1 if notetype.is_cloze else index), face


def _to_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
