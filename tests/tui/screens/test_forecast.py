"""The exact forecast is computed once a day in a thread, shown, saved, and can be stopped."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.progress.figure_text import whole_percent
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.plan.screen import PlanScreen
from flashcards.tui.workers.forecaster import QUIET_SECONDS
from tests.helpers import FixedClock
from tests.tui.conftest import METRICS, SCALING, TERMINAL
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_text
from tests.tui.studying import FORTY, settled, until

SIZE = (100, 30)


class StoppedClock:
    """A clock that is moved by hand, and counts how often work in a thread looks at it."""

    def __init__(self) -> None:
        self.at = 0.0
        self.asked_by_threads = 0

    def __call__(self) -> float:
        if threading.current_thread() is not threading.main_thread():
            self.asked_by_threads += 1
        return self.at


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def studied_days() -> int:
    return 3


@pytest.fixture
def plan(collection: Collection) -> StudyPlan:
    today = collection.moment().day
    plan = StudyPlan(today - 3, (Interview(today + 8),), minutes=1, target=0.96)
    collection.plan.save(plan, "Made a plan")
    return plan


async def test_home_saves_the_exact_forecast_once_a_day(
    app: FlashcardsApp, collection: Collection, plan: StudyPlan, clock: FixedClock
) -> None:
    assert collection.plan.needs_forecast()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert not collection.plan.needs_forecast()
        saved = collection.reader.plan.forecasts()
        await pilot.press("p", "escape")
        await settled(pilot)
        assert collection.reader.plan.forecasts() == saved
        clock.forward(days=1)
        await pilot.press("p", "escape")
        await settled(pilot)
        made = {row.made_day for row in collection.reader.plan.forecasts()}
        assert made == {plan.started_day + 3, plan.started_day + 4}


async def test_home_replaces_the_estimate_by_the_exact_forecast(
    app: FlashcardsApp, collection: Collection, plan: StudyPlan
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        known = app.forecaster.known(plan)
        assert known is not None
        assert known.readiness is not None
        predicted = known.readiness.all
        band = f"{whole_percent(predicted.low)}-{whole_percent(predicted.high)}"
        assert band in screen_text(app)
        assert known.feasibility is not None
        assert known.feasibility.is_exact
        assert f"Reach 96% with {known.feasibility.needed} min" in screen_text(app)


async def test_a_stopped_forecast_saves_nothing(
    app: FlashcardsApp, collection: Collection, plan: StudyPlan
) -> None:
    shown_plans: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        other = replace(plan, minutes=30)
        app.forecaster.request(other, lambda: shown_plans.append("other"))
        assert app.forecaster.is_making(other)
        app.forecaster.stop()
        assert not app.forecaster.is_making(other)
        await settled(pilot)

    assert not shown_plans
    assert app.forecaster.known(other) is None
    assert 30 not in {row.minutes for row in collection.reader.plan.forecasts()}


async def test_a_request_for_another_plan_cancels_the_current_one(
    app: FlashcardsApp, plan: StudyPlan
) -> None:
    shown_plans: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        others = [replace(plan, minutes=minutes) for minutes in (30, 40, 50)]
        for other in others:
            app.forecaster.request(other, lambda: shown_plans.append("shown"))
            await pilot.pause()
        await settled(pilot)
        assert shown_plans == ["shown"]
        known = [app.forecaster.known(other) for other in others]
        assert [view is not None for view in known] == [False, False, True]


async def test_nothing_is_computed_while_keys_are_pressed(
    collection: Collection, plan: StudyPlan
) -> None:
    clock = StoppedClock()
    app = FlashcardsApp(collection, environment=TERMINAL, monotonic=clock)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.forecaster.pause_for_key()
        app.forecaster.request(replace(plan, minutes=7), lambda: None)
        clock.asked_by_threads = 0
        await until(pilot, lambda: clock.asked_by_threads > 5)
        assert app.forecaster.is_making(replace(plan, minutes=7))
        assert app.forecaster.share == 0
        clock.at += QUIET_SECONDS
        await settled(pilot)
        assert app.forecaster.known(replace(plan, minutes=7)) is not None


async def test_the_plan_screen_shows_progress_until_the_forecast_is_exact(
    app: FlashcardsApp, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p", size=SIZE) as pilot:
        assert "Computing" not in screen_text(app)
        await pilot.press("right")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        await until(pilot, lambda: app.forecaster.is_making(screen.draft.plan))
        await until(
            pilot,
            lambda: (
                app.forecaster.is_making(screen.draft.plan)
                and "Computing the exact forecast" in screen_text(app)
            ),
        )
        await settled(pilot)
        assert "Computing" not in screen_text(app)
        assert screen.draft.view is not None
        assert screen.draft.view.feasibility is not None
        assert screen.draft.view.feasibility.is_exact


async def test_undo_cancels_the_forecast_of_the_plan_that_it_takes_back(
    app: FlashcardsApp, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p", size=SIZE) as pilot:
        await pilot.press("right")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        await until(pilot, lambda: app.forecaster.is_making(screen.draft.plan))
        other = screen.draft.plan
        await pilot.press("u")
        await settled(pilot)
        assert app.forecaster.known(other) is None
        assert "Undid: Changed the plan" in screen_text(app)


async def test_the_app_can_quit_while_a_forecast_is_computed(
    collection: Collection, plan: StudyPlan
) -> None:
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: app.forecaster.is_making(plan))
        await pilot.press("ctrl+q")
        await pilot.pause()

    assert app.return_code == 0
    assert collection.plan.needs_forecast()
