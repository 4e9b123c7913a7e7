"""Formulas between the marks that other programs put around LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from flashcards.formats.common.cleaning import decode_html
from flashcards.text.latex.conversion import MOST_SOURCE
from flashcards.text.latex.holes import HOLE, Hole, fill_holes
from flashcards.text.markdown.code_spans import mask_code

_TAG = re.compile(r"<[^<>]*>")
_LINE = re.compile(r"<(?:br|/div|/p|div|p)\b[^<>]*>", re.IGNORECASE)
# A formula has an end and holds no other beginning, so that a text full of beginnings takes
# linear time.
_MARKED = re.compile(
    rf"(?s)(?<!\\)(\\[(\[])(?:[^\\]|\\[^()\[\]]){{1,{MOST_SOURCE}}}?(\\[)\]])"
    rf"|(\[(?:latex|\$\$?)\])(?:(?!\[(?:latex|\$\$?)\]).){{1,{MOST_SOURCE}}}?(\[/(?:latex|\$\$?)\])"
)
_GAP = re.compile(r"\{\{c\d+::")
_HINT = re.compile(r"::([^:{}\\]*)$")
_NAME = re.compile(r"\{\{c\d+::\w+(?:\}|::)")


@dataclass(frozen=True, slots=True)
class MarkedFormula:
    """A formula in a text."""

    text: str
    """Unicode, or the source with its marks where a line of text cannot hold it."""
    is_display: bool
    """True where it stands on a line of its own."""


def convert_marked_formula(mark: str, inner: str, closing: str) -> MarkedFormula:
    """Return the formula between two marks of HTML, or of plain text."""
    source = decode_html(_TAG.sub("", _LINE.sub("\n", inner))).strip()
    is_display = mark in ("\\[", "[$$]")
    text = _latex_text(source) if mark == "[latex]" else _with_gaps(source)
    return MarkedFormula(text or f"{mark}{source}{closing}", is_display)


def convert_marked_formulas(text: str) -> str:
    """Return Markdown with the formulas between such marks as Unicode, except within code."""
    if "\\" not in text and "[" not in text:
        return text
    shown = mask_code(text) if "`" in text else text
    parts, last = [], 0
    for found in _MARKED.finditer(shown):
        mark, closing = found[1] or found[3], found[2] or found[4]
        start, end = found.start() + len(mark), found.end() - len(closing)
        formula = convert_marked_formula(
            mark, escape(text[start:end], quote=False), closing
        )
        parts += [text[last : found.start()], formula.text]
        last = found.end()
    return "".join((*parts, text[last:]))


def _latex_text(source: str) -> str:
    """Return what `[latex]` holds: words with formulas between dollars, or one formula."""
    bare = source.strip("$")
    if "$" not in bare:
        return _with_gaps(bare.strip())
    parts = source.replace("$$", "$").split("$")
    if len(parts) % 2 == 0 or any(set(part) & set("\\{}") for part in parts[::2]):
        return ""
    shown = [
        _with_gaps(part) if place % 2 else part for place, part in enumerate(parts)
    ]
    return "" if not all(shown[1::2]) else "".join(shown)


def _with_gaps(source: str) -> str:
    """Return a formula whose cloze gaps stay gaps, or nothing where it cannot be read."""
    if not source or len(source) > MOST_SOURCE or HOLE in source:
        return ""
    gaps: list[str] = []
    outer = ""
    at = 0
    while found := _GAP.search(source, at):
        end = _gap_end(source, found.end())
        if end < 0:
            return ""
        hidden, hint = source[found.end() : end], ""
        if hinted := _HINT.search(hidden):
            hidden, hint = hidden[: hinted.start()], hinted[0]
        inner = _with_gaps(hidden)
        if not inner or "\n" in inner:
            return ""
        gaps.append(f"{found[0]}{inner}{hint}}}}}")
        outer += source[at : found.start()] + HOLE
        at = end + 2
    holes = [Hole(gap, bool(_NAME.search(gap))) for gap in gaps]
    return fill_holes(outer + source[at:], holes)


def _gap_end(source: str, start: int) -> int:
    """Return where the two braces are that close a gap, or -1."""
    depth = 0
    at = start
    while at < len(source):
        sign = source[at]
        if sign == "\\":
            at += 2
            continue
        if sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif sign == "}":
            return at if source.startswith("}}", at) else -1
        at += 1
    return -1
