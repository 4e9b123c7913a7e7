"""What the steps of an import share: the context they read, and the batch they work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from flashcards.domain.content import ReadOptions
from flashcards.formats.formats import ReadContext
from flashcards.text.deck_keys import normalize_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.clock import Moment
    from flashcards.domain.content import Problem, SourceEntry
    from flashcards.domain.settings.settings import Settings
    from flashcards.formats.formats import Format
    from flashcards.importing.preview.import_preview import ImportOptions
    from flashcards.store.reader import Reader
    from flashcards.store.rows import StoredDeck

    ImportProgressCallback = Callable[[str, int, int], None]
    """Called with what is being done, how much of it is done, and of how much; may raise
    to stop the import."""


@dataclass(frozen=True)
class ImportContext:
    """What every step of an import may need to know; no step changes it."""

    options: ImportOptions
    reader: Reader
    """The store before the import."""
    settings: Settings
    media_directory: Path
    """Where pictures and sounds are saved; need not exist."""
    moment: Moment
    """Now."""
    day_of: Callable[[int], int]
    """Returns the study day of an instant in Unix milliseconds."""
    progress: ImportProgressCallback | None = None

    @cached_property
    def stored_decks(self) -> list[StoredDeck]:
        """Every deck of the store, retired ones too."""
        return self.reader.content.decks()

    @cached_property
    def active_decks(self) -> dict[str, StoredDeck]:
        """The decks of the store that are not retired, by key."""
        return {deck.key: deck for deck in self.stored_decks if not deck.retired}

    @cached_property
    def read_options(self) -> ReadOptions:
        """The deck key and the format that the person gave for this import."""
        return ReadOptions(normalize_key(self.options.into), self.options.file_format)

    @cached_property
    def reading(self) -> ReadContext:
        """What formats need to know to read a file."""
        separators = self.settings.obsidian
        return ReadContext(
            self.day_of,
            self.moment,
            separators=separators,
            options=separators.as_line(),
        )


@dataclass
class ImportBatch:
    """The files of an import and what they hold; each step replaces the bundles."""

    files: list[Path]
    formats: dict[str, Format] = field(default_factory=dict)
    """The format of each file, by path, and so below."""
    unchanged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Files that the store already has, each with the keys of its decks."""
    bundles: dict[str, Bundle] = field(default_factory=dict)
    """What the other files hold."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    """Problems of the bibliographies beside files; all others are in the bundles."""
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    """Entries of bibliographies, by their keys."""

    @property
    def keys(self) -> set[str]:
        """The keys of the decks that the files hold."""
        keys = {deck.key for each in self.bundles.values() for deck in each.decks}
        return keys.union(*self.unchanged.values())
