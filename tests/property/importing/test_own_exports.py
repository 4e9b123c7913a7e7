"""Exports imported into the same home add and change no note."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import DeckContent
from flashcards.formats.formats import FORMATS
from tests.examples import scale_examples
from tests.property.decks.test_decks import decks
from tests.property.formats.exchange_laws import export
from tests.property.importing.test_import_sources import opened

WRITTEN = [each for each in FORMATS if each.writes]


@pytest.mark.parametrize("name", [each.name for each in WRITTEN])
@settings(max_examples=scale_examples(30))
@given(deck=decks)
def test_importing_an_export_into_the_same_home_changes_no_note(
    name: str, deck: DeckContent
) -> None:
    suffix = next(each.suffixes[0] for each in WRITTEN if each.name == name)
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        source, target = place / "source.csv", place / f"exported{suffix}"
        # A deck that has a file of its own is changed there alone.
        source.write_bytes(export("csv", Bundle(decks=(deck,))))
        with opened(place) as collection:
            collection.importing.import_files([source])
            bundle = collection.exporting.bundle([deck.key])
            with target.open("wb") as file:
                collection.exporting.write(bundle, file, target, name)
            result = collection.importing.import_files([target], file_format=name)

            counts = [file.counts for file in result.files]
            assert [(each.added, each.changed) for each in counts] == [(0, 0)]
            assert (
                collection.exporting.bundle([deck.key]).decks[0].notes
                == bundle.decks[0].notes
            )
