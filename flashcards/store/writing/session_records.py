"""Write session records: start one, save its current card, finish it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from flashcards.domain.cards import Scope
from flashcards.domain.clock import Moment
from flashcards.store.tables.model import SessionRecord, table_of
from flashcards.store.tables.uid import new_uid

_SITTINGS = table_of(SessionRecord)


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
    """Add a sitting and return its number."""
    result = connection.execute(
        insert(_SITTINGS),
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


def save_drafts(connection: Connection, sitting_id: int, drafts: str) -> None:
    """Keep the answers that an exam holds so far."""
    connection.execute(
        update(_SITTINGS).where(_SITTINGS.c.id == sitting_id).values(drafts=drafts)
    )


def finish(connection: Connection, sitting_id: int, at: int) -> None:
    """End a sitting."""
    _update(
        connection,
        sitting_id,
        finished_at=at,
        current_card_id=None,
    )


def _update(connection: Connection, sitting_id: int, **values: int | None) -> None:
    connection.execute(
        update(_SITTINGS).where(_SITTINGS.c.id == sitting_id).values(**values)
    )
