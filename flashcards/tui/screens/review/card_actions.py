"""The keys of a session that do something else than rate: undo, bury, report, edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from flashcards.tui.screens.common.card_screen import CardScreen
from flashcards.tui.screens.review.editor import edit_note
from flashcards.tui.screens.review.info_screen import InfoScreen
from flashcards.tui.screens.review.report_dialog import ReportScreen
from flashcards.tui.widgets.bars import NoticeLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.cards import Scope
    from flashcards.study.session.base_session import BaseSession
    from flashcards.study.session.session import ReviewSession


class SessionScreen(CardScreen):
    """A screen over a session; each key is one call of it, then what is there is shown."""

    HAS_PROGRESS: ClassVar[bool] = True

    def __init__(self, session: ReviewSession, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope

    @property
    def table(self) -> BaseSession:
        """The session."""
        return self.session

    def show_current_or_end(self) -> None:
        """Show the card that came on the table, or the end."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take back the last answer or operation; the card returns as it was."""
        self._operate(self.session.undo, "Undid: {}", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._operate(self.session.redo, "Redid: {}", "Nothing to redo.")

    def action_bury_card(self) -> None:
        """Leave this card for tomorrow."""
        self._operate(self.session.bury_card)

    def action_bury_note(self) -> None:
        """Leave all cards of this note for tomorrow."""
        self._operate(self.session.bury_note)

    def action_suspend_card(self) -> None:
        """Leave this card out until it is restored."""
        self._operate(self.session.suspend_card)

    def action_suspend_note(self) -> None:
        """Leave all cards of this note out until they are restored."""
        self._operate(self.session.suspend_note)

    def action_set_aside(self) -> None:
        """Suspend the leech that slipped just now, or the one on the table."""
        self._operate(self.session.suspend_leech)

    def action_mark(self) -> None:
        """Mark the note, or take the mark off."""
        self._operate(self.session.toggle_mark)

    def _operate(
        self, operation: Callable[[], str | None], told: str = "{}.", nothing: str = ""
    ) -> None:
        before = self.session.current
        label = self.attempt(operation)
        if label:
            self.notice(told.format(label))
        elif nothing and not self.query_one(NoticeLine).is_error:
            self.notice(nothing)
        after = self.session.current
        if before and after and before.row.card_id == after.row.card_id:
            self.redraw()
        else:
            self.show_current_or_end()

    def action_info(self) -> None:
        """Show why the card is due now."""
        if shown := self.session.current:
            info = self.attempt(
                lambda: self.collection.sessions.card_info(shown.row.key)
            )
            if info is not None:
                self.app.push_screen(InfoScreen(info))

    def action_report(self) -> None:
        """Ask for a line of text and keep it as a report of the note."""
        if shown := self.session.current:
            self.app.push_screen(ReportScreen(shown.row.note_key, self._keep_report))

    def _keep_report(self, text: str) -> None:
        self._operate(lambda: self.session.report(text))

    def action_edit(self) -> None:
        """Open the note in the learner's editor, then show it as it is now."""
        if shown := self.session.current:
            path = self.collection.file_to_edit(Path(shown.row.path))
            problem = edit_note(
                self.app, str(path) if shown.row.path else "", shown.row.line
            )
            if problem:
                self.notice(problem, error=True)
                return
            result = self.attempt(
                lambda: self.collection.importing.import_files([path])
            )
            self._operate(self.session.reload_current)
            if result and result.problems:
                found = result.problems[0]
                self.notice(
                    f"{found.path}:{found.line}:{found.column} {found.message}",
                    error=True,
                )

    def action_leave(self) -> None:
        """End the session; every answer given is kept."""
        self.attempt(self.session.leave)
        self.host.sessions.close(self.session, self.scope)
