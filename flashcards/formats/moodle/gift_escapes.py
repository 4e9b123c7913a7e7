"""The signs of GIFT: unescaped ones stand as characters that no text can hold while it is read."""

from __future__ import annotations

import re

_SIGNS = "~=#{}:"
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
"""Refused in every text, so that they can mean the signs."""

WRONG, RIGHT, FEEDBACK, OPEN, CLOSE, COLON = tuple(_STAND_INS)
TITLE = COLON * 2
GENERAL = FEEDBACK * 4

ANY = "*"
"""Stands for any letters in a short answer, unless a backslash is before it."""

_READ = re.compile(r"\\([\\~=#{}:n])|([~=#{}:])")
_WRITTEN = re.compile(r"[\\~=#{}:\n]")
_TO_STAND_IN = dict(zip(_SIGNS, _STAND_INS, strict=True))
_TO_SIGN = str.maketrans(_STAND_INS, _SIGNS)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")


def marked(text: str) -> str:
    """Return text with its escapes resolved, and a stand-in for each sign."""

    def replaced(found: re.Match[str]) -> str:
        if found[2]:
            return _TO_STAND_IN[found[2]]
        return "\n" if found[1] == "n" else found[1]

    return _READ.sub(replaced, text)


def literal(text: str) -> str:
    """Return marked text as it reads, without spaces around it."""
    return text.translate(_TO_SIGN).strip()


def escaped(text: str) -> str:
    """Return text on one line, so that none of it is a sign."""
    return _WRITTEN.sub(
        lambda found: r"\n" if found[0] == "\n" else f"\\{found[0]}", text.strip()
    )


def answer_out(text: str) -> str:
    """Return the text of an answer that no format before it can be read from."""
    return (
        f"[markdown]{escaped(text)}" if _FORMAT.match(text.strip()) else escaped(text)
    )


def short_answer_out(text: str) -> str:
    """Return the text of a short answer, none of whose asterisks stands for any letters."""
    return answer_out(text).replace(ANY, rf"\{ANY}")


def short_answer_of(text: str) -> str:
    """Return the text of a short answer as it reads, from a marked one."""
    return with_asterisks(literal(format_of(text)[1]))


def with_asterisks(answer: str) -> str:
    """Return a short answer of Moodle with the asterisks that are meant as such."""
    return answer.replace(rf"\{ANY}", ANY)


def format_of(text: str) -> tuple[str, str]:
    """Return the format named at the beginning of a text, empty where none is, and the rest."""
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def weight_of(text: str) -> tuple[float | None, str]:
    """Return the percentage at the beginning of an answer, None without one, and the rest."""
    found = _WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (None, text)


def has_weight(text: str) -> bool:
    """Tell whether a text would be read as beginning with a percentage."""
    return _WEIGHT.match(text.strip()) is not None
