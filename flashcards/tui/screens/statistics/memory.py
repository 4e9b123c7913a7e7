"""Charts of the memory of all cards: stability, difficulty and retrievability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, percent
from flashcards.tui.screens.statistics.chart import ChartPanel
from flashcards.tui.screens.statistics.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.progress.statistics.memory_distribution import Histogram
    from flashcards.progress.statistics.statistics import Statistics


def memory(figures: Statistics) -> list[ChartPanel]:
    """Chart how many cards are in each range today."""
    distribution = figures.memory
    cards = count(distribution.cards, "card")
    recalled = f"{distribution.remembered:,.0f} of {cards} recalled today"
    stability, difficulty = distribution.stability, distribution.difficulty
    half = f"{cards}, half above {stability.median or 0:.0f} days"
    middle = f"half above {difficulty.median or 0:.1f}, of 1 to 10"
    return [
        _histogram_chart("Stability of cards", half, stability, _days, "easy"),
        _histogram_chart("Difficulty of cards", middle, difficulty, _plain, "hard"),
        _histogram_chart(
            "Retrievability of cards",
            recalled,
            distribution.retrievability,
            _shares,
            "good",
        ),
    ]


def _histogram_chart(
    title: str,
    aside: str,
    histogram: Histogram,
    range_label: Callable[[float, float, bool], str],
    role: str,
) -> ChartPanel:
    most = max(histogram.counts, default=0) or 1
    last = len(histogram.counts) - 1
    names = [
        range_label(low, high, index == last)
        for index, (low, high) in enumerate(
            zip(histogram.edges, histogram.edges[1:], strict=False)
        )
    ]
    rows = [
        (label, number / most, f"{number:>6,}")
        for label, number in zip(names, histogram.counts, strict=True)
    ]
    return ChartPanel(
        title,
        aside,
        tuple(
            f"{label}: {count(number, 'card')}"
            for label, number in zip(names, histogram.counts, strict=True)
        ),
        table(rows, [None] * len(rows), role),
        "" if sum(histogram.counts) else "No card seen yet.",
    )


def _days(low: float, high: float, is_last: bool) -> str:
    return f"over {low:g} days" if is_last else f"{low:g}-{high:g} days"


def _plain(low: float, high: float, is_last: bool) -> str:
    return f"{low:g}-{high:g}"


def _shares(low: float, high: float, is_last: bool) -> str:
    return f"{low * 100:.0f}-{percent(high)}"
