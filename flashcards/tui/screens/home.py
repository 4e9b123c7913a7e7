"""The home screen: today at a glance, what comes next, and the decks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.containers import Horizontal

from flashcards.cards import Scope
from flashcards.tui.background import compute
from flashcards.tui.home_words import (
    days_line,
    header_words,
    interview_figure,
    interview_words,
    today_figure,
    tomorrow_figure,
)
from flashcards.tui.keymap import bindings
from flashcards.tui.plan_reading import reading
from flashcards.tui.screens.areas import AreasBase
from flashcards.tui.widgets.bars import TitleLine
from flashcards.tui.widgets.deck_tree import DeckTree
from flashcards.tui.widgets.figure_panel import FigurePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from flashcards.collection import Collection
    from flashcards.progress.habit import Habit
    from flashcards.progress.planner import PlanView
    from flashcards.study.overview import Overview
    from flashcards.study.queue import Counts
    from flashcards.tui.keymap import Hint


class Figures(NamedTuple):
    """Everything that the screen shows."""

    overview: Overview
    habit: Habit
    tomorrow: Counts
    tomorrow_seconds: float
    interview: int | None
    """Study day of the next interview; None where none is planned."""


def _read(collection: Collection) -> Figures:
    overview = collection.overview()
    plan = collection.reader.study_plan()
    interview = plan.next_interview(overview.day) if plan else None
    return Figures(
        overview,
        collection.habit(),
        *collection.tomorrow(overview),
        interview.day if interview else None,
    )


def recalls_of(view: PlanView | None) -> dict[str, float]:
    """Return predicted recall on the interview day by area and deck."""
    if view is None or view.readiness is None:
        return {}
    found = (*view.readiness.decks, *view.readiness.areas)
    return {one.key: one.predicted.value for one in found}


class HomeScreen(AreasBase):
    """Today, tomorrow, and all areas."""

    NAME = "home"
    BINDINGS = bindings(NAME)

    def body(self) -> Iterable[Widget]:
        """Return the two panels, the decks and the last days."""
        with Horizontal(id="panels"):
            yield FigurePanel(id="today")
            yield FigurePanel(id="tomorrow")
        yield DeckTree(classes="frame")
        yield TitleLine(id="days", classes="frame")

    _figures: Figures | None = None
    _view: PlanView | None = None

    @property
    def figures(self) -> Figures:
        """What is shown, read once for each time that the screen comes up, and each day."""
        today = self.collection.moment().day
        if self._figures is None or self._figures.overview.day != today:
            self._figures = _read(self.collection)
        return self._figures

    def on_screen_resume(self) -> None:
        """Read the figures anew after a session."""
        self._figures = None
        self.redraw()
        self._foresee()

    def _foresee(self) -> None:
        """Compute in a thread how ready the learner will be, where a date is set."""
        if self._figures is not None and self._figures.interview is not None:
            compute(self, reading(self.collection, None), self._foreseen)

    def _foreseen(self, view: PlanView) -> None:
        self._view = view
        self.redraw()

    def redraw(self) -> None:
        """Show everything as it is now; nothing while another screen lies on top."""
        if self.app.screen is self:
            super().redraw()

    def show(self) -> None:
        """Show today's figures."""
        overview, habit, counts, seconds, interview = self.figures
        view = self._view if interview is not None else None
        tree = self.query_one(DeckTree)
        tree.show(overview.areas, recalls_of(view))
        look = self.look
        dot = look.glyphs.dot
        words = header_words(overview.day, habit, dot)
        if self.frame.is_narrow and interview is not None:
            words = interview_words(view, interview, overview.day, dot)
        self.show_title(
            self.text("flashcards", "accent", bold=True),
            self.text(words, "muted"),
        )
        minutes = self.collection.settings.minutes
        action = "home.start" if overview.areas else "home.import_decks"
        start = self.keymap.shown(action)
        is_focused = tree.cursor is None
        self.query_one("#today", FigurePanel).show(
            today_figure(
                overview, minutes, start, look.glyphs.dot, is_focused=is_focused
            )
        )
        self.query_one("#tomorrow", FigurePanel).show(
            tomorrow_figure(counts, seconds, habit, dot)
            if interview is None
            else interview_figure(view, interview, overview.day, dot)
        )
        self.query_one("#days", TitleLine).show(*days_line(habit, look))

    def hints(self) -> list[Hint]:
        """Return what the row under the cursor, or the button, can do."""
        chosen = self.query_one(DeckTree).chosen
        overview = self.figures.overview
        found: list[Hint] = []
        if chosen is None:
            if overview.counts.total:
                found.append(self.hint("home.start"))
        else:
            if chosen.counts.total:
                found.append(self.hint("home.start", f"review {chosen.title}"))
            if chosen.branches:
                found.append(self.hint("home.fold"))
            found.append(self.hint("home.today"))
        if overview.areas:
            areas = self.keymap.pair_hint("home.up", "home.down", "areas")
            found += [areas, self.hint("home.quiz")]
        else:
            found.append(self.hint("home.import_decks"))
        names = ["home.plan", "home.statistics", "everywhere.commands", "home.quit"]
        if self.flashcards.can_undo:
            names.insert(0, "home.undo")
        return [*found, *(self.hint(name) for name in names)]

    def action_start(self) -> None:
        """Review what the cursor is on, or today's cards for the usual minutes."""
        chosen = self.query_one(DeckTree).chosen
        counts = chosen.counts if chosen else self.figures.overview.counts
        if not counts.total:
            self.notice("Nothing is due there today.")
            return
        scope = Scope(decks=(chosen.key,)) if chosen else Scope()
        minutes = self.collection.settings.minutes
        session = self.attempt(
            lambda: self.collection.start_review(scope, minutes=minutes)
        )
        if session is not None:
            self.flashcards.open_session(session, scope)

    def action_go(self, name: str) -> None:
        """Open another screen by its name."""
        self.flashcards.open_screen(name)

    def action_undo(self) -> None:
        """Take back the last answer or change."""
        self._step(self.flashcards.undo, "Undone: {}", "There is nothing to take back.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._step(self.flashcards.redo, "Done again: {}", "There is nothing to redo.")

    def _step(self, step: Callable[[], str], told: str, nothing: str) -> None:
        label = self.attempt(step)
        if label is not None:
            self._changed(told.format(label) if label else nothing)

    def _changed(self, told: str) -> None:
        self._figures = None
        self.notice(told)
        self.redraw()
        self._foresee()
