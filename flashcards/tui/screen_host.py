"""What screens know of the app that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from flashcards.collection.collection import Collection
    from flashcards.collection.scope_text import ScopeText
    from flashcards.domain.cards import Scope
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.session import ReviewSession
    from flashcards.tui.keys.keymap import Keymap
    from flashcards.tui.theme.themes import Look
    from flashcards.tui.workers.forecaster import Forecaster


class SessionHost(Protocol):
    """Opens the screens of sessions and closes them."""

    def show(self, session: ReviewSession | ExamSession, scope: Scope) -> None:
        """Show a session, or a message if it has no cards."""

    def resume(
        self, session: ReviewSession | ExamSession, scope: Scope, notice: str
    ) -> None:
        """Go from the end of a session back to its current card, with a notice."""

    def end_screen(self, session: ReviewSession, scope: Scope) -> Screen[None]:
        """Return the screen on which a session ends."""

    def close(self, session: ReviewSession, scope: Scope | None = None) -> None:
        """Close the screen of a session that the learner leaves."""

    def show_results(self, exams: Sequence[ExamSession]) -> None:
        """Show the results of exams that were submitted, the oldest first."""

    def scope_text(self, scope: Scope) -> ScopeText:
        """Return a scope in words, with the number of cards due outside of it."""


class ScreenHost(Protocol):
    """The app, as its screens see it."""

    collection: Collection
    keymap: Keymap
    forecaster: Forecaster

    @property
    def sessions(self) -> SessionHost:
        """Opens and closes the screens of sessions."""

    @property
    def look(self) -> Look:
        """The current colors and glyphs."""

    @property
    def can_undo(self) -> bool:
        """Whether there is an operation to undo."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""

    def notice(self, message: str, *, error: bool = False) -> None:
        """Show a message in the line above the key bar of the current screen."""

    def open_screen(self, name: str) -> None:
        """Open a screen by its name in the table of keys."""

    def close_with_notice(self, message: str) -> None:
        """Close the current screen and show a notice on the one below."""

    def undo(self) -> str:
        """Undo the last operation; return its label, empty if there is none."""

    def redo(self) -> str:
        """Redo the last undone operation; return its label, empty if there is none."""

    def collect_garbage_soon(self) -> None:
        """Run the garbage collector in a moment, while the learner reads."""
