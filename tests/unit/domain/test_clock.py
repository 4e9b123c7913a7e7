"""Study days turn over at the rollover hour of the learner's own wall clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.clock import DAY_MS, moment, study_day

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]


def at(text: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-03-02T03:59", date(2026, 3, 1)),
        ("2026-03-02T04:00", date(2026, 3, 2)),
        ("2026-03-02T23:59", date(2026, 3, 2)),
        ("2026-03-03T01:30", date(2026, 3, 2)),
        # Clocks go forward from 02:00 to 03:00 on this night.
        ("2026-03-29T03:30", date(2026, 3, 28)),
        ("2026-03-29T04:00", date(2026, 3, 29)),
    ],
)
def test_a_study_day_lasts_from_rollover_to_rollover(wall: str, day: date) -> None:
    assert study_day(at(wall), BERLIN, 4) == day.toordinal()


@given(
    st.integers(0, 4_000_000_000_000),
    st.sampled_from(ZONES),
    st.integers(0, 23),
)
def test_the_day_of_a_moment_ends_when_the_next_day_begins(
    instant: int, zone: str, rollover: int
) -> None:
    place = ZoneInfo(zone)
    now = moment(instant, place, rollover)

    assert now.day == study_day(instant, place, rollover)
    assert now.day_of(instant) == now.day
    assert now.day_of(now.day_ends_at) == now.day + 1


def test_a_later_instant_is_on_the_day_of_the_wall_clock() -> None:
    now = moment(at("2026-03-02T12:00"), BERLIN, 4)

    assert now.day_of(at("2026-03-03T03:59")) == now.day
    assert now.day_of(at("2026-03-03T04:00")) == now.day + 1
    assert now.day_of(at("2026-03-05T12:00")) == now.day + 3


def test_the_system_zone_is_used_when_none_is_named() -> None:
    instant = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp() * 1000)

    assert abs(moment(instant, None, 4).day_ends_at - instant) <= 2 * DAY_MS
