"""The plan screen: edited by keys, never left without saving, and undone by u."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import Settings
from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.line_dialog import LineDialog
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.plan.days_off_screen import DaysOffScreen
from flashcards.tui.screens.plan.screen import PlanScreen
from tests.conftest import OpenCollection
from tests.tui.conftest import METRICS, SCALING, TERMINAL
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import assert_golden, screen_text
from tests.tui.studying import FORTY, settled, until

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def app(planned: Collection) -> FlashcardsApp:
    return FlashcardsApp(planned, environment=TERMINAL)


def shown(app: FlashcardsApp) -> PlanScreen:
    assert isinstance(app.screen, PlanScreen)
    return app.screen


@pytest.mark.parametrize(
    ("size", "keys", "name"),
    [
        (SIZE, (), "plan-80x24"),
        ((60, 20), ("down",), "plan-60x20"),
        ((100, 34), (), "plan-100x34"),
        (SIZE, ("o", "down", "space"), "days-off-80x24"),
    ],
)
async def test_screen(
    app: FlashcardsApp, size: tuple[int, int], keys: tuple[str, ...], name: str
) -> None:
    async with screen_opened_by(app, "p", size=size) as pilot:
        await pilot.press(*keys)
        await settled(pilot)

        assert_golden(app, f"plan/{name}")


async def test_the_ascii_screen_has_only_ascii_characters(
    planned: Collection, open_collection: OpenCollection
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL)
    async with screen_opened_by(app, "p") as pilot:
        assert screen_text(app).isascii()
        await pilot.press("o")
        await settled(pilot)
        assert screen_text(app).isascii()


async def test_the_sentence_is_the_one_of_the_plan_command(
    app: FlashcardsApp, planned: Collection
) -> None:
    view = planned.plan.view(full=True)
    async with screen_opened_by(app, "p", size=(120, 30)):
        assert view is not None
        assert view.sentence in " ".join(screen_text(app).split())


async def test_right_shows_more_minutes_at_once_and_the_figures_later(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        screen = shown(app)
        before = screen.draft.view
        screen.action_minutes(1)
        waited = screen.draft.is_waiting
        await pilot.pause(0)
        await pilot.press(*["right"] * 8)
        await settled(pilot)
        after = screen.draft.view
        assert "10 min a day" in screen_text(app)
        assert waited
        assert not screen.draft.is_waiting
        assert before is not None
        assert after is not None
        assert before.readiness is not None
        assert after.readiness is not None
        assert after.readiness.all.value > before.readiness.all.value


async def test_enter_saves_the_plan_and_undo_restores_it(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("right", "right", "plus", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Plan saved. Undo with u." in screen_text(app)
        saved_plan = planned.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.minutes == plan.minutes + 2
        assert saved_plan.weight_of("drift/types") == 1.5
        await pilot.press("u")
        await settled(pilot)
        assert "Undid: Changed the plan" in screen_text(app)
        assert planned.reader.plan.load() == plan


@pytest.mark.parametrize("key", ["escape", "q", "p", "enter", "ctrl+q"])
async def test_no_way_out_of_the_plan_loses_a_change(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan, key: str
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("right", "]", key)
        if key != "ctrl+q":
            await settled(pilot)
            assert "Plan saved. Undo with u." in screen_text(app)
    saved_plan = planned.reader.plan.load()
    assert saved_plan is not None
    assert saved_plan.minutes == plan.minutes + 1
    assert saved_plan.target == 0.86


async def test_u_and_ctrl_r_undo_and_redo_changes_on_the_screen(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("right", "right", "u")
        await settled(pilot)
        assert "Undid: Changed the plan" in screen_text(app)
        assert "1 min a day" in screen_text(app)
        assert planned.reader.plan.load() == plan
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert "3 min a day" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        saved_plan = planned.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.minutes == plan.minutes + 2


async def test_leaving_an_unchanged_plan_saves_nothing(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("right", "left", "escape")
        await settled(pilot)
        assert "Plan saved" not in screen_text(app)
        assert planned.reader.plan.load() == plan


async def test_x_leaves_an_area_out_and_includes_it_again(app: FlashcardsApp) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert "left out" in screen_text(app)
        screen = shown(app)
        assert screen.draft.plan is not None
        assert screen.draft.plan.weight_of("drift/types") == 0
        await pilot.press("x")
        await settled(pilot)
        assert "left out" not in screen_text(app)


async def test_days_off_without_a_date_make_a_plan(
    collection: Collection,
) -> None:
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with screen_opened_by(app, "p") as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("o", "right", "space")
        await settled(pilot)
        assert "interview" not in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "Plan saved. Undo with u." in screen_text(app)
        saved_plan = collection.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.dates_off == (collection.moment().day + 1,)
        assert saved_plan.interviews == ()


async def test_a_task_is_ticked_off_with_space(
    app: FlashcardsApp, planned: Collection, today: int
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press(*["down"] * 9)
        await pilot.pause()
        assert "[ ] Mock interview, 40 min" in screen_text(app)
        await pilot.press("space")
        await settled(pilot)
        assert "[x] Mock interview, 40 min" in screen_text(app)
        saved_plan = planned.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.tasks[0].done_day == today


async def test_the_footer_shows_the_keys_of_the_row_under_the_cursor(
    app: FlashcardsApp,
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        footer = screen_text(app).splitlines()[-1]
        assert "+/- weight" in footer
        assert "space" not in footer
        await pilot.press(*["down"] * 9)
        await pilot.pause()
        footer = screen_text(app).splitlines()[-1]
        assert "space tick off" in footer
        assert "weight" not in footer


async def test_todays_line_comes_before_the_minutes_of_the_week(
    planned: Collection, plan: StudyPlan, today: int
) -> None:
    tasks = (Task("quiz-1", "quiz", "Quiz on the weakest deck", 15, today),)
    planned.plan.save(replace(plan, tasks=tasks), "Changed the plan")
    view = planned.plan.view()
    assert view is not None
    assert view.work_today is not None
    app = FlashcardsApp(planned, environment=TERMINAL)
    for size, has_week in (((100, 34), True), ((76, 24), False)):
        async with screen_opened_by(app, "p", size=size):
            assert view.work_today.line in screen_text(app)
            assert ("This week" in screen_text(app).splitlines()[4]) == has_week
        app = FlashcardsApp(planned, environment=TERMINAL)


async def test_without_unicode_days_off_and_study_days_have_different_signs(
    planned: Collection, open_collection: OpenCollection
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL)
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("o", "right", "space")
        await pilot.pause()
        legend = next(r for r in screen_text(app).splitlines() if " interview" in r)
        study, _, off, *_ = legend.split()
        assert study != off
        assert f">{off}" in screen_text(app)


async def test_n_on_home_does_the_next_task(
    app: FlashcardsApp, planned: Collection, today: int
) -> None:
    async with screen_opened_by(app, size=(100, 34)) as pilot:
        assert "n  done" in screen_text(app)
        await pilot.press("n")
        await settled(pilot)
        assert "Done: Mock interview. Undo with u." in screen_text(app)
        saved_plan = planned.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.tasks[0].done_day == today


async def test_days_off_are_chosen_on_a_calendar(
    app: FlashcardsApp, today: int
) -> None:
    async with screen_opened_by(app, "p") as pilot:
        await pilot.press("o", "right", "space", "right", "w", "space")
        await pilot.pause()
        assert isinstance(app.screen, DaysOffScreen)
        assert "Every Sat is a day off. Press w to change that." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        screen = shown(app)
        assert screen.draft.plan is not None
        assert screen.draft.plan.dates_off == (today + 1,)
        assert screen.draft.plan.weekdays_off == (5,)


async def test_day_and_target_can_be_changed_and_saved(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with screen_opened_by(app, "p", size=(100, 34)) as pilot:
        await pilot.press("<", "<", "]", "]")
        await settled(pilot)
        text = screen_text(app)
        assert "Wed, Mar 11 · in 6 days" in text
        assert "target 87" in text
        await pilot.press("shift+right", "shift+down", "enter")
        await settled(pilot)
        saved_plan = planned.reader.plan.load()
        assert saved_plan is not None
        assert saved_plan.interviews == (Interview(plan.interviews[0].day - 1, "Bank"),)
        assert saved_plan.target == 0.86


async def test_the_plan_shows_today_and_the_week_planned_and_done(
    app: FlashcardsApp, planned: Collection
) -> None:
    view = planned.plan.view()
    assert view is not None
    assert view.work_today is not None
    done = sum(day.done_minutes for day in view.week)
    async with screen_opened_by(app, "p", size=(100, 34)) as pilot:
        text = screen_text(app)
        assert view.work_today.line in text
        assert f"This week {done} of 4 min" in text
        rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line}
        assert rows["planned"] == ["1"] * 7
        await pilot.press("right")
        await settled(pilot)
        text = screen_text(app)
        assert f"This week {done} of 5 min" in text
