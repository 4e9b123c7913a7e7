"""Read the tables of an Anki collection, of schema 11 or schema 18, as plain values.

SQLite columns may hold values of any type, so each is cast when it is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flashcards.domain.cards import DAY_SECONDS
from flashcards.domain.clock import DAY_MS
from flashcards.formats.anki.notes.definitions import read_definitions, to_note_type
from flashcards.formats.anki.notes.notetypes import AnkiNoteType, Template
from flashcards.formats.anki.package import protobuf
from flashcards.formats.anki.package.codes import (
    ANSWERED,
    FILTERED,
    HOUR_MS,
    LATEST_MS,
    LEARN,
    LEARNED,
    LEARNING,
    LONGEST_DAYS,
    MANUAL,
    MOST_COUNT,
    NO_ANSWER,
    RELEARN,
    RELEARNING,
    RESET,
    REVIEW,
)
from flashcards.formats.anki.package.container import UnreadablePackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashcards.formats.anki.package.container import Package

MOST_NOTES = 500_000
MOST_REVIEWS = 4_000_000
MOST_ROWS = {
    "notes": MOST_NOTES,
    "cards": 4 * MOST_NOTES,
    "revlog": MOST_REVIEWS,
    "notetypes": 10_000,
    "fields": 100_000,
    "templates": 100_000,
    "decks": 100_000,
    "config": 100_000,
}
"""The most rows of each table; a collection with more does not fit into memory."""
_MOST_MINUTES_WEST = 24 * 60
_IMAGE_OCCLUSION = 6
_SECOND_SCHEDULER = 2
_DEFAULT_DECK = "Default"

NoteRow = tuple[int, str, int, str, str, int]
"""Id, guid, notetype id, tags between spaces, fields joined by U+001F, and the instant of the
last change in Unix seconds."""
CardRow = tuple[
    int, int, int, int, int, int, int, int, int, int, int, int, int, int, str, int
]
"""Note id, card id, deck id, ord, type, queue, due, interval in days, factor in permille,
reviews, lapses, steps left, due and deck outside of a filtered deck, data as JSON, flags."""
ReviewRow = tuple[int, int, int, int, int, int, int, int]
"""Card id, instant in hours and in Unix ms, rating, duration in ms, state before, interval in
seconds, and kind: `LEARNED`, `ANSWERED`, `NO_ANSWER` or `RESET`."""


def _columns(names: str) -> str:
    return ", ".join(f"COALESCE(CAST({name} AS INTEGER), 0)" for name in names.split())


def _bounded(name: str, most: int) -> str:
    return f"min(max({_columns(name)}, 0), {most})"


_NOTES = (
    f"SELECT {_columns('id')}, COALESCE(CAST(guid AS TEXT), ''), {_columns('mid')},"  # noqa: S608
    " COALESCE(CAST(tags AS TEXT), ''), COALESCE(CAST(flds AS TEXT), ''),"
    f" {_columns('mod')} FROM notes ORDER BY 1"
)
_CARDS = (
    f"SELECT {_columns('nid id did ord type queue due')}, {_bounded('ivl', LONGEST_DAYS)},"  # noqa: S608
    f" {_bounded('factor', MOST_COUNT)}, {_bounded('reps', MOST_COUNT)},"
    f" {_bounded('lapses', MOST_COUNT)}, {_columns('left odue odid')},"
    f" COALESCE(CAST(data AS TEXT), ''), {_columns('flags')}"
    " FROM cards ORDER BY 1, 4, 2"
)
# SQLite converts the values, several times faster than Python: most rows are reviews.
_REVIEWS = (
    f"SELECT {_columns('cid')}, {_columns('id')} / {HOUR_MS}, {_columns('id')},"  # noqa: S608
    f" {_columns('ease')} + COALESCE(? AND ease IN (2, 3) AND type IN ({LEARN}, {RELEARN}), 0),"
    f" CASE WHEN time > 0 AND time < {DAY_MS} THEN CAST(time AS INTEGER) ELSE 0 END,"
    f" CASE type WHEN {LEARN} THEN {LEARNING} WHEN {RELEARN} THEN {RELEARNING} ELSE {REVIEW} END,"
    f" CASE WHEN ivl > 0 THEN min(CAST(ivl AS INTEGER), {LONGEST_DAYS}) * {DAY_SECONDS}"
    f" ELSE min(-max({_columns('ivl')}, -{LONGEST_DAYS * DAY_SECONDS}),"
    f" {LONGEST_DAYS * DAY_SECONDS}) END,"
    # A damaged row may have NULL even where the table forbids it, so each condition checks for
    # a value.
    f" CASE WHEN ease BETWEEN 1 AND 4 AND id > 0 AND id < {LATEST_MS}"
    f" THEN CASE WHEN type IS {LEARN} THEN {LEARNED} ELSE {ANSWERED} END"
    f" WHEN type IS {MANUAL} AND factor IS 0 THEN {RESET} ELSE {NO_ANSWER} END"
    f" FROM revlog WHERE NOT (type IS {FILTERED} AND factor IS 0) ORDER BY 1, 3"
)


@dataclass(frozen=True, slots=True)
class ForeignDeck:
    """A deck of Anki."""

    name: str
    """Levels of a nested deck are joined by `::`."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class AnkiCollection:
    """A collection without its notes, cards and reviews."""

    created: int
    """Instant of its first day in Unix seconds."""
    minutes_west: int | None
    """Offset from UTC at that instant; None if an old Anki did not store it."""
    is_second_scheduler: bool
    """False if ratings are numbered as in Anki's first scheduler."""
    notetypes: dict[int, AnkiNoteType]
    decks: dict[int, ForeignDeck]
    notes: int
    """The number of notes."""
    reviewed: int
    """An upper limit for the number of reviewed cards."""


