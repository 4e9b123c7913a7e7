"""After a wrong answer: the note that was mixed up with this one comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import State
from flashcards.study.queue.load import queue_card

if TYPE_CHECKING:
    from flashcards.study.queue.queue import Queue
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import CurrentCard


def queue_confused_note(
    context: SessionContext, queue: Queue, shown: CurrentCard
) -> None:
    """Let a note come next that a wrong answer took for this one, or that is linked to it."""
    if shown.result is None or shown.result.is_right:
        return
    mixed_up = shown.result.misconceptions
    keys = [*mixed_up, *shown.note.links]
    numbers = context.reader.content.note_numbers(keys) if keys else {}
    for key in keys:
        note_id = numbers.get(key)
        if note_id and queue.bring_up(note_id):
            return
        if note_id and key in mixed_up and _ask_early(context, queue, note_id):
            return


def _ask_early(context: SessionContext, queue: Queue, note_id: int) -> bool:
    """Put a card of a note in front that is not due yet, unless it was seen today."""
    today = context.moment().day
    for row in context.reader.cards.of_note(note_id):
        is_hidden = row.suspended or (row.buried_until or 0) > today
        if row.memory.state is State.REVIEW and not is_hidden:
            if row.memory.last_day == today:
                return False
            queue.put_back(queue_card(row))
            return True
    return False
