"""How the memory of cards is spread: stability, difficulty and retrievability as rows."""

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
    """Return a chart of each: how many cards lie in each range today."""
    found = figures.spread
    cards = count(found.cards, "card")
    recalled = f"{found.remembered:,.0f} of {cards} recalled today"
    stability, difficulty = found.stability, found.difficulty
    half = f"{cards}, half above {stability.median or 0:.0f} days"
    middle = f"half above {difficulty.median or 0:.1f}, of 1 to 10"
    return [
        _pane("Stability of cards", half, stability, _days, "easy"),
        _pane("Difficulty of cards", middle, difficulty, _plain, "hard"),
        _pane(
            "Retrievability of cards", recalled, found.retrievability, _shares, "good"
        ),
    ]


def _pane(
    title: str,
    aside: str,
    found: Histogram,
    name: Callable[[float, float, bool], str],
    role: str,
) -> ChartPanel:
    most = max(found.counts, default=0) or 1
    last = len(found.counts) - 1
    names = [
        name(low, high, place == last)
        for place, (low, high) in enumerate(
            zip(found.edges, found.edges[1:], strict=False)
        )
    ]
    rows = [
        (one, number / most, f"{number:>6,}")
        for one, number in zip(names, found.counts, strict=True)
    ]
    return ChartPanel(
        title,
        aside,
        tuple(
            f"{one}: {count(number, 'card')}"
            for one, number in zip(names, found.counts, strict=True)
        ),
        table(rows, [None] * len(rows), role),
        "" if sum(found.counts) else "No card was seen so far.",
    )


def _days(low: float, high: float, is_last: bool) -> str:
    return f"over {low:g} days" if is_last else f"{low:g}-{high:g} days"


def _plain(low: float, high: float, is_last: bool) -> str:
    return f"{low:g}-{high:g}"


def _shares(low: float, high: float, is_last: bool) -> str:
    return f"{low * 100:.0f}-{percent(high)}"
