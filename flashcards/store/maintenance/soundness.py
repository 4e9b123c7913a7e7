"""Checks that stored notes are undamaged by their digest, and reads text that is not UTF-8."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from hashlib import blake2b

_SIZE = 16


def digest_of(content: str) -> str:
    """Return the digest of a note as JSON, which shows whether the note changed or is damaged."""
    return _hasher()(content.encode(errors="replace"), digest_size=_SIZE).hexdigest()


def is_sound(content: object, digest: object) -> bool:
    """Return whether the content of a note matches its digest."""
    return isinstance(content, str) and digest_of(content) == digest


def find_damaged_notes(rows: Iterable[tuple[int, object, object]]) -> list[int]:
    """Return the ids of the notes whose content does not match their digest.

    Args:
        rows: Id, content and digest of each note, as bytes that may not be valid text.
    """
    # An import of an unchanged file spends its time here, so the loop calls few functions.
    hasher = _hasher()
    return [
        note_id
        for note_id, content, digest in rows
        if type(content) is not bytes
        or hasher(content, digest_size=_SIZE).hexdigest().encode() != digest
    ]


@cache
def _hasher() -> Callable[..., blake2b]:
    # Loaded here: reading what is due needs no digest.
    from hashlib import blake2b

    return blake2b


def tolerant_text(data: bytes) -> str:
    """Return stored text, with replacement characters for bytes that are not UTF-8."""
    return data.decode(errors="replace")
