"""The worked examples of `docs/scheduling.md` agree with the scheduler."""

from __future__ import annotations

import pytest

from flashcards.domain.cards import Memory
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS, DeckOptions
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.scheduler import Scheduler
from flashcards.study.queue.pace import Pace
from tests.helpers import PROJECT
from tests.unit.scheduling.conftest import Walk

TEXT = (PROJECT / "docs" / "scheduling.md").read_text("utf-8")


def days(memories: list[Memory]) -> list[int]:
    return [memory.interval_days for memory in memories]


def test_the_intervals_of_good_answers(walk: Walk) -> None:
    scheduler = Scheduler(DeckOptions(fuzz=False))

    assert days(walk(scheduler, [3] * 6)) == [0, 2, 11, 46, 163, 498]
    assert days(walk(scheduler, [3, 3, 3, 1, 3, 3, 3])) == [0, 2, 11, 0, 2, 5, 12]
    assert "waits 10 minutes, then 2, 11, 46, 163 and 498 days" in TEXT
    assert "it waits 10 minutes, then 2, 5 and 12 days" in TEXT


def test_the_table_of_the_forgetting_curve() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    recall = [formulas.retrievability(10, day) for day in (0, 1, 5, 10, 20, 60, 365)]

    row = " | ".join(f"{share:.1%}" for share in recall)
    assert f"| retrievability | {row.replace('100.0', '100')} |" in TEXT


def test_the_intervals_by_desired_retention() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    waits = [round(formulas.interval(10, r)) for r in (0.80, 0.85, 0.90, 0.95)]

    assert waits == [33, 19, 10, 4]
    assert "33 days at 0.80, 19 at 0.85, 10 at 0.90 and 4 at 0.95" in TEXT


def test_the_seconds_of_a_card() -> None:
    pace = Pace()

    assert (pace.new, pace.review) == pytest.approx((46.4, 12.2), abs=0.05)
    assert "46 s a new card, 12 s a learning card and 12 s a review" in TEXT
