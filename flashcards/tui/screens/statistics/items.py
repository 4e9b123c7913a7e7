"""What answers tell beyond ratings: items and their slips, and what was sure but wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, short_date
from flashcards.progress.figure_text import percent
from flashcards.text.markdown.plain_text import plain_line
from flashcards.tui.rendering.lines import cut, justify, span
from flashcards.tui.rendering.markdown import card_line, stored
from flashcards.tui.screens.statistics.chart import ChartPanel

if TYPE_CHECKING:
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.items import (
        ItemFigures,
        ItemPart,
        ItemStatistics,
    )
    from flashcards.tui.theme.themes import Look

_LONGEST = 200
_ROWS = 2
"""Of each item: the question, and its most frequent slip."""
_FIGURES = 18


def items(found: ItemStatistics | None) -> ChartPanel:
    """Return the graded items with enough answers, the worst first, with their slips."""
    shown = found.enough if found else ()

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        room = max(rows // _ROWS, 1)
        first = max((at or 0) - room + 1, 0)
        lines: list[Content] = []
        for place in range(first, min(first + room, len(shown))):
            lines += _item(shown[place], look, width, raised=place == at)
        return lines

    if found is None:
        missing = "Still counting."
    elif found.answers:
        missing = found.missing
    else:
        missing = "No answer to a graded item yet. A quiz brings the first ones."
    return ChartPanel(
        "Items answered worst",
        "" if missing else f"{'right':>9}{'answers':>9}",
        tuple(_told(item) for item in shown),
        draw,
        missing,
    )


def sureness(found: Calibration | None) -> ChartPanel:
    """Return what was sure but wrong, and whether being sure means being right."""
    slips = found.sure_but_wrong if found else ()
    aside = ""
    if found and found.is_enough:
        aside = "   ".join(
            f"{one.confidence} {percent(one.right)}"
            for one in found.bins
            if one.answers
        )

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        first = max((at or 0) - rows + 1, 0)
        return [
            justify(
                stored(slip.card, look.style("accent" if place == at else "text"))
                + "   "
                + cut(card_line(slip.front, look, look.style("muted")), _LONGEST),
                span(f"  {short_date(slip.day)}", look.style("text")),
                width,
                look.glyphs.more,
            )
            for place, slip in enumerate(slips)
        ][first : first + rows]

    if found is None:
        missing = "Still counting."
    elif not found.answers:
        missing = "No answer was given with a word of confidence so far."
    elif not slips:
        missing = "Nothing that you were sure of was wrong when it was last asked."
    else:
        missing = ""
    return ChartPanel(
        "Sure but wrong",
        aside or (found.missing if found and found.answers else ""),
        tuple(
            f"{slip.card} in {slip.deck}, {short_date(slip.day)}: {plain_line(slip.front)}"
            for slip in slips
        ),
        draw,
        missing,
    )


def _item(item: ItemFigures, look: Look, width: int, *, raised: bool) -> list[Content]:
    style = look.style("accent" if raised else "text", bold=raised)
    left = cut(card_line(item.front, look, style), _LONGEST)
    figures = f"{percent(item.score):>9}{item.answers:>9,}"
    top = justify(
        cut(left, max(width - _FIGURES - 1, 1), look.glyphs.more),
        span(figures, look.style("text")),
        width,
        look.glyphs.more,
    )
    slip = _slip(item.slips[0], item) if item.slips else "Every answer was right."
    return [top, span("  ", look.style("muted")) + stored(slip, look.style("muted"))]


def _slip(part: ItemPart, item: ItemFigures) -> str:
    name = f" ({part.mixed_up})" if part.mixed_up else ""
    told = f"{part.what} in {part.answers:,} of {item.answers:,}"
    return f"{told}: {part.text}{name}"


def _told(item: ItemFigures) -> str:
    score = f"{item.note}: {percent(item.score)} in {count(item.answers, 'answer')}"
    return "; ".join([score, *(_slip(part, item) for part in item.slips)])
