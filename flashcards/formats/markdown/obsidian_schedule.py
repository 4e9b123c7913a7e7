"""The schedule that Obsidian's spaced-repetition plugin writes behind a card."""

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
"""The day that the plugin writes for a sibling that was not asked yet."""
_FSRS = "fsrs"
_FSRS_FIELDS, _SM2_FIELDS = 10, 3
_MOST_DAYS = 36_525
_DAY_FIRST = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")


def groups_of(schedules: str) -> list[str]:
    """Return the schedule of each sibling, as it was written."""
    return [group.strip() for group in schedules.split("!") if group.strip()]


def memory_from(group: str, day_of: Callable[[int], int]) -> Memory | None:
    """Return the memory that one schedule states, None for a card that was never asked.

    Args:
        group: One schedule: due date, interval in days, ease in percent; or the card of
            FSRS behind the word `fsrs`.
        day_of: Returns the study day of an instant.

    Raises:
        ValueError: it cannot be read.
    """
    fields = [field.strip() for field in group.split(",")]
    try:
        if fields[0] == _FSRS:
            return _fsrs(fields, day_of)
        return _sm2(fields)
    except OverflowError as error:
        raise ValueError(group) from error


def _sm2(fields: list[str]) -> Memory | None:
    if len(fields) != _SM2_FIELDS:
        raise ValueError(fields)
    if fields[0] == _NEW:
        return None
    found = _DAY_FIRST.fullmatch(fields[0])
    due = (
        date(int(found[3]), int(found[2]), int(found[1]))
        if found
        else date.fromisoformat(fields[0])
    )
    interval = _number(fields[1], _MOST_DAYS)
    memory = from_sm2(due.toordinal(), interval, _number(fields[2], 10_000))
    _check_days(memory)
    return memory


def _fsrs(fields: list[str], day_of: Callable[[int], int]) -> Memory | None:
    if len(fields) != _FSRS_FIELDS:
        raise ValueError(fields)
    _, due, _, stability, difficulty, state_number, reps, lapses, _, last = fields
    state = State(int(state_number))
    if state is State.NEW:
        return None
    due_at, last_at = _instant(due), _instant(last)
    due_day, last_day = day_of(due_at), day_of(last_at)
    in_review = state is State.REVIEW
    memory = Memory(
        state=state,
        # Its steps may be others than ours, so a card in learning begins them again.
        step=None if in_review else 0,
        stability=max(LEAST_STABILITY, _number(stability, _MOST_DAYS)),
        difficulty=min(10.0, max(1.0, _number(difficulty, 10))),
        due_day=due_day,
        due_at=None if in_review else due_at,
        last_day=last_day,
        interval_seconds=(
            max(1, due_day - last_day) * DAY_SECONDS
            if in_review
            else max(0, due_at - last_at) // 1000
        ),
        reps=max(1, int(_number(reps, 1_000_000))),
        lapses=int(_number(lapses, 1_000_000)),
    )
    _check_days(memory)
    return memory


def _check_days(memory: Memory) -> None:
    if not (memory.last_day or 0) > 0:
        raise ValueError(memory.last_day)


def _number(text: str, most: float) -> float:
    value = float(text)
    if not isfinite(value) or not 0 <= value <= most:
        raise ValueError(text)
    return value


def _instant(text: str) -> int:
    """Return an instant in Unix milliseconds; one without an offset is UTC."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return round(found.timestamp() * 1000)
