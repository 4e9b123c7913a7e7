"""An unfinished exam is offered again, and never submitted without a warning."""

from __future__ import annotations

import pytest

from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.quiz.exam_screen import ExamScreen
from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
from flashcards.tui.screens.quiz.setup_screen import QuizScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.helpers import FixedClock
from tests.tui.quiz_deck import quiz_deck
from tests.tui.screen_text import screen_text
from tests.tui.screens.test_quiz import current_card, exam, set_up, wrong_keys

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (quiz_deck("choice", "several"),)


def shows(app: FlashcardsApp, kind: type[BaseScreen]) -> bool:
    return isinstance(app.screen, kind)


async def test_the_quiz_screen_resumes_an_unfinished_exam(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        await pilot.press(*wrong_keys(current_card(app)), "enter", "q")
        await pilot.pause()
        assert "z resumes the exam while it has time left." in screen_text(app)

        await set_up(pilot)
        text = screen_text(app)
        assert "An exam is unfinished: " in text
        assert " left, 1 of 2 answered." in text
        await pilot.press("r")
        await pilot.pause()

        assert shows(app, ExamScreen)
        assert exam(app).session.answered_count == 1


async def test_another_quiz_submits_the_exam_on_the_second_press(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        await pilot.press(*wrong_keys(current_card(app)), "enter", "q")
        await set_up(pilot, "enter")
        assert shows(app, QuizScreen)
        assert "enter again submits the exam and shows its result" in screen_text(app)

        await pilot.press("enter")
        await pilot.pause()
        assert shows(app, QuizResultScreen)
        assert "0 of 2 right" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert shows(app, QuizScreen)
        assert "unfinished" not in screen_text(app)

        await pilot.press("enter")
        await pilot.pause()
        assert shows(app, ReviewScreen)


async def test_an_expired_exam_shows_its_result_before_the_next_quiz(
    app: FlashcardsApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        await pilot.press(*wrong_keys(current_card(app)), "enter", "q")
        clock.forward(seconds=3600)
        await set_up(pilot, "enter")
        await pilot.pause()

        assert shows(app, QuizResultScreen)
        assert "0 of 2 right" in screen_text(app)
