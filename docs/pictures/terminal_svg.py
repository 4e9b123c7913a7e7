"""Draw rows of a terminal as SVG that looks the same without the terminal's font.

Bars and lines are drawn as shapes, and each word stands at its own column, so that a font
with other widths moves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment
    from rich.style import Style

WIDTH, HEIGHT = 9.6, 20.0
"""The size of a cell."""
_BASELINE = 14.5
_MARGIN = 16.0
_CAPTION = 34.0
_FONT = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"
_WORDS = re.compile(r"[!-~]+|[^ -~]")
_LOWER_BLOCKS = "▁▂▃▄▅▆▇█"
_LEFT_BLOCKS = "█▉▊▋▌▍▎▏"
_RULES = {"─": 1.6, "━": 3.6, "╌": 1.6, "╍": 3.6, "┄": 1.6, "┅": 3.6}
"""The thickness of horizontal lines; broken ones have a gap in the middle and at the end."""
_BROKEN = "╌╍┄┅"
_BRAILLE = range(0x2800, 0x2900)
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each dot of a Braille character, in the order of its bits."""


class Frame(NamedTuple):
    """A screen at one moment."""

    rows: tuple[tuple[Segment, ...], ...]
    seconds: float = 1.0
    """How long a moving picture shows it."""
    caption: str = ""
    """Said below the screen."""


@dataclass(slots=True)
class TerminalSvg:
    """Collects the rows of frames; rows that occur twice are drawn once."""

    columns: int
    lines: int
    foreground: str
    background: str
    muted: str
    border: str
    _rows: dict[str, str] = field(default_factory=dict)
    """The name of each drawing of a row."""
    _classes: dict[str, str] = field(default_factory=dict)
    """The name of each CSS declaration."""

    def draw(self, frames: Sequence[Frame], description: str) -> str:
        """Return a picture of one frame, or a moving one of several.

        Without animation, or where motion is unwanted, the first frame stays.
        """
        groups = [self._frame(number, frame) for number, frame in enumerate(frames)]
        has_caption = any(frame.caption for frame in frames)
        width = self.columns * WIDTH + 2 * _MARGIN
        height = self.lines * HEIGHT + 2 * _MARGIN + (_CAPTION if has_caption else 0)
        definitions = "".join(
            f'<g id="{name}">{drawing}</g>\n' for drawing, name in self._rows.items()
        )
        styles = "".join(
            f".{name}{{{declaration}}}" for declaration, name in self._classes.items()
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            f'width="{width:g}" height="{height:g}" role="img">\n'
            f"<title>{escape(description)}</title>\n"
            f"<style>text{{font:16px {_FONT};white-space:pre}}"
            f"rect{{shape-rendering:crispEdges}}.w{{shape-rendering:auto}}{styles}{_animation(frames)}"
            "</style>\n"
            f"<defs>\n{definitions}</defs>\n"
            f'<rect class="w" x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="8" '
            f'fill="{self.background}" stroke="{self.border}"/>\n'
            f"{''.join(groups)}</svg>\n"
        )

    def _frame(self, number: int, frame: Frame) -> str:
        uses = []
        for line, row in enumerate(frame.rows):
            drawing = self._row(row)
            if drawing:
                name = self._rows.setdefault(drawing, f"r{len(self._rows)}")
                uses.append(f'<use href="#{name}" y="{line * HEIGHT:g}"/>')
        shift = f'transform="translate({_MARGIN:g} {_MARGIN:g})"'
        caption = ""
        if frame.caption:
            x = self.columns * WIDTH / 2
            y = self.lines * HEIGHT + _CAPTION - 10
            caption = (
                f'<text x="{x:g}" y="{y:g}" text-anchor="middle" '
                f'fill="{self.muted}">{escape(frame.caption)}</text>'
            )
        return f'<g class="f f{number}" {shift}>{"".join(uses)}{caption}</g>\n'

    def _row(self, row: Iterable[Segment]) -> str:
        backgrounds, shapes, column = [], [], 0
        for segment in row:
            color, filled, extra = self._colors(segment.style)
            cells = cell_len(segment.text)
            if filled != self.background:
                backgrounds.append(
                    _rectangle(column * WIDTH, 0, cells * WIDTH, HEIGHT, filled)
                )
            shapes.append(self._text(segment.text, column, color, extra))
            column += cells
        return "".join([*backgrounds, *shapes])

    def _colors(self, style: Style | None) -> tuple[str, str, str]:
        """Return the color of the text, that of the cell, and further declarations."""
        color, filled, extra = self.foreground, self.background, ""
        if style is None:
            return color, filled, extra
        if style.color is not None and not style.color.is_default:
            color = style.color.get_truecolor().hex
        if style.bgcolor is not None and not style.bgcolor.is_default:
            filled = style.bgcolor.get_truecolor().hex
        if style.reverse:
            color, filled = filled, color
        extra += ";font-weight:bold" if style.bold else ""
        extra += ";font-style:italic" if style.italic else ""
        extra += ";text-decoration:underline" if style.underline else ""
        return color, filled, extra

    def _text(self, text: str, column: int, color: str, extra: str) -> str:
        parts = []
        for word in _WORDS.finditer(text):
            x = (column + cell_len(text[: word.start()])) * WIDTH
            shape = _shape(word[0], x, color)
            if shape:
                parts.append(shape)
                continue
            declaration = f"fill:{color}{extra}"
            name = self._classes.setdefault(declaration, f"c{len(self._classes)}")
            length = len(word[0]) * WIDTH
            fit = f' textLength="{length:g}"' if word[0].isascii() else ""
            parts.append(
                f'<text class="{name}" x="{x:g}" y="{_BASELINE:g}"{fit}>'
                f"{escape(word[0])}</text>"
            )
        return "".join(parts)


