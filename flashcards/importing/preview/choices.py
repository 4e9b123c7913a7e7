"""What a person decides about a plan: decks to leave out, and histories of reworded notes."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.importing.histories.merge import reset_histories, soften_histories
from flashcards.importing.preview.changes import Change
from flashcards.store.comparison.partial_decks import marked_for_reread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flashcards.domain.clock import Moment
    from flashcards.importing.preview.changes import ChangedDeck
    from flashcards.store.comparison.import_changes import DeckChanges, ImportChanges
    from flashcards.store.reader import Reader


class RewordedPolicy(StrEnum):
    """What becomes of the histories of notes that mean something else now."""

    KEEP = "keep"
    SOFTEN = "soften"
    """Half the stability, due today."""
    RESET = "reset"
    """New again; the log stays."""


def without_decks(plan: ImportChanges, keys: Collection[str]) -> ImportChanges:
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
    plan: ImportChanges,
    changes: Iterable[ChangedDeck],
    decision: RewordedPolicy,
    reader: Reader,
    moment: Moment,
) -> ImportChanges:
    """Return a plan that softens or resets the histories of reworded notes.

    Cards of which the files bring a history of their own keep that one.

    Args:
        plan: What an import would do.
        changes: What it changes, note by note.
        decision: What becomes of the histories.
        reader: The store as it is.
        moment: Now.
    """
    if decision is RewordedPolicy.KEEP:
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
    decide = soften_histories if decision is RewordedPolicy.SOFTEN else reset_histories
    return replace(plan, histories=(*plan.histories, *decide(cards, reader, moment)))


def _notes(deck: DeckChanges) -> set[str]:
    content = deck.content.notes if deck.content else ()
    return {note.id for note in content}


def _to_be_read_again(deck: DeckChanges) -> DeckChanges:
    content = deck.content and marked_for_reread(deck.content)
    return replace(deck, content=content)
