"""The review screen: a card, its answer and four ratings; each key calls the session once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.damage_text import damage_sentences
from flashcards.collection.session_text import reduced_rating_text
from flashcards.domain.cards import Rating, SessionKind
from flashcards.tui.keys.keymap import Hint, bindings, printed
from flashcards.tui.screens.common.card_screen import CardScreen
from flashcards.tui.screens.common.card_text import (
    breadcrumb,
    card_view_model,
    progress_text,
)
from flashcards.tui.screens.review.session_actions import SessionActions
from flashcards.tui.widgets.bars import NoticeLine, ProgressLine
from flashcards.tui.widgets.rating_bar import RATING_NAMES, RatingBar, RatingChoice

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.session.current_card import CurrentCard, RatingResult
    from flashcards.study.session.session import ReviewSession
    from flashcards.tui.keys.keymap import Keymap
    from flashcards.tui.widgets.answering.answer_card import AnswerCard


class ReviewScreen(CardScreen):
    """A session from its first card to its last."""

    NAME = "review"
    BINDINGS = bindings(NAME)

    def __init__(
        self, session: ReviewSession, scope: Scope, first_notice: str = ""
    ) -> None:
        super().__init__(session, scope)
        self.session = session
        self.actions = SessionActions(self, session, self.show_current_or_end)
        self.hint_shown = False
        self._first_notice = first_notice
        self._damaged_notes_reported = 0
        self._damaged_rows_reported = False

    def on_mount(self) -> None:
        """Show the first card."""
        self.answer_input.mark_shown_now()
        super().on_mount()
        if self._first_notice:
            self.notice(self._first_notice)

    # What is shown.

    def show(self) -> None:
        """Show the current card, its ratings and the session's progress."""
        self._report_damaged_notes()
        current = self.session.current
        if current is None:
            return
        self._show_progress(current)
        card = self.card
        model = card_view_model(
            current,
            self.collection.moment().day,
            self.look.glyphs.dot,
            hint=self.hint_shown,
            report_key=self.keymap.shown("review.report"),
            rows=card.load(current),
            input_rows=card.input_rows,
            missed=self.session.find_most_missed() if card.is_ticking else None,
        )
        card.show(model, keep_scroll=card.is_same)
        card.place_field()
        forward = self.hint("review.forward")
        self.query_one(RatingBar).show(
            rating_choice(self.session, self.keymap, card)
            if current.revealed
            else self.answer_input.prompt(current, forward, "review.unsure")
        )

    def _show_progress(self, current: CurrentCard) -> None:
        progress, dot = self.session.progress, self.look.glyphs.dot
        self.query_one(ProgressLine).show(progress.share)
        words = progress_text(progress, dot, narrow=self.frame.is_narrow)
        if self.session.cram:
            words = f"practice {dot} {words}"
        elif self.session.kind == SessionKind.MORE:
            words = f"extra {dot} {words}"
        elif self.session.kind == SessionKind.DIAGNOSTIC:
            words = f"diagnostic {dot} {words}"
        self.show_title(breadcrumb(current.row, self.look), self.text(words, "muted"))

    def _report_damaged_notes(self) -> None:
        """Show once for each damaged note that it was skipped."""
        reader = self.collection.reader
        damaged = reader.damaged_notes
        if reader.damaged_rows and not self._damaged_rows_reported:
            self._damaged_rows_reported = True
            self.notice(" ".join(damage_sentences(reader.damaged_rows)))
        if len(damaged) > self._damaged_notes_reported:
            self._damaged_notes_reported = len(damaged)
            self.notice(
                f"Skipped {damaged[-1]}: the note is damaged. Import its file again."
            )

    def hints(self) -> list[Hint]:
        """Return the keys that work on this side of the card."""
        current = self.session.current
        if current is None:
            return []
        first = self._answer_hints(current)
        can_undo = bool(self.session.progress.answers or self.session.can_undo)
        if self.card.is_typing:
            undo = self.answer_input.free_hint("review.undo")
            return [*first, undo] if can_undo else first
        if current.hint and not current.revealed and not self.hint_shown:
            first.append(self.hint("review.hint"))
        if current.row.leech:
            first.append(self.hint("review.set_aside"))
        names = ["edit", "info", "mark", "bury_card", "suspend_card", "leave"]
        if can_undo:
            names.insert(2, "undo")
        return [*first, *(self.hint(f"review.{name}") for name in names)]

    def _answer_hints(self, current: CurrentCard) -> list[Hint]:
        if not current.revealed:
            if not current.is_graded:
                return [self.hint("review.forward")]
            return [*self.answer_input.footer_hints(), self.hint("review.give_up")]
        word = RATING_NAMES[self.session.suggested_rating].lower()
        rate = self.hint("review.forward", word)
        rate = rate._replace(keys=forward_key(self.keymap, self.card))
        hints = [self.keymap.rating_hint(), rate]
        return [self.hint("answer.toggle"), *hints] if self.card.is_ticking else hints

    def show_current_or_end(self) -> None:
        """Show another card, or the end of the session."""
        self.hint_shown = False
        self._show_next_side()

    def _show_next_side(self) -> None:
        """Show the card or side that is new, or the end of the session."""
        self.answer_input.mark_shown_now()
        if self.session.current is None:
            self.app.switch_screen(
                self.host.sessions.end_screen(self.session, self.scope)
            )
        else:
            self.redraw()
        self.host.collect_garbage_soon()

    # Answering and rating.

    def submit_answer(self, answer: GradedAnswer | None) -> None:
        """Grade an answer and show the card's back; there, replace the ticked points."""
        was_revealed = bool(self.session.current and self.session.current.revealed)
        self.query_one(NoticeLine).clear()
        self.attempt(lambda: self.session.answer(answer))
        if was_revealed:
            self.redraw()
        else:
            self._show_next_side()

    def action_forward(self) -> None:
        """Show the answer; on the answer side, give the suggested rating."""
        current = self.session.current
        if current is None or self.answer_input.is_too_early():
            return
        if current.revealed:
            self._rate(self.session.suggested_rating)
        elif current.is_graded:
            if self.card.focus_answer():
                self.redraw()
        else:
            self.attempt(self.session.reveal)
            self._show_next_side()

    def action_give_up(self) -> None:
        """Show the answer of a graded card without answering."""
        current = self.session.current
        if (
            current
            and current.is_graded
            and not current.revealed
            and not self.answer_input.is_too_early()
        ):
            self.submit_answer(None)

    def action_rate(self, rating: int) -> None:
        """Rate the card on its answer side."""
        current = self.session.current
        if current and current.revealed and not self.answer_input.is_too_early():
            self._rate(Rating(rating))

    def _rate(self, rating: Rating) -> None:
        best = self.session.best_rating
        result = self.attempt(lambda: self.session.rate(rating))
        if result is not None:
            self._show_rating_notice(result)
            if rating > best and self.session.kind == SessionKind.DIAGNOSTIC:
                self.notice(reduced_rating_text(rating, best))
            self.show_current_or_end()

    def _show_rating_notice(self, result: RatingResult) -> None:
        if result.changed_elsewhere:
            self.notice("Another window just rated this card. Here is the next one.")
        elif result.leech:
            key = self.keymap.shown("review.set_aside")
            self.notice(
                f"You forgot this card {result.lapses} times. Split it, or press {key} "
                "to suspend it."
            )

    def action_hint(self) -> None:
        """Show the hint."""
        current = self.session.current
        if current and current.hint:
            self.hint_shown = True
            self.redraw()

    # Everything else that a key does to a card.

    def action_undo(self) -> None:
        """Undo the last answer or operation."""
        self.actions.undo()

    def action_redo(self) -> None:
        """Redo what was undone last."""
        self.actions.redo()

    def action_bury_card(self) -> None:
        """Hide the card until tomorrow."""
        self.actions.run(self.session.bury_card)

    def action_bury_note(self) -> None:
        """Hide all cards of the note until tomorrow."""
        self.actions.run(self.session.bury_note)

    def action_suspend_card(self) -> None:
        """Hide the card until it is restored."""
        self.actions.run(self.session.suspend_card)

    def action_suspend_note(self) -> None:
        """Hide all cards of the note until they are restored."""
        self.actions.run(self.session.suspend_note)

    def action_set_aside(self) -> None:
        """Suspend the leech that was just rated, or the current card if it is one."""
        self.actions.run(self.session.suspend_leech)

    def action_mark(self) -> None:
        """Mark the note, or remove its mark."""
        self.actions.run(self.session.toggle_mark)

    def action_info(self) -> None:
        """Show card info."""
        self.actions.show_info()

    def action_report(self) -> None:
        """Report a problem of the note."""
        self.actions.report()

    def action_edit(self) -> None:
        """Edit the note's file."""
        self.actions.edit()

    def action_leave(self) -> None:
        """End the session; every answer is saved already."""
        self.attempt(self.session.leave)
        self.host.sessions.close(self.session, self.scope)


def rating_choice(
    session: ReviewSession, keymap: Keymap, card: AnswerCard
) -> RatingChoice:
    """Return what the rating bar shows on the answer side of a card."""
    previews = session.preview_ratings()
    return RatingChoice(
        waits={rating: preview.wait_seconds for rating, preview in previews.items()},
        keys={
            rating: keymap.shown(f"review.{rating.name.lower()}") for rating in Rating
        },
        suggested=session.suggested_rating,
        suggested_key=forward_key(keymap, card),
        at_most=session.best_rating,
    )


def forward_key(keymap: Keymap, card: AnswerCard) -> str:
    """Return the key that gives the suggested rating, free while points are ticked."""
    keys = keymap.keys("review.forward")
    is_taken = card.is_ticking and keys[0] in keymap.keys("answer.toggle")
    return printed(keys[-1] if is_taken else keys[0])
