"""The review screen: one card, four ratings; every key is one call of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.left_out import left_out
from flashcards.domain.cards import Rating
from flashcards.study.session.kinds import DIAGNOSTIC
from flashcards.tui.keys.keymap import Hint, bindings, printed
from flashcards.tui.screens.common.card_text import breadcrumb, face_of, progress_words
from flashcards.tui.screens.review.rating_keys import RatingScreen
from flashcards.tui.widgets.bars import ProgressLine
from flashcards.tui.widgets.rating_bar import WORDS, RatingBar, RatingChoice

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.study.session.session import ReviewSession


class ReviewScreen(RatingScreen):
    """A session from its first card to its last."""

    NAME = "review"
    BINDINGS = bindings(NAME)

    def __init__(
        self, session: ReviewSession, scope: Scope, first_notice: str = ""
    ) -> None:
        super().__init__(session, scope)
        self._first_notice = first_notice
        self._left_out = 0
        self._rows_said = False

    def on_mount(self) -> None:
        """Put the first card on the table."""
        self.mark_shown_now()
        super().on_mount()
        if self._first_notice:
            self.notice(self._first_notice)

    def show(self) -> None:
        """Show the card, its ratings and the progress as they are."""
        self._say_damaged()
        shown = self.session.current
        if shown is None:
            return
        progress = self.session.progress
        self.query_one(ProgressLine).show(progress.share)
        words = progress_words(
            progress, self.look.glyphs.dot, narrow=self.frame.is_narrow
        )
        if self.session.cram:
            words = f"practice {self.look.glyphs.dot} {words}"
        elif self.session.kind == DIAGNOSTIC:
            words = f"diagnostic {self.look.glyphs.dot} {words}"
        self.show_title(breadcrumb(shown.row, self.look), self.text(words, "muted"))
        card = self.card
        face = face_of(
            shown,
            self.collection.moment().day,
            self.look.glyphs.dot,
            hint=self.hint_shown,
            report_key=self.keymap.shown("review.report"),
            rows=card.deal(shown),
            writing_rows=card.writing_rows,
            missed=self.session.missed_most() if card.is_ticking else None,
        )
        card.show(face, keep_place=card.is_same)
        card.place_field()
        forward = self.hint("review.forward")
        self.query_one(RatingBar).show(
            self._choice()
            if shown.revealed
            else self.ways(shown, forward, "review.unsure")
        )

    def _say_damaged(self) -> None:
        """Say once of each damaged note that it was left out."""
        reader = self.collection.reader
        damaged = reader.damaged_notes
        if reader.damaged_rows and not self._rows_said:
            self._rows_said = True
            self.notice(" ".join(left_out(reader.damaged_rows)))
        if len(damaged) > self._left_out:
            self._left_out = len(damaged)
            self.notice(
                f"Skipped {damaged[-1]}: the note is damaged. Import its file again."
            )

    def _choice(self) -> RatingChoice:
        keymap = self.keymap
        names = {rating: f"review.{rating.name.lower()}" for rating in Rating}
        return RatingChoice(
            waits={
                rating: preview.wait_seconds
                for rating, preview in self.session.previews().items()
            },
            keys={rating: keymap.shown(name) for rating, name in names.items()},
            suggested=self.session.suggested(),
            suggested_key=self._forward_key,
            at_most=self.session.best_rating(),
        )

    @property
    def _forward_key(self) -> str:
        """The key that rates as suggested; space may be needed to tick points."""
        keys = self.keymap.keys("review.forward")
        is_taken = self.card.is_ticking and keys[0] in self.keymap.keys("answer.toggle")
        return printed(keys[-1] if is_taken else keys[0])

    def hints(self) -> list[Hint]:
        """Return the keys of the card's side."""
        shown = self.session.current
        if shown is None:
            return []
        if shown.revealed:
            word = WORDS[self.session.suggested()].lower()
            rate = self.hint("review.forward", word)
            first = [self.keymap.rating_hint(), rate._replace(keys=self._forward_key)]
            if self.card.is_ticking:
                first.insert(0, self.hint("answer.toggle"))
        elif shown.is_graded:
            first = [
                *self.answering_hints(),
                self.hint("review.give_up"),
            ]
        else:
            first = [self.hint("review.forward")]
        can_undo = bool(self.session.progress.done or self.session.can_undo)
        if self.card.is_typing:
            return [*first, self.free_hint("review.undo")] if can_undo else first
        if shown.hint and not shown.revealed and not self.hint_shown:
            first.append(self.hint("review.hint"))
        if shown.row.leech:
            first.append(self.hint("review.set_aside"))
        names = ["edit", "info", "mark", "bury_card", "suspend_card", "leave"]
        if can_undo:
            names.insert(2, "undo")
        return [*first, *(self.hint(f"review.{name}") for name in names)]
