"""Every kind of note has cards with question and answer, and converts to JSON and back."""

from __future__ import annotations

import json

import pytest

from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    RecallNote,
    Source,
    TypedNote,
)
from flashcards.domain.faces import (
    answer_text,
    card_key,
    faces_of,
    hint_text,
    question_text,
)
from flashcards.domain.note_json import note_from_json, note_to_json, to_dict

ONE_OF_EACH: list[Note] = [
    BasicNote(id="n", front="Front?", back="Back", reverse=True, hint="A nudge"),
    ClozeNote(id="n", text="The {{c1::first::which}} and the {{c2::second}}."),
    ChoiceNote(
        id="n",
        question="Which?",
        options=(Option("Right", True, "because"), Option("Wrong", misconception="m")),
    ),
    NumericNote(
        id="n", question="How many?", answer=1200.5, unit="ms", working="2 + 2"
    ),
    NumericNote(
        id="n", question="{a}?", answer="a * 2", variables=(("a", (1.0, 2.0)),)
    ),
    TypedNote(id="n", question="Name?", accept=("macro average", "macro")),
    OrderNote(id="n", question="Order?", items=("one", "two")),
    MatchNote(id="n", question="Match?", pairs=(Pair("a", "1"),), lures=("2",)),
    RecallNote(
        id="n",
        question="What?",
        points=(Point("first", True, 2.0, ("key", "word")), Point("second")),
        source=Source("key", "sec. 2"),
        tags=("x", "y"),
    ),
]


NAMES = [
    note.kind + ("-template" if getattr(note, "variables", ()) else "")
    for note in ONE_OF_EACH
]


@pytest.mark.parametrize("note", ONE_OF_EACH, ids=NAMES)
def test_every_kind_asks_and_answers(note: Note) -> None:
    for face in faces_of(note):
        assert question_text(note, face).strip()
        assert answer_text(note, face).strip()


@pytest.mark.parametrize("note", ONE_OF_EACH, ids=NAMES)
def test_a_note_is_the_same_after_conversion_to_json(note: Note) -> None:
    assert note_from_json(note_to_json(note)) == note
    assert note_to_json(note) == json.dumps(
        to_dict(note), ensure_ascii=False, separators=(",", ":")
    )


def test_a_reversed_note_is_asked_both_ways_and_hints_one_way() -> None:
    note = ONE_OF_EACH[0]

    assert faces_of(note) == ("", "reverse")
    assert question_text(note, "reverse") == answer_text(note, "")
    assert hint_text(note, "") == "A nudge"
    assert hint_text(note, "reverse") == ""


def test_a_cloze_hides_one_gap_and_shows_the_others() -> None:
    note = ONE_OF_EACH[1]

    assert faces_of(note) == ("c1", "c2")
    assert question_text(note, "c1") == "The [which] and the second."
    assert question_text(note, "c2") == "The first and the [...]."
    assert answer_text(note, "c2") == "The first and the second."


def test_a_card_key_names_the_note_and_the_face() -> None:
    assert card_key("mcl-012", "") == "mcl-012"
    assert card_key("mcl-012", "c2") == "mcl-012:c2"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1234567, "1,234,567"),
        (2592000.0, "2,592,000"),
        (0.1234567, "0.1234567"),
        (10**20 + 1, "100,000,000,000,000,000,001"),
        (-3.5e-9, "-3.5e-9"),
    ],
)
def test_a_numeric_answer_shows_all_digits(number: float, text: str) -> None:
    note = NumericNote(id="n", question="How many?", answer=number)

    assert answer_text(note) == text
