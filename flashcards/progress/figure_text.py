"""Shares and lists in the words of sentences; for days and counts see `flashcards.domain.formatting`."""

from __future__ import annotations

from flashcards.domain.formatting import MONTHS


def percent(share: float) -> str:
    """Return a share such as `78%`; only an exact 0 or 1 is shown as 0% or 100%."""
    return f"{whole_percent(share)}%"


def whole_percent(share: float) -> int:
    """Return a share in whole percent, 1 to 99 unless it is exactly 0 or 1."""
    if share in (0, 1):
        return round(share * 100)
    return min(max(round(share * 100), 1), 99)


def month(year: int, number: int) -> str:
    """Return a month such as `Nov 2026`."""
    return f"{MONTHS[number - 1]} {year}"


def listed(words: list[str]) -> str:
    """Return words such as `Metrics, Drift and Scaling`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def still_needed(what: str, have: int, need: int) -> str:
    """Return why a figure is not shown yet; empty where there is enough."""
    if have >= need:
        return ""
    return f"Not enough reviews yet for {what} ({have} of {need})."
