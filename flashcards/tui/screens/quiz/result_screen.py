"""The result of a quiz or exam: score, misconceptions, and what was not right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.cards import SessionKind
from flashcards.domain.formatting import clock_time, short_date
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.quiz.item_screen import ItemScreen
from flashcards.tui.screens.quiz.result_page import quiz_lines
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.domain.cards import Scope
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.quiz import QuizSession
    from flashcards.tui.keys.keymap import Hint

    AnyQuiz = QuizSession | ExamSession


class QuizResultScreen(BaseScreen):
    """A page that starts with one sentence; enter opens the question under the cursor."""

    NAME = "result"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, session: AnyQuiz, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope
        self.result = session.compute_result()
        self.cursor = 0
        self.made_due = ""
        """The label of the operation that made the wrong answers due."""

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def on_mount(self) -> None:
        """Close the session, whose answers are saved already."""
        self.attempt(self.session.leave)
        super().on_mount()

    def show(self) -> None:
        """Show the result."""
        moment = self.collection.moment()
        clock = clock_time(moment.at, self.collection.settings.zone)
        self.query_one(ProgressLine).show(1.0)
        title = "Exam over" if self.session.kind == SessionKind.EXAM else "Quiz over"
        day = f"{short_date(moment.day)} {self.look.glyphs.dot} {clock}"
        self.show_title(self.text(title, "accent", bold=True), self.text(day, "muted"))
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        lines, cursor_line = quiz_lines(
            self.result,
            self.look,
            width,
            cursor=self.cursor,
            cram=self.session.cram,
            narrow=self.frame.is_narrow,
            topics=max(height // 3, 2),
        )
        if self.cursor:
            self.query_one(Page).keep_in_sight(cursor_line, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return what can be done next."""
        hints = []
        if self.result.not_right:
            hints += [
                self.hint("result.open"),
                self.keymap.pair_hint("result.up", "result.down", "questions"),
            ]
            if not self.session.cram and not self.made_due:
                hints.append(self.hint("result.due"))
        if self.made_due or (
            self.session.kind == SessionKind.QUIZ and self.result.items
        ):
            words = "undo" if self.made_due else "undo last"
            hints.append(self.hint("result.undo", words))
        return [*hints, self.hint("result.home")]

    def action_move(self, rows: int) -> None:
        """Move the cursor among the questions that were not right."""
        last = max(len(self.result.not_right) - 1, 0)
        self.cursor = min(max(self.cursor + rows, 0), last)
        self.query_one(Page).top = 0
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Open a clicked question."""
        self.cursor = number
        self.action_open()

    def action_open(self) -> None:
        """Open the question under the cursor with its explanation."""
        items = self.result.not_right
        if items:
            self.redraw()
            self.app.push_screen(ItemScreen(items, self.cursor))

    def action_due(self) -> None:
        """Make the cards that were not right due today."""
        if self.made_due or not self.result.not_right:
            return
        label = self.attempt(self.session.make_wrong_due)
        if label:
            self.made_due = label
            self.notice(f"{label}.")
        elif not self.shows_error:
            self.notice("None of these cards was reviewed before, so none can be due.")
        self.redraw()

    def action_undo(self) -> None:
        """Undo making cards due, or else the last answer."""
        label = self.attempt(self.session.undo)
        if label and not self.made_due and self.session.current:
            self.host.sessions.resume(self.session, self.scope, f"Undid: {label}")
            return
        self.made_due = ""
        if label:
            self.notice(f"Undid: {label}")
        elif not self.shows_error:
            self.notice("Nothing to undo.")
        self.redraw()

    def action_home(self) -> None:
        """Go back to the home screen."""
        self.app.pop_screen()
