"""Names of other programs as ours, and back: deck keys, note ids, tags."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from flashcards.decks.kinds import ID

FOREIGN = "anki."
"""Begins the id of a note whose id in its own program cannot be one of ours."""

_ID = re.compile(ID, re.ASCII)
_MOST_ID = 64
_MOST_PARTS = 6
_MOST_PART = 64
_MOST_KEY = 200
_PART = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_NO_PART = re.compile(r"[^a-z0-9_]+")
_NO_TAG = re.compile(r"[\s,]+")
_ESCAPED = re.compile(r"\.([0-9a-f]{2})")
_ESCAPE = re.compile(rb"[^A-Za-z0-9_-]")
_MOST_TAG = 64


def deck_key(name: str, separator: str = "::") -> str:
    """Return the deck key for a deck's name, such as `machine-learning/drift`.

    Args:
        name: The name as people or another program wrote it; may be empty.
        separator: What stands between the parts of a nested deck.
    """
    parts = [_key_part(part) for part in name.split(separator) if part.strip()]
    if len(parts) > _MOST_PARTS:
        parts[_MOST_PARTS - 1 :] = ["-".join(parts[_MOST_PARTS - 1 :])[:_MOST_PART]]
    key = "/".join(parts) or "imported"
    return key if len(key) <= _MOST_KEY else f"{parts[0]}/deck-{_digest(name)}"


def note_id(raw: str) -> str:
    """Return the note id for an id of another program; the same for the same one.

    One that is an id of ours stays. Others are escaped so that `foreign_id` finds them
    again, or stand as a digest where that is too long.
    """
    if _ID.fullmatch(raw) and not raw.startswith(FOREIGN):
        return raw
    escaped = _ESCAPE.sub(lambda found: b".%02x" % found[0][0], raw.encode()).decode()
    found = FOREIGN + escaped
    return found if len(found) <= _MOST_ID else FOREIGN + _digest(raw)


def foreign_id(note: str) -> str:
    """Return the id that a note has in another program."""
    if not note.startswith(FOREIGN):
        return note
    data = _ESCAPED.sub(
        lambda found: chr(int(found[1], 16)), note.removeprefix(FOREIGN)
    )
    try:
        return data.encode("latin-1").decode()
    except UnicodeDecodeError:
        return note


def derived_id(deck: str, wording: str) -> str:
    """Return an id for a note whose file gives it none, made of its deck and its wording."""
    return "w-" + _digest(f"{deck}\n{wording}")


def tag(word: str) -> str:
    """Return a tag as ours may be: without spaces and commas; may be empty."""
    return _NO_TAG.sub("-", word.strip())[:_MOST_TAG]


def _key_part(part: str) -> str:
    if _PART.fullmatch(part):
        return part
    folded = unicodedata.normalize("NFKD", part).casefold()
    plain = folded.encode("ascii", "ignore").decode()
    found = _NO_PART.sub("-", plain).strip("-_")[:_MOST_PART]
    # A name in another script leaves nothing: its digest tells it from others.
    return found or f"deck-{_digest(part.strip())[:8]}"


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
