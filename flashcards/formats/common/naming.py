"""Names of other programs as ours, and back: deck keys, note ids, tags."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.kinds import ID
from flashcards.decks.fields.limits import MOST_TAG
from flashcards.text.deck_keys import (
    MOST_KEY,
    MOST_PARTS,
    is_blank_mark,
    is_letter,
    is_mark,
    normalize_key,
)

if TYPE_CHECKING:
    from pathlib import Path

_WORD = r"(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]+)"
_BY_HAND = re.compile(rf"{_WORD}{{1,6}}(?:[-_.:/]+{_WORD}{{1,6}})*", re.ASCII)
_SHORT = re.compile(r"[!-~]{8,26}", re.ASCII)
"""What is as long as the guids of Anki and other short random ids, and has no spaces."""
_DIGEST = re.compile(r"[0-9a-f]{16}", re.ASCII)
_RANDOM = re.compile(
    r"(?:(?:[ws]-|nid-)?[0-9a-f]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
    r"(?:\.[0-9]+)?",
    re.ASCII | re.IGNORECASE,
)
_MOST_LABEL = 24
SEPARATOR = "::"
"""Stands between the parts of a nested deck's name."""

FOREIGN_PREFIX = "anki."
"""Begins the id of a note whose id in its own program cannot be one of ours."""

_ID = re.compile(ID, re.ASCII)
MOST_ID = 64
"""Characters of a note's id."""
_MOST_PART = 64
_MOST_PART_BYTES = 200
"""With the suffix of a file, less than what file systems take."""
_PLAIN_PART = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_NO_PLAIN = re.compile(r"[^a-z0-9_]+")
_HYPHENS = re.compile(r"-{2,}")
_STRAY_MARKS = re.compile(r"(?:\A|(?<=[-_]))[^\w-]+")
_SIGN_NAMES = {"+": "plus", "#": "sharp", "*": "star"}
_SIGNS = re.compile(r"(?<=\w)[+#*]+")
"""Signs that distinguish names, as in C, C++ and C#."""
_NO_TAG = re.compile(r"[\s,]+")
_ESCAPED = re.compile(r"\.([0-9a-f]{2})")
_ESCAPE = re.compile(rb"[^A-Za-z0-9_-]")


class DeckName(NamedTuple):
    """How a file calls a deck, and what the deck is called here."""

    key: str
    title: str
    name: str = ""
    """The name in its own program, nested parts joined by `::`, from which the key is made;
    empty where the file gives a key of ours."""
    is_of_file: bool = False
    """Whether the file names no deck, so that it is called after the file."""


def to_deck_name(name: str, separator: str = SEPARATOR, title: str = "") -> DeckName:
    """Return the deck for a name that people or another program gave it.

    Args:
        name: The name; may be empty.
        separator: What stands between the parts of a nested deck.
        title: What people read; the name where empty.
    """
    joined = SEPARATOR.join(name.split(separator)) if separator else name
    return DeckName(to_deck_key(name, separator), title or name, joined)


def to_file_deck_name(
    path: Path, into: str = "", title: str = "", *, suffix: str = ""
) -> DeckName:
    """Return the deck of a file that names none.

    Args:
        path: The file.
        into: The key that was given for it; may be empty.
        title: What people read; the file's name where empty.
        suffix: A double suffix of the format, such as `.mochi.md`; not part of the name.
    """
    has_suffix = suffix and path.name.lower().endswith(suffix)
    stem = path.name[: -len(suffix)] if has_suffix else path.stem
    key = into or to_deck_key(stem)
    return DeckName(key, title or stem, stem, is_of_file=True)


def to_deck_key(name: str, separator: str = SEPARATOR) -> str:
    """Return the deck key for a deck's name, such as `machine-learning/drift`.

    Names that differ by more than case, spaces and signs have different keys.

    Args:
        name: The name as people or another program wrote it; may be empty.
        separator: What stands between the parts of a nested deck.
    """
    parts = [_key_part(part) for part in name.split(separator) if part.strip()]
    if len(parts) > MOST_PARTS:
        parts[MOST_PARTS - 1 :] = [_cut("-".join(parts[MOST_PARTS - 1 :]))]
    key = "/".join(parts) or "imported"
    return key if len(key) <= MOST_KEY else f"{parts[0]}/deck-{_digest(name)}"


class DistinctKeys:
    """Keys for the decks of one file, so that different names never share one."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def key_of(self, key: str, name: str) -> str:
        """Return the key for a deck, made different where another name has it.

        Args:
            key: The key that was made of the name, or that the file gives.
            name: The name; empty where the file gives the key.
        """
        found = self._keys.get((key, name))
        if found is None:
            first = self._names.setdefault(key, name)
            is_same = is_same_name(first, name)
            found = key if is_same else with_suffix(key, short_name_hash(name))
            self._keys[key, name] = found
        return found


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two decks of one key are the same one; a deck without a name is any."""
    return not one or not other or _folded(one) == _folded(other)


def short_name_hash(name: str) -> str:
    """Return four characters that distinguish a name from others of the same key."""
    return _digest(_folded(name))[:4]


