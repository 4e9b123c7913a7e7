"""Fuzz against the numbers of Anki's own tests."""

from __future__ import annotations

from collections import Counter

import pytest

from flashcards.scheduling.fuzz import (
    choose_fuzzed_days,
    compute_fuzz_bounds,
    compute_fuzz_factor,
    minimum_after_fuzz,
)


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "low", "middle", "high"),
    [
        (1.0, 1, 1000, 1, 1, 1),
        (2.49, 1, 1000, 2, 2, 2),
        (2.5, 1, 1000, 2, 3, 4),
        (7.0, 1, 1000, 5, 7, 9),
        (17.0, 1, 1000, 14, 17, 20),
        (37.0, 1, 1000, 33, 37, 41),
        (2.0, 2, 1000, 2, 2, 2),
        (2.0, 3, 1000, 3, 4, 4),
        (2.0, 3, 3, 3, 3, 3),
        (6.9, 3, 1000, 5, 7, 9),
        (7.1, 3, 1000, 5, 7, 9),
        (19.9, 3, 1000, 17, 20, 23),
        (20.0, 3, 1000, 17, 20, 23),
        (20.1, 3, 1000, 17, 20, 23),
        (100.0, 101, 1000, 101, 105, 108),
        (100.0, 1, 99, 92, 96, 99),
        (100.0, 97, 103, 97, 100, 103),
    ],
)
def test_lowest_middle_and_highest_day_are_those_of_anki(
    interval: float, minimum: int, maximum: int, low: int, middle: int, high: int
) -> None:
    days = [
        choose_fuzzed_days(interval, factor, minimum, maximum)
        for factor in (0, 0.5, 0.99)
    ]

    assert days == [low, middle, high]


@pytest.mark.parametrize(
    ("interval", "maximum", "days"), [(1.5, 100, 2), (0.1, 100, 1), (101.0, 100, 100)]
)
def test_without_a_factor_the_interval_is_rounded_and_limited(
    interval: float, maximum: int, days: int
) -> None:
    assert choose_fuzzed_days(interval, None, 1, maximum) == days


@pytest.mark.parametrize(
    ("interval", "previous", "least"), [(2.73, 4, 4), (2.73, 5, 0), (4.59, 4, 5)]
)
def test_fuzz_does_not_undo_growth(interval: float, previous: int, least: int) -> None:
    assert minimum_after_fuzz(interval, previous, 36_500) == least


def test_a_minimum_above_the_maximum_gives_the_maximum() -> None:
    assert compute_fuzz_bounds(1.0, 3, 2) == (2, 2)


def test_eleven_days_are_spread_evenly_over_nine_to_thirteen() -> None:
    days = Counter(
        choose_fuzzed_days(11, compute_fuzz_factor(f"card-{number}", 3), 1, 36_500)
        for number in range(5000)
    )

    assert sorted(days) == [9, 10, 11, 12, 13]
    assert min(days.values()) > 900


def test_the_factor_is_the_same_on_every_machine_and_differs_by_repetition() -> None:
    assert compute_fuzz_factor("mcl-012", 3) == pytest.approx(0.39370235399)
    assert compute_fuzz_factor("mcl-012", 4) != compute_fuzz_factor("mcl-012", 3)
    assert compute_fuzz_factor("mcl-013", 3) != compute_fuzz_factor("mcl-012", 3)
