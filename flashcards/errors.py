"""Exceptions that stop a command; each message is a complete sentence for the user.

FlashcardsError                     exit status 1
├── UsageError                      2  the command line or the settings file has an error
├── NothingFoundError               1  a deck, card, file or operation does not exist
├── CardChangedError                1  another window rated the card first
└── StoreError                      3  the database cannot be used
    ├── StoreLockedError
    ├── StoreDamagedError
    │   └── NoteDamagedError    one note cannot be read; the others can
    ├── StoreMissingError       the store is missing, but its backups or log exist
    ├── StoreReplacedError      the file was replaced or deleted after it was opened
    ├── StoreTooNewError
    ├── StoreOutdatedError
    ├── StoreReadOnlyError
    └── DiskFullError

Problems in deck files are values (`flashcards.domain.content.Problem`), not exceptions.
"""


class FlashcardsError(Exception):
    """An error the user must see; `str(error)` is a complete sentence."""

    exit_status = 1


class UsageError(FlashcardsError):
    """The command line or the settings file has an error."""

    exit_status = 2


class NothingFoundError(FlashcardsError):
    """A deck, card, file or operation does not exist."""


class CardChangedError(FlashcardsError):
    """The stored card changed after it was shown, so the answer was not saved."""


class StoreError(FlashcardsError):
    """The database cannot be used."""

    exit_status = 3


class StoreLockedError(StoreError):
    """Another process locked the database for longer than we wait."""


class StoreDamagedError(StoreError):
    """The database file is damaged, or is not a database of this program."""


class NoteDamagedError(StoreDamagedError):
    """A stored note differs from what was saved."""


class StoreMissingError(StoreError):
    """The database is missing, but its backups or its log still exist."""


class StoreReplacedError(StoreError):
    """The database was deleted or replaced while it was open; the change was not saved."""


class StoreTooNewError(StoreError):
    """A newer version of the program created the database."""


class StoreOutdatedError(StoreError):
    """An older version created the database; opening it for writing upgrades it."""


class StoreReadOnlyError(StoreError):
    """The database or its directory is not writable."""


class DiskFullError(StoreError):
    """The disk is full, so a change could not be saved."""
