"""The state of an import preview on the screen: rows, cursor, and what the learner chose."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.formatting import count
from flashcards.importing.preview.changed_decks import ChangeKind
from flashcards.importing.preview.import_preview import RewordedPolicy
from flashcards.importing.preview.result_text import describe_counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashcards.domain.content import Problem
    from flashcards.importing.preview.changed_decks import ChangedDeck, ChangedNote
    from flashcards.importing.preview.import_preview import ImportPreview

MOST_PROBLEMS = 200
MOST_NOTES = 300
"""Notes listed for each deck; further ones are counted, and `--json` lists all."""
_POLICY_TEXT = {
    RewordedPolicy.KEEP: "kept",
    RewordedPolicy.SOFTEN: "softened",
    RewordedPolicy.RESET: "reset",
}
"""What happens to the histories of reworded notes."""
_MOST_OPEN_NOTES = 14
"""Up to so many notes are listed from the start, in open decks."""


class PreviewRow(NamedTuple):
    """One row that the cursor can be on: a deck, a note of it, or a problem."""

    deck: ChangedDeck | None = None
    note: ChangedNote | None = None
    problem: Problem | None = None
    more: int = 0
    """How many notes of the deck are not listed; 0 for other rows."""


class PreviewState:
    """What is shown of an import preview, and what the learner chose."""

    def __init__(self, preview: ImportPreview, path: Path) -> None:
        """Show a preview.

        Args:
            preview: The preview, with its list of changes.
            path: The file or directory that is imported.
        """
        self.original = preview
        """The preview with all decks."""
        self.preview = preview
        """The preview without the excluded decks."""
        self._root = f"{path.absolute()}/"
        self.cursor = 0
        self.excluded: set[str] = set()
        """Keys of the decks that are left out."""
        self.reworded_policy = RewordedPolicy.KEEP
        self.problems = preview.result(dry_run=True).problems
        self._counts = {
            deck.deck: Counter(note.change for note in deck.notes)
            for deck in preview.decks
        }
        notes = sum(len(deck.notes) for deck in preview.decks)
        self._open = (
            {deck.deck for deck in preview.decks}
            if notes <= _MOST_OPEN_NOTES
            else set[str]()
        )
        self._rows = self._build_rows()

    @property
    def rows(self) -> Sequence[PreviewRow]:
        """The rows: decks with the notes of open ones, then problems."""
        return self._rows

    @property
    def current(self) -> PreviewRow:
        """The row under the cursor; an empty row if there is none."""
        return self._rows[self.cursor] if self._rows else PreviewRow()

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to import from the decks that are not left out."""
        return not self.preview.refused and not self.preview.changes.is_provenance_only

    def counts(self, deck: ChangedDeck) -> Counter[ChangeKind]:
        """Return the number of notes of a deck for each kind of change."""
        return self._counts[deck.deck]

    def is_open(self, deck: ChangedDeck) -> bool:
        """Return whether the notes of a deck are shown."""
        return deck.deck in self._open

    def short_path(self, problem: Problem) -> str:
        """Return the path of the file of a problem within the imported directory."""
        path = problem.path.removeprefix(self._root)
        return PurePath(path).name if path == problem.path else path

    def move(self, steps: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + steps, 0), max(len(self._rows) - 1, 0))

    def go_to_problems(self) -> None:
        """Put the cursor on the first problem, or back on the first row."""
        first = next((n for n, row in enumerate(self._rows) if row.problem), 0)
        self.cursor = 0 if self.current.problem else first

    def set_open(self, *, is_open: bool) -> None:
        """Show the notes of the deck under the cursor, or hide them."""
        deck = self.current.deck
        if deck is None:
            return
        if is_open:
            self._open.add(deck.deck)
        else:
            self._open.discard(deck.deck)
        self._rows = self._build_rows()
        if self.current.deck is not deck or not is_open:
            self.cursor = self._rows.index(PreviewRow(deck))

    def choose_next_policy(self) -> None:
        """Choose the next policy for reworded notes; the first one follows the last."""
        policies = list(RewordedPolicy)
        number = policies.index(self.reworded_policy) + 1
        self.reworded_policy = policies[number % len(policies)]

    def toggle_deck(self) -> None:
        """Leave the deck under the cursor out of the import, or include it again."""
        deck = self.current.deck
        if deck is not None:
            self.excluded ^= {deck.deck}
            self.preview = self.original.without_decks(self.excluded)

    def sentence(self) -> str:
        """Return a sentence on what would be imported."""
        result = self.preview.result(dry_run=True)
        changes = describe_counts(result.counts, result.reviews)
        if changes:
            return f"{changes}. {self._describe_histories()}"
        if self.excluded:
            return "All changes are left out."
        if not result.notes:
            return "No note could be read."
        return f"Nothing to change: {count(result.notes, 'note')} already up to date."

    @property
    def notes(self) -> int:
        """How many notes could be read, whether they change anything or not."""
        return self.preview.result(dry_run=True).notes

    @property
    def reworded(self) -> int:
        """How many notes of the included decks have a new meaning."""
        return sum(
            counts[ChangeKind.REWORDED]
            for deck, counts in self._counts.items()
            if deck not in self.excluded
        )

    def _describe_histories(self) -> str:
        number = self.reworded
        if not number:
            return "Review histories are kept."
        action = _POLICY_TEXT[self.reworded_policy]
        if number == 1:
            return f"1 note has a new meaning: its history is {action}."
        return f"{number:,} notes have a new meaning: their histories are {action}."

    def _build_rows(self) -> list[PreviewRow]:
        rows = []
        for deck in self.original.decks:
            rows.append(PreviewRow(deck))
            if deck.deck in self._open:
                rows += [PreviewRow(deck, note) for note in deck.notes[:MOST_NOTES]]
                if len(deck.notes) > MOST_NOTES:
                    rows.append(PreviewRow(deck, more=len(deck.notes) - MOST_NOTES))
        rows += [
            PreviewRow(problem=problem) for problem in self.problems[:MOST_PROBLEMS]
        ]
        return rows
