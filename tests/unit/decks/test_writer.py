"""Writing decks: the canonical form, and the schema for editors."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from flashcards.decks.fields.fields import Table
from flashcards.decks.fields.head import DECK_FIELDS
from flashcards.decks.fields.kinds import (
    NOTE_FIELDS,
    OPTION_FIELDS,
    PAIR_FIELDS,
    POINT_FIELDS,
    SOURCE_FIELDS,
)
from flashcards.decks.files import find_deck_files, shipped_decks
from flashcards.decks.reader import read_deck, read_deck_text
from flashcards.decks.schema import deck_schema
from flashcards.decks.writing.writer import head_to_dict, write_deck
from flashcards.domain.content import (
    NOTE_KINDS,
    BasicNote,
    ClozeNote,
    DeckContent,
    NumericNote,
    Option,
    Pair,
    Point,
    RecallNote,
    Source,
)
from flashcards.domain.note_json import own_fields, to_dict

DECK = DeckContent(
    key="a/b",
    title="Of all: sorts",
    version="1.0.0",
    topics=(("on", "Switched on"),),
    notes=(
        BasicNote(
            id="n1",
            topic="on",
            front="What holds a colon: this?",
            back="Two lines:\n  - one\n- two",
            reverse=True,
            why="Ends with a line.\n",
            source=Source("opitz2019", "sec. 2"),
            tags=("f1", "no"),
            as_of="2026-11",
        ),
        ClozeNote(id="n2", text='Say {{c1::"yes"}} or {{c2::no}}.\tTab'),
        NumericNote(
            id="n3",
            tier="depth",
            question="How many at {qps}?",
            answer="qps * 2",
            tolerance="5%",
            variables=(("qps", (1, 2.5)),),
        ),
        RecallNote(
            id="n4",
            question="Which?",
            points=(Point("One", keywords=("a",)), Point("Two")),
        ),
    ),
)


def test_a_deck_is_written_in_canonical_form() -> None:
    assert write_deck(DECK) == dedent("""\
        deck: a/b
        title: "Of all: sorts"
        version: 1.0.0
        topics:
          "on": Switched on
        notes:
          - id: n1
            kind: basic
            topic: "on"
            front: "What holds a colon: this?"
            back: |-
              Two lines:
                - one
              - two
            reverse: true
            why: |
              Ends with a line.
            source: {key: opitz2019, at: sec. 2}
            tags: [f1, "no"]
            as_of: "2026-11"

          - id: n2
            kind: cloze
            text: "Say {{c1::\\"yes\\"}} or {{c2::no}}.\\tTab"

          - id: n3
            kind: numeric
            tier: depth
            question: How many at {qps}?
            answer: qps * 2
            tolerance: 5%
            variables: {qps: [1, 2.5]}

          - id: n4
            kind: recall
            question: Which?
            points:
              - text: One
                keywords: [a]
              - text: Two
        """)


def test_other_yaml_readers_read_the_same_values() -> None:
    plain = yaml.safe_load(write_deck(DECK))
    assert plain == {
        **head_to_dict(DECK),
        "notes": [to_dict(note) for note in DECK.notes],
    }


@pytest.mark.parametrize(
    "path", find_deck_files([shipped_decks()]), ids=lambda path: path.stem
)
def test_shipped_decks_are_the_same_after_writing_and_reading(path: Path) -> None:
    deck, problems = read_deck(path)
    assert deck is not None
    assert [problem for problem in problems if problem.severity == "error"] == []
    again, _ = read_deck_text(write_deck(deck).encode(), str(path))
    assert again is not None
    assert again.notes == deck.notes
    assert again.topics == deck.topics


def test_a_deck_without_notes_can_be_written() -> None:
    text = write_deck(DeckContent(key="a", title="A", notes=()))
    assert text == "deck: a\ntitle: A\nnotes: []\n"


def properties(schema: dict[str, Any]) -> list[str]:
    return list(schema["properties"])


def test_the_schema_has_the_fields_of_the_reader() -> None:
    schema = deck_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert properties(schema) == [*DECK_FIELDS, "notes"]
    assert schema["required"] == ["deck", "title", "notes"]
    assert list(schema["$defs"]) == list(NOTE_FIELDS)
    for kind, table in NOTE_FIELDS.items():
        definition = schema["$defs"][kind]
        assert properties(definition) == list(table)
        assert definition["required"] == [
            name for name, field in table.items() if field.required
        ]
        assert definition["additionalProperties"] is False
    json.dumps(schema)


def test_the_reader_has_the_fields_of_the_notes() -> None:
    assert list(NOTE_FIELDS) == list(NOTE_KINDS)
    for kind, note in NOTE_KINDS.items():
        # Where a note comes from does not make it another note, and is not written.
        content = {field.name for field in dataclasses.fields(note) if field.compare}
        assert set(NOTE_FIELDS[kind]) == content | {"kind"}
        assert [name for name in NOTE_FIELDS[kind] if name in own_fields(note)] == list(
            own_fields(note)
        )


@pytest.mark.parametrize(
    ("table", "made"),
    [
        (SOURCE_FIELDS, Source),
        (OPTION_FIELDS, Option),
        (PAIR_FIELDS, Pair),
        (POINT_FIELDS, Point),
    ],
)
def test_the_reader_has_the_fields_of_options_pairs_and_points(
    table: Table, made: type[Any]
) -> None:
    assert list(table) == [field.name for field in dataclasses.fields(made)]
