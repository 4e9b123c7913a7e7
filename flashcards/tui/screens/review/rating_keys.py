"""The keys that turn a card over and rate it; every key is one call of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
from flashcards.tui.screens.review.card_actions import SessionScreen
from flashcards.tui.widgets.bars import NoticeLine

if TYPE_CHECKING:
    from flashcards.grading.answers import GivenAnswer
    from flashcards.study.session.current_card import RatingResult


class RatingScreen(SessionScreen):
    """A session whose cards are turned over, answered and rated."""

    hint_shown = False

    def _turned(self) -> None:
        """Show the card or side that came up just now, or the end."""
        self.mark_shown_now()
        if self.session.current is None:
            self.app.switch_screen(
                self.host.sessions.end_screen(self.session, self.scope)
            )
        else:
            self.redraw()
        self.host.tidy_up_soon()

    def show_current_or_end(self) -> None:
        """Show the card that came on the table, or the end."""
        self.hint_shown = False
        self._turned()

    def action_forward(self) -> None:
        """Turn the card over; on the answer, rate it as suggested."""
        shown = self.session.current
        if shown is None or self.is_held_key():
            return
        if shown.revealed:
            self._rate(self.session.suggested())
        elif shown.is_graded:
            if self.card.focus_answer():
                self.redraw()
        else:
            self.attempt(self.session.reveal)
            self._turned()

    def take(self, given: GivenAnswer | None) -> None:
        """Grade an answer and turn the card over, or tick other points."""
        is_turned = bool(self.session.current and self.session.current.revealed)
        self.query_one(NoticeLine).clear()
        self.attempt(lambda: self.session.answer(given))
        if is_turned:
            self.redraw()
        else:
            self._turned()

    def action_give_up(self) -> None:
        """Show the answer without answering."""
        shown = self.session.current
        if shown and shown.is_graded and not shown.revealed and not self.is_held_key():
            self.take(None)

    def action_rate(self, rating: int) -> None:
        """Rate the revealed card."""
        shown = self.session.current
        if shown and shown.revealed and not self.is_held_key():
            self._rate(Rating(rating))

    def _rate(self, rating: Rating) -> None:
        rated = self.attempt(lambda: self.session.rate(rating))
        if rated is not None:
            self._tell(rated)
            self.show_current_or_end()

    def _tell(self, rated: RatingResult) -> None:
        if rated.changed_elsewhere:
            self.notice("This card was just rated in another window. Here is the next.")
        elif rated.leech:
            key = self.keymap.shown("review.set_aside")
            self.notice(
                f"That card slipped {rated.lapses} times. Split it, or set it aside: {key}."
            )

    def action_hint(self) -> None:
        """Show the hint."""
        shown = self.session.current
        if shown and shown.hint:
            self.hint_shown = True
            self.redraw()
