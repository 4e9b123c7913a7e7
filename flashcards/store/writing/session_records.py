"""Write session records: start one, save its current card, finish it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from flashcards.domain.cards import Scope
from flashcards.domain.clock import Moment
from flashcards.store.tables.model import SessionRecord, table_of
from flashcards.store.tables.uid import new_uid

_SESSION_RECORDS = table_of(SessionRecord)


def start(
    connection: Connection,
    *,
    kind: str,
    scope: Scope,
    minutes: float | None,
    card_limit: int | None,
    moment: Moment,
    seed: int | None = None,
    items: Sequence[int] | None = None,
) -> int:
    """Add a session record and return its id."""
    result = connection.execute(
        insert(_SESSION_RECORDS),
        {
            "uid": new_uid(moment.at),
            "kind": kind,
            "scope": json.dumps(
                {"decks": scope.decks, "tags": scope.tags, "topics": scope.topics},
                ensure_ascii=False,
            ),
            "minutes": minutes,
            "card_limit": card_limit,
            "started_at": moment.at,
            "study_day": moment.day,
            "seed": seed,
            "items": None if items is None else json.dumps(list(items)),
        },
    )
    return int(result.lastrowid)


def save_drafts(connection: Connection, record_id: int, drafts: str) -> None:
    """Save the answers of an exam so far."""
    connection.execute(
        update(_SESSION_RECORDS)
        .where(_SESSION_RECORDS.c.id == record_id)
        .values(drafts=drafts)
    )


def finish(connection: Connection, record_id: int, at: int) -> None:
    """Mark a session record as finished."""
    _update(
        connection,
        record_id,
        finished_at=at,
        current_card_id=None,
    )


def _update(connection: Connection, record_id: int, **values: int | None) -> None:
    connection.execute(
        update(_SESSION_RECORDS)
        .where(_SESSION_RECORDS.c.id == record_id)
        .values(**values)
    )
