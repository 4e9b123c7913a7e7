"""Start a review or a screen of the app in a test."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from flashcards.tui.screens.review.screen import ReviewScreen
from tests.tui.studying import settled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from flashcards.domain.cards import CardRow
    from flashcards.tui.app import FlashcardsApp

SIZE = (80, 24)


async def begin(pilot: Pilot[str]) -> ReviewScreen:
    """Start a review on the home screen and return its screen."""
    await pilot.pause()
    await pilot.press("s")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


@asynccontextmanager
async def review_on(
    app: FlashcardsApp, size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[Pilot[str], ReviewScreen]]:
    """Run an app and start a review on its home screen."""
    async with app.run_test(size=size) as pilot:
        yield pilot, await begin(pilot)


@asynccontextmanager
async def screen_opened_by(
    app: FlashcardsApp, *keys: str, size: tuple[int, int] = SIZE
) -> AsyncIterator[Pilot[str]]:
    """Run an app, and open a screen by keys on its home screen until it is complete."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        yield pilot


def current(screen: ReviewScreen) -> CardRow:
    """Return the current card of a review."""
    assert screen.session.current is not None
    return screen.session.current.row
