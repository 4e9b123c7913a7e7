"""Which chart of the statistics screen has the focus, and which of its points is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashcards.progress.charts.chart import Chart


class ChartSelection:
    """The charts of a screen: one has the focus, and one of its sentences may be selected."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.focus = 0
        self.at: int | None = None
        """Index of the selected sentence of the focused chart, which is shown."""

    def turn(self, direction: int) -> bool:
        """Focus the next or previous chart; return whether there is any."""
        if self.charts:
            self.focus = (self.focus + direction) % len(self.charts)
            self.at = None
        return bool(self.charts)

    def step(self, direction: int) -> bool:
        """Select the next or previous sentence of the focused chart; return whether it has any."""
        if not self.charts or not self.charts[self.focus].sentences:
            return False
        focused = self.charts[self.focus]
        if self.at is None:
            self.at = len(focused.points) - 1 if focused.starts_at_end else 0
        else:
            last = len(focused.sentences) - 1
            self.at = min(max(self.at + direction, 0), last)
        return True
