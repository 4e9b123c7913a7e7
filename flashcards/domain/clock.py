"""Time as an argument: the current moment, its study day, and dates that people type.

Instants are Unix milliseconds. Study days are proleptic Gregorian ordinals
(`date.toordinal`), so that elapsed time is a subtraction of integers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

from flashcards.errors import UsageError

DAY_MS = 86_400_000
LAST_DAY = date.max.toordinal()
"""The last study day that has a date."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A week less at either end leaves room for every time zone, rollover hour and next day.
_EARLIEST_MS = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(
    1
) * DAY_MS + 7 * DAY_MS
_LATEST_MS = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(
    1
) * DAY_MS - 7 * DAY_MS

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_INCOMPLETE = re.compile(r"[0-9]{0,4}|[0-9]{4}-[0-9]{0,2}|[0-9]{4}-[0-9]{1,2}-")
_LAST_MONTH = 12
_MAX_QUOTED = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and its study day."""

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

    Instants outside of the calendar, which a log may contain, count as the nearest one in it.
    """
    at = min(max(at, _EARLIEST_MS), _LATEST_MS)
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(zone)


def date_of(day: int) -> date:
    """Return the date of a study day, or the nearest date of the calendar."""
    return date.fromordinal(min(max(day, 1), LAST_DAY))


def study_day(at: int, zone: tzinfo | None, rollover_hour: int) -> int:
    """Return the study day of an instant.

    The study day is the local calendar date of the wall clock set back by the
    rollover hour, so that 01:30 still belongs to the evening before.
    """
    wall_time = local_time(at, zone).replace(tzinfo=None)
    return (wall_time - timedelta(hours=rollover_hour)).toordinal()


def moment(at: int, zone: tzinfo | None, rollover_hour: int) -> Moment:
    """Return the moment of an instant given in Unix milliseconds."""
    day = study_day(at, zone, rollover_hour)
    rollover = datetime.combine(date_of(day + 1), time(hour=rollover_hour))
    # For a naive time `timestamp` uses the system's zone.
    ends_at = rollover.replace(tzinfo=zone).timestamp()
    return Moment(at=at, day=day, day_ends_at=round(ends_at * 1000))


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> int:
        """Return the current instant in Unix milliseconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Return the current instant in Unix milliseconds."""
        return int(datetime.now(UTC).timestamp() * 1000)


def parse_day(text: str, example: str) -> int:
    """Return the study day of a date such as `2027-06-18` or `2027-6-18`.

    Args:
        text: The typed date.
        example: A valid date for the error message.

    Raises:
        UsageError: The text is not a date; the message says why and how to write one.
    """
    text = text.strip()
    remedy = f"Write the date as year-month-day, such as {example}."
    match = _DATE.fullmatch(text)
    if match is None:
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        if _INCOMPLETE.fullmatch(text):
            raise UsageError(remedy)
        shown = text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
        raise UsageError(f"{shown} is not a date. {remedy}")
    year, month, day = map(int, match.groups())
    if not year:
        raise UsageError(f"There is no year {match[1]}. {remedy}")
    if not 1 <= month <= _LAST_MONTH:
        raise UsageError(f"There is no month {match[2]}. {remedy}")
    last_day = _days_in(year, month)
    if not 1 <= day <= last_day:
        raise UsageError(f"{year}-{month:02} has {last_day} days, not {day}. {remedy}")
    return date(year, month, day).toordinal()


def _days_in(year: int, month: int) -> int:
    if month == _LAST_MONTH:
        return 31
    return (date(year, month + 1, 1) - timedelta(days=1)).day
