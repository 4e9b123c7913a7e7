"""Days of study for tests of figures: enough reviews for every chart to have something to say."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from flashcards.domain.cards import Rating
from tests.helpers import FixedClock, deck

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.collection import Collection

FORTY = deck(
    "deck: drift/types\ntitle: Drift types\nnotes:\n"
    + "\n".join(
        f"  - {{id: d-{n}, front: Question {n} of drift?, back: Answer {n}}}"
        for n in range(40)
    )
)
PATIENCE_SECONDS = 120
RATINGS = (Rating.GOOD,) * 6 + (Rating.HARD, Rating.AGAIN, Rating.EASY)


def study(collection: Collection, clock: FixedClock, days: int) -> None:
    """Study everything due on each of some days, with a wrong answer now and then."""
    answer_count = 0
    for _ in range(days):
        start = clock.at
        session = collection.sessions.start_review()
        while session.current is not None:
            clock.forward(seconds=8)
            session.reveal()
            session.rate(RATINGS[answer_count % len(RATINGS)])
            answer_count += 1
        session.leave()
        clock.at = start
        clock.forward(days=1)


async def until(pilot: Pilot[str], holds: Callable[[], bool]) -> None:
    """Wait until a condition holds, however slow the machine is."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                await pilot.pause(0.01)
    except TimeoutError:
        pytest.fail("the condition never became true")


def _has_waiting_key(pilot: Pilot[str]) -> bool:
    key_filter = getattr(pilot.app, "key_filter", None)
    return key_filter is not None and key_filter.waiting_key is not None


async def settled(pilot: Pilot[str]) -> None:
    """Wait until keys have acted and what is computed in threads is on the screen."""
    await pilot.pause()
    # The same key soon again waits a moment, in case the keyboard repeats it.
    await until(pilot, lambda: not _has_waiting_key(pilot))
    while any(not worker.is_finished for worker in pilot.app.workers):
        # A worker that another one replaced is canceled.
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
