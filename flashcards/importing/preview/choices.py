"""What a person decides about a plan: decks to leave out, and histories of reworded notes."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.importing.histories.merge import reset, softened
from flashcards.importing.preview.changes import Change
from flashcards.store.planning.partial_decks import to_be_read_again

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.clock import Moment
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.store.planning.import_plan import DeckPlan, SyncPlan
    from flashcards.store.reader import Reader


class Reworded(StrEnum):
    """What becomes of the histories of notes that mean something else now."""

    KEEP = "keep"
    SOFTEN = "soften"
    """Half the stability, due today."""
    RESET = "reset"
    """New again; the log stays."""


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
    files = {deck.source for deck in out if deck.source}
    notes = {note for deck in out for note in _notes(deck)}
    return replace(
        plan,
        decks=tuple(
            _to_be_read_again(deck) if deck.source in files else deck
            for deck in plan.decks
            if deck.key not in keys
        ),
        histories=tuple(
            card for card in plan.histories if note_key_of(card.card) not in notes
        ),
        marked=plan.marked - notes,
    )


def with_decision(
    plan: SyncPlan,
    changes: Iterable[ChangedDeck],
    decision: Reworded,
    reader: Reader,
    moment: Moment,
) -> SyncPlan:
    """Return a plan that softens or resets the histories of reworded notes.

    Cards of which the files bring a history of their own keep that one.

    Args:
        plan: What an import would do.
        changes: What it changes, note by note.
        decision: What becomes of the histories.
        reader: The store as it is.
        moment: Now.
    """
    if decision is Reworded.KEEP:
        return plan
    brought = {card.card for card in plan.histories}
    kept = {deck.key for deck in plan.decks}
    cards = [
        card
        for deck in changes
        if deck.deck in kept
        for note in deck.notes
        if note.change is Change.REWORDED
        for card in note.cards
        if card not in brought
    ]
    decide = softened if decision is Reworded.SOFTEN else reset
    return replace(plan, histories=(*plan.histories, *decide(cards, reader, moment)))


def _notes(deck: DeckPlan) -> set[str]:
    content = deck.content.notes if deck.content else ()
    return {note.id for note in content}


def _to_be_read_again(deck: DeckPlan) -> DeckPlan:
    content = deck.content and to_be_read_again(deck.content)
    return replace(deck, content=content)
