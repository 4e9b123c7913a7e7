"""The streak counts study days in a row and is honest about the rest."""

from __future__ import annotations

from flashcards.progress.statistics.habit import Habit
from flashcards.progress.statistics.habit import compute_habit as habit_of

TODAY = 1000


def compute_habit(days: list[tuple[int, int]], today: int, recent: int = 60) -> Habit:
    return habit_of([day for day, _ in days], dict(days), today, recent)


def test_before_the_first_review_there_is_nothing() -> None:
    found = compute_habit([], TODAY, recent=3)

    assert (found.streak, found.studied, found.span) == (0, 0, 0)
    assert found.recent == (0, 0, 0)


def test_a_streak_lasts_until_a_whole_day_was_missed() -> None:
    days = [(TODAY - 3, 5), (TODAY - 2, 5), (TODAY - 1, 5)]

    assert compute_habit(days, TODAY).streak == 3
    assert compute_habit([*days, (TODAY, 1)], TODAY).streak == 4
    assert compute_habit(days, TODAY + 1).streak == 0


def test_days_studied_are_counted_from_the_first_review_to_today() -> None:
    found = compute_habit([(TODAY - 9, 2), (TODAY - 4, 2), (TODAY, 1)], TODAY)

    assert (found.studied, found.span) == (3, 10)


def test_days_that_lie_ahead_after_a_change_of_zone_are_left_out() -> None:
    found = compute_habit([(TODAY, 1), (TODAY + 1, 4)], TODAY, recent=2)

    assert found.streak == 1
    assert found.recent == (0, 1)


def test_recent_days_end_with_today() -> None:
    found = compute_habit([(TODAY - 2, 7), (TODAY, 3)], TODAY, recent=4)

    assert found.recent == (0, 7, 0, 3)
