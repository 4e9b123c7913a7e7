"""Remove characters from the text of other programs that cannot be shown safely."""

from __future__ import annotations

import re
from html import unescape

from flashcards.decks.yaml.decoding import REFUSED, is_plain

_INVISIBLE = frozenset("\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
"""Numeric entities beyond Unicode; Python refuses numbers of thousands of digits."""
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
"""An HTML entity that ends with a semicolon."""


def clean_text(text: str) -> tuple[str, int]:
    """Return text with plain line ends and no unsafe character, and how many were replaced.

    Invisible characters are removed, others become U+FFFD.
    """
    if is_plain(text):
        return text, 0
    return REFUSED.subn(_replacement, _BREAKS.sub("\n", text))


def decode_entities(text: str) -> str:
    """Return text with its entities decoded if they end with a semicolon, and cleaned.

    HTML would also decode `?a=1&copy=2`, which is right only where a file says it is HTML.
    """
    if "&" in text:
        text = ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return clean_text(text)[0]


def decode_html(text: str) -> str:
    """Return HTML text with its entities decoded and no unsafe character."""
    if "&" in text:
        text = unescape(_HUGE_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text))
    return clean_text(text)[0]


def _replacement(character: re.Match[str]) -> str:
    return "" if character[0] in _INVISIBLE else "\N{REPLACEMENT CHARACTER}"
