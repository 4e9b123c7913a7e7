"""The progress of several parts adds up to one that never goes back."""

from __future__ import annotations

from flashcards.progress.progress_callback import subprogress


def test_parts_follow_each_other_without_gaps_or_steps_back() -> None:
    shares: list[float] = []

    def progress(done: int, total: int) -> bool:
        shares.append(done / total)
        return True

    for number, length in enumerate((4, 10)):
        part = subprogress(progress, number, 2)
        assert part is not None
        assert all(part(step, length) for step in range(length))

    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[4] == 0.5
    assert shares[-1] == 0.95


def test_a_part_stops_with_the_whole_and_works_without_a_callback() -> None:
    part = subprogress(lambda _done, _total: False, 0, 2)

    assert part is not None
    assert not part(1, 2)
    assert subprogress(None, 0, 2) is None
