"""One chart of a report, and the two that many figures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.progress.charts import svg
from flashcards.progress.charts.svg import SOFT, words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its marks from height 0 down, and its numbers as a table."""

    title: str
    body: str
    height: float
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def bars(
    title: str, rows: Sequence[tuple[str, float, str]], mark: float | None = None
) -> Chart:
    """Return a bar from 0 to 1 for each row of label, share and words."""
    return Chart(
        title,
        svg.bars(rows, top=0, mark=mark),
        22 * len(rows) + 4,
        ("", "value"),
        tuple((label, told) for label, _, told in rows),
    )


def sentence(title: str, told: str) -> Chart:
    """Return a sentence in the place of a chart."""
    return Chart(title, words(svg.LEFT, 12, told, color=SOFT), 16)
