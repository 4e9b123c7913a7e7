"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flashcards.errors import UsageError

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_INCOMPLETE = re.compile(r"[0-9]{0,4}|[0-9]{4}-[0-9]{0,2}|[0-9]{4}-[0-9]{1,2}-")
_MONTHS = 12
_LONGEST = 30


def day_named(text: str, example: str) -> int:
    """Return the study day of a date such as `2026-12-04` or `2026-12-4`.

    Args:
        text: The date as it was typed.
        example: A date as it should be typed, for the error message.

    Raises:
        UsageError: it is no date; says what is wrong and how to write one.
    """
    text = text.strip()
    how = f"Write the date as year-month-day, such as {example}."
    found = _DATE.fullmatch(text)
    if found is None:
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        if _INCOMPLETE.fullmatch(text):
            raise UsageError(how)
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        raise UsageError(f"{shown} is not a date. {how}")
    year, month, day = map(int, found.groups())
    if not year:
        raise UsageError(f"There is no year {found[1]}. {how}")
    if not 1 <= month <= _MONTHS:
        raise UsageError(f"There is no month {found[2]}. {how}")
    most = _days_in(year, month)
    if not 1 <= day <= most:
        raise UsageError(f"{year}-{month:02} has {most} days, not {day}. {how}")
    return date(year, month, day).toordinal()


def _days_in(year: int, month: int) -> int:
    if month == _MONTHS:
        return 31
    return (date(year, month + 1, 1) - timedelta(days=1)).day
