"""Exams that were left unfinished: what is left of them, resuming, and submitting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from flashcards.errors import NothingFoundError
from flashcards.study.quiz.exam import ExamSession
from flashcards.study.session.context import Sitting
from flashcards.study.session.kinds import EXAM

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.store.rows import SittingRow
    from flashcards.study.session.context import Desk

_MINUTE_MS = 60_000


class UnfinishedExam(NamedTuple):
    """An exam of today that has time left."""

    sitting_id: int
    scope: Scope
    ends_at: int
    """The instant at which its time is up, in Unix milliseconds."""
    items: int
    answered: int
    """Items that have an answer."""


def unfinished_exam(desk: Desk) -> UnfinishedExam | None:
    """Return the exam that can be resumed, None where there is none."""
    row = _resumable(desk)
    if row is None:
        return None
    exam = restored_exam(desk, row)
    return UnfinishedExam(
        row.sitting_id, row.scope, exam.ends_at, len(exam.items), exam.answered
    )


def resume_exam(desk: Desk) -> ExamSession:
    """Return the exam that was left, at the item where it was left.

    Raises:
        NothingFoundError: no exam is unfinished, or its time is up.
    """
    row = _resumable(desk)
    if row is None:
        raise NothingFoundError("There is no unfinished exam with time left.")
    return restored_exam(desk, row)


def submit_exams(desk: Desk, *, only_expired: bool = False) -> list[ExamSession]:
    """Submit exams that were left and return those that have an answer, oldest first.

    Their answers become reviews, each at the time at which it was given.

    Args:
        desk: What sessions work with.
        only_expired: Leave the exam alone that can be resumed.
    """
    if not desk.goes_on():
        return []
    resumable = _resumable(desk) if only_expired else None
    return submit_others(desk, resumable)


def submit_others(desk: Desk, spared: SittingRow | None) -> list[ExamSession]:
    """Submit every unfinished exam but one; return those that have an answer."""
    submitted = []
    for row in desk.reader.left_sittings(EXAM):
        if spared is None or row.sitting_id != spared.sitting_id:
            exam = restored_exam(desk, row)
            exam.hand_in()
            submitted.append(exam)
    return [exam for exam in submitted if exam.answered]


def restored_exam(desk: Desk, row: SittingRow) -> ExamSession:
    """Return an exam with the answers that it has so far."""
    return ExamSession(
        desk,
        json.loads(row.items or "[]"),
        sitting=Sitting(made=row.sitting_id),
        ends_at=_end_of(row),
        drafts=row.drafts,
    )


def _resumable(desk: Desk) -> SittingRow | None:
    if not desk.goes_on():
        return None
    moment = desk.moment()
    row = desk.reader.open_sitting(moment.day, EXAM)
    return row if row and _end_of(row) > moment.at else None


def _end_of(row: SittingRow) -> int:
    return row.started_at + round((row.minutes or 0) * _MINUTE_MS)
