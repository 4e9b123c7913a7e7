"""The plan of an import while a person looks at it: rows, cursor, and what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.formatting import count
from flashcards.importing.preview.changes import Change
from flashcards.importing.preview.choices import RewordedPolicy
from flashcards.importing.preview.text import parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashcards.domain.content import Problem
    from flashcards.importing.preview.changes import ChangedDeck, ChangedNote
    from flashcards.importing.preview.import_preview import ImportPreview

MOST_PROBLEMS = 200
MOST_NOTES = 300
"""Notes of a deck that are listed; more are counted, and `--json` lists all."""
_DECIDED = {
    RewordedPolicy.KEEP: ("stays", "stay"),
    RewordedPolicy.SOFTEN: ("is softened", "are softened"),
    RewordedPolicy.RESET: ("starts again", "start again"),
}
"""What becomes of one history, and of several."""
_FEW_ROWS = 14
"""Notes that are shown at once, without a deck being opened."""


class PreviewRow(NamedTuple):
    """One row that the cursor can stand on: a deck, a note of it, or a problem."""

    deck: ChangedDeck | None = None
    note: ChangedNote | None = None
    problem: Problem | None = None
    more: int = 0
    """Notes of the deck that are not listed."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What was read: the plan, and what it changes."""

    plan: ImportPreview
    decks: tuple[ChangedDeck, ...]


class ImportState:
    """What is shown of a plan, and decided about it."""

    def __init__(self, planned: Planned, path: Path) -> None:
        """Show a plan.

        Args:
            planned: What was read.
            path: The file or directory that is imported.
        """
        self.planned = planned
        self._root = f"{path.absolute()}/"
        self.cursor = 0
        self.left_out: set[str] = set()
        self.decision = RewordedPolicy.KEEP
        """What becomes of the histories of reworded notes."""
        self.problems = planned.plan.result(dry_run=True).problems
        self._counted = {
            deck.deck: Counter(note.change for note in deck.notes)
            for deck in planned.decks
        }
        self.plan = planned.plan
        """The plan without the decks that are left out."""
        few = sum(len(deck.notes) for deck in planned.decks) <= _FEW_ROWS
        self._open = {deck.deck for deck in planned.decks} if few else set[str]()
        self._rows = self._build()

    @property
    def rows(self) -> Sequence[PreviewRow]:
        """The rows: decks with the notes of those that are open, then problems."""
        return self._rows

    @property
    def chosen(self) -> PreviewRow:
        """What the cursor stands on; an empty row where there is none."""
        return self._rows[self.cursor] if self._rows else PreviewRow()

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to import, after what was left out."""
        return not self.plan.refused and not self.plan.sync.changes_records_only

    def counted(self, deck: ChangedDeck) -> Counter[Change]:
        """Return how many notes of a deck change in which way."""
        return self._counted[deck.deck]

    def is_open(self, deck: ChangedDeck) -> bool:
        """Tell whether the notes of a deck are shown."""
        return deck.deck in self._open

    def place_of(self, problem: Problem) -> str:
        """Return the file of a problem, as it lies in the directory that is imported."""
        inside = problem.path.removeprefix(self._root)
        return PurePath(inside).name if inside == problem.path else inside

    def move(self, steps: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + steps, 0), max(len(self._rows) - 1, 0))

    def go_to_problems(self) -> None:
        """Put the cursor on the first problem, or back on the first row."""
        first = next((n for n, row in enumerate(self._rows) if row.problem), 0)
        self.cursor = 0 if self.chosen.problem else first

    def unfold(self, *, wanted: bool) -> None:
        """Show the notes of the deck under the cursor, or hide them."""
        deck = self.chosen.deck
        if deck is None:
            return
        if wanted:
            self._open.add(deck.deck)
        else:
            self._open.discard(deck.deck)
        self._rows = self._build()
        if self.chosen.deck is not deck or not wanted:
            self.cursor = self._rows.index(PreviewRow(deck))

    def decide(self) -> None:
        """Go on to the next decision about reworded notes."""
        every = list(RewordedPolicy)
        self.decision = every[(every.index(self.decision) + 1) % len(every)]

    def leave_out(self) -> None:
        """Leave the deck under the cursor as it is stored, or take it in again."""
        deck = self.chosen.deck
        if deck is not None:
            self.left_out ^= {deck.deck}
            self.plan = self.planned.plan.without_decks(self.left_out)

    def sentence(self) -> str:
        """Return what would be imported."""
        result = self.plan.result(dry_run=True)
        found = parts(result.counts, result.reviews)
        if found:
            return f"{found}. {self._histories()}"
        if self.left_out:
            return "Every change is left out."
        if not result.notes:
            return "No note could be read."
        return f"All {count(result.notes, 'note')} are as in the files."

    @property
    def notes(self) -> int:
        """How many notes could be read, whether they change anything or not."""
        return self.plan.result(dry_run=True).notes

    @property
    def reworded(self) -> int:
        """How many notes mean something else now, in decks that are not left out."""
        return sum(
            counted[Change.REWORDED]
            for deck, counted in self._counted.items()
            if deck not in self.left_out
        )

    def _histories(self) -> str:
        number = self.reworded
        if not number:
            return "Histories stay."
        if number == 1:
            told = "1 note means something else now: its history"
            return f"{told} {_DECIDED[self.decision][0]}."
        told = f"{number:,} notes mean something else now: their histories"
        return f"{told} {_DECIDED[self.decision][1]}."

    def _build(self) -> list[PreviewRow]:
        rows = []
        for deck in self.planned.decks:
            rows.append(PreviewRow(deck))
            if deck.deck in self._open:
                rows += [PreviewRow(deck, note) for note in deck.notes[:MOST_NOTES]]
                if len(deck.notes) > MOST_NOTES:
                    rows.append(PreviewRow(deck, more=len(deck.notes) - MOST_NOTES))
        rows += [
            PreviewRow(problem=problem) for problem in self.problems[:MOST_PROBLEMS]
        ]
        return rows
