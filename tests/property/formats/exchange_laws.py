"""What every format is put through: round trips, hostile structure and mutated bytes."""

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


def module_of(name: str) -> FormatModule:
    return next(each for each in FORMATS if each.name == name).module


def written(name: str, bundle: Bundle) -> bytes:
    file = io.BytesIO()
    module_of(name).write(bundle, file, WRITING)
    return file.getvalue()


def read(name: str, data: bytes, file_name: str) -> Bundle:
    with TemporaryDirectory() as directory:
        path = Path(directory) / file_name
        path.write_bytes(data)
        return module_of(name).read(path, READING)


def mutated(data: bytes) -> st.SearchStrategy[bytes]:
    """Return the data with some bytes changed, put in or cut out."""

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        found = data
        for at, cut, put in changes:
            place = at % (len(found) + 1)
            found = found[:place] + put + found[place + cut :]
        return found

    change = st.tuples(st.integers(0, 10_000), st.integers(0, 4), st.binary(max_size=3))
    return st.lists(change, min_size=1, max_size=6).map(apply)


def is_sound(bundle: Bundle) -> bool:
    """Tell whether reading told what is wrong or found decks, whose notes have ids of their own."""
    return bool(bundle.decks or bundle.problems) and all(
        len({note.id for note in deck.notes}) == len(deck.notes) > 0
        for deck in bundle.decks
    )
