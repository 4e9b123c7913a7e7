"""The setup of a quiz: number of questions, decks, topics and tags, and feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.formatting import count
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import blank
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.quiz.exam_offer import ExamOffer
from flashcards.tui.screens.quiz.setup_form import NO_MATCHES, QuizSetup, setup_lines
from flashcards.tui.screens.quiz.text import unfinished_exam_text
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.study.quiz.menu import QuizMenu
    from flashcards.tui.keys.keymap import Hint


class QuizScreen(BaseScreen):
    """A list of settings, decks, topics and tags; one key starts the quiz."""

    NAME = "quiz"
    BINDINGS = bindings(NAME)

    def __init__(self, menu: QuizMenu) -> None:
        super().__init__()
        self.setup = QuizSetup(menu)
        self.offer = ExamOffer(self)

    def on_mount(self) -> None:
        """Look for an unfinished exam, and show its time as it passes."""
        self.offer.look_up()
        super().on_mount()
        self.set_interval(1.0, self.offer.update_clock)

    def on_screen_resume(self) -> None:
        """Look for the exam again after a result was shown."""
        self.offer.look_up()
        self.redraw()

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def show(self) -> None:
        """Show the settings and the number of questions available."""
        self.show_title(
            self.text("Quiz", "accent", bold=True),
            self.text(f"{count(self.setup.available, 'question')} available", "muted"),
        )
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        lines, cursor_line = setup_lines(self.setup, self.look, width)
        if self.offer.unfinished is not None:
            now = self.collection.moment().at
            words = unfinished_exam_text(self.offer.unfinished, now)
            lines = [self.text(words, "hard", bold=True), blank(), *lines]
            cursor_line += 2 if cursor_line else 0
        self.query_one(Page).keep_in_sight(cursor_line, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return the keys that change the settings and start the quiz."""
        first = [self.hint("quiz.start")] if self.setup.available else []
        keymap = self.keymap
        is_setting = self.setup.rows()[self.setup.cursor].is_setting
        change = keymap.pair_hint("quiz.less", "quiz.more", "change")
        if self.offer.unfinished is not None:
            first.insert(0, self.hint("quiz.resume"))
        return [
            *first,
            keymap.pair_hint("quiz.up", "quiz.down", "move"),
            change if is_setting else self.hint("quiz.tick"),
            self.hint("quiz.mode", "feedback at once" if self.setup.exam else "exam"),
            self.hint("quiz.back"),
        ]

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.setup.move(rows)
        self.redraw()

    def action_change(self, direction: int) -> None:
        """Change a setting by a step, or tick a row."""
        self.setup.change(direction)
        self.redraw()

    def action_mode(self) -> None:
        """Switch between feedback after each answer and an exam."""
        self.setup.exam = not self.setup.exam
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Move the cursor to a clicked row, and tick it."""
        self.setup.cursor = number
        self.action_change(0)

    def action_start(self) -> None:
        """Start the quiz."""
        setup = self.setup
        if not setup.available:
            self.notice(NO_MATCHES)
            return
        scope = setup.scope
        if self.offer.submit_first(scope, setup.items, is_exam=setup.exam):
            return
        session = self.attempt(
            lambda: self.collection.sessions.start_quiz(
                scope, count=setup.items, exam=setup.exam
            )
        )
        if session is not None:
            self.app.pop_screen()
            self.host.sessions.show(session, scope)

    def action_resume(self) -> None:
        """Resume the unfinished exam."""
        self.offer.resume()

    def action_back(self) -> None:
        """Go back to the home screen."""
        self.app.pop_screen()
