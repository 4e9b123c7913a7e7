"""The answer being made: a cursor, what is chosen so far, and what each key does to it.

A draft knows nothing of the screen: it holds state, and says itself as rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.answers import RecallAnswer

if TYPE_CHECKING:
    from flashcards.grading.answers import GivenAnswer
    from flashcards.tui.widgets.answering.rows import AnswerRow


class Draft:
    """What the keys of answering do; nothing, where a kind does not say otherwise."""

    takes_text = False
    """Whether the answer is typed."""
    is_long = False
    """Whether what is typed may have several lines."""
    does: frozenset[str] = frozenset()
    """The actions that mean something here."""

    def __init__(self) -> None:
        self.cursor = 0

    @property
    def count(self) -> int:
        """How many rows the cursor may be on."""
        return 0

    @property
    def numbers(self) -> int:
        """How many rows a digit can choose."""
        return self.count

    @property
    def letters(self) -> int:
        """How many rows a letter can choose."""
        return self.count

    def spoken(self, text: str) -> GivenAnswer:
        """Return what was recalled in words."""
        return RecallAnswer((), text)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the rows under the question."""
        return ()

    def given(self) -> GivenAnswer | str | None:
        """Return the answer, or a sentence that says what is missing."""
        return None

    def move(self, steps: int) -> None:
        """Move the cursor."""
        if self.count:
            self.cursor = min(max(self.cursor + steps, 0), self.count - 1)

    def number(self, place: int) -> None:
        """Choose by a digit."""
        self.choose(place)

    def letter(self, place: int) -> None:
        """Choose by a letter."""
        self.choose(place)

    def choose(self, place: int) -> None:
        """Put the cursor on a row, and tick it where rows are ticked."""
        self.cursor = place

    def toggle(self) -> bool:
        """Tick, hold or choose the row under the cursor; return whether that answers."""
        return False

    def other_side(self) -> None:
        """Go to the other list of a match."""

    def shift(self, steps: int) -> None:
        """Move the row under the cursor."""

    def pick(self, place: int) -> bool:
        """Take a click on a row; return whether that answers."""
        self.choose(place)
        return False

    def drag(self, start: int, end: int) -> None:
        """Take a row that was dragged to the place of another."""
