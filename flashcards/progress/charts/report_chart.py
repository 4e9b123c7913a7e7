"""A chart of a report: bars, or a message in place of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.charts import svg
from flashcards.progress.charts.svg import SOFT, words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its SVG marks, from height 0 down, and its numbers as a table."""

    title: str
    body: str
    height: float
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def bars(
    title: str, rows: Sequence[tuple[str, float, str]], mark: float | None = None
) -> Chart:
    """Return a chart of a bar from 0 to 1 for each row of label, share and text."""
    return Chart(
        title,
        svg.bars(rows, top=0, mark=mark),
        22 * len(rows) + 4,
        ("", "value"),
        tuple((label, text) for label, _, text in rows),
    )


def message(title: str, text: str) -> Chart:
    """Return a message in place of a chart."""
    return Chart(title, words(svg.LEFT, 12, text, color=SOFT), 16)
