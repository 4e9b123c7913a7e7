"""The registry: which format reads and writes a file, and what every format has to keep to."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from flashcards.bundle import Bundle
from flashcards.content import BasicNote, ClozeNote, DeckContent, Source
from flashcards.decks.writer import write_deck
from flashcards.errors import UsageError
from flashcards.exchange.formats import (
    FORMATS,
    Writing,
    format_to_read,
    format_to_write,
)

DECK = DeckContent(
    key="a/b",
    title="Of all: sorts",
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
        ),
        ClozeNote(id="n2", text='Say {{c1::"yes"}} or {{c2::no}}.\tTab'),
    ),
)


def written(name: str, bundle: Bundle, writing: Writing) -> str:
    file = io.BytesIO()
    format_to_write(Path(), name).module.write(bundle, file, writing)
    return file.getvalue().decode()


def test_a_format_is_found_by_name_or_suffix() -> None:
    assert format_to_write(Path("a.YML")).name == "yaml"
    assert format_to_write(Path("a.txt"), "csv").name == "csv"
    assert format_to_write(Path("a.json")).name == "json"
    with pytest.raises(UsageError, match=r"suffix of a\.doc is not known. Use one of"):
        format_to_write(Path("a.doc"))
    with pytest.raises(UsageError, match="format doc is not known"):
        format_to_write(Path("a.yaml"), "doc")
    with pytest.raises(UsageError, match="no import format doc"):
        format_to_read(Path("a.yaml"), "doc")


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_the_module_of_a_format_does_what_the_registry_says(each: object) -> None:
    assert each in FORMATS
    for found in FORMATS:
        if found is each:
            assert hasattr(found.module, "read") >= found.reads
            assert hasattr(found.module, "looks_like") >= found.reads
            assert hasattr(found.module, "write") == found.writes


def test_a_yaml_file_holds_one_deck(writing: Writing) -> None:
    assert written("yaml", Bundle(decks=(DECK,)), writing) == write_deck(DECK)
    with pytest.raises(UsageError, match="A YAML file holds one deck"):
        written("yaml", Bundle(decks=(DECK, DECK)), writing)


def test_json_has_the_fields_of_the_deck_format(writing: Writing) -> None:
    deck = json.loads(written("json", Bundle(decks=(DECK,)), writing))["decks"][0]

    assert deck["topics"] == {"on": "Switched on"}
    assert deck["notes"][1]["text"] == 'Say {{c1::"yes"}} or {{c2::no}}.\tTab'
