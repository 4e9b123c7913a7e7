"""Read decks from the store as a bundle that a format can write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.bundle import Bundle, CollectionParts, NoteReport
from flashcards.formats.common.gc_paused import gc_paused
from flashcards.formats.common.sibling_files import is_sibling, to_media_file
from flashcards.formats.markup.markup import find_media_names_in_decks
from flashcards.store.reading.export.contents import (
    deck_contents,
    histories,
    retired_contents,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from flashcards.domain.bundle import MediaFile
    from flashcards.domain.content import DeckContent, SourceEntry
    from flashcards.domain.origin import Origin
    from flashcards.store.reader import Reader


def read_bundle(
    reader: Reader,
    keys: Collection[str],
    media: Path,
    *,
    with_history: bool = True,
) -> Bundle:
    """Return some decks as they are stored.

    If these are all active decks, the bundle also has retired decks, the study plan and its
    forecasts.

    Args:
        reader: The store.
        keys: The keys of the decks.
        media: The directory of pictures and sounds.
        with_history: Whether to include review histories, marks and the plan.
    """
    with reader.snapshot(), gc_paused():
        stored = reader.content.decks()
        is_all = all(deck.retired or deck.key in keys for deck in stored)
        decks = tuple(deck_contents(reader, keys))
        origins = reader.origins.of_decks(
            [deck.deck_id for deck in stored if deck.key in keys]
        )
        decks = _with_origins(decks, origins)
        bundle = Bundle(
            decks=decks,
            media=tuple(_find_media(decks, media)),
            sources=tuple(_sources(reader, decks, is_all=is_all)),
            collection=CollectionParts(reader.content.store_uid()),
        )
        if not with_history:
            return bundle
        exported = [
            deck for deck in stored if deck.key in keys or (is_all and deck.retired)
        ]
        deck_ids = [deck.deck_id for deck in exported]
        retired = tuple(retired_contents(reader, {deck.key for deck in exported}))
        retired = _with_origins(
            retired, reader.origins.of_decks(deck_ids) if retired else {}
        )
        notes = {note.id for deck in (*decks, *retired) for note in deck.notes}
        return replace(
            bundle,
            histories=tuple(histories(reader, deck_ids)),
            marked=frozenset(reader.learning.marked_notes(deck_ids)),
            plan=reader.plan.load() if is_all else None,
            collection=replace(
                bundle.collection,
                retired=retired,
                reports=tuple(
                    NoteReport(*row)
                    for row in reader.learning.note_reports()
                    if row[0] in notes
                ),
                forecasts=tuple(reader.plan.forecasts()) if is_all else (),
            ),
        )


def _with_origins(
    decks: tuple[DeckContent, ...], origins: Mapping[str, Origin]
) -> tuple[DeckContent, ...]:
    """Return decks whose notes have their origins in other programs, given by note id."""
    if not origins:
        return decks
    return tuple(
        replace(
            deck,
            notes=tuple(
                replace(note, origin=origins[note.id]) if note.id in origins else note
                for note in deck.notes
            ),
        )
        for deck in decks
    )


def _find_media(decks: Iterable[DeckContent], directory: Path) -> Iterator[MediaFile]:
    """Give each saved file that notes of decks name, once and in their order."""
    if not directory.is_dir():
        return
    for name in dict.fromkeys(find_media_names_in_decks(decks)):
        # A name with directories in it is no file of the media directory.
        if (directory / name).parent == directory and is_sibling(directory, name):
            yield to_media_file(directory, name)


def _sources(
    reader: Reader, decks: Iterable[DeckContent], *, is_all: bool
) -> Iterator[SourceEntry]:
    cited = {note.source.key for deck in decks for note in deck.notes if note.source}
    return (
        source for source in reader.content.sources() if is_all or source.key in cited
    )
