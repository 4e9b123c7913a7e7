"""The end of a session over some decks names them, and counts the cards due elsewhere."""

from __future__ import annotations

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.review.summary_screen import SummaryScreen
from tests.tui.conftest import TERMINAL, Hands
from tests.tui.reviewing import SIZE
from tests.tui.screen_text import screen_text

SCALING = Scope(decks=("scaling",))


async def test_the_end_of_a_deck_shows_the_cards_due_in_other_decks(
    collection: Collection, hands: Hands
) -> None:
    app = FlashcardsApp(
        collection,
        first=collection.sessions.start_review(SCALING),
        scope=SCALING,
        environment=TERMINAL,
        monotonic=hands,
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("space", "4")
        await pilot.pause()

        assert isinstance(app.screen, SummaryScreen)
        text = " ".join(screen_text(app).split())
        assert "All done in scaling: 1 answer in 1 minute. 3 cards due in other" in text
        assert "All done for today" not in text


async def test_a_deck_with_nothing_due_shows_what_is_due_elsewhere(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review(SCALING)
    session.reveal()
    session.rate(Rating.EASY)
    session.leave()
    app = FlashcardsApp(
        collection,
        first=collection.sessions.start_review(SCALING),
        scope=SCALING,
        environment=TERMINAL,
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)
        assert "Nothing due in scaling. 3 cards due in other decks." in screen_text(app)
