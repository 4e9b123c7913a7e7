"""Whether stored text is still what was written: a note has a digest, and all text is UTF-8."""

from __future__ import annotations


def digest_of(content: str) -> str:
    """Return the digest of a note as JSON, by which changed and damaged ones are known."""
    # Loaded here: reading what is due needs no digest.
    from hashlib import blake2b

    return blake2b(content.encode(errors="replace"), digest_size=16).hexdigest()


def is_sound(content: object, digest: object) -> bool:
    """Tell whether a note is as it was written."""
    return isinstance(content, str) and digest_of(content) == digest


def tolerant_text(data: bytes) -> str:
    """Return stored text with a mark in the place of bytes that are not UTF-8."""
    return data.decode(errors="replace")
