"""Setting up a quiz: how many items, of what, with feedback when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.lines import blank
from flashcards.tui.screens.quiz.exam_offer import ExamOfferScreen
from flashcards.tui.screens.quiz.setup_form import QuizSetup, setup_lines
from flashcards.tui.screens.quiz.text import unfinished_sentence
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content
    from textual.widget import Widget

    from flashcards.study.quiz.menu import QuizMenu
    from flashcards.tui.keys.keymap import Hint


class QuizScreen(ExamOfferScreen):
    """A list of settings, decks, topics and tags; one key starts."""

    NAME = "quiz"
    BINDINGS = bindings(NAME)

    def __init__(self, menu: QuizMenu) -> None:
        super().__init__()
        self.setup = QuizSetup(menu)

    def body(self) -> Iterable[Widget]:
        """Return the one page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def show(self) -> None:
        """Show what is wanted so far."""
        self.show_title(
            self.text("Quiz", "accent", bold=True),
            self.text(f"{self.setup.available:,} items to ask", "muted"),
        )
        self.query_one(Page).show(self._lines)

    def _lines(self, width: int, height: int) -> list[Content]:
        lines, at = setup_lines(self.setup, self.look, width)
        if self.unfinished is not None:
            now = self.collection.moment().at
            words = unfinished_sentence(self.unfinished, now)
            lines = [self.text(words, "hard", bold=True), blank(), *lines]
            at += 2 if at else 0
        self.query_one(Page).keep_in_sight(at, height)
        return lines

    def hints(self) -> list[Hint]:
        """Return the keys that set up and start."""
        found = [self.hint("quiz.start")] if self.setup.available else []
        keymap = self.keymap
        is_setting = self.setup.rows()[self.setup.cursor].is_setting
        change = keymap.pair_hint("quiz.less", "quiz.more", "change")
        if self.unfinished is not None:
            found.insert(0, self.hint("quiz.resume"))
        return [
            *found,
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
        """Change between feedback at once and an exam."""
        self.setup.exam = not self.setup.exam
        self.redraw()

    def action_click_row(self, number: int) -> None:
        """Put the cursor on a row that was clicked, and tick it."""
        self.setup.cursor = number
        self.action_change(0)

    def action_start(self) -> None:
        """Start the quiz."""
        setup = self.setup
        if not setup.available:
            self.notice("No quiz item is left with these ticks. Take one off.")
            return
        scope = setup.scope
        if self.submits_exam(scope, setup.items, is_exam=setup.exam):
            return
        session = self.attempt(
            lambda: self.collection.sessions.start_quiz(
                scope, count=setup.items, exam=setup.exam
            )
        )
        if session is not None:
            self.app.pop_screen()
            self.host.sessions.show(session, scope)

    def action_back(self) -> None:
        """Go back to the start."""
        self.app.pop_screen()
