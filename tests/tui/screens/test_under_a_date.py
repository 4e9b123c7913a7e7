"""Home, card info and the end of a session with an interview date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.figure_panel import FigurePanel
from flashcards.tui.screens.review.info_screen import InfoScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.theme.glyphs import UNICODE
from tests.helpers import FixedClock
from tests.tui.conftest import METRICS, SCALING, TERMINAL, Hands
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import assert_golden, screen_text
from tests.tui.studying import FORTY, settled

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def app(planned: Collection) -> FlashcardsApp:
    return FlashcardsApp(planned, environment=TERMINAL)


async def test_home_shows_the_predicted_recall_on_the_interview_day(
    app: FlashcardsApp, planned: Collection
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        text = screen_text(app)
        assert "Interview" in text
        assert "Mar 13 · in 8 days" in text
        assert "recall on Mar 13" in text
        assert "target 85%" in text
        assert "On track with 1 min a day." in text
        view = planned.plan.view(full=True)
        assert view is not None
        assert view.readiness is not None
        weakest = min(view.readiness.areas, key=lambda area: area.predicted.value)
        rows = text.partition("Readiness on Mar 13")[2].splitlines()
        assert weakest.title in rows[1]
        assert f"{round(weakest.predicted.value * 100)}%" in rows[1]


@pytest.mark.parametrize(
    ("day", "target", "expected"),
    [
        (8, 0.96, ("Reach 96% with ", "96% needs ")),
        (
            1,
            0.99,
            ("99% is out of reach. The plan shows what fits.", "99% is out of reach."),
        ),
        (0, 0.9, ("Interview today. Good luck.",)),
        (-7, 0.9, ("How did it go? Note what was asked.", "How did it go?")),
        (-8, 0.9, ("Studied on 3 of 4 days.",)),
        (
            None,
            0.9,
            ("No interview date. Press p to set one.", "Press p to set a date."),
        ),
    ],
)
async def test_home_shows_a_sentence_about_the_interview_at_every_width(
    planned: Collection,
    plan: StudyPlan,
    today: int,
    day: int | None,
    target: float,
    expected: tuple[str, ...],
) -> None:
    interviews = () if day is None else (Interview(today + day),)
    changed = replace(plan, interviews=interviews, target=target)
    planned.plan.save(changed, "Changed the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        assert expected[0] in screen_text(app)
        await pilot.resize_terminal(76, 24)
        await pilot.pause()
        rows = screen_text(app).splitlines()
        (row,) = (line for line in rows if expected[-1] in line)
        assert UNICODE.more not in row


async def test_home_explains_a_plan_without_cards(
    planned: Collection, plan: StudyPlan
) -> None:
    planned.plan.save(replace(plan, scope=("nowhere",)), "Changed the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        panel = app.screen.query_one("#tomorrow", FigurePanel)
        expected = " ".join(panel.draw(28, 7).plain.split())
        assert "none of nowhere counts. Change its scope or its weights." in expected


async def test_home_shows_a_plan_as_soon_as_it_is_saved(
    app: FlashcardsApp, planned: Collection
) -> None:
    async with screen_opened_by(app, "p", size=(100, 30)) as pilot:
        await pilot.press("right", "enter")
        await settled(pilot)
        assert "On track" in screen_text(app)
        planned.plan.save(None, "Cleared the plan")
        await pilot.press("p", "escape", "q")
        await settled(pilot)
        assert "recall on Mar 13" not in screen_text(app)
        assert "Tomorrow" in screen_text(app)


async def test_a_small_terminal_shows_the_interview_in_the_title(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)

        assert "Mar 13 · in 8 days · 91%" in screen_text(app).splitlines()[1]


async def test_card_info_marks_the_interview_day(
    planned: Collection, plan: StudyPlan
) -> None:
    info = planned.sessions.card_info("st-001")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=(100, 34)) as pilot:
        await settled(pilot)
        await app.push_screen(InfoScreen(info))
        await settled(pilot)
        text = screen_text(app)
        assert "interview" in text
        assert "recall on Mar 13" in text
        planned.plan.save(None, "Cleared the plan")
        app.redraw()
        await pilot.pause()
        assert "interview" not in screen_text(app)


async def test_home_with_an_interview_date(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)

        assert_golden(app, "home/home-interview-80x24")


async def test_a_session_ends_with_tomorrow_and_the_next_task(
    planned: Collection, clock: FixedClock
) -> None:
    app = FlashcardsApp(planned, environment=TERMINAL, monotonic=Hands())
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        while isinstance(app.screen, ReviewScreen):
            clock.forward(seconds=10)
            await pilot.press("space", "3")
            await pilot.pause()
        up_next = planned.figures.up_next()
        text = screen_text(app)

    assert f"Tomorrow: {up_next.counts.total} card" in text
    assert "interview in 8 days" in text
    assert "Mock interview, 40 min, due Sat, Mar 7" in text


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_home_names_the_weakest_cards_on_the_day_before(
    planned: Collection, plan: StudyPlan, today: int, size: tuple[int, int]
) -> None:
    planned.plan.save(replace(plan, interviews=(Interview(today + 1),)), "Changed")
    left = planned.figures.overview().left.total
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        panel = app.screen.query_one("#today", FigurePanel)
        words = " ".join(panel.draw(*panel.content_size).plain.split())
        assert "Your interview is tomorrow." in words
        assert f"Review {left} card" in words or not left


async def test_home_wishes_luck_on_the_day_and_asks_for_nothing(
    planned: Collection, plan: StudyPlan, today: int
) -> None:
    planned.plan.save(replace(plan, interviews=(Interview(today),)), "Changed")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        panel = app.screen.query_one("#today", FigurePanel)
        words = panel.draw(*panel.content_size).plain
        assert "Good luck today." in words
        assert "Nothing is due." in words
        assert "overdue" not in screen_text(app)
