"""Input of answers: checks them, passes them on, and names the keys that give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.keys.keymap import Hint, printed
from flashcards.tui.screens.common.card_text import next_confidence
from flashcards.tui.widgets.answering.answer_card import AnswerCard
from flashcards.tui.widgets.answering.prompts import answer_hints, answer_prompt
from flashcards.tui.widgets.rating_bar import AnswerPrompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.session.base_session import BaseSession
    from flashcards.study.session.current_card import CurrentCard
    from flashcards.tui.screens.common.base import BaseScreen

GUARD_SECONDS = 0.15
"""A key this soon after a new card or its answer was meant for what was there before."""


class AnswerInput:
    """Takes answers from the card of a screen and gives them to its session."""

    def __init__(
        self,
        screen: BaseScreen,
        session: BaseSession,
        *,
        submit: Callable[[GradedAnswer], None],
        draft_changed: Callable[[], None],
    ) -> None:
        """Connect a screen's card with a session.

        Args:
            screen: The screen with an `AnswerCard`.
            session: The session whose current card is answered.
            submit: Called with each valid answer.
            draft_changed: Called after each change of an answer not submitted yet.
        """
        self._screen, self._session = screen, session
        self.submit, self.draft_changed = submit, draft_changed
        self._shown_at = 0.0

    @property
    def card(self) -> AnswerCard:
        """The card that is answered."""
        return self._screen.query_one(AnswerCard)

    # Used by the card.

    def is_too_early(self) -> bool:
        """Return whether a key comes too soon after the card or its answer appeared."""
        return self._screen.host.monotonic() - self._shown_at < GUARD_SECONDS

    def mark_shown_now(self) -> None:
        """Start the time in which keys are ignored."""
        self._shown_at = self._screen.host.monotonic()

    def submit_line(self, line: str) -> None:
        """Submit the answer that a line spells, or show what is expected."""
        answer = self._session.parse_answer(line)
        if isinstance(answer, str):
            self.notice(answer)
        elif answer is not None:
            self.submit(answer)

    def notice(self, message: str) -> None:
        """Show a message on the screen."""
        self._screen.notice(message)

    def redraw(self) -> None:
        """Show the card as it is now."""
        self._screen.redraw()

    # Keys in the rating bar and in the footer.

    def prompt(self, current: CurrentCard, usual: Hint, unsure: str) -> AnswerPrompt:
        """Return what the rating bar shows before the answer.

        Args:
            current: The card.
            usual: The key that shows the answer of a card that is not graded.
            unsure: The id of the key that sets the confidence.
        """
        draft = self.card.draft
        others = tuple(self.confidence_hints(current, unsure))
        if draft is None:
            return AnswerPrompt((usual._replace(words="show the answer"), *others))
        is_typing = self.card.is_typing
        return answer_prompt(
            draft, current, self._screen.keymap, is_typing=is_typing, others=others
        )

    def footer_hints(self) -> list[Hint]:
        """Return the keys for the footer that the rating bar does not show."""
        draft, is_typing = self.card.draft, self.card.is_typing
        if draft is None:
            return []
        keymap = self._screen.keymap
        hints = answer_hints(draft, keymap, is_typing=is_typing)[-1:]
        return [*hints, keymap.hint("answer.keys")] if is_typing else hints

    def confidence_hints(self, current: CurrentCard, name: str) -> list[Hint]:
        """Return the key that sets the confidence, for cards where it has an effect."""
        asks = self._session.asks_confidence
        if not (asks or current.is_graded):
            return []
        return [self.free_hint(name, "how sure" if asks else "not sure")]

    def free_hint(self, name: str, words: str = "") -> Hint:
        """Return a footer entry; while letters are typed, with a key that is not a letter."""
        keys = self._screen.keymap.keys(name)
        key = keys[-1] if self.card.is_typing else keys[0]
        return self._screen.keymap.hint(name, words)._replace(keys=printed(key))

    def change_confidence(self, name: str) -> None:
        """Set the next confidence on the question side; `name` is the key's id."""
        current = self._session.current
        if current and not current.revealed and self.confidence_hints(current, name):
            asks = self._session.asks_confidence
            self._session.set_confidence(
                next_confidence(current.confidence, is_asked=asks)
            )
            self.redraw()
