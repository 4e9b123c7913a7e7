"""Explain in a sentence why a card is due, or when it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Reason, State
from flashcards.domain.formatting import count, percent, relative_day

if TYPE_CHECKING:
    from flashcards.domain.cards import Anchor, CardRow, Memory

_ANCHORED = {
    Reason.SOFTEN: "the note was reworded and its stability was halved",
    Reason.DUE: "you made it due",
    Reason.IMPORT: "the imported file says so",
}
"""Why a due day differs from the one that the reviews lead to."""
_ROUNDING = 0.005


def explain_due(
    row: CardRow,
    day: int,
    recall: float | None,
    desired_retention: float,
    anchor: Anchor | None = None,
) -> str:
    """Return the reason in one or two sentences.

    Args:
        row: The card.
        day: The study day.
        recall: The chance of recall on that day; None for a card never reviewed.
        desired_retention: The chance of recall at which the deck schedules reviews.
        anchor: The newest anchor of the card, unless a review came after it.
    """
    if hidden := explain_hidden(row, day):
        return hidden
    memory = row.memory
    reason = anchor.reason if anchor else None
    if memory.state is State.NEW or memory.due_day is None:
        if reason is Reason.RESET:
            return "New again: its memory was reset."
        return "New: not asked yet."
    if memory.state is not State.REVIEW:
        return _explain_step(memory, day, reason)
    share = percent(recall) if recall is not None else ""
    if memory.due_day > day:
        when = relative_day(memory.due_day, day)
        known = f"predicted recall is {share}, and " if share else ""
        return f"Not due: {known}the card comes back {when}."
    if reason in _ANCHORED:
        known = f" Predicted recall is {share}." if share else ""
        return f"Due because {_ANCHORED[reason]}.{known}"
    if recall is not None and recall < desired_retention + _ROUNDING:
        return f"Due today because predicted recall fell to {share}."
    known = f": predicted recall is {share}" if share else ""
    return f"Due today after {count(memory.interval_days, 'day')}{known}."


def explain_hidden(row: CardRow, day: int) -> str:
    """Return why a card is never asked; empty where it can be asked."""
    if row.retired:
        return "Retired: the note is no longer in its deck file."
    if row.suspended:
        return "Suspended: restore it with `flashcards card ID --restore`."
    if row.buried_until is not None and row.buried_until > day:
        return "Buried: it comes back on the next study day."
    return ""


def _explain_step(memory: Memory, day: int, reason: Reason | None) -> str:
    state = "Relearning" if memory.state is State.RELEARNING else "Learning"
    when = relative_day(max(memory.due_day or day, day), day)
    if when == "today" and reason in (Reason.SOFTEN, Reason.DUE):
        return f"{state}: asked today because {_ANCHORED[reason]}."
    return f"{state}: the next step is {when}."