def with_suffix(key: str, suffix: str) -> str:
    """Return a key that distinguishes a deck from another one of the same key."""
    above, slash, last = key.rpartition("/")
    found = f"{above}{slash}{_cut(last, len(suffix) + 1)}-{suffix}"
    first = key.partition("/")[0]
    return found if len(found) <= MOST_KEY else f"{first}/deck-{_digest(key)}-{suffix}"


def to_first_release_key(name: str) -> str:
    """Return the deck key that the first release made of a name.

    It kept no letters but those of English, so that different names could have one key.
    """
    parts = [_first_part(part) for part in name.split(SEPARATOR) if part.strip()]
    if len(parts) > MOST_PARTS:
        parts[MOST_PARTS - 1 :] = ["-".join(parts[MOST_PARTS - 1 :])[:_MOST_PART]]
    key = "/".join(parts) or "imported"
    return key if len(key) <= MOST_KEY else f"{parts[0]}/deck-{_digest(name)}"


def to_note_id(raw: str) -> str:
    """Return the note id for an id of another program; the same for the same one.

    One that is an id of ours stays. Others are escaped so that `to_foreign_id` finds them
    again, or stand as a digest where that is too long.
    """
    if _ID.fullmatch(raw) and not raw.startswith(FOREIGN_PREFIX):
        return raw
    escaped = _ESCAPE.sub(lambda found: b".%02x" % found[0][0], raw.encode()).decode()
    found = FOREIGN_PREFIX + escaped
    return found if len(found) <= MOST_ID else FOREIGN_PREFIX + _digest(raw)


def to_foreign_id(note: str) -> str:
    """Return the id that a note has in another program."""
    if not note.startswith(FOREIGN_PREFIX):
        return note
    data = _ESCAPED.sub(
        lambda found: chr(int(found[1], 16)), note.removeprefix(FOREIGN_PREFIX)
    )
    try:
        return data.encode("latin-1").decode()
    except UnicodeDecodeError:
        return note


def is_used_elsewhere(note: str) -> bool:
    """Tell whether another source may well use a note's id for another note.

    Ids that people write, such as `1`, `q-12` or `capital-france`, count within their
    source alone; random ones, such as the guids of Anki and UUIDs, name one note for ever.
    """
    raw = to_foreign_id(note)
    if _DIGEST.fullmatch(raw):
        # What stands for an id that is too long was made of it.
        return note.startswith(FOREIGN_PREFIX)
    if _RANDOM.fullmatch(raw):
        return False
    return _BY_HAND.fullmatch(raw) is not None or _SHORT.fullmatch(raw) is None


def to_scoped_id(deck: str, note: str) -> str:
    """Return the id for a note whose own one belongs to a note of another source.

    Args:
        deck: The key of the note's deck.
        note: The note's own id.
    """
    found = to_id_scope(deck) + note
    return found if len(found) <= MOST_ID else "s-" + _digest(f"{deck}\n{note}")


@cache
def to_id_scope(deck: str) -> str:
    """Return how the scoped ids of a deck begin, those of long ids apart."""
    plain = unicodedata.normalize("NFKD", deck).encode("ascii", "ignore").decode()
    label = _NO_PLAIN.sub("-", plain).strip("-_")[:_MOST_LABEL].rstrip("-_")
    return f"{label or 'deck'}-{_digest(deck)[:8]}."


def derive_id(deck: str, wording: str) -> str:
    """Return an id for a note whose file gives it none, made of its deck and its wording."""
    return "w-" + _digest(f"{deck}\n{wording}")


def to_tag(word: str) -> str:
    """Return a tag as ours may be: without spaces and commas; may be empty."""
    return _NO_TAG.sub("-", word.strip())[:MOST_TAG]


def _key_part(part: str) -> str:
    if _PLAIN_PART.fullmatch(part):
        return part
    spelled = _SIGNS.sub(_spelled, unicodedata.normalize("NFKC", part))
    letters = "".join(
        sign if sign == "_" or is_letter(sign) or is_mark(sign) else "-"
        for sign in normalize_key(spelled)
        if not is_blank_mark(sign)
    )
    found = _cut(_HYPHENS.sub("-", _STRAY_MARKS.sub("", letters)).strip("-_"))
    # A name of signs alone leaves nothing: its digest distinguishes it from others.
    return found or f"deck-{_digest(part.strip())[:8]}"


def _spelled(signs: re.Match[str]) -> str:
    return "".join(f"-{_SIGN_NAMES[sign]}-" for sign in signs[0])


def _cut(part: str, less: int = 0) -> str:
    """Return a part of a key that is short enough for a file's name, less some signs."""
    most_bytes = _MOST_PART_BYTES - less
    if len(part) <= _MOST_PART - less and len(part.encode()) <= most_bytes:
        return part
    end = f"-{_digest(part)[:8]}"
    start = part.encode()[: most_bytes - len(end)].decode(errors="ignore")
    return start[: _MOST_PART - less - len(end)].rstrip("-_") + end


def _first_part(part: str) -> str:
    if _PLAIN_PART.fullmatch(part):
        return part
    folded = unicodedata.normalize("NFKD", part).casefold()
    plain = folded.encode("ascii", "ignore").decode()
    found = _NO_PLAIN.sub("-", plain).strip("-_")[:_MOST_PART]
    return found or f"deck-{_digest(part.strip())[:8]}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
