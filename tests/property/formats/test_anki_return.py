"""Any edit of a note from Anki is in the exported package, and nothing else changes."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote
from tests.examples import scale_examples
from tests.property.decks.test_decks import texts
from tests.property.formats.exchange_laws import export, read
from tests.unit.formats.anki.anki_building import Kind, Package

KINDS = (
    Kind(),
    Kind(
        ("Front", "Back", "More"),
        (("Asked: {{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}<br>{{More}}"),),
    ),
    Kind(
        ("A", "B", "C"),
        (("{{A}}", "{{B}}"), ("{{B}}", "{{FrontSide}}<hr id=answer>{{A}}")),
    ),
)
fields = st.lists(
    st.sampled_from(["a", "B", " ", "<b>", "</b>", "<br>", "&lt;", "é", "*", "<div>", "</div>", "&nbsp;", "_"]),
    max_size=8,
).map(lambda parts: "x" + "".join(parts))  # fmt: skip


def imported(kind: Kind, values: list[str]) -> Bundle:
    package = Package(kinds={1: kind})
    number = package.note(*values)
    for ord_ in range(len(kind.templates)):
        package.card(number, ord_)
    with tempfile.TemporaryDirectory() as directory:
        data = package.write(Path(directory) / "a.apkg").read_bytes()
    return read("anki", data, "a.apkg")


@settings(max_examples=scale_examples(60))
@given(
    kind=st.sampled_from(KINDS),
    values=st.lists(fields, min_size=3, max_size=3, unique=True),
    front=texts,
    is_front=st.booleans(),
)
@example(kind=KINDS[0], values=["xa", "xb", "xc"], front="*", is_front=True)
def test_an_edited_note_reads_back_as_it_was_edited(
    kind: Kind, values: list[str], front: str, is_front: bool
) -> None:
    bundle = imported(kind, values[: len(kind.fields)])
    notes = [note for deck in bundle.decks for note in deck.notes]
    first = notes[0]
    assert isinstance(first, BasicNote)
    assert first.origin
    edited = replace(
        first,
        front=front if is_front else first.front,
        back=first.back if is_front else front,
        origin=replace(first.origin, is_unchanged=False),
    )
    decks = tuple(
        replace(deck, notes=(edited, *deck.notes[1:])) for deck in bundle.decks
    )

    back = read("anki", export("anki", replace(bundle, decks=decks)), "b.apkg")

    notes_read = [note for deck in back.decks for note in deck.notes]
    assert {note.id for note in notes_read} == {note.id for note in notes}
    assert edited in notes_read
