"""Unfinished exams: find, resume and submit them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import SessionKind
from flashcards.errors import NothingFoundError
from flashcards.study.quiz.exam import ExamSession
from flashcards.study.session.context import DeferredRecord

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.store.rows import SessionRow
    from flashcards.study.session.context import SessionContext

_MINUTE_MS = 60_000


class UnfinishedExam(NamedTuple):
    """An exam of today that has time left."""

    record_id: int
    scope: Scope
    ends_at: int
    """The instant at which its time is up, in Unix milliseconds."""
    items: int
    answered: int
    """Items that have an answer."""


def find_unfinished_exam(context: SessionContext) -> UnfinishedExam | None:
    """Return the exam of today that can be resumed, None where there is none."""
    row = _find_resumable(context)
    if row is None:
        return None
    exam = restore_exam(context, row)
    return UnfinishedExam(
        row.record_id, row.scope, exam.ends_at, len(exam.items), exam.answered_count
    )


def resume_exam(context: SessionContext) -> ExamSession:
    """Return the unfinished exam, at the item where it was left.

    Raises:
        NothingFoundError: no exam is unfinished, or its time is up.
    """
    row = _find_resumable(context)
    if row is None:
        raise NothingFoundError("There is no unfinished exam with time left.")
    return restore_exam(context, row)


def submit_exams(
    context: SessionContext, *, only_expired: bool = False
) -> list[ExamSession]:
    """Submit unfinished exams and return those that have an answer, oldest first.

    Their answers become reviews, each at the time at which it was given.

    Args:
        context: What sessions work with.
        only_expired: Do not submit the exam that can be resumed.
    """
    if not context.may_resume():
        return []
    resumable = _find_resumable(context) if only_expired else None
    return submit_other_exams(context, resumable)


def submit_other_exams(
    context: SessionContext, excluded: SessionRow | None
) -> list[ExamSession]:
    """Submit every unfinished exam but one; return those that have an answer."""
    submitted = []
    for row in context.reader.log.unfinished_session_records(SessionKind.EXAM):
        if excluded is None or row.record_id != excluded.record_id:
            exam = restore_exam(context, row)
            exam.submit()
            submitted.append(exam)
    return [exam for exam in submitted if exam.answered_count]


def restore_exam(context: SessionContext, row: SessionRow) -> ExamSession:
    """Return an exam as its drafts have it."""
    return ExamSession(
        context,
        json.loads(row.items or "[]"),
        session_record=DeferredRecord(record_id=row.record_id),
        ends_at=_end_instant(row),
        drafts=row.drafts,
    )


def _find_resumable(context: SessionContext) -> SessionRow | None:
    if not context.may_resume():
        return None
    moment = context.moment()
    row = context.reader.log.unfinished_session_record(moment.day, SessionKind.EXAM)
    return row if row and _end_instant(row) > moment.at else None


def _end_instant(row: SessionRow) -> int:
    return row.started_at + round((row.minutes or 0) * _MINUTE_MS)
