"""The first day: the welcome panel and the diagnostic."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.study.diagnostic.diagnostic import DiagnosticSession
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.line_dialog import LineDialog
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.plan.screen import PlanScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.conftest import METRICS, SCALING, TERMINAL, Hands
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import assert_golden, screen_text
from tests.tui.studying import FORTY, settled, until
from tests.unit.store.building import every_review

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


async def answer(pilot: Pilot[str], *ratings: str) -> None:
    for rating in ratings:
        await pilot.press("space", rating)
        await pilot.pause()


def deck_of_current_card(app: FlashcardsApp) -> str | None:
    screen = app.screen
    if not isinstance(screen, ReviewScreen) or screen.session.current is None:
        return None
    return screen.session.current.row.deck


@pytest.mark.parametrize("size", [SIZE, (60, 20)])
async def test_the_welcome_panel(app: FlashcardsApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settled(pilot)

        assert_golden(app, f"home/welcome-{size[0]}x{size[1]}")


async def test_the_welcome_panel_counts_notes_decks_and_questions(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        text = " ".join(screen_text(app).split())

    notes = sum(deck.notes for deck in collection.reader.cards.decks())
    assert f"Welcome. {notes} notes in 3 decks are ready." in text
    assert "about 5 questions, 4 minutes" in text
    assert "enter Start the diagnostic" in text


async def test_enter_starts_the_diagnostic_and_s_a_review(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert isinstance(app.screen.session, DiagnosticSession)
        assert "diagnostic · 5 left" in screen_text(app)
        await pilot.press("q")
        await settled(pilot)
        assert "Welcome." in screen_text(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert not isinstance(app.screen.session, DiagnosticSession)


async def test_the_welcome_panel_stays_after_a_date_is_set(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press(*"2026-03-20", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PlanScreen)
        await pilot.press("enter")
        await settled(pilot)
        text = screen_text(app)
        assert "Welcome." in text
        assert "Mar 20 · in 18 days" in text
        assert "see your plan" in text


async def test_an_unfinished_diagnostic_resumes_at_its_next_question(
    app: FlashcardsApp,
    collection: Collection,
    open_collection: OpenCollection,
    hands: Hands,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await answer(pilot, "1", "3")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.session.current is not None
        next_card = app.screen.session.current.row.key
        await pilot.press("q")
        await settled(pilot)
        text = screen_text(app)
        assert "Saved 2 answers. The diagnostic resumes where you left it." in text
        assert "g diagnostic" in text.splitlines()[-1]
    collection.close()
    again = FlashcardsApp(open_collection(), environment=TERMINAL, monotonic=hands)
    async with again.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "Diagnostic unfinished: 2 questions answered" in screen_text(again)
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(again.screen, ReviewScreen)
        assert again.screen.session.current is not None
        assert again.screen.session.current.row.key == next_card


async def test_an_old_diagnostic_is_no_longer_offered(
    app: FlashcardsApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await answer(pilot, "3")
        await pilot.press("q")
        await settled(pilot)
        assert "g diagnostic" in screen_text(app)
        clock.forward(days=15)
        app.redraw()
        await settled(pilot)
        assert "g diagnostic" not in screen_text(app)


async def test_the_diagnostic_ends_with_the_least_known_decks_first(
    app: FlashcardsApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        while (deck := deck_of_current_card(app)) is not None:
            clock.forward(seconds=6)
            await answer(pilot, "3" if deck == "drift/types" else "1")
        await settled(pilot)

        assert_golden(app, "home/diagnostic-80x24")
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        await answer(pilot, "1")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "g diagnostic" not in screen_text(app)


async def test_with_a_date_the_diagnostic_ends_with_the_forecast_of_the_plan(
    app: FlashcardsApp, collection: Collection
) -> None:
    today = collection.moment().day
    collection.plan.save(StudyPlan(today, (Interview(today + 20),)), "Made a plan")
    async with app.run_test(size=(100, 34)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        while deck_of_current_card(app) is not None:
            await answer(pilot, "3")
        await settled(pilot)
        view = collection.plan.view()
        assert view is not None
        assert view.sentence in " ".join(screen_text(app).split())
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(app.screen, PlanScreen)


async def test_the_diagnostic_accepts_at_most_good(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        assert "counts as Good" in screen_text(app)
        await pilot.press("4")
        await pilot.pause()
        assert (
            "Easy counts as Good here: one answer is not enough to tell."
            in screen_text(app)
        )

    assert [review.rating.name for review in every_review(collection.reader)] == [
        "GOOD"
    ]


async def test_the_diagnostic_screens_use_only_ascii_on_request(
    collection: Collection, open_collection: OpenCollection, hands: Hands
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL, monotonic=hands)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert screen_text(app).isascii()
        await pilot.press("enter")
        await pilot.pause()
        while deck_of_current_card(app) is not None:
            await answer(pilot, "1")
        await settled(pilot)
        assert "Diagnostic over" in screen_text(app)
        assert screen_text(app).isascii()


@pytest.mark.parametrize("decks", [()])
async def test_home_says_when_there_are_no_decks(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        assert "No decks yet." in screen_text(app)
        await pilot.press("down", "space", "escape", "t")
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("decks", [()])
async def test_enter_on_an_empty_home_imports_the_shipped_decks_and_u_undoes_it(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("enter", "enter")
        await settled(pilot)

        text = screen_text(app)
        assert "Imported: 237 new. Undo with u." in text
        assert "Welcome. 237 notes in 4 decks are ready." in text
        await pilot.press("u")
        await settled(pilot)
        assert "No decks yet." in screen_text(app)
    assert not collection.reader.cards.decks()
