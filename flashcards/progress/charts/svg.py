"""Charts as SVG: rectangles, lines and text, with no other package.

Every mark with a value has a `title`, so that pointing at it shows the number. Color is
never the only sign: shades differ in lightness, and lines in their dashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.text.safe_text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, SOFT, LINE, ACCENT, BAND = "#1f2430", "#6b7280", "#d6d9de", "#2f6db3", "#c9dcf0"
SHADES = ("#eceef1", "#c9dcf0", "#8fb8df", "#4f8cc9", "#1f5590")
WIDTH = 720
LEFT = 56
RIGHT = 664
"""Of the space that bars and curves are drawn in."""

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


def box(
    x: float, y: float, width: float, height: float, color: str, description: str = ""
) -> str:
    """Return a filled rectangle with a description of its value."""
    title = f"<title>{escaped(description)}</title>" if description else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" '
        f'height="{max(height, 0):.1f}" fill="{color}">{title}</rect>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> str:
    """Return a thin straight line."""
    dash = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{SOFT if dashed else LINE}"{dash}/>'
    )


def columns(
    values: Sequence[tuple[float, str]],
    *,
    top: float,
    height: float,
    unit: str,
    above: Sequence[tuple[float, str]] = (),
) -> str:
    """Return a column for each value, with the greatest value on the axis.

    Args:
        values: Each with its description.
        top: The top of the axis.
        height: Height of the axis.
        unit: Unit of the values.
        above: For each column an expected value, drawn behind it in a light shade.
    """
    most = max((value for value, _ in (*values, *above)), default=0) or 1
    step = (RIGHT - LEFT) / max(len(values), 1)
    parts = [
        rule(LEFT, top + height, RIGHT, top + height),
        words(LEFT - 6, top + 10, f"{most:,.0f} {unit}".strip(), color=SOFT, end=True),
        words(LEFT - 6, top + height, "0", color=SOFT, end=True),
    ]
    for row, color in ((above, SHADES[1]), (values, ACCENT)):
        for index, (value, description) in enumerate(row):
            tall = height * value / most
            # A small value must still be visible.
            tall = max(tall, 1.5) if value > 0 else 0
            x, y = LEFT + (index + 0.1) * step, top + height - tall
            parts.append(box(x, y, step * 0.8, tall, color, description))
    return "".join(parts)


def bars(
    rows: Sequence[tuple[str, float, str]], *, top: float, mark: float | None = None
) -> str:
    """Return a bar from 0 to 1 for each row of label, share and text; each 22 high."""
    start, end = 190.0, 500.0
    parts = []
    for index, (label, share, description) in enumerate(rows):
        y = top + 22 * index
        parts.append(words(start - 8, y + 12, _cut(label), end=True))
        parts.append(box(start, y + 2, end - start, 12, SHADES[0]))
        parts.append(box(start, y + 2, (end - start) * share, 12, ACCENT, description))
        parts.append(words(end + 8, y + 12, description, color=SOFT))
    if mark is not None and rows:
        x = start + (end - start) * mark
        parts.append(rule(x, top - 2, x, top + 22 * len(rows), dashed=True))
    return "".join(parts)


def curve(
    points: Sequence[tuple[float, float, float]],
    *,
    top: float,
    height: float,
    mark: float | None = None,
) -> str:
    """Return a curve of values from 0 to 1 within its band, evenly spaced."""
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def point(index: int, value: float) -> str:
        return f"{LEFT + index * step:.1f},{top + height * (1 - value):.1f}"

    low = [point(index, band[1]) for index, band in enumerate(points)]
    high = [point(index, band[2]) for index, band in enumerate(points)]
    middle = [point(index, band[0]) for index, band in enumerate(points)]
    parts = [
        rule(LEFT, top + height, RIGHT, top + height),
        words(LEFT - 6, top + 10, "100%", color=SOFT, end=True),
        words(LEFT - 6, top + height, "0", color=SOFT, end=True),
        f'<polygon points="{" ".join([*low, *reversed(high)])}" fill="{BAND}"/>',
        _line(middle),
    ]
    if mark is not None:
        y = top + height * (1 - mark)
        parts.append(rule(LEFT, y, RIGHT, y, dashed=True))
    return "".join(parts)


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _line(points: Sequence[str]) -> str:
    joined = " ".join(points)
    return (
        f'<polyline points="{joined}" fill="none" stroke="{ACCENT}" stroke-width="2"/>'
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
