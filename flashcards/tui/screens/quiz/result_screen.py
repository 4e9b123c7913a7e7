"""The end of a quiz or exam: score, what was mixed up, and every item not right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import clock_time, short_date
from flashcards.study.session.kinds import EXAM, QUIZ
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.quiz.item_screen import ItemScreen
from flashcards.tui.screens.quiz.result_page import quiz_lines
from flashcards.tui.widgets.bars import NoticeLine, ProgressLine
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
    """Opens with one sentence; enter opens the item under the cursor."""

    NAME = "result"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, session: AnyQuiz, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope
        self.result = session.result()
        self.cursor = 0
        self.made_due = ""

    def body(self) -> Iterable[Widget]:
        """Return the one page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def on_mount(self) -> None:
        """Close the sitting: what was answered is kept already."""
        self.attempt(self.session.leave)
        super().on_mount()

    def show(self) -> None:
        """Show what the quiz came to."""
        moment = self.collection.moment()
        clock = clock_time(moment.at, self.collection.settings.zone)
        self.query_one(ProgressLine).show(1.0)
        title = "Exam over" if self.session.kind == EXAM else "Quiz over"
        day = f"{short_date(moment.day)} {self.look.glyphs.dot} {clock}"
        self.show_title(self.text(title, "accent", bold=True), self.text(day, "muted"))
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        lines, at = quiz_lines(
            self.result,
            self.look,
            width,
            cursor=self.cursor,
            cram=self.session.cram,
            narrow=self.frame.is_narrow,
            topics=max(height // 3, 2),
        )
        if self.cursor:
            self.query_one(Page).keep_in_sight(at, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return what can be done next."""
        found = []
        if self.result.not_right:
            found += [
                self.hint("result.open"),
                self.keymap.pair_hint("result.up", "result.down", "items"),
            ]
            if not self.session.cram and not self.made_due:
                found.append(self.hint("result.due"))
        if self.made_due or (self.session.kind == QUIZ and self.result.items):
            words = "undo" if self.made_due else "undo last"
            found.append(self.hint("result.undo", words))
        return [*found, self.hint("result.home")]

    def action_move(self, rows: int) -> None:
        """Move the cursor among the items not right."""
        last = max(len(self.result.not_right) - 1, 0)
        self.cursor = min(max(self.cursor + rows, 0), last)
        self.query_one(Page).top = 0
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on an item that was clicked, and open it."""
        self.cursor = number
        self.action_open()

    def action_open(self) -> None:
        """Open the item under the cursor with its explanation."""
        items = self.result.not_right
        if items:
            self.redraw()
            self.app.push_screen(ItemScreen(items, self.cursor))

    def action_due(self) -> None:
        """Make the items that were not right due today."""
        if self.made_due or not self.result.not_right:
            return
        label = self.attempt(self.session.make_wrong_due)
        if label:
            self.made_due = label
            self.notice(f"{label}.")
        elif not self.query_one(NoticeLine).is_error:
            self.notice("None of them has been asked so far, so none can be due.")
        self.redraw()

    def action_undo(self) -> None:
        """Take back what was made due, else the last answer."""
        label = self.attempt(self.session.undo)
        if label and not self.made_due and self.session.current:
            self.host.sessions.resume(self.session, self.scope, f"Undid: {label}")
            return
        self.made_due = ""
        if label:
            self.notice(f"Undid: {label}")
        elif not self.query_one(NoticeLine).is_error:
            self.notice("Nothing to undo.")
        self.redraw()

    def action_home(self) -> None:
        """Go back to the start."""
        self.app.pop_screen()
