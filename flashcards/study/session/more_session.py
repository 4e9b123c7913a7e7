"""A session over cards beyond today's, which leaves the figure for today alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.cards import SessionKind
from flashcards.study.queue.cards_left import CardsLeft, QueueCounts
from flashcards.study.queue.more_cards import load_more_queue
from flashcards.study.session.card_source import CardSource
from flashcards.study.session.context import DeferredRecord
from flashcards.study.session.session import ReviewSession
from flashcards.study.session.session_log import SessionLog

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.study.queue.more_cards import MoreCards
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import Summary


class MoreSession(ReviewSession):
    """A review session over cards beyond today's, until their learning steps are done."""

    kind = SessionKind.MORE

    def summarize(self) -> Summary:
        """Return the summary of the session so far; nothing of it is left for today."""
        nothing = CardsLeft(QueueCounts(0, 0, 0))
        return replace(super().summarize(), ending="extra", left=nothing)


def start_more(
    context: SessionContext, scope: Scope, request: MoreCards
) -> MoreSession:
    """Return a session over cards beyond today's; see `load_more_queue`."""
    moment = context.moment()
    queue = load_more_queue(context.reader, context.settings, scope, moment, request)

    def create_record() -> int:
        return context.store().start_session_record(
            kind=SessionKind.MORE,
            scope=scope,
            minutes=None,
            card_limit=request.number,
            moment=moment,
        )

    log = SessionLog(context, DeferredRecord(create_record))
    return MoreSession(context, CardSource(context, queue, own_cards_only=True), log)
