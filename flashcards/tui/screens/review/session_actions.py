"""Actions on the current card that do not rate it: undo, bury, suspend, report, edit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported

from flashcards.disk.editor import editor_command, require_editor, wait_for_editor
from flashcards.errors import FlashcardsError
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.line_dialog import LineDialog
from flashcards.tui.screens.review.info_screen import InfoScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from flashcards.study.session.session import ReviewSession
    from flashcards.tui.screens.common.base import BaseScreen


class SessionActions:
    """Runs operations of a session and shows their results on its screen."""

    def __init__(
        self,
        screen: BaseScreen,
        session: ReviewSession,
        show_current_or_end: Callable[[], None],
    ) -> None:
        """Connect a session with its screen.

        Args:
            screen: Shows notices and errors.
            session: The session.
            show_current_or_end: Shows the session's current card if it is another one.
        """
        self._screen, self._session = screen, session
        self._show_current_or_end = show_current_or_end

    def run(
        self,
        operation: Callable[[], str | None],
        message: str = "",
        if_nothing: str = "",
    ) -> None:
        """Run an operation and show its label and the current card.

        Args:
            operation: Returns a label, or None if there was nothing to do.
            message: The notice, with `{}` for the label; by default it says how to undo.
            if_nothing: The notice if there was nothing to do.
        """
        before = self._session.current
        message = (
            message or f"{{}}. Undo with {self._screen.keymap.shown('review.undo')}."
        )
        label = self._screen.attempt(operation)
        if label:
            self._screen.notice(message.format(label))
        elif if_nothing and not self._screen.shows_error:
            self._screen.notice(if_nothing)
        after = self._session.current
        if before and after and before.row.card_id == after.row.card_id:
            self._screen.redraw()
        else:
            self._show_current_or_end()

    def undo(self) -> None:
        """Undo the last answer or operation; its card returns as it was."""
        self.run(self._session.undo, "Undid: {}", "Nothing to undo.")

    def redo(self) -> None:
        """Redo what was undone last."""
        self.run(self._session.redo, "Redid: {}", "Nothing to redo.")

    def show_info(self) -> None:
        """Show why the card is due, its forgetting curve and its history."""
        if current := self._session.current:
            key = current.row.key
            info = self._screen.attempt(
                lambda: self._screen.collection.sessions.card_info(key)
            )
            if info is not None:
                self._screen.app.push_screen(InfoScreen(info))

    def report(self) -> None:
        """Ask what is wrong with the note and save the answer as a report."""
        if current := self._session.current:
            self._screen.app.push_screen(
                ReportDialog(current.row.note_key, self._save_report)
            )

    def _save_report(self, text: str) -> None:
        self.run(lambda: self._session.report(text))

    def edit(self) -> None:
        """Open the note in the learner's editor, then import its file and show the note."""
        current = self._session.current
        if current is None:
            return
        importing = self._screen.collection.importing
        path = self._screen.collection.file_to_edit(Path(current.row.path))
        error_message = edit_note(
            self._screen.app,
            str(path) if current.row.path else "",
            current.row.line,
        )
        if error_message:
            self._screen.notice(error_message, error=True)
            return
        result = self._screen.attempt(lambda: importing.import_files([path]))
        self.run(self._session.reload_current)
        if result and result.problems:
            problem = result.problems[0]
            position = f"{problem.path}:{problem.line}:{problem.column}"
            self._screen.notice(f"{position} {problem.message}", error=True)


class ReportDialog(LineDialog, inherit_bindings=False):
    """Asks what is wrong with a note; an empty line is not saved."""

    NAME: ClassVar[str] = "report"
    BINDINGS = bindings(NAME)
    MAX_LENGTH: ClassVar[int] = 400

    def __init__(self, note_key: str, save: Callable[[str], None]) -> None:
        def save_if_any(text: str) -> None:
            if text:
                save(" ".join(text.split()))

        super().__init__(
            f"What is wrong with {note_key}?",
            meaning=lambda _text: "One line for the maintainer of the deck.",
            save=save_if_any,
        )


def edit_note(app: App[object], path: str, line: int) -> str:
    """Open the learner's editor at a note and wait; return an error message or nothing."""
    if not path:
        return "This note did not come from a file, so it cannot be edited."
    if not Path(path).is_file():
        return f"{path} no longer exists. Import its deck again to edit it."
    try:
        command = editor_command(os.environ, path, line)
        require_editor(command)
        with app.suspend():
            return _wait_for(command)
    except SuspendNotSupported:
        return "This terminal cannot be suspended to open an editor."
    except FlashcardsError as error:
        return str(error)


def _wait_for(command: Sequence[str]) -> str:
    # An exception that leaves `suspend` would leave the screen suspended for good.
    try:
        wait_for_editor(command)
    except FlashcardsError as error:
        return str(error)
    return ""
