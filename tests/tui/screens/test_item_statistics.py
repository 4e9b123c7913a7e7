"""The statistics screen: items, confidence, and the work ahead."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.grading.answers import ChoiceAnswer
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.statistics.screen import StatisticsScreen
from tests.helpers import FixedClock, deck
from tests.tui.conftest import TERMINAL
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_text
from tests.tui.studying import settled

MIXED_UP = deck("""
    deck: metrics/mixed
    title: Mixed up
    notes:
      - id: mean
        kind: choice
        question: Which mean is F1?
        options:
          - {text: harmonic, correct: true}
          - {text: arithmetic, misconception: any-mean-will-do}
    """)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (MIXED_UP,)


@pytest.fixture
def answered(collection: Collection, clock: FixedClock) -> Collection:
    """A learner who was sure of the wrong option four times in six."""
    for right in (True, False, False, True, False, False):
        session = collection.sessions.start_review()
        session.set_confidence("sure")
        session.answer(ChoiceAnswer((0,) if right else (1,)))
        session.rate(Rating.GOOD if right else Rating.AGAIN)
        session.leave()
        clock.forward(days=30)
    return collection


@pytest.mark.parametrize("size", [(100, 34), (80, 24), (60, 20)], ids=str)
async def test_shift_tab_shows_items_and_their_slips(
    answered: Collection, size: tuple[int, int]
) -> None:
    app = FlashcardsApp(answered, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=size) as pilot:
        await settled(pilot)
        await pilot.press("shift+tab")
        await pilot.pause()
        text = screen_text(app)
        assert "Items with the lowest scores" in text
        assert "Which mean is F1?" in text
        assert "chosen in 4 of 6: arithmetic" in text
        await pilot.press("right")
        await pilot.pause()
        text = " ".join(screen_text(app).split())
        assert "mean: 33% in 6 answers; chosen in 4 of 6: arithmetic" in text
        assert "(any mean will do)" in text


async def test_cards_that_were_sure_but_wrong_are_listed(answered: Collection) -> None:
    app = FlashcardsApp(answered, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("shift+tab", "shift+tab", "right")
        await pilot.pause()
        text = screen_text(app)
        assert "Sure but wrong" in text
        assert "mean in metrics/mixed" in text
        assert "Not enough answers yet for confidence (6 of 20)." in text


async def test_the_forecast_shows_expected_work_on_top_of_cards_due(
    answered: Collection,
) -> None:
    app = FlashcardsApp(answered, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=(80, 24)) as pilot:
        await settled(pilot)
        assert "min a day ░ with new" in screen_text(app)
        await pilot.press("tab", "right")
        await pilot.pause()
        assert "1 card due; about 1 min, 1 review, 0 new expected" in screen_text(app)
        await pilot.press("y", "right")
        await pilot.pause()
        assert "Two weeks from" in screen_text(app)


async def test_reading_a_long_log_shows_its_progress(answered: Collection) -> None:
    app = FlashcardsApp(answered, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, StatisticsScreen)
        assert screen.reading == (6, 6)
        screen.figures = None
        screen.reading = (600_000, 1_000_000)
        screen.redraw()
        await pilot.pause()
        assert "600,000 of 1,000,000 reviews read" in screen_text(app)
        assert "━" * 24 + "─" * 16 in screen_text(app)


async def test_leaving_the_screen_stops_the_computation(answered: Collection) -> None:
    app = FlashcardsApp(answered, environment=TERMINAL)
    async with screen_opened_by(app, "t", "escape", size=(80, 24)):
        assert isinstance(app.screen, HomeScreen)
        assert not app._exception
        assert "Statistics" not in screen_text(app).partition("\n\n")[0]
