"""Pad, cut, justify and stack lines of content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.style import Style


def blank() -> Content:
    """Return an empty line."""
    return Content("")


def span(text: str, style: Style | None = None) -> Content:
    """Return the app's own words in one style."""
    return Content(text).stylize(style) if style and text else Content(text)


def pad(line: Content, width: int, *, right: bool = False) -> Content:
    """Return the line padded to a width with spaces, aligned left or right."""
    missing = max(width - line.cell_length, 0)
    return line.pad_left(missing) if right else line.pad_right(missing)


def cut(line: Content, width: int, more: str = "…") -> Content:
    """Return the line cut to a width; a cut line ends with `more`."""
    if line.cell_length <= width:
        return line
    if width <= len(more):
        return line.truncate(max(width, 0))
    return line.truncate(width - len(more)).rstrip() + Content(more)


def justify(left: Content, right: Content, width: int, more: str = "…") -> Content:
    """Return one line with text at both ends; the left one is cut if they do not fit."""
    if not right:
        return cut(left, width, more)
    room = width - right.cell_length - 2
    if room < 1:
        return cut(right, width, more)
    return pad(cut(left, room, more), room + 2) + right


def center(line: Content, width: int) -> Content:
    """Return the line in the middle of a width."""
    return line.pad_left(max(width - line.cell_length, 0) // 2)


def stack(lines: Iterable[Content]) -> Content:
    """Return the lines one below the other."""
    return Content("\n").join(lines)
