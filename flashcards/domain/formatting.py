"""Formats intervals, minutes, days and counts, the same on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.clock import date_of, local_time

if TYPE_CHECKING:
    from datetime import tzinfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip

_DAY, _MONTH, _YEAR = 86_400, 30.4375, 365.25
_MONTHS_OF_YEAR = 12
_UNITS = (("s", 1, 60), ("min", 60, 60), ("h", 3600, 24), ("d", _DAY, 31))
"""Short units: name, seconds, and the count from which the next unit is used."""


def count(number: int, noun: str) -> str:
    """Return a count such as `1 card` or `1,204 cards`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def interval(seconds: float) -> str:
    """Return a wait such as `10 min`, `4 h`, `12 d`, `3.1 mo` or `1.4 y`."""
    for unit, length, end in _UNITS:
        if round(seconds / length) < end:
            return f"{max(1, round(seconds / length))} {unit}"
    days = seconds / _DAY
    if round(days / _MONTH, 1) < _MONTHS_OF_YEAR:
        return f"{days / _MONTH:.1f} mo"
    return f"{days / _YEAR:.1f} y"


def short_interval(seconds: float) -> str:
    """Return a wait in the fewest cells: `10m`, `4h`, `12d`, `3.1mo`, `1.4y`."""
    return interval(seconds).replace(" min", "m").replace(" ", "")


def minutes(seconds: float) -> str:
    """Return a predicted time such as `9 min`; at least `1 min` unless it is 0."""
    return f"{whole_minutes(seconds)} min"


def whole_minutes(seconds: float) -> int:
    """Return predicted seconds in minutes, never 0 for a positive time."""
    return max(round(seconds / 60), 1 if seconds > 0 else 0)


def minutes_long(seconds: float) -> str:
    """Return a time such as `14 minutes` or `1 minute`."""
    return count(max(round(seconds / 60), 1), "minute")


def short_date(day: int) -> str:
    """Return a study day such as `Fri, Nov 20`."""
    return f"{weekday_name(day)}, {month_and_day(day)}"


def month_and_day(day: int) -> str:
    """Return a study day such as `Dec 4`."""
    date = date_of(day)
    return f"{MONTHS[date.month - 1]} {date.day}"


def weekday_name(day: int) -> str:
    """Return the short name of a study day's weekday, such as `Fri`."""
    return WEEKDAYS[date_of(day).weekday()]


def relative_day(day: int, today: int) -> str:
    """Return a study day relative to today: `today`, `tomorrow`, `in 14 days`."""
    ahead = day - today
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    if ahead == -1:
        return "yesterday"
    return f"in {count(ahead, 'day')}" if ahead > 0 else f"{count(-ahead, 'day')} ago"


def percent(share: float) -> str:
    """Return a share such as `78%`."""
    return f"{round(share * 100)}%"


def clock_time(at: int, zone: tzinfo | None) -> str:
    """Return an instant in Unix milliseconds as `18:42`."""
    return local_time(at, zone).strftime("%H:%M")
