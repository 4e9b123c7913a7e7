"""Properties of scheduling for every history, option, time zone and rollover hour."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, State
from flashcards.domain.clock import moment, study_day
from flashcards.domain.settings.settings import WEIGHT_BOUNDS, DeckOptions
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.fuzz import (
    choose_fuzzed_days,
    compute_fuzz_bounds,
    compute_fuzz_factor,
)
from flashcards.scheduling.replay import Replayer
from flashcards.scheduling.scheduler import Scheduler

ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu"]
)
STEPS = st.lists(st.integers(1, 43_200), max_size=3).map(tuple)
WEIGHTS = st.tuples(*(st.floats(low, high) for low, high in WEIGHT_BOUNDS))
RATINGS = st.sampled_from([1, 2, 3, 3, 3, 4])
# Minutes since the review before: seconds later, hours later, or up to a year.
GAPS = st.one_of(st.integers(0, 30), st.integers(30, 3000), st.integers(0, 525_600))
HISTORIES = st.lists(st.tuples(GAPS, RATINGS), min_size=1, max_size=12)
OPTIONS = st.builds(
    DeckOptions,
    desired_retention=st.floats(0.7, 0.99),
    learning_steps=STEPS,
    relearning_steps=STEPS,
    maximum_interval=st.integers(1, 36_500),
    fuzz=st.booleans(),
)
START = 1_767_258_000_000


def close(got: Memory, expected: Memory) -> bool:
    """Return whether two memories are equal, stability and difficulty to 1e-9."""
    numbers = [got.stability, got.difficulty]
    return numbers == pytest.approx(
        [expected.stability, expected.difficulty], rel=1e-9
    ) and astuple(replace(got, stability=0, difficulty=0)) == astuple(
        replace(expected, stability=0, difficulty=0)
    )


@given(HISTORIES, OPTIONS, ZONES, st.integers(0, 23))
def test_a_replay_gives_the_memory_of_the_scheduler(
    history: list[tuple[int, int]], options: DeckOptions, zone_name: str, rollover: int
) -> None:
    zone = ZoneInfo(zone_name)
    scheduler = Scheduler(options)
    at, memory, log = START, Memory(), []
    for minutes, rating in history:
        at += minutes * 60_000
        now = moment(at, zone, rollover)
        memory = scheduler.preview(memory, now, "card")[Rating(rating)]
        log.append((now.day, rating, memory.interval_seconds, at))

    replayed = Replayer(
        options, lambda at: study_day(at, zone, rollover)
    ).compute_memory(log)

    assert close(replayed, memory)


@given(HISTORIES, WEIGHTS)
def test_the_formulas_agree_with_the_fsrs_package(
    history: list[tuple[int, int]], weights: tuple[float, ...]
) -> None:
    engine = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    formulas = Formulas(weights)
    card, now = fsrs.Card(card_id=1), datetime(2026, 1, 1, tzinfo=UTC)
    strength = (0.0, 0.0)
    for number, (minutes, rating) in enumerate(history):
        days = minutes // 100
        now += timedelta(days=days)
        card, _ = engine.review_card(card, fsrs.Rating(rating), now)
        strength = (
            formulas.following(*strength, days, rating)
            if number
            else formulas.first(rating)
        )

        assert strength == pytest.approx((card.stability, card.difficulty), rel=1e-9)
    assert card.stability is not None
    later = now + timedelta(days=30)
    assert formulas.retrievability(card.stability, 30) == pytest.approx(
        engine.get_card_retrievability(card, later), rel=1e-12
    )


@given(HISTORIES, OPTIONS)
def test_ratings_that_wait_whole_days_are_ordered_and_within_the_limits(
    history: list[tuple[int, int]], options: DeckOptions
) -> None:
    scheduler, memory, at = Scheduler(options), Memory(), START
    for minutes, rating in history:
        at += minutes * 60_000
        now = moment(at, UTC, 4)
        preview = scheduler.preview(memory, now, "card")
        days = [
            preview[passed].interval_days
            for passed in (Rating.HARD, Rating.GOOD, Rating.EASY)
            if preview[passed].state is State.REVIEW
        ]

        assert all(1 <= day <= options.maximum_interval for day in days)
        assert all(
            late > early or late == options.maximum_interval
            for early, late in pairwise(days)
        )
        for after in preview.values():
            assert after.reps == memory.reps + 1
            assert (after.due_at is None) == (after.state is State.REVIEW)
            assert (after.step is None) == (after.state is State.REVIEW)
            assert after.due_day is not None
            assert after.due_day >= now.day
            if after.state is State.REVIEW:
                assert after.interval_seconds == (after.due_day - now.day) * DAY_SECONDS
        memory = preview[Rating(rating)]


@given(st.integers(1, 300), st.floats(1, 400), st.integers(0, 50))
def test_fuzz_never_shortens_an_interval_that_grew(
    previous: int, stability: float, reps: int
) -> None:
    memory = Memory(
        state=State.REVIEW,
        stability=stability,
        difficulty=5.0,
        last_day=739_000 - previous,
        due_day=739_000,
        interval_seconds=previous * DAY_SECONDS,
        reps=reps,
    )
    now = moment(START, UTC, 4)
    exact = Scheduler(DeckOptions(fuzz=False)).preview(memory, now, "card")
    fuzzed = Scheduler(DeckOptions()).preview(memory, now, "card")

    grown = [
        rating
        for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)
        if exact[rating].interval_days > previous
    ]
    assume(grown)
    assert all(fuzzed[rating].interval_days > previous for rating in grown)


@given(st.floats(0, 40_000), st.integers(1, 40_000), st.integers(1, 40_000))
def test_fuzz_stays_within_its_bounds(
    interval: float, minimum: int, maximum: int
) -> None:
    lower, upper = compute_fuzz_bounds(interval, minimum, maximum)

    assert min(minimum, maximum) <= lower <= upper <= maximum
    for factor in (0.0, 0.5, 1 - 2**-53):
        assert lower <= choose_fuzzed_days(interval, factor, minimum, maximum) <= upper


@given(st.text(), st.integers(0, 10_000))
def test_the_fuzz_factor_is_at_least_zero_and_below_one(key: str, reps: int) -> None:
    assert 0 <= compute_fuzz_factor(key, reps) < 1
