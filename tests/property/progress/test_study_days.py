"""Study days belong to the log: where the learner is, and what the clocks do, changes nothing."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from flashcards.progress.statistics.extended_statistics import (
    compute_extended_statistics,
)
from flashcards.progress.statistics.statistics import compute_statistics
from flashcards.study.queue.pace import estimate_pace
from tests.conftest import FOUR_NOTES
from tests.examples import scale_examples
from tests.helpers import FixedClock

ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/Los_Angeles",
        "America/St_Johns",
        "Pacific/Auckland",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
    ]
)
CLOCK_CHANGES = st.sampled_from(
    [
        datetime(2026, 3, 8, 10, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2026, 11, 1, 9, tzinfo=UTC),
    ]
)
"""Clocks go forward or back in some of the zones at these instants."""
SITTINGS = st.lists(st.tuples(st.integers(1, 40), ZONES), min_size=3, max_size=9)
"""Hours until the next session, and the time zone of the learner by then."""


def day_by_hand(at: int, zone: str, rollover: int = 4) -> int:
    """Return the date of the wall clock, the day before while it is not yet four."""
    wall = datetime.fromtimestamp(at / 1000, tz=ZoneInfo(zone)).replace(tzinfo=None)
    return (wall - timedelta(days=wall.hour < rollover)).date().toordinal()


@given(CLOCK_CHANGES, SITTINGS, st.lists(ZONES, min_size=2, max_size=3, unique=True))
@settings(max_examples=scale_examples(15))
def test_one_log_gives_one_set_of_figures_in_every_zone(
    change: datetime, sittings: list[tuple[int, str]], elsewhere: list[str]
) -> None:
    clock = FixedClock(int((change - timedelta(hours=60)).timestamp() * 1000))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "tiny.yaml"
        path.write_bytes(FOUR_NOTES)
        home = AppDirectories(Path(name) / "home")
        scheduling = replace(DeckOptions(), new_per_day=2)

        def opened(zone: str) -> Collection:
            return Collection(
                home, Settings(timezone=zone, scheduling=scheduling), clock
            )

        first = opened("UTC")
        first.store()
        first.importing.import_files([path])
        first.close()
        by_hand: Counter[int] = Counter()
        for hours, zone in sittings:
            clock.forward(hours=hours)
            there = opened(zone)
            session = there.sessions.start_review()
            for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY):
                if session.current is None:
                    break
                clock.forward(seconds=7)
                session.reveal()
                session.rate(rating)
                by_hand[day_by_hand(clock.at, zone)] += 1
            session.leave()
            there.close()
        today = max(by_hand)
        results = []
        for zone in elsewhere:
            there = opened(zone)
            rows = there.reader.figures.load()
            assert rows is not None
            pace = estimate_pace(there.reader.log.answer_times(today)).of
            results.append(
                (
                    compute_statistics(rows, there.settings, pace, today),
                    compute_extended_statistics(
                        there.reader, there.settings, today, Scope()
                    ),
                )
            )
            there.close()

    assert all(result == results[0] for result in results)
    figures = results[0][0]
    assert {day.day: day.reviews for day in figures.days} == dict(by_hand)
    assert figures.habit.studied == len(by_hand)
