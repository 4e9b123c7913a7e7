"""Make text safe to show: no control, bidirectional or invisible characters.

Deck files are untrusted. Readers reject such characters and report where they are; whatever
shows stored text calls `clean` as well.
"""

from __future__ import annotations

import re

# C0 without tab and newline, DEL, C1, soft hyphen, zero-width space and marks, bidi
# controls and isolates, word joiner, byte order mark, the blank letters of Mongolian and
# Hangul, tags. ZERO WIDTH JOINER and variation selectors stay: emoji and formulas need them.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\u3164\ufeff\U000e0000-\U000e007f]"
)
_UNDECODED = re.compile("[\ud800-\udfff]")
"""Surrogates that Python decodes bytes to that are not UTF-8."""


def clean(text: str) -> str:
    """Replace each unsafe character of a text by U+FFFD."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, width: int = 0) -> str:
    """Return cleaned text on one line, cut to `width` characters unless `width` is 0."""
    line = " ".join(clean(text).split())
    if width and len(line) > width:
        return line[: width - 1].rstrip() + "…"
    return line


def is_utf8(name: str) -> bool:
    """Return whether an argument or file name was decoded from valid UTF-8."""
    return not _UNDECODED.search(name)


def readable_name(name: str) -> str:
    """Return an argument or file name with U+FFFD for each byte that is not UTF-8."""
    return clean(_UNDECODED.sub("\N{REPLACEMENT CHARACTER}", name))


def format_code_point(character: str) -> str:
    """Format the code point of a character, such as U+202E."""
    return f"U+{ord(character):04X}"
