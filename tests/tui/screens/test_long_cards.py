"""A card longer than its room scrolls inside itself."""

from __future__ import annotations

import pytest

from flashcards.tui.app import FlashcardsApp
from tests.helpers import deck
from tests.tui.reviewing import SIZE, begin
from tests.tui.screen_text import screen_text

LONG = deck("""
    deck: metrics/long
    title: Long
    notes:
      - id: long-1
        front: "QUESTION"
        back: "ANSWER"
        why: THE END
    """)


@pytest.mark.parametrize(
    "decks",
    [(LONG.replace(b"QUESTION", b"What? " * 5).replace(b"ANSWER", b"so much " * 150),)],
)
async def test_a_long_card_scrolls_inside_itself(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot)
        await pilot.press("space")
        assert "more below" in screen_text(app)
        assert "THE END" not in screen_text(app)
        await pilot.press("down", "down", "down", "down")
        assert "THE END" in screen_text(app)
        assert "more below" not in screen_text(app)
        await pilot.press("up", "up", "up", "up")
        assert "What? What?" in screen_text(app)


@pytest.mark.parametrize(
    "decks",
    [(LONG.replace(b"QUESTION", b"What? " * 200).replace(b"ANSWER", b"That."),)],
)
async def test_the_answer_comes_into_sight_under_a_long_question(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await begin(pilot)
        assert "more below" in screen_text(app)
        await pilot.press("space")

        assert "That." in screen_text(app)
        assert "THE END" in screen_text(app)
