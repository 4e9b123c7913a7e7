"""Encodes the snapshot of an operation for undo as JSON, compressed if it is long."""

from __future__ import annotations

import json
import zlib
from typing import Any

from flashcards.errors import FlashcardsError

UndoSnapshot = dict[str, Any]
"""The changes of an operation; `flashcards.store.writing.before_after` has the format."""

MOST_BYTES = 512 * 1024 * 1024
"""Maximum size of the JSON, far more than an import of 200,000 changed notes needs."""
_LONG = 1000
DAMAGED = (
    "The record of this change is damaged, so it can be neither undone nor redone. "
    "Nothing was changed. `flashcards doctor` examines the store, and `flashcards doctor "
    "--repair` gives up what cannot be undone."
)
_COMPRESSED = b"x"
"""The first byte of zlib data; JSON never begins with it."""


def encode(snapshot: UndoSnapshot) -> bytes:
    """Return the stored form of a snapshot.

    Raises:
        FlashcardsError: The snapshot is larger than `decode` accepts.
    """
    text = json.dumps(
        snapshot, ensure_ascii=False, separators=(",", ":"), default=_damaged_text
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
    """Return the snapshot from its stored form.

    Raises:
        FlashcardsError: The data is damaged, or larger than `encode` writes.
    """
    try:
        snapshot = json.loads(inflate(payload))
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise FlashcardsError(DAMAGED) from error
    if not isinstance(snapshot, dict):
        raise FlashcardsError(DAMAGED)
    return snapshot


def inflate(payload: bytes, most: int = MOST_BYTES) -> bytes:
    """Return the JSON of a snapshot, decompressed if necessary.

    Args:
        payload: The stored form.
        most: Maximum size of the JSON in bytes.

    Raises:
        ValueError: The JSON is larger, or the data ends too early.
        zlib.error: The data is damaged.
    """
    if not payload.startswith(_COMPRESSED):
        return payload
    inflating = zlib.decompressobj()
    data = inflating.decompress(payload, most + 1)
    if len(data) > most or not inflating.eof:
        raise ValueError("not the whole snapshot")
    return data
