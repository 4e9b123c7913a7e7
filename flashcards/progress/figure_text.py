"""Shares, months and lists in words; for days and counts see `flashcards.domain.formatting`."""

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


def join_words(words: list[str]) -> str:
    """Return words such as `Metrics, Drift and Scaling`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def title_of_area(key: str) -> str:
    """Return an area's key as a title, such as `Feature stores` for `feature-stores`."""
    words = key.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def not_enough_reviews(purpose: str, available: int, needed: int) -> str:
    """Return why a figure is not shown yet; empty if there are enough reviews."""
    if available >= needed:
        return ""
    return f"Not enough reviews yet for {purpose} ({available} of {needed})."
