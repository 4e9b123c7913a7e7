"""Beginning a quiz or an exam, and going on with one that was cut short."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from flashcards.domain.content import note_from_json
from flashcards.grading.grade import expected_seconds
from flashcards.grading.presentation import GRADED_KINDS, present
from flashcards.study.queue.load import queue_card
from flashcards.study.quiz.exam import ExamSession
from flashcards.study.quiz.quiz import CramQuizSession, QuizQueue, QuizSession
from flashcards.study.quiz.selection import arrange, choose
from flashcards.study.quiz.unfinished import (
    UnfinishedExam,
    restored_exam,
    submit_others,
    unfinished_exam,
)
from flashcards.study.session.context import Sitting
from flashcards.study.session.current_card import Given
from flashcards.study.session.kinds import EXAM, QUIZ

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow, Scope
    from flashcards.store.rows import SittingRow
    from flashcards.study.session.context import Desk

ITEMS = 10
"""Items of a quiz where nobody says how many."""

_PACE = 1.5
"""The time of an exam, in the seconds that its items usually take."""

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class QuizOrder:
    """What kind of quiz is wanted."""

    scope: Scope
    count: int = ITEMS
    exam: bool = False
    seed: int | None = None
    """Decides between cards of like need; None for one of the moment."""
    cram: bool = False
    """Leave the schedule alone."""

    @property
    def kind(self) -> str:
        """How the sitting is called."""
        return EXAM if self.exam else QUIZ


def begin_quiz(
    desk: Desk, order: QuizOrder
) -> QuizSession | CramQuizSession | ExamSession:
    """Return a quiz or an exam.

    One of the same decks, tags, topics and count that was begun today and never left goes
    on at its item. Other exams that were left are submitted first; practice leaves them.
    """
    goes_on = desk.goes_on()
    row = _same(desk, order) if goes_on and not order.cram else None
    if goes_on and not order.cram:
        submit_others(desk, row)
    if row is not None:
        return restored_exam(desk, row) if order.exam else _go_on(desk, row)
    moment = desk.moment()
    seed = moment.at if order.seed is None else order.seed
    items = _chosen(desk, order, seed)
    minutes = _minutes(desk, items) if order.exam else None
    sitting = Sitting()
    if items and not order.cram:
        sitting.made = desk.store().start_sitting(
            kind=order.kind,
            scope=order.scope,
            minutes=minutes,
            card_limit=order.count,
            moment=moment,
            seed=seed,
            items=items,
        )
    if order.exam:
        ends_at = moment.at + round((minutes or 0) * _MINUTE * 1000)
        return ExamSession(
            desk, items, sitting=sitting, ends_at=ends_at, cram=order.cram
        )
    queue = _queue(desk, items)
    if order.cram:
        return CramQuizSession(desk, queue)
    return QuizSession(desk, queue, sitting=sitting)


def exam_to_submit(desk: Desk, order: QuizOrder) -> UnfinishedExam | None:
    """Return the exam with time left that beginning a quiz would submit."""
    exam = unfinished_exam(desk)
    if exam is None or order.cram:
        return None
    row = _same(desk, order)
    return None if row and row.sitting_id == exam.sitting_id else exam


def _same(desk: Desk, order: QuizOrder) -> SittingRow | None:
    row = desk.reader.open_sitting(desk.moment().day, order.kind)
    if row is None or row.scope != order.scope or row.card_limit != order.count:
        return None
    return row if order.seed in (None, row.seed) else None


def _chosen(desk: Desk, order: QuizOrder, seed: int) -> list[int]:
    day = desk.moment().day
    chosen = choose(
        desk.reader.quiz_cards(day, order.scope, GRADED_KINDS),
        day=day,
        count=order.count,
        seed=seed,
        recall=desk.scheduler("").retrievability_of,
    )
    links = desk.reader.linked_notes([one.card.note_id for one in chosen])
    asked = [card.card_id for card in arrange(chosen, links)]
    return [card_id for card_id in asked if desk.reader.sound_card(card_id)]


def _minutes(desk: Desk, items: list[int]) -> float:
    seconds = 0.0
    for card_id in items:
        row = desk.reader.card(card_id)
        note = note_from_json(row.content)
        shown = present(note, row.face, row.key, row.memory.reps)
        seconds += expected_seconds(note, shown)
    return float(ceil(seconds * _PACE / _MINUTE))


def _go_on(desk: Desk, row: SittingRow) -> QuizSession:
    given = [
        Given.of_review(card, review)
        for review in desk.reader.sitting_reviews(row.sitting_id)
        if (card := desk.reader.sound_card(review.card_id))
    ]
    answered = {one.card_id for one in given}
    items = [card_id for card_id in _items(row) if card_id not in answered]
    return QuizSession(
        desk,
        _queue(desk, items),
        sitting=Sitting(made=row.sitting_id),
        given=given,
        first_card_id=row.current_card_id,
    )


def _items(row: SittingRow) -> list[int]:
    return list(json.loads(row.items or "[]"))


def _queue(desk: Desk, items: list[int]) -> QuizQueue:
    day = desk.moment().day
    rows = [desk.reader.sound_card(card_id) for card_id in items]
    cards = [queue_card(row) for row in rows if row and _can_be_asked(row, day)]
    return QuizQueue(cards, day=day)


def _can_be_asked(row: CardRow, day: int) -> bool:
    is_buried = row.buried_until is not None and row.buried_until > day
    return not (row.retired or row.suspended or is_buried)
