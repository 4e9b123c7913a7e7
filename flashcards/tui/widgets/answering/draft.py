"""The base of drafts: answers in progress, with a cursor and the effect of each key.

A draft holds state and returns it as rows; it does not know the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.answers import RecallAnswer

if TYPE_CHECKING:
    from flashcards.grading.answers import GradedAnswer
    from flashcards.tui.widgets.answering.rows import AnswerRow


class Draft:
    """An answer in progress; keys have no effect unless a subclass gives them one."""

    takes_text = False
    """Whether the answer is typed."""
    is_long = False
    """Whether the typed text may have several lines."""
    actions: frozenset[str] = frozenset()
    """The actions that have an effect."""

    def __init__(self) -> None:
        self.cursor = 0

    @property
    def count(self) -> int:
        """The number of rows the cursor can be on."""
        return 0

    @property
    def numbers(self) -> int:
        """The number of rows a digit can choose."""
        return self.count

    @property
    def letters(self) -> int:
        """The number of rows a letter can choose."""
        return self.count

    def to_recall_answer(self, text: str) -> GradedAnswer:
        """Return the answer to a recall that a text spells."""
        return RecallAnswer((), text)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the rows under the question."""
        return ()

    def to_answer(self) -> GradedAnswer | str | None:
        """Return the answer, or a message that says what is missing."""
        return None

    def move(self, steps: int) -> None:
        """Move the cursor."""
        if self.count:
            self.cursor = min(max(self.cursor + steps, 0), self.count - 1)

    def choose_number(self, index: int) -> None:
        """Choose a row by a digit."""
        self.choose(index)

    def choose_letter(self, index: int) -> None:
        """Choose a row by a letter."""
        self.choose(index)

    def choose(self, index: int) -> None:
        """Move the cursor to a row, and tick the row if rows are ticked."""
        self.cursor = index

    def toggle(self) -> bool:
        """Tick, hold or choose the row under the cursor; return whether this submits."""
        return False

    def switch_side(self) -> None:
        """Go to the other list of a match."""

    def move_row(self, steps: int) -> None:
        """Move the row under the cursor."""

    def click(self, index: int) -> bool:
        """React to a click on a row; return whether this submits."""
        self.choose(index)
        return False

    def drag(self, start: int, end: int) -> None:
        """Move the row that was dragged to the position of another."""
