"""Saving what is typed in an exam, before it is an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.tui.screens.asking import AskingScreen

if TYPE_CHECKING:
    from flashcards.study.exam import ExamSession

_SAVE_SECONDS = 0.7
"""What was typed longer ago than this survives even a kill."""


class TypingExamScreen(AskingScreen):
    """A screen that saves what is typed while it is typed."""

    session: ExamSession
    _is_waiting_to_save = False

    def typed(self) -> None:
        """Save what is typed a moment later, and again while more is typed."""
        if not self._is_waiting_to_save:
            self._is_waiting_to_save = True
            self.set_timer(_SAVE_SECONDS, self._save_typed)

    def _save_typed(self) -> None:
        self._is_waiting_to_save = False
        # Where it cannot be saved, answering says so; typing is not disturbed.
        with suppress(FlashcardsError):
            self.session.save_typed(self.card.typed_text)

    def save_unfinished(self) -> None:
        """Save what is typed, and the time that was spent."""
        self.session.save_typed(self.card.typed_text)
        self.session.leave()
