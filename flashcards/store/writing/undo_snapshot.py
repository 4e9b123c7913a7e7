"""The stored form of what an operation changed: JSON, compressed where it is long."""

from __future__ import annotations

import json
import zlib
from typing import Any

from flashcards.errors import FlashcardsError

UndoSnapshot = dict[str, Any]
"""What an operation changed; `flashcards.store.writing.before_after` says how it is made."""

MOST_BYTES = 512 * 1024 * 1024
"""Of an image as JSON, far more than an import of 200,000 changed notes needs."""
_LONG = 1000
DAMAGED = (
    "The record of this change is damaged, so it can be neither undone nor redone. "
    "Nothing was changed. `flashcards doctor` examines the store, and `flashcards doctor "
    "--repair` gives up what cannot be undone."
)
_COMPRESSED = b"x"
"""The first byte of what zlib writes; JSON never begins with it."""


def encode(image: UndoSnapshot) -> bytes:
    """Return the image as it is stored.

    Raises:
        FlashcardsError: it is larger than `decode` would read.
    """
    text = json.dumps(
        image, ensure_ascii=False, separators=(",", ":"), default=_damaged_text
    )
    data = text.encode()
    if len(data) > MOST_BYTES:
        raise FlashcardsError(
            "This changes too much for one step that could be undone. Import fewer files "
            "at a time."
        )
    return zlib.compress(data, 1) if len(data) > _LONG else data


def _damaged_text(value: bytes) -> str:
    """Return bytes that replace a text in a snapshot of damaged rows."""
    return value.decode(errors="replace")


def decode(payload: bytes) -> UndoSnapshot:
    """Return the image that `encode` wrote.

    Raises:
        FlashcardsError: it is none, or larger than any that `encode` writes.
    """
    try:
        image = json.loads(inflate(payload))
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise FlashcardsError(DAMAGED) from error
    if not isinstance(image, dict):
        raise FlashcardsError(DAMAGED)
    return image


def inflate(payload: bytes, most: int = MOST_BYTES) -> bytes:
    """Return the JSON of an image, decompressed where it is compressed.

    Args:
        payload: What is stored.
        most: Bytes that it may have decompressed.

    Raises:
        ValueError: it is larger than any that is written, or ends too early.
        zlib.error: it is damaged.
    """
    if not payload.startswith(_COMPRESSED):
        return payload
    inflating = zlib.decompressobj()
    data = inflating.decompress(payload, most + 1)
    if len(data) > most or not inflating.eof:
        raise ValueError("not the whole image")
    return data
