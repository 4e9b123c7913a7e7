"""What is safe to show."""

from __future__ import annotations

import pytest

from flashcards.text.safe_text import UNSAFE, clean, is_utf8, readable_name


@pytest.mark.parametrize(
    "character",
    "\x00\x1b\x7f\x9b\xad\u061c\u180e\u200b\u202e\u2066\u3164\ufeff\U000e0041",
    ids=ascii,
)
def test_what_hides_or_commands_is_replaced(character: str) -> None:
    assert clean(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    "text", ["tab\tand\nline", "👩\u200d🔬", "❤\ufe0f", "naïve ≥ ∑"], ids=ascii
)
def test_what_writing_needs_stays(text: str) -> None:
    assert UNSAFE.search(text) is None


def test_a_name_that_is_not_utf_8_is_shown_with_a_mark() -> None:
    assert is_utf8("précis")
    assert not is_utf8("pr\udce9cis")
    assert readable_name("pr\udce9cis\n\x1b") == "pr�cis\n�"
