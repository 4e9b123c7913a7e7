"""Escapes of GIFT. While a text is read, noncharacters mark its unescaped signs."""

from __future__ import annotations

import re

_SIGNS = "~=#{}:"
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
"""Noncharacters, which every reader rejects, so that they can mark the signs."""

WRONG, RIGHT, FEEDBACK, OPEN, CLOSE, COLON = tuple(_STAND_INS)
TITLE = COLON * 2
GENERAL = FEEDBACK * 4

ANY = "*"
"""Matches any characters in a short answer, unless a backslash is before it."""

_SIGN_OR_ESCAPE = re.compile(r"\\([\\~=#{}:n])|([~=#{}:])")
_MUST_ESCAPE = re.compile(r"[\\~=#{}:\n]")
_TO_STAND_IN = dict(zip(_SIGNS, _STAND_INS, strict=True))
_TO_SIGN = str.maketrans(_STAND_INS, _SIGNS)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")


def mark_signs(text: str) -> str:
    """Resolve the escapes of a text, and mark its signs."""

    def replace(match: re.Match[str]) -> str:
        if match[2]:
            return _TO_STAND_IN[match[2]]
        return "\n" if match[1] == "n" else match[1]

    return _SIGN_OR_ESCAPE.sub(replace, text)


def to_plain(text: str) -> str:
    """Convert marked text to plain text without spaces around it."""
    return text.translate(_TO_SIGN).strip()


def escape(text: str) -> str:
    """Escape a text, so that it has no signs and no line breaks."""
    return _MUST_ESCAPE.sub(
        lambda match: r"\n" if match[0] == "\n" else f"\\{match[0]}", text.strip()
    )


def write_answer(text: str) -> str:
    """Write the text of an answer; a format comes first if the text would name another."""
    return f"[markdown]{escape(text)}" if _FORMAT.match(text.strip()) else escape(text)


def write_short_answer(text: str) -> str:
    """Write the text of a short answer with literal asterisks."""
    return write_answer(text).replace(ANY, rf"\{ANY}")


def read_short_answer(text: str) -> str:
    """Read the text of a short answer from a marked one."""
    return unescape_asterisks(to_plain(split_format(text)[1]))


def unescape_asterisks(answer: str) -> str:
    """Unescape the literal asterisks of a short answer."""
    return answer.replace(rf"\{ANY}", ANY)


def split_format(text: str) -> tuple[str, str]:
    """Split a text into the format it begins with, or an empty string, and the text after it."""
    match = _FORMAT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def split_weight(text: str) -> tuple[float | None, str]:
    """Split an answer into the percentage it begins with, or None, and the text after it."""
    match = _WEIGHT.match(text)
    return (float(match[1]), text[match.end() :]) if match else (None, text)


def starts_with_weight(text: str) -> bool:
    """Return whether a text begins with a percentage."""
    return _WEIGHT.match(text.strip()) is not None
