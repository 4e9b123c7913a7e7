"""How many new cards and reviews are still allowed today, over the tree of decks.

A limit belongs to a deck key or to a prefix of deck keys, and caps everything below it: with 5 new cards a day for `metrics`, its decks share those 5. The empty key is the
whole collection. What was already done today is taken off.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping


class DoneToday(Protocol):
    """Cards of one deck that were reviewed today."""

    @property
    def new(self) -> int:
        """Cards seen for the first time."""

    @property
    def reviews(self) -> int:
        """Reviews of cards in Review."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """New cards and reviews that today's limits still allow."""

    chains: Mapping[int, tuple[str, ...]]
    """For each deck id the limited keys above it, from the whole collection to the deck."""
    new: Mapping[str, int]
    """New cards left below each limited key."""
    reviews: Mapping[str, int]
    """Reviews left below each limited key."""

    def new_gate(self) -> Gate:
        """Return a gate that lets the allowed new cards through."""
        return Gate(self.chains, self.new)

    def review_gate(self) -> Gate:
        """Return a gate that lets the allowed reviews through."""
        return Gate(self.chains, self.reviews)


class Gate:
    """Lets cards through as long as every limited key above their deck has room."""

    def __init__(
        self, chains: Mapping[int, tuple[str, ...]], room: Mapping[str, int]
    ) -> None:
        self._chains = chains
        self._room = dict(room)
        self._full = {key for key, left in room.items() if left <= 0}

    @property
    def is_closed(self) -> bool:
        """Whether no card can pass any more."""
        return "" in self._full

    def has_room(self, deck_id: int) -> bool:
        """Return whether a card of this deck may pass."""
        return not self._full or self._full.isdisjoint(self._chains[deck_id])

    def admit(self, deck_id: int) -> None:
        """Count a card of this deck that passes."""
        for key in self._chains[deck_id]:
            self._room[key] -= 1
            if self._room[key] <= 0:
                self._full.add(key)


def compute_allowance(
    decks: Mapping[int, str],
    limits: Mapping[str, tuple[int, int]],
    done: Mapping[int, DoneToday],
) -> Allowance:
    """Return the new cards and reviews that today's limits still allow.

    Args:
        decks: The key of every deck id.
        limits: New cards and reviews a day by deck key or prefix; "" is the whole collection.
        done: What was done today, by deck id.
    """
    chains = {
        deck_id: tuple(key for key in ("", *list_prefixes(deck)) if key in limits)
        for deck_id, deck in decks.items()
    }
    new = {key: limit for key, (limit, _) in limits.items()}
    reviews = {key: limit for key, (_, limit) in limits.items()}
    for deck_id, count in done.items():
        for key in chains.get(deck_id, ("",)):
            new[key] -= count.new
            reviews[key] -= count.reviews
    return Allowance(chains, _clip_at_zero(new), _clip_at_zero(reviews))


def cap_counts(counts: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
    """Return how many of the counted cards today's limits let through, for every key.

    The result has every deck, every prefix of its key and the whole (""), each at most its
    room and at most the sum of the keys below it.

    Args:
        counts: Cards by deck key.
        room: `Allowance.new` or `Allowance.reviews`.
    """
    below: defaultdict[str, int] = defaultdict(int, counts)
    keys = {prefix for deck in counts for prefix in list_prefixes(deck)}
    result: dict[str, int] = {}
    # Deepest first, so that the sum below a key is complete when the key is reached.
    for key in sorted(keys, key=lambda key: (-key.count("/"), key)):
        result[key] = min(below[key], room.get(key, below[key]))
        below[key.rpartition("/")[0]] += result[key]
    result[""] = min(below[""], room.get("", below[""]))
    return result


def _clip_at_zero(room: Mapping[str, int]) -> dict[str, int]:
    return {key: max(0, left) for key, left in room.items()}
