"""Saves an answer: the new memory of the card, the review, and the operation."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from flashcards.domain.cards import Answer
from flashcards.errors import CardChangedError
from flashcards.store.tables.model import (
    MEMORY_COLUMNS,
    Card,
    Review,
    SessionRecord,
    table_of,
)
from flashcards.store.tables.uid import new_uid
from flashcards.store.writing import before_after
from flashcards.store.writing.before_after import memory_values
from flashcards.store.writing.operations import REVIEW, Heading, add

_CARDS = table_of(Card)
_REVIEWS = table_of(Review)
_SITTINGS = table_of(SessionRecord)

_SEEN = ("state", "stability", "due_day", "due_at", "reps")
"""Columns that show whether a card changed since it was shown."""

_LEECH = select(_CARDS.c.leech).where(
    _CARDS.c.id == bindparam("card"),
    _CARDS.c.key == bindparam("key"),
    *(_CARDS.c[name].is_not_distinct_from(bindparam(f"seen_{name}")) for name in _SEEN),
)
_UPDATE = (
    update(_CARDS)
    .where(_CARDS.c.id == bindparam("card"))
    .values({name: bindparam(f"new_{name}") for name in before_after.REVIEWED})
)
_NEXT = (
    update(_SITTINGS)
    .where(_SITTINGS.c.id == bindparam("sitting"))
    .values(current_card_id=bindparam("card"))
)


def record(
    connection: Connection,
    answer: Answer,
    *,
    record_id: int | None,
    next_card_id: int | None,
    label: str,
) -> int:
    """Save an answer and return the id of its operation.

    Raises:
        CardChangedError: The card was changed since it was shown.
    """
    was_leech = _leech_of(connection, answer)
    is_leech = was_leech or answer.leech
    before = [*memory_values(answer.before), was_leech]
    after = [*memory_values(answer.after), is_leech]
    new_values = {
        f"new_{name}": v for name, v in zip(before_after.REVIEWED, after, strict=True)
    }
    connection.execute(_UPDATE, {"card": answer.card_id, **new_values})
    image = before_after.change(
        "cards",
        before_after.REVIEWED,
        [[answer.card_id, *before]],
        [[answer.card_id, *after]],
    )
    heading = Heading(REVIEW, label, answer.at, answer.day, record_id)
    operation_id = add(connection, heading, {"changes": [image]})
    connection.execute(insert(_REVIEWS), _review(answer, record_id, operation_id))
    if record_id is not None:
        connection.execute(_NEXT, {"sitting": record_id, "card": next_card_id})
    return operation_id


def _leech_of(connection: Connection, answer: Answer) -> bool:
    before = dict(zip(MEMORY_COLUMNS, memory_values(answer.before), strict=True))
    seen = {f"seen_{name}": before[name] for name in _SEEN}
    row = connection.execute(
        _LEECH, {"card": answer.card_id, "key": answer.key, **seen}
    ).first()
    if row is None:
        raise CardChangedError(
            "This card was answered in another window meanwhile, so this answer was not saved."
        )
    return bool(row[0])


def _review(
    answer: Answer, record_id: int | None, operation_id: int
) -> dict[str, object]:
    return {
        "uid": new_uid(answer.at),
        "card_id": answer.card_id,
        "sitting_id": record_id,
        "operation_id": operation_id,
        "reviewed_at": answer.at,
        "study_day": answer.day,
        "rating": int(answer.rating),
        "duration_ms": answer.duration_ms,
        "state": int(answer.before.state),
        "interval_seconds": answer.after.interval_seconds,
        "answer": answer.given,
    }
