"""Saving what is typed, ticked, ordered or paired in an exam, before it is an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.tui.screens.common.card_screen import CardScreen

if TYPE_CHECKING:
    from flashcards.study.quiz.exam import ExamSession

_SAVE_SECONDS = 0.7
"""What was typed longer ago than this survives even a kill."""


class TypingExamScreen(CardScreen):
    """A screen that saves an answer while it is being made."""

    session: ExamSession
    _is_waiting_to_save = False

    def typed(self) -> None:
        """Save the unfinished answer a moment later, and again while it changes."""
        if not self._is_waiting_to_save:
            self._is_waiting_to_save = True
            self.set_timer(_SAVE_SECONDS, self._save_typed)

    def _save_typed(self) -> None:
        self._is_waiting_to_save = False
        # Where it cannot be saved, answering says so; typing is not disturbed.
        with suppress(FlashcardsError):
            self.save_answer()

    def save_answer(self) -> None:
        """Save what there is of an answer that was not given yet."""
        if self.card.shows(self.session.current):
            self.session.save_typed(self.card.typed_text)
            self.session.save_chosen(self.card.chosen)

    def save_unfinished(self) -> None:
        """Save the unfinished answer, and the time that was spent."""
        self.save_answer()
        self.session.leave()
