"""Identifiers that are unique over all machines and sort by time (UUIDv7)."""

from __future__ import annotations

import os
from collections.abc import Callable

_VERSION = 7 << 76
_VARIANT = 2 << 62
_RANDOM_A = ((1 << 12) - 1) << 64
_RANDOM_B = (1 << 62) - 1


def new_uid(at: int, random_bytes: Callable[[int], bytes] = os.urandom) -> str:
    """Return a new identifier as 32 hexadecimal digits.

    Args:
        at: The instant it is made, in Unix milliseconds.
        random_bytes: Where the random part comes from.
    """
    chance = int.from_bytes(random_bytes(10), "big")
    value = (at & ((1 << 48) - 1)) << 80 | _VERSION | _VARIANT
    return f"{value | chance & (_RANDOM_A | _RANDOM_B):032x}"
