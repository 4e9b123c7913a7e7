"""What an import does with each file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.content import Problem
from flashcards.domain.faces import faces_of
from flashcards.importing.matching.match_notes import is_gone
from flashcards.importing.preview.contributions import (
    FileContribution,
    contributions_of,
)
from flashcards.store.comparison.import_changes import ImportCounts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flashcards.importing.reading.read_files import FilesRead
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck


@dataclass(frozen=True, slots=True)
class FileReport:
    """What an import found in one file and did with it."""

    path: str
    format: str
    decks: tuple[str, ...]
    notes: int = 0
    """Good notes in the file."""
    cards: int = 0
    shares: Mapping[str, FileContribution] = field(default_factory=dict)
    """What happens to each deck, by its key."""
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> ImportCounts:
        """What happens to the file's notes."""
        return sum((share.counts for share in self.shares.values()), ImportCounts())

    @property
    def reviews(self) -> int:
        """Past reviews that the file brings and the store does not have."""
        return sum(share.reviews for share in self.shares.values())

    def without_decks(self, keys: Collection[str]) -> FileReport:
        """Return the report of a file some of whose decks are left out."""
        shares = {key: each for key, each in self.shares.items() if key not in keys}
        return replace(self, shares=shares)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do."""

    dry_run: bool
    refused: bool
    """True where `strict` met an error, so that nothing was imported."""
    files: tuple[FileReport, ...]
    operation_id: int | None = None
    """The operation that takes the import back; None where nothing changed."""

    @property
    def counts(self) -> ImportCounts:
        """What happens to the notes of all files."""
        return sum((file.counts for file in self.files), ImportCounts())

    @property
    def notes(self) -> int:
        """Good notes in all files."""
        return sum(file.notes for file in self.files)

    @property
    def reviews(self) -> int:
        """New past reviews of all files."""
        return sum(file.reviews for file in self.files)

    @property
    def problems(self) -> list[Problem]:
        """The problems of all files."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def has_errors(self) -> bool:
        """Whether a file holds a fault that kept a note out."""
        return any(problem.severity == "error" for problem in self.problems)


def reports_of(
    read: FilesRead, plan: ImportChanges, reader: Reader
) -> list[FileReport]:
    """Return what an import does with each file, and with each deck whose file is gone.

    Args:
        read: The files.
        plan: What is done with what they hold.
        reader: The store as it is.
    """
    found: dict[str, list[Problem]] = {}
    for problem in plan.problems:
        found.setdefault(problem.path, []).append(problem)
    stored = {row.key: row for row in reader.cards.decks()} if read.unchanged else {}
    shares = contributions_of(plan, read.bundles)
    reports = []
    for path in read.files:
        name = str(path)
        format_name = read.formats[name].name
        problems = (*read.problems.get(name, ()), *found.get(name, ()))
        if name in read.unchanged:
            rows = [stored[key] for key in read.unchanged[name]]
            notes = sum(row.notes for row in rows)
            reports.append(
                FileReport(
                    name,
                    format_name,
                    read.unchanged[name],
                    notes,
                    sum(row.cards for row in rows),
                    {"": FileContribution(ImportCounts(unchanged=notes))},
                    problems,
                )
            )
            continue
        bundle = read.bundles[name]
        in_file = [note for deck in bundle.decks for note in deck.notes]
        reports.append(
            FileReport(
                name,
                format_name,
                tuple(deck.key for deck in bundle.decks),
                len(in_file),
                sum(len(faces_of(note)) for note in in_file),
                shares[name],
                problems,
            )
        )
    reports += [
        FileReport(
            deck.known.path,
            "",
            (deck.key,),
            shares={deck.key: FileContribution(deck.counts)},
            problems=_gone(deck.key, deck.known, deck.counts.retired),
        )
        for deck in plan.decks
        if deck.content is None and deck.known
    ]
    return reports


def _gone(key: str, known: StoredDeck, retired: int) -> tuple[Problem, ...]:
    """Say that a deck goes with its file: the disk it is on may only not be there."""
    if not retired or not is_gone(known):
        return ()
    message = (
        f"The file is gone, so the deck `{key}` retires with {formatting.count(retired, 'note')}. "
        "`flashcards undo` brings it back, with its history."
    )
    return (Problem("warning", known.path, 0, 0, "file-gone", message),)
