"""The streak counts study days in a row."""

from __future__ import annotations

from flashcards.progress.statistics.habit import Habit
from flashcards.progress.statistics.habit import compute_habit as habit_of

TODAY = 1000


def compute_habit(days: list[tuple[int, int]], today: int, recent: int = 60) -> Habit:
    return habit_of([day for day, _ in days], dict(days), today, recent)


def test_before_the_first_review_all_counts_are_zero() -> None:
    habit = compute_habit([], TODAY, recent=3)

    assert (habit.streak, habit.studied, habit.span) == (0, 0, 0)
    assert habit.recent == (0, 0, 0)


def test_a_streak_ends_once_a_whole_day_was_missed() -> None:
    days = [(TODAY - 3, 5), (TODAY - 2, 5), (TODAY - 1, 5)]

    assert compute_habit(days, TODAY).streak == 3
    assert compute_habit([*days, (TODAY, 1)], TODAY).streak == 4
    assert compute_habit(days, TODAY + 1).streak == 0


def test_days_studied_are_counted_from_the_first_review_to_today() -> None:
    habit = compute_habit([(TODAY - 9, 2), (TODAY - 4, 2), (TODAY, 1)], TODAY)

    assert (habit.studied, habit.span) == (3, 10)


def test_days_ahead_after_a_change_of_time_zone_are_ignored() -> None:
    habit = compute_habit([(TODAY, 1), (TODAY + 1, 4)], TODAY, recent=2)

    assert habit.streak == 1
    assert habit.recent == (0, 1)


def test_recent_days_end_with_today() -> None:
    habit = compute_habit([(TODAY - 2, 7), (TODAY, 3)], TODAY, recent=4)

    assert habit.recent == (0, 7, 0, 3)
