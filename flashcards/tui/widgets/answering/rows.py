"""The rows of an answer as lines: options, items, pairs and points, and their feedback."""

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
    """One row of an answer, while it is made or as feedback."""

    text: str
    label: str = ""
    """The digit or letter before the text."""
    box: str = ""
    """`[x]` or `[ ]` in rows that can be ticked."""
    sign: Sign = "neutral"
    remark: str = ""
    """A remark at the right, such as `your answer`."""
    remark_role: str = ""
    """The remark's color role, if it is not that of the sign."""
    below: str = ""
    """Text below the row: why an option is right, or the words found in a recall."""
    raised: bool = False
    """Whether the cursor is on the row."""
    is_muted: bool = False
    """Whether the row is shown in a muted color."""
    is_aside: bool = False
    """Whether the row is an option that was neither chosen nor right."""
    is_short: bool = False
    """Whether the row may share its line with another short one."""
    starts_block: bool = False
    """Whether a blank line comes before the row, even if there is little room."""
    click_number: int | None = None
    """The number passed on by a click; None if a click has no effect."""


@dataclass(frozen=True, slots=True)
class RenderedRows:
    """Rows as lines, with the ranges of lines to keep visible."""

    lines: list[Content]
    visible_ranges: tuple[tuple[int, int], ...] = ()
    """Ranges to scroll to, best first; the first one that fits is used.

    Each is its first line and the line after its last. First all rows with a cursor with
    what follows them, then the row under the cursor with that, then this row alone. Empty
    without a cursor."""


def render_rows(
    rows: Sequence[AnswerRow], look: Look, width: int, *, is_spaced: bool
) -> RenderedRows:
    """Return rows as lines of a width, with blank lines between them if `is_spaced`."""
    lines: list[Content] = []
    raised: list[tuple[int, int]] = []
    for number, group in enumerate(_grouped(rows, width)):
        if number and (is_spaced or group[0].starts_block):
            lines.append(blank())
        row_lines = _side_by_side(group, look, width)
        if any(row.raised for row in group):
            raised.append((len(lines), len(lines) + len(row_lines)))
        lines += row_lines
    if not raised:
        return RenderedRows(lines)
    end = len(lines) if any(row.is_short for row in rows) else raised[-1][1]
    return RenderedRows(lines, ((raised[0][0], end), (raised[-1][0], end), raised[-1]))


def _grouped(rows: Sequence[AnswerRow], width: int) -> list[list[AnswerRow]]:
    """Group short rows in pairs for one line each, if all of them fit half the width."""
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
        "muted" if row.is_muted else "text",
        bold=bool(row.raised or (role and not row.is_muted)),
        raised=row.raised,
    )
    head = _head(row, look, role)
    room = max(width - head.cell_length, _NARROWEST)
    remark = span(
        row.remark.replace("→", look.glyphs.arrow),
        look.style(row.remark_role or role or "muted", raised=row.raised),
    )
    remark_width = remark.cell_length + 2 if remark else 0
    body = card_lines(row.text, look, max(room - remark_width, _NARROWEST), text) or [
        blank()
    ]
    lines = [justify(head + body[0], remark, width) if remark else head + body[0]]
    indent = head.cell_length
    lines += [line.pad_left(indent) for line in body[1:]]
    if row.below:
        plain = look.style("muted" if row.is_muted else "text", raised=row.raised)
        lines += [
            line.pad_left(indent) for line in card_lines(row.below, look, room, plain)
        ]
    if row.raised:
        fill = look.style("text", raised=True)
        lines = [pad(line, width).stylize_before(fill) for line in lines]
    if row.click_number is not None:
        lines = [
            clickable(pad(line, width), f"pick({row.click_number})") for line in lines
        ]
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
            "muted" if row.is_muted else role or "accent",
            bold=bool(role),
            raised=row.raised,
        )
        parts.append(span(f"{row.label:<{_LABEL}} ", label))
    if row.box:
        box = "good" if row.box == TICKED else "muted"
        parts.append(span(f"{row.box} ", look.style(box, raised=row.raised)))
    return Content("").join(parts)


TICKED, UNTICKED = "[x]", "[ ]"
