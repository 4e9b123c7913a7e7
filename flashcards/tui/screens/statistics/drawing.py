"""Draw a chart in the cells of a terminal: its title, and its points by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.cards import Rating
from flashcards.progress.charts.chart import Kind
from flashcards.tui.rendering.charts import level, tall_columns
from flashcards.tui.rendering.lines import blank, cut, justify, pad, span
from flashcards.tui.rendering.markdown import card_line, stored
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.rating_bar import RATING_ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flashcards.progress.charts.chart import Chart, ChartPoint
    from flashcards.tui.theme.themes import Look

_LABEL = 5
"""Cells left of a chart."""
_LEAST_BAR = 4
_LONGEST = 200
_GAP = "   "
_CHOSEN = "^"
"""Under the selected column if colors cannot highlight it."""
_ROLES = {
    "studied": "good",
    "forecast": "easy",
    "year": "easy",
    "predictions": "accent",
    "stability": "easy",
    "difficulty": "hard",
}
"""Roles of the colors of charts by their names; of all others `good`."""


def draw_chart(
    chart: Chart,
    look: Look,
    width: int,
    rows: int,
    at: int | None,
    *,
    focused: bool,
    alone: bool = True,
) -> list[Content]:
    """Return the title and the chart, cut to some rows.

    Args:
        chart: The chart.
        look: The colors and glyphs.
        width: Cells of a line.
        rows: Lines at most.
        at: Index of the selected sentence; shown if the chart is focused.
        focused: Whether the chart has the focus.
        alone: Whether no other chart is shown beside it; otherwise a mark before the title
            shows the focus.
    """
    role = "accent" if focused else "text"
    sign = f"{look.glyphs.cursor} " if focused and not alone else ""
    title = justify(
        span(f"{sign}{chart.title}", look.style(role, bold=True)),
        span(_aside(chart, look), look.style("muted")),
        width,
        look.glyphs.more,
    )
    if chart.missing:
        message = span(chart.missing, look.style("muted")).wrap(width)
        return [title, *message][:rows]
    selected = at if focused else None
    drawn = _DRAW[chart.kind](chart, look, width, max(rows - 1, 0), selected)
    return [title, *(cut(line, width, look.glyphs.more) for line in drawn)][:rows]


def _aside(chart: Chart, look: Look) -> str:
    """Return the text at the right of the title: a legend, headings or notes."""
    if chart.kind is Kind.HEATMAP:
        busiest = max((point.values[1] for point in chart.points), default=0)
        return f"0 {look.glyphs.heat} {busiest:,}" if busiest else ""
    if chart.missing and chart.kind is not Kind.TABLE:
        return ""
    if chart.expected:
        return f"{chart.unit} {look.glyphs.expected} {chart.expected}"
    if chart.kind is Kind.TABLE and not chart.notes and not chart.missing:
        headings = [measure.heading for measure in chart.measures if measure.is_figure]
        widths = _figure_widths(chart)
        return "".join(f"{h:>{w}}" for h, w in zip(headings, widths, strict=True))
    separator = _GAP if chart.kind is Kind.TABLE else f" {look.glyphs.dot} "
    notes = separator.join(chart.notes)
    return ", ".join(filter(None, (chart.unit, notes)))


def _heatmap(
    chart: Chart, look: Look, width: int, rows: int, at: int | None
) -> list[Content]:
    weeks = -(-len(chart.points) // 7)
    gap = " " if _LABEL + 2 * weeks <= width + 1 else ""
    last = len(chart.points) - 1
    lines = []
    for row, label in enumerate(("Mon", "", "Wed", "", "Fri", "", "")):
        parts = [span(f"{label:<{_LABEL}}", look.style("muted"))]
        for index in range(row, len(chart.points), 7):
            chosen = index == at
            shade = round(chart.points[index].size)
            role = "good" if shade else "line"
            if chosen or (at is None and index == last):
                role = "accent"
            style = look.style(role, bold=chosen, raised=chosen)
            parts.append(span(look.glyphs.heat[shade], style) + gap)
        lines.append(Content("").join(parts))
    return lines


def _columns(
    chart: Chart, look: Look, width: int, rows: int, at: int | None
) -> list[Content]:
    """Draw columns with the greatest value on the axis, and labels at both ends."""
    points, marked = chart.points, chart.marked
    wide = 2 if _LABEL + 2 * len(points) <= width else 1
    height = max(rows - 1, 1)
    greatest = chart.greatest
    top = max(round(greatest), greatest > 0)
    sizes = [*(point.size for point in points), greatest]
    wholes = [*(max(point.size, point.expected) for point in points), greatest]
    solid = tall_columns(sizes, height, look.glyphs)
    grown = tall_columns(wholes, height, look.glyphs)
    lines = []
    for number in range(height):
        label = f"{top:d}" if number == 0 else "0" if number == height - 1 else ""
        parts = [span(f"{label:>{_LABEL - 1}} ", look.style("muted"))]
        for column in range(len(points)):
            sign, role = solid[number][column], _ROLES[chart.name]
            if sign == " " and grown[number][column] != " ":
                sign, role = look.glyphs.expected, "muted"
            if sign == " " and column == marked:
                sign = look.glyphs.day_mark
            role = "accent" if column in (at, marked) else role
            # Without colors, raised text is reversed, which would show a wrong height.
            raised = column == at and not look.plain
            parts.append(span(sign * wide, look.style(role, raised=raised)))
        lines.append(Content("").join(parts))
    signs = {} if marked is None else {marked: look.glyphs.day_mark}
    if at is not None and at < len(points) and look.plain:
        signs[at] = _CHOSEN
    under = _ends(chart.ends, wide, len(points), signs, look)
    for column, sign in signs.items():
        cell = wide * column
        shown = span(sign, look.style("accent", bold=column == at))
        under = under[:cell] + shown + under[cell + 1 :]
    return [*lines, blank().pad_left(_LABEL) + under]


def _ends(
    ends: tuple[str, str], wide: int, count: int, signs: Collection[int], look: Look
) -> Content:
    """Return the labels under the first and the last column, moved away from any sign."""
    cells = wide * count
    at = [wide * sign for sign in signs]
    first, last = ends
    start = max((cell + 1 for cell in at if cell < len(first)), default=0)
    end = min((cell for cell in at if cell >= cells - len(last)), default=cells)
    if start + len(first) + len(last) >= end:
        last = ""
    words = f"{first:>{start + len(first)}}".ljust(max(end - len(last), 0)) + last
    return span(f"{words:<{cells}}", look.style("muted"))


def _bars(
    chart: Chart, look: Look, width: int, rows: int, at: int | None
) -> list[Content]:
    """Draw rows of name, bar with its mark, and figures; the selected one is raised."""
    points = chart.points
    first = _first_row(chart, rows, at)
    names = max((len(point.label) for point in points), default=0) + 2
    figures = [chart.figures(point)[0] for point in points]
    room = max(map(len, figures), default=0)
    bar = max(width - names - room - 2, _LEAST_BAR)
    role = _ROLES.get(chart.name, "good")
    roles = {"solid": role, "band": role, "track": "line", "target": "text"}
    lines = []
    for index in range(first, min(first + rows, len(points))):
        point, raised = points[index], index == at
        style = look.style("accent" if raised else "muted", bold=raised)
        runs = level(point.size, point.size, bar, look.glyphs, point.mark)
        drawn = Content.assemble(
            *((text, look.style(roles[kind])) for text, kind in runs)
        )
        figure = span(f"  {figures[index]:>{room}}", look.style("text"))
        lines.append(pad(span(point.label, style), names) + drawn + figure)
    return lines


def _first_row(chart: Chart, rows: int, at: int | None) -> int:
    """Return the first row to show so that the selected one is visible."""
    last = len(chart.points) - 1
    seen = min(at, last) if at is not None else last if chart.starts_at_end else 0
    return min(max(seen - rows + 1, 0), max(last + 1 - rows, 0))


def _shares(
    chart: Chart, look: Look, width: int, rows: int, at: int | None
) -> list[Content]:
    """Draw the shares of the four ratings in one line, and the caption below."""
    parts = [
        span(
            f"{look.glyphs.rating(rating)} {chart.figures(point)[0].partition(' ')[0]}",
            look.style(RATING_ROLES[rating], bold=at == index, raised=at == index),
        )
        for index, (rating, point) in enumerate(zip(Rating, chart.points, strict=True))
    ]
    caption = chart.caption
    if len(caption) > width:
        caption = caption.partition(",")[0]
    return [Content(_GAP).join(parts), stored(caption, look.style("text"))]


def _table(
    chart: Chart, look: Look, width: int, rows: int, at: int | None
) -> list[Content]:
    """Draw a row for each point, two for each if they have slips."""
    each = 2 if any(point.slip for point in chart.points) else 1
    room = max(rows // each, 1)
    first = _first_row(chart, room, at)
    widths = _figure_widths(chart)
    lines = []
    for index in range(first, min(first + room, len(chart.points))):
        point = chart.points[index]
        figures = zip(chart.figures(point), widths, strict=True)
        right = "".join(f"{figure:>{cells}}" for figure, cells in figures)
        left = _row_name(chart, point, look, raised=index == at)
        lines.append(
            justify(left, span(right, look.style("text")), width, look.glyphs.more)
        )
        if point.slip:
            slip = stored(point.slip, look.style("muted"))
            lines.append(span("  ", look.style("muted")) + slip)
    return lines


def _row_name(chart: Chart, point: ChartPoint, look: Look, *, raised: bool) -> Content:
    """Return the name of a row, then its question or its deck."""
    edge = blank()
    if chart.name in ("decks", "topics"):
        edge = span(look.glyphs.bar, look.style(area_role(point.deck))) + " "
    name = stored(point.label, look.style("accent" if raised else "text"))
    if point.front:
        detail = cut(card_line(point.front, look, look.style("muted")), _LONGEST)
    else:
        detail = stored(point.deck, look.style("muted"))
    return edge + name + _GAP + detail


def _figure_widths(chart: Chart) -> list[int]:
    """Return the cells of each figure of a table, at least as many as its heading takes."""
    headings = [measure.heading for measure in chart.measures if measure.is_figure]
    columns: Sequence[Sequence[str]] = list(
        zip(headings, *map(chart.figures, chart.points), strict=True)
    )
    return [max(map(len, column)) + 2 for column in columns]


_DRAW = {
    Kind.BARS: _bars,
    Kind.SHARES: _shares,
    Kind.COLUMNS: _columns,
    Kind.HEATMAP: _heatmap,
    Kind.TABLE: _table,
}
