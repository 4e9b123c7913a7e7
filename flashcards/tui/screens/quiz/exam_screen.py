"""An exam: questions in any order within a time limit, feedback at the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.card_screen import CardScreen
from flashcards.tui.screens.common.card_text import card_view_model
from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
from flashcards.tui.screens.quiz.text import (
    clock_text,
    exam_title,
    item_state_text,
    resume_exam_text,
    unanswered_text,
)
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.rating_bar import RatingBar

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.tui.keys.keymap import Hint

_LAST_MINUTE = 60
"""Seconds left from which the clock is highlighted."""
_SAVE_SECONDS = 0.7
"""A draft older than this is saved, so that it survives even a kill."""


class ExamDrafts:
    """Saves answers that are not submitted yet: typed, ticked, ordered or paired."""

    def __init__(self, screen: CardScreen, session: ExamSession) -> None:
        self._screen, self._session = screen, session
        self._is_waiting_to_save = False

    def save_soon(self) -> None:
        """Save the draft after a moment, together with changes until then."""
        if not self._is_waiting_to_save:
            self._is_waiting_to_save = True
            self._screen.set_timer(_SAVE_SECONDS, self._save_quietly)

    def _save_quietly(self) -> None:
        self._is_waiting_to_save = False
        # If it cannot be saved, submitting shows the error; typing is not disturbed.
        with suppress(FlashcardsError):
            self.save()

    def save(self) -> None:
        """Save the draft of the current question.

        Raises:
            FlashcardsError: it cannot be saved.
        """
        card = self._screen.card
        if card.shows(self._session.current):
            self._session.save_typed(card.typed_text)
            self._session.save_chosen(card.chosen)

    def submit_typed(self) -> None:
        """Submit what is typed as the answer of the current question, if it is one."""
        answer = self._screen.card.typed_answer(self._session.parse_answer)
        if answer is not None:
            self._screen.attempt(lambda: self._session.answer(answer))


class ExamScreen(CardScreen):
    """One question after another; nothing about an answer is shown before the end."""

    NAME = "exam"
    BINDINGS = bindings(NAME)

    def __init__(self, session: ExamSession, scope: Scope) -> None:
        super().__init__(session, scope)
        self.session = session
        self.drafts = ExamDrafts(self, session)
        self._asked_to_submit = False

    def on_mount(self) -> None:
        """Show the first question and start the clock."""
        self.answer_input.mark_shown_now()
        super().on_mount()
        self.set_interval(1.0, self.update_clock)

    def update_clock(self) -> None:
        """Show the time left; when it is over, show the result."""
        if self.app.screen is not self:
            return
        if self.session.submit_if_expired():
            self._show_result()
        else:
            self._show_clock()

    def _show_clock(self) -> None:
        session, dot = self.session, self.look.glyphs.dot
        is_last_minute = session.seconds_left < _LAST_MINUTE
        self.show_title(
            exam_title(session, self.look),
            self.text(
                clock_text(session, dot, narrow=self.frame.is_narrow),
                "hard" if is_last_minute else "muted",
            ),
        )

    def show(self) -> None:
        """Show the current question with its draft or answer."""
        current, session = self.session.current, self.session
        if current is None:
            return
        self.query_one(ProgressLine).show(session.answered_count / len(session.items))
        self._show_clock()
        card, dot = self.card, self.look.glyphs.dot
        model = card_view_model(
            current,
            self.collection.moment().day,
            dot,
            hint=False,
            report_key="",
            rows=card.load(current),
            input_rows=card.input_rows,
        )
        item = session.items[session.index]
        state = item_state_text(item, dot)
        card.show(replace(model, state=state), keep_scroll=card.is_same)
        if item.typed and not card.is_same:
            card.fill(item.typed)
        card.place_field()
        self.query_one(RatingBar).show(
            self.answer_input.prompt(current, self.hint("exam.forward"), "exam.unsure")
        )

    def hints(self) -> list[Hint]:
        """Return the keys that answer, change the question, and submit."""
        if self.session.current is None:
            return []
        answer = self.answer_input.footer_hints()
        submit = self.answer_input.free_hint("exam.finish")
        if self.card.is_typing:
            return [*answer, submit]
        item = self.session.items[self.session.index]
        return [
            *answer,
            self.keymap.pair_hint("exam.back", "exam.next", "questions"),
            self.hint("exam.flag", "remove flag" if item.flagged else "flag"),
            submit,
            self.hint("exam.leave"),
        ]

    def draft_changed(self) -> None:
        """Save the draft soon."""
        self.drafts.save_soon()

    def save_unfinished(self) -> None:
        """Save the draft and the time spent.

        Raises:
            FlashcardsError: they cannot be saved.
        """
        self.drafts.save()
        self.session.leave()

    # Keys.

    def submit_answer(self, answer: GradedAnswer) -> None:
        """Save an answer and show the next question."""
        self.attempt(lambda: self.session.answer(answer))
        self._show_item_or_result()
        if not self.session.is_over and self.session.answered_count == len(
            self.session.items
        ):
            key = self.keymap.shown("exam.finish")
            self.notice(f"Every question is answered. {key} submits the exam.")

    def _show_item_or_result(self) -> None:
        self._asked_to_submit = False
        self.answer_input.mark_shown_now()
        if self.session.is_over:
            self._show_result()
        else:
            self.redraw()

    def action_forward(self) -> None:
        """Go to the input field."""
        if self.card.focus_answer():
            self.redraw()

    def action_item(self, steps: int) -> None:
        """Go to another question; what is typed becomes the answer of this one."""
        target = self.session.index + steps
        self.drafts.submit_typed()
        self.attempt(self.drafts.save)
        self.attempt(lambda: self.session.go_to(target))
        self._show_item_or_result()

    def action_flag(self) -> None:
        """Flag the question, or remove its flag."""
        self.attempt(self.session.toggle_flag)
        self._show_item_or_result()

    def action_finish(self) -> None:
        """Submit the exam; if questions are unanswered, on the second press."""
        self.drafts.submit_typed()
        unanswered = unanswered_text(self.session)
        if unanswered and not self._asked_to_submit:
            self.redraw()
            self._asked_to_submit = True
            key = self.answer_input.free_hint("exam.finish").keys
            self.notice(f"{unanswered}. Press {key} again to submit the exam.")
            return
        if self.attempt(self.session.submit) is not None:
            self._show_result()

    def _show_result(self) -> None:
        self.app.switch_screen(QuizResultScreen(self.session, self.scope))

    def action_leave(self) -> None:
        """Leave the exam, which can be resumed today while it has time left."""
        self.drafts.submit_typed()
        self.attempt(self.save_unfinished)
        self.app.pop_screen()
        if not self.session.cram:
            self.host.notice(resume_exam_text(self.keymap.shown("home.quiz")))
