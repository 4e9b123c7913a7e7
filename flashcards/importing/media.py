"""Pictures and sounds of an import, kept in a directory beside the store.

Their names are settled before anything is written, because notes name them; the files are
written before the import itself, so that no note names a file that is not there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from flashcards.disk.plain_files import read_plain
from flashcards.disk.replacing import make_directory, save_bytes
from flashcards.domain.content import Note, from_dict, to_dict
from flashcards.errors import FlashcardsError
from flashcards.formats.common.media_names import folded_name, is_safe_name
from flashcards.formats.common.rules import faults_of
from flashcards.formats.common.sibling_files import MOST_BYTES
from flashcards.formats.markup.markdown_media import NAMED
from flashcards.formats.markup.markup import media_names, names_in

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle, MediaFile
    from flashcards.domain.content import DeckContent

MOST_IN_ALL = 2 * 2**30
"""Bytes that one import brings."""


@dataclass(frozen=True, slots=True)
class MediaPlan:
    """The files of an import that are not kept yet."""

    directory: Path
    new: tuple[tuple[str, MediaFile], ...] = ()
    """Name in the directory, and the file."""

    def write(self) -> None:
        """Write the new files durably.

        Raises:
            FlashcardsError: one cannot be written; those before it stay.
        """
        if self.new:
            make_directory(self.directory, private=True)
        for name, file in self.new:
            save_bytes(self.directory / name, file.read(), private=True)


class MediaPlanner:
    """Settles under which names the media of several files are kept."""

    def __init__(self, directory: Path) -> None:
        """Plan for a directory, which need not exist."""
        self._directory = directory
        self._new: dict[str, MediaFile] = {}
        self._digests: dict[str, bytes] = {}
        """Of what this import brings, by the names as a disk without case has them."""
        self._total = 0

    @property
    def plan(self) -> MediaPlan:
        """What is to be written."""
        return MediaPlan(self._directory, tuple(self._new.items()))

    def placed(self, bundle: Bundle, path: str) -> Bundle:
        """Return a bundle whose notes name its media as they will be kept.

        A name that has another content already gets a part of the digest of the content.
        What no note names is not kept.
        Files that cannot be kept are problems of the bundle.

        Args:
            bundle: What a file brings.
            path: The file, for problems.
        """
        if not bundle.media:
            return bundle
        faults = faults_of(path)
        named = set(names_in(bundle.decks))
        wanted = [file for file in bundle.media if file.name in named]
        names = dict(self._names(wanted, faults))
        return replace(
            bundle,
            decks=tuple(with_names(deck, names) for deck in bundle.decks),
            problems=(*bundle.problems, *faults.problems),
        )

    def _names(
        self, files: Iterable[MediaFile], faults: ProblemCollector
    ) -> Iterator[tuple[str, str]]:
        """Give the names that change, with those that they become."""
        for file in files:
            if not is_safe_name(file.name):
                faults.add_at("media-name", 0, 0, value=file.name)
                continue
            try:
                data = file.read()
            except FlashcardsError as error:
                # One broken picture must not keep the notes of a package out.
                reason = str(error)
                faults.add_at("media-unreadable", 0, 0, reason=reason)
                continue
            if len(data) > MOST_BYTES or self._total + len(data) > MOST_IN_ALL:
                faults.add_at("media-too-large", 0, 0, value=file.name)
                continue
            self._total += len(data)
            digest = digest_of(data)
            name = self._free_name(file.name, digest)
            if name not in self._new and not (self._directory / name).exists():
                self._new[name] = file
            self._digests[folded_name(name)] = digest
            if name != file.name:
                yield file.name, name

    def _free_name(self, name: str, digest: bytes) -> str:
        """Return the name, or one with a part of the digest where another content has it."""
        for found in (name, _tagged(name, f"-{digest[:4].hex()}")):
            folded = folded_name(found)
            if self._digests.get(folded, digest) == digest and all(
                _holds(self._directory / other, digest)
                for other in {found, *self._stored.get(folded, ())}
            ):
                return found
        return _tagged(name, f"-{digest.hex()}")

    @cached_property
    def _stored(self) -> dict[str, list[str]]:
        """The names in the directory, by what a disk without case takes for one."""
        found: dict[str, list[str]] = {}
        with suppress(OSError):
            for path in self._directory.iterdir():
                found.setdefault(folded_name(path.name), []).append(path.name)
        return found


def digest_of(data: bytes) -> bytes:
    """Return what tells the content of a file from others."""
    return blake2b(data, digest_size=16).digest()


def with_names(deck: DeckContent, names: Mapping[str, str]) -> DeckContent:
    """Return a deck whose notes name their pictures and sounds by other names."""
    if not names:
        return deck
    return replace(deck, notes=tuple(_renamed(note, names) for note in deck.notes))


def _holds(path: Path, digest: bytes) -> bool:
    """Tell whether a file has this content, or there is none of this name."""
    try:
        return digest_of(read_plain(path, MOST_BYTES)) == digest
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _tagged(name: str, tag: str) -> str:
    suffix = PurePath(name).suffix
    return f"{name.removesuffix(suffix)}{tag}{suffix}"


def _renamed(note: Note, names: Mapping[str, str]) -> Note:
    data = to_dict(note)
    found = _with_names(data, names)
    return (
        note
        if found == data
        else replace(from_dict(found), line=note.line, origin=note.origin)
    )


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return NAMED.sub(lambda found: _other(found, names), value)
    if isinstance(value, dict):
        return {key: _with_names(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_names(item, names) for item in value]
    return value


def _other(found: re.Match[str], names: Mapping[str, str]) -> str:
    (name,) = media_names(found[0]) or ("",)
    new = names.get(name)
    if new is None:
        return found[0]
    # The name may be written with escapes, which stay.
    stem = name.removesuffix(PurePath(name).suffix)
    tag = new[len(stem) : len(new) - len(name) + len(stem)]
    return f"[{found[1]}: {_tagged(found[2], tag)}]"
