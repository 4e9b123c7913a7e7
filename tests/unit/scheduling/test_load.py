"""Within the range of fuzz the quietest day is chosen, and days off stay free."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, State
from flashcards.domain.settings.settings import DeckOptions
from flashcards.scheduling.fuzz import compute_fuzz_bounds, minimum_after_fuzz
from flashcards.scheduling.scheduler import Scheduler
from flashcards.study.queue.card_seconds import CardSeconds
from flashcards.study.queue.daily_load import DailyLoad
from tests.helpers import FixedClock

NOW = FixedClock().moment()
SCHEDULER = Scheduler(DeckOptions())


def memory(stability: float, elapsed: int) -> Memory:
    return Memory(
        state=State.REVIEW,
        stability=stability,
        difficulty=5.0,
        due_day=NOW.day,
        last_day=NOW.day - elapsed,
        interval_seconds=elapsed * DAY_SECONDS,
        reps=4,
    )


@given(
    st.floats(1, 300),
    st.integers(1, 300),
    st.dictionaries(st.integers(0, 400), st.sampled_from([0.0, 1.0, 5.0, inf])),
)
def test_the_quietest_day_in_range_is_chosen(
    stability: float, elapsed: int, busy: dict[int, float]
) -> None:
    def load(day: int) -> float:
        return busy.get(day - NOW.day, 2.0)

    before = memory(stability, elapsed)
    options = SCHEDULER.options

    after = SCHEDULER.preview(before, NOW, "a", load)

    floor = 1
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        found = after[rating]
        interval = SCHEDULER._formulas.interval(found.stability or 0, 0.9)
        least = max(
            floor, minimum_after_fuzz(interval, elapsed, options.maximum_interval)
        )
        first, last = compute_fuzz_bounds(interval, least, options.maximum_interval)
        assert first <= found.interval_days <= last
        assert load(NOW.day + found.interval_days) == min(
            load(NOW.day + day) for day in range(first, last + 1)
        )
        floor = found.interval_days + 1


@given(st.floats(5, 300), st.integers(1, 60), st.data())
def test_a_day_off_stays_free_while_another_day_is_in_range(
    stability: float, elapsed: int, data: st.DataObject
) -> None:
    before = memory(stability, elapsed)
    usual = SCHEDULER.preview(before, NOW, "a")[Rating.GOOD]
    interval = SCHEDULER._formulas.interval(usual.stability or 0, 0.9)
    hard = SCHEDULER.preview(before, NOW, "a", lambda _: inf)[Rating.HARD]
    least = max(
        hard.interval_days + 1,
        minimum_after_fuzz(interval, elapsed, SCHEDULER.options.maximum_interval),
    )
    first, last = compute_fuzz_bounds(
        interval, least, SCHEDULER.options.maximum_interval
    )
    free = data.draw(st.integers(first, last))
    off = {NOW.day + day for day in range(first, last + 1) if day != free}
    load = DailyLoad({NOW.day + free: 6000}, CardSeconds(12), off.__contains__)

    after = SCHEDULER.preview(before, NOW, "a", load.without(1))

    assert after[Rating.GOOD].due_day not in off


@given(st.floats(1, 300), st.integers(1, 300))
def test_equally_busy_days_do_not_change_fuzz(stability: float, elapsed: int) -> None:
    before = memory(stability, elapsed)

    assert SCHEDULER.preview(before, NOW, "a", lambda _: 7.0) == SCHEDULER.preview(
        before, NOW, "a"
    )
