"""The sizes a screen is laid out for, from the terminal's columns and rows."""

from __future__ import annotations

from typing import NamedTuple

WIDE, MEDIUM, NARROW, SMALL = 96, 76, 60, 40
TALL, SHORT, LOW, FLAT = 28, 22, 20, 10

HORIZONTAL = [
    (0, "-speck"),
    (SMALL, "-small"),
    (NARROW, "-narrow"),
    (MEDIUM, "-medium"),
    (WIDE, "-wide"),
]
"""Breakpoints for Textual: the least width of each class."""
VERTICAL = [
    (0, "-no-rows"),
    (FLAT, "-flat"),
    (LOW, "-low"),
    (SHORT, "-short"),
    (TALL, "-tall"),
]


class Frame(NamedTuple):
    """The terminal's size, and what fits into it."""

    width: int
    height: int

    @property
    def is_small(self) -> bool:
        """Whether only the card, a rating bar of one row and the footer fit."""
        return self.width < NARROW or self.height < LOW

    @property
    def is_narrow(self) -> bool:
        """Whether captions are shortened and rating bars have one row."""
        return self.width < MEDIUM

    @property
    def is_tall(self) -> bool:
        """Whether what is merely nice to have gets its rows."""
        return self.height >= TALL

    @property
    def is_low(self) -> bool:
        """Whether every row counts."""
        return self.height < SHORT
