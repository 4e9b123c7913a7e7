"""One deck of what several files bring for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.content import Problem
from flashcards.store.partial import to_be_read_again

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.content import DeckContent


def joined(
    decks: Iterable[DeckContent],
) -> tuple[list[DeckContent], list[Problem]]:
    """Return each deck once, with the notes of all files that bring some for it.

    Of a note that several files have, the last one counts; a problem tells of files whose
    notes do not count for that reason and said something else.
    """
    found: dict[str, DeckContent] = {}
    problems: list[Problem] = []
    for deck in decks:
        before = found.get(deck.key)
        if before is None:
            found[deck.key] = deck
            continue
        notes = {note.id: note for note in before.notes}
        overruled = sum(
            note.id in notes and notes[note.id] != note for note in deck.notes
        )
        if overruled:
            problems.append(_overruled(before, deck, overruled))
        notes |= {note.id: note for note in deck.notes}
        found[deck.key] = replace(
            deck,
            notes=tuple(notes.values()),
            digest=deck.digest if before.digest else to_be_read_again(deck).digest,
            derived_ids=before.derived_ids | deck.derived_ids,
        )
    return list(found.values()), problems


def _overruled(before: DeckContent, deck: DeckContent, notes: int) -> Problem:
    told = "1 note is" if notes == 1 else f"{notes:,} notes are"
    return Problem(
        severity="warning",
        path=before.path,
        line=0,
        column=0,
        rule="in-several-files",
        message=f"{told} in {deck.path} too, in other words, which count. "
        "Import the files one by one, the one that is right last.",
    )
