"""Days and instants as JSON has them."""

from __future__ import annotations

from datetime import UTC

from flashcards.domain.clock import date_of, local_time


def iso_day(day: int | None) -> str | None:
    """Return a study day such as `2026-03-02`; None for None."""
    return None if day is None else date_of(day).isoformat()


def iso_instant(at: int) -> str:
    """Return an instant such as `2026-03-02T09:00:00Z`."""
    time = local_time(at, UTC)
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
