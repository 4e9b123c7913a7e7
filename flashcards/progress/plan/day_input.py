"""How a typed day is read: `20 dec`, `fri`, `in 3 weeks`, `25.12.` or `2026-12-25`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flashcards.domain.clock import LAST_DAY, parse_day
from flashcards.domain.formatting import MONTHS, WEEKDAYS, month_and_day
from flashcards.domain.study_plan import weekday
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEK = 7
_EXAMPLE_DAYS = 28
"""How far ahead the example date in an error message is."""
_LEAP_CYCLE = 8
"""Every February 29 is followed by another one within so many years."""
_LEAST_LETTERS = 3
_MOST_QUOTED = 20
_FULL_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
                "september", "october", "november", "december")  # fmt: skip
_FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                  "sunday")  # fmt: skip
_EXTRA_NAMES = {"sept": "sep", "tues": "tue", "thur": "thu", "thurs": "thu"}
_DAYS_OF_UNIT = {"d": 1, "day": 1, "days": 1, "w": _WEEK, "week": _WEEK, "weeks": _WEEK}
_NEAR = {"today": 0, "tomorrow": 1}

_ISO = re.compile(r"[0-9]{4}-.*|[0-9]{4}|[0-9]{8}", re.ASCII)
_AHEAD = re.compile(r"(?:in |\+)\s*([0-9]{1,9})\s*([a-z]*)|([0-9]{1,9})\s*(d|w|days?|weeks?)", re.ASCII)  # fmt: skip
_DOTTED = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})(?:\.\s*([0-9]{4})?)?", re.ASCII)
_DAY_AND_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of)?\s*([a-z]+)\.?(?:,?\s*([0-9]{4}))?",
    re.ASCII,
)
_MONTH_AND_DAY = re.compile(
    r"([a-z]+)\.?\s*([0-9]{1,2})(?:st|nd|rd|th)?(?:(?:,\s*|\s+)([0-9]{4}))?", re.ASCII
)
_SLASHES = re.compile(r"[0-9]+/[0-9]+(?:/[0-9]+)?", re.ASCII)
_ON_WEEKDAY = re.compile(r"(?:on |next )?([a-z]+)\.?", re.ASCII)


def read_day(text: str, today: int) -> int:
    """Return the study day that a typed text means, relative to today.

    A day without a year is the next such day, today included; a weekday is the next one
    after today.

    Raises:
        UsageError: the text is not a day; the message names the wrong part and shows how
            to write one.
    """
    words = " ".join(text.lower().split())
    remedy = _remedy(today)
    if not words:
        raise UsageError(f"Write a date{remedy}.")
    if words in _NEAR:
        return today + _NEAR[words]
    if _ISO.fullmatch(words):
        return parse_day(words, date.fromordinal(today + _EXAMPLE_DAYS).isoformat())
    try:
        return _read_words(words, today)
    except UsageError as error:
        raise UsageError(f"{error}. Write it{remedy}.") from None


def _read_words(words: str, today: int) -> int:
    readers: tuple[tuple[re.Pattern[str], Callable[..., int]], ...] = (
        (_AHEAD, _read_ahead),
        (_DOTTED, _read_dotted),
        (_DAY_AND_MONTH, _read_day_and_month),
        (_MONTH_AND_DAY, _read_month_and_day),
        (_ON_WEEKDAY, _read_weekday),
    )
    for pattern, read in readers:
        if match := pattern.fullmatch(words):
            return read(today, *match.groups())
    if _SLASHES.fullmatch(words):
        raise UsageError(f"{words} can mean two days")
    raise UsageError(f"{_quoted(words)} is not a date")


def _remedy(today: int) -> str:
    example = today + _EXAMPLE_DAYS
    iso_date = date.fromordinal(example).isoformat()
    return f" as {month_and_day(example).lower()}, fri, in 3 weeks or {iso_date}"


def _read_ahead(
    today: int, number: str | None, unit: str, short: str, short_unit: str
) -> int:
    if number is None:
        number, unit = short, short_unit
    if unit and unit not in _DAYS_OF_UNIT:
        raise UsageError(f"{_quoted(unit)} is neither days nor weeks")
    return min(today + int(number) * _DAYS_OF_UNIT.get(unit, 1), LAST_DAY)


def _read_dotted(today: int, day: str, month: str, year: str | None) -> int:
    if not 1 <= int(month) <= len(MONTHS):
        raise UsageError(f"There is no month {month}")
    return _next_day(today, int(day), int(month), year)


def _read_day_and_month(today: int, day: str, name: str, year: str | None) -> int:
    month = _find_name(name, MONTHS, _FULL_MONTHS)
    if month is None:
        raise UsageError(f"{_quoted(name)} is not a month")
    return _next_day(today, int(day), month + 1, year)


def _read_month_and_day(today: int, name: str, day: str, year: str | None) -> int:
    return _read_day_and_month(today, day, name, year)


def _read_weekday(today: int, name: str) -> int:
    number = _find_name(name, WEEKDAYS, _FULL_WEEKDAYS)
    if number is None:
        raise UsageError(f"{_quoted(name)} is not a date")
    return today + ((number - weekday(today) - 1) % _WEEK) + 1


def _find_name(
    name: str, short_names: tuple[str, ...], full_names: tuple[str, ...]
) -> int | None:
    """Return the index of a month or weekday by its name or at least three of its letters."""
    name = _EXTRA_NAMES.get(name, name)
    for index, (short, full) in enumerate(zip(short_names, full_names, strict=True)):
        if name == short.lower() or (
            len(name) >= _LEAST_LETTERS and full.startswith(name)
        ):
            return index
    return None


def _next_day(today: int, day: int, month: int, year: str | None) -> int:
    """Return a day of a year, or without a year the next such day from today on."""
    if year is None:
        first_year = date.fromordinal(today).year
        years = range(first_year, min(first_year + _LEAP_CYCLE, date.max.year) + 1)
        days = (_to_day(each_year, month, day) for each_year in years)
        next_day = next((item for item in days if item and item >= today), None)
    else:
        next_day = _to_day(int(year), month, day)
    if next_day is None:
        of_year = f" {year}" if year is not None else ""
        raise UsageError(f"There is no {MONTHS[month - 1]} {day}{of_year}")
    return next_day


def _to_day(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _quoted(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"
