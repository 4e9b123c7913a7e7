"""The conversion of interval and ease of SM-2 to a memory of FSRS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.cards import State
from flashcards.scheduling.sm2 import difficulty_from_ease, from_sm2


@pytest.mark.parametrize(
    ("ease", "difficulty"), [(130, 10), (250, 5.5), (370, 1), (90, 10), (999, 1)]
)
def test_the_ease_maps_to_the_difficulty(ease: float, difficulty: float) -> None:
    assert difficulty_from_ease(ease) == pytest.approx(difficulty)


@given(st.integers(700_000, 800_000), st.floats(0, 36_525), st.floats(0, 1000))
def test_a_memory_is_due_its_interval_after_the_last_review(
    due: int, interval: float, ease: float
) -> None:
    memory = from_sm2(due, interval, ease)

    assert memory.state is State.REVIEW
    assert memory.last_day is not None
    assert memory.due_day == memory.last_day + memory.interval_days
    assert memory.stability == max(1, interval)
    assert 1 <= (memory.difficulty or 0) <= 10
