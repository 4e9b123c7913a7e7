"""Sentences about sessions: why none started, how one ended, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.scope_text import EVERYTHING
from flashcards.domain.cards import SessionKind
from flashcards.domain.formatting import (
    count,
    minutes,
    minutes_long,
    relative_day,
    short_date,
)
from flashcards.progress.figure_text import percent, whole_percent

if TYPE_CHECKING:
    from flashcards.collection.scope_text import ScopeText
    from flashcards.domain.study_plan import Task
    from flashcards.study.diagnostic.diagnostic import DiagnosticResult
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.current_card import Summary
    from flashcards.study.session.session import ReviewSession
    from flashcards.study.today.up_next import UpNext

NO_QUIZ_QUESTIONS = "No quiz questions in these decks, or all of them are hidden today."
_HARD_DAY_SHARE = 0.7
"""Below this share of recalled cards a session ends with a word of comfort."""
_HARD_DAY_CARDS = 5
"""Fewer recalled or missed cards than this say nothing about a day."""


def summary_sentence(
    summary: Summary, waiting: str = "", scope: ScopeText = EVERYTHING
) -> str:
    """Sum up a session in one or two sentences.

    Args:
        summary: The session's figures.
        waiting: The time of day at which the next learning step is due.
        scope: The scope of the session.
    """
    spent = summary.milliseconds / 1000
    if summary.cram:
        return f"{practiced_text(summary.cards)} The schedule did not change."
    if not summary.answers:
        return "No cards answered. Nothing changed."
    if (
        summary.recall_attempts >= _HARD_DAY_CARDS
        and summary.recalled < summary.recall_attempts * _HARD_DAY_SHARE
    ):
        return (
            f"{summary.recalled} of {summary.recall_attempts} recalled. "
            "Hard days are part of learning."
        )
    if summary.ending == "minutes":
        return f"Time's up: {minutes_long(spent)}. {remaining_text(summary, scope)}"
    done = f"{count(summary.answers, 'answer')} in {minutes_long(spent)}."
    if waiting:
        return f"{done} {_steps_text(summary.cards_left)} {waiting}."
    if summary.ending == "empty" and not summary.cards_left:
        return f"{scope.all_done}: {done}{scope.due_elsewhere}"
    return f"{done} {remaining_text(summary, scope)}"


def _steps_text(left: int) -> str:
    return "1 more card is due at" if left == 1 else f"{left:,} more cards are due from"


def remaining_text(summary: Summary, scope: ScopeText = EVERYTHING) -> str:
    """Return how many cards of a session are left: `3 cards left for tomorrow.`."""
    if not summary.cards_left:
        return scope.nothing_left
    return f"{count(summary.cards_left, 'card')} left for tomorrow."


def empty_session_text(session: ReviewSession | ExamSession, scope: ScopeText) -> str:
    """Return why a session has no cards."""
    if session.kind in (SessionKind.QUIZ, SessionKind.EXAM):
        return NO_QUIZ_QUESTIONS
    if session.cram or session.kind == SessionKind.DIAGNOSTIC:
        return f"No cards available {scope.phrase} today.".replace("  ", " ")
    return scope.nothing_due


def diagnostic_sentence(result: DiagnosticResult) -> str:
    """Sum up a diagnostic in one to three sentences."""
    overall = result.all
    if overall is None:
        return "No questions answered. Nothing changed."
    spent = minutes_long(result.milliseconds / 1000)
    low, high = whole_percent(overall.low), whole_percent(overall.high)
    return (
        f"{count(overall.questions, 'question')} in {spent}. You already know about "
        f"{percent(overall.mean)} of {count(len(result.decks), 'deck')}, "
        f"probably {low}-{high}%. A plan counts only cards you have reviewed."
    )


def up_next_lines(up_next: UpNext, dot: str) -> list[str]:
    """Describe tomorrow, and with an interview ahead the interview and the next task."""
    words = tomorrow_text(up_next)
    interview = up_next.interview
    if interview is None:
        return [f"{words}."]
    if interview.day > up_next.today + 1:
        when = relative_day(interview.day, up_next.today)
        words = f"{words} {dot} interview {when}"
    task = up_next.task
    return [words, *([task_text(task, up_next.today)] if task else [])]


def tomorrow_text(up_next: UpNext) -> str:
    """Describe tomorrow in a few words, such as `Tomorrow: 31 cards, 12 min`."""
    interview = up_next.interview
    if interview is not None and interview.day == up_next.today + 1:
        return "Your interview is tomorrow"
    if up_next.is_off:
        return "Tomorrow is a day off"
    cards = up_next.counts.total
    if not cards:
        return "Nothing due tomorrow"
    return f"Tomorrow: {count(cards, 'card')}, {minutes(up_next.seconds)}"


def task_text(task: Task, today: int) -> str:
    """Return a task with its time and day: `Mock interview, 40 min, due tomorrow`."""
    time = f", {task.minutes} min" if task.minutes else ""
    if task.day is None:
        return f"{task.title}{time}"
    ahead = task.day - today
    when = relative_day(task.day, today) if ahead < 2 else short_date(task.day)  # noqa: PLR2004
    verb = "was due" if ahead < 0 else "due"
    return f"{task.title}{time}, {verb} {when}"


def practiced_text(cards: int) -> str:
    """Return how many cards were practiced: `Practiced 12 cards.`."""
    return f"Practiced {count(cards, 'card')}."


def closing_line(
    answers: int,
    milliseconds: int,
    left: int,
    seconds_left: float,
    *,
    practiced: int = 0,
) -> str:
    """Return the line printed in the terminal after quitting.

    Args:
        answers: Answers that were recorded.
        milliseconds: The time they took.
        left: Cards left today.
        seconds_left: Predicted seconds of those.
        practiced: Cards answered without changing the schedule.
    """
    sentences = []
    if answers or not practiced:
        spent = minutes(milliseconds / 1000)
        sentences.append(f"{count(answers, 'answer')} in {spent}.")
    if practiced:
        sentences.append(practiced_text(practiced))
    if left:
        cards = count(left, "card")
        sentences.append(f"{cards} left today, about {minutes(seconds_left)}.")
    else:
        sentences.append("Nothing left today.")
    return " ".join(sentences)
