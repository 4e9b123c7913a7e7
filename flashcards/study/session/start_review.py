"""Start a review session, or resume one that a crash interrupted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flashcards.domain.cards import SessionKind
from flashcards.study.queue.day_budget import has_day_budget
from flashcards.study.queue.load import load_cram_queue, load_queue, to_queue_card
from flashcards.study.queue.queue import Queue
from flashcards.study.session.card_source import CardSource
from flashcards.study.session.context import DeferredRecord
from flashcards.study.session.current_card import LoggedAnswer
from flashcards.study.session.session import ReviewSession
from flashcards.study.session.session_log import PracticeLog, SessionLog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.cards import Scope
    from flashcards.domain.clock import Moment
    from flashcards.store.rows import SessionRow
    from flashcards.study.session.context import Budget, SessionContext


def start_review(
    context: SessionContext, scope: Scope, budget: Budget
) -> ReviewSession:
    """Return a review session over the cards that are due.

    A session of the same decks, tags and budget that was started today and never left is
    resumed: at its card, with its answers and minutes counted.
    """
    moment = context.moment()
    if budget.is_day and not _is_planned(context, scope, moment.day):
        # The day's minutes say nothing about decks outside of the plan.
        budget = replace(budget, is_day=False, minutes=context.settings.minutes)
    minutes = 0 if budget.is_day else budget.minutes
    queue = load_queue(context.reader, context.settings, scope, moment, minutes=minutes)
    # Called in any case: it also claims the session, so that no other window resumes it.
    may_resume = context.may_resume()
    row = context.reader.log.unfinished_session_record(moment.day)
    if may_resume and row is not None and _is_same_session(row, scope, budget):
        return _resume(context, queue, row, budget)
    opening = partial(_create_record, context, scope, budget, moment)
    log = SessionLog(context, DeferredRecord(opening))
    return ReviewSession(context, CardSource(context, queue, budget), log)


def start_cram(context: SessionContext, scope: Scope, budget: Budget) -> ReviewSession:
    """Return a practice of every card in scope, the least likely to be recalled first."""
    # The minutes of a plan's day say nothing about practice.
    budget = replace(budget, is_day=False)
    queue = load_cram_queue(context.reader, scope, context.moment().day)
    return _build_practice(context, queue, budget)


def start_practice(context: SessionContext, card_ids: Sequence[int]) -> ReviewSession:
    """Return a practice of certain cards, in this order."""
    rows = [context.reader.cards.get_sound(card_id) for card_id in card_ids]
    cards = [to_queue_card(row) for row in rows if row]
    return _build_practice(context, Queue(cards, day=context.moment().day))


def load_answers(context: SessionContext, row: SessionRow) -> list[LoggedAnswer]:
    """Return the answers of a session record, oldest first."""
    return [
        LoggedAnswer.from_review(card, review)
        for review in context.reader.log.session_reviews(row.record_id)
        if (card := context.reader.cards.get_sound(review.card_id))
    ]


def _is_planned(context: SessionContext, scope: Scope, day: int) -> bool:
    plan = context.reader.plan.load()
    if plan is None or not has_day_budget(plan, day):
        return False
    from flashcards.study.queue.date_queue import scope_in_plan

    decks = list(context.reader.cards.deck_keys().values())
    return bool(scope_in_plan(plan, scope, decks).decks)


def _build_practice(
    context: SessionContext, queue: Queue, budget: Budget | None = None
) -> ReviewSession:
    source = CardSource(context, queue, budget)
    return ReviewSession(context, source, PracticeLog(context))


def _create_record(
    context: SessionContext, scope: Scope, budget: Budget, moment: Moment
) -> int:
    return context.store().start_session_record(
        kind=SessionKind.REVIEW,
        scope=scope,
        minutes=budget.minutes or None,
        card_limit=budget.cards or None,
        moment=moment,
    )


def _is_same_session(row: SessionRow, scope: Scope, budget: Budget) -> bool:
    return (
        row.kind == SessionKind.REVIEW
        and row.scope == scope
        and (row.minutes or 0) == budget.minutes
        and (row.card_limit or 0) == budget.cards
    )


def _resume(
    context: SessionContext, queue: Queue, row: SessionRow, budget: Budget
) -> ReviewSession:
    session_record = DeferredRecord(record_id=row.record_id)
    log = SessionLog(context, session_record, load_answers(context, row))
    source = CardSource(context, queue, budget)
    return ReviewSession(context, source, log, row.current_card_id)
