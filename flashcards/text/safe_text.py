"""Text that is safe to show: no control, direction-changing or invisible character.

Deck files are untrusted. The reader refuses such text with its place; everything that
shows stored text passes it through `clean` once more.
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
"""What Python makes of bytes that are not UTF-8."""


def clean(text: str) -> str:
    """Return `text` with each unsafe character replaced by U+FFFD."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, width: int = 0) -> str:
    """Return cleaned `text` on one line, cut to `width` characters where that is > 0."""
    line = " ".join(clean(text).split())
    if width and len(line) > width:
        return line[: width - 1].rstrip() + "…"
    return line


def is_utf8(name: str) -> bool:
    """Tell whether a word of the command line, or a file name, came in as UTF-8."""
    return not _UNDECODED.search(name)


def readable_name(name: str) -> str:
    """Return a word or a file name with U+FFFD for each byte that is not UTF-8."""
    return clean(_UNDECODED.sub("\N{REPLACEMENT CHARACTER}", name))


def format_code_point(character: str) -> str:
    """Return the code point of a character as people write it, such as U+202E."""
    return f"U+{ord(character):04X}"
