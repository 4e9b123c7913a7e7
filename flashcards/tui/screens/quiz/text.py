"""Texts about an exam and about the result of a quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, minutes_long, percent

if TYPE_CHECKING:
    from flashcards.study.quiz.exam import ExamItem, ExamSession
    from flashcards.study.quiz.result import QuizResult
    from flashcards.study.quiz.unfinished import UnfinishedExam
    from flashcards.tui.theme.themes import Look


def exam_title(session: ExamSession, look: Look) -> Content:
    """Return the position in an exam: `Exam > 3 of 10`."""
    joint = f" {look.glyphs.crumb} "
    return Content.assemble(
        ("Exam", look.style("accent", bold=True)),
        (joint, look.style("muted")),
        (f"{session.index + 1} of {len(session.items)}", look.style("text")),
    )


def clock_text(session: ExamSession, dot: str, *, narrow: bool) -> str:
    """Return the time left and the open questions: `12:31 left · 4 open`."""
    clock = _clock(int(session.seconds_left))
    unanswered = len(session.items) - session.answered_count
    words = [clock if narrow else f"{clock} left"]
    words += [f"{unanswered} open"] if unanswered else []
    words += [f"{session.flagged_count} flagged"] if session.flagged_count else []
    return f" {dot} ".join(words)


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def resume_exam_text(key: str) -> str:
    """Return how to resume an exam after leaving it."""
    return f"Saved. {key} resumes the exam while it has time left."


def unfinished_exam_text(exam: UnfinishedExam, now: int) -> str:
    """Return how far an exam is; `now` is an instant in Unix milliseconds."""
    clock = _clock(max(exam.ends_at - now, 0) // 1000)
    return f"An exam is unfinished: {clock} left, {exam.answered} of {exam.items} answered."


def item_state_text(item: ExamItem, dot: str) -> str:
    """Return `open` or `answered`, and whether the question is flagged."""
    words = "answered" if item.record else "open"
    return f"{words} {dot} flagged" if item.flagged else words


def unanswered_text(session: ExamSession) -> str:
    """Return how many questions are open or flagged, empty if there are none."""
    unanswered = len(session.items) - session.answered_count
    parts = [f"{count(unanswered, 'question')} open"] if unanswered else []
    parts += [f"{session.flagged_count} flagged"] if session.flagged_count else []
    return ", ".join(parts)


def result_sentence(result: QuizResult, *, cram: bool) -> str:
    """Sum up the result of a quiz in one or two sentences."""
    if not result.items:
        return "No questions answered. Nothing changed."
    time = minutes_long(result.milliseconds / 1000)
    parts = [f"{result.right} of {len(result.items)} right in {time}"]
    if result.partly:
        parts.append(f"{result.partly} partly")
    if result.unanswered:
        parts.append(f"{result.unanswered} not answered")
    sentence = f"{', '.join(parts)}. Score {percent(result.score)}."
    return f"{sentence} The schedule did not change." if cram else sentence
