"""A bundle as an Anki package of the first generation, which every Anki reads.

The same bundle, written at the same moment, is the same bytes: ids come from names, rows and
files are in order, and the only time in it is the moment passed in.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from flashcards.disk.temporary import temporary_directory
from flashcards.domain.faces import card_key, faces_of, note_key_of
from flashcards.domain.packed_reviews import PackedReviews
from flashcards.formats.anki.notes.definitions import note_type_json
from flashcards.formats.anki.notes.original_notes import Returning, ReturningIds
from flashcards.formats.anki.notes.own_notetypes import (
    GRADED,
    OWN,
    fields_of,
    notetype_of,
)
from flashcards.formats.anki.package.archive import add_file, add_media, missing_media
from flashcards.formats.anki.package.cards import CardWriter, counting, revlog_rows
from flashcards.formats.anki.package.decks import name_of
from flashcards.formats.anki.package.media import find_media_names
from flashcards.formats.anki.package.schema import (
    NOTETYPES_SINCE,
    SCHEMA,
    TABLES,
    deck_json,
    notetype_json,
)
from flashcards.formats.common.anki_flags import LEECH, MARKED, is_flag, without_flags
from flashcards.formats.common.losses import describe_count
from flashcards.formats.common.naming import to_foreign_id

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from flashcards.domain.bundle import Bundle, PastReview
    from flashcards.domain.content import Note
    from flashcards.formats.anki.notes.original_notes import ReturningNote
    from flashcards.formats.formats import WriteContext

# Ids look like instants from 2001 to 2017, as Anki's own do, and leave room for 100 cards each.
_FIRST_ID, _IDS, _CARDS_EACH = 1_000_000_000_000, 5_000_000_000, 100
_LEVEL = 1
"""Of compression: the usual one, 6, takes four times as long and saves an eighth."""
_EACH = 2000
"""Notes after which progress is reported."""
_ADVICE = (
    'In Anki, tick "Import any learning progress", or the cards will be new there.'
)
_KNOWN_CARDS = (
    "Anki keeps the schedule of cards that it has: of those, only the words change. To take "
    "the schedule over, too, delete the notes in Anki before you import the file."
)

_Item = TypeVar("_Item")
_Placed = tuple[int, "Note", int, int]
"""A note's id in Anki, the note, its deck's id, and its place among all notes."""


def write_package(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write a package and return sentences on what it does not hold."""
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
    return [*collection.losses(), *missing_media(missing)]


