"""Every size is drawn without a crash, and small ones keep what matters."""

from __future__ import annotations

import pytest

from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.tui.screen_text import screen_text

SIZES = [
    (200, 60),
    (120, 36),
    (100, 30),
    (80, 24),
    (60, 20),
    (59, 19),
    (44, 14),
    (40, 10),
]
TINY_SIZES = [(38, 9), (20, 6), (5, 2), (1, 1)]
PATHS = {
    "home": (),
    "list": ("down", "down"),
    "question": ("s",),
    "answer": ("s", "space"),
    "info": ("s", "space", "i"),
    "help": ("?",),
    "report": ("s", "r"),
    "summary": ("s", "space", "1", "space", "4", "space", "4", "space", "4", "q"),
}


@pytest.mark.parametrize("size", [*SIZES, *TINY_SIZES])
@pytest.mark.parametrize("path", PATHS)
async def test_every_screen_is_drawn_at_every_size(
    app: FlashcardsApp, size: tuple[int, int], path: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in PATHS[path]:
            await pilot.press(key)
            await pilot.pause()
        rows = screen_text(app).splitlines()

    assert len(rows) == size[1]
    if size in SIZES and path != "report":
        assert "help" in rows[-1]


@pytest.mark.parametrize("size", TINY_SIZES[:2])
async def test_a_tiny_terminal_shows_the_size_needed(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        needs = f"Needs 60x20, is {size[0]}x{size[1]}."

        assert " ".join(screen_text(app).split()) == needs


async def test_keys_work_in_a_terminal_too_small_to_show_anything(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        await pilot.resize_terminal(5, 2)
        await pilot.press("space", "4")
        await pilot.resize_terminal(0, 0)
        await pilot.press("space")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)
        assert "3 left" in screen_text(app)
        assert "Good" in screen_text(app)


async def test_a_small_terminal_keeps_card_ratings_and_keys(app: FlashcardsApp) -> None:
    async with app.run_test(size=(44, 14)) as pilot:
        await pilot.pause()
        await pilot.press("s", "space")
        await pilot.pause()
        text = screen_text(app)

    assert "Macro-averaged F1" in text
    assert "3✓" in text
    assert text.splitlines()[-1].endswith("? help")
    assert "metrics ›" not in text
