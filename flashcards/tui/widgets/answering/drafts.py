"""Answers that choose, spell or tick, and which kind of note takes which answer."""

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
from flashcards.tui.widgets.answering.rows import OFF, ON, AnswerRow

if TYPE_CHECKING:
    from flashcards.grading.answers import GivenAnswer
    from flashcards.study.session.current_card import CurrentCard


class ChoiceDraft(Draft):
    """One option under the cursor, or several ticked."""

    does = frozenset({"move", "number", "letter", "tick", "answer"})

    def __init__(self, shown: CurrentCard, note: ChoiceNote) -> None:
        super().__init__()
        self._presentation = shown.presentation
        self.several = has_several(note)
        self._ticked: set[int] = set()
        if isinstance(shown.given, ChoiceAnswer):
            self._ticked = {self._presentation.place_of(i) for i in shown.given.chosen}
            self.cursor = min(self._ticked, default=0)

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self._presentation.texts)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the options."""
        return tuple(
            AnswerRow(
                text,
                label=str(place + 1),
                box=(ON if place in self._ticked else OFF) if self.several else "",
                raised=place == self.cursor,
                pick=place,
            )
            for place, text in enumerate(self._presentation.texts)
        )

    def choose(self, place: int) -> None:
        """Put the cursor on an option; of several, tick it or take the tick off."""
        self.cursor = place
        self.toggle()

    def toggle(self) -> bool:
        """Tick the option under the cursor, or take the tick off; a single one answers."""
        if self.several:
            self._ticked ^= {self.cursor}
        return not self.several

    def pick(self, place: int) -> bool:
        """Choose an option; a second click on a single one answers."""
        answers = not self.several and place == self.cursor
        self.choose(place)
        return answers

    def given(self) -> GivenAnswer | str:
        """Return the options chosen."""
        places = sorted(self._ticked) if self.several else [self.cursor]
        if not places:
            return "Tick all that are right, then answer."
        return ChoiceAnswer(tuple(self._presentation.shown[place] for place in places))


class WordsDraft(Draft):
    """An answer that is typed: a number, a phrase, or what is recalled."""

    takes_text = True
    does = frozenset({"answer"})

    def __init__(self, shown: CurrentCard) -> None:
        super().__init__()
        self.is_long = isinstance(shown.note, RecallNote)
        self.text = getattr(shown.given, "text", "")
        self._note = shown.note

    def spoken(self, text: str) -> GivenAnswer:
        """Return what was recalled, the points found in it ticked."""
        kept = text.strip()[:MOST_CHARACTERS]
        note = self._note
        found = found_points(note, kept) if isinstance(note, RecallNote) else ()
        return RecallAnswer(tuple(found), kept)


class PointsDraft(Draft):
    """The points of a recall, ticked by the learner once they are shown."""

    does = frozenset({"move", "tick"})

    def __init__(self, shown: CurrentCard, note: RecallNote) -> None:
        super().__init__()
        self._note = note
        given = shown.given if isinstance(shown.given, RecallAnswer) else RecallAnswer()
        self._text = given.text
        self._ticked = set(given.points)
        self._found = found_points(note, given.text) if given.text else {}

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self._note.points)

    def rows(self) -> tuple[AnswerRow, ...]:
        """Return the points."""
        return tuple(
            AnswerRow(
                point.text,
                box=ON if place in self._ticked else OFF,
                words="required" if point.required else "",
                words_role="hard",
                below=f'found: "{self._found[place]}"' if place in self._found else "",
                raised=place == self.cursor,
                pick=place,
            )
            for place, point in enumerate(self._note.points)
        )

    def toggle(self) -> bool:
        """Tick the point under the cursor, or take the tick off."""
        self._ticked ^= {self.cursor}
        return False

    def pick(self, place: int) -> bool:
        """Tick a point that was clicked, or take the tick off."""
        self.cursor = place
        self.toggle()
        return False

    def given(self) -> GivenAnswer:
        """Return the points ticked."""
        return RecallAnswer(tuple(sorted(self._ticked)), self._text)


def draft_of(shown: CurrentCard) -> Draft | None:
    """Return the draft of an answer to the card on the table; None where there is none.

    On the answer side only the points of a recall can still be ticked.
    """
    note = shown.note
    if shown.revealed:
        is_recall = isinstance(note, RecallNote) and shown.result is not None
        return PointsDraft(shown, note) if is_recall else None  # type: ignore[arg-type]
    match note:
        case ChoiceNote():
            return ChoiceDraft(shown, note)
        case OrderNote():
            return OrderDraft(shown, note)
        case MatchNote():
            return MatchDraft(shown, note)
        case NumericNote() | TypedNote() | RecallNote():
            return WordsDraft(shown)
        case _:
            return None


def is_ticking(draft: Draft | None) -> bool:
    """Tell whether points are being ticked on the answer side."""
    return isinstance(draft, PointsDraft)
