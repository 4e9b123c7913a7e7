"""What exam and result say of themselves, in words."""

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
    """Return where in the exam one is: `Exam > 3 of 10`."""
    joint = f" {look.glyphs.crumb} "
    return Content.assemble(
        ("Exam", look.style("accent", bold=True)),
        (joint, look.style("muted")),
        (f"{session.index + 1} of {len(session.items)}", look.style("text")),
    )


def clock_words(session: ExamSession, dot: str, *, narrow: bool) -> str:
    """Return the time left and what is open: `12:31 left, 4 open`."""
    left = int(session.seconds_left)
    clock = f"{left // 60}:{left % 60:02}"
    still = len(session.items) - session.answered
    words = [clock if narrow else f"{clock} left"]
    words += [f"{still} open"] if still else []
    words += [f"{session.flagged} flagged"] if session.flagged else []
    return f" {dot} ".join(words)


def resume_sentence(key: str) -> str:
    """Return how to resume an exam that was left."""
    return f"Saved. {key} resumes the exam while it has time left."


def unfinished_sentence(exam: UnfinishedExam, now: int) -> str:
    """Return what is left of an exam, such as `12:40 left, 3 of 10 answered`."""
    left = max(exam.ends_at - now, 0) // 1000
    clock = f"{left // 60}:{left % 60:02}"
    return f"An exam is unfinished: {clock} left, {exam.answered} of {exam.items} answered."


def exam_state(item: ExamItem, dot: str) -> str:
    """Return how an item stands: `open`, `answered`, and whether it is flagged."""
    words = "answered" if item.record else "open"
    return f"{words} {dot} flagged" if item.flagged else words


def left_open(session: ExamSession) -> str:
    """Return what is open and flagged, empty where nothing is."""
    still = len(session.items) - session.answered
    parts = [f"{count(still, 'item')} open"] if still else []
    parts += [f"{session.flagged} flagged"] if session.flagged else []
    return ", ".join(parts)


def result_sentence(result: QuizResult, *, cram: bool) -> str:
    """Return the one sentence that a result opens with."""
    if not result.items:
        return "No questions answered. Nothing changed."
    whole = len(result.items)
    time = minutes_long(result.milliseconds / 1000)
    parts = [f"{result.right} of {whole} right in {time}"]
    if result.partly:
        parts.append(f"{result.partly} partly")
    if result.unanswered:
        parts.append(f"{result.unanswered} not answered")
    told = f"{', '.join(parts)}. Score {percent(result.score)}."
    return f"{told} The schedule did not change." if cram else told
