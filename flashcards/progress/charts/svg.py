"""Charts as SVG: rectangles, lines and text, with no other package.

Every mark with a value has a `title`, so that pointing at it shows the number. Color is
never the only sign: shades differ in lightness, and lines in their dashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.progress.charts.chart import Kind
from flashcards.text.safe_text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.charts.chart import Chart

INK, SOFT, LINE, ACCENT, BAND = "#1f2430", "#6b7280", "#d6d9de", "#2f6db3", "#c9dcf0"
SHADES = ("#eceef1", "#c9dcf0", "#8fb8df", "#4f8cc9", "#1f5590")
WIDTH = 720
_LEFT, _RIGHT = 56, 664
"""Of the space that columns and curves are drawn in."""
_BAR_START, _BAR_END = 190, 500
_ROW, _AXIS, _SQUARE = 22, 90, (23, 15)
"""Heights of a bar with its gap and of an axis; width and height of a day with its gap."""
_MOST_ROWS = 10
"""Rows of a table that are drawn."""
_LONGEST = 26
"""Characters of a label beside a bar."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """Return text that is safe in SVG and HTML."""
    return clean(text).translate(_ESCAPES)


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 12,
    color: str = INK,
    end: bool = False,
) -> str:
    """Return text at a position, right-aligned if `end` is set."""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}"{anchor}>'
        f"{escaped(text)}</text>"
    )


def picture(body: str, height: float, description: str) -> str:
    """Return a complete SVG picture with a description."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img" '
        'font-family="system-ui, sans-serif">'
        f"<title>{escaped(description)}</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{body}</svg>\n'
    )


def title_of(chart: Chart) -> str:
    """Return the heading of a chart, with what its light columns are."""
    legend = f", {chart.expected} (light)" if chart.expected else ""
    return chart.heading + legend


def draw(chart: Chart) -> tuple[str, float]:
    """Return the marks of a chart, from height 0 down, and their height."""
    if chart.missing:
        return words(_LEFT, 12, chart.missing, color=SOFT), 16
    marks, height = _DRAW[chart.kind](chart)
    if chart.caption:
        height += _ROW
        marks += words(_LEFT, height - 6, chart.caption, color=SOFT)
    return marks, height


def _bars(chart: Chart) -> tuple[str, float]:
    """Draw a bar from 0 to 1 for each point, with its figures."""
    points = chart.points[:_MOST_ROWS] if chart.kind is Kind.TABLE else chart.points
    length = _BAR_END - _BAR_START
    parts = []
    for index, point in enumerate(points):
        y = _ROW * index
        parts += [
            words(_BAR_START - 8, y + 12, _cut(chart.cells(point)[0]), end=True),
            _box(_BAR_START, y + 2, length, 12, SHADES[0]),
            _box(_BAR_START, y + 2, length * point.size, 12, ACCENT, point.sentence),
            words(_BAR_END + 8, y + 12, chart.figures_text(point), color=SOFT),
        ]
        if point.mark is not None:
            x = _BAR_START + length * point.mark
            parts.append(_box(x - 1, y - 1, 2, 18, INK))
    return "".join(parts), _ROW * len(points) + 4


def _columns(chart: Chart) -> tuple[str, float]:
    """Draw a column for each point over the expected one, with the greatest value on the axis."""
    most = chart.greatest or 1
    step = (_RIGHT - _LEFT) / max(len(chart.points), 1)
    parts = [_axis(f"{most:,.0f} {chart.unit.partition(' ')[0]}")]
    for color, own in ((SHADES[1], False), (ACCENT, True)):
        for index, point in enumerate(chart.points):
            value = point.size if own else point.expected
            # A small value must still be visible.
            tall = max(_AXIS * value / most, 1.5) if value > 0 else 0
            x, y = _LEFT + (index + 0.1) * step, _AXIS - tall
            parts.append(_box(x, y, step * 0.8, tall, color, point.sentence))
    if chart.marked is not None:
        x = _LEFT + (chart.marked + 0.5) * step
        parts.append(_rule(x, 0, x, _AXIS, dashed=True))
    return "".join([*parts, _ends(chart)]), _AXIS + 20


def _heatmap(chart: Chart) -> tuple[str, float]:
    """Draw a square for each day, a column for each week."""
    wide, tall = _SQUARE
    step = min(wide, (WIDTH - _LEFT) / -(-len(chart.points) // 7))
    parts = []
    for index, point in enumerate(chart.points):
        column, row = divmod(index, 7)
        x, y = _LEFT + step * column, tall * row
        shade = SHADES[round(point.size)]
        parts.append(_box(x, y, step - 3, tall - 2, shade, point.sentence))
    parts += [
        words(_LEFT - 6, tall * row + 11, name, color=SOFT, end=True)
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    return "".join(parts), 7 * tall


def _curve(chart: Chart) -> tuple[str, float]:
    """Draw a curve within its band, and its target."""
    step = (_RIGHT - _LEFT) / max(len(chart.points) - 1, 1)

    def path(values: Sequence[float]) -> list[str]:
        return [
            f"{_LEFT + index * step:.1f},{_AXIS * (1 - value):.1f}"
            for index, value in enumerate(values)
        ]

    low = path([point.band[0] for point in chart.points])
    high = path([point.band[1] for point in chart.points])
    middle = path([point.size for point in chart.points])
    parts = [
        _axis("100%"),
        f'<polygon points="{" ".join([*low, *reversed(high)])}" fill="{BAND}"/>',
        f'<polyline points="{" ".join(middle)}" fill="none" stroke="{ACCENT}"/>',
    ]
    targets = {point.mark for point in chart.points if point.mark is not None}
    parts += [
        _rule(_LEFT, _AXIS * (1 - target), _RIGHT, _AXIS * (1 - target), dashed=True)
        for target in targets
    ]
    return "".join([*parts, _ends(chart)]), _AXIS + 20


_DRAW = {
    Kind.BARS: _bars,
    Kind.SHARES: _bars,
    Kind.TABLE: _bars,
    Kind.COLUMNS: _columns,
    Kind.HEATMAP: _heatmap,
    Kind.CURVE: _curve,
}


def _axis(highest: str) -> str:
    return (
        _rule(_LEFT, _AXIS, _RIGHT, _AXIS)
        + words(_LEFT - 6, 10, highest, color=SOFT, end=True)
        + words(_LEFT - 6, _AXIS, "0", color=SOFT, end=True)
    )


def _ends(chart: Chart) -> str:
    first, last = chart.ends
    y = _AXIS + 16
    return words(_LEFT, y, first, color=SOFT) + words(
        _RIGHT, y, last, color=SOFT, end=True
    )


def _box(
    x: float, y: float, width: float, height: float, color: str, description: str = ""
) -> str:
    title = f"<title>{escaped(description)}</title>" if description else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{max(height, 0):.1f}" fill="{color}">{title}</rect>'
    )


def _rule(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{SOFT if dashed else LINE}"{dash}/>'
    )


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
