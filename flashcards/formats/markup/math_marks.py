"""Convert formulas between the delimiters that other programs put around LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from flashcards.formats.common.cleaning import decode_html
from flashcards.text.latex.conversion import MOST_SOURCE
from flashcards.text.latex.holes import HOLE, Hole, fill_holes
from flashcards.text.markdown.code_spans import mask_code

_TAG = re.compile(r"<[^<>]*>")
_LINE_TAG = re.compile(r"<(?:br|/div|/p|div|p)\b[^<>]*>", re.IGNORECASE)
# A formula has a limited length and no other opening delimiter inside, so that a text full of
# opening delimiters takes linear time.
_MARKED_FORMULA = re.compile(
    rf"(?s)(?<!\\)(\\[(\[])(?:[^\\]|\\[^()\[\]]){{1,{MOST_SOURCE}}}?(\\[)\]])"
    rf"|(\[(?:latex|\$\$?)\])(?:(?!\[(?:latex|\$\$?)\]).){{1,{MOST_SOURCE}}}?(\[/(?:latex|\$\$?)\])"
)
_GAP = re.compile(r"\{\{c\d+::")
_HINT_AT_END = re.compile(r"::([^:{}\\]*)$")
_ONE_WORD_GAP = re.compile(r"\{\{c\d+::\w+(?:\}|::)")


@dataclass(frozen=True, slots=True)
class MarkedFormula:
    """A converted formula."""

    text: str
    """Unicode, or the source with its delimiters if it cannot be converted."""
    is_display: bool
    """Whether it is on a line of its own."""


def convert_marked_formula(mark: str, inner: str, closing: str) -> MarkedFormula:
    """Convert the formula between two delimiters, in HTML or in escaped plain text."""
    source = decode_html(_TAG.sub("", _LINE_TAG.sub("\n", inner))).strip()
    is_display = mark in ("\\[", "[$$]")
    text = (
        _convert_latex_text(source) if mark == "[latex]" else _convert_with_gaps(source)
    )
    return MarkedFormula(text or f"{mark}{source}{closing}", is_display)


def convert_marked_formulas(text: str) -> str:
    """Convert the formulas of Markdown between such delimiters to Unicode, except in code."""
    if "\\" not in text and "[" not in text:
        return text
    masked = mask_code(text) if "`" in text else text
    pieces, last = [], 0
    for match in _MARKED_FORMULA.finditer(masked):
        mark, closing = match[1] or match[3], match[2] or match[4]
        start, end = match.start() + len(mark), match.end() - len(closing)
        formula = convert_marked_formula(
            mark, escape(text[start:end], quote=False), closing
        )
        pieces += [text[last : match.start()], formula.text]
        last = match.end()
    return "".join((*pieces, text[last:]))


def _convert_latex_text(source: str) -> str:
    """Convert the content of `[latex]`: words with formulas between dollars, or one formula."""
    inner = source.strip("$")
    if "$" not in inner:
        return _convert_with_gaps(inner.strip())
    pieces = source.replace("$$", "$").split("$")
    if len(pieces) % 2 == 0 or any(set(piece) & set("\\{}") for piece in pieces[::2]):
        return ""
    converted = [
        _convert_with_gaps(piece) if index % 2 else piece
        for index, piece in enumerate(pieces)
    ]
    return "" if not all(converted[1::2]) else "".join(converted)


def _convert_with_gaps(source: str) -> str:
    """Convert a formula and keep its cloze gaps; empty if it cannot be converted."""
    if not source or len(source) > MOST_SOURCE or HOLE in source:
        return ""
    gaps: list[str] = []
    source_with_holes = ""
    position = 0
    while opening := _GAP.search(source, position):
        end = _find_gap_end(source, opening.end())
        if end < 0:
            return ""
        hidden, hint = source[opening.end() : end], ""
        if hint_match := _HINT_AT_END.search(hidden):
            hidden, hint = hidden[: hint_match.start()], hint_match[0]
        converted = _convert_with_gaps(hidden)
        if not converted or "\n" in converted:
            return ""
        gaps.append(f"{opening[0]}{converted}{hint}}}}}")
        source_with_holes += source[position : opening.start()] + HOLE
        position = end + 2
    holes = [Hole(gap, bool(_ONE_WORD_GAP.search(gap))) for gap in gaps]
    return fill_holes(source_with_holes + source[position:], holes)


def _find_gap_end(source: str, start: int) -> int:
    """Return the position of the two braces that close a gap, or -1."""
    depth = 0
    position = start
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 2
            continue
        if character == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == "}":
            return position if source.startswith("}}", position) else -1
        position += 1
    return -1
