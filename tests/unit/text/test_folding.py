"""Folding ignores case and accents, and keeps letters apart in every script."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.text.folding import _fold_fully, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Naïve Bayes", "naive bayes"),
        ("nai\u0308ve", "naive"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("Søren", "soren"),
        ("Đà Nẵng", "da nang"),
        ("İstanbul", "istanbul"),
        ("ＢＥＲＴ", "bert"),
        ("ﬁne-tuning", "fine-tuning"),
        ("Λόγος", "λογοσ"),
        ("co\u00adop", "coop"),
        ("µs", "μs"),
    ],
    ids=ascii,
)
def test_case_accents_and_unicode_forms_do_not_count(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize(
    ("letter", "other"),
    [
        ("й", "и"),
        ("ё", "е"),
        ("が", "か"),
        ("パ", "ハ"),
        ("각", "가"),
        ("ड़", "ड"),
        ("آ", "ا"),
        ("ä", "b"),
    ],
    ids=ascii,
)
def test_marks_in_other_scripts_make_a_different_letter(
    letter: str, other: str
) -> None:
    assert fold_text(letter) != fold_text(other)
    assert fold_text(normalize("NFD", letter)) != fold_text(other)


@given(st.text())
def test_nfc_and_nfd_fold_to_the_same_text(text: str) -> None:
    forms = {fold_text(normalize(form, text)) for form in ("NFC", "NFD")}

    assert forms == {fold_text(text)}


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Z"))))
def test_compatibility_forms_fold_to_the_same_text(text: str) -> None:
    assert fold_text(normalize("NFKC", text)) == fold_text(text)


@given(st.text())
def test_folding_twice_is_the_same_as_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text(st.characters(categories=("Lu", "Ll", "Lt"))))
def test_case_does_not_count(text: str) -> None:
    # Upper case first: a few lower-case letters, such as the Turkish dotless i, share theirs.
    assert fold_text(text.upper()) == fold_text(text.upper().lower())


@given(
    st.text(max_size=40)
    | st.text(
        "aeＡÉß\u0301\u0308かガ\u3099\u200b가각\u1100\u1161\u11a8ΛςΣα–“概İıK ½²",
        max_size=20,
    )
)
def test_skipping_unchanged_characters_gives_the_same_result(
    text: str,
) -> None:
    assert fold_text(text) == _fold_fully(text)
