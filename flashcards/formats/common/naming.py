"""Convert names of other programs to deck keys, note ids and tags, and back."""

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
"""As long as the guids of Anki and other short random ids, without spaces."""
_DIGEST = re.compile(r"[0-9a-f]{16}", re.ASCII)
_RANDOM = re.compile(
    r"(?:(?:[ws]-|nid-)?[0-9a-f]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
    r"(?:\.[0-9]+)?",
    re.ASCII | re.IGNORECASE,
)
_MOST_LABEL = 24
SEPARATOR = "::"
"""Separates the levels of a nested deck's name."""

FOREIGN_PREFIX = "anki."
"""Prefix of the id of a note whose id in its own program is not valid here."""

_ID = re.compile(ID, re.ASCII)
MOST_ID = 64
"""The longest id of a note, in characters."""
_MOST_PART = 64
_MOST_PART_BYTES = 200
"""Together with a suffix, less than the limit of file systems for a name."""
_PLAIN_PART = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_NO_PLAIN = re.compile(r"[^a-z0-9_]+")
_HYPHENS = re.compile(r"-{2,}")
_STRAY_MARKS = re.compile(r"(?:\A|(?<=[-_]))[^\w-]+")
_SIGN_NAMES = {"+": "plus", "#": "sharp", "*": "star"}
_SIGNS = re.compile(r"(?<=\w)[+#*]+")
"""Signs that tell names apart, as in C, C++ and C#."""
_NO_TAG = re.compile(r"[\s,]+")
_ESCAPED = re.compile(r"\.([0-9a-f]{2})")
_ESCAPE = re.compile(rb"[^A-Za-z0-9_-]")


class DeckName(NamedTuple):
    """The name of a deck in a file, with its key and title here."""

    key: str
    title: str
    name: str = ""
    """The name in its own program, levels joined by `::`, from which the key is made; empty if
    the file states a key."""
    is_of_file: bool = False
    """Whether the deck is named after its file because the file names no deck."""


def to_deck_name(name: str, separator: str = SEPARATOR, title: str = "") -> DeckName:
    """Return a deck's name with its key and title.

    Args:
        name: The name in its own program; may be empty.
        separator: What separates the levels of a nested deck.
        title: The title; the name if empty.
    """
    joined = SEPARATOR.join(name.split(separator)) if separator else name
    return DeckName(to_deck_key(name, separator), title or name, joined)


def to_file_deck_name(
    path: Path, into: str = "", title: str = "", *, suffix: str = ""
) -> DeckName:
    """Return the name of the deck of a file that names no deck.

    Args:
        path: The file.
        into: The key from `--into`; may be empty.
        title: The title; the file's name if empty.
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
        name: The name in its own program; may be empty.
        separator: What separates the levels of a nested deck.
    """
    parts = [_to_key_part(part) for part in name.split(separator) if part.strip()]
    if len(parts) > MOST_PARTS:
        parts[MOST_PARTS - 1 :] = [_shorten("-".join(parts[MOST_PARTS - 1 :]))]
    key = "/".join(parts) or "imported"
    return key if len(key) <= MOST_KEY else f"{parts[0]}/deck-{_digest(name)}"


