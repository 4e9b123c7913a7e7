"""Sentences about sessions: why none started, how one ended, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.collection.interview_text import GOOD_LUCK, TOMORROW
from flashcards.collection.scope_text import EVERYTHING
from flashcards.domain.cards import SessionKind
from flashcards.domain.formatting import (
    clock_time,
    count,
    minutes,
    minutes_long,
    relative_day,
    short_date,
)
from flashcards.progress.figure_text import percent, whole_percent

if TYPE_CHECKING:
    from datetime import tzinfo

    from flashcards.collection.scope_text import ScopeText
    from flashcards.domain.cards import Rating
    from flashcards.domain.study_plan import Task
    from flashcards.study.diagnostic.diagnostic import DiagnosticResult
    from flashcards.study.queue.cards_left import CardsLeft
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.session.current_card import Summary
    from flashcards.study.session.session import ReviewSession
    from flashcards.study.today.overview import Overview
    from flashcards.study.today.up_next import UpNext

NO_QUIZ_QUESTIONS = "No quiz questions in these decks, or all of them are hidden today."
_HARD_DAY_SHARE = 0.7
"""Below this share of recalled cards a session ends with a word of comfort."""
_HARD_DAY_CARDS = 5
"""Fewer recalled or missed cards than this say nothing about a day."""


def summary_sentence(
    summary: Summary, zone: tzinfo | None, scope: ScopeText = EVERYTHING
) -> str:
    """Sum up a session in one to three sentences.

    Args:
        summary: The session's figures.
        zone: The learner's time zone.
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
    done = f"{count(summary.answers, 'answer')} in {minutes_long(spent)}."
    if summary.ending == "extra":
        return f"{count(summary.cards, 'extra card')}: {done}"
    left = summary.left
    if left.total:
        start = "Time's up. " if summary.ending == "minutes" else ""
        return f"{start}{done} {count(left.total, 'card')} left today."
    if left.waiting:
        return f"{done} {waiting_text(left, zone)}"
    return f"{scope.all_done}: {done}{scope.due_elsewhere}"


def waiting_text(left: CardsLeft, zone: tzinfo | None) -> str:
    """Return which cards come back later today: `3 cards come back at 19:20.`.

    Empty where there are none.
    """
    if not left.waiting:
        return ""
    cards = count(left.waiting, "card")
    if left.waiting_until is None:
        verb = "waits" if left.waiting == 1 else "wait"
        return f"{cards} {verb} until tomorrow."
    verb = "comes" if left.waiting == 1 else "come"
    return f"{cards} {verb} back at {clock_time(left.waiting_until, zone)}."


def left_today_text(today: Overview, zone: tzinfo | None) -> str:
    """Return what is left of today: `27 cards left today, about 9 min.`."""
    waiting = waiting_text(today.left, zone)
    if today.interviews.today is not None:
        return GOOD_LUCK
    if not today.left.total:
        if today.interviews.tomorrow is not None:
            steps = f"{waiting} " if today.left.waiting_until else ""
            return f"{steps}{TOMORROW}"
        return waiting or "Nothing left today."
    cards = count(today.left.total, "card")
    left = f"{cards} left today, about {minutes(today.seconds)}."
    return f"{left} {waiting}".rstrip()


def empty_session_text(session: ReviewSession | ExamSession, scope: ScopeText) -> str:
    """Return why a session has no cards."""
    if session.kind in (SessionKind.QUIZ, SessionKind.EXAM):
        return NO_QUIZ_QUESTIONS
    if session.cram or session.kind == SessionKind.DIAGNOSTIC:
        return f"No cards available {scope.phrase} today.".replace("  ", " ")
    if session.kind == SessionKind.MORE:
        phrase = f" {scope.phrase}" if scope.phrase else ""
        return f"No more cards available{phrase} today."
    return scope.nothing_due


def diagnostic_sentence(result: DiagnosticResult) -> str:
    """Sum up a diagnostic in one or two sentences."""
    overall = result.all
    if overall is None:
        return "No questions answered. Nothing changed."
    spent = minutes_long(result.milliseconds / 1000)
    low, high = whole_percent(overall.low), whole_percent(overall.high)
    return (
        f"{count(overall.questions, 'question')} in {spent}. You already know about "
        f"{percent(overall.mean)} of {_these_decks(len(result.decks))} "
        f"(probably {low}-{high}%)."
    )


def _these_decks(decks: int) -> str:
    return "this deck" if decks == 1 else f"these {decks} decks"


def diagnostic_return_text(result: DiagnosticResult) -> str:
    """Return why cards that were just answered come back soon; empty where none does."""
    if not result.learning:
        return ""
    verb = "comes" if result.learning == 1 else "come"
    cards = count(result.learning, "card")
    return f"{cards} {verb} back soon: one answer is not enough to tell."


def reduced_rating_text(rating: Rating, best: Rating) -> str:
    """Return why a diagnostic recorded a lower rating than the one that was given."""
    given, recorded = rating.name.capitalize(), best.name.capitalize()
    return f"{given} counts as {recorded} here: one answer is not enough to tell."


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
        return TOMORROW.rstrip(".")
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
    return f"{task.title}{time}, due {when}"


def practiced_text(cards: int) -> str:
    """Return how many cards were practiced: `Practiced 12 cards.`."""
    return f"Practiced {count(cards, 'card')}."


def closing_line(
    answers: int,
    milliseconds: int,
    today: Overview,
    zone: tzinfo | None,
    *,
    practiced: int = 0,
) -> str:
    """Return the line printed in the terminal after quitting.

    Args:
        answers: Answers that were recorded.
        milliseconds: The time they took.
        today: What is left of today.
        zone: The learner's time zone.
        practiced: Cards answered without changing the schedule.
    """
    sentences = []
    if answers or not practiced:
        spent = minutes(milliseconds / 1000)
        sentences.append(f"{count(answers, 'answer')} in {spent}.")
    if practiced:
        sentences.append(practiced_text(practiced))
    return " ".join([*sentences, left_today_text(today, zone)])
