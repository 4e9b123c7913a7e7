"""The exceptions that stop a command, each with a finished sentence for a person.

FlashcardsError                     exit status 1
├── UsageError                      2  the command line or the settings file is wrong
├── NothingFoundError               1  no deck, card or operation answers the request
├── CardChangedError                1  another window rated the card first
└── StoreError                      3  the database cannot be used
    ├── StoreLockedError
    ├── StoreDamagedError
    │   └── NoteDamagedError    one note cannot be read; all else can
    ├── StoreMissingError       backups or a log are there, but no store
    ├── StoreReplacedError      the file is no longer the one that was opened
    ├── StoreTooNewError
    ├── StoreOutdatedError
    ├── StoreReadOnlyError
    └── DiskFullError

Faults in deck files are values (`flashcards.domain.content.Problem`), not exceptions.
"""


class FlashcardsError(Exception):
    """Something a person must know; `str(error)` is a finished sentence."""

    exit_status = 1


class UsageError(FlashcardsError):
    """The command line or the settings file asks for something impossible."""

    exit_status = 2


class NothingFoundError(FlashcardsError):
    """No deck, card, file or operation answers the request."""


class CardChangedError(FlashcardsError):
    """The card changed in the store since it was shown, so the answer was not kept."""


class StoreError(FlashcardsError):
    """The database cannot be used."""

    exit_status = 3


class StoreLockedError(StoreError):
    """Another process holds the database for longer than we wait."""


class StoreDamagedError(StoreError):
    """The database file is not a sound SQLite database of ours."""


class NoteDamagedError(StoreDamagedError):
    """One note of the store is not as it was saved."""


class StoreMissingError(StoreError):
    """The database is gone, though its backups or its log are still there."""


class StoreReplacedError(StoreError):
    """The database was deleted or replaced while it was open; the change was not saved."""


class StoreTooNewError(StoreError):
    """A newer version of the program made the database."""


class StoreOutdatedError(StoreError):
    """An older version of the program made the database; opening it for writing mends that."""


class StoreReadOnlyError(StoreError):
    """The database or its directory cannot be written."""


class DiskFullError(StoreError):
    """No space was left to keep a change."""
