"""Whether stored text is still what was written: a note has a digest, and all text is UTF-8."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from hashlib import blake2b

_SIZE = 16


def digest_of(content: str) -> str:
    """Return the digest of a note as JSON, by which changed and damaged ones are known."""
    return _hasher()(content.encode(errors="replace"), digest_size=_SIZE).hexdigest()


def is_sound(content: object, digest: object) -> bool:
    """Return whether a note is as it was written."""
    return isinstance(content, str) and digest_of(content) == digest


def find_damaged_notes(rows: Iterable[tuple[int, object, object]]) -> list[int]:
    """Return the numbers of the notes that are not as they were written.

    Args:
        rows: The number of each note, its content and its digest as bytes, which need not be
            text.
    """
    # An import of an unchanged file spends its time here, so no function is called for each.
    hasher = _hasher()
    return [
        number
        for number, content, digest in rows
        if type(content) is not bytes
        or hasher(content, digest_size=_SIZE).hexdigest().encode() != digest
    ]


@cache
def _hasher() -> Callable[..., blake2b]:
    # Loaded here: reading what is due needs no digest.
    from hashlib import blake2b

    return blake2b


def tolerant_text(data: bytes) -> str:
    """Return stored text with a mark in the place of bytes that are not UTF-8."""
    return data.decode(errors="replace")
