"""Text of other programs without anything that could not be shown safely."""

from __future__ import annotations

import re
from html import unescape

from flashcards.decks.yaml.decoding import REFUSED, is_plain

_INVISIBLE = frozenset("\xad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HUGE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
"""Numbers of no character, which Python might refuse to read."""
ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
"""An entity of HTML that ends as it should."""


def clean_text(text: str) -> tuple[str, int]:
    """Return text with plain line ends and no unsafe character, and how many it had.

    Invisible ones are gone, others became U+FFFD.
    """
    if is_plain(text):
        return text, 0
    return REFUSED.subn(_replaced, _BREAKS.sub("\n", text))


def decode_entities(text: str) -> str:
    """Return text with its entities replaced where they end with a semicolon.

    HTML would read `?a=1&copy=2` as one too, which only HTML that is declared may.
    """
    if "&" in text:
        text = ENTITY.sub(lambda found: unescape(found[0]), text)
    return clean_text(text)[0]


def decode_html(text: str) -> str:
    """Return HTML's text with its entities replaced, and no unsafe character."""
    if "&" in text:
        text = unescape(_HUGE.sub("\N{REPLACEMENT CHARACTER}", text))
    return clean_text(text)[0]


def _replaced(found: re.Match[str]) -> str:
    return "" if found[0] in _INVISIBLE else "\N{REPLACEMENT CHARACTER}"
