"""Rows of an answer as lines: options, items, pairs and points, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.tui.rendering.lines import blank, justify, pad, span
from flashcards.tui.rendering.markdown import card_lines
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.grading.result import Sign
    from flashcards.tui.theme.themes import Look

SIGN_ROLES = {"right": "good", "wrong": "again", "missed": "hard"}
_LABEL = 2
_GAP = 3
_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of an answer."""

    text: str
    label: str = ""
    """The digit or letter before it."""
    box: str = ""
    """`[x]` or `[ ]` where rows are ticked."""
    sign: Sign = "neutral"
    words: str = ""
    """Our own words at the right, such as `your answer`."""
    words_role: str = ""
    """Their role, where it is not the sign's."""
    below: str = ""
    """What stands under it: why an option is right, the word that was found."""
    raised: bool = False
    """The cursor is on it."""
    quiet: bool = False
    """There is nothing to say about it."""
    is_short: bool = False
    """It may share its line with another of the kind."""
    is_apart: bool = False
    """A blank line parts it from the row before, however little room there is."""
    pick: int | None = None
    """Its number, where a click picks it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows as lines."""

    lines: list[Content]
    in_sight: tuple[tuple[int, int], ...] = ()
    """What should be in sight, if it has room, else what comes next here: of each the first
    line and the line after the last. First the raised rows with all that follow where these
    are what there is to choose from, then the row under the cursor with them, then that row
    alone. Empty without one."""


def lay_out(rows: Sequence[AnswerRow], look: Look, width: int, *, airy: bool) -> Laid:
    """Return rows as lines of a width, with a blank line between where it is airy."""
    lines: list[Content] = []
    raised: list[tuple[int, int]] = []
    for number, group in enumerate(_grouped(rows, width)):
        if number and (airy or group[0].is_apart):
            lines.append(blank())
        found = _side_by_side(group, look, width)
        if any(row.raised for row in group):
            raised.append((len(lines), len(lines) + len(found)))
        lines += found
    if not raised:
        return Laid(lines)
    end = len(lines) if any(row.is_short for row in rows) else raised[-1][1]
    return Laid(lines, ((raised[0][0], end), (raised[-1][0], end), raised[-1]))


def _grouped(rows: Sequence[AnswerRow], width: int) -> list[list[AnswerRow]]:
    """Put short rows two to a line, where every one of them fits half the width."""
    room = width // 2 - 2 * _GAP
    short = [row for row in rows if row.is_short]
    if not short or max(len(row.text) for row in short) > room:
        return [[row] for row in rows]
    groups: list[list[AnswerRow]] = []
    for row in rows:
        last = groups[-1] if groups else []
        if row.is_short and len(last) == 1 and last[0].is_short:
            last.append(row)
        else:
            groups.append([row])
    return groups


def _side_by_side(group: Sequence[AnswerRow], look: Look, width: int) -> list[Content]:
    if len(group) == 1:
        return _row_lines(group[0], look, width)
    first, second = (_row_lines(row, look, width // 2 - 1)[0] for row in group)
    return [pad(first, width // 2 + 1) + second]


def _row_lines(row: AnswerRow, look: Look, width: int) -> list[Content]:
    role = SIGN_ROLES.get(row.sign, "")
    text = look.style(
        "muted" if row.quiet else "text",
        bold=bool(row.raised or (role and not row.quiet)),
        raised=row.raised,
    )
    head = _head(row, look, role)
    room = max(width - head.cell_length, _NARROWEST)
    words = span(
        row.words, look.style(row.words_role or role or "muted", raised=row.raised)
    )
    kept = words.cell_length + 2 if words else 0
    body = card_lines(row.text, look, max(room - kept, _NARROWEST), text) or [blank()]
    lines = [justify(head + body[0], words, width) if words else head + body[0]]
    indent = head.cell_length
    lines += [line.pad_left(indent) for line in body[1:]]
    if row.below:
        plain = look.style("text", raised=row.raised)
        lines += [
            line.pad_left(indent) for line in card_lines(row.below, look, room, plain)
        ]
    if row.raised:
        fill = look.style("text", raised=True)
        lines = [pad(line, width).stylize_before(fill) for line in lines]
    if row.pick is not None:
        lines = [clickable(pad(line, width), f"pick({row.pick})") for line in lines]
    return lines


def _head(row: AnswerRow, look: Look, role: str) -> Content:
    glyphs = look.glyphs
    signs = {
        "right": glyphs.ratings[2],
        "wrong": glyphs.ratings[0],
        "missed": glyphs.ratings[1],
    }
    sign = signs.get(row.sign, " ")
    if row.raised:
        sign_part = span(glyphs.cursor, look.style("accent", bold=True, raised=True))
    else:
        sign_part = span(sign, look.style(role or "text", bold=True))
    parts = [sign_part, span(" ")]
    if row.label:
        label = look.style(
            "muted" if row.quiet else role or "accent",
            bold=bool(role),
            raised=row.raised,
        )
        parts.append(span(f"{row.label:<{_LABEL}} ", label))
    if row.box:
        box = "good" if row.box == ON else "muted"
        parts.append(span(f"{row.box} ", look.style(box, raised=row.raised)))
    return Content("").join(parts)


ON, OFF = "[x]", "[ ]"
