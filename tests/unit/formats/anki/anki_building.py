"""Builds Anki packages of every generation for tests."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

CREATED = 1_700_006_400
"""15 November 2023, 00:00 UTC: day 0 of the collections built here."""
CREATED_DAY = 738_839

ANKI2, ANKI21, ANKI21B = 1, 2, 3
DUMMY = "Please update to the latest Anki version."

_TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags);
CREATE TABLE notes (id integer PRIMARY KEY, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);
CREATE TABLE cards (id integer PRIMARY KEY, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses,
 left, odue, odid, flags, data);
CREATE TABLE revlog (id integer PRIMARY KEY, cid, usn, ease, ivl, lastIvl, factor, time, type);
CREATE TABLE graves (usn, oid, type);
"""
_TABLES_18 = """
CREATE TABLE notetypes (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase, mtime_secs, usn, config blob);
CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,
 PRIMARY KEY (ntid, ord)) without rowid;
CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
CREATE TABLE templates (ntid integer, ord integer, name text COLLATE unicase, mtime_secs, usn, config blob,
 PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE decks (id integer PRIMARY KEY, name text COLLATE unicase, mtime_secs, usn, common blob, kind blob);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
CREATE TABLE config (KEY text PRIMARY KEY, usn, mtime_secs, val blob) without rowid;
CREATE TABLE tags (tag text PRIMARY KEY COLLATE unicase, usn) without rowid;
"""


@dataclass
class Kind:
    """A notetype."""

    fields: tuple[str, ...] = ("Front", "Back")
    templates: tuple[tuple[str, str], ...] = (
        ("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"),
    )
    is_cloze: bool = False
    stock: int = 0


BASIC = Kind()
REVERSED = Kind(
    templates=(*BASIC.templates, ("{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}"))
)
CLOZE = Kind(
    ("Text", "Back Extra"),
    (("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"),),
    is_cloze=True,
)


