"""Drafts that choose, type or tick, and the draft of each kind of note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    NumericNote,
    OrderNote,
    RecallNote,
    TypedNote,
)
from flashcards.grading.answers import MOST_CHARACTERS, ChoiceAnswer, RecallAnswer
from flashcards.grading.lines import has_several
from flashcards.grading.recall import found_points
from flashcards.tui.widgets.answering.arranging import MatchDraft, OrderDraft
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.rows import TICKED, UNTICKED, AnswerRow

if TYPE_CHECKING:
    from flashcards.grading.answers import GradedAnswer
    from flashcards.study.session.current_card import CurrentCard


class ChoiceDraft(Draft):
    """One option under the cursor, or several ticked options."""

    actions = frozenset({"move", "number", "letter", "tick", "answer"})

    def __init__(self, current: CurrentCard, note: ChoiceNote) -> None:
        super().__init__()
        self._presentation = current.presentation
        self.several = has_several(note)
        self._ticked: set[int] = set()
        if isinstance(current.given_answer, ChoiceAnswer):
            self._ticked = {
                self._presentation.place_of(i) for i in current.given_answer.chosen
            }
            self.cursor = min(self._ticked, default=0)

    @property
    def count(self) -> int:
        """The number of options."""
        return len(self._presentation.texts)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the options."""
        return tuple(
            AnswerRow(
                text,
                label=str(index + 1),
                box=(TICKED if index in self._ticked else UNTICKED)
                if self.several
                else "",
                raised=index == self.cursor,
                click_number=index,
            )
            for index, text in enumerate(self._presentation.texts)
        )

    def choose(self, index: int) -> None:
        """Move the cursor to an option; if several are right, tick or untick it."""
        self.cursor = index
        self.toggle()

    def toggle(self) -> bool:
        """Tick or untick the option under the cursor; a single choice is submitted."""
        if self.several:
            self._ticked ^= {self.cursor}
        return not self.several

    def click(self, index: int) -> bool:
        """Choose an option; a second click on a single choice submits it."""
        submits = not self.several and index == self.cursor
        self.choose(index)
        return submits

    def to_answer(self) -> GradedAnswer | str:
        """Return the chosen options, or what is expected if there are none."""
        chosen = sorted(self._ticked) if self.several else [self.cursor]
        if not chosen:
            return "Tick all that are right, then answer."
        return ChoiceAnswer(tuple(self._presentation.shown[index] for index in chosen))


class TextDraft(Draft):
    """An answer that is typed: a number, a phrase, or a recall."""

    takes_text = True
    actions = frozenset({"answer"})

    def __init__(self, current: CurrentCard) -> None:
        super().__init__()
        self.is_long = isinstance(current.note, RecallNote)
        self.text = getattr(current.given_answer, "text", "")
        self._note = current.note

    def to_recall_answer(self, text: str) -> GradedAnswer:
        """Return a recalled text, with the points found in it ticked."""
        text = text.strip()[:MOST_CHARACTERS]
        note = self._note
        points = found_points(note, text) if isinstance(note, RecallNote) else ()
        return RecallAnswer(tuple(points), text)


class PointsDraft(Draft):
    """The points of a recall, which the learner ticks on the answer side."""

    actions = frozenset({"move", "tick"})

    def __init__(self, current: CurrentCard, note: RecallNote) -> None:
        super().__init__()
        self._note = note
        answer = (
            current.given_answer
            if isinstance(current.given_answer, RecallAnswer)
            else RecallAnswer()
        )
        self._text = answer.text
        self._ticked = set(answer.points)
        self._found = found_points(note, answer.text) if answer.text else {}

    @property
    def count(self) -> int:
        """The number of points."""
        return len(self._note.points)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the points."""
        return tuple(
            AnswerRow(
                point.text,
                box=TICKED if index in self._ticked else UNTICKED,
                remark="required" if point.required else "",
                remark_role="hard",
                below=f'found: "{self._found[index]}"' if index in self._found else "",
                raised=index == self.cursor,
                click_number=index,
            )
            for index, point in enumerate(self._note.points)
        )

    def toggle(self) -> bool:
        """Tick or untick the point under the cursor."""
        self._ticked ^= {self.cursor}
        return False

    def click(self, index: int) -> bool:
        """Tick or untick a point that was clicked."""
        self.cursor = index
        self.toggle()
        return False

    def to_answer(self) -> GradedAnswer:
        """Return the ticked points."""
        return RecallAnswer(tuple(sorted(self._ticked)), self._text)


def create_draft(current: CurrentCard) -> Draft | None:
    """Return a draft for the current side of a card; None if nothing can be answered.

    On the answer side only the points of a recall can be changed.
    """
    note = current.note
    if current.revealed:
        is_recall = isinstance(note, RecallNote) and current.result is not None
        return PointsDraft(current, note) if is_recall else None  # type: ignore[arg-type]
    match note:
        case ChoiceNote():
            return ChoiceDraft(current, note)
        case OrderNote():
            return OrderDraft(current, note)
        case MatchNote():
            return MatchDraft(current, note)
        case NumericNote() | TypedNote() | RecallNote():
            return TextDraft(current)
        case _:
            return None


def is_ticking_points(draft: Draft | None) -> bool:
    """Return whether a draft ticks the points of a recall."""
    return isinstance(draft, PointsDraft)
