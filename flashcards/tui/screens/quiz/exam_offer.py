"""What a quiz screen does about an unfinished exam: resume it, or submit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.screens.common.base import BaseScreen

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.study.quiz.unfinished import UnfinishedExam


class ExamOfferScreen(BaseScreen):
    """A screen that offers to resume an unfinished exam before another quiz starts."""

    unfinished: UnfinishedExam | None = None
    """The exam that can be resumed."""
    _wants_to_submit = False

    def on_mount(self) -> None:
        """Look for an unfinished exam, and show its time as it passes."""
        self._look_for_exam()
        super().on_mount()
        self.set_interval(1.0, self._tick)

    def on_screen_resume(self) -> None:
        """Look for the exam again after a result was shown."""
        self._look_for_exam()
        self.redraw()

    def _look_for_exam(self) -> None:
        self._wants_to_submit = False
        self.unfinished = self.attempt(self.collection.sessions.unfinished_exam)

    def _tick(self) -> None:
        if self.unfinished is not None and self.app.screen is self:
            if self.unfinished.ends_at <= self.collection.moment().at:
                self._look_for_exam()
            self.redraw()

    def submits_exam(self, scope: Scope, count: int, *, is_exam: bool) -> bool:
        """Submit the exam that a start would end, on the second press; show its result.

        Return whether there was one, so that nothing starts yet.
        """
        ended = self.attempt(
            lambda: self.collection.sessions.submit_exams(only_expired=True)
        )
        if ended:
            self.host.sessions.show_results(ended)
            return True
        exam = self.attempt(
            lambda: self.collection.sessions.exam_to_submit(
                scope, count=count, exam=is_exam
            )
        )
        if exam is None:
            return False
        if not self._wants_to_submit:
            self._wants_to_submit = True
            start = self.keymap.shown("quiz.start")
            resume = self.keymap.shown("quiz.resume")
            self.notice(
                f"{start} again submits the exam and shows its result; {resume} resumes it."
            )
            return True
        submitted = self.attempt(self.collection.sessions.submit_exams)
        self._look_for_exam()
        if submitted:
            self.host.sessions.show_results(submitted)
        else:
            self.notice("The exam had no answers, and is submitted.")
            self.redraw()
        return True

    def action_resume(self) -> None:
        """Resume the unfinished exam."""
        exam = self.unfinished
        if exam is None:
            return
        session = self.attempt(self.collection.sessions.resume_exam)
        if session is not None:
            self.app.pop_screen()
            self.host.sessions.show(session, exam.scope)
