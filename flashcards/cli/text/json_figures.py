"""Days, instants and minutes as scripts read them."""

from __future__ import annotations

from datetime import UTC

from flashcards.domain.clock import date_of, local_time


def iso_day(day: int | None) -> str | None:
    """Return a study day such as `2026-03-02`, None for no day."""
    return None if day is None else date_of(day).isoformat()


def iso_instant(at: int) -> str:
    """Return an instant such as `2026-03-02T09:00:00Z`."""
    told = local_time(at, UTC)
    return told.isoformat(timespec="seconds").replace("+00:00", "Z")


def whole_minutes(seconds: float) -> int:
    """Return predicted seconds in minutes, never 0 where something is left."""
    return max(round(seconds / 60), 1 if seconds > 0 else 0)
