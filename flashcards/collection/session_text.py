"""What the end of a session and the home screen say, in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.scope_text import EVERYTHING
from flashcards.domain.formatting import (
    count,
    minutes,
    minutes_long,
    relative_day,
    short_date,
)
from flashcards.progress.figure_text import percent, whole_percent
from flashcards.study.session.kinds import DIAGNOSTIC, EXAM, QUIZ

if TYPE_CHECKING:
    from flashcards.collection.scope_text import ScopeText
    from flashcards.domain.study_plan import Task
    from flashcards.study.diagnostic.diagnostic import DiagnosticResult
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.current_card import Summary
    from flashcards.study.session.session import ReviewSession
    from flashcards.study.today.up_next import UpNext

NO_ITEMS = (
    "There is nothing to ask: no quiz item is in these decks, or all are hidden today."
)
_HARD_SHARE = 0.7
_FEW = 5


def summary_sentence(
    summary: Summary, waiting: str = "", scope: ScopeText = EVERYTHING
) -> str:
    """Return the sentence or two a session's last page opens with.

    Args:
        summary: What the session came to.
        waiting: The time of day at which the next learning step is due.
        scope: What the session was over.
    """
    spent = summary.milliseconds / 1000
    cards = count(summary.answers, "card")
    if summary.cram:
        return f"Practiced {cards}. The schedule is untouched."
    if not summary.answers:
        return "No card was answered, and nothing has changed."
    if summary.asked >= _FEW and summary.recalled < summary.asked * _HARD_SHARE:
        return (
            f"A hard day: {summary.recalled} of {summary.asked}. "
            "Such days belong to learning."
        )
    if summary.ending == "minutes":
        told = minutes_long(spent)
        verb = "is" if told == minutes_long(60) else "are"
        return f"{told} {verb} up. {remaining_text(summary, scope)}"
    if waiting:
        return (
            f"{cards} in {minutes_long(spent)}. {_steps(summary.left)} from {waiting}."
        )
    if summary.ending == "empty" and not summary.left:
        done = f"{scope.all_done}: {cards} in {minutes_long(spent)}."
        return f"{done}{scope.due_elsewhere}"
    return f"{cards} in {minutes_long(spent)}. {remaining_text(summary, scope)}"


def no_questions_text(session: ReviewSession | ExamSession, scope: ScopeText) -> str:
    """Return why a session did not begin."""
    if session.kind in (QUIZ, EXAM):
        return NO_ITEMS
    if session.cram or session.kind == DIAGNOSTIC:
        place = f" {scope.place}" if scope.place else ""
        return f"No card{place} can be asked today."
    return scope.nothing_due


def diagnostic_sentence(result: DiagnosticResult) -> str:
    """Return what the diagnostic came to, in one or two sentences."""
    if result.all is None:
        return "No question was answered, and nothing has changed."
    spent = minutes_long(result.milliseconds / 1000)
    done = f"{count(result.all.asked, 'question')} in {spent}."
    return f"{done} {_readiness(result)}"


def _readiness(result: DiagnosticResult) -> str:
    found = result.all
    if found is None:
        return ""
    low, high = whole_percent(found.low), whole_percent(found.high)
    decks = count(len(result.decks), "deck")
    return (
        f"You know about {percent(found.mean)} of {decks} already, likely {low}-{high}. "
        "A plan counts only what you have reviewed."
    )


def _steps(left: int) -> str:
    return "One more comes back" if left == 1 else f"{left:,} more come back"


def remaining_text(summary: Summary, scope: ScopeText = EVERYTHING) -> str:
    """Return what keeps until later."""
    if not summary.left:
        return scope.nothing_left
    verb = "is" if summary.left == 1 else "are"
    keep = "keeps" if summary.left == 1 else "keep"
    return f"{count(summary.left, 'card')} {verb} left and {keep} until tomorrow."


def up_next_lines(after: UpNext, dot: str) -> list[str]:
    """Return what tomorrow holds, with the interview and the task that comes next."""
    words = tomorrow_text(after)
    interview = after.interview
    if interview is None:
        return [f"{words}."]
    if interview.day > after.today + 1:
        when = relative_day(interview.day, after.today)
        words = f"{words} {dot} interview {when}"
    return [words, *([task_text(after.task, after.today)] if after.task else [])]


def tomorrow_text(after: UpNext) -> str:
    """Return what tomorrow holds, such as `Tomorrow 31 cards, 12 min`."""
    if after.interview is not None and after.interview.day == after.today + 1:
        return "Tomorrow is the day"
    if after.is_off:
        return "Tomorrow is a day off"
    cards = after.counts.total
    if not cards:
        return "Nothing falls due tomorrow"
    return f"Tomorrow {count(cards, 'card')}, {minutes(after.seconds)}"


def task_text(task: Task, today: int) -> str:
    """Return a task with its time and day: `Mock interview, 40 min, due on Sat`."""
    time = f", {task.minutes} min" if task.minutes else ""
    if task.day is None:
        return f"{task.title}{time}"
    ahead = task.day - today
    when = relative_day(task.day, today) if ahead < 2 else short_date(task.day)  # noqa: PLR2004
    verb = "was due" if ahead < 0 else "due"
    return f"{task.title}{time}, {verb} {when}"


def closing_line(
    answers: int, milliseconds: int, left: int, seconds_left: float
) -> str:
    """Return the line that stays in the terminal after quitting."""
    done = f"{count(answers, 'card')} in {minutes(milliseconds / 1000)}."
    if not left:
        return f"{done} Nothing left today."
    return f"{done} {left:,} left today, about {minutes(seconds_left)}."
