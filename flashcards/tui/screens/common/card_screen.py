"""What screens share that ask cards: taking an answer, and how sure the learner is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.tui.keys.keymap import Hint, printed
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.common.card_text import next_confidence
from flashcards.tui.widgets.answering.answer_card import AnswerCard
from flashcards.tui.widgets.answering.ways import answer_hints, ways_to_answer
from flashcards.tui.widgets.rating_bar import RatingBar, Ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.grading.answers import GivenAnswer
    from flashcards.study.session.base_session import BaseSession
    from flashcards.study.session.current_card import CurrentCard

GUARD_SECONDS = 0.15
"""A key this soon after a new card or its answer comes from a key held down."""


class CardScreen(BaseScreen):
    """A screen with a card that takes answers."""

    _changed_at = 0.0

    def body(self) -> Iterable[Widget]:
        """Return the card and its ratings, or the keys that answer it."""
        with Vertical(id="table"):
            yield AnswerCard()
            yield RatingBar()

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys of the screen, and those that answer."""
        return (self.NAME, "answer")

    @property
    def table(self) -> BaseSession:
        """The session that asks."""
        raise NotImplementedError

    def take(self, given: GivenAnswer) -> None:
        """Take an answer."""
        raise NotImplementedError

    def take_line(self, line: str) -> None:
        """Take the answer that a line spells, or say what is expected."""
        given = self.table.parse(line)
        if isinstance(given, str):
            self.notice(given)
        elif given is not None:
            self.take(given)

    def typed(self) -> None:
        """Note that the unfinished answer has changed; only an exam saves it."""

    def is_held_key(self) -> bool:
        """Return whether a key comes from one held down since the card came up."""
        return self.host.monotonic() - self._changed_at < GUARD_SECONDS

    def mark_shown_now(self) -> None:
        """Remember when the card, or its answer, came up."""
        self._changed_at = self.host.monotonic()

    @property
    def card(self) -> AnswerCard:
        """The card."""
        return self.query_one(AnswerCard)

    def ways(self, shown: CurrentCard, usual: Hint, unsure: str) -> Ways:
        """Return what stands where the ratings will be; `unsure` is a key's name."""
        draft = self.card.draft
        others = tuple(self.unsure_hints(shown, unsure))
        if draft is None:
            return Ways((usual._replace(words="show the answer"), *others))
        is_typing = self.card.is_typing
        return ways_to_answer(
            draft, shown, self.keymap, is_typing=is_typing, others=others
        )

    def answering_hints(self) -> list[Hint]:
        """Return the keys for the footer; what stands above it is not said again."""
        draft, is_typing = self.card.draft, self.card.is_typing
        if draft is None:
            return []
        hints = answer_hints(draft, self.keymap, is_typing=is_typing)[-1:]
        return [*hints, self.hint("answer.keys")] if is_typing else hints

    def unsure_hints(self, shown: CurrentCard, name: str) -> list[Hint]:
        """Return the key that says how sure the learner is, where that means anything."""
        asked = self.table.asks_confidence
        if not (asked or shown.is_graded):
            return []
        return [self.free_hint(name, "how sure" if asked else "not sure")]

    def free_hint(self, name: str, words: str = "") -> Hint:
        """Return a footer entry with a key that is not typed while letters are."""
        keys = self.keymap.keys(name)
        key = keys[-1] if self.card.is_typing else keys[0]
        return self.hint(name, words)._replace(keys=printed(key))

    def help_hint(self) -> Hint:
        """Return how to get help; while letters are typed, by a key that is none."""
        return self.free_hint("everywhere.help")

    def action_answer(self) -> None:
        """Give the answer, where that was clicked."""
        if not self.card.focus_answer():
            self.card.action_answer()

    def action_tick(self) -> None:
        """Tick or hold the row under the cursor, where that was clicked."""
        self.card.action_tick()

    def action_side(self) -> None:
        """Go to the other side of a match, where that was clicked."""
        self.card.action_side()

    def action_blur_answer(self) -> None:
        """Stop typing, where that was clicked."""
        self.card.action_blur_answer()

    def action_unsure(self) -> None:
        """Say how sure one is of the answer, before it is given."""
        shown = self.table.current
        if shown and not shown.revealed and self.unsure_hints(shown, self._unsure):
            asked = self.table.asks_confidence
            self.table.set_confidence(next_confidence(shown.confidence, asked=asked))
            self.redraw()

    @property
    def _unsure(self) -> str:
        return f"{self.NAME}.unsure"

    def action_scroll_card(self, direction: int) -> None:
        """Read on in a long card, or back."""
        self.card.scroll_rows(direction)
