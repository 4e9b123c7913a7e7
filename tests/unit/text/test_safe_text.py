"""Unsafe characters are replaced before text is shown."""

from __future__ import annotations

import pytest

from flashcards.text.safe_text import UNSAFE, clean, is_utf8, readable_name


@pytest.mark.parametrize(
    "character",
    "\x00\x1b\x7f\x9b\xad\u061c\u180e\u200b\u202e\u2066\u3164\ufeff\U000e0041",
    ids=ascii,
)
def test_control_and_invisible_characters_are_replaced(character: str) -> None:
    assert clean(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    "text", ["tab\tand\nline", "👩\u200d🔬", "❤\ufe0f", "naïve ≥ ∑"], ids=ascii
)
def test_characters_that_scripts_need_are_safe(text: str) -> None:
    assert UNSAFE.search(text) is None


def test_bytes_that_are_not_utf_8_are_shown_as_replacement_characters() -> None:
    assert is_utf8("précis")
    assert not is_utf8("pr\udce9cis")
    assert readable_name("pr\udce9cis\n\x1b") == "pr�cis\n�"
