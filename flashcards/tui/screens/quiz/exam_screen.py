"""An exam: items in any order within a time, feedback at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.card_text import face_of
from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
from flashcards.tui.screens.quiz.text import (
    clock_words,
    exam_state,
    exam_title,
    left_open,
    resume_sentence,
)
from flashcards.tui.screens.quiz.typed_answers import TypingExamScreen
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.rating_bar import RatingBar

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.grading.answers import GivenAnswer
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.tui.keys.keymap import Hint


class ExamScreen(TypingExamScreen):
    """One item after the other; nothing is told of an answer before the end."""

    NAME = "exam"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True
    _wants_to_finish = False

    def __init__(self, session: ExamSession, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope

    @property
    def table(self) -> ExamSession:
        """The exam."""
        return self.session

    def on_mount(self) -> None:
        """Put the first item on the table and start the clock."""
        self.mark_shown_now()
        super().on_mount()
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        """Show the time left; the end of it ends the exam."""
        if self.app.screen is not self:
            return
        if self.session.tick():
            self._show_result()
        else:
            self._show_clock()

    def _show_clock(self) -> None:
        session, dot = self.session, self.look.glyphs.dot
        is_late = session.seconds_left < _LAST_MINUTE
        self.show_title(
            exam_title(session, self.look),
            self.text(
                clock_words(session, dot, narrow=self.frame.is_narrow),
                "hard" if is_late else "muted",
            ),
        )

    def show(self) -> None:
        """Show the item as it is answered so far."""
        shown, session = self.session.current, self.session
        if shown is None:
            return
        self.query_one(ProgressLine).show(session.answered / len(session.items))
        self._show_clock()
        card, dot = self.card, self.look.glyphs.dot
        face = face_of(
            shown,
            self.collection.moment().day,
            dot,
            hint=False,
            report_key="",
            rows=card.deal(shown),
            writing_rows=card.writing_rows,
        )
        item = session.items[session.index]
        card.show(replace(face, state=exam_state(item, dot)), keep_place=card.is_same)
        if item.typed and not card.is_same:
            card.fill(item.typed)
        card.place_field()
        self.query_one(RatingBar).show(
            self.ways(shown, self.hint("exam.forward"), "exam.unsure")
        )

    def hints(self) -> list[Hint]:
        """Return the keys that answer, go through the items, and finish."""
        shown = self.session.current
        if shown is None:
            return []
        found = [*self.answering_hints(), self.free_hint("exam.finish")]
        if not self.card.is_typing:
            item = self.session.items[self.session.index]
            flag = "take the flag off" if item.flagged else "flag"
            found[-1:-1] = [
                self.keymap.pair_hint("exam.back", "exam.next", "items"),
                self.hint("exam.flag", flag),
            ]
        return [*found, self.hint("exam.leave")] if not self.card.is_typing else found

    # Keys.

    def take(self, given: GivenAnswer) -> None:
        """Keep an answer and go on."""
        self.attempt(lambda: self.session.answer(given))
        self._moved()
        if not self.session.is_over and self.session.answered == len(
            self.session.items
        ):
            key = self.keymap.shown("exam.finish")
            self.notice(f"Every question is answered. {key} submits the exam.")

    def _moved(self) -> None:
        self._wants_to_finish = False
        self.mark_shown_now()
        if self.session.is_over:
            self._show_result()
        else:
            self.redraw()

    def action_forward(self) -> None:
        """Go on typing."""
        if self.card.focus_answer():
            self.redraw()

    def action_item(self, steps: int) -> None:
        """Go to another item; what was typed is kept as its answer."""
        target = self.session.index + steps
        self._keep_typed()
        self.attempt(self.save_answer)
        self.attempt(lambda: self.session.go_to(target))
        self._moved()

    def _keep_typed(self) -> None:
        given = self.card.typed_answer(self.session.parse)
        if given is not None:
            self.attempt(lambda: self.session.answer(given))

    def action_flag(self) -> None:
        """Flag the item to come back to, or take the flag off."""
        self.attempt(self.session.toggle_flag)
        self._moved()

    def action_finish(self) -> None:
        """Hand the exam in; where items are open, on the second press."""
        self._keep_typed()
        if left_open(self.session) and not self._wants_to_finish:
            self.redraw()
            self._wants_to_finish = True
            key = self.free_hint("exam.finish").keys
            self.notice(
                f"{left_open(self.session)}. Press {key} again to submit the exam."
            )
            return
        if self.attempt(self.session.submit) is not None:
            self._show_result()

    def _show_result(self) -> None:
        self.app.switch_screen(QuizResultScreen(self.session, self.scope))

    def action_leave(self) -> None:
        """Go away; the exam goes on today while it has time left."""
        self._keep_typed()
        self.attempt(self.save_unfinished)
        self.app.pop_screen()
        if not self.session.cram:
            self.host.notice(resume_sentence(self.keymap.shown("home.quiz")))


_LAST_MINUTE = 60
