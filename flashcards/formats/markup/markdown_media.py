"""Pictures and sounds in Markdown, and their files."""

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
"""A picture or sound embedded in Markdown."""
NAMED_MEDIA = re.compile(r"\[(image|sound): ([^\[\]\n]+)\]")
"""A picture or sound as our notes name it."""

_NOT_IN_NAMES = re.compile(r"[\[\]()<>\\%\n]")


def to_file_name(target: str) -> str:
    """Return the file name in a link or path, or an empty string if it has no valid one."""
    name = unquote(target).replace("\\", "/").rpartition("/")[2].strip()
    return "" if _NOT_IN_NAMES.search(name) or REFUSED.search(name) else name


def format_media_name(name: str) -> str:
    """Format the name of a picture or sound as our notes have it."""
    return f"[{_media_kind(name)}: {name}]"


def name_embedded_media(text: str) -> str:
    """Replace embedded pictures and sounds by their names."""

    def to_media_name(match: re.Match[str]) -> str:
        file_name = to_file_name(match[1] or match[2] or "")
        return format_media_name(file_name) if file_name else match[0]

    return EMBEDDED_MEDIA.sub(to_media_name, text)


def embed_named_media(match: re.Match[str]) -> str:
    """Embed a match of `NAMED_MEDIA` as Markdown, or return it unchanged if that is impossible."""
    kind, name = match.groups()
    if name != to_file_name(name) or kind != _media_kind(name):
        return match[0]
    return f"![](<{name}>)" if re.search(r"\s", name) else f"![]({name})"


def find_embedded_paths(text: str) -> Iterator[str]:
    """Yield the paths of the files that a Markdown text embeds."""
    for match in EMBEDDED_MEDIA.finditer(text):
        yield unquote(match[1] or match[2] or "")


def find_sibling_media(directory: Path, paths: Iterable[str]) -> tuple[MediaFile, ...]:
    """Find the files that relative paths from a directory lead to, each name once.

    Files outside of the directory, special files and files that are too large are left out.
    """
    files: dict[str, MediaFile] = {}
    for path in paths:
        name, local_path = to_file_name(path), path.removeprefix("@/")
        if name and name not in files and is_sibling(directory, local_path):
            files[name] = to_media_file(directory, local_path, name)
    return tuple(files.values())


def _media_kind(name: str) -> str:
    return "sound" if PurePath(name).suffix.lower() in SOUNDS else "image"
