"""Pictures and sounds in Markdown, and the files they name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.formats.common.sibling_files import is_sibling, to_media_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flashcards.domain.bundle import MediaFile

SOUNDS = frozenset({".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac", ".aac"})

EMBEDDED_MEDIA = re.compile(r"!\[[^\[\]\n]*\]\((?:<([^<>\n]*)>|([^\s()<>]+))\)")
"""A picture or sound as Markdown embeds it."""
NAMED_MEDIA = re.compile(r"\[(image|sound): ([^\[\]\n]+)\]")
"""A picture or sound as our notes name it."""

_NO_NAME = re.compile(r"[\[\]()<>\\%\n]")


def to_file_name(target: str) -> str:
    """Return the name of the file that a link or path leads to; empty where it is none."""
    name = unquote(target).replace("\\", "/").rpartition("/")[2].strip()
    return "" if _NO_NAME.search(name) or REFUSED.search(name) else name


def format_media_name(name: str) -> str:
    """Return how our notes name a picture or sound."""
    return f"[{_kind(name)}: {name}]"


def name_embedded_media(text: str) -> str:
    """Return text in which pictures and sounds are named, not embedded."""

    def replaced(found: re.Match[str]) -> str:
        name = to_file_name(found[1] or found[2] or "")
        return format_media_name(name) if name else found[0]

    return EMBEDDED_MEDIA.sub(replaced, text)


def embed_named_media(found: re.Match[str]) -> str:
    """Return how Markdown embeds what `NAMED_MEDIA` found; the same text where it cannot."""
    kind, name = found.groups()
    if name != to_file_name(name) or kind != _kind(name):
        return found[0]
    return f"![](<{name}>)" if re.search(r"\s", name) else f"![]({name})"


def find_embedded_paths(text: str) -> Iterator[str]:
    """Give the paths that a Markdown text embeds."""
    for found in EMBEDDED_MEDIA.finditer(text):
        yield unquote(found[1] or found[2] or "")


def find_sibling_media(directory: Path, paths: Iterable[str]) -> tuple[MediaFile, ...]:
    """Return the files of a directory that relative paths lead to, each name once.

    What lies outside of the directory, is no plain file or is too large is left out.
    """
    found: dict[str, MediaFile] = {}
    for path in paths:
        name, place = to_file_name(path), path.removeprefix("@/")
        if name and name not in found and is_sibling(directory, place):
            found[name] = to_media_file(directory, place, name)
    return tuple(found.values())


def _kind(name: str) -> str:
    return "sound" if PurePath(name).suffix.lower() in SOUNDS else "image"
