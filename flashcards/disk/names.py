"""Safe and distinct file names for deck keys, on any system."""

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
    """Return a relative path for each key, with a directory for each slash.

    Forbidden characters become `_`, and parts such as `..` are dropped. If two paths are the
    same, also on a file system that ignores case, the later one is numbered.

    Args:
        keys: Keys of decks.
        suffix: The end of every name, with its dot.
    """
    names: dict[str, PurePath] = {}
    used_paths: set[str] = set()
    for key in dict.fromkeys(keys):
        *parents, last = list(filter(None, map(_to_safe_name, key.split("/")))) or [
            "deck"
        ]
        # A directory must not have the name of a file.
        directory = PurePath(
            *(f"{name}_" if name.endswith(suffix) else name for name in parents)
        )
        number, path = 1, directory / f"{last}{suffix}"
        while _comparable(path) in used_paths:
            number += 1
            path = directory / f"{last}-{number}{suffix}"
        used_paths.add(_comparable(path))
        names[key] = path
    return names


def _to_safe_name(part: str) -> str:
    """Return a part of a path as a name that is valid on every system; empty if nothing remains."""
    name = _REFUSED.sub("_", part).lstrip(". ").rstrip(". ")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return f"_{name}" if _DEVICES.fullmatch(name) else name


def _comparable(path: PurePath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()