class _CollectionWriter:
    """Writes the database of one package."""

    def __init__(self, bundle: Bundle, context: WriteContext) -> None:
        self._bundle = bundle
        self._context = context
        self._cards = CardWriter(context)
        self._sources = {source.key: source for source in bundle.sources}
        self._histories = {each.card: each for each in bundle.histories}
        self._decks = sorted(bundle.decks, key=lambda deck: deck.key)
        self._seconds = context.moment.at // 1000
        self._card_ids: dict[str, int] = {}
        self._leeches = {
            note_key_of(each.card) for each in bundle.histories if each.leech
        }
        self._returning = Returning(
            has_marks=bool(bundle.histories or bundle.marked),
            marked=bundle.marked,
            leeches=self._leeches,
        )
        notes = (note for deck in self._decks for note in deck.notes)
        self._returned = {
            note.id: found
            for found in self._returning.notes(notes)
            for note in found.notes
        }
        returned = list({id(one): one for one in self._returned.values()}.values())
        self._ids = ReturningIds(returned, _FIRST_ID + _IDS * _CARDS_EACH)
        self.media: set[str] = set()
        """Names of the pictures and sounds in the notes."""

    def write(self, connection: sqlite3.Connection) -> None:
        """Write everything into a new database."""
        run = connection.execute
        # The file is temporary: where the power fails, nobody will look for it.
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        connection.executescript(TABLES)
        run("BEGIN")
        deck_ids = _unique((deck.key, deck) for deck in self._decks)
        names = self._names()
        heads = {
            str(number): deck_json(number, deck, names[deck.key])
            for number, deck in deck_ids
        }
        run(
            "INSERT INTO col VALUES (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, '{}', '{}')",
            (
                self._cards.created,
                self._context.moment.at,
                NOTETYPES_SINCE * 1000,
                SCHEMA,
                _json(self._config()),
                _json(self._note_types()),
                _json(heads),
            ),
        )
        self._deck_ids = {deck.key: number for number, deck in deck_ids}
        self._home = {
            note.id: self._deck_ids[deck.key]
            for deck in self._decks
            for note in deck.notes
            if note.id in self._returned
        }
        notes = self._placed(self._deck_ids)
        self._insert(connection, "notes", 11, self._note_rows(notes))
        self._insert(connection, "cards", 18, self._card_rows(notes))
        packed = sorted(self._packed_reviews())
        self._insert(connection, "revlog", 9, revlog_rows(packed))
        run("COMMIT")

    def losses(self) -> list[str]:
        """Return sentences on what a collection of Anki does not hold."""
        histories = self._bundle.histories
        known = [each for each in histories if each.card in self._card_ids]
        reset = sum(len(each.reviews) - len(counting(each)) for each in known)
        given = sum(_answered(each.reviews) for each in known)
        graded = sum(
            notetype_of(note) is GRADED and note.id not in self._returned
            for deck in self._decks
            for note in deck.notes
        )
        flagging = sum(
            note.id not in self._returned and any(map(is_flag, note.tags))
            for deck in self._decks
            for note in deck.notes
        )
        remarks = [
            *describe_count(
                flagging,
                "note",
                "written with its tag `marked` or `leech` where only an import here sees "
                "it: in Anki it would set a flag",
            ),
            *describe_count(
                graded, "graded note", "written for Anki to show, not to grade"
            ),
            *describe_count(given, "answer", "left out, as Anki keeps ratings alone"),
            *describe_count(reset, "review", "left out, from before a card was reset"),
            *describe_count(
                len(histories) - len(known),
                "learned card",
                "left out, for want of its note",
            ),
        ]
        if self._bundle.plan:
            remarks.append("The study plan was left out.")
        remarks += self._returning.losses()
        if known:
            remarks.append(_ADVICE)
        if known and self._returned:
            remarks.append(_KNOWN_CARDS)
        return remarks

    def _note_types(self) -> dict[str, Any]:
        own = {str(each.id): notetype_json(each) for each in OWN}
        return own | {
            str(number): note_type_json(each)
            for number, each in self._returning.note_types.items()
        }

    def _names(self) -> dict[str, str]:
        titles = {deck.key: deck.title for deck in self._decks}
        return {deck.key: name_of(deck, titles) for deck in self._decks}

    def _config(self) -> dict[str, Any]:
        # Anything but the second scheduler would make Anki read other ratings.
        return {
            "schedVer": 2,
            "creationOffset": -self._context.utc_offset_minutes,
            "rollover": self._context.rollover_hour,
        }

    def _placed(self, deck_ids: dict[str, int]) -> list[_Placed]:
        """Return all notes by their ids in Anki."""
        places = list(
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
        known = self._ids.notes
        found = [
            (number, note, deck, place)
            for number, (note, deck, place) in _unique(
                (
                    (note.id, (note, deck, place))
                    for place, (note, deck) in places
                    if note.id not in known
                ),
                self._ids.taken(_CARDS_EACH),
            )
        ]
        found += [
            (known[note.id], note, deck, place)
            for place, (note, deck) in places
            if note.id in known
        ]
        return sorted(found, key=itemgetter(0))

    def _is_written(self, note: Note) -> bool:
        """Return whether a note is one of Anki by itself, not a further part of one."""
        returned = self._returned.get(note.id)
        return returned is None or returned.notes[0] is note

    def _note_rows(self, notes: Sequence[_Placed]) -> Iterator[tuple[Any, ...]]:
        for done, (number, note, _, _) in enumerate(notes):
            if self._context.progress and done % _EACH == 0:
                self._context.progress(done, len(notes))
            returned = self._returned.get(note.id)
            if returned:
                for part in returned.notes:
                    self.media.update(find_media_names(part))
                yield self._returned_row(number, returned)
                continue
            self.media.update(find_media_names(note))
            fields = "\x1f".join(fields_of(note, self._sources))
            yield (
                number,
                to_foreign_id(note.id),
                notetype_of(note).id,
                self._seconds,
                -1,
                self._tags(note),
                fields,
                "",
                0,
                0,
                "",
            )

    def _returned_row(self, number: int, note: ReturningNote) -> tuple[Any, ...]:
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

    def _card_rows(self, notes: Sequence[_Placed]) -> Iterator[tuple[Any, ...]]:
        for number, note, deck, place in notes:
            returned = self._returned.get(note.id)
            if returned:
                yield from self._returned_cards(number, returned, place)
                continue
            for ord_, face in _ords(note):
                key = card_key(note.id, face)
                card = number + ord_
                self._card_ids[key] = card
                kind, queue, due, *rest, data = self._cards.card(
                    self._histories.get(key), place
                )
                yield (
                    card,
                    number,
                    deck,
                    ord_,
                    self._seconds,
                    -1,
                    kind,
                    queue,
                    due,
                    *rest,
                    0,
                    0,
                    0,
                    data,
                )

    def _returned_cards(
        self, number: int, returned: ReturningNote, place: int
    ) -> Iterator[tuple[Any, ...]]:
        for note, face, ord_, flags, ease, known in returned.cards:
            card = self._ids.card(known)
            key = card_key(note.id, face)
            self._card_ids[key] = card
            kind, queue, due, days, factor, *rest, data = self._cards.card(
                self._histories.get(key), place
            )
            head = (card, number, self._home[note.id], ord_, self._seconds, -1)
            state = (kind, queue, due, days, factor and (ease or factor), *rest)
            yield (*head, *state, 0, 0, flags, data)

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


def _answered(reviews: Sequence[PastReview]) -> int:
    """Return how many answers were kept as they were given."""
    if isinstance(reviews, PackedReviews):
        return reviews.answered
    return sum(bool(review.answer) for review in reviews)


def _ords(note: Note) -> Iterator[tuple[int, str]]:
    """Yield the cards of a note, by Anki's number and by their face."""
    notetype = notetype_of(note)
    for place, face in enumerate(faces_of(note)):
        yield (int(face[1:]) - 1 if notetype.is_cloze else place), face


def _unique(
    items: Iterable[tuple[str, _Item]], taken: Container[int] = ()
) -> list[tuple[int, _Item]]:
    """Return items by ids that their names give them, each id once, whatever their order.

    Args:
        items: Names with items.
        taken: Hundreds of ids of which none may be used.
    """
    found = sorted(
        ((_id_of(name), name, item) for name, item in items), key=itemgetter(0, 1)
    )
    last = 0
    result = []
    for number, _, item in found:
        last = max(number, last + _CARDS_EACH)
        while last // _CARDS_EACH in taken:
            last += _CARDS_EACH
        result.append((last, item))
    return result


def _id_of(name: str) -> int:
    digest = blake2b(name.encode(errors="replace"), digest_size=8).digest()
    return _FIRST_ID + int.from_bytes(digest) % _IDS * _CARDS_EACH


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
