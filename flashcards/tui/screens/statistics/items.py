"""Charts of answers: items with their slips, and cards that were sure but wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, short_date
from flashcards.progress.figure_text import percent
from flashcards.text.markdown.plain_text import to_plain_line
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


def items(statistics: ItemStatistics | None) -> ChartPanel:
    """Show the graded items with enough answers, the lowest score first, with their slips."""
    shown = statistics.enough if statistics else ()

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        room = max(rows // _ROWS, 1)
        first = max((at or 0) - room + 1, 0)
        lines: list[Content] = []
        for index in range(first, min(first + room, len(shown))):
            lines += _item(shown[index], look, width, raised=index == at)
        return lines

    if statistics is None:
        missing = "Still counting."
    elif statistics.answers:
        missing = statistics.missing
    else:
        missing = "No answers to graded items yet. Take a quiz to get the first ones."
    return ChartPanel(
        "Items with the lowest scores",
        "" if missing else f"{'right':>9}{'answers':>9}",
        tuple(_item_text(item) for item in shown),
        draw,
        missing,
    )


def sure_but_wrong(calibration: Calibration | None) -> ChartPanel:
    """Show cards that were sure but wrong, with the share right by confidence."""
    slips = calibration.sure_but_wrong if calibration else ()
    aside = ""
    if calibration and calibration.is_enough:
        aside = "   ".join(
            f"{bin_.confidence} {percent(bin_.right)}"
            for bin_ in calibration.bins
            if bin_.answers
        )

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        first = max((at or 0) - rows + 1, 0)
        return [
            justify(
                stored(slip.card, look.style("accent" if index == at else "text"))
                + "   "
                + cut(card_line(slip.front, look, look.style("muted")), _LONGEST),
                span(f"  {short_date(slip.day)}", look.style("text")),
                width,
                look.glyphs.more,
            )
            for index, slip in enumerate(slips)
        ][first : first + rows]

    if calibration is None:
        missing = "Still counting."
    elif not calibration.answers:
        missing = "No answers with a confidence yet."
    elif not slips:
        missing = "No card that you were sure of was wrong when last asked."
    else:
        missing = ""
    return ChartPanel(
        "Sure but wrong",
        aside or (calibration.missing if calibration and calibration.answers else ""),
        tuple(
            f"{slip.card} in {slip.deck}, {short_date(slip.day)}: {to_plain_line(slip.front)}"
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
    frequency = f"{part.what} in {part.answers:,} of {item.answers:,}"
    return f"{frequency}: {part.text}{name}"


def _item_text(item: ItemFigures) -> str:
    score = f"{item.note}: {percent(item.score)} in {count(item.answers, 'answer')}"
    return "; ".join([score, *(_slip(part, item) for part in item.slips)])
