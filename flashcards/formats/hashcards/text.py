"""Texts of hashcards as ours, and back: square brackets, embedded files, lines that mean something."""

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
"""Begin the lines of a question, an answer and a cloze."""

_ESCAPED_TAG = re.compile(r" (?=[QAC]:)")
_TOKEN = re.compile(rf"{EMBEDDED_MEDIA.pattern}|!\[[^\]]*\]?|\\[\[\]]|[\[\]]")
_NAMED_OR_BRACKET = re.compile(rf"{NAMED_MEDIA.pattern}|[\[\]]")
_NEEDS_SPACE = ("!", "\\")


class BracketsError(ValueError):
    """The square brackets of a cloze do not pair up; the message quotes where."""


def line_in(line: str) -> str:
    """Return a further line of a text as its author meant it."""
    return line[1:] if _ESCAPED_TAG.match(line) else line


def text_out(text: str) -> str:
    """Return a text as a question or answer of hashcards holds it."""
    shown = convert_all_formulas(name_embedded_media(text))
    return _lines_out(NAMED_MEDIA.sub(embed_named_media, shown))


def text_in(text: str) -> str:
    """Return a question or answer of hashcards as ours."""
    return convert_formulas(name_embedded_media(text))


def cloze_in(text: str) -> str:
    """Return a cloze of hashcards as ours: each pair of brackets is a gap with its number.

    Raises:
        BracketsError: a bracket has no partner, or opens within another pair.
    """
    done: list[str] = []
    # What has been read since the last bracket, and whether that bracket opened a gap.
    run: list[str] = []
    is_hidden = False
    number, last = 0, 0
    for found in _TOKEN.finditer(text):
        run.append(text[last : found.start()])
        last = found.end()
        sign = found[0]
        if sign == "[" and is_hidden:
            raise BracketsError(text[found.start() :])
        if sign == "[":
            done.append(write_between_gaps(convert_formulas("".join(run))))
            run, is_hidden = [], True
            number += 1
        elif sign == "]" and is_hidden:
            done.append(write_gap(number, convert_formulas("".join(run))))
            run, is_hidden = [], False
        else:
            run.append(sign[1] if sign[0] == "\\" else name_embedded_media(sign))
    if is_hidden:
        raise BracketsError("".join(run))
    return "".join(
        (*done, write_between_gaps(convert_formulas("".join((*run, text[last:])))))
    )


def cloze_out(text: str) -> str:
    """Return a cloze of ours as hashcards holds it, without hints and numbers."""
    return _lines_out("".join(_cloze_parts(text)))


def _cloze_parts(text: str) -> Iterator[str]:
    last = 0
    for gap in find_gaps(text):
        yield _before_bracket(text[last : gap.start])
        yield f"[{_before_bracket(gap.hidden)}]"
        last = gap.end
    yield _escaped(text[last:])


def _before_bracket(text: str) -> str:
    """Return escaped text behind which a bracket stays one."""
    text = _escaped(text)
    return f"{text} " if text.endswith(_NEEDS_SPACE) else text


def _escaped(text: str) -> str:
    return _NAMED_OR_BRACKET.sub(_named_or_escaped, convert_all_formulas(text))


def _named_or_escaped(found: re.Match[str]) -> str:
    embedded = embed_named_media(found) if found[1] else found[0]
    if embedded != found[0]:
        return embedded
    return found[0].replace("[", r"\[").replace("]", r"\]")


def _lines_out(text: str) -> str:
    first, *others = text.strip().split("\n")
    return "\n".join([first.strip(), *map(_line_out, others)])


def _line_out(line: str) -> str:
    if line.startswith(TAGS):
        return f" {line}"
    return line.replace(RULE, f"{RULE}-") if line.strip() == RULE else line
