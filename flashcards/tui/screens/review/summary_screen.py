"""The end of a session: its summary, the missed cards, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.collection.session_text import up_next_lines
from flashcards.domain.formatting import clock_time, count, short_date
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.review.summary_page import summary_lines
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.domain.cards import Scope
    from flashcards.study.session.session import ReviewSession
    from flashcards.tui.keys.keymap import Hint

MORE_MINUTES = 5


class SummaryScreen(BaseScreen):
    """A page that starts with one sentence, with the figures below it."""

    NAME = "summary"
    BINDINGS = bindings(NAME)
    HAS_PROGRESS = True

    def __init__(self, session: ReviewSession, scope: Scope) -> None:
        super().__init__()
        self.session = session
        self.scope = scope
        self.summary = session.summarize()

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def on_mount(self) -> None:
        """Close the session, whose answers are saved already."""
        self.attempt(self.session.leave)
        super().on_mount()

    def show(self) -> None:
        """Show the summary."""
        moment = self.collection.moment()
        zone = self.collection.settings.zone
        clock = clock_time(moment.at, zone)
        self.query_one(ProgressLine).show(1.0)
        self.show_title(
            self.text("Session over", "accent", bold=True),
            self.text(
                f"{short_date(moment.day)} {self.look.glyphs.dot} {clock}", "muted"
            ),
        )
        figures = self.collection.figures
        up_next = up_next_lines(figures.up_next(), self.look.glyphs.dot)
        scope = self.host.sessions.scope_text(self.scope)
        self.query_one(Page).show(
            lambda width, height: summary_lines(
                self.summary,
                self.look,
                self.frame,
                width,
                height,
                today=moment.day,
                up_next=up_next,
                zone=zone,
                scope=scope,
            )
        )

    def hints(self) -> list[Hint]:
        """Return what can be done next."""
        hints = [self.hint("summary.home")]
        if self.summary.left.total and not self.summary.cram:
            hints.append(self.hint("summary.more"))
        missed = len(self.summary.missed_cards)
        if missed:
            cards = count(missed, "missed card")
            hints.append(self.hint("summary.again", f"practice {cards}"))
        if self.summary.answers:
            hints.append(self.hint("summary.undo"))
        return hints

    def action_home(self) -> None:
        """Go back to the home screen."""
        self.host.sessions.close(self.session)

    def action_more(self) -> None:
        """Study for five more minutes."""
        session = self.attempt(
            lambda: self.collection.sessions.start_review(
                self.scope, minutes=MORE_MINUTES
            )
        )
        self._show_session(session)

    def action_again(self) -> None:
        """Practice the missed cards without changing the schedule."""
        missed = [missed.card_id for missed in self.summary.missed_cards]
        if missed:
            self._show_session(
                self.attempt(lambda: self.collection.sessions.practice(missed))
            )

    def _show_session(self, session: ReviewSession | None) -> None:
        if session is None:
            return
        if session.current is None:
            notice = self.host.sessions.scope_text(self.scope).nothing_left
            if self.collection.sessions.has_more_cards(self.scope):
                key = self.keymap.shown("home.more")
                notice = f"{notice} Learn 5 more with {key} on the home screen."
            self.notice(notice)
            return
        self.host.sessions.close(self.session)
        self.host.sessions.show(session, self.scope)

    def action_undo(self) -> None:
        """Undo the last answer and show its card again."""
        label = self.attempt(self.session.undo)
        if label and self.session.current:
            self.host.sessions.resume(self.session, self.scope, f"Undid: {label}")
        elif not self.shows_error:
            self.notice("Nothing to undo.")
