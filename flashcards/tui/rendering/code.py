"""Code blocks as lines: colored, and folded at the edges of words with a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content
from textual.content import Span as ContentSpan
from textual.style import Style

from flashcards.text.markdown.inline import parse_code_line
from flashcards.tui.rendering.code_colors import color_spans
from flashcards.tui.rendering.lines import pad, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.text.markdown.blocks import Code
    from flashcards.tui.theme.themes import Look

NARROW = 8
"""Cells up to which nothing is indented, so that every line fits."""
INDENT = 2
_NARROWEST = 4
_MOST_INDENT_SHARE = 3
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def code_lines(code: Code, look: Look, width: int) -> list[Content]:
    """Return a block of code as lines of exactly `width` cells."""
    style = look.style("text", raised=not look.plain)
    indent = Content(" " * (0 if width <= NARROW else INDENT))
    room = max(width - 2 * indent.cell_length, _NARROWEST)
    return [
        pad(indent + part, width).stylize_before(style)
        for line in _colored(code, look)
        for part in _fold(line, look, room)
    ]


def language_of(code: Code) -> str:
    """Return the language that the fence names, in lower case; empty if it names none."""
    return code.language.split()[0].lower() if code.language.strip() else ""


def code_width(code: Code) -> int:
    """Return the cells that a block of code needs so that no line is folded."""
    widths = (Content(parse_code_line(line)[0]).cell_length for line in code.lines)
    return max(widths, default=0) + 2 * INDENT


def _colored(code: Code, look: Look) -> Iterator[Content]:
    parsed = [parse_code_line(line) for line in code.lines]
    has_colors = not look.plain and look.glyphs.braille
    language = language_of(code)
    text = "\n".join(plain for plain, _ in parsed)
    colors = color_spans(text, language) if language and has_colors else ()
    start = 0
    for plain, gaps in parsed:
        end = start + len(plain)
        spans = [
            ContentSpan(first - start, last - start, look.style(role, raised=True))
            for first, last, role in _clipped(colors, start, end)
        ]
        spans += [ContentSpan(first, last, Style(bold=True)) for first, last, _ in gaps]
        yield Content(plain, spans)
        start = end + 1


def _clipped(
    spans: Sequence[tuple[int, int, str]], start: int, end: int
) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of spans between two positions."""
    for first, last, role in spans:
        if first < end and last > start:
            yield max(first, start), min(last, end), role


def _fold(line: Content, look: Look, width: int) -> list[Content]:
    """Return a line as lines of at most `width` cells; all but the first begin with a mark."""
    if line.cell_length <= width:
        return [line]
    plain = line.plain
    indent = len(plain) - len(plain.lstrip())
    mark = Content("")
    if width > NARROW:
        spaces = " " * min(indent, width // _MOST_INDENT_SHARE)
        mark = span(f"{spaces}{look.glyphs.wrapped} ", look.style("muted", raised=True))
    cuts = _find_cuts(plain, width, max(width - mark.cell_length, 1))
    first, *others = line.divide(cuts)
    return [first.rstrip(), *(mark + part.rstrip() for part in others)]


def _find_cuts(text: str, width: int, width_after: int) -> list[int]:
    """Return where to cut a line of code: after a space, else after a token, else anywhere."""
    edges = [token.end() for token in _TOKEN.finditer(text)]
    spaces = {token.end() for token in _TOKEN.finditer(text) if token[0].isspace()}
    cuts: list[int] = []
    start, room = 0, width
    while Content(text[start:]).cell_length > room:
        limit = start + max(len(Content(text[start:]).fold(room)[0].plain), 1)
        # The space after the last word is not shown, so it may be beyond the limit.
        fitting = [
            edge
            for edge in edges
            if start < edge and (edge <= limit or text[limit:edge].isspace())
        ]
        latest = max(fitting, default=limit)
        after_spaces = [
            edge
            for edge in fitting
            if edge in spaces
            and edge - start > (limit - start) // 2
            and text[start:edge].strip()
        ]
        start = max(after_spaces, default=latest)
        cuts.append(start)
        room = width_after
    return cuts
