"""The parts of long work are told as one that never goes back."""

from __future__ import annotations

from flashcards.progress.progress_callback import subprogress


def test_parts_follow_each_other_without_a_gap_or_a_step_back() -> None:
    told: list[float] = []

    def watch(done: int, total: int) -> bool:
        told.append(done / total)
        return True

    for number, length in enumerate((4, 10)):
        part = subprogress(watch, number, 2)
        assert part is not None
        assert all(part(step, length) for step in range(length))

    assert told == sorted(told)
    assert told[0] == 0
    assert told[4] == 0.5
    assert told[-1] == 0.95


def test_a_part_stops_where_the_whole_does_and_nobody_need_listen() -> None:
    part = subprogress(lambda _done, _total: False, 0, 2)

    assert part is not None
    assert not part(1, 2)
    assert subprogress(None, 0, 2) is None
