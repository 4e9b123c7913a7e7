"""Whole screens as text; the diff of a golden file shows what changed."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import Settings
from flashcards.tui.app import FlashcardsApp
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.conftest import TERMINAL, Hands
from tests.tui.screen_text import assert_golden, screen_text

SIZES = {"80x24": (80, 24), "60x20": (60, 20)}
SCREENS = {
    "home/home": ("down",),
    "review/question": ("enter", "h"),
    "review/answer": ("enter", "space"),
    "review/info": ("enter", "i"),
    "review/summary": ("enter", *("space", "1"), *("space", "4") * 12),
}


@pytest.fixture
def studied(collection: Collection, clock: FixedClock) -> Collection:
    """The collection after two days of study, on the third."""
    for _ in range(2):
        session = collection.sessions.start_review()
        while session.current is not None:
            clock.forward(seconds=8)
            session.reveal()
            session.rate(list(session.preview_ratings())[2])
        session.leave()
        clock.forward(days=1)
    return collection


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        *((screen, "80x24") for screen in SCREENS),
        *(
            (screen, "60x20")
            for screen in (
                "home/home",
                "review/answer",
                "review/info",
                "review/summary",
            )
        ),
    ],
)
async def test_screen(
    studied: Collection, hands: Hands, clock: FixedClock, screen: str, size: str
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL, monotonic=hands)
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.pause()
        for key in SCREENS[screen]:
            clock.forward(seconds=5)
            await pilot.press(key)
            await pilot.pause()

        assert_golden(app, f"{screen}-{size}")


async def test_the_ascii_screen_has_only_ascii_characters(
    studied: Collection, open_collection: OpenCollection, hands: Hands
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL, monotonic=hands)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space")
        await pilot.pause()

        assert_golden(app, "review/answer-ascii-80x24")
        assert screen_text(app).isascii()
