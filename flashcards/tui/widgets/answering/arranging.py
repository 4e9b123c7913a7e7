"""Drafts that arrange: the items of an order, the pairs of a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.answers import MatchAnswer, OrderAnswer
from flashcards.grading.presentation import label_of
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.rows import AnswerRow

if TYPE_CHECKING:
    from flashcards.domain.content import MatchNote, OrderNote
    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.session.current_card import CurrentCard


class OrderDraft(Draft):
    """Items in order; the one under the cursor can be held and moved."""

    actions = frozenset({"move", "number", "letter", "tick", "shift", "answer"})

    def __init__(self, current: CurrentCard, note: OrderNote) -> None:
        super().__init__()
        self._note = note
        self.items = list(current.presentation.shown)
        if isinstance(current.given_answer, OrderAnswer) and current.given_answer.items:
            self.items = list(current.given_answer.items)
        self.is_holding = False

    @property
    def count(self) -> int:
        """The number of items."""
        return len(self.items)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the items in their current order."""
        return tuple(
            AnswerRow(
                self._note.items[item],
                label=str(index + 1),
                raised=index == self.cursor,
                remark="grabbed" if self.is_holding and index == self.cursor else "",
                remark_role="accent",
                click_number=index,
            )
            for index, item in enumerate(self.items)
        )

    def move(self, steps: int) -> None:
        """Move the cursor, together with the item if it is held."""
        if self.is_holding:
            self.move_row(steps)
        else:
            super().move(steps)

    def move_row(self, steps: int) -> None:
        """Move the item under the cursor."""
        self.drag(self.cursor, min(max(self.cursor + steps, 0), self.count - 1))

    def toggle(self) -> bool:
        """Hold the item under the cursor, or release it."""
        self.is_holding = not self.is_holding
        return False

    def choose(self, index: int) -> None:
        """Move the cursor, or the held item, to a position."""
        self.move(index - self.cursor)

    def click(self, index: int) -> bool:
        """Hold an item; a click on another one swaps both."""
        if self.is_holding:
            held, items = self.cursor, self.items
            items[held], items[index] = items[index], items[held]
        self.cursor = index
        self.is_holding = not self.is_holding
        return False

    def drag(self, start: int, end: int) -> None:
        """Move an item to another position; those between make room."""
        self.items.insert(end, self.items.pop(start))
        self.cursor = end

    def to_answer(self) -> GradedAnswer:
        """Return the order."""
        return OrderAnswer(tuple(self.items))


class MatchDraft(Draft):
    """Left sides, each paired with a right side or with none yet."""

    actions = frozenset({"move", "number", "letter", "tick", "side", "answer"})

    def __init__(self, current: CurrentCard, note: MatchNote) -> None:
        super().__init__()
        self._note, self._presentation = note, current.presentation
        self._lefts = len(note.pairs)
        self._rights: list[int | None] = [None] * self._lefts
        if (
            isinstance(current.given_answer, MatchAnswer)
            and current.given_answer.rights
        ):
            self._rights = list(current.given_answer.rights)
        self.left, self.is_right_side = 0, False

    @property
    def count(self) -> int:
        """The number of rows on the side of the cursor."""
        return self.letters if self.is_right_side else self._lefts

    @property
    def numbers(self) -> int:
        """The number of left sides."""
        return self._lefts

    @property
    def letters(self) -> int:
        """The number of right sides."""
        return len(self._presentation.texts)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the left sides with the letters of their pairs, then the right sides."""
        used = {
            self._presentation.place_of(right)
            for right in self._rights
            if right is not None
        }
        lefts = tuple(
            AnswerRow(
                pair.left,
                label=str(index + 1),
                remark=self._letter_of(index),
                remark_role="accent",
                raised=index == (self.left if self.is_right_side else self.cursor),
                click_number=index,
            )
            for index, pair in enumerate(self._note.pairs)
        )
        rights = tuple(
            AnswerRow(
                text,
                label=label_of(index),
                raised=self.is_right_side and index == self.cursor,
                is_muted=index in used,
                is_short=True,
                starts_block=not index,
                click_number=self._lefts + index,
            )
            for index, text in enumerate(self._presentation.texts)
        )
        return lefts + rights

    def _letter_of(self, index: int) -> str:
        right = self._rights[index]
        return "?" if right is None else label_of(self._presentation.place_of(right))

    def choose_number(self, index: int) -> None:
        """Choose a left side and move the cursor to the right sides."""
        self.left, self.is_right_side, self.cursor = index, True, 0

    def choose_letter(self, index: int) -> None:
        """Pair the chosen left side, and move to the next one without a pair."""
        if not self.is_right_side:
            self.left = self.cursor
        self._rights[self.left] = self._presentation.shown[index]
        next_lefts = [*range(self.left + 1, self._lefts), *range(self.left + 1)]
        unpaired = [left for left in next_lefts if self._rights[left] is None]
        self.is_right_side = False
        self.cursor = (
            unpaired[0] if unpaired else next_lefts[0] if self._lefts > 1 else 0
        )
        self.left = self.cursor

    def toggle(self) -> bool:
        """Choose the row under the cursor."""
        if self.is_right_side:
            self.choose_letter(self.cursor)
        else:
            self.choose_number(self.cursor)
        return False

    def switch_side(self) -> None:
        """Move the cursor to the other side."""
        if self.is_right_side:
            self.is_right_side, self.cursor = False, self.left
        else:
            self.choose_number(self.cursor)

    def click(self, index: int) -> bool:
        """Choose a left or a right side that was clicked."""
        if index < self._lefts:
            self.choose_number(index)
        else:
            self.choose_letter(index - self._lefts)
        return False

    def to_answer(self) -> GradedAnswer | str:
        """Return the pairs, or what is expected if there are none."""
        if all(right is None for right in self._rights):
            return "Give each number a letter, such as 1b."
        return MatchAnswer(tuple(self._rights))
