"""Changes of a card besides rating it: bury, suspend, restore, mark, report, make due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import State
from flashcards.domain.formatting import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import CardRow
    from flashcards.study.session.context import DeferredRecord, SessionContext


class ActionResult(NamedTuple):
    """A change that was recorded."""

    label: str
    """Such as `Buried mcl-012`."""
    operation_id: int
    card_ids: tuple[int, ...]
    """The cards that it changed or, for a mark or a report, that it is about."""


def bury(
    context: SessionContext, session_record: DeferredRecord, row: CardRow, *, note: bool
) -> ActionResult:
    """Hide a card, or all cards of its note, until the next study day."""
    moment, (name, card_ids) = (
        context.moment(),
        _cards_to_change(context, row, note=note),
    )
    label = f"Buried {name}"
    operation = context.store().bury(
        card_ids,
        moment.day + 1,
        label=label,
        moment=moment,
        record_id=session_record.ensure_id(),
    )
    return ActionResult(label, operation, card_ids)


def suspend(
    context: SessionContext, session_record: DeferredRecord, row: CardRow, *, note: bool
) -> ActionResult:
    """Hide a card, or all cards of its note, until they are restored."""
    name, card_ids = _cards_to_change(context, row, note=note)
    label = f"Suspended {name}"
    operation = context.store().suspend(
        card_ids,
        True,
        label=label,
        moment=context.moment(),
        record_id=session_record.ensure_id(),
    )
    return ActionResult(label, operation, card_ids)


def restore(context: SessionContext, row: CardRow) -> ActionResult:
    """Ask a card again that is suspended or buried."""
    moment, store = context.moment(), context.store()
    label = f"Restored {row.key}"
    cards = (row.card_id,)
    if row.suspended:
        operation = store.suspend(cards, False, label=label, moment=moment)
    else:
        operation = store.bury(cards, moment.day, label=label, moment=moment)
    return ActionResult(label, operation, cards)


def toggle_mark(
    context: SessionContext, session_record: DeferredRecord, row: CardRow
) -> ActionResult:
    """Mark a note, or remove its mark."""
    label = f"{'Unmarked' if row.marked else 'Marked'} {row.note_key}"
    operation = context.store().mark(
        row.note_id,
        not row.marked,
        label=label,
        moment=context.moment(),
        record_id=session_record.ensure_id(),
    )
    return ActionResult(label, operation, (row.card_id,))


def report(
    context: SessionContext, session_record: DeferredRecord, row: CardRow, text: str
) -> ActionResult:
    """Save the learner's report of an error in a note."""
    label = f"Reported {row.note_key}"
    operation = context.store().report(
        row.note_id,
        row.card_id,
        text.strip(),
        label=label,
        moment=context.moment(),
        record_id=session_record.ensure_id(),
    )
    return ActionResult(label, operation, (row.card_id,))


def make_due(
    context: SessionContext, session_record: DeferredRecord, rows: Sequence[CardRow]
) -> ActionResult | None:
    """Make cards due today; return None where all of them are new."""
    card_ids = tuple(row.card_id for row in rows if row.memory.state != State.NEW)
    if not card_ids:
        return None
    label = f"Made {count(len(card_ids), 'card')} due today"
    operation = context.store().make_due(
        card_ids,
        label=label,
        moment=context.moment(),
        record_id=session_record.ensure_id(),
    )
    return ActionResult(label, operation, card_ids)


def _cards_to_change(
    context: SessionContext, row: CardRow, *, note: bool
) -> tuple[str, tuple[int, ...]]:
    if not note:
        return row.key, (row.card_id,)
    siblings = context.reader.cards.of_note(row.note_id)
    return row.note_key, tuple(card.card_id for card in siblings)
