"""The pictures and sounds of an Anki package, each read when it is needed."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from flashcards.decks.rules import RULES
from flashcards.disk.plain_files import open_plain
from flashcards.domain.bundle import MediaFile
from flashcards.domain.content import BasicNote
from flashcards.domain.note_json import to_dict
from flashcards.errors import FlashcardsError
from flashcards.formats.anki.package import protobuf
from flashcards.formats.anki.package.container import (
    LATEST,
    UnreadablePackageError,
    read_member,
)
from flashcards.formats.common.media_names import is_safe_name
from flashcards.formats.common.rules import FORMAT_RULES
from flashcards.formats.common.sibling_files import (
    MOST_BYTES,
    is_sibling,
    to_media_file,
)
from flashcards.formats.markup.markup import find_media_names_in_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from flashcards.domain.content import Note
    from flashcards.formats.anki.package.container import Package
    from flashcards.formats.common.problem_counter import ProblemCounter

_MOST_LIST = 64 * 1024 * 1024
_LIST = "media"
_DIRECTORY = ".media"


def find_media_names(note: Note) -> tuple[str, ...]:
    """Return the names of the pictures and sounds that a note shows or plays."""
    if isinstance(note, BasicNote):
        # Fast path: most notes are basic ones without media.
        if "[" not in note.front and "[" not in note.back and not note.why:
            return ()
        texts: tuple[str, ...] = (note.front, note.back, note.why, note.hint)
    else:
        texts = tuple(_iter_texts(to_dict(note)))
    return tuple(name for text in texts for name in find_media_names_in_text(text))


def read_media(
    package: Package, path: Path, names: Collection[str], counter: ProblemCounter
) -> tuple[MediaFile, ...]:
    """Return the files of a package that its notes name, sorted by name.

    Args:
        package: The package.
        path: Its file, which is opened again for each picture or sound.
        names: The names in the notes.
        counter: Counts the files that are missing or refused.
    """
    archive = package.archive
    if archive is None:
        directory = path.with_suffix(_DIRECTORY)
        return read_sibling_media(directory, names, counter, "anki-media-missing")
    try:
        members = _members(archive, package.generation) if names else {}
    except UnreadablePackageError:
        for name in sorted(names):
            counter.count("anki-media-list", name)
        return ()
    members |= {
        normalize("NFC", name): member
        for name, member in members.items()
        if not name.isascii()
    }
    files = []
    for name in sorted(names):
        member = members.get(name) or members.get(normalize("NFC", name))
        if member is None:
            counter.count("anki-media-missing", name)
        elif not is_safe_name(name) or archive.getinfo(member).file_size > MOST_BYTES:
            counter.count("anki-media-refused", name)
        else:
            files.append(_to_packed_media(path, name, member, package.generation))
    return tuple(files)


def read_sibling_media(
    directory: Path, names: Collection[str], counter: ProblemCounter, missing_rule: str
) -> tuple[MediaFile, ...]:
    """Return the files of a directory that notes name, sorted by name.

    Args:
        directory: The directory next to the file that is read.
        names: The names in the notes.
        counter: Counts the files that are missing or refused.
        missing_rule: The rule for a missing file.
    """
    files = []
    for name in sorted(names):
        if not is_safe_name(name):
            counter.count("anki-media-refused", name)
        elif is_sibling(directory, name):
            files.append(to_media_file(directory, name))
        else:
            counter.count(missing_rule, name)
    return tuple(files)


def _to_packed_media(path: Path, name: str, member: str, generation: int) -> MediaFile:
    def read() -> bytes:
        try:
            with open_plain(path) as file, zipfile.ZipFile(file) as archive:
                return read_member(archive, member, generation, MOST_BYTES)
        except UnreadablePackageError as unreadable:
            _, sentence = (RULES | FORMAT_RULES)[unreadable.rule]
            reason = sentence.format(**unreadable.words)
        except (OSError, zipfile.BadZipFile):
            reason = "The package is missing or damaged. Import it again."
        raise FlashcardsError(f"{name} cannot be read from {path}. {reason}")

    return MediaFile(name, read)


def _members(archive: zipfile.ZipFile, generation: int) -> dict[str, str]:
    """Return the name in the archive of each picture and sound in it."""
    present = set(archive.namelist())
    if _LIST not in present:
        return {}
    data = read_member(archive, _LIST, generation, _MOST_LIST)
    try:
        names = _parse_entries(data) if generation == LATEST else _parse_json_list(data)
    except (ValueError, RecursionError) as error:
        raise UnreadablePackageError(
            "anki-damaged", reason="its list of pictures and sounds is not a list"
        ) from error
    return {name: member for name, member in names.items() if member in present}


def _parse_json_list(data: bytes) -> dict[str, str]:
    members = json.loads(data or b"{}")
    if not isinstance(members, dict):
        return {}
    return {name: member for member, name in members.items() if isinstance(name, str)}


def _parse_entries(data: bytes) -> dict[str, str]:
    entries = (value for number, value in protobuf.iter_fields(data) if number == 1)
    members = {}
    for index, entry in enumerate(entries):
        # A damaged entry loses only its own file.
        with suppress(ValueError):
            if isinstance(entry, bytes):
                members[protobuf.text_at(entry, (1,))] = str(index)
    return members


def _iter_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _iter_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _iter_texts(item)
