"""After a finished day there is a way to more cards, and the day stays finished."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import Settings
from flashcards.study.quiz.quiz import QuizSession
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.screens.review.summary_screen import SummaryScreen
from tests.conftest import OpenCollection, OpenHomeWith
from tests.helpers import deck
from tests.tui.conftest import TERMINAL, Hands
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_text
from tests.tui.studying import settled

EIGHT = deck(
    "deck: drift/types\ntitle: Drift types\nnotes:\n"
    + "\n".join(
        f"  - {{id: d-{n}, front: Question {n} of drift?, back: Answer {n}}}"
        for n in range(8)
    )
    + "\n  - {id: d-quiz, kind: typed, question: Which drift?, accept: [label drift]}"
)


@pytest.fixture
def done(
    open_home_with: OpenHomeWith, open_collection: OpenCollection, settings: Settings
) -> Collection:
    """Two of nine new cards are today's, and they are done."""
    open_home_with("drift.yaml", EIGHT)
    limits = replace(settings.scheduling, new_per_day=2)
    collection = open_collection(replace(settings, scheduling=limits))
    session = collection.sessions.start_review()
    while session.current is not None:
        session.reveal()
        session.rate(Rating.EASY)
    session.leave()
    return collection


@pytest.fixture
def app(done: Collection) -> FlashcardsApp:
    return FlashcardsApp(done, environment=TERMINAL, monotonic=Hands())


async def test_the_footer_of_a_done_day_names_the_ways_to_go_on(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app):
        text = screen_text(app)

    assert "Done for today." in text
    footer = text.splitlines()[-2:]
    assert "+ learn 5 more   a review ahead   w quiz weakest deck" in "".join(footer)


async def test_plus_learns_five_cards_and_the_day_stays_done(
    app: FlashcardsApp, done: Collection
) -> None:
    async with screen_opened_by(app, "+") as pilot:
        assert isinstance(app.screen, ReviewScreen)
        assert "extra" in screen_text(app)
        assert "5 left" in screen_text(app)
        for _ in range(5):
            await pilot.press("space", "4")
        await settled(pilot)

        assert isinstance(app.screen, SummaryScreen)
        assert "5 extra cards: 5 answers" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Done for today." in screen_text(app)
        assert done.figures.overview().left.total == 0


async def test_a_card_left_in_learning_beyond_today_is_not_due_today(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app, "+") as pilot:
        await pilot.press("space", "1", "q")
        await settled(pilot)

        assert isinstance(app.screen, HomeScreen)
        assert "Saved 1 answer. Nothing left today." in screen_text(app)
        assert "Done for today." in screen_text(app)


async def test_a_deck_without_due_cards_names_the_key_for_more(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app, "down", "enter") as pilot:
        assert "Nothing due in drift. Press + to learn 5 more." in screen_text(app)
        await pilot.press("+")
        await settled(pilot)

        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.scope.decks == ("drift",)


async def test_a_review_ahead_without_seen_cards_says_so(app: FlashcardsApp) -> None:
    async with screen_opened_by(app, "a"):
        assert "No more cards available today." in screen_text(app)


async def test_w_starts_a_quiz_on_the_weakest_deck(app: FlashcardsApp) -> None:
    async with screen_opened_by(app, "w"):
        assert isinstance(app.screen, ReviewScreen)
        assert isinstance(app.screen.session, QuizSession)
        assert app.screen.scope.decks == ("drift/types",)
