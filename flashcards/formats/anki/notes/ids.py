"""The ids in Anki of the notes, cards and decks of a package."""

from __future__ import annotations

from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from flashcards.formats.anki.package.codes import LATEST_MS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from flashcards.formats.anki.notes.original_notes import OriginalNote

# Ids look like instants from 2001 to 2017, as Anki's own do.
_FIRST_ID, _BLOCKS = 1_000_000_000_000, 5_000_000_000
BLOCK_SIZE = 100
"""Ids of one block: each new note has a block, whose other ids are for its cards."""
END_ID = _FIRST_ID + _BLOCKS * BLOCK_SIZE
"""The first id that no name has."""

_Item = TypeVar("_Item")


def assign_ids(
    items: Iterable[tuple[str, _Item]], used_blocks: Container[int] = ()
) -> list[tuple[int, _Item]]:
    """Return items with unique ids made of their names, whatever their order.

    Args:
        items: Names with items.
        used_blocks: Numbers of blocks that must not be used.
    """
    by_id = sorted(
        ((_to_id(name), name, item) for name, item in items), key=itemgetter(0, 1)
    )
    last = 0
    result = []
    for number, _, item in by_id:
        last = max(number, last + BLOCK_SIZE)
        while last // BLOCK_SIZE in used_blocks:
            last += BLOCK_SIZE
        result.append((last, item))
    return result


class OriginalIds:
    """The ids that notes and cards have in Anki, each used once.

    Anki keeps the reviews of deleted cards, and a card that comes back under its id has
    them again.
    """

    def __init__(self, notes: Iterable[OriginalNote]) -> None:
        """Collect the ids of notes and their cards."""
        self.notes: dict[str, int] = {}
        """The id in Anki by the id of the first of our notes, for notes that have one."""
        self._cards: set[int] = set()
        self._used: set[int] = set()
        self._next = END_ID
        numbers: set[int] = set()
        for note in notes:
            if 0 < note.number < LATEST_MS and note.number not in numbers:
                numbers.add(note.number)
                self.notes[note.notes[0].id] = note.number
            self._cards.update(card.number for card in note.cards)

    def used_blocks(self) -> frozenset[int]:
        """Return the numbers of the blocks that hold an id of a note or card."""
        numbers = {*self._cards, *self.notes.values()}
        return frozenset(number // BLOCK_SIZE for number in numbers)

    def assign_card_id(self, number: int) -> int:
        """Return the id for a card: its id in Anki, or a new one for 0 and for an id in use."""
        if not 0 < number < LATEST_MS or number in self._used:
            number = self._next
            while number in self._cards or number in self._used:
                number += 1
            self._next = number + 1
        self._used.add(number)
        return number


def _to_id(name: str) -> int:
    digest = blake2b(name.encode(errors="replace"), digest_size=8).digest()
    return _FIRST_ID + int.from_bytes(digest) % _BLOCKS * BLOCK_SIZE
