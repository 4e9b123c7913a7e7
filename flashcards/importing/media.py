"""Pictures and sounds of an import, kept in a directory beside the store.

Their names are settled before anything is written, because notes name them; the files are
written before the import itself, so that no note names a file that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from flashcards.content import Note, from_dict, to_dict
from flashcards.decks.decoding import REFUSED
from flashcards.decks.writer import save_bytes
from flashcards.exchange.markdown_media import NAMED
from flashcards.exchange.markup import media_names
from flashcards.exchange.rules import faults_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flashcards.bundle import Bundle, MediaFile
    from flashcards.content import DeckContent, Problem

MOST_BYTES = 100 * 2**20
"""Bytes of one file."""
MOST_IN_ALL = 2 * 2**30
"""Bytes that one import brings."""
_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class MediaPlan:
    """The files of an import that are not kept yet, and the names of those that clash."""

    directory: Path
    new: tuple[tuple[str, MediaFile], ...] = ()
    """Name in the directory, and the file."""
    names: tuple[tuple[str, str], ...] = ()
    """Name in notes, and the one that it gets because another file has it."""
    problems: tuple[Problem, ...] = ()

    def write(self) -> int:
        """Write the new files durably and return how many there are.

        Raises:
            FlashcardsError: one cannot be written; those before it stay.
        """
        if self.new:
            self.directory.mkdir(parents=True, exist_ok=True)
        for name, file in self.new:
            save_bytes(self.directory / name, file.read())
        return len(self.new)


def plan_media(files: Iterable[MediaFile], directory: Path, path: str) -> MediaPlan:
    """Return which files of an import are to be kept, and under which names.

    A name that has another content already gets a digest of the content.

    Args:
        files: The files that an import brings.
        directory: Where such files are kept.
        path: The imported file, for problems.
    """
    faults = faults_of(path)
    new: dict[str, MediaFile] = {}
    digests: dict[str, bytes] = {}
    names: dict[str, str] = {}
    total = 0
    for file in files:
        if not is_safe(file.name):
            faults.add_at("media-name", 0, 0, value=file.name)
            continue
        data = file.read()
        total += len(data)
        if len(data) > MOST_BYTES or total > MOST_IN_ALL:
            total -= len(data)
            faults.add_at("media-too-large", 0, 0, value=file.name)
            continue
        digest = digest_of(data)
        name = _free_name(file.name, digest, directory, digests)
        if name != file.name:
            names[file.name] = name
        if name not in digests and not (directory / name).exists():
            new[name] = file
        digests[name] = digest
    return MediaPlan(
        directory, tuple(new.items()), tuple(names.items()), tuple(faults.problems)
    )


def with_media_names(bundle: Bundle, plan: MediaPlan) -> Bundle:
    """Return a bundle whose notes name its pictures and sounds as they are kept."""
    if not plan.names:
        return bundle
    names = dict(plan.names)
    return replace(
        bundle, decks=tuple(with_names(deck, names) for deck in bundle.decks)
    )


def is_safe(name: str) -> bool:
    """Tell whether a file of this name lies in the directory it is put in, on any system."""
    return (
        0 < len(name.encode(errors="replace")) <= _MOST_NAME
        and not name.startswith((".", " "))
        and not name.endswith((".", " "))
        and not any(sign in name for sign in "/\\:[]\n")
        and REFUSED.search(name) is None
    )


def digest_of(data: bytes) -> bytes:
    """Return what tells the content of a file from others."""
    return blake2b(data, digest_size=16).digest()


def with_names(deck: DeckContent, names: Mapping[str, str]) -> DeckContent:
    """Return a deck whose notes name their pictures and sounds by other names."""
    if not names:
        return deck
    return replace(deck, notes=tuple(_renamed(note, names) for note in deck.notes))


def _free_name(
    name: str, digest: bytes, directory: Path, taken: Mapping[str, bytes]
) -> str:
    """Return the name, or one with a part of the digest where another content has it."""
    for found in (name, _tagged(name, f"-{digest[:4].hex()}")):
        if taken.get(found, digest) == digest and _holds(directory / found, digest):
            return found
    return _tagged(name, f"-{digest.hex()}")


def _holds(path: Path, digest: bytes) -> bool:
    """Tell whether a file has this content, or there is none of this name."""
    return not path.exists() or digest_of(path.read_bytes()) == digest


def _tagged(name: str, tag: str) -> str:
    suffix = PurePath(name).suffix
    return f"{name.removesuffix(suffix)}{tag}{suffix}"


def _renamed(note: Note, names: Mapping[str, str]) -> Note:
    data = to_dict(note)
    found = _with_names(data, names)
    return note if found == data else replace(from_dict(found), line=note.line)


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
