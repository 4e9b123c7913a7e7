"""The offer to resume or submit an unfinished exam before another quiz starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.study.quiz.unfinished import UnfinishedExam
    from flashcards.tui.screens.common.base import BaseScreen


class ExamOffer:
    """An unfinished exam, as a screen offers it."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen
        self.unfinished: UnfinishedExam | None = None
        """The exam that can be resumed."""
        self._asked_to_submit = False

    def look_up(self) -> None:
        """Look for an exam that can be resumed."""
        sessions = self._screen.collection.sessions
        self._asked_to_submit = False
        self.unfinished = self._screen.attempt(sessions.unfinished_exam)

    def update_clock(self) -> None:
        """Show the time left to the exam; call this every second."""
        screen = self._screen
        if self.unfinished is not None and screen.app.screen is screen:
            if self.unfinished.ends_at <= screen.collection.moment().at:
                self.look_up()
            screen.redraw()

    def submit_first(self, scope: Scope, count: int, *, is_exam: bool) -> bool:
        """Submit an exam that a new quiz would end, on the second press.

        Args:
            scope: The scope of the new quiz.
            count: The number of its questions.
            is_exam: Whether it is an exam.

        Returns:
            Whether there was an exam, so that the new quiz must not start yet.
        """
        screen, sessions = self._screen, self._screen.collection.sessions
        expired = screen.attempt(lambda: sessions.submit_exams(only_expired=True))
        if expired:
            screen.host.sessions.show_results(expired)
            return True
        exam = screen.attempt(
            lambda: sessions.exam_to_submit(scope, count=count, exam=is_exam)
        )
        if exam is None:
            return False
        if not self._asked_to_submit:
            self._asked_to_submit = True
            start = screen.keymap.shown("quiz.start")
            resume = screen.keymap.shown("quiz.resume")
            screen.notice(
                f"{start} again submits the exam and shows its result; {resume} resumes it."
            )
            return True
        submitted = screen.attempt(sessions.submit_exams)
        self.look_up()
        if submitted:
            screen.host.sessions.show_results(submitted)
        else:
            screen.notice("The exam was submitted without answers.")
            screen.redraw()
        return True

    def resume(self) -> None:
        """Resume the exam in place of the screen."""
        exam, screen = self.unfinished, self._screen
        if exam is None:
            return
        session = screen.attempt(screen.collection.sessions.resume_exam)
        if session is not None:
            screen.app.pop_screen()
            screen.host.sessions.show(session, exam.scope)
