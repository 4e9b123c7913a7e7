"""Charts made of characters: columns of eighths, stacked bars, and braille curves."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.tui.theme.glyphs import Glyphs

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille cell by row and column."""


def columns(values: Sequence[float], glyphs: Glyphs) -> str:
    """Return one row of columns; a value above 0 is always visible."""
    highest = max(values, default=0)
    steps = len(glyphs.columns) - 1
    if highest <= 0:
        return glyphs.columns[0] * len(values)
    heights = (max(round(value / highest * steps), value > 0) for value in values)
    return "".join(glyphs.columns[height] for height in heights)


def tall_columns(values: Sequence[float], rows: int, glyphs: Glyphs) -> list[str]:
    """Return columns over several rows, the top row first, the highest one full."""
    highest = max(values, default=0)
    steps = len(glyphs.columns) - 1
    whole = steps * rows
    heights = [
        max(round(value / highest * whole), value > 0) if highest > 0 else 0
        for value in values
    ]
    return [
        "".join(
            glyphs.columns[min(max(height - steps * below, 0), steps)]
            for height in heights
        )
        for below in reversed(range(rows))
    ]


def level(
    low: float, high: float, width: int, glyphs: Glyphs, mark: float | None = None
) -> list[tuple[str, str]]:
    """Return a bar from 0 to 1 as runs of glyphs, each with its kind.

    Args:
        low: Where the solid part ends.
        high: Where the band after it ends; the same for a bar without a band.
        width: Cells of the whole bar.
        glyphs: The glyphs to draw with.
        mark: The target, from 0 to 1; None for no target.

    Returns:
        Runs of `solid`, `band`, `track` and `target`.
    """
    start, end = (round(min(max(share, 0), 1) * width) for share in (low, high))
    kinds = ["solid"] * start + ["band"] * (end - start)
    kinds += ["track"] * (width - len(kinds))
    if mark is not None and width:
        kinds[min(round(mark * width), width - 1)] = "target"
    signs = {
        "solid": glyphs.progress_done,
        "band": glyphs.band,
        "track": glyphs.track,
        "target": glyphs.target,
    }
    return [(signs[kind] * len(list(run)), kind) for kind, run in groupby(kinds)]


def shares(counts: Sequence[int], width: int) -> list[int]:
    """Return the cells of a stacked bar for each count, which add up to the width.

    A count above 0 gets at least one cell, as far as the width allows.
    """
    total = sum(counts)
    if not total or width < sum(count > 0 for count in counts):
        return [0] * len(counts)
    cells = [max(count * width // total, count > 0) for count in counts]
    largest = counts.index(max(counts))
    cells[largest] += width - sum(cells)
    return cells


class Curve:
    """A canvas for curves over `width` by `height` cells, filled by functions of 0 to 1."""

    def __init__(self, width: int, height: int, glyphs: Glyphs) -> None:
        self.width, self.height = width, height
        self.glyphs = glyphs
        self._per_cell = (2, 4) if glyphs.braille else (1, 1)
        self._bits: dict[tuple[int, int], int] = {}
        self._signs: dict[tuple[int, int], str] = {}

    def draw(
        self,
        function: Callable[[float], float | None],
        *,
        low: float,
        high: float,
        every: int = 1,
    ) -> None:
        """Draw the function of the share of the width; `every` > 1 leaves dots out."""
        across, down = self._per_cell
        dots = self.width * across
        rows = self.height * down
        step = every if self.glyphs.braille else max(1, every)
        for dot in range(0, dots, step):
            value = function(dot / max(dots - 1, 1))
            if value is None:
                continue
            share = (min(max(value, low), high) - low) / (high - low)
            row = rows - 1 - round(share * (rows - 1))
            cell = (row // down, dot // across)
            if self.glyphs.braille:
                bit = _DOTS[row % down][dot % across]
                self._bits[cell] = self._bits.get(cell, 0) | bit
            elif every == 1 or cell not in self._signs:
                self._signs[cell] = "*" if every == 1 else "."

    def rows(self, marks: Sequence[int] = ()) -> list[str]:
        """Return the rows, with day marks in some columns where nothing else is drawn."""
        return [
            "".join(self._sign(row, column, marks) for column in range(self.width))
            for row in range(self.height)
        ]

    def _sign(self, row: int, column: int, marks: Sequence[int]) -> str:
        if bits := self._bits.get((row, column)):
            return chr(0x2800 + bits)
        empty = self.glyphs.day_mark if column in marks else " "
        return self._signs.get((row, column), empty)