@dataclass
class Package:
    """What goes into a package; rows are filled up with what a new card has."""

    kinds: dict[int, Kind] = field(
        default_factory=lambda: {1: BASIC, 2: REVERSED, 3: CLOZE}
    )
    decks: dict[int, str] = field(
        default_factory=lambda: {1: "Default", 10: "Machine Learning::Drift"}
    )
    config: dict[str, Any] = field(
        default_factory=lambda: {"schedVer": 2, "creationOffset": 0}
    )
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    cards: list[tuple[Any, ...]] = field(default_factory=list)
    reviews: list[tuple[Any, ...]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    created: int = CREATED

    def note(
        self,
        *values: str,
        kind: int = 1,
        guid: str | None = None,
        tags: str = "",
        changed: int = 0,
    ) -> int:
        """Add a note and return its id."""
        number = 1_600_000_000_000 + len(self.notes)
        known = f"guid{len(self.notes)}" if guid is None else guid
        self.notes.append(
            (number, known, kind, changed, -1, tags, "\x1f".join(values), "", 0, 0, "")
        )
        return number

    def card(self, note: int, ord_: int = 0, deck: int = 10, **values: Any) -> int:
        """Add a card and return its id."""
        number = 1_650_000_000_000 + len(self.cards)
        row: dict[str, Any] = {
            "type": 0, "queue": 0, "due": len(self.cards), "ivl": 0, "factor": 0, "reps": 0, "lapses": 0, "left": 0,
            "odue": 0, "odid": 0, "flags": 0, "data": "",
        }  # fmt: skip
        row.update(values)
        self.cards.append((number, note, deck, ord_, 0, -1, *row.values()))
        return number

    def review(
        self, card: int, day: int, ease: int = 3, ivl: int = 1, **values: Any
    ) -> None:
        """Add a review at noon UTC of a day, counted from the collection's first."""
        row = {"factor": 2500, "time": 4000, "type": 1, "seconds": 0} | values
        at = (CREATED + day * 86_400 + 43_200 + row["seconds"]) * 1000
        while any(at == known[0] for known in self.reviews):
            at += 1
        self.reviews.append(
            (at, card, -1, ease, ivl, 0, row["factor"], row["time"], row["type"])
        )

    def basic(self, front: str = "Front?", back: str = "Back.", **values: Any) -> int:
        """Add a note with one card and return the card's id."""
        return self.card(self.note(front, back), **values)

    def write(self, path: Path, generation: int = ANKI2) -> Path:
        """Write the package and return its path."""
        schema = 18 if generation == ANKI21B else 11
        database = self.database(path.with_suffix(".db"), schema)
        write_zip(path, database, self.media, generation)
        return path

    def database(self, path: Path, schema: int = 11) -> bytes:
        """Return the collection."""
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA synchronous = OFF")
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        if schema > 11:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_TABLES)
        texts = ("", "", "", "", "")
        if schema == 11:
            texts = (json.dumps(self.config), json.dumps(self._models()), json.dumps(self._decks()), "{}", "{}")  # fmt: skip
        else:
            self._fill_18(connection)
        connection.execute(
            "INSERT INTO col VALUES (1, ?, 0, 0, ?, 0, 0, 0, ?, ?, ?, ?, ?)",
            (self.created, schema, *texts),
        )
        for table, rows in (
            ("notes", self.notes), ("cards", self.cards), ("revlog", self.reviews),
        ):  # fmt: skip
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
        connection.commit()
        connection.close()
        return path.read_bytes()

    def _models(self) -> dict[str, Any]:
        return {
            str(number): {
                "id": number, "name": f"Kind {number}", "type": int(kind.is_cloze), "originalStockKind": kind.stock,
                "flds": [{"name": name, "ord": ord_} for ord_, name in enumerate(kind.fields)],
                "tmpls": [{"name": "Card", "ord": ord_, "qfmt": front, "afmt": back}
                          for ord_, (front, back) in enumerate(kind.templates)],
            }
            for number, kind in self.kinds.items()
        }  # fmt: skip

    def _decks(self) -> dict[str, Any]:
        return {
            str(key): {"id": key, "name": name, "desc": "About it"}
            for key, name in self.decks.items()
        }

    def _fill_18(self, connection: sqlite3.Connection) -> None:
        connection.executescript(_TABLES_18)
        run = connection.execute
        for key, value in self.config.items():
            run("INSERT INTO config VALUES (?, 0, 0, ?)", (key, json.dumps(value).encode()))  # fmt: skip
        # The default notetypes leave fields and templates behind where Anki exports.
        run("INSERT INTO fields VALUES (99, 0, 'Orphan', x'')")
        run("INSERT INTO templates VALUES (99, 0, 'Orphan', 0, 0, x'')")
        for number, kind in self.kinds.items():
            config = number_field(1, int(kind.is_cloze)) + bytes_field(3, b".card {}")
            config += number_field(9, kind.stock)
            run("INSERT INTO notetypes VALUES (?, ?, 0, 0, ?)", (number, f"Kind {number}", config))  # fmt: skip
            for ord_, name in enumerate(kind.fields):
                run("INSERT INTO fields VALUES (?, ?, ?, x'')", (number, ord_, name))
            for ord_, (front, back) in enumerate(kind.templates):
                sides = bytes_field(1, front.encode()) + bytes_field(2, back.encode())
                run("INSERT INTO templates VALUES (?, ?, 'Card', 0, 0, ?)", (number, ord_, sides))  # fmt: skip
        for number, name in self.decks.items():
            normal = number_field(1, 1) + bytes_field(4, b"About it")
            run(
                "INSERT INTO decks VALUES (?, ?, 0, 0, x'', ?)",
                (number, name.replace("::", "\x1f"), bytes_field(1, normal)),
            )


def write_zip(
    path: Path, database: bytes, media: dict[str, bytes], generation: int
) -> None:
    """Write the zip of a generation around a database and its media."""
    names = {str(number): name for number, name in enumerate(media)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if generation == ANKI2:
            archive.writestr("collection.anki2", database)
            archive.writestr("media", json.dumps(names))
        else:
            dummy = Package(decks={1: "Default"})
            dummy.basic(DUMMY)
            archive.writestr("meta", number_field(1, generation))
            archive.writestr("collection.anki2", dummy.database(path.with_suffix(".dummy")))  # fmt: skip
        if generation == ANKI21:
            archive.writestr("collection.anki21", database)
            archive.writestr("media", json.dumps(names))
        if generation == ANKI21B:
            archive.writestr("collection.anki21b", compressed(database))
            entries = (bytes_field(1, bytes_field(1, name.encode())) for name in media)
            archive.writestr("media", compressed(b"".join(entries)))
        for number, data in enumerate(media.values()):
            packed = compressed(data) if generation == ANKI21B else data
            archive.writestr(str(number), packed)


def compressed(data: bytes) -> bytes:
    """Return a zstd frame that does not tell its size, as Anki writes them."""
    target = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(target, closefd=False) as writer:
        writer.write(data)
    return target.getvalue()


def number_field(number: int, value: int) -> bytes:
    """Return a protobuf field with a number."""
    return varint(number << 3) + varint(value)


def bytes_field(number: int, value: bytes) -> bytes:
    """Return a protobuf field with bytes."""
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    """Return a number as protobuf writes it."""
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*result, value])
