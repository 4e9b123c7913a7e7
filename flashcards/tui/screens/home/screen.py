"""The home screen: today's cards, what comes next, and all decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from flashcards.collection.session_text import task_text, waiting_text
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.home.actions import HomeActions
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.screens.home.figure_panel import FigurePanel
from flashcards.tui.screens.home.greeting import (
    empty_store_greeting,
    first_day_greeting,
)
from flashcards.tui.screens.home.loader import FigureLoader
from flashcards.tui.screens.home.text import (
    ButtonKeys,
    backlog_figure,
    diagnostic_text,
    header_text,
    interview_figure,
    interview_text,
    recent_days_line,
    today_figure,
    tomorrow_figure,
)
from flashcards.tui.screens.home.welcome_panel import WelcomePanel
from flashcards.tui.widgets.bars import TitleLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.tui.keys.keymap import Hint
    from flashcards.tui.screens.home.figure_panel import HomeFigure
    from flashcards.tui.screens.home.greeting import Greeting


class HomeScreen(BaseScreen):
    """Today, what comes next, and all areas; on the first day, how to begin."""

    NAME = "home"
    BINDINGS = bindings(NAME)

    def __init__(self) -> None:
        super().__init__()
        self._loader = FigureLoader(self)
        self._actions = HomeActions(self, self._loader)

    def body(self) -> Iterable[Widget]:
        """Return the panels, the decks, the recent days and the next task."""
        yield WelcomePanel(id="welcome")
        with Horizontal(id="panels"):
            yield FigurePanel(id="today")
            yield FigurePanel(id="tomorrow")
        yield DeckTree(classes="frame")
        yield TitleLine(id="days", classes="frame")
        yield TitleLine(id="next", classes="frame")

    def on_screen_resume(self) -> None:
        """Read the figures again, after a session or another screen."""
        self._loader.forget()
        self.redraw()
        self._loader.start()

    def redraw(self) -> None:
        """Show the current figures; nothing while another screen is on top."""
        if self.app.screen is self:
            super().redraw()

    def show(self) -> None:
        """Show the figures in every widget."""
        figures, look = self._loader.figures, self.look
        self.show_title(
            self.text("flashcards", "accent", bold=True),
            self.text(self._header(), "muted"),
        )
        greeting = self._greeting()
        self.set_class(greeting is not None, "-first")
        if greeting is not None:
            self.query_one(WelcomePanel).show(greeting)
            return
        tree = self.query_one(DeckTree)
        tree.show(figures.overview.areas, self._loader.area_figures)
        today = today_figure(
            figures,
            self.collection.plan.usual_minutes,
            self._button_keys,
            look.glyphs.dot,
            waiting_text(figures.overview.left, self.collection.settings.zone),
            is_focused=tree.cursor is None,
        )
        self.query_one("#today", FigurePanel).show(today)
        self.query_one("#tomorrow", FigurePanel).show(self._second_figure())
        days = recent_days_line(figures.habit, look)
        self.query_one("#days", TitleLine).show(*days)
        self._show_next()

    def _second_figure(self) -> HomeFigure:
        figures, dot = self._loader.figures, self.look.glyphs.dot
        if figures.interview is not None:
            day, today = figures.interview.day, figures.overview.day
            return interview_figure(self._loader.view, day, today, dot)
        if figures.backlog is not None:
            return backlog_figure(figures.backlog)
        return tomorrow_figure(figures, self.keymap.shown("home.plan"), dot)

    def _header(self) -> str:
        figures, dot = self._loader.figures, self.look.glyphs.dot
        today, interview = figures.overview.day, figures.interview
        has_no_panel = self.frame.is_narrow or figures.welcome is not None
        if has_no_panel and interview is not None:
            return interview_text(self._loader.view, interview.day, today, dot)
        if self.frame.is_narrow and figures.backlog is not None:
            return f"{figures.backlog.cards:,} cards overdue"
        return header_text(today, figures.habit, dot)

    def _greeting(self) -> Greeting | None:
        """Return what is shown before the first review; None from then on."""
        figures = self._loader.figures
        if not figures.overview.areas:
            start = self.hint("home.start", "Import the shipped decks")
            own = self.hint("home.import_decks", "import your own decks")
            return empty_store_greeting(start, (own,))
        if figures.welcome is None:
            return None
        start = self.hint("home.start", "Start the diagnostic")
        plan = "set an interview date" if figures.interview is None else "see your plan"
        others = (
            self.hint("home.review", "start reviewing right away"),
            self.hint("home.plan", plan),
            self.hint("home.import_decks", "import your own decks"),
        )
        return first_day_greeting(figures.welcome, start, others)

    def _show_next(self) -> None:
        """Show in the last row an unfinished diagnostic, or the next task of the plan."""
        figures, muted = self._loader.figures, self.look.style("muted")
        words, name = "", "home.diagnostic"
        if figures.unfinished_diagnostic:
            words = diagnostic_text(figures.unfinished_diagnostic)
        elif figures.next_task is not None:
            words = task_text(figures.next_task, figures.overview.day)
            name = "home.task"
        line = self.query_one("#next", TitleLine)
        line.display = bool(words) and self.frame.is_tall
        left = span("  Next           ", muted) + stored(words)
        keys = span(self.keymap.shown(name), self.look.style("accent", bold=True))
        verb = "resume" if name == "home.diagnostic" else self._actions.task_verb
        line.show(left, keys + span(f"  {verb} ", muted))

    @property
    def _button_keys(self) -> ButtonKeys:
        names = ("home.start", "home.quiz")
        return ButtonKeys(*(self.keymap.shown(name) for name in names))

    def hints(self) -> list[Hint]:
        """Return the keys for the row under the cursor, or the button."""
        return self._actions.hints()

    # The list of areas.

    def action_move(self, rows: int) -> None:
        """Move the cursor in the list of areas."""
        self.query_one(DeckTree).move(rows)
        self.redraw()

    def action_fold(self, shut: bool | None = None) -> None:
        """Fold or unfold the area under the cursor."""
        self.query_one(DeckTree).fold(shut=shut)
        self.redraw()

    def action_today(self) -> None:
        """Go back to the button."""
        self.query_one(DeckTree).clear_cursor()
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a clicked row; a second click folds or starts it."""
        tree = self.query_one(DeckTree)
        if tree.cursor != number:
            tree.set_cursor(number)
            self.redraw()
        elif tree.chosen and tree.chosen.branches:
            self.action_fold()
        else:
            self.action_start()

    # Sessions and other screens.

    def action_press(self) -> None:
        """Press the button."""
        self.query_one(DeckTree).clear_cursor()
        self.action_start()

    def action_start(self) -> None:
        """Review what is under the cursor, or today's cards; at first, the diagnostic."""
        self._actions.start()

    def action_review(self) -> None:
        """Review today's cards."""
        self._actions.review_today()

    def action_more(self) -> None:
        """Learn cards beyond today's."""
        self._actions.learn_more()

    def action_ahead(self) -> None:
        """Review cards before they are due."""
        self._actions.learn_more(ahead=True)

    def action_quiz_weakest(self) -> None:
        """Start a quiz on the weakest deck."""
        self._actions.quiz_weakest_deck()

    def action_task(self) -> None:
        """Start the next task of the plan, or mark it as done."""
        self._actions.start_task()

    def action_diagnostic(self) -> None:
        """Start or resume the diagnostic."""
        self._actions.start_diagnostic()

    def action_go(self, name: str) -> None:
        """Open another screen by its name."""
        self.host.open_screen(name)

    def action_undo(self) -> None:
        """Undo the last answer or change."""
        self._actions.undo()

    def action_redo(self) -> None:
        """Redo the last change that was undone."""
        self._actions.redo()
