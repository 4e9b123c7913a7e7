"""Charts of the statistics screen: a title, a drawing, and its numbers in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.tui.rendering.lines import cut, justify, span

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from flashcards.tui.theme.themes import Look

_BAR_CELLS = 40


@dataclass(frozen=True)
class ChartPanel:
    """A chart with its title, and a text for each of its steps."""

    title: str
    aside: str
    steps: tuple[str, ...]
    """The texts that left and right step through; may contain names of decks."""
    draw: Callable[[Look, int, int, int | None], list[Content]]
    """Called with the look, width, rows and the selected step."""
    missing: str = ""
    """Why nothing is shown yet."""
    starts_at_end: bool = False
    """Whether the first step is the last one, such as today."""

    def lines(
        self,
        look: Look,
        width: int,
        rows: int,
        at: int | None,
        *,
        focused: bool,
        alone: bool = True,
    ) -> list[Content]:
        """Return the title and the chart, cut to some rows.

        With other charts beside it, a mark before the title shows the focus.
        """
        role = "accent" if focused else "text"
        sign = f"{look.glyphs.cursor} " if focused and not alone else ""
        title = justify(
            span(f"{sign}{self.title}", look.style(role, bold=True)),
            span(self.aside, look.style("muted")),
            width,
            look.glyphs.more,
        )
        if self.missing:
            message = span(self.missing, look.style("muted")).wrap(width)
            return [title, *message][:rows]
        drawn = self.draw(look, width, rows - 1, at if focused else None)
        return [title, *(cut(line, width, look.glyphs.more) for line in drawn)][:rows]


class ChartPanels:
    """The charts of a screen: one has the focus, and one of its steps may be selected."""

    def __init__(self) -> None:
        self.all: list[ChartPanel] = []
        self.focus_on = 0
        self.at: int | None = None
        """The selected step of the focused chart; its text is shown."""

    def turn(self, direction: int) -> bool:
        """Focus the next or previous chart; return whether there is any."""
        if self.all:
            self.focus_on = (self.focus_on + direction) % len(self.all)
            self.at = None
        return bool(self.all)

    def step(self, direction: int) -> bool:
        """Select the next or previous step of the focused chart; return whether it has any."""
        focused = self.all[self.focus_on] if self.all else None
        if focused is None or not focused.steps:
            return False
        last = len(focused.steps) - 1
        if self.at is None:
            self.at = last if focused.starts_at_end else 0
        else:
            self.at = min(max(self.at + direction, 0), last)
        return True


def reading_lines(done: int, total: int, look: Look) -> list[Content]:
    """Return the progress of reading a long log; nothing before the first slice."""
    if not total:
        return []
    filled = _BAR_CELLS * done // total
    glyphs = look.glyphs
    bar = span(glyphs.progress_done * filled, look.style("accent"))
    bar += span(glyphs.progress_left * (_BAR_CELLS - filled), look.style("line"))
    return [span(f"{done:,} of {total:,} reviews read", look.style("muted")), bar]
