"""Files from programs and people, each with the notes that are read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.domain.content import Note
from flashcards.domain.note_json import to_dict
from flashcards.formats.formats import ReadContext, format_to_read
from tests.goldens import compare_with_golden

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(
    path for path in GOLDEN.iterdir() if path.suffix in (".csv", ".tsv", ".txt")
)


def describe(note: Note) -> str:
    data = to_dict(note)
    known = "" if not data["id"].startswith("w-") else " (by its wording)"
    lines = [f"  line {note.line}: {data.pop('kind')}{known}"]
    if known:
        del data["id"]
    lines.extend(f"    {name}: {value!r}" for name, value in data.items())
    return "\n".join(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_as_expected(path: Path, reading: ReadContext) -> None:
    file_format = format_to_read(path)
    bundle = file_format.module.read(path, reading)

    lines = [file_format.title]
    for deck in bundle.decks:
        lines.append(f"{deck.key} ({deck.title})")
        lines.extend(map(describe, deck.notes))
    lines.extend(
        f"{problem.severity} in line {problem.line}: {problem.message}"
        for problem in bundle.problems
    )

    compare_with_golden("\n".join(lines) + "\n", GOLDEN / "read" / f"{path.stem}.txt")
