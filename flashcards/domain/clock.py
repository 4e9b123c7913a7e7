"""Time as an argument: the current moment, and the study day it belongs to.

Instants are Unix milliseconds. Study days are proleptic Gregorian ordinals
(`date.toordinal`), so that elapsed time is a subtraction of integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

DAY_MS = 86_400_000
LAST_DAY = date.max.toordinal()
"""The last study day that has a date."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A week to spare on either side, for every zone, rollover hour and day that follows.
_EARLIEST_MS = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(
    1
) * DAY_MS + 7 * DAY_MS
_LATEST_MS = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(
    1
) * DAY_MS - 7 * DAY_MS


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the study day it falls on."""

    at: int
    """Unix milliseconds."""
    day: int
    """The study day, as a date ordinal."""
    day_ends_at: int
    """The instant at which the next study day begins, in Unix milliseconds."""

    @property
    def date(self) -> date:
        """The study day as a date."""
        return date_of(self.day)

    def day_of(self, at: int) -> int:
        """Return the study day of an instant that is not before this moment."""
        if at < self.day_ends_at:
            return self.day
        return self.day + 1 + (at - self.day_ends_at) // DAY_MS


def local_time(at: int, zone: tzinfo | None) -> datetime:
    """Return an instant as wall time in `zone`, or in the system's zone for None.

    A log can hold instants that no calendar has; they count as the nearest one that does.
    """
    at = min(max(at, _EARLIEST_MS), _LATEST_MS)
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone)


def date_of(day: int) -> date:
    """Return the date of a study day, or the nearest date where a calendar has none."""
    return date.fromordinal(min(max(day, 1), LAST_DAY))


def study_day(at: int, zone: tzinfo | None, rollover_hour: int) -> int:
    """Return the study day of an instant.

    The study day is the local calendar date of the wall clock set back by the
    rollover hour, so that 01:30 still belongs to the evening before.
    """
    wall = local_time(at, zone).replace(tzinfo=None)
    return (wall - timedelta(hours=rollover_hour)).toordinal()


def moment(at: int, zone: tzinfo | None, rollover_hour: int) -> Moment:
    """Return the moment of an instant given in Unix milliseconds."""
    day = study_day(at, zone, rollover_hour)
    turn = datetime.combine(date_of(day + 1), time(hour=rollover_hour))
    # A naive time is read in the system's zone by `timestamp`.
    ends = turn.replace(tzinfo=zone).timestamp()
    return Moment(at=at, day=day, day_ends_at=round(ends * 1000))


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> int:
        """Return the current instant in Unix milliseconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Return the current instant in Unix milliseconds."""
        return int(datetime.now(UTC).timestamp() * 1000)
