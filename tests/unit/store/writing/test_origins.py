"""Notes keep their origin through edits, moves, undo and retirement."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flashcards.collection.collection import Collection
from flashcards.domain.content import BasicNote, DeckContent
from flashcards.domain.origin import ForeignCard, NoteType, Origin
from flashcards.domain.settings.settings import AppDirectories
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT, deck, sync

PAPER = NoteType("anki", 1_600_000_000_000, '{"name":"Paper"}')
ORIGIN = Origin(
    note_type=PAPER,
    guid="k[h&",
    fields="<b>Q</b>\x1fA\x1f",
    tags="a,b Über",
    modified=1_700_000_000,
    number=1_600_000_000_001,
    cards=(ForeignCard(0, "", 3, 1850, 1_600_000_000_002), ForeignCard(1, "reverse")),
)


def note(front: str = "Q", origin: Origin | None = ORIGIN) -> BasicNote:
    return BasicNote(id="n1", front=front, back="A", origin=origin)


def partial(*notes: BasicNote, digest: str = "f00") -> DeckContent:
    return replace(deck("a", *notes, digest=digest), is_partial=True)


def origin_of(reader: Reader, key: str = "n1") -> Origin | None:
    decks = [each.deck_id for each in reader.content.decks()]
    return reader.origins.of_decks(decks).get(key)


def test_an_origin_is_returned_as_it_was_imported(store: Store, reader: Reader) -> None:
    sync(store, partial(note()))

    assert origin_of(reader) == ORIGIN


def test_an_edit_in_a_deck_file_is_detected_and_loses_nothing(
    store: Store, reader: Reader
) -> None:
    sync(store, partial(note()))
    sync(store, deck("a", note("Other", origin=None), digest="f01"))
    assert origin_of(reader) == replace(ORIGIN, is_unchanged=False)

    sync(store, deck("a", note(origin=None), digest="f02"))
    assert origin_of(reader) == ORIGIN


def test_a_field_that_no_card_shows_is_updated_and_restored_by_undo(
    store: Store, reader: Reader
) -> None:
    sync(store, partial(note()))
    newer = replace(ORIGIN, fields="<b>Q</b>\x1fA\x1fseen by nobody")
    report = sync(store, partial(note(origin=newer), digest="f01"))
    assert report.operation_id is not None
    assert origin_of(reader) == newer

    store.undo(None, MOMENT)
    assert origin_of(reader) == ORIGIN
    store.redo(None, MOMENT)
    assert origin_of(reader) == newer


def test_a_store_of_an_earlier_version_gets_origins_with_the_next_import(
    store: Store, reader: Reader
) -> None:
    sync(store, partial(note(origin=None)))
    sync(store, partial(note(), digest="f01"))
    assert origin_of(reader) == ORIGIN

    store.undo(None, MOMENT)
    assert origin_of(reader) is None


def test_a_retired_note_keeps_its_origin(store: Store, reader: Reader) -> None:
    sync(store, partial(note()))
    sync(store, deck("a", digest="f01"))

    assert origin_of(reader) == ORIGIN


def test_note_types_are_stored_once(store: Store) -> None:
    other = replace(note(), id="n2")
    sync(store, partial(note(), other))
    third = replace(ORIGIN, note_type=replace(PAPER, definition="{}"))
    sync(
        store, partial(note(), other, replace(note(origin=third), id="n3"), digest="2")
    )

    with Reader(store.path) as reader:
        found = reader.connection.rows("SELECT count(*) FROM note_types")
    assert found == [(2,)]


def test_the_full_json_export_has_origins_even_of_retired_notes(
    tmp_path: Path, open_collection: Callable[[], Collection]
) -> None:
    collection = open_collection()
    with Store.open(collection.directories.database) as store:
        sync(store, partial(note(), replace(note(), id="gone")))
        sync(store, deck("a", note("Edited", origin=None), digest="f01"))
    path = tmp_path / "all.json"
    buffer = io.BytesIO()
    collection.exporting.write(collection.exporting.bundle(["a"]), buffer, path)
    path.write_bytes(buffer.getvalue())
    other = Collection(AppDirectories(tmp_path / "other"))
    other.store()

    assert not other.importing.import_files([path]).has_errors

    for reader in (collection.reader, other.reader):
        assert origin_of(reader) == replace(ORIGIN, is_unchanged=False)
        assert origin_of(reader, "gone") == ORIGIN
    assert '"front": "Q"' in path.read_text(encoding="utf-8")
    other.close()
