"""What a learner does to a card besides rating it: bury, suspend, mark, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import State
from flashcards.domain.formatting import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import CardRow
    from flashcards.study.session.context import Desk, Sitting


class Change(NamedTuple):
    """A change that was kept."""

    label: str
    """Such as `Buried mcl-012`."""
    operation_id: int
    card_ids: tuple[int, ...]
    """The cards it was about."""


def bury(desk: Desk, sitting: Sitting, row: CardRow, *, note: bool) -> Change:
    """Hide a card, or all cards of its note, until the next study day."""
    moment, (name, card_ids) = desk.moment(), _meant(desk, row, note=note)
    label = f"Buried {name}"
    operation = desk.store().bury(
        card_ids,
        moment.day + 1,
        label=label,
        moment=moment,
        sitting_id=sitting.row_id(),
    )
    return Change(label, operation, card_ids)


def suspend(desk: Desk, sitting: Sitting, row: CardRow, *, note: bool) -> Change:
    """Hide a card, or all cards of its note, until they are restored."""
    name, card_ids = _meant(desk, row, note=note)
    label = f"Suspended {name}"
    operation = desk.store().suspend(
        card_ids,
        True,
        label=label,
        moment=desk.moment(),
        sitting_id=sitting.row_id(),
    )
    return Change(label, operation, card_ids)


def restore(desk: Desk, row: CardRow) -> Change:
    """Let a card be asked again that is suspended or buried."""
    moment, store = desk.moment(), desk.store()
    label = f"Restored {row.key}"
    cards = (row.card_id,)
    if row.suspended:
        operation = store.suspend(cards, False, label=label, moment=moment)
    else:
        operation = store.bury(cards, moment.day, label=label, moment=moment)
    return Change(label, operation, cards)


def toggle_mark(desk: Desk, sitting: Sitting, row: CardRow) -> Change:
    """Mark a note, or take its mark off."""
    label = f"{'Unmarked' if row.marked else 'Marked'} {row.note_key}"
    operation = desk.store().mark(
        row.note_id,
        not row.marked,
        label=label,
        moment=desk.moment(),
        sitting_id=sitting.row_id(),
    )
    return Change(label, operation, (row.card_id,))


def report(desk: Desk, sitting: Sitting, row: CardRow, text: str) -> Change:
    """Keep the learner's word that a note is wrong."""
    label = f"Reported {row.note_key}"
    operation = desk.store().report(
        row.note_id,
        row.card_id,
        text.strip(),
        label=label,
        moment=desk.moment(),
        sitting_id=sitting.row_id(),
    )
    return Change(label, operation, (row.card_id,))


def make_due(desk: Desk, sitting: Sitting, rows: Sequence[CardRow]) -> Change | None:
    """Make cards due today; None where none of them was ever seen."""
    card_ids = tuple(row.card_id for row in rows if row.memory.state != State.NEW)
    if not card_ids:
        return None
    label = f"Made {count(len(card_ids), 'card')} due today"
    operation = desk.store().make_due(
        card_ids, label=label, moment=desk.moment(), sitting_id=sitting.row_id()
    )
    return Change(label, operation, card_ids)


def _meant(desk: Desk, row: CardRow, *, note: bool) -> tuple[str, tuple[int, ...]]:
    if not note:
        return row.key, (row.card_id,)
    siblings = desk.reader.cards_of_note(row.note_id)
    return row.note_key, tuple(card.card_id for card in siblings)
