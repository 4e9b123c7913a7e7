"""The result of a diagnostic: what is known already, and the plan's forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import clock_time, short_date
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.review.diagnostic_page import diagnostic_lines
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.base import Page
from flashcards.tui.workers.plan_reader import plan_view_work
from flashcards.tui.workers.worker import BackgroundWorker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.domain.cards import Scope
    from flashcards.progress.plan.view import PlanView
    from flashcards.study.diagnostic.diagnostic import DiagnosticSession
    from flashcards.tui.keys.keymap import Hint


class DiagnosticScreen(BaseScreen):
    """The decks with the share known of each, least known first."""

    NAME = "diagnostic"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, session: DiagnosticSession, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope
        self.result = session.compute_result()
        self.view: PlanView | None = None
        self._loader = BackgroundWorker(self)

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def on_mount(self) -> None:
        """Close the session; the plan's forecast follows from a thread."""
        self.attempt(self.session.leave)
        super().on_mount()
        self._loader.start(plan_view_work(self.collection, None), self._show_view)

    def _show_view(self, view: PlanView) -> None:
        self.view = view
        self.redraw()

    def show(self) -> None:
        """Show the result."""
        moment = self.collection.moment()
        clock = clock_time(moment.at, self.collection.settings.zone)
        self.query_one(ProgressLine).show(1.0)
        day = f"{short_date(moment.day)} {self.look.glyphs.dot} {clock}"
        title = self.text("Diagnostic over", "accent", bold=True)
        self.show_title(title, self.text(day, "muted"))
        key = self.keymap.shown("diagnostic.plan")
        self.query_one(Page).show(
            lambda width, _height: diagnostic_lines(
                self.result, self.view, self.look, width, key=key
            )
        )

    def hints(self) -> list[Hint]:
        """Return what can be done next."""
        hints = [self.hint("diagnostic.home"), self.hint("diagnostic.plan")]
        if self.result.decks:
            hints.append(self.hint("diagnostic.undo"))
        names = ("diagnostic.up", "diagnostic.down")
        return [*hints, self.keymap.pair_hint(*names, "scroll")]

    def action_page(self, rows: int) -> None:
        """Scroll by some rows."""
        self.query_one(Page).scroll_rows(rows)

    def action_home(self) -> None:
        """Go back to the home screen."""
        self.app.pop_screen()

    def action_plan(self) -> None:
        """Go to the plan, where the interview date is set."""
        self.app.pop_screen()
        self.host.open_screen("plan")

    def action_undo(self) -> None:
        """Undo the last answer and show its question again."""
        label = self.attempt(self.session.undo)
        if label and self.session.current:
            self.host.sessions.resume(self.session, self.scope, f"Undid: {label}")
        elif not self.shows_error:
            self.notice("Nothing to undo.")
