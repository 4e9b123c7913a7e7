"""Editing a deck file changes only what is different; the rest stays as written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flashcards.decks.files import find_deck_files, shipped_decks
from flashcards.decks.reader import read_deck, read_deck_text
from flashcards.decks.writing.editing import edit_deck_text
from flashcards.decks.writing.writer import write_deck
from flashcards.domain.content import BasicNote, DeckContent, Note

FILE = """\
# A deck of mine.
deck: a/b
title: 'Of all'   # shown on top
license: CC0

topics: {on: "Switched on"}

notes:
  # Part one

  # about n1
  - id: n1
    front: What?   # a question
    # about the back
    back: |
      That.
      # not a comment
    tags: [x,   y]

  - {id: n2, front: Why?, back: So.}

  # about n3
  - front: How?
    id: n3
    back: "Like
      this."
  # the end
"""


def deck_of(text: str | bytes) -> DeckContent:
    data = text.encode() if isinstance(text, str) else text
    deck, problems = read_deck_text(data, "")
    assert deck is not None
    assert not [one for one in problems if one.severity == "error"]
    return replace(deck, digest="")


def changed(text: str, **changes: dict[str, Any]) -> str:
    """Return the file with changed fields of notes, and check that it reads back with them."""
    deck = deck_of(text)
    notes = tuple(replace(note, **changes.get(note.id, {})) for note in deck.notes)
    return edit(text, replace(deck, notes=notes))


def edit(text: str, deck: DeckContent) -> str:
    found = edit_deck_text(text.encode(), deck).decode()
    assert deck_of(found) == deck
    return found


def test_an_unchanged_deck_stays_byte_for_byte() -> None:
    assert edit(FILE, deck_of(FILE)) == FILE


@pytest.mark.parametrize(
    "path", find_deck_files([shipped_decks()])[:6], ids=lambda p: p.stem
)
def test_a_change_of_one_field_changes_one_line(path: Any) -> None:
    deck, _ = read_deck(path)
    assert deck is not None
    text = path.read_text()
    first = deck.notes[0]
    notes = (replace(first, hint="New: hint"), *deck.notes[1:])

    found = edit_deck_text(text.encode(), replace(deck, notes=notes)).decode()

    lines = set(text.splitlines())
    new = [line for line in found.splitlines() if line not in lines]
    assert new == ['    hint: "New: hint"']


def test_a_changed_field_keeps_the_comment_after_it() -> None:
    assert changed(FILE, n1={"front": "Who: you?"}) == FILE.replace(
        "What?   #", '"Who: you?"   #'
    )
    assert changed(FILE, n1={"tags": ("z",)}) == FILE.replace("[x,   y]", "[z]")
    assert changed(FILE, n3={"front": "When?"}) == FILE.replace("How?", "When?")


def test_a_text_of_several_lines_is_replaced() -> None:
    assert changed(FILE, n1={"back": "a\nb"}) == FILE.replace(
        "|\n      That.\n      # not a comment\n", "|-\n      a\n      b\n"
    )
    assert changed(FILE, n3={"back": "Now."}) == FILE.replace(
        '"Like\n      this."', "Now."
    )
    assert changed(FILE, n3={"front": "a\nb"}) == FILE.replace(
        "- front: How?", "- front: |-\n      a\n      b"
    )


def test_a_field_is_inserted_in_the_order_of_the_format_and_removed_alone() -> None:
    assert changed(FILE, n1={"hint": "h"}) == FILE.replace(
        "    tags:", "    hint: h\n    tags:"
    )
    assert changed(FILE, n1={"tags": ()}) == FILE.replace("    tags: [x,   y]\n", "")
    assert changed(FILE, n1={"topic": "on"}) == FILE.replace(
        "  - id: n1\n", '  - id: n1\n    topic: "on"\n'
    )


def test_a_changed_note_in_brackets_is_rewritten() -> None:
    assert changed(FILE, n2={"back": "No."}) == FILE.replace(
        "  - {id: n2, front: Why?, back: So.}\n",
        "  - id: n2\n    kind: basic\n    front: Why?\n    back: No.\n",
    )


def test_a_deleted_note_takes_its_own_comments_along() -> None:
    deck = deck_of(FILE)
    first, second, third = deck.notes

    without_first = edit(FILE, replace(deck, notes=(second, third)))
    without_third = edit(FILE, replace(deck, notes=(first, second)))
    without_all = edit(FILE, replace(deck, notes=()))

    assert without_first == FILE.replace(
        FILE[FILE.index("  # about n1") : FILE.index("\n  - {id: n2")], ""
    )
    assert without_third == FILE.replace(
        FILE[FILE.index("\n  # about n3") : FILE.index("  # the end")], ""
    )
    assert "# Part one" in without_all
    assert "# the end" in without_all
    assert "# about" not in without_all


def test_a_new_note_has_the_indentation_and_the_blank_lines_of_the_file() -> None:
    new = BasicNote(id="n4", front="New?", back="a\n\nb")
    deck = deck_of(FILE)
    lines = "  - id: n4\n    kind: basic\n    front: New?\n    back: |-\n      a\n\n      b\n"

    last = edit(FILE, replace(deck, notes=(*deck.notes, new)))
    second = edit(FILE, replace(deck, notes=(deck.notes[0], new, *deck.notes[1:])))

    assert last == FILE.replace("  # the end", f"\n{lines}  # the end")
    assert second == FILE.replace("\n  - {id: n2", f"\n{lines}\n  - {{id: n2")
    tight = "deck: a\ntitle: A\nnotes:\n- id: a\n  front: a\n  back: a\n- id: b\n  front: b\n  back: b\n"
    deck = deck_of(tight)
    assert edit(tight, replace(deck, notes=(*deck.notes, new))) == tight + (
        "- id: n4\n  kind: basic\n  front: New?\n  back: |-\n    a\n\n    b\n"
    )


def test_reordered_notes_keep_their_comments() -> None:
    deck = deck_of(FILE)

    found = edit(FILE, replace(deck, notes=deck.notes[::-1]))

    assert found.index("# about n3") < found.index("n2") < found.index("# about n1")
    assert "\n\n\n" not in found


def test_the_head_changes_field_by_field() -> None:
    deck = deck_of(FILE)

    found = edit(
        FILE,
        replace(
            deck,
            title="Of: some",
            license="",
            version="1.0",
            topics=(("later", "Later"),),
        ),
    )

    assert found == (
        FILE.replace("'Of all'   #", '"Of: some"   #')
        .replace("license: CC0\n", "")
        .replace('{on: "Switched on"}', "{later: Later}")
        .replace("\nnotes:", '\nversion: "1.0"\nnotes:')
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "deck: [\n",
        "deck: a\ntitle: A\nnotes:\n  - id: x\n    front: only\n",
        "{deck: a, title: A, notes: [{id: a, front: b, back: c}]}\n",
        "deck: a\ntitle: A\nnotes: [{id: a, front: b, back: c}]\n",
    ],
)
def test_a_file_that_cannot_be_edited_is_rewritten(text: str) -> None:
    deck = replace(deck_of(FILE), title="Other")

    assert edit(text, deck) == write_deck(deck)


def test_the_first_note_is_added_to_an_empty_list() -> None:
    text = "# mine\ndeck: a\ntitle: A\nnotes: []   # none yet\n"
    note: Note = BasicNote(id="a", front="b", back="c")

    found = edit(text, replace(deck_of(text), notes=(note,)))

    assert found.startswith("# mine\ndeck: a\ntitle: A\nnotes:\n  - id: a\n")


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    data = ("\ufeff" + FILE.replace("\n", "\r\n")).encode().removesuffix(b"\r\n")
    deck = deck_of(FILE)
    first: Any = deck.notes[0]
    notes = (replace(first, front="Who?"), *deck.notes[1:])

    found = edit_deck_text(data, replace(deck, notes=notes))

    assert found == data.replace(b"What?", b"Who?")
