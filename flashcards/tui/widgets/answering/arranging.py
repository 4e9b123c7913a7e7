"""Answers that put things in their place: the items of an order, the sides of a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.answers import MatchAnswer, OrderAnswer
from flashcards.grading.presentation import label_of
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.rows import AnswerRow

if TYPE_CHECKING:
    from flashcards.domain.content import MatchNote, OrderNote
    from flashcards.grading.answers import GivenAnswer
    from flashcards.study.session.current_card import CurrentCard


class OrderDraft(Draft):
    """Items in a row, one of which may be held."""

    does = frozenset({"move", "number", "letter", "tick", "shift", "answer"})

    def __init__(self, shown: CurrentCard, note: OrderNote) -> None:
        super().__init__()
        self._note = note
        self.items = list(shown.presentation.shown)
        if isinstance(shown.given, OrderAnswer) and shown.given.items:
            self.items = list(shown.given.items)
        self.held = False

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the items in their order."""
        return tuple(
            AnswerRow(
                self._note.items[index],
                label=str(place + 1),
                raised=place == self.cursor,
                words="held" if self.held and place == self.cursor else "",
                words_role="accent",
                pick=place,
            )
            for place, index in enumerate(self.items)
        )

    def move(self, steps: int) -> None:
        """Move the cursor, and the item with it where one is held."""
        if self.held:
            self.shift(steps)
        else:
            super().move(steps)

    def shift(self, steps: int) -> None:
        """Move the item under the cursor."""
        self.drag(self.cursor, min(max(self.cursor + steps, 0), self.count - 1))

    def toggle(self) -> bool:
        """Hold the item under the cursor, or let go of it."""
        self.held = not self.held
        return False

    def choose(self, place: int) -> None:
        """Put the cursor, or the item held, on a place."""
        self.move(place - self.cursor)

    def pick(self, place: int) -> bool:
        """Hold an item; a click on another place swaps both."""
        if self.held:
            here = self.cursor
            self.items[here], self.items[place] = self.items[place], self.items[here]
        self.cursor = place
        self.held = not self.held
        return False

    def drag(self, start: int, end: int) -> None:
        """Put an item on a place; those between move up."""
        self.items.insert(end, self.items.pop(start))
        self.cursor = end

    def given(self) -> GivenAnswer:
        """Return the order."""
        return OrderAnswer(tuple(self.items))


class MatchDraft(Draft):
    """Left sides, each with the right side that it was given."""

    does = frozenset({"move", "number", "letter", "tick", "side", "answer"})

    def __init__(self, shown: CurrentCard, note: MatchNote) -> None:
        super().__init__()
        self._note, self._presentation = note, shown.presentation
        self._lefts = len(note.pairs)
        self._rights: list[int | None] = [None] * self._lefts
        if isinstance(shown.given, MatchAnswer) and shown.given.rights:
            self._rights = list(shown.given.rights)
        self.left, self.is_right_side = 0, False

    @property
    def count(self) -> int:
        """How many rows the list with the cursor has."""
        return self.letters if self.is_right_side else self._lefts

    @property
    def numbers(self) -> int:
        """How many left sides there are."""
        return self._lefts

    @property
    def letters(self) -> int:
        """How many right sides there are."""
        return len(self._presentation.texts)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the left sides with the letters given, then the right sides."""
        taken = {
            self._presentation.place_of(right)
            for right in self._rights
            if right is not None
        }
        lefts = tuple(
            AnswerRow(
                pair.left,
                label=str(place + 1),
                words=self._letter_of(place),
                words_role="accent",
                raised=place == (self.left if self.is_right_side else self.cursor),
                pick=place,
            )
            for place, pair in enumerate(self._note.pairs)
        )
        rights = tuple(
            AnswerRow(
                text,
                label=label_of(place),
                raised=self.is_right_side and place == self.cursor,
                quiet=place in taken,
                is_short=True,
                is_apart=not place,
                pick=self._lefts + place,
            )
            for place, text in enumerate(self._presentation.texts)
        )
        return lefts + rights

    def _letter_of(self, place: int) -> str:
        right = self._rights[place]
        return "?" if right is None else label_of(self._presentation.place_of(right))

    def number(self, place: int) -> None:
        """Go to a left side, and on to the right ones."""
        self.left, self.is_right_side, self.cursor = place, True, 0

    def letter(self, place: int) -> None:
        """Give the left side a right one, and go on to the next that has none."""
        if not self.is_right_side:
            self.left = self.cursor
        self._rights[self.left] = self._presentation.shown[place]
        following = [*range(self.left + 1, self._lefts), *range(self.left + 1)]
        still = [left for left in following if self._rights[left] is None]
        self.is_right_side = False
        self.cursor = still[0] if still else following[0] if self._lefts > 1 else 0
        self.left = self.cursor

    def toggle(self) -> bool:
        """Take the row under the cursor."""
        if self.is_right_side:
            self.letter(self.cursor)
        else:
            self.number(self.cursor)
        return False

    def other_side(self) -> None:
        """Go to the other list."""
        if self.is_right_side:
            self.is_right_side, self.cursor = False, self.left
        else:
            self.number(self.cursor)

    def pick(self, place: int) -> bool:
        """Take a click on a left or a right side."""
        if place < self._lefts:
            self.number(place)
        else:
            self.letter(place - self._lefts)
        return False

    def given(self) -> GivenAnswer | str:
        """Return the pairs, once there is any."""
        if all(right is None for right in self._rights):
            return "Give each number a letter, such as 1b."
        return MatchAnswer(tuple(self._rights))
