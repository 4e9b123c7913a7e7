"""Notes of other formats must follow the rules of deck files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flashcards.decks.files import find_deck_files, shipped_decks
from flashcards.decks.plain import read_clean_note
from flashcards.decks.reader import read_deck
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    Note,
    NumericNote,
    Option,
    Source,
)
from flashcards.formats.common.rules import new_collector


@pytest.mark.parametrize(
    "path", find_deck_files([shipped_decks()]), ids=lambda p: p.stem
)
def test_every_note_of_a_deck_file_is_accepted_unchanged(path: Path) -> None:
    deck, _ = read_deck(path)
    assert deck is not None
    collector = new_collector(str(path))

    assert tuple(read_clean_note(note, collector) for note in deck.notes) == deck.notes
    assert not collector.problems


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        (BasicNote(id="a", front="", back="b"), "blank-text"),
        (BasicNote(id="a", front="a", back=" \n"), "blank-text"),
        (BasicNote(id="a b", front="a", back="b"), "wrong-form"),
        (BasicNote(id="a", front="a" * 100_001, back="b"), "too-long"),
        (BasicNote(id="a", front="a\x1b[2J", back="b"), "unsafe-character"),
        (BasicNote(id="a", front="a", back="b", why="\u202e"), "unsafe-character"),
        (BasicNote(id="a", front="a", back="b", tags=("c d",)), "wrong-form"),
        (ClozeNote(id="a", text="no gap"), "cloze-without-gap"),
        (ChoiceNote(id="a", question="q", options=(Option("x"),)), "too-few"),
        (NumericNote(id="a", question="q", answer="1 +"), "not-a-number"),
    ],
)
def test_a_note_that_a_deck_file_cannot_contain_is_refused_at_its_line(
    note: Note, rule: str
) -> None:
    collector = new_collector("deck.csv")

    assert read_clean_note(replace(note, line=7), collector) is None
    assert collector.problems[0].rule == rule
    assert collector.problems[0].line == 7


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"style": "Two words"}, "wrong-form"),
        ({"tier": "deep"}, "unknown-value"),
        ({"topic": "\x07"}, "unsafe-character"),
        ({"hint": "h" * 10_001}, "too-long"),
        ({"source": Source("no key")}, "wrong-form"),
        ({"source": Source("key", at="two\nlines")}, "several-lines"),
        ({"derived": " "}, "blank-text"),
        ({"tags": ("same", "same")}, "duplicate-item"),
        ({"tags": ("\u202e",)}, "unsafe-character"),
        ({"seeds": ("b", "b")}, "duplicate-item"),
        ({"links": ("a",)}, "names-itself"),
        ({"requires": ("a",)}, "names-itself"),
        ({"links": tuple(map(str, range(65)))}, "too-many"),
        ({"as_of": "2026-13"}, "wrong-form"),
        ({"reverse": "yes"}, "not-a-flag"),
        ({"why": 7.5e1, "style": ["x"]}, "not-text"),
    ],
)
def test_each_field_of_a_basic_note_is_checked_by_its_own_rule(
    given: dict[str, Any], rule: str
) -> None:
    collector = new_collector("deck.csv")

    assert (
        read_clean_note(BasicNote(id="a", front="f", back="b", **given), collector)
        is None
    )
    assert collector.problems[0].rule == rule


def test_a_basic_note_with_every_field_is_accepted_unchanged() -> None:
    note = BasicNote(
        id="a",
        style="contrast",
        tier="depth",
        topic="drift",
        front="f",
        back="b",
        reverse=True,
        hint="h",
        why="w",
        source=Source("key", "sec. 2"),
        derived="1 + 1",
        tags=("t", "ü"),
        seeds=("s",),
        links=("l",),
        requires=("r",),
        as_of="2026-11",
        line=7,
    )
    collector = new_collector("deck.csv")

    assert read_clean_note(note, collector) is note
    assert not collector.problems


def test_text_that_looks_like_another_yaml_type_stays_text() -> None:
    note = BasicNote(id="a", front="null", back="~", why="true", hint="1")
    collector = new_collector("deck.csv")

    assert read_clean_note(note, collector) == note
    assert not collector.problems
