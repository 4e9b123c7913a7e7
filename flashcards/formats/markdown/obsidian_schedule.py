"""Parse the schedules that the spaced-repetition plugin of Obsidian writes after a card."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from flashcards.domain.cards import DAY_SECONDS, Memory, State
from flashcards.scheduling.formulas import LEAST_STABILITY
from flashcards.scheduling.sm2 import from_sm2

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEDULE = re.compile(r"<!--SR:([^\n<>]*)-->")
"""The schedules of all cards of a note, in a comment."""

_NEW = "2000-01-01"
"""The day that the plugin writes for a sibling that was never reviewed."""
_FSRS = "fsrs"
_FSRS_FIELDS, _SM2_FIELDS = 10, 3
_MAX_DAYS = 36_525
_DAY_FIRST = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


def split_schedules(schedules: str) -> list[str]:
    """Split schedules into one for each sibling."""
    return [schedule.strip() for schedule in schedules.split("!") if schedule.strip()]


def parse_memory(schedule: str, day_of: Callable[[int], int]) -> Memory | None:
    """Parse one schedule into a memory; None for a card that was never reviewed.

    Args:
        schedule: Due date, interval in days and ease in percent; or the word `fsrs`, then the
            fields of an FSRS card.
        day_of: Returns the study day of an instant.

    Raises:
        ValueError: The schedule cannot be parsed.
    """
    fields = [field.strip() for field in schedule.split(",")]
    try:
        if fields[0] == _FSRS:
            return _parse_fsrs(fields, day_of)
        return _parse_sm2(fields)
    except OverflowError as error:
        raise ValueError(schedule) from error


def _parse_sm2(fields: list[str]) -> Memory | None:
    if len(fields) != _SM2_FIELDS:
        raise ValueError(fields)
    if fields[0] == _NEW:
        return None
    day_first = _DAY_FIRST.fullmatch(fields[0])
    due = (
        date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        if day_first
        else date.fromisoformat(fields[0])
    )
    interval = _parse_number(fields[1], _MAX_DAYS)
    memory = from_sm2(due.toordinal(), interval, _parse_number(fields[2], 10_000))
    _check_days(memory)
    return memory


def _parse_fsrs(fields: list[str], day_of: Callable[[int], int]) -> Memory | None:
    if len(fields) != _FSRS_FIELDS:
        raise ValueError(fields)
    _, due, _, stability, difficulty, state_number, reps, lapses, _, last = fields
    state = State(int(state_number))
    if state is State.NEW:
        return None
    due_at, last_at = _parse_instant(due), _parse_instant(last)
    due_day, last_day = day_of(due_at), day_of(last_at)
    in_review = state is State.REVIEW
    memory = Memory(
        state=state,
        # Its learning steps may differ from ours, so a card in learning starts them again.
        step=None if in_review else 0,
        stability=max(LEAST_STABILITY, _parse_number(stability, _MAX_DAYS)),
        difficulty=min(10.0, max(1.0, _parse_number(difficulty, 10))),
        due_day=due_day,
        due_at=None if in_review else due_at,
        last_day=last_day,
        interval_seconds=(
            max(1, due_day - last_day) * DAY_SECONDS
            if in_review
            else max(0, due_at - last_at) // 1000
        ),
        reps=max(1, int(_parse_number(reps, 1_000_000))),
        lapses=int(_parse_number(lapses, 1_000_000)),
    )
    _check_days(memory)
    return memory


def _check_days(memory: Memory) -> None:
    if not (memory.last_day or 0) > 0:
        raise ValueError(memory.last_day)


def _parse_number(text: str, maximum: float) -> float:
    value = float(text)
    if not isfinite(value) or not 0 <= value <= maximum:
        raise ValueError(text)
    return value


def _parse_instant(text: str) -> int:
    """Parse an instant to Unix milliseconds; without an offset it is UTC."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return round(instant.timestamp() * 1000)
