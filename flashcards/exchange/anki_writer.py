"""A bundle as an Anki package of the first generation, which every Anki reads.

The same bundle, written at the same moment, is the same bytes: ids come from names, rows and
files stand in order, and nothing tells the time but the moment that is handed in.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from flashcards.disk.temporary import temporary_directory
from flashcards.errors import FlashcardsError
from flashcards.exchange.anki_cards import CardWriter, counting, revlog_rows
from flashcards.exchange.anki_decks import name_of
from flashcards.exchange.anki_media import named_in
from flashcards.exchange.anki_schema import (
    NOTETYPES_SINCE,
    SCHEMA,
    TABLES,
    deck_json,
    notetype_json,
)
from flashcards.exchange.losses import counted
from flashcards.exchange.media_names import is_safe_name
from flashcards.exchange.naming import foreign_id
from flashcards.exchange.own_notetypes import (
    GRADED,
    OWN,
    fields_of,
    notetype_of,
)
from flashcards.faces import card_key, faces_of, note_key_of
from flashcards.packed import PackedReviews
from flashcards.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from flashcards.bundle import Bundle, MediaFile, PastReview
    from flashcards.content import Note
    from flashcards.exchange.formats import Writing

# Ids look like instants from 2001 to 2017, as Anki's own do, and leave room for 100 cards each.
_FIRST_ID, _IDS, _CARDS_EACH = 1_000_000_000_000, 5_000_000_000, 100
_LEVEL = 1
"""Of compression: the usual one, 6, takes four times as long and saves an eighth."""
_EACH = 2000
"""Notes after which progress is told."""
_ADVICE = (
    'In Anki, tick "Import any learning progress", or the cards will be new there.'
)
_MARKED, _LEECH = "marked", "leech"

_CHUNK = 1024 * 1024
_NAMED = 5
_LONGEST_NAME = 40

_Item = TypeVar("_Item")
_Placed = tuple[int, "Note", int, int]
"""A note's id in Anki, the note, its deck's id, and its place among all notes."""


def write_package(bundle: Bundle, file: BinaryIO, writing: Writing) -> list[str]:
    """Write a package and return sentences on what it does not hold."""
    with temporary_directory() as folder:
        database = folder / "collection.anki2"
        collection = _CollectionWriter(bundle, writing)
        with closing(sqlite3.connect(database)) as connection:
            collection.write(connection)
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL
        ) as archive:
            _add_file(archive, database)
            missing = _add_media(archive, bundle.media, collection.media)
    return [*collection.losses(), *_told_of_media(missing)]


class _CollectionWriter:
    """Writes the database of one package."""

    def __init__(self, bundle: Bundle, writing: Writing) -> None:
        self._bundle = bundle
        self._writing = writing
        self._cards = CardWriter(writing)
        self._sources = {source.key: source for source in bundle.sources}
        self._histories = {each.card: each for each in bundle.histories}
        self._decks = sorted(bundle.decks, key=lambda deck: deck.key)
        self._seconds = writing.moment.at // 1000
        self._card_ids: dict[str, int] = {}
        self._leeches = {
            note_key_of(each.card) for each in bundle.histories if each.leech
        }
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
                self._writing.moment.at,
                NOTETYPES_SINCE * 1000,
                SCHEMA,
                _json(self._config()),
                _json({str(each.id): notetype_json(each) for each in OWN}),
                _json(heads),
            ),
        )
        notes = self._placed({deck.key: number for number, deck in deck_ids})
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
            notetype_of(note) is GRADED for deck in self._decks for note in deck.notes
        )
        told = [
            *counted(graded, "graded note", "written for Anki to show, not to grade"),
            *counted(given, "answer", "left out, as Anki keeps ratings alone"),
            *counted(reset, "review", "left out, from before a card was reset"),
            *counted(
                len(histories) - len(known),
                "learnt card",
                "left out, for want of its note",
            ),
        ]
        if self._bundle.plan:
            told.append("The study plan was left out.")
        if known:
            told.append(_ADVICE)
        return told

    def _names(self) -> dict[str, str]:
        titles = {deck.key: deck.title for deck in self._decks}
        return {deck.key: name_of(deck, titles) for deck in self._decks}

    def _config(self) -> dict[str, Any]:
        # Anything but the second scheduler would make Anki read other ratings.
        return {
            "schedVer": 2,
            "creationOffset": -self._writing.utc_offset_minutes,
            "rollover": self._writing.rollover_hour,
        }

    def _placed(self, deck_ids: dict[str, int]) -> list[_Placed]:
        """Return all notes by their ids in Anki."""
        places = enumerate(
            ((note, deck_ids[deck.key]) for deck in self._decks for note in deck.notes),
            1,
        )
        return [
            (number, note, deck, place)
            for number, (note, deck, place) in _unique(
                (note.id, (note, deck, place)) for place, (note, deck) in places
            )
        ]

    def _note_rows(self, notes: Sequence[_Placed]) -> Iterator[tuple[Any, ...]]:
        for done, (number, note, _, _) in enumerate(notes):
            if self._writing.progress and done % _EACH == 0:
                self._writing.progress(done, len(notes))
            self.media.update(named_in(note))
            fields = "\x1f".join(fields_of(note, self._sources))
            yield (
                number,
                foreign_id(note.id),
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

    def _tags(self, note: Note) -> str:
        tags = note.tags
        is_marked, is_leech = note.id in self._bundle.marked, note.id in self._leeches
        folded = [tag.casefold() for tag in tags]
        if is_marked or is_leech or _MARKED in folded or _LEECH in folded:
            plain = [tag for tag in tags if tag.casefold() not in (_MARKED, _LEECH)]
            if is_marked or _MARKED in folded:
                plain.append(_MARKED)
            if is_leech or _LEECH in folded:
                plain.append(_LEECH)
            tags = tuple(plain)
        return f" {' '.join(tags)} " if tags else ""

    def _card_rows(self, notes: Sequence[_Placed]) -> Iterator[tuple[Any, ...]]:
        for number, note, deck, place in notes:
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


def _unique(items: Iterable[tuple[str, _Item]]) -> list[tuple[int, _Item]]:
    """Return items by ids that their names give them, each id once, whatever their order."""
    found = sorted(
        ((_id_of(name), name, item) for name, item in items), key=itemgetter(0, 1)
    )
    last = 0
    result = []
    for number, _, item in found:
        last = max(number, last + _CARDS_EACH)
        result.append((last, item))
    return result


def _id_of(name: str) -> int:
    digest = blake2b(name.encode(errors="replace"), digest_size=8).digest()
    return _FIRST_ID + int.from_bytes(digest) % _IDS * _CARDS_EACH


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _add_file(archive: zipfile.ZipFile, path: Path) -> None:
    is_huge = path.stat().st_size > zipfile.ZIP64_LIMIT
    with (
        path.open("rb") as source,
        archive.open(path.name, "w", force_zip64=is_huge) as target,
    ):
        shutil.copyfileobj(source, target, _CHUNK)


def _add_media(
    archive: zipfile.ZipFile, media: Sequence[MediaFile], named: set[str]
) -> list[str]:
    """Add the files that notes name, one after the other, and return the names not found."""
    listed: dict[str, str] = {}
    for file in sorted(media, key=lambda each: each.name):
        if file.name not in named or not is_safe_name(file.name):
            continue
        try:
            data = file.read()
        except (OSError, FlashcardsError):
            continue
        number = str(len(listed))
        listed[number] = file.name
        # Pictures and sounds are compressed already.
        archive.writestr(zipfile.ZipInfo(number), data, zipfile.ZIP_STORED)
    archive.writestr(zipfile.ZipInfo("media"), _json(listed))
    return sorted(named.difference(listed.values()))


def _told_of_media(missing: Sequence[str]) -> list[str]:
    if not missing:
        return []
    shown = ", ".join(one_line(name, _LONGEST_NAME) for name in missing[:_NAMED])
    more = ", …" if len(missing) > _NAMED else ""
    return [
        f"Pictures or sounds that were not found: {len(missing):,} ({shown}{more})."
    ]
