"""Names and ids of other programs are converted to ours and back."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.decks.fields.kinds import ID
from flashcards.decks.fields.limits import MOST_TAG
from flashcards.formats.common.naming import (
    derive_id,
    is_used_elsewhere,
    to_deck_key,
    to_foreign_id,
    to_note_id,
    to_scoped_id,
    to_tag,
    with_suffix,
)
from flashcards.text.deck_keys import is_deck_key, is_letter

GUIDS = st.text(min_size=1, max_size=14)


@given(st.text(max_size=60))
def test_every_name_makes_a_deck_key(name: str) -> None:
    assert is_deck_key(to_deck_key(name))


@given(st.text())
def test_every_id_makes_a_note_id(raw: str) -> None:
    assert re.fullmatch(ID, to_note_id(raw), re.ASCII)


@given(GUIDS, GUIDS)
def test_different_ids_stay_different(first: str, second: str) -> None:
    assert (to_note_id(first) == to_note_id(second)) == (first == second)


@given(st.text(st.characters(codec="ascii"), min_size=1, max_size=14))
def test_an_id_of_another_program_is_restored_from_its_note_id(raw: str) -> None:
    assert to_foreign_id(to_note_id(raw)) == raw


@given(st.text())
def test_a_tag_has_neither_spaces_nor_commas(word: str) -> None:
    assert re.fullmatch(rf"[^\s,]{{0,{MOST_TAG}}}", to_tag(word))


def test_a_nested_deck_is_a_path() -> None:
    assert (
        to_deck_key("Machine Learning::Drift & shift") == "machine-learning/drift-shift"
    )
    assert to_deck_key("a/b", "/") == "a/b"
    assert to_deck_key("a--b_::c") == "a--b_/c"
    assert to_deck_key("") == "imported"
    assert to_deck_key("::".join("abcdefgh")) == "a/b/c/d/e/f-g-h"
    assert len(to_deck_key("::".join(["part" * 16] * 6))) <= 200


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Languages::C", "languages/c"),
        ("Languages::C++", "languages/c-plus-plus"),
        ("Languages::C#", "languages/c-sharp"),
        ("A*", "a-star"),
        ("A + B", "a-b"),
        ("Русский::Глава 1", "русский/глава-1"),
        ("数据 1", "数据-1"),
        ("模型 1", "模型-1"),
        ("हिन्दी", "हिन्दी"),
        ("Λόγος", "λόγος"),
        ("Größe", "größe"),
        ("Cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("\N{GEAR}\N{VARIATION SELECTOR-16} Config", "config"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می-خواهم"),
    ],
)
def test_a_key_is_readable_in_the_script_of_its_name(name: str, key: str) -> None:
    assert to_deck_key(name) == key


@given(st.text(max_size=300))
def test_the_key_of_a_key_is_the_same_key(name: str) -> None:
    key = to_deck_key(name)
    assert to_deck_key(key, "/") == key


@given(
    st.text("abcабв数據हिन्दी123", min_size=1), st.text("abcабв数據हिन्दी123", min_size=1)
)
def test_names_in_different_letters_have_different_keys(
    first: str, second: str
) -> None:
    if is_letter(first[0]) and is_letter(second[0]):
        is_same = normalize("NFC", first) == normalize("NFC", second)
        assert (to_deck_key(first) == to_deck_key(second)) == is_same


@given(st.text(max_size=300), st.text("abc123", min_size=1, max_size=8))
def test_a_suffix_makes_another_key(name: str, suffix: str) -> None:
    key = with_suffix(to_deck_key(name), suffix)
    assert is_deck_key(key)
    assert key != to_deck_key(name)


@pytest.mark.parametrize(
    "raw",
    [
        "1",
        "q-12",
        "g1",
        "capital-france",
        "CapitalFrance",
        "1700000000000",
        "C1",
        "x7$K",
        "versions01",
        "metrics/drift-12",
        "столица-1",
        "столица-франции",
        "What is it?",
    ],
)
def test_an_id_that_people_write_may_be_used_elsewhere(raw: str) -> None:
    assert is_used_elsewhere(to_note_id(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "c>k1!x9QzP",
        "Dy|9&k!xab",
        "Dy|9&k!xab.2",
        "Zk3pQ9xLm2Ty4",
        "550e8400-e29b-41d4-a716-446655440000",
        "9e107d9d372bb6826bd81d3542a419d6",
    ],
)
def test_a_random_id_is_not_used_elsewhere(raw: str) -> None:
    assert not is_used_elsewhere(to_note_id(raw))


@given(st.text(max_size=40), st.text(min_size=1, max_size=80))
def test_a_scoped_id_is_a_valid_note_id(name: str, raw: str) -> None:
    scoped = to_scoped_id(to_deck_key(name), to_note_id(raw))
    assert re.fullmatch(ID, scoped, re.ASCII)
    assert scoped != to_note_id(raw)
    assert scoped != to_scoped_id(f"{to_deck_key(name)}-2", to_note_id(raw))


def test_a_valid_note_id_is_unchanged() -> None:
    assert to_note_id("mcl-012") == "mcl-012"
    assert to_note_id("Dy|9&k!x") == "anki.Dy.7c9.26k.21x"


def test_ids_made_of_the_wording_differ_between_decks() -> None:
    assert derive_id("a", "What?") == derive_id("a", "What?")
    assert derive_id("a", "What?") != derive_id("b", "What?")
