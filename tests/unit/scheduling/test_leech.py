from __future__ import annotations

import pytest

from flashcards.scheduling.scheduler import is_leech_lapse


@pytest.mark.parametrize(
    ("threshold", "calls"),
    [(8, [8, 12, 16, 20]), (3, [3, 5, 7, 9, 11, 13, 15, 17, 19]), (0, [])],
)
def test_a_leech_is_reported_at_the_threshold_and_each_half_after_it(
    threshold: int, calls: list[int]
) -> None:
    assert [n for n in range(21) if is_leech_lapse(n, threshold)] == calls


def test_a_threshold_of_one_reports_every_lapse() -> None:
    assert all(is_leech_lapse(lapses, 1) for lapses in range(1, 10))
    assert not is_leech_lapse(0, 1)
