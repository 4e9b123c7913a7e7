"""The packed log has the same reviews as the rows of the table."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.progress.log.review_log import Log
from flashcards.store.reading import figures as reading

EXTREMES = [
    (0, 1, 0, 1, 0, 0),
    (-1, 3_652_059, 60_000, 4, 3, 36_500 * 86_400),
    (4_102_444_800_000, 740_000, 9_999_999, 2, 2, 2**40),
]
"""Instant, study day, milliseconds, rating, state and wait, at the ends of their ranges."""


def test_every_column_is_unpacked_and_only_values_out_of_range_are_cut(
    collection: Collection,
) -> None:
    # A reader that is open already does not look for impossible values again.
    figures = collection.reader.figures
    with closing(sqlite3.connect(collection.directories.database)) as store, store:
        store.executemany(
            "INSERT INTO reviews (uid, card_id, reviewed_at, study_day, duration_ms, rating, "
            "state, interval_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(str(n), n + 1, *row) for n, row in enumerate(EXTREMES)],
        )
    store.close()

    slices = figures.review_log()

    assert slices is not None
    log = Log.from_slices(slices)
    assert log.card.tolist() == [1, 2, 3]
    assert log.at.tolist() == [0, -1, 4_102_444_800_000]
    assert log.day.tolist() == [1, 3_652_059, 740_000]
    assert log.rating.tolist() == [1, 4, 2]
    assert log.milliseconds.tolist() == [0, 60_000, 60_000]
    assert log.state.tolist() == [0, 3, 2]
    assert log.interval.tolist() == [0, 36_500 * 86_400, 2**32 - 1]


def test_slices_have_every_review_once_and_progress_can_stop_them(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = collection.sessions.start_review()
    for _ in range(9):
        session.reveal()
        session.rate(Rating.AGAIN)
    session.undo()
    session.leave()
    whole = collection.reader.figures.review_log()
    monkeypatch.setattr(reading, "SLICE", 2)
    steps: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    sliced = collection.reader.figures.review_log(watch)

    assert whole is not None
    assert sliced is not None
    assert len(Log.from_slices(sliced)) == 8
    assert b"".join(sliced) == b"".join(whole)
    assert steps == [(2, 9), (4, 9), (6, 9), (8, 9), (9, 9)]
    assert collection.reader.figures.review_log(lambda done, _: done < 4) is None
    assert collection.reader.figures.load(lambda done, _: done < 4) is None


def test_an_empty_log_has_no_rows(collection: Collection) -> None:
    slices = collection.reader.figures.review_log()

    assert slices == []
    assert np.array_equal(Log.from_slices([]).card, [])
