"""Helpers for the laws of all formats: round trips, hostile structure and mutated bytes."""

from __future__ import annotations

import io
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from flashcards.domain.clock import moment, study_day
from flashcards.formats.formats import FORMATS, FormatModule, ReadContext, WriteContext

if TYPE_CHECKING:
    from flashcards.domain.bundle import Bundle

_NOW = 1_795_000_000_000

READING = ReadContext(lambda at: study_day(at, UTC, 4), moment(_NOW, UTC, 4))
WRITING = WriteContext(moment(_NOW, UTC, 4), rollover_hour=4, utc_offset_minutes=0)


def find_module(name: str) -> FormatModule:
    return next(format_ for format_ in FORMATS if format_.name == name).module


def export(name: str, bundle: Bundle) -> bytes:
    file = io.BytesIO()
    find_module(name).write(bundle, file, WRITING)
    return file.getvalue()


def read(name: str, data: bytes, file_name: str) -> Bundle:
    with TemporaryDirectory() as directory:
        path = Path(directory) / file_name
        path.write_bytes(data)
        return find_module(name).read(path, READING)


def mutate(data: bytes) -> st.SearchStrategy[bytes]:
    """Generate the data with some bytes inserted, replaced or removed."""

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        mutated_data = data
        for position, cut_length, inserted in changes:
            start = position % (len(mutated_data) + 1)
            mutated_data = (
                mutated_data[:start] + inserted + mutated_data[start + cut_length :]
            )
        return mutated_data

    change = st.tuples(st.integers(0, 10_000), st.integers(0, 4), st.binary(max_size=3))
    return st.lists(change, min_size=1, max_size=6).map(apply)


def is_sound(bundle: Bundle) -> bool:
    """Return whether a file gave problems or decks, and all notes of a deck have distinct ids."""
    return bool(bundle.decks or bundle.problems) and all(
        len({note.id for note in deck.notes}) == len(deck.notes) > 0
        for deck in bundle.decks
    )
