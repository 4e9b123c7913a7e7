"""Names of other programs become ours, and are found again."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from flashcards.decks.head import DECK_KEY
from flashcards.decks.kinds import ID
from flashcards.exchange.naming import deck_key, derived_id, foreign_id, note_id, tag

GUIDS = st.text(min_size=1, max_size=14)


@given(st.text(max_size=60))
def test_every_name_makes_a_deck_key(name: str) -> None:
    assert re.fullmatch(DECK_KEY, deck_key(name), re.ASCII)


@given(st.text())
def test_every_id_makes_a_note_id(raw: str) -> None:
    assert re.fullmatch(ID, note_id(raw), re.ASCII)


@given(GUIDS, GUIDS)
def test_different_ids_stay_different(one: str, other: str) -> None:
    assert (note_id(one) == note_id(other)) == (one == other)


@given(st.text(st.characters(codec="ascii"), min_size=1, max_size=14))
def test_an_id_of_another_program_is_found_again(raw: str) -> None:
    assert foreign_id(note_id(raw)) == raw


@given(st.text())
def test_a_tag_has_neither_spaces_nor_commas(word: str) -> None:
    assert re.fullmatch(r"[^\s,]{0,64}", tag(word))


def test_a_nested_deck_is_a_path() -> None:
    assert deck_key("Machine Learning::Drift & shift") == "machine-learning/drift-shift"
    assert deck_key("a/b", "/") == "a/b"
    assert deck_key("a--b_::c") == "a--b_/c"
    assert deck_key("") == "imported"
    assert deck_key("Основная") != deck_key("Вторая")
    assert deck_key("::".join("abcdefgh")) == "a/b/c/d/e/f-g-h"
    assert len(deck_key("::".join(["part" * 16] * 6))) <= 200


def test_an_id_of_ours_stays_as_it_is() -> None:
    assert note_id("mcl-012") == "mcl-012"
    assert note_id("Dy|9&k!x") == "anki.Dy.7c9.26k.21x"


def test_an_id_made_of_the_wording_tells_decks_apart() -> None:
    assert derived_id("a", "What?") == derived_id("a", "What?")
    assert derived_id("a", "What?") != derived_id("b", "What?")
