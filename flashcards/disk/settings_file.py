"""Read the settings file as plain data, before it is validated."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flashcards.disk.plain_files import read_plain
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1024 * 1024


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return the data of a settings file, not validated; empty if there is no file.

    Raises:
        UsageError: The file cannot be read or is not TOML; the message says where.
    """
    try:
        data = read_plain(path, _MOST_BYTES)
    except OSError as error:
        if isinstance(error, FileNotFoundError) or not _is_usable(path.parent):
            # Opening the store reports the problem of the home directory.
            return {}
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{path} is larger than 1 MiB, which no settings file is.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} cannot be read: it is not text in UTF-8.") from error
    return _parse_toml(text, path)


def _is_usable(directory: Path) -> bool:
    """Return whether files in a directory can be accessed."""
    try:
        return directory.is_dir() and os.access(directory, os.X_OK)
    except OSError:
        return False


def _parse_toml(text: str, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except RecursionError:
        reason = "its brackets are nested too deeply"
    except ValueError:
        reason = "a number in it has too many digits"
    raise UsageError(f"{path} is not TOML: {reason}.")