def read_collection(package: Package) -> AnkiCollection:
    """Return the settings, notetypes, decks and counts of a collection.

    Raises:
        UnreadablePackageError: it has too many rows, or an unknown schema.
        sqlite3.Error: it is damaged.
    """
    counts = _counts(package)
    row = package.connection.execute(
        "SELECT CAST(crt AS INTEGER), conf, models, decks FROM col"
    ).fetchone()
    if row is None:
        raise UnreadablePackageError("anki-database", reason="its table col is empty")
    created, config, models, decks = row
    if "notetypes" in package.tables:
        config, notetypes, foreign = _read_schema_18(package)
    else:
        config = _mapping(config)
        notetypes = {
            _number(key): _notetype(_number(key), model)
            for key, model in _mapping(models).items()
        }
        foreign = {_number(key): _deck(deck) for key, deck in _mapping(decks).items()}
    west = config.get("creationOffset")
    if not isinstance(west, int) or abs(west) > _MOST_MINUTES_WEST:
        west = None
    return AnkiCollection(
        created=created or 0,
        minutes_west=west,
        is_second_scheduler=config.get("schedVer") == _SECOND_SCHEDULER,
        notetypes=notetypes,
        decks=foreign,
        notes=counts["notes"],
        reviewed=min(counts["cards"], counts["revlog"]),
    )


def note_rows(package: Package) -> Iterator[NoteRow]:
    """Return the notes by id."""
    return package.connection.execute(_NOTES)


def card_rows(package: Package) -> Iterator[CardRow]:
    """Return the cards by note id and ord."""
    return package.connection.execute(_CARDS)


def review_rows(package: Package, *, is_second_scheduler: bool) -> Iterator[ReviewRow]:
    """Return the reviews by card id, oldest first, without cramming.

    The first scheduler had three ratings for cards in learning: its 2 and 3 mean Good and
    Easy there.
    """
    return package.connection.execute(_REVIEWS, (not is_second_scheduler,))


def _counts(package: Package) -> dict[str, int]:
    counts = {}
    for table in sorted(package.tables & MOST_ROWS.keys()):
        (count,) = package.connection.execute(
            f"SELECT count(*) FROM {table}"  # noqa: S608 - one of ours
        ).fetchone()
        if count > MOST_ROWS[table]:
            raise UnreadablePackageError(
                "anki-too-large", what=f"it has {count:,} rows of {table}"
            )
        counts[table] = count
    return counts


def _notetype(number: int, data: Any) -> AnkiNoteType:
    data = _as_mapping(data)
    templates = _in_order(data.get("tmpls"))
    return AnkiNoteType(
        name=_string(data.get("name")),
        fields=tuple(
            _string(field.get("name")) for field in _in_order(data.get("flds"))
        ),
        templates=tuple(
            Template(_string(template.get("qfmt")), _string(template.get("afmt")))
            for template in templates
        ),
        is_cloze=data.get("type") == 1,
        is_occlusion=data.get("originalStockKind") == _IMAGE_OCCLUSION,
        origin=to_note_type(number, data),
    )


def _deck(data: Any) -> ForeignDeck:
    data = _as_mapping(data)
    return ForeignDeck(
        _string(data.get("name")) or _DEFAULT_DECK, _string(data.get("desc"))
    )


def _read_schema_18(
    package: Package,
) -> tuple[dict[str, Any], dict[int, AnkiNoteType], dict[int, ForeignDeck]]:
    """Return configuration, notetypes and decks."""
    for table in ("fields", "templates", "decks", "config"):
        if table not in package.tables:
            raise UnreadablePackageError(
                "anki-database", reason=f"it has no table {table}"
            )
    rows = package.connection.execute
    config = {
        _string(key): _loads(value)
        for key, value in rows(
            "SELECT key, val FROM config WHERE key IN ('schedVer', 'creationOffset')"
        )
    }
    # Anki leaves the fields and templates of deleted notetypes behind; these are ignored.
    notetypes = {
        key: _notetype(key, data)
        for key, data in read_definitions(package.connection).items()
    }
    decks = {
        _number(key): ForeignDeck(
            _string(name).replace("\x1f", "::") or _DEFAULT_DECK,
            _protobuf_text(_bytes(blob), (1, 4)),
        )
        for key, name, blob in rows("SELECT id, name, kind FROM decks")
    }
    return config, notetypes, decks


def _protobuf_text(blob: bytes, path: protobuf.Path) -> str:
    try:
        return protobuf.text_at(blob, path)
    except ValueError:
        return ""


def _in_order(items: Any) -> list[dict[str, Any]]:
    mappings = list(map(_as_mapping, items)) if isinstance(items, list) else []
    return sorted(mappings, key=lambda mapping: _number(mapping.get("ord", 0)))


def _mapping(text: Any) -> dict[str, Any]:
    return _as_mapping(_loads(text))


def _loads(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None


def _as_mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
