"""What a person decides about a plan: which decks to leave out, and what was learnt before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from flashcards.store.plan import DeckPlan, SyncPlan


def without_decks(plan: SyncPlan, keys: Collection[str]) -> SyncPlan:
    """Return a plan that leaves some decks as they are stored.

    Their files are read again next time, whatever else they hold.

    Args:
        plan: What an import would do.
        keys: Keys of the decks to leave out.
    """
    if not keys:
        return plan
    out = [deck for deck in plan.decks if deck.key in keys]
    files = {deck.source for deck in out}
    return replace(
        plan,
        decks=tuple(
            _to_be_read_again(deck) if deck.source in files else deck
            for deck in plan.decks
            if deck.key not in keys
        ),
    )


def _to_be_read_again(deck: DeckPlan) -> DeckPlan:
    content = deck.content and replace(deck.content, digest="")
    return replace(deck, content=content)
