"""Statistics depend on the log alone, not on the current time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.clock import moment
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS, Settings
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log, predicted_recall
from flashcards.progress.statistics.statistics import Statistics, compute_statistics
from tests.conftest import OpenCollection
from tests.helpers import FixedClock


def figures(
    collection: Collection, today: int, scope: Scope | None = None
) -> Statistics:
    rows = collection.reader.figures.load()
    assert rows is not None
    return compute_statistics(
        rows,
        collection.settings,
        collection.pace.of,
        today,
        scope=scope or Scope(),
    )


def study(collection: Collection, rating: Rating = Rating.GOOD) -> int:
    session = collection.sessions.start_review()
    answer_count = 0
    while session.current and answer_count < 20:
        session.reveal()
        session.rate(rating)
        answer_count += 1
    session.leave()
    return answer_count


def test_a_new_store_has_no_figures(collection: Collection) -> None:
    result = figures(collection, collection.moment().day)

    assert result.summary == "No reviews yet."
    assert result.minutes_a_day is None
    assert result.retention.all.share is None
    assert result.retention.missing == "Not enough reviews yet for retention (0 of 30)."
    assert result.check.log_loss is None
    assert result.habit.streak == 0


@pytest.mark.parametrize(
    ("seconds", "spent"),
    [
        (0, "0 min"),
        (5, "1 min"),
        (95, "2 min"),
        (3600, "1 h 0 min"),
        (9_000, "2 h 30 min"),
    ],
)
def test_any_time_spent_is_shown_as_at_least_a_minute(
    collection: Collection, seconds: float, spent: str
) -> None:
    study(collection)
    result = replace(figures(collection, collection.moment().day), seconds=seconds)

    assert f" - {spent} - since " in result.summary


def test_undone_reviews_do_not_count(collection: Collection) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(Rating.AGAIN)
    session.reveal()
    session.rate(Rating.EASY)
    session.undo()

    result = figures(collection, collection.moment().day)

    assert result.reviews == 1
    assert result.answers.ratings[Rating.AGAIN] == 1
    assert result.answers.ratings[Rating.EASY] == 0


def test_the_progress_callback_can_stop_the_figures(collection: Collection) -> None:
    study(collection)

    assert collection.figures.statistics(progress=lambda *_: False) is None
    assert collection.figures.extended_statistics(progress=lambda *_: False) is None
    assert collection.figures.statistics(progress=lambda *_: True) is not None


def test_a_deck_in_scope_leaves_the_others_out(collection: Collection) -> None:
    study(collection)
    today = collection.moment().day

    assert figures(collection, today, Scope(("metrics",))).reviews > 0
    assert figures(collection, today, Scope(("drift",))).reviews == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_the_same_log_gives_the_same_statistics_in_every_zone(
    open_collection: OpenCollection,
    collection: Collection,
    clock: FixedClock,
    settings: Settings,
    zone: str,
) -> None:
    berlin = open_collection(replace(settings, timezone="Europe/Berlin"))
    # Clocks in Berlin went forward on 29 March 2026 at 02:00, inside these evenings.
    start = datetime(2026, 3, 27, 23, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    clock.at = int(start.timestamp() * 1000)
    days = []
    for _ in range(4):
        days.append(berlin.moment().day)
        study(berlin, Rating.EASY)
        clock.forward(hours=23 if len(days) == 2 else 24)
    elsewhere = open_collection(replace(settings, timezone=zone))
    today = days[-1]

    here, there = figures(berlin, today), figures(elsewhere, today)

    assert here == there
    assert days == list(range(days[0], days[0] + 4))
    assert [day.day for day in here.days][:2] == days[:2]


def test_a_change_of_time_zone_keeps_each_study_day() -> None:
    at = int(datetime(2026, 3, 29, 1, 30, tzinfo=UTC).timestamp() * 1000)

    days = {
        zone: moment(at, ZoneInfo(zone), 4).date.isoformat()
        for zone in ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles")
    }

    assert days == {
        "Europe/Berlin": "2026-03-28",
        "Pacific/Auckland": "2026-03-29",
        "America/Los_Angeles": "2026-03-28",
    }


def test_reviews_after_an_imported_memory_do_not_check_the_model() -> None:
    days = [(1, 0), (1, 5), (2, 0), (2, 5)]
    rows = [(card, day, day, 3, 900, 2, 86_400) for card, day in days]
    log = Log.from_rows(rows)
    cards = CardTable.from_rows(
        [(n, n, 1, "", 0, 2, 9, 5, 3.0, 5.0, 2, 0, 0, 0, 0) for n in (1, 2)]
    )

    whole = predicted_recall(log, cards, lambda _: DEFAULT_WEIGHTS)
    partly = predicted_recall(log, cards, lambda _: DEFAULT_WEIGHTS, {2: 3})

    assert np.isfinite(whole[[1, 3]]).all()
    assert partly[1] == whole[1]
    assert np.isnan(partly[3])
