"""Summaries of what an import does with each file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.content import Problem
from flashcards.domain.faces import faces_of
from flashcards.importing.matching.match_notes import is_file_missing
from flashcards.importing.preview.contributions import (
    FileContribution,
    collect_contributions,
)
from flashcards.store.comparison.import_changes import ImportCounts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flashcards.importing.context import ImportBatch
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What an import found in one file and did with it."""

    path: str
    format: str
    decks: tuple[str, ...]
    notes: int = 0
    """Notes of the file that could be read."""
    cards: int = 0
    contributions: Mapping[str, FileContribution] = field(default_factory=dict)
    """What happens to each deck, by its key."""
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> ImportCounts:
        """What happens to the file's notes."""
        return sum(
            (each.counts for each in self.contributions.values()), ImportCounts()
        )

    @property
    def reviews(self) -> int:
        """Reviews of the file that the store does not have."""
        return sum(each.reviews for each in self.contributions.values())

    def without_decks(self, keys: Collection[str]) -> FileSummary:
        """Return the summary of the file without some of its decks."""
        contributions = {
            key: each for key, each in self.contributions.items() if key not in keys
        }
        return replace(self, contributions=contributions)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do."""

    dry_run: bool
    refused: bool
    """True where `strict` met an error, so that nothing was imported."""
    files: tuple[FileSummary, ...]
    operation_id: int | None = None
    """The operation to undo; None if nothing changed."""

    @property
    def counts(self) -> ImportCounts:
        """What happens to the notes of all files."""
        return sum((file.counts for file in self.files), ImportCounts())

    @property
    def notes(self) -> int:
        """Notes of all files that could be read."""
        return sum(file.notes for file in self.files)

    @property
    def reviews(self) -> int:
        """Reviews of all files that the store does not have."""
        return sum(file.reviews for file in self.files)

    @property
    def problems(self) -> list[Problem]:
        """The problems of all files."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def has_errors(self) -> bool:
        """Whether a file has an error, so that something of it was not imported."""
        return any(problem.severity == "error" for problem in self.problems)


def summarize_files(
    batch: ImportBatch, changes: ImportChanges, reader: Reader
) -> list[FileSummary]:
    """Return what an import does with each file, and with each deck whose file is gone.

    Args:
        batch: The files.
        changes: What the import changes.
        reader: The store before the import.
    """
    comparison_problems: dict[str, list[Problem]] = {}
    for problem in changes.problems:
        comparison_problems.setdefault(problem.path, []).append(problem)
    stored = {row.key: row for row in reader.cards.decks()} if batch.unchanged else {}
    contributions = collect_contributions(changes, batch.bundles)
    summaries = []
    for path in batch.files:
        name = str(path)
        format_name = batch.formats[name].name
        if name in batch.unchanged:
            rows = [stored[key] for key in batch.unchanged[name]]
            notes = sum(row.notes for row in rows)
            summaries.append(
                FileSummary(
                    name,
                    format_name,
                    batch.unchanged[name],
                    notes,
                    sum(row.cards for row in rows),
                    {"": FileContribution(ImportCounts(unchanged=notes))},
                    tuple(batch.problems.get(name, ())),
                )
            )
            continue
        bundle = batch.bundles[name]
        notes_in_file = [note for deck in bundle.decks for note in deck.notes]
        summaries.append(
            FileSummary(
                name,
                format_name,
                tuple(deck.key for deck in bundle.decks),
                len(notes_in_file),
                sum(len(faces_of(note)) for note in notes_in_file),
                contributions[name],
                (
                    *batch.problems.get(name, ()),
                    *bundle.problems,
                    *comparison_problems.get(name, ()),
                ),
            )
        )
    summaries += [
        FileSummary(
            deck.stored.path,
            "",
            (deck.key,),
            contributions={deck.key: FileContribution(deck.counts)},
            problems=_warn_of_missing_file(deck.key, deck.stored, deck.counts.retired),
        )
        for deck in changes.decks
        if deck.content is None and deck.stored
    ]
    return summaries


def _warn_of_missing_file(
    key: str, known: StoredDeck, retired: int
) -> tuple[Problem, ...]:
    # Its disk may only be disconnected.
    if not retired or not is_file_missing(known):
        return ()
    message = (
        f"The file is gone, so the deck `{key}` is retired with "
        f"{formatting.count(retired, 'note')}. Undo with `flashcards undo`; no history is lost."
    )
    return (Problem("warning", known.path, 0, 0, "file-gone", message),)