def _animation(frames: Sequence[Frame]) -> str:
    if len(frames) == 1:
        return ""
    total = sum(frame.seconds for frame in frames)
    rules, start = [".f{visibility:hidden}.f0{visibility:visible}"], 0.0
    for number, frame in enumerate(frames):
        end = start + frame.seconds
        before = "" if number == 0 else "0%{visibility:hidden}"
        after = (
            ""
            if number == len(frames) - 1
            else f"{end / total:.4%}{{visibility:hidden}}"
        )
        rules.append(
            f"@keyframes k{number}{{{before}{start / total:.4%}{{visibility:visible}}{after}"
            f"{'' if after else '100%{visibility:visible}'}}}"
            f".f{number}{{animation:k{number} {total:g}s step-end infinite}}"
        )
        start = end
    rules.append("@media (prefers-reduced-motion:reduce){.f{animation:none}}")
    return "".join(rules)


def _shape(character: str, x: float, color: str) -> str:
    """Return a character of a bar, a line or a chart as shapes; empty for any other."""
    if character in _LOWER_BLOCKS:
        height = HEIGHT * (_LOWER_BLOCKS.index(character) + 1) / 8
        return _rectangle(x, HEIGHT - height, WIDTH, height, color)
    if character == "▀":
        return _rectangle(x, 0, WIDTH, HEIGHT / 2, color)
    if character == "▐":
        return _rectangle(x + WIDTH / 2, 0, WIDTH / 2, HEIGHT, color)
    if character in _LEFT_BLOCKS:
        width = WIDTH * (8 - _LEFT_BLOCKS.index(character)) / 8
        return _rectangle(x, 0, width, HEIGHT, color)
    if character in _RULES:
        thick = _RULES[character]
        y = (HEIGHT - thick) / 2
        if character not in _BROKEN:
            return _rectangle(x, y, WIDTH, thick, color)
        dash = WIDTH / 2 - 1.6
        return "".join(
            _rectangle(x + WIDTH * half / 2 + 0.8, y, dash, thick, color)
            for half in (0, 1)
        )
    if ord(character[0]) in _BRAILLE:
        bits = ord(character) - _BRAILLE.start
        return "".join(
            _rectangle(
                x + WIDTH * (0.18 + 0.5 * dot),
                HEIGHT * (0.05 + 0.25 * row),
                2.6,
                2.6,
                color,
            )
            for bit, (dot, row) in enumerate(_DOTS)
            if bits >> bit & 1
        )
    return ""


def _rectangle(x: float, y: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{color}"/>'
