"""Pictures and sounds of an import, saved in a directory beside the store.

Their final names are chosen before anything is written, because notes name them. The files
are written before the import itself, so that no note names a file that is not there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flashcards.disk.plain_files import read_plain
from flashcards.disk.replacing import make_directory, save_bytes
from flashcards.domain.content import Note
from flashcards.domain.note_json import from_dict, to_dict
from flashcards.errors import FlashcardsError
from flashcards.formats.common.media_names import folded_name, is_safe_name
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.sibling_files import MOST_BYTES
from flashcards.formats.markup.markdown_media import NAMED_MEDIA
from flashcards.formats.markup.markup import (
    find_media_names_in_decks,
    find_media_names_in_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle, MediaFile
    from flashcards.domain.content import DeckContent
    from flashcards.importing.context import ImportBatch, ImportContext

MOST_TOTAL_BYTES = 2 * 2**30
"""Most bytes of media in one import."""
_FIELD_MEDIA = re.compile(
    r"""(\bsrc\s*=\s*["']?|\[sound:)([^"'<>\]\x1f]+)(["'\]]?)""", re.IGNORECASE
)
"""A picture or sound as a field of another program names it, in HTML or in Anki's own way."""


@dataclass(frozen=True, slots=True)
class NewMedia:
    """The media files of an import that the directory does not have yet."""

    directory: Path
    files: tuple[tuple[str, MediaFile], ...] = ()
    """Final name, and the file."""

    def write(self) -> None:
        """Write the new files durably.

        Raises:
            FlashcardsError: a file cannot be written; those before it stay.
        """
        if self.files:
            make_directory(self.directory, private=True)
        for name, file in self.files:
            save_bytes(self.directory / name, file.read(), private=True)


class MediaNamer:
    """Chooses the final names of the media of all files of an import."""

    def __init__(self, directory: Path) -> None:
        """Choose names for a directory, which need not exist."""
        self._directory = directory
        self._new: dict[str, MediaFile] = {}
        self._digests: dict[str, bytes] = {}
        """Digests of the media of this import, by case-folded names."""
        self._total_bytes = 0

    @property
    def new_media(self) -> NewMedia:
        """The files to write."""
        return NewMedia(self._directory, tuple(self._new.items()))

    def with_final_names(
        self, batch: ImportBatch, _context: ImportContext
    ) -> dict[str, Bundle]:
        """Return what files hold, their notes naming media by their final names."""
        return {
            path: self.rename(bundle, path) for path, bundle in batch.bundles.items()
        }

    def rename(self, bundle: Bundle, path: str) -> Bundle:
        """Return a bundle whose notes name its media by their final names.

        If a name already has different content, a part of the digest is added to it.
        Files that no note names are not saved; files that cannot be saved are problems of
        the bundle.

        Args:
            bundle: What a file holds.
            path: The file, for problems.
        """
        if not bundle.media:
            return bundle
        collector = new_collector(path)
        named = set(find_media_names_in_decks(bundle.decks))
        files = [file for file in bundle.media if file.name in named]
        names = dict(self._choose_names(files, collector))
        return replace(
            bundle,
            decks=tuple(with_names(deck, names) for deck in bundle.decks),
            problems=(*bundle.problems, *collector.problems),
        )

    def _choose_names(
        self, files: Iterable[MediaFile], collector: ProblemCollector
    ) -> Iterator[tuple[str, str]]:
        """Give each name that changes, with the new one."""
        for file in files:
            if not is_safe_name(file.name):
                collector.add_at("media-name", 0, 0, value=file.name)
                continue
            try:
                data = file.read()
            except FlashcardsError as error:
                # One broken picture must not keep a whole package from being imported.
                reason = str(error)
                collector.add_at("media-unreadable", 0, 0, reason=reason)
                continue
            if (
                len(data) > MOST_BYTES
                or self._total_bytes + len(data) > MOST_TOTAL_BYTES
            ):
                collector.add_at("media-too-large", 0, 0, value=file.name)
                continue
            self._total_bytes += len(data)
            digest = digest_of(data)
            name = self._free_name(file.name, digest)
            if name not in self._new and not (self._directory / name).exists():
                self._new[name] = file
            self._digests[folded_name(name)] = digest
            if name != file.name:
                yield file.name, name

    def _free_name(self, name: str, digest: bytes) -> str:
        """Return the name, with a part of the digest if different content has it."""
        for candidate in (name, _with_suffix(name, f"-{digest[:4].hex()}")):
            folded = folded_name(candidate)
            if self._digests.get(folded, digest) == digest and all(
                _holds(self._directory / other, digest)
                for other in {candidate, *self._stored.get(folded, ())}
            ):
                return candidate
        return _with_suffix(name, f"-{digest.hex()}")

    @cached_property
    def _stored(self) -> dict[str, list[str]]:
        """The names in the directory, by case-folded names."""
        names: dict[str, list[str]] = {}
        with suppress(OSError):
            for path in self._directory.iterdir():
                names.setdefault(folded_name(path.name), []).append(path.name)
        return names


def digest_of(data: bytes) -> bytes:
    """Return the digest of the content of a file."""
    return blake2b(data, digest_size=16).digest()


def with_names(deck: DeckContent, names: Mapping[str, str]) -> DeckContent:
    """Return a deck whose notes name their pictures and sounds by other names."""
    if not names:
        return deck
    return replace(
        deck, notes=tuple(_rename_in_note(note, names) for note in deck.notes)
    )


def _holds(path: Path, digest: bytes) -> bool:
    """Return whether a file has this content, or does not exist."""
    try:
        return digest_of(read_plain(path, MOST_BYTES)) == digest
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _with_suffix(name: str, addition: str) -> str:
    suffix = PurePath(name).suffix
    return f"{name.removesuffix(suffix)}{addition}{suffix}"


def _rename_in_note(note: Note, names: Mapping[str, str]) -> Note:
    data = to_dict(note)
    renamed = _rename_in_value(data, names)
    if renamed == data:
        return note
    origin = note.origin
    if origin is not None:
        # An unchanged note is exported with these fields, next to the renamed files.
        fields = _FIELD_MEDIA.sub(
            lambda match: _rename_in_field(match, names), origin.fields
        )
        origin = replace(origin, fields=fields)
    return replace(from_dict(renamed), line=note.line, origin=origin)


def _rename_in_field(match: re.Match[str], names: Mapping[str, str]) -> str:
    """Return a reference in a field of another program with the final name of its file."""
    opening, written, closing = match.groups()
    name = unquote(unescape(written))
    new = names.get(name, names.get(unescape(written)))
    if new is None:
        return match[0]
    addition = new.removeprefix(name.removesuffix(PurePath(name).suffix))
    addition = addition.removesuffix(PurePath(name).suffix)
    return f"{opening}{_with_suffix(written, addition)}{closing}"


def _rename_in_value(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return NAMED_MEDIA.sub(lambda match: _rename_match(match, names), value)
    if isinstance(value, dict):
        return {key: _rename_in_value(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_rename_in_value(item, names) for item in value]
    return value


def _rename_match(match: re.Match[str], names: Mapping[str, str]) -> str:
    (name,) = find_media_names_in_text(match[0]) or ("",)
    new = names.get(name)
    if new is None:
        return match[0]
    # The name may be written with escapes, which stay.
    stem = name.removesuffix(PurePath(name).suffix)
    addition = new[len(stem) : len(new) - len(name) + len(stem)]
    return f"[{match[1]}: {_with_suffix(match[2], addition)}]"
