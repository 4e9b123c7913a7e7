"""Laws of tables: an export is read back unchanged, and no file breaks the reader."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent
from flashcards.formats.delimited.own_table import COLUMNS
from flashcards.formats.delimited.spreadsheet_cells import (
    quote_formula,
    unquote_formula,
)
from tests.examples import scale_examples
from tests.property.decks.test_decks import (
    decks,
    ids,
    many,
    optional_texts,
    tags,
    texts,
)
from tests.property.formats.exchange_laws import export, is_sound, mutate, read

awkward = st.text('ab,;\t|"\n #<>&=*_-.', min_size=1, max_size=20).filter(str.strip)
awkward_notes = st.one_of(
    st.builds(BasicNote, id=ids, front=awkward, back=awkward, why=st.just("") | awkward),
    st.builds("{}{{{{c1::x}}}}{}".format, awkward, awkward).map(lambda text: ClozeNote(id="", text=text)),
)  # fmt: skip
awkward_decks = st.lists(awkward_notes, min_size=1, max_size=4).map(
    lambda notes: DeckContent(
        key="a/b",
        title="a/b",
        notes=tuple(replace(n, id=f"n{i}") for i, n in enumerate(notes)),
    )
)
simple = st.builds(
    BasicNote, id=ids, front=texts, back=texts, why=optional_texts, tags=many(tags)
)


@settings(max_examples=scale_examples(80))
@given(decks | awkward_decks)
@example(
    DeckContent(
        key="a",
        title="A",
        notes=(BasicNote(id="anki.a.7c", front=" f", back='b, "c"'),),
    )
)
def test_csv_round_trips_every_kind_of_note(deck: DeckContent) -> None:
    data = export("csv", Bundle(decks=(deck,)))

    bundle = read("csv", data, "cards.csv")

    assert bundle.problems == ()
    assert [read_deck.notes for read_deck in bundle.decks] == [deck.notes]
    assert bundle.decks[0].key == deck.key
    assert export("csv", bundle) == data


computed = st.text("'=+-@\t\r\n＝＋1.5x ", max_size=6)


@given(computed)
@example("-5")
@example("'-5")
@example("''=x")
@example("- a\n- b")
def test_no_written_cell_is_a_formula_and_each_is_restored(cell: str) -> None:
    written_cell = quote_formula(cell)

    assert unquote_formula(written_cell) == cell
    if written_cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋")):
        assert re.fullmatch(r"\s*[-+]?[\d.,]+\s*", written_cell)
    assert written_cell.removeprefix("'") in (cell, cell.removeprefix("'"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+x", "-x", "@sum", "'=1", "''@x", "- one\n- two", "-5", "'-5"]
)
def test_a_text_that_looks_like_a_formula_survives_a_csv(text: str) -> None:
    note = BasicNote(id="n1", front=text, back=text, why=text)
    data = export("csv", Bundle((DeckContent(key="a", title="A", notes=(note,)),)))

    ((note_read,),) = (deck.notes for deck in read("csv", data, "a.csv").decks)

    assert note_read == note
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert rows[1][5].startswith("'") or text == "-5"


def test_leading_quotes_in_foreign_tables_stay() -> None:
    bundle = read("csv", b"front,back\n'=x,'-y\n", "a.csv")

    (note,) = bundle.decks[0].notes
    assert isinstance(note, BasicNote)
    assert (note.front, note.back) == ("'=x", "'-y")


@settings(max_examples=scale_examples(80))
@given(decks | awkward_decks)
def test_anki_text_that_is_imported_is_exported_the_same_again(
    deck: DeckContent,
) -> None:
    data = export("anki-text", Bundle(decks=(deck,)))

    bundle = read("anki-text", data, "notes.txt")

    assert [p for p in bundle.problems if p.severity == "error"] == []
    assert export("anki-text", bundle) == data


@given(simple)
def test_a_plain_note_survives_anki_text(note: BasicNote) -> None:
    note = replace(note, why="")
    deck = DeckContent(key="a/b", title="A", notes=(note,))

    (read_deck,) = read(
        "anki-text", export("anki-text", Bundle((deck,))), "n.txt"
    ).decks

    assert read_deck.notes == (note,)


tables = st.lists(
    st.sampled_from(
        ["front", "back", "tags", "id", "deck", "json", "kind", "text", "option 1", "option 2", "correct", "a", "b", "A", "\n",
         "\n", "\n", ",", ",", ";", "\t", "|", '"', '""', "{{c1::", "x}}", "<b>", "</b>", "&lt;", "#", "#separator:tab\n",
         "#guid column:1\n", "#tags column:2\n", "#columns:a,b\n", "#html:true\n", "sep=;\n", "tags: x\n", " ", "\r", "\x00",
         "\u202e", '{"kind":"choice"}', "[[", "basic", "é", "1", " - "]
    ),
    max_size=40,
).map("".join)  # fmt: skip
NAMES = {"csv": "a.csv", "tsv": "a.tsv", "anki-text": "a.txt", "quizlet": "a.txt"}


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=scale_examples(150))
@given(table=tables)
@example(table="a,b\n1,2,3\n")
def test_any_table_is_read_or_has_a_problem_reported(name: str, table: str) -> None:
    bundle = read(name, table.encode(), NAMES[name])

    assert is_sound(bundle)
    for deck in bundle.decks:
        for note in deck.notes:
            assert not REFUSED.search(repr(note))


VALID = export(
    "csv",
    Bundle(
        decks=(
            DeckContent(
                key="a/b",
                title="A",
                notes=(
                    BasicNote(id="n1", front='Say "a, b"', back="1\n2", tags=("x",)),
                    BasicNote(id="n2", front="é", back="ü", reverse=True, why="w"),
                    ClozeNote(id="n3", text="A {{c1::b}}"),
                ),
            ),
        )
    ),
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=scale_examples(150))
@given(data=mutate(VALID) | mutate(VALID.decode().encode("utf-16")))
def test_damaged_bytes_raise_no_error(name: str, data: bytes) -> None:
    assert is_sound(read(name, data, NAMES[name]))


@given(st.lists(st.lists(awkward, min_size=2, max_size=2), min_size=3, max_size=6))
def test_questions_and_answers_of_any_spreadsheet_are_read(
    rows: list[list[str]],
) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([["Front", "Back"], *rows])

    bundle = read("csv", file.getvalue().encode(), "a.csv")

    notes = sum(len(deck.notes) for deck in bundle.decks)
    assert notes + len([p for p in bundle.problems if p.line > 1]) >= len(rows)
    assert not [p for p in bundle.problems if p.severity == "error"]


def test_the_columns_of_our_own_table_are_recognized() -> None:
    data = export("csv", Bundle(decks=()))

    assert data.decode() == ",".join(COLUMNS) + "\n"
