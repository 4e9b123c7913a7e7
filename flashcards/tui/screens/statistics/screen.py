"""The statistics screen: charts whose numbers are a key away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from flashcards.domain.cards import Scope
from flashcards.errors import NothingFoundError
from flashcards.text.deck_keys import list_prefixes
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.statistics.loading import (
    charts_of,
    extended_statistics_work,
    statistics_work,
)
from flashcards.tui.screens.statistics.selection import ChartSelection
from flashcards.tui.widgets.base import Page
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from flashcards.domain.cards import DeckRow
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.theme.themes import Look

_HALF_YEAR = "half"
_SHOWN_OTHERS = 3
_BAR_CELLS = 40
_PATIENCE = 0.5
"""Seconds until the progress of reading is shown, and between its updates."""


class StatisticsScreen(BaseScreen):
    """The charts; one has the focus, and one of its sentences may be shown."""

    NAME = "statistics"
    BINDINGS = bindings(NAME)

    def __init__(self) -> None:
        super().__init__()
        self.scope = Scope()
        self.figures: Statistics | None = None
        self.extended_statistics: ExtendedStatistics | None = None
        self.reading = (0, 0)
        """Reviews read so far, and all of them; the thread that reads writes it."""
        self.selection = ChartSelection()
        self.time_range = _HALF_YEAR
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
        self.set_timer(_PATIENCE, self._show_reading)
        work = statistics_work(self.collection, self.scope, self._report_reading)
        self._loader.start(work, self._show_figures)

    def _report_reading(self, done: int, total: int) -> None:
        self.reading = (done, total)

    def _show_reading(self) -> None:
        if self.figures is None:
            self.redraw()
            self.set_timer(_PATIENCE, self._show_reading)

    def _show_figures(self, figures: Statistics | None) -> None:
        self.figures = figures
        self._build_charts()
        self.redraw()
        self._loader.start(
            extended_statistics_work(self.collection, self.scope),
            self._show_extended_statistics,
        )

    def _show_extended_statistics(
        self, extended_statistics: ExtendedStatistics | None
    ) -> None:
        self.extended_statistics = extended_statistics
        self._build_charts()
        self.redraw()

    def _build_charts(self) -> None:
        if self.figures is not None:
            self.selection.charts = charts_of(
                self.figures,
                self.extended_statistics,
                self.time_range,
                self.collection,
            )

    def show(self) -> None:
        """Show the charts, or why there are none yet."""
        figures, look = self.figures, self.look
        name = self.scope.decks[0] if self.scope.decks else "all decks"
        left = self.text("Statistics   ", "accent", bold=True)
        left += stored(name, look.style("muted"))
        summary = figures.summary if figures else ""
        if self.frame.is_narrow:
            summary = summary.partition(" - ")[0]
        summary = summary.replace(" - ", f" {look.glyphs.dot} ")
        self.show_title(left, self.text(summary, "muted"))
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        if self.figures is None:
            return _reading_lines(*self.reading, self.look)
        if not self.figures.reviews:
            message = "No reviews yet. Charts appear after the first answers."
            return [self.text(message, bold=True)]
        from flashcards.tui.screens.statistics.layout import page_lines

        return page_lines(
            self.figures,
            self.selection.charts,
            self.selection.focus,
            self.selection.at,
            self.look,
            (width, height),
        )

    def hints(self) -> list[Hint]:
        """Return what can be shown."""
        back = [self.hint("statistics.deck"), self.hint("statistics.back")]
        if self.figures is None or not self.figures.reviews:
            return back
        step = self.keymap.pair_hint("statistics.left", "statistics.right", "numbers")
        ranges = [self.hint("statistics.month"), self.hint("statistics.year")]
        save = self.hint("statistics.save")
        return [self.hint("statistics.next"), step, *back, *ranges, save]

    def action_turn(self, direction: int) -> None:
        """Focus the next or previous chart."""
        if self.selection.turn(direction):
            self.redraw()

    def action_step(self, direction: int) -> None:
        """Select the next or previous day or bar, and show its numbers."""
        if self.selection.step(direction):
            self.redraw()

    def action_range(self, time_range: str) -> None:
        """Show another range of days; pressing the same key again shows half a year."""
        self.time_range = _HALF_YEAR if self.time_range == time_range else time_range
        self.selection.at = None
        self._build_charts()
        self.redraw()

    def action_deck(self) -> None:
        """Ask which decks to show."""
        from flashcards.tui.screens.common.line_dialog import LineDialog

        decks = self.collection.reader.cards.decks()
        question = "Filter by deck: part of its name, or nothing for all."
        ask = LineDialog(
            question,
            meaning=lambda text: describe_decks(text, decks),
            save=self._choose,
            verb="filter",
        )
        self.app.push_screen(ask)

    def _choose(self, text: str) -> None:
        key = find_deck(text, self.collection.reader.cards.decks())
        self.scope = Scope(decks=(key,)) if key else Scope()
        self.selection.at = None
        self.redraw()
        self._load()

    def action_save(self) -> None:
        """Save every chart with its numbers as a text file."""
        if self.figures is not None:
            from flashcards.tui.screens.statistics.layout import as_text

            text = as_text(self.figures, self.selection.charts, self.look)
            self.save_as_text(self.NAME, self.figures.today, text)

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()


def _reading_lines(done: int, total: int, look: Look) -> list[Content]:
    """Return the progress of reading a long log; nothing before the first slice."""
    if not total:
        return []
    filled = _BAR_CELLS * done // total
    glyphs = look.glyphs
    bar = span(glyphs.progress_done * filled, look.style("accent"))
    bar += span(glyphs.progress_left * (_BAR_CELLS - filled), look.style("line"))
    return [span(f"{done:,} of {total:,} reviews read", look.style("muted")), bar]


def find_decks(text: str, decks: Sequence[DeckRow]) -> list[str]:
    """Return the keys of decks and areas whose key or title contains a text, best first."""
    query = text.casefold()
    titles = {deck.key: deck.title for deck in decks}
    keys = sorted({part for deck in decks for part in list_prefixes(deck.key)})
    matches = [
        key
        for key in keys
        if query in key.casefold() or query in titles.get(key, "").casefold()
    ]
    return sorted(matches, key=lambda key: (not key.casefold().startswith(query), key))


def find_deck(text: str, decks: Sequence[DeckRow]) -> str:
    """Return the key of the best match; empty for an empty text, which means all decks.

    Raises:
        NothingFoundError: no name contains the text.
    """
    if not text:
        return ""
    matches = find_decks(text, decks)
    if not matches:
        raise NothingFoundError(f"No deck matches {text}.")
    return matches[0]


def describe_decks(text: str, decks: Sequence[DeckRow]) -> str:
    """Return which deck a text selects, with the next matches.

    Raises:
        NothingFoundError: no name contains the text.
    """
    first = find_deck(text, decks)
    if not first:
        return "All decks."
    others = find_decks(text, decks)[1 : _SHOWN_OTHERS + 1]
    return f"{first}; also matches {', '.join(others)}" if others else first
