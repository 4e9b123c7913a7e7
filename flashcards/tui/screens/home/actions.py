"""The keys of home: begin a session, go elsewhere, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.screens.home.look_ahead import LookAheadBase

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.tui.keys.keymap import Hint


class HomeActions(LookAheadBase):
    """A screen from which everything begins."""

    def hints(self) -> list[Hint]:
        """Return what the row under the cursor, or the button, can do."""
        figures = self.figures
        overview, chosen = figures.overview, self.query_one(DeckTree).chosen
        ends = [self.hint("everywhere.commands"), self.hint("home.quit")]
        if figures.welcome is not None:
            start = self.hint("home.start", "start the diagnostic")
            names = ("home.review", "home.quiz", "home.plan")
            return [start, *(self.hint(name) for name in names), *ends]
        found: list[Hint] = []
        if chosen is None:
            if overview.counts.total:
                found.append(self.hint("home.start"))
        else:
            if chosen.counts.total:
                found.append(self.hint("home.start", f"review {chosen.title}"))
            if chosen.branches:
                found.append(self.hint("home.fold"))
            found.append(self.hint("home.today"))
        if figures.unfinished_diagnostic and chosen is None:
            found.append(self.hint("home.diagnostic"))
        if not overview.areas:
            found.append(self.hint("home.import_decks"))
        else:
            found.append(self.hint("home.quiz"))
        found += [self.hint("home.plan"), self.hint("home.statistics")]
        if self.host.can_undo:
            found.append(self.hint("home.undo"))
        if overview.areas:
            areas = self.keymap.pair_hint("home.up", "home.down", "areas")
            found.insert(len(found) if chosen is None else 2, areas)
        return [*found, *ends]

    def action_start(self) -> None:
        """Review what the cursor is on, or today's cards; on the first day, the diagnostic."""
        chosen = self.query_one(DeckTree).chosen
        if self.figures.welcome is not None:
            self.action_diagnostic()
        elif chosen is None:
            self.action_review()
        else:
            self._review(Scope(decks=(chosen.key,)), chosen.counts.total)

    def action_review(self) -> None:
        """Review today's cards for the usual minutes."""
        self._review(Scope(), self.figures.overview.counts.total)

    def _review(self, scope: Scope, cards: int) -> None:
        if not cards:
            self.notice(self.host.sessions.scope_text(scope).nothing_due)
            return
        minutes = self.collection.plan.usual_minutes
        session = self.attempt(
            lambda: self.collection.sessions.start_review(scope, minutes=minutes)
        )
        if session is not None:
            self.host.sessions.show(session, scope)

    def action_diagnostic(self) -> None:
        """Begin the diagnostic, or go on with the one that was left."""
        session = self.attempt(self.collection.sessions.start_diagnostic)
        if session is not None:
            self.host.sessions.show(session, Scope())

    def action_go(self, name: str) -> None:
        """Open another screen by its name."""
        self.host.open_screen(name)

    def action_undo(self) -> None:
        """Take back the last answer or change."""
        self._step(self.host.undo, "Undid: {}", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._step(self.host.redo, "Redid: {}", "Nothing to redo.")

    def _step(self, step: Callable[[], str], told: str, nothing: str) -> None:
        label = self.attempt(step)
        if label is not None:
            self.changed(told.format(label) if label else nothing)
