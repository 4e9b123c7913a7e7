"""Our own table is readable in a spreadsheet and is read back without loss, edited or not."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.decks.files import find_deck_files, shipped_decks
from flashcards.decks.reader import read_deck
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    Note,
    NumericNote,
    Option,
    Source,
)
from flashcards.formats.delimited import csv_format
from flashcards.formats.delimited.own_table import COLUMNS
from flashcards.formats.formats import ReadContext, WriteContext

CHOICE = ChoiceNote(
    id="n3",
    question="Which?",
    options=(Option("x", correct=True, why="so"), Option("y")),
)
REVERSED = BasicNote(
    id="n2", front="q", back="a", reverse=True, source=Source("o", "s. 2")
)
DECK = DeckContent(
    key="a/b",
    title="Of sorts",
    notes=(
        BasicNote(id="n1", front=" lead", back="1\n2\n", tags=("a;b", "c")),
        REVERSED,
        CHOICE,
        ClozeNote(id="n4", text="{{c1::x}}, y", tier="depth", topic="t", why="w"),
    ),
)  # fmt: skip


def write_table(writing: WriteContext, *decks: DeckContent) -> tuple[str, list[str]]:
    file = io.BytesIO()
    losses = csv_format.write(Bundle(decks=decks), file, writing)
    assert not file.closed
    return file.getvalue().decode(), losses


def read(directory: Path, text: str, reading: ReadContext) -> Bundle:
    path = directory / "cards.csv"
    path.write_text(text, encoding="utf-8")
    return csv_format.read(path, reading)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def join_rows(table: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(table)
    return file.getvalue()


def test_the_table_has_one_row_per_note(writing: WriteContext) -> None:
    text, losses = write_table(writing, DECK)
    table = rows(text)

    assert [row["id"] for row in table] == ["n1", "n2", "n3", "n4"]
    assert table[2]["front"] == "Which?"
    assert table[2]["back"] == "'- x (so)"
    assert table[0]["json"] == ""
    assert table[1]["json"] == '{"reverse": true, "source": {"key": "o", "at": "s. 2"}}'
    assert losses == []
    _, losses = write_table(writing, replace(DECK, description="All of it."))
    assert losses == [
        "A file of CSV holds only the name of a deck. Left out: description of 1 deck."
    ]


@pytest.mark.parametrize(
    "path", find_deck_files([shipped_decks()]), ids=lambda p: p.stem
)
def test_a_shipped_deck_is_read_back_without_loss(
    path: Path, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    deck, _ = read_deck(path)
    assert deck is not None

    bundle = read(tmp_path, write_table(writing, deck)[0], reading)

    assert bundle.problems == ()
    assert bundle.decks[0].notes == deck.notes
    assert bundle.decks[0].key == deck.key


def test_edits_in_the_spreadsheet_are_imported(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    table = rows(write_table(writing, DECK)[0])
    table[1] |= {"back": "new", "tags": "x y"}
    table[2] |= {"front": "Which one?"}
    table.append(
        dict.fromkeys(COLUMNS, "") | {"deck": "a/b", "front": "f", "back": "b"}
    )

    bundle = read(tmp_path, join_rows(table), reading)

    notes = bundle.decks[0].notes
    assert bundle.problems == ()
    assert notes[1] == replace(REVERSED, back="new", tags=("x", "y"))
    assert notes[2] == replace(CHOICE, question="Which one?")
    assert isinstance(notes[4], BasicNote)
    assert notes[4].id in bundle.decks[0].derived_ids


def test_an_edit_of_an_unread_answer_is_reported(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    table = rows(write_table(writing, DECK)[0])
    table[2] |= {"back": "y"}

    bundle = read(tmp_path, join_rows(table), reading)

    assert bundle.decks[0].notes == DECK.notes
    assert [str(problem.message) for problem in bundle.problems] == [
        (
            "The answer of a choice note comes from the column json, so its column "
            "back was left out."
        )
    ]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("{", "broken-json-cell"),
        ("[1]", "broken-json-cell"),
        ("[" * 20_000, "broken-json-cell"),
        ('{"a":' * 900 + "1" + "}" * 900, "broken-json-cell"),
        ('{"options": 3}', "not-a-list"),
        ('{"options": null}', "missing-field"),
        ('{"answer": 1e999}', "field-of-another-kind"),
        ('{"hint": "\\u202e"}', "unsafe-character"),
        ('{"surprise": 1}', "unknown-key"),
        ("", "missing-field"),
    ],
)
def test_a_broken_json_cell_costs_only_its_row(
    cell: str, rule: str, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    table = rows(write_table(writing, DECK)[0])
    table[2]["json"] = cell

    bundle = read(tmp_path, join_rows(table), reading)

    assert rule in {problem.rule for problem in bundle.problems}
    assert [note.id for note in bundle.decks[0].notes] == ["n1", "n2", "n4"]


@pytest.mark.parametrize(
    "note",
    [
        NumericNote(id="x", question="q", answer=10**20, tolerance="5%"),
        NumericNote(id="x", question="{a}", answer="a+1", variables=(("a", (1, 2.5)),)),
        BasicNote(id="x", front="=1+1", back="@x", why="-5"),
        BasicNote(id="anki.Dy.7c9", front="f", back="b"),
    ],
)
def test_ids_numbers_and_formulas_do_not_change(
    note: Note, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    deck = replace(DECK, notes=(note,))

    bundle = read(tmp_path, write_table(writing, deck)[0], reading)

    assert [deck.notes for deck in bundle.decks] == [(note,)]
