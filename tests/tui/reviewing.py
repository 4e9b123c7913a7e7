"""A review begun on the screen."""

from __future__ import annotations

from textual.pilot import Pilot

from flashcards.domain.cards import CardRow
from flashcards.tui.screens.review.screen import ReviewScreen

SIZE = (80, 24)


async def begin(pilot: Pilot[str]) -> ReviewScreen:
    await pilot.pause()
    await pilot.press("s")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


def current(screen: ReviewScreen) -> CardRow:
    assert screen.session.current is not None
    return screen.session.current.row
