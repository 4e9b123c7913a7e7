"""The date of the interview on the Plan screen: how it is asked, read and saved."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.line_dialog import LineDialog
from flashcards.tui.screens.home.screen import HomeScreen
from tests.tui.conftest import METRICS, SCALING, TERMINAL
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_text
from tests.tui.studying import FORTY, settled, until


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def app(planned: Collection) -> FlashcardsApp:
    return FlashcardsApp(planned, environment=TERMINAL)


async def test_d_asks_for_the_date_and_previews_it(
    app: FlashcardsApp, today: int
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("d", *"2026-03-0")
        await pilot.pause()
        assert "2026-03 has 31 days, not 0." in screen_text(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "2026-03-01 is in the past. Set a date that" in screen_text(app)
        await pilot.press(*["backspace"] * 2, *"20")
        await pilot.pause()
        assert "Fri, Mar 20, in 15 days" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Bank · Fri, Mar 20 · in 15 days" in screen_text(app)
        assert "Plan saved. Undo with u." in screen_text(app)
        await pilot.press("u")
        await settled(pilot)
        assert "Bank · Fri, Mar 13 · in 8 days" in screen_text(app)


@pytest.mark.parametrize(
    "typed", ["20 mar", "mar 20", "+15", "15d", "in 15 days", "20.3.", "2026-03-20"]
)
async def test_the_field_understands_every_way_to_write_a_date(
    app: FlashcardsApp, typed: str
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("d", *typed)
        await pilot.pause()
        assert "Fri, Mar 20, in 15 days" in screen_text(app)


@pytest.mark.parametrize("has_plan", [True, False])
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Write a date as apr 2, fri, in 3 weeks or 2026-04-02."),
        ("2026-", "Write the date as year-month-day, such as 20"),
        ("soon", "soon is not a date. Write it as apr 2, fri,"),
        ("20 dex", "dex is not a month. Write it as apr 2, fri,"),
        ("2026-13-01", "There is no month 13. Write the date"),
        ("2026-04-31", "2026-04 has 30 days, not 31. Write the date"),
        ("2026-03-01", "2026-03-01 is in the past. Set a date that"),
    ],
)
async def test_enter_on_an_invalid_date_says_below_the_field_what_is_wrong(
    planned: Collection, today: int, has_plan: bool, typed: str, reason: str
) -> None:
    if not has_plan:
        planned.plan.save(None, "Cleared the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with screen_opened_by(app, "p", size=(60, 20)) as pilot:
        await pilot.press(*(["d"] if has_plan else []), *typed)
        await pilot.pause()
        assert "✗ " not in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()

        lines = screen_text(app).splitlines()
        text = " ".join(line.strip(" │▌") for line in lines if line.strip())
        assert f"✗ {reason}" in text
        await pilot.press(*["backspace"] * len(typed), *"2026-03-20", "enter")
        await settled(pilot)
        assert "Fri, Mar 20" in screen_text(app)


async def test_p_asks_for_the_date_of_an_empty_plan_and_enter_saves_it(
    collection: Collection,
) -> None:
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with screen_opened_by(app, "p") as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press(*"20 mar", "enter")
        await settled(pilot)
        assert "Fri, Mar 20 · in 18 days" in screen_text(app)
        assert "Plan saved. Undo with u." in screen_text(app)
        saved_plan = collection.reader.plan.load()
        assert saved_plan is not None
        assert [task.name for task in saved_plan.tasks][:2] == ["quiz-1", "quiz-2"]
        await pilot.press("u")
        await settled(pilot)
        assert "There is no plan yet." in screen_text(app)
        assert "Undid: Made a plan" in screen_text(app)
        assert collection.reader.plan.load() is None


async def test_an_empty_plan_is_left_as_it_is_when_no_date_is_typed(
    collection: Collection,
) -> None:
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with screen_opened_by(app, "p") as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press("escape")
        await settled(pilot)
        assert "There is no plan yet." in screen_text(app)
        await pilot.press("right", "x", "space", "down", "o", "escape", "q")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert collection.reader.plan.load() is None
