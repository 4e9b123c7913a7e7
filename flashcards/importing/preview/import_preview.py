"""What an import would do, as a value: shown, adjusted by the learner, and then applied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.importing.histories.merge import reset_histories, soften_histories
from flashcards.importing.preview.changed_decks import ChangeKind
from flashcards.importing.preview.summary import FileSummary, ImportResult
from flashcards.store.comparison.partial_decks import marked_for_reread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.clock import Moment
    from flashcards.importing.media import NewMedia
    from flashcards.importing.preview.changed_decks import ChangedDeck
    from flashcards.store.comparison.import_changes import DeckChanges, ImportChanges
    from flashcards.store.reader import Reader


class RewordedPolicy(StrEnum):
    """What happens to the histories of notes whose meaning changed."""

    KEEP = "keep"
    SOFTEN = "soften"
    """Halve the stability and make the cards due today."""
    RESET = "reset"
    """Make the cards new again; their log stays."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a person wants files to be imported."""

    strict: bool = False
    """Import nothing if any file has an error."""
    into: str = ""
    """Deck key for the one file in place of its own, now and whenever it is imported
    again; a file of several decks puts it before their keys."""
    file_format: str = ""
    """The format to read every file as; empty to go by suffix and content."""
    lists_changes: bool = False
    """Whether the preview lists every changed note, which takes time for large imports."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, before anything is written."""

    changes: ImportChanges
    files: tuple[FileSummary, ...]
    label: str
    """The name of the import in the list of operations that can be undone."""
    refused: bool
    """True where `strict` met an error, so that nothing can be imported."""
    media: NewMedia
    """Pictures and sounds to save."""
    decks: tuple[ChangedDeck, ...] = ()
    """The decks that change, note by note; empty unless `lists_changes` was set."""

    def without_decks(self, keys: Collection[str]) -> ImportPreview:
        """Return a preview that leaves some decks as they are stored.

        `decks` still lists them. Their files are read again the next time, whatever else
        they hold.
        """
        if not keys:
            return self
        return replace(
            self,
            changes=_without_decks(self.changes, keys),
            files=tuple(file.without_decks(keys) for file in self.files),
        )

    def with_reworded_policy(
        self, policy: RewordedPolicy, reader: Reader, moment: Moment
    ) -> ImportPreview:
        """Return a preview that softens or resets the histories of reworded notes.

        Cards whose history comes with the files keep that one.

        Args:
            policy: What happens to the histories; needs the list `decks`.
            reader: The store that the preview was made for.
            moment: Now.
        """
        if policy is RewordedPolicy.KEEP:
            return self
        imported = {card.card for card in self.changes.histories}
        included = {deck.key for deck in self.changes.decks}
        cards = [
            card
            for deck in self.decks
            if deck.deck in included
            for note in deck.notes
            if note.change is ChangeKind.REWORDED
            for card in note.cards
            if card not in imported
        ]
        change = (
            soften_histories if policy is RewordedPolicy.SOFTEN else reset_histories
        )
        histories = (*self.changes.histories, *change(cards, reader, moment))
        return replace(self, changes=replace(self.changes, histories=histories))

    def result(self, *, dry_run: bool, operation_id: int | None = None) -> ImportResult:
        """Return what was done, or would be done for a dry run."""
        return ImportResult(dry_run, self.refused, self.files, operation_id)


def _without_decks(changes: ImportChanges, keys: Collection[str]) -> ImportChanges:
    excluded = [deck for deck in changes.decks if deck.key in keys]
    files = {deck.source for deck in excluded if deck.source}
    notes = set(_note_ids(excluded))
    return replace(
        changes,
        decks=tuple(
            _mark_for_reread(deck) if deck.source in files else deck
            for deck in changes.decks
            if deck.key not in keys
        ),
        histories=tuple(
            card for card in changes.histories if note_key_of(card.card) not in notes
        ),
        marked=changes.marked - notes,
    )


def _note_ids(decks: Iterable[DeckChanges]) -> Iterable[str]:
    return (note.id for deck in decks if deck.content for note in deck.content.notes)


def _mark_for_reread(deck: DeckChanges) -> DeckChanges:
    return replace(deck, content=deck.content and marked_for_reread(deck.content))
