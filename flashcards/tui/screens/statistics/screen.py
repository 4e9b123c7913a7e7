"""Statistics: what the reviews so far show, as charts whose numbers are a key away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from flashcards.domain.cards import Scope
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.statistics.chart import ChartPanels, reading_lines
from flashcards.tui.screens.statistics.loading import charts_of, looking_ahead, reading
from flashcards.tui.screens.statistics.scopes import described, matching
from flashcards.tui.widgets.base import Page
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.keys.keymap import Hint

_HALF_YEAR = "half"
_PATIENCE = 0.5
"""Seconds before a bar tells how much of the log was read, and between two looks at it."""


class StatisticsScreen(BaseScreen):
    """The charts; one has the focus, and one of its steps may be told in words."""

    NAME = "statistics"
    BINDINGS = bindings(NAME)

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.figures: Statistics | None = None
        self.extended_statistics: ExtendedStatistics | None = None
        self.reading = (0, 0)
        """Reviews read so far, and all of them; the thread that reads writes it."""
        self.panes = ChartPanels()
        self.span_of = _HALF_YEAR
        self._loader = BackgroundWorker(self)

    def body(self) -> Iterable[Widget]:
        """Return the page of charts."""
        with Vertical(id="column"):
            yield Page()

    def on_mount(self) -> None:
        """Show the frame at once; the figures come from a thread."""
        super().on_mount()
        self._load()

    def _load(self) -> None:
        self.figures, self.extended_statistics = None, None
        self.reading = (0, 0)
        self.set_timer(_PATIENCE, self._tell_reading)
        work = reading(self.collection, self.scope, self._told)
        self._loader.start(work, self._found)

    def _told(self, done: int, total: int) -> None:
        self.reading = (done, total)

    def _tell_reading(self) -> None:
        if self.figures is None:
            self.redraw()
            self.set_timer(_PATIENCE, self._tell_reading)

    def _found(self, figures: Statistics | None) -> None:
        self.figures = figures
        self._draw_panes()
        self.redraw()
        self._loader.start(looking_ahead(self.collection, self.scope), self._looked)

    def _looked(self, extended_statistics: ExtendedStatistics | None) -> None:
        self.extended_statistics = extended_statistics
        self._draw_panes()
        self.redraw()

    def _draw_panes(self) -> None:
        if self.figures is not None:
            self.panes.all = charts_of(
                self.figures,
                self.extended_statistics,
                self.span_of,
                self.collection,
                self.look.glyphs,
            )

    def show(self) -> None:
        """Show the charts, or that there is nothing to show yet."""
        figures, look = self.figures, self.look
        name = self.scope.decks[0] if self.scope.decks else "all decks"
        left = self.text("Statistics   ", "accent", bold=True)
        left += stored(name, look.style("muted"))
        told = figures.heading if figures else ""
        if self.frame.is_narrow:
            told = told.partition(" - ")[0]
        told = told.replace(" - ", f" {look.glyphs.dot} ")
        self.show_title(left, self.text(told, "muted"))
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        if self.figures is None:
            return reading_lines(*self.reading, self.look)
        if not self.figures.reviews:
            sentence = "No reviews yet. Charts come with the first answers."
            return [self.text(sentence, bold=True)]
        from flashcards.tui.screens.statistics.layout import page_lines

        return page_lines(
            self.figures,
            self.panes.all,
            self.panes.focus_on,
            self.panes.at,
            self.look,
            (width, height),
        )

    def hints(self) -> list[Hint]:
        """Return what can be looked at."""
        found = [self.hint("statistics.deck"), self.hint("statistics.back")]
        if self.figures is None or not self.figures.reviews:
            return found
        step = self.keymap.pair_hint("statistics.left", "statistics.right", "numbers")
        ranges = [self.hint("statistics.month"), self.hint("statistics.year")]
        save = self.hint("statistics.save")
        return [self.hint("statistics.next"), step, *found, *ranges, save]

    def action_turn(self, direction: int) -> None:
        """Go to the next chart, or the one before."""
        if self.panes.turn(direction):
            self.redraw()

    def action_step(self, direction: int) -> None:
        """Tell the next day or bar in words, or the one before."""
        if self.panes.step(direction):
            self.redraw()

    def action_range(self, span_of: str) -> None:
        """Show another range of days; the same key again shows half a year."""
        self.span_of = _HALF_YEAR if self.span_of == span_of else span_of
        self.panes.at = None
        self._draw_panes()
        self.redraw()

    def action_deck(self) -> None:
        """Ask for the decks meant."""
        from flashcards.tui.screens.common.line_dialog import LineDialog

        decks = self.collection.reader.cards.decks()
        question = "Which decks? A part of their name; nothing for all."
        ask = LineDialog(
            question, meaning=lambda text: described(text, decks), save=self._choose
        )
        self.app.push_screen(ask)

    def _choose(self, text: str) -> None:
        key = matching(text, self.collection.reader.cards.decks())
        self.scope = Scope(decks=(key,)) if key else Scope()
        self.panes.at = None
        self.redraw()
        self._load()

    def action_save(self) -> None:
        """Keep every chart with its numbers as a text file."""
        if self.figures is not None:
            from flashcards.tui.screens.statistics.layout import as_text

            text = as_text(self.figures, self.panes.all, self.look)
            self.save_as_text(self.NAME, self.figures.today, text)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()
