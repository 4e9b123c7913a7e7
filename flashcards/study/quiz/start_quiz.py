"""Start a quiz or an exam, or resume one that was interrupted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from flashcards.domain.cards import SessionKind
from flashcards.domain.note_json import note_from_json
from flashcards.grading.grade import expected_seconds
from flashcards.grading.presentation import GRADED_KINDS, present
from flashcards.study.queue.load import to_queue_card
from flashcards.study.queue.queue import Queue
from flashcards.study.quiz.exam import ExamSession
from flashcards.study.quiz.quiz import QuizSession
from flashcards.study.quiz.selection import order_cards, select_cards
from flashcards.study.quiz.unfinished import (
    UnfinishedExam,
    find_unfinished_exam,
    restore_exam,
    submit_other_exams,
)
from flashcards.study.session.card_source import CardSource
from flashcards.study.session.context import DeferredRecord
from flashcards.study.session.session_log import PracticeLog, SessionLog
from flashcards.study.session.start_review import load_answers

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow, Scope
    from flashcards.store.rows import SessionRow
    from flashcards.study.session.context import SessionContext

ITEMS = 10
"""Items of a quiz by default."""

_PACE = 1.5
"""The time of an exam over the seconds that its items usually take."""

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class QuizOptions:
    """Which items a quiz asks, how many and how."""

    scope: Scope
    count: int = ITEMS
    exam: bool = False
    seed: int | None = None
    """Decides between cards of equal need; None for a seed from the clock."""
    cram: bool = False
    """Leave the schedule alone."""

    @property
    def kind(self) -> str:
        """The kind of the session."""
        return SessionKind.EXAM if self.exam else SessionKind.QUIZ


def start_quiz(
    context: SessionContext, options: QuizOptions
) -> QuizSession | ExamSession:
    """Return a quiz or an exam.

    One of the same decks, tags, topics and count that was started today and never left is
    resumed at its item. Other unfinished exams are submitted first, except before practice.
    """
    may_resume = context.may_resume()
    row = (
        _find_interrupted(context, options) if may_resume and not options.cram else None
    )
    if may_resume and not options.cram:
        submit_other_exams(context, row)
    if row is not None:
        return restore_exam(context, row) if options.exam else _resume(context, row)
    moment = context.moment()
    seed = moment.at if options.seed is None else options.seed
    items = _choose_items(context, options, seed)
    minutes = _compute_minutes(context, items) if options.exam else None
    session_record = DeferredRecord()
    if items and not options.cram:
        session_record.record_id = context.store().start_session_record(
            kind=options.kind,
            scope=options.scope,
            minutes=minutes,
            card_limit=options.count,
            moment=moment,
            seed=seed,
            items=items,
        )
    if options.exam:
        ends_at = moment.at + round((minutes or 0) * _MINUTE * 1000)
        return ExamSession(
            context,
            items,
            session_record=session_record,
            ends_at=ends_at,
            cram=options.cram,
        )
    log = (
        PracticeLog(context)
        if options.cram
        else SessionLog(context, session_record, own_steps_only=True)
    )
    return QuizSession(context, _build_source(context, items), log)


def find_exam_to_submit(
    context: SessionContext, options: QuizOptions
) -> UnfinishedExam | None:
    """Return the exam with time left that starting a quiz would submit."""
    exam = find_unfinished_exam(context)
    if exam is None or options.cram:
        return None
    row = _find_interrupted(context, options)
    return None if row and row.record_id == exam.record_id else exam


def _find_interrupted(
    context: SessionContext, options: QuizOptions
) -> SessionRow | None:
    row = context.reader.log.unfinished_session_record(
        context.moment().day, options.kind
    )
    if row is None or row.scope != options.scope or row.card_limit != options.count:
        return None
    return row if options.seed in (None, row.seed) else None


def _choose_items(
    context: SessionContext, options: QuizOptions, seed: int
) -> list[int]:
    day = context.moment().day
    chosen = select_cards(
        context.reader.queue.for_quiz(day, options.scope, GRADED_KINDS),
        day=day,
        count=options.count,
        seed=seed,
        recall=context.scheduler("").retrievability_of,
    )
    links = context.reader.queue.linked_notes(
        [quiz_card.card.note_id for quiz_card in chosen]
    )
    asked = [card.card_id for card in order_cards(chosen, links)]
    return [card_id for card_id in asked if context.reader.cards.get_sound(card_id)]


def _compute_minutes(context: SessionContext, items: list[int]) -> float:
    seconds = 0.0
    for card_id in items:
        row = context.reader.cards.get(card_id)
        note = note_from_json(row.content)
        presentation = present(note, row.face, row.key, row.memory.reps)
        seconds += expected_seconds(note, presentation)
    return float(ceil(seconds * _PACE / _MINUTE))


def _resume(context: SessionContext, row: SessionRow) -> QuizSession:
    answers = load_answers(context, row)
    answered = {answer.card_id for answer in answers}
    items = [card_id for card_id in _item_ids(row) if card_id not in answered]
    session_record = DeferredRecord(record_id=row.record_id)
    log = SessionLog(context, session_record, answers, own_steps_only=True)
    return QuizSession(context, _build_source(context, items), log, row.current_card_id)


def _item_ids(row: SessionRow) -> list[int]:
    return list(json.loads(row.items or "[]"))


def _build_source(context: SessionContext, items: list[int]) -> CardSource:
    day = context.moment().day
    rows = [context.reader.cards.get_sound(card_id) for card_id in items]
    cards = [to_queue_card(row) for row in rows if row and _can_be_asked(row, day)]
    return CardSource(
        context, Queue(cards, day=day, repeats=False), own_cards_only=True
    )


def _can_be_asked(row: CardRow, day: int) -> bool:
    is_buried = row.buried_until is not None and row.buried_until > day
    return not (row.retired or row.suspended or is_buried)
