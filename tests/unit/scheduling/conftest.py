"""Walk one card through its reviews, each answered when it is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import pytest

from flashcards.domain.cards import Memory, Rating
from flashcards.domain.clock import moment
from flashcards.scheduling.scheduler import Scheduler

UTC_ZONE = ZoneInfo("UTC")
START = 1_767_258_000_000  # 2026-01-01 09:00 UTC

Walk = Callable[[Scheduler, Sequence[int]], list[Memory]]


@pytest.fixture
def walk() -> Walk:
    def walk(scheduler: Scheduler, ratings: Sequence[int]) -> list[Memory]:
        at, memory, memories = START, Memory(), []
        for rating in ratings:
            now = moment(at, UTC_ZONE, 4)
            memory = scheduler.preview(memory, now, "card")[Rating(rating)]
            memories.append(memory)
            at = memory.due_at or at + memory.interval_seconds * 1000
        return memories

    return walk
