"""Navigation between the screens of sessions, and the figures of all of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.collection.session_text import (
    closing_line,
    empty_session_text,
    left_today_text,
    practiced_text,
)
from flashcards.domain.cards import Scope, SessionKind
from flashcards.domain.formatting import count
from flashcards.errors import FlashcardsError
from flashcards.tui.screens.common.base import BaseScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from flashcards.collection.collection import Collection
    from flashcards.collection.scope_text import ScopeText
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.current_card import Summary
    from flashcards.study.session.session import ReviewSession

    AnySession = ReviewSession | ExamSession


class SessionNavigation:
    """Opens and closes the screens of sessions, and records the sessions of this run."""

    def __init__(
        self, app: App[str], collection: Collection, notice: Callable[[str], None]
    ) -> None:
        """Start without a session.

        Args:
            app: Shows the screens.
            collection: The open collection.
            notice: Shows a message on the current screen.
        """
        self._app, self._collection, self._notice = app, collection, notice
        self._sessions: list[ReviewSession] = []
        self._exams: list[ExamSession] = []

    def show(self, session: AnySession, scope: Scope) -> None:
        """Show a session, or a message if it has no cards."""
        from flashcards.study.quiz.exam import ExamSession
        from flashcards.tui.screens.quiz.exam_screen import ExamScreen
        from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
        from flashcards.tui.screens.review.screen import ReviewScreen

        if isinstance(session, ExamSession):
            self._exams.append(session)
            if session.items:
                screen = QuizResultScreen if session.is_over else ExamScreen
                self._app.push_screen(screen(session, scope))
                return
        elif session.current is not None:
            self._sessions.append(session)
            self._app.push_screen(ReviewScreen(session, scope))
            return
        message = empty_session_text(session, self.scope_text(scope))
        self._app.call_after_refresh(self._notice, message)

    def scope_text(self, scope: Scope) -> ScopeText:
        """Return a scope in words, with the number of cards due outside of it."""
        from flashcards.collection.scope_text import scope_text

        return scope_text(scope, self._collection.figures.due_elsewhere(scope))

    def show_results(self, exams: Sequence[ExamSession]) -> None:
        """Show the results of exams that were submitted, the oldest first."""
        from flashcards.tui.screens.quiz.result_screen import QuizResultScreen

        self._exams += exams
        for exam in reversed(exams):
            self._app.push_screen(QuizResultScreen(exam, Scope()))

    def end_screen(self, session: ReviewSession, scope: Scope) -> BaseScreen:
        """Return the screen on which a session ends: its result or its summary."""
        from flashcards.study.diagnostic.diagnostic import DiagnosticSession
        from flashcards.study.quiz.quiz import QuizSession
        from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
        from flashcards.tui.screens.review.diagnostic_screen import DiagnosticScreen
        from flashcards.tui.screens.review.summary_screen import SummaryScreen

        if isinstance(session, QuizSession):
            return QuizResultScreen(session, scope)
        if isinstance(session, DiagnosticSession):
            return DiagnosticScreen(session, scope)
        return SummaryScreen(session, scope)

    def resume(self, session: AnySession, scope: Scope, notice: str) -> None:
        """Go from the end of a session back to its current card, with a notice."""
        from flashcards.study.quiz.exam import ExamSession
        from flashcards.tui.screens.review.screen import ReviewScreen

        if not isinstance(session, ExamSession):
            self._app.switch_screen(ReviewScreen(session, scope, notice))

    def close(self, session: ReviewSession, scope: Scope | None = None) -> None:
        """Close the screen of a session and show on the one below how many are done.

        A quiz with answers ends on its result instead.
        """
        summary = session.summarize()
        if session.kind == SessionKind.QUIZ and summary.answers:
            self._app.switch_screen(self.end_screen(session, scope or Scope()))
            return
        self._app.pop_screen()
        below = self._app.screen
        if summary.answers and isinstance(below, BaseScreen):
            below.notice(self._saved_text(session, summary))

    def _saved_text(self, session: ReviewSession, summary: Summary) -> str:
        if session.kind == SessionKind.DIAGNOSTIC:
            answers = count(summary.answers, "answer")
            return f"Saved {answers}. The diagnostic resumes where you left it."
        if session.cram:
            return practiced_text(summary.cards)
        answers = count(summary.answers, "answer")
        today = self._collection.figures.overview()
        return (
            f"Saved {answers}. {left_today_text(today, self._collection.settings.zone)}"
        )

    def leave_all(self) -> None:
        """Close every session; their answers are saved already."""
        for session in self._sessions:
            with suppress(FlashcardsError):
                session.leave()

    @property
    def closing(self) -> str:
        """The line printed in the terminal after quitting; empty without answers."""
        practiced = self._count_practiced()
        try:
            recorded = self._collection.sessions.recorded_answers()
            if not recorded.answers and not practiced:
                return ""
            overview = self._collection.figures.overview()
        except FlashcardsError:
            return ""
        return closing_line(
            recorded.answers,
            recorded.milliseconds,
            overview,
            self._collection.settings.zone,
            practiced=practiced,
        )

    def _count_practiced(self) -> int:
        """Return how many cards were answered without changing the schedule."""
        card_ids: set[int] = set()
        for session in self._sessions:
            if session.cram:
                card_ids |= session.answered_card_ids
        for exam in self._exams:
            if exam.cram and exam.is_over:
                card_ids |= exam.answered_card_ids
        return len(card_ids)