class DistinctKeys:
    """Assigns the keys of the decks of one file, a different key to each name."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def key_of(self, key: str, name: str) -> str:
        """Return the key for a deck, with a suffix if another name has the key already.

        Args:
            key: The key that was made of the name, or that the file states.
            name: The name; empty if the file states the key.
        """
        distinct_key = self._keys.get((key, name))
        if distinct_key is None:
            first_name = self._names.setdefault(key, name)
            is_same = is_same_name(first_name, name)
            distinct_key = key if is_same else with_suffix(key, short_name_hash(name))
            self._keys[key, name] = distinct_key
        return distinct_key


def is_same_name(name: str, other: str) -> bool:
    """Return whether names of one key mean the same deck; an empty name matches any."""
    return not name or not other or _fold(name) == _fold(other)


def short_name_hash(name: str) -> str:
    """Return four characters that tell a name from others of the same key."""
    return _digest(_fold(name))[:4]


def with_suffix(key: str, suffix: str) -> str:
    """Return a deck key with a suffix, shortened where it is too long."""
    above, slash, last = key.rpartition("/")
    long_key = f"{above}{slash}{_shorten(last, len(suffix) + 1)}-{suffix}"
    if len(long_key) <= MOST_KEY:
        return long_key
    return f"{key.partition('/')[0]}/deck-{_digest(key)}-{suffix}"


def to_first_release_key(name: str) -> str:
    """Return the deck key that the first release made of a name.

    It dropped all letters but a to z, so that different names could have the same key.
    """
    parts = [
        _to_first_release_part(part) for part in name.split(SEPARATOR) if part.strip()
    ]
    if len(parts) > MOST_PARTS:
        parts[MOST_PARTS - 1 :] = ["-".join(parts[MOST_PARTS - 1 :])[:_MOST_PART]]
    key = "/".join(parts) or "imported"
    return key if len(key) <= MOST_KEY else f"{parts[0]}/deck-{_digest(name)}"


def to_note_id(raw: str) -> str:
    """Return the note id for an id of another program, always the same.

    A valid note id is returned as it is. Others are escaped, which `to_foreign_id` reverses,
    or replaced by a digest if that is too long.
    """
    if _ID.fullmatch(raw) and not raw.startswith(FOREIGN_PREFIX):
        return raw
    escaped = _ESCAPE.sub(lambda byte: b".%02x" % byte[0][0], raw.encode()).decode()
    is_short = len(FOREIGN_PREFIX) + len(escaped) <= MOST_ID
    return FOREIGN_PREFIX + (escaped if is_short else _digest(raw))


def to_foreign_id(note: str) -> str:
    """Return the id of a note in another program, the reverse of `to_note_id`."""
    if not note.startswith(FOREIGN_PREFIX):
        return note
    data = _ESCAPED.sub(
        lambda escape: chr(int(escape[1], 16)), note.removeprefix(FOREIGN_PREFIX)
    )
    try:
        return data.encode("latin-1").decode()
    except UnicodeDecodeError:
        return note


def is_used_elsewhere(note: str) -> bool:
    """Return whether another source may use the same id for another note.

    Ids that people write, such as `1`, `q-12` or `capital-france`, are unique only within
    their source; random ones, such as the guids of Anki and UUIDs, are unique everywhere.
    """
    raw = to_foreign_id(note)
    if _DIGEST.fullmatch(raw):
        # These digits are random, unless they are the digest of a long id, perhaps a readable one.
        return note.startswith(FOREIGN_PREFIX)
    if _RANDOM.fullmatch(raw):
        return False
    return _BY_HAND.fullmatch(raw) is not None or _SHORT.fullmatch(raw) is None


def to_scoped_id(deck: str, note: str) -> str:
    """Return the id for a note whose own id belongs to a note of another source.

    Args:
        deck: The key of the note's deck.
        note: The note's own id.
    """
    scoped_id = to_id_scope(deck) + note
    if len(scoped_id) <= MOST_ID:
        return scoped_id
    return "s-" + _digest(f"{deck}\n{note}")


@cache
def to_id_scope(deck: str) -> str:
    """Return the prefix of the scoped ids of a deck; those of long ids begin with `s-`."""
    plain = unicodedata.normalize("NFKD", deck).encode("ascii", "ignore").decode()
    label = _NO_PLAIN.sub("-", plain).strip("-_")[:_MOST_LABEL].rstrip("-_")
    return f"{label or 'deck'}-{_digest(deck)[:8]}."


def derive_id(deck: str, wording: str) -> str:
    """Return an id made of a note's deck and wording, for a note without an id."""
    return "w-" + _digest(f"{deck}\n{wording}")


def to_tag(word: str) -> str:
    """Return a word as a tag, without spaces and commas; may be empty."""
    return _NO_TAG.sub("-", word.strip())[:MOST_TAG]


def _to_key_part(part: str) -> str:
    if _PLAIN_PART.fullmatch(part):
        return part
    spelled = _SIGNS.sub(_spell_out, unicodedata.normalize("NFKC", part))
    letters = "".join(
        sign if sign == "_" or is_letter(sign) or is_mark(sign) else "-"
        for sign in normalize_key(spelled)
        if not is_blank_mark(sign)
    )
    plain = _shorten(_HYPHENS.sub("-", _STRAY_MARKS.sub("", letters)).strip("-_"))
    # Nothing remains of a name of signs alone: its digest tells it from others.
    return plain or f"deck-{_digest(part.strip())[:8]}"


def _spell_out(signs: re.Match[str]) -> str:
    return "".join(f"-{_SIGN_NAMES[sign]}-" for sign in signs[0])


def _shorten(part: str, less: int = 0) -> str:
    """Return a part of a key cut to the length of a file's name, with `less` characters free."""
    most_bytes = _MOST_PART_BYTES - less
    if len(part) <= _MOST_PART - less and len(part.encode()) <= most_bytes:
        return part
    end = f"-{_digest(part)[:8]}"
    start = part.encode()[: most_bytes - len(end)].decode(errors="ignore")
    return start[: _MOST_PART - less - len(end)].rstrip("-_") + end


def _to_first_release_part(part: str) -> str:
    if _PLAIN_PART.fullmatch(part):
        return part
    folded = unicodedata.normalize("NFKD", part).casefold()
    plain = folded.encode("ascii", "ignore").decode()
    key_part = _NO_PLAIN.sub("-", plain).strip("-_")[:_MOST_PART]
    return key_part or f"deck-{_digest(part.strip())[:8]}"


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
