"""Sessions on the screen: how one begins, where it ends, and what all came to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.collection.session_text import closing_line, empty_session_text
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
    """Opens the screens of sessions, and knows every session of this run."""

    def __init__(
        self, app: App[str], collection: Collection, say: Callable[[str], None]
    ) -> None:
        """Begin without a session.

        Args:
            app: Shows the screens.
            collection: What is studied.
            say: Shows a sentence on the current screen.
        """
        self._app, self._collection, self._say = app, collection, say
        self._sessions: list[ReviewSession] = []
        self._exams: list[ExamSession] = []

    def show(self, session: AnySession, scope: Scope) -> None:
        """Put a session on the screen, or say that it holds nothing."""
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
        words = empty_session_text(session, self.scope_text(scope))
        self._app.call_after_refresh(self._say, words)

    def scope_text(self, scope: Scope) -> ScopeText:
        """Return a scope in words, with what is due outside of it."""
        from flashcards.collection.scope_text import scope_text

        return scope_text(scope, self._collection.figures.due_elsewhere(scope))

    def show_results(self, exams: Sequence[ExamSession]) -> None:
        """Show the results of exams that were submitted, the oldest first."""
        from flashcards.tui.screens.quiz.result_screen import QuizResultScreen

        self._exams += exams
        for exam in reversed(exams):
            self._app.push_screen(QuizResultScreen(exam, Scope()))

    def end_screen(self, session: ReviewSession, scope: Scope) -> BaseScreen:
        """Return the page on which a session ends: of quiz and diagnostic their result."""
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
        """Go back from the end of a session to its card."""
        from flashcards.study.quiz.exam import ExamSession
        from flashcards.tui.screens.review.screen import ReviewScreen

        if not isinstance(session, ExamSession):
            self._app.switch_screen(ReviewScreen(session, scope, notice))

    def close(self, session: ReviewSession, scope: Scope | None = None) -> None:
        """Close a session's screen and say on the screen below what was done.

        A quiz that is left ends on its result.
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
        return (
            f"Saved. {summary.answers} of {summary.answers + summary.cards_left} done."
        )

    def leave_all(self) -> None:
        """End every sitting; what was answered is kept already."""
        for session in self._sessions:
            with suppress(FlashcardsError):
                session.leave()

    @property
    def closing(self) -> str:
        """The line that stays in the terminal after quitting; empty after no answer."""
        try:
            summaries = [session.summarize() for session in self._sessions]
            overview = self._collection.figures.overview()
        except FlashcardsError:
            return ""
        answers = sum(summary.answers for summary in summaries)
        milliseconds = sum(summary.milliseconds for summary in summaries)
        for exam in self._exams:
            if exam.is_over:
                answers += exam.answered_count
                milliseconds += sum(item.milliseconds for item in exam.items)
        if not answers:
            return ""
        return closing_line(
            answers,
            milliseconds,
            overview.counts.total,
            overview.seconds,
        )
