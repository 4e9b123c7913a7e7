"""Convert texts of hashcards: square brackets, embedded files, lines with a meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.formats.markup.front_matter import RULE
from flashcards.formats.markup.markdown_math import (
    convert_all_formulas,
    convert_formulas,
)
from flashcards.formats.markup.markdown_media import (
    EMBEDDED_MEDIA,
    NAMED_MEDIA,
    embed_named_media,
    name_embedded_media,
)
from flashcards.text.markdown.gaps import find_gaps, write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

TAGS = ("Q:", "A:", "C:")
"""The beginnings of a question, an answer and a cloze."""

_ESCAPED_TAG = re.compile(r" (?=[QAC]:)")
_TOKEN = re.compile(rf"{EMBEDDED_MEDIA.pattern}|!\[[^\]]*\]?|\\[\[\]]|[\[\]]")
_NAMED_OR_BRACKET = re.compile(rf"{NAMED_MEDIA.pattern}|[\[\]]")
_NEEDS_SPACE = ("!", "\\")


class BracketsError(ValueError):
    """The square brackets of a cloze do not pair up; the message quotes where."""


def read_line(line: str) -> str:
    """Read a further line of a text, without the space that escapes a tag."""
    return line[1:] if _ESCAPED_TAG.match(line) else line


def write_text(text: str) -> str:
    """Write a text as a question or answer of hashcards."""
    converted = convert_all_formulas(name_embedded_media(text))
    return _write_lines(NAMED_MEDIA.sub(embed_named_media, converted))


def read_text(text: str) -> str:
    """Read a question or answer of hashcards."""
    return convert_formulas(name_embedded_media(text))


def read_cloze(text: str) -> str:
    """Read a cloze of hashcards; each pair of brackets becomes a numbered gap.

    Raises:
        BracketsError: A bracket has no partner, or opens within another pair.
    """
    pieces: list[str] = []
    # The text since the last bracket, and whether that bracket opened a gap.
    current_run: list[str] = []
    is_hidden = False
    number, last = 0, 0
    for match in _TOKEN.finditer(text):
        current_run.append(text[last : match.start()])
        last = match.end()
        sign = match[0]
        if sign == "[" and is_hidden:
            raise BracketsError(text[match.start() :])
        if sign == "[":
            pieces.append(write_between_gaps(convert_formulas("".join(current_run))))
            current_run, is_hidden = [], True
            number += 1
        elif sign == "]" and is_hidden:
            pieces.append(write_gap(number, convert_formulas("".join(current_run))))
            current_run, is_hidden = [], False
        else:
            current_run.append(
                sign[1] if sign[0] == "\\" else name_embedded_media(sign)
            )
    if is_hidden:
        raise BracketsError("".join(current_run))
    return "".join(
        (
            *pieces,
            write_between_gaps(convert_formulas("".join((*current_run, text[last:])))),
        )
    )


def write_cloze_text(text: str) -> str:
    """Write a cloze as hashcards has it, without hints and numbers."""
    return _write_lines("".join(_write_cloze_pieces(text)))


def _write_cloze_pieces(text: str) -> Iterator[str]:
    end = 0
    for gap in find_gaps(text):
        yield _escape_before_bracket(text[end : gap.start])
        yield f"[{_escape_before_bracket(gap.hidden)}]"
        end = gap.end
    yield _escape_brackets(text[end:])


def _escape_before_bracket(text: str) -> str:
    """Escape a text, so that a bracket right after it keeps its meaning."""
    text = _escape_brackets(text)
    return f"{text} " if text.endswith(_NEEDS_SPACE) else text


def _escape_brackets(text: str) -> str:
    return _NAMED_OR_BRACKET.sub(_embed_or_escape, convert_all_formulas(text))


def _embed_or_escape(match: re.Match[str]) -> str:
    embedded = embed_named_media(match) if match[1] else match[0]
    if embedded != match[0]:
        return embedded
    return match[0].replace("[", r"\[").replace("]", r"\]")


def _write_lines(text: str) -> str:
    first, *following_lines = text.strip().split("\n")
    return "\n".join([first.strip(), *map(_write_line, following_lines)])


def _write_line(line: str) -> str:
    if line.startswith(TAGS):
        return f" {line}"
    return line.replace(RULE, f"{RULE}-") if line.strip() == RULE else line
