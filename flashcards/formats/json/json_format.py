"""JSON of the whole collection: decks in the fields of the deck format, and all history.

Each line holds one value, so that files can be compared and written piece by piece.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from flashcards.decks.fields.head import read_head
from flashcards.decks.plain import mapping_of, note_of
from flashcards.decks.sources import entry_of
from flashcards.decks.writing.writer import head_to_dict
from flashcards.domain import formatting
from flashcards.domain.bundle import Bundle, CollectionParts
from flashcards.domain.content import DeckContent, SourceEntry
from flashcards.domain.faces import note_key_of
from flashcards.domain.note_json import to_dict
from flashcards.formats.common.naming import is_used_elsewhere
from flashcards.formats.common.rules import new_collector
from flashcards.formats.json.json_file import read_document
from flashcards.formats.json.learning import (
    REVIEW_FIELDS,
    NamedDeck,
    WrongValueError,
    card_from_plain,
    card_to_plain,
    forecast_from_plain,
    name_from_plain,
    name_to_plain,
    note_key,
    plan_from_plain,
    plan_to_plain,
    report_from_plain,
)
from flashcards.formats.json.origins import (
    iter_origins,
    list_note_types,
    note_type_from_plain,
    note_type_to_plain,
    origin_from_plain,
    with_origin,
)
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import CardHistory, NoteReport
    from flashcards.domain.content import Note
    from flashcards.domain.origin import NoteType, Origin
    from flashcards.formats.formats import ReadContext, WriteContext
    from flashcards.formats.json.json_file import JsonDocument

    Plain = dict[str, Any]

_Value = TypeVar("_Value")

_KNOWN_NAMES = frozenset(
    [
        "format",
        "version",
        "store",
        "review_fields",
        "decks",
        "names",
        "sources",
        "marked",
        "cards",
        "forecasts",
        "reports",
        "note_types",
        "origins",
        "retired",
        "plan",
    ]
)
_UNNAMED = NamedDeck("", "", is_of_file=False)

FORMAT = "flashcards"
VERSION = 1

_ENCODE = json.JSONEncoder(
    ensure_ascii=False, separators=(", ", ": "), allow_nan=False
).encode


def looks_like(head: bytes) -> bool:
    """Return whether a file with this beginning is a JSON export of the collection."""
    start = b"".join(head[:100].split())
    return start.startswith(b'{"format":"flashcards"')


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write everything except pictures and sounds; return a sentence that counts them."""
    del context
    parts = bundle.collection
    all_decks = (*bundle.decks, *parts.retired)
    note_types = list_note_types(all_decks)
    head = {"format": FORMAT, "version": VERSION, "review_fields": REVIEW_FIELDS}
    if parts.store_uid:
        head["store"] = parts.store_uid
    file.write(_ENCODE(head).removesuffix("}").encode())
    _write_list(file, "decks", map(_deck_lines, bundle.decks))
    for name, items in (
        ("names", map(name_to_plain, _iter_names(all_decks))),
        ("sources", map(asdict, bundle.sources)),
        ("marked", sorted(bundle.marked)),
        ("cards", map(card_to_plain, bundle.histories)),
        ("forecasts", (row._asdict() for row in parts.forecasts)),
        ("reports", (report._asdict() for report in parts.reports)),
        ("note_types", map(note_type_to_plain, note_types)),
        ("origins", iter_origins(all_decks, note_types)),
    ):
        _write_list(file, name, map(_ENCODE, cast("Iterable[object]", items)))
    _write_list(file, "retired", map(_deck_lines, parts.retired))
    if bundle.plan:
        file.write(f',\n"plan": {_ENCODE(plan_to_plain(bundle.plan))}'.encode())
    file.write(b"\n}\n")
    if not bundle.media:
        return []
    count = formatting.count(len(bundle.media), "media file")
    return [
        f"JSON holds no media: {count} stayed in the directory `media` of the home."
    ]


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the content of a file with all its problems."""
    collector = new_collector(str(path))
    document = read_document(path, collector)
    if document is None or not _is_ours(document.data, collector):
        return Bundle(problems=tuple(collector.problems))
    try:
        return _DocumentReader(document, context, collector).read()
    except RecursionError:
        collector.add_at("json-too-deep", 1, 1)
        return Bundle(problems=tuple(collector.problems))


def _iter_names(decks: Iterable[DeckContent]) -> Iterator[NamedDeck]:
    """Yield the names of decks in their own programs, each deck once."""
    names = {
        deck.key: NamedDeck(deck.key, deck.name, deck.is_of_file)
        for deck in decks
        if deck.name or deck.is_of_file
    }
    return iter(names.values())


def _deck_lines(deck: DeckContent) -> str:
    head = _ENCODE(head_to_dict(deck)).removesuffix("}")
    notes = ",\n".join(_ENCODE(to_dict(note)) for note in deck.notes)
    return f'{head}, "notes": [\n{notes}\n]}}' if notes else f'{head}, "notes": []}}'


def _write_list(file: BinaryIO, name: str, lines: Iterable[str]) -> None:
    """Write a list with one item per line; an empty list is left out."""
    is_first = True
    for line in lines:
        file.write((f',\n"{name}": [\n' if is_first else ",\n").encode())
        file.write(line.encode())
        is_first = False
    if not is_first:
        file.write(b"\n]")


def _is_ours(data: Plain, collector: ProblemCollector) -> bool:
    version = data.get("version")
    if data.get("format") != FORMAT or type(version) is not int:
        collector.add_at("json-not-ours", 1, 1)
    elif version > VERSION:
        collector.add_at("json-too-new", 1, 1)
    else:
        return True
    return False


class _DocumentReader:
    """Reads a document value by value."""

    def __init__(
        self, document: JsonDocument, context: ReadContext, collector: ProblemCollector
    ) -> None:
        self._document = document
        self._context = context
        self._collector = collector
        self._origins: dict[str, Origin] = {}
        self._names: dict[str, NamedDeck] = {}

    def read(self) -> Bundle:
        """Return all valid values; report the others."""
        data = self._document.data
        self._origins = self._read_origins()
        names = self._valid_items("names", name_from_plain)
        self._names = {named.deck: named for named in names}
        decks = tuple(self._decks("decks"))
        sources = tuple(self._sources())
        marked = frozenset(self._valid_items("marked", note_key))
        histories = tuple(self._valid_items("cards", card_from_plain))
        forecasts = tuple(self._valid_items("forecasts", forecast_from_plain))
        reports = tuple(self._valid_items("reports", report_from_plain))
        retired = tuple(self._decks("retired"))
        store_uid = data.get("store")
        if not isinstance(store_uid, str):
            store_uid = ""
        plan = None
        if data.get("plan") is not None:
            data["plan"] = [data["plan"]]
            plan = next(self._valid_items("plan", plan_from_plain), None)
        self._report_unused((*decks, *retired), histories, marked, reports)
        if self._collector.errors:
            # Without a digest the file is read again next time.
            decks = tuple(replace(deck, digest="") for deck in decks)
        return Bundle(
            decks=decks,
            problems=tuple(self._collector.problems),
            histories=histories,
            marked=marked,
            sources=sources,
            plan=plan,
            collection=CollectionParts(store_uid, retired, forecasts, reports),
        )

    def _report_unused(
        self,
        decks: Iterable[DeckContent],
        histories: Iterable[CardHistory],
        marked: Iterable[str],
        reports: Iterable[NoteReport],
    ) -> None:
        """Report values of notes that are not in the file, and unknown names."""
        for name in self._document.data.keys() - _KNOWN_NAMES:
            self._collector.add_at("json-unknown", 0, 0, value=one_line(name, 80))
        notes = {note.id for deck in decks for note in deck.notes}
        cards = [
            history for history in histories if note_key_of(history.card) not in notes
        ]
        reviews = sum(len(history.reviews) for history in cards)
        counts = (
            (len(cards), "card"),
            (reviews, "review"),
            (len(set(marked) - notes), "mark"),
            (sum(report.note not in notes for report in reports), "report"),
            (len(self._origins.keys() - notes), "origin"),
        )
        what = ", ".join(
            formatting.count(number, noun) for number, noun in counts if number
        )
        if what:
            self._collector.add_at("json-left-out", 0, 0, what=what)

    def _decks(self, name: str) -> Iterator[DeckContent]:
        for data in self._list(self._document.data, name):
            if not isinstance(data, dict):
                self._report_wrong(name, data)
                continue
            note_items = self._list(data, "notes")
            data.pop("notes", None)
            head = self._read_at(data.get("deck"), lambda: self._head(data))  # noqa: B023
            notes = [self._note(item) for item in note_items]
            if head is None:
                continue
            named = self._names.get(head["deck"], _UNNAMED)
            yield DeckContent(
                key=self._context.into or head["deck"],
                notes=tuple(with_origin(note, self._origins) for note in notes if note),
                path=self._collector.path,
                digest=self._document.digest,
                is_partial=True,
                name=named.name,
                is_of_file=named.is_of_file,
                has_stated_key=True,
                foreign_ids=frozenset(
                    note.id for note in notes if note and is_used_elsewhere(note.id)
                ),
                **{name: value for name, value in head.items() if name != "deck"},
            )

    def _read_origins(self) -> dict[str, Origin]:
        """Return the origins of notes in other programs, by the notes' ids."""
        types: dict[int, NoteType] = {}
        for index, item in enumerate(self._list(self._document.data, "note_types")):
            try:
                types[index] = note_type_from_plain(item)
            except WrongValueError:
                self._report_wrong("note_types", item)
        return dict(
            self._valid_items("origins", lambda item: origin_from_plain(item, types))
        )

    def _head(self, data: Plain) -> Plain | None:
        before = self._collector.errors
        node = mapping_of(data, self._collector)
        head = read_head(node, self._collector) if node else None
        return head if self._collector.errors == before else None

    def _note(self, data: object) -> Note | None:
        if not isinstance(data, dict):
            self._report_wrong("notes", data)
            return None
        return self._read_at(data.get("id"), lambda: note_of(data, self._collector))

    def _sources(self) -> Iterator[SourceEntry]:
        for data in self._list(self._document.data, "sources"):
            if not isinstance(data, dict):
                self._report_wrong("sources", data)
                continue
            entry = self._read_at(data.get("key"), lambda: self._source(data))  # noqa: B023
            if entry:
                yield entry

    def _source(self, data: Plain) -> SourceEntry | None:
        key = data.pop("key", None)
        values = {
            name: value for name, value in data.items() if value not in ("", None)
        }
        node = mapping_of(values, self._collector)
        try:
            return entry_of(note_key(key), node, self._collector) if node else None
        except WrongValueError:
            self._collector.add_at("json-value", 0, 0, item="A source")
            return None

    def _valid_items(
        self, name: str, read: Callable[[object], _Value]
    ) -> Iterator[_Value]:
        """Yield the valid values of a list; report the others."""
        items = self._list(self._document.data, name)
        for index, item in enumerate(items):
            # Drop the item, so that it and its value need not be in memory together.
            items[index] = None
            try:
                yield read(item)
            except WrongValueError:
                self._report_wrong(name, item)

    def _list(self, data: Plain, name: str) -> list[Any]:
        items = data.get(name)
        if isinstance(items, list):
            return items
        if items is not None:
            self._report_wrong(name, None)
        return []

    def _report_wrong(self, name: str, item: object) -> None:
        key = item.get("card", item.get("note")) if isinstance(item, dict) else item
        position = self._document.locate(key) if isinstance(key, str) else (0, 0)
        shown = f"`{one_line(key, 80)}`" if isinstance(key, str) else "An item"
        self._collector.add_at("json-value", *position, item=f'{shown} in "{name}"')

    def _read_at(
        self, name: object, read: Callable[[], _Value | None]
    ) -> _Value | None:
        """Return what `read` returns; its problems get the position of a name."""
        problems = self._collector.problems
        before = len(problems)
        value = read()
        if len(problems) > before:
            line, column = self._document.locate(name)
            problems[before:] = [
                replace(problem, line=line, column=column)
                for problem in problems[before:]
            ]
        return value
