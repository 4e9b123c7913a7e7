"""Notes from Anki are exported in their original form, with the text that was edited here."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent, Note
from flashcards.formats.anki import package_format
from flashcards.formats.anki.notes.own_notetypes import BASIC, CLOZE, REVERSED
from flashcards.formats.delimited import anki_text_format
from flashcards.formats.formats import ReadContext, WriteContext
from tests.unit.formats.anki.anki_building import ANKI2, ANKI21B, Kind, Package

PAPER = Kind(
    ("Front", "Back", "Venue", "Comment"),
    (("<b>Asked:</b> {{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}<br>{{Venue}}"),),
)
TWO = Kind(
    ("Word", "Meaning", "Example"),
    (
        ("{{Word}}", "{{FrontSide}}<hr id=answer>{{Meaning}}"),
        ("{{Example}}", "{{FrontSide}}<hr id=answer>{{Word}}"),
    ),
)
OWN = {BASIC.id, REVERSED.id, CLOZE.id}


@dataclass
class Written:
    """What a package holds."""

    notes: dict[str, sqlite3.Row]
    cards: list[sqlite3.Row]
    models: dict[str, Any]
    decks: set[str]
    sentences: list[str]

    def fields(self, guid: str = "guid0") -> list[str]:
        return str(self.notes[guid]["flds"]).split("\x1f")


@pytest.fixture
def package() -> Package:
    package = Package()
    package.kinds[4], package.kinds[5] = PAPER, TWO
    return package


@pytest.fixture
def write_back(tmp_path: Path, writing: WriteContext) -> Callable[[Bundle], Written]:
    def write(bundle: Bundle) -> Written:
        path = tmp_path / "back.apkg"
        with path.open("wb") as file:
            sentences = package_format.write(bundle, file, writing)
        with zipfile.ZipFile(path) as archive:
            archive.extract("collection.anki2", tmp_path)
        with closing(sqlite3.connect(tmp_path / "collection.anki2")) as connection:
            connection.row_factory = sqlite3.Row
            notes = connection.execute("SELECT * FROM notes").fetchall()
            cards = connection.execute(
                "SELECT * FROM cards ORDER BY nid, ord"
            ).fetchall()
            models, decks = connection.execute(
                "SELECT models, decks FROM col"
            ).fetchone()
        assert len({row["guid"] for row in notes}) == len(notes)
        return Written(
            {row["guid"]: row for row in notes},
            cards,
            json.loads(models),
            {deck["name"] for deck in json.loads(decks).values()},
            sentences,
        )

    return write


Back = Callable[[Bundle], Written]


def read(
    package: Package, directory: Path, reading: ReadContext, generation: int = ANKI2
) -> Bundle:
    return package_format.read(package.write(directory / "a.apkg", generation), reading)


def edited(bundle: Bundle, change: Callable[[Note], Note]) -> Bundle:
    """Return a bundle as the store gives it after edits of some notes."""

    def new(note: Note) -> Note:
        changed = change(note)
        if changed == note or note.origin is None:
            return note
        return replace(changed, origin=replace(note.origin, is_unchanged=False))

    return replace(
        bundle,
        decks=tuple(
            replace(deck, notes=tuple(map(new, deck.notes))) for deck in bundle.decks
        ),
    )


@pytest.mark.parametrize("generation", [ANKI2, ANKI21B])
def test_an_unchanged_note_is_exported_byte_for_byte(
    package: Package,
    tmp_path: Path,
    reading: ReadContext,
    write_back: Back,
    generation: int,
) -> None:
    package.decks[10] = "AI-Systems 101::L.1::Part (a)"
    odd = (
        "<i>Q</i>&nbsp;<br/>",
        "A <FONT color=red>b</FONT>",
        "",
        "<script>x</script>",
    )
    package.card(package.note(*odd, kind=4, tags=" a,b Über::x "), flags=3 + 8, factor=1850,
                 type=2, queue=2, ivl=5, reps=2, due=900)  # fmt: skip

    written = write_back(read(package, tmp_path, reading, generation))

    assert written.fields() == list(odd)
    row = written.notes["guid0"]
    assert (row["mid"], row["mod"], row["tags"].split()) == (4, 0, ["a,b", "Über::x"])
    (card,) = written.cards
    assert (row["id"], card["id"]) == (package.notes[0][0], package.cards[0][0])
    assert (card["flags"], card["factor"], card["ord"]) == (3, 1850, 0)
    model = written.models["4"]
    assert [field["name"] for field in model["flds"]] == list(PAPER.fields)
    assert [(t["qfmt"], t["afmt"]) for t in model["tmpls"]] == list(PAPER.templates)
    assert written.decks == {"AI-Systems 101::L.1::Part (a)"}


def test_an_edit_is_written_into_the_field_it_came_from(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    package.card(package.note("Q <i>1</i>", "A<br>1", "<u>x</u>", "kept <b>", kind=4))
    bundle = read(package, tmp_path, reading)
    (note,) = bundle.decks[0].notes
    assert isinstance(note, BasicNote)
    assert note.front == "**Asked:** Q *1*"

    def edit(note: Note) -> Note:
        assert isinstance(note, BasicNote)
        return replace(note, front="**Asked:** Q **one** & more")

    written = write_back(edited(bundle, edit))

    assert written.fields() == [
        "Q <b>one</b> &amp; more",
        "A<br>1",
        "<u>x</u>",
        "kept <b>",
    ]
    assert written.notes["guid0"]["mid"] == 4
    assert written.notes["guid0"]["mod"] > 0
    assert not any("beyond" in sentence for sentence in written.sentences)


def test_an_edited_cloze_keeps_its_other_field(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    number = package.note("A {{c1::b::hint}} <b>c</b> {{c3::d}}", "Why<br>so", kind=3)
    package.card(number, 0, flags=1)
    package.card(number, 2, flags=2)

    def edit(note: Note) -> Note:
        assert isinstance(note, ClozeNote)
        return replace(note, text=note.text.replace("{{c3::d}}", "{{c3::e}} {{c4::f}}"))

    written = write_back(edited(read(package, tmp_path, reading), edit))

    assert written.fields() == [
        "A {{c1::b::hint}} <b>c</b> {{c3::e}} {{c4::f}}",
        "Why<br>so",
    ]
    assert [(card["ord"], card["flags"]) for card in written.cards] == [(0, 1), (2, 2), (3, 0)]  # fmt: skip


def test_a_note_that_was_split_is_exported_as_one_note(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    number = package.note("word", "meaning", "an example", kind=5)
    package.card(number, 0, flags=1)
    package.card(number, 1, flags=2)
    bundle = read(package, tmp_path, reading)
    assert [note.id for note in bundle.decks[0].notes] == ["guid0", "guid0.2"]

    def edit(note: Note) -> Note:
        assert isinstance(note, BasicNote)
        return replace(note, front="another") if note.id.endswith(".2") else note

    written = write_back(edited(bundle, edit))

    assert list(written.notes) == ["guid0"]
    assert written.fields() == ["word", "meaning", "another"]
    assert [(card["ord"], card["flags"]) for card in written.cards] == [(0, 1), (1, 2)]


def test_an_edit_that_no_field_can_hold_is_exported_in_our_notetype_with_a_sentence(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    package.basic()

    def edit(note: Note) -> Note:
        assert isinstance(note, BasicNote)
        return replace(
            note, front="Other?", why="A reason that Basic has no field for."
        )

    written = write_back(edited(read(package, tmp_path, reading), edit))

    assert written.notes["guid0"]["mid"] in OWN
    assert written.fields()[:3] == ["Other?", "Back.", "A reason that Basic has no field for."]  # fmt: skip
    assert any("edited beyond what the notetype can hold" in sentence for sentence in written.sentences)  # fmt: skip


def test_tags_from_anki_keep_their_spelling_when_tags_are_added(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    package.card(package.note("Q", "A", tags=" a,b gone stays "))

    def edit(note: Note) -> Note:
        return replace(note, tags=(*(tag for tag in note.tags if tag != "gone"), "new"))

    written = write_back(edited(read(package, tmp_path, reading), edit))

    assert written.notes["guid0"]["tags"].split() == ["a,b", "stays", "new"]
    assert written.fields() == ["Q", "A"]


def test_exported_marks_are_those_of_the_collection(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    package.card(package.note("Q", "A", tags=" x Marked "))
    package.card(package.note("R", "B", tags=" y "))
    bundle = read(package, tmp_path, reading)
    assert bundle.marked == {"guid0"}

    same = write_back(bundle)
    assert same.notes["guid0"]["tags"].split() == ["x", "Marked"]
    assert same.notes["guid0"]["mod"] == same.notes["guid1"]["mod"] == 0

    other = write_back(replace(bundle, marked=frozenset({"guid1"})))
    assert other.notes["guid0"]["tags"].split() == ["x"]
    assert other.notes["guid1"]["tags"].split() == ["y", "marked"]
    assert other.notes["guid1"]["mod"] > 0


def test_two_notetypes_with_one_id_are_not_mixed(
    package: Package, tmp_path: Path, reading: ReadContext, write_back: Back
) -> None:
    package.basic("One", "1")
    first = read(package, tmp_path, reading)
    other = Package(kinds={1: Kind(("A", "B", "C"), (("{{A}}", "{{B}}"),))})
    other.decks[10] = "Other"
    other.card(other.note("Two", "2", "3", guid="x"))
    second = read(other, tmp_path, reading)

    written = write_back(Bundle(decks=(*first.decks, *second.decks)))

    assert len(written.notes) == 2
    for row in written.notes.values():
        count = len(written.models[str(row["mid"])]["flds"])
        assert len(row["flds"].split("\x1f")) == count


def test_a_package_of_ours_is_read_without_origins(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    note = BasicNote(id="n1", front="Q", back="A")
    path = tmp_path / "own.apkg"
    with path.open("wb") as file:
        deck = DeckContent(key="a", title="A", notes=(note,))
        package_format.write(Bundle(decks=(deck,)), file, writing)

    (deck_read,) = package_format.read(path, reading).decks

    assert [note.origin for note in deck_read.notes] == [None]


def test_anki_text_exports_deck_id_and_tags_as_in_anki(
    package: Package, tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    package.decks[10] = "AI-Systems 101::L.1"
    package.card(package.note("Q", "A", guid="k[h&", tags=" a,b Über::x "))
    buffer = io.BytesIO()

    anki_text_format.write(read(package, tmp_path, reading), buffer, writing)

    row = buffer.getvalue().decode().splitlines()[-1]
    assert row.split("\t") == ["k[h&", "Basic", "AI-Systems 101::L.1", "Q", "A", "a,b Über::x"]  # fmt: skip
