"""File names that stay in the directory they are put in, on any system, and never meet."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_BYTES = 200
_REFUSED = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\ud800-\udfff\u202a-\u202e\u2066-\u2069]'
)
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def file_names(keys: Iterable[str], suffix: str) -> dict[str, PurePath]:
    """Return a relative path for each key, whose parts are those between its slashes.

    What no file may be called is replaced by `_`, parts such as `..` vanish, and where two
    paths would meet, be it on a file system that ignores case, the later one is numbered.

    Args:
        keys: Keys of decks, from wherever they come.
        suffix: The end of every name, with its dot.
    """
    names: dict[str, PurePath] = {}
    taken: set[str] = set()
    for key in dict.fromkeys(keys):
        *parents, last = [part for part in map(_safe, key.split("/")) if part] or [
            "deck"
        ]
        # No directory has a name that a file could have.
        directory = PurePath(
            *(f"{each}_" if each.endswith(suffix) else each for each in parents)
        )
        number, path = 1, directory / f"{last}{suffix}"
        while _folded(path) in taken:
            number += 1
            path = directory / f"{last}-{number}{suffix}"
        taken.add(_folded(path))
        names[key] = path
    return names


def _safe(part: str) -> str:
    """Return a part of a path as a name that every system takes; empty where nothing is left."""
    name = _REFUSED.sub("_", part).lstrip(". ").rstrip(". ")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return f"_{name}" if _DEVICES.fullmatch(name) else name


def _folded(path: PurePath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
