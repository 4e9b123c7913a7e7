"""Read tables that tests write."""

from __future__ import annotations

from pathlib import Path

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, Note
from flashcards.formats.delimited import csv_format, tsv_format
from flashcards.formats.formats import ReadContext


class Reader:
    """Reads bytes or text as a file with a name."""

    def __init__(self, directory: Path, context: ReadContext) -> None:
        self._directory = directory
        self._reading = context

    def __call__(self, content: str | bytes, name: str = "cards.csv") -> Bundle:
        path = self._directory / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        if path.suffix == ".tsv":
            return tsv_format.read(path, self._reading)
        return csv_format.read(path, self._reading)


def list_pairs(bundle: Bundle) -> list[tuple[str, str]]:
    return [
        (note.front, note.back)
        for deck in bundle.decks
        for note in deck.notes
        if isinstance(note, BasicNote)
    ]


def list_problems(bundle: Bundle) -> list[tuple[int, str]]:
    return [(problem.line, problem.rule) for problem in bundle.problems]


def get_only_note(bundle: Bundle) -> Note:
    ((note,),) = (deck.notes for deck in bundle.decks)
    return note
