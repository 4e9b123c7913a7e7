"""The home screen: today at a glance, what comes next, and the decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from flashcards.collection.session_text import task_text
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.home.actions import HomeActions
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.screens.home.figure_panel import FigurePanel
from flashcards.tui.screens.home.text import (
    ButtonKeys,
    backlog_figure,
    days_line,
    diagnostic_words,
    header_words,
    interview_figure,
    interview_words,
    today_figure,
    tomorrow_figure,
)
from flashcards.tui.screens.home.welcome_panel import Greeting, WelcomePanel
from flashcards.tui.widgets.bars import TitleLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.study.today.welcome import Welcome


class HomeScreen(HomeActions):
    """Today, what comes next, and all areas; on the first day, the way to begin."""

    NAME = "home"
    BINDINGS = bindings(NAME)

    def body(self) -> Iterable[Widget]:
        """Return the panels, the decks, the last days and what comes besides cards."""
        yield WelcomePanel(id="welcome")
        with Horizontal(id="panels"):
            yield FigurePanel(id="today")
            yield FigurePanel(id="tomorrow")
        yield DeckTree(classes="frame")
        yield TitleLine(id="days", classes="frame")
        yield TitleLine(id="next", classes="frame")

    def show(self) -> None:
        """Show today's figures."""
        figures, look = self.figures, self.look
        overview, habit, interview = figures.overview, figures.habit, figures.interview
        dot = look.glyphs.dot
        self.show_title(
            self.text("flashcards", "accent", bold=True),
            self.text(self._header(), "muted"),
        )
        self.set_class(figures.welcome is not None, "-first")
        if figures.welcome is not None:
            self._show_welcome(figures.welcome)
            return
        tree = self.query_one(DeckTree)
        tree.show(overview.areas, self.standing())
        self.query_one("#today", FigurePanel).show(
            today_figure(
                figures,
                self.collection.plan.usual_minutes,
                self._button_keys,
                dot,
                is_focused=tree.cursor is None,
            )
        )
        self.query_one("#tomorrow", FigurePanel).show(
            interview_figure(self.view, interview.day, overview.day, dot)
            if interview is not None
            else backlog_figure(figures.backlog)
            if figures.backlog is not None
            else tomorrow_figure(figures, self.keymap.shown("home.plan"), dot)
        )
        self.query_one("#days", TitleLine).show(*days_line(habit, look))
        self._show_next()

    def _header(self) -> str:
        figures, dot = self.figures, self.look.glyphs.dot
        today, interview = figures.overview.day, figures.interview
        is_bare = self.frame.is_narrow or figures.welcome is not None
        if is_bare and interview is not None:
            return interview_words(self.view, interview.day, today, dot)
        if self.frame.is_narrow and figures.backlog is not None:
            return f"{figures.backlog.cards:,} cards waited for you"
        return header_words(today, figures.habit, dot)

    def _show_welcome(self, ready: Welcome) -> None:
        start = self.hint("home.start", "Start the diagnostic")
        others = (
            self.hint("home.review", "just start reviewing"),
            self.hint("home.plan", "set an interview date"),
        )
        if self.figures.interview is not None:
            others = (others[0], self.hint("home.plan", "look at your plan"))
        self.query_one(WelcomePanel).show(Greeting(ready, start, others))

    def _show_next(self) -> None:
        """Show what there is to do besides cards, in the last row."""
        figures, muted = self.figures, self.look.style("muted")
        words, name = "", "home.diagnostic"
        if figures.unfinished_diagnostic:
            words = diagnostic_words(figures.unfinished_diagnostic)
        elif figures.task is not None:
            words, name = task_text(figures.task, figures.overview.day), "home.plan"
        line = self.query_one("#next", TitleLine)
        line.display = bool(words) and self.frame.is_tall
        left = span("  Next           ", muted) + stored(words)
        keys = span(self.keymap.shown(name), self.look.style("accent", bold=True))
        verb = "go on" if name == "home.diagnostic" else "plan"
        line.show(left, keys + span(f"  {verb} ", muted))

    @property
    def _button_keys(self) -> ButtonKeys:
        names = ("home.start", "home.quiz", "home.import_decks")
        return ButtonKeys(*(self.keymap.shown(name) for name in names))
