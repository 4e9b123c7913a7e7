"""Plan: what the date comes to, changed by keys, kept by enter and dropped by escape."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection import Collection
from flashcards.errors import UsageError
from flashcards.plan import MOST_DAYS_AHEAD, Interview, StudyPlan, Task
from flashcards.settings import Settings
from flashcards.tui import plan_draft as draft
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.glyphs import UNICODE
from flashcards.tui.screens.days_off import DaysOffScreen
from flashcards.tui.screens.home import HomeScreen
from flashcards.tui.screens.info import InfoScreen
from flashcards.tui.screens.plan import PlanScreen
from flashcards.tui.screens.review import ReviewScreen
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.conftest import METRICS, SCALING, TERMINAL, Hands
from tests.tui.screen_text import assert_golden, screen_text
from tests.tui.studying import FORTY, settled, study

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def today(clock: FixedClock) -> int:
    return clock.moment().day + 3


@pytest.fixture
def plan(today: int) -> StudyPlan:
    return StudyPlan(
        today - 3,
        (Interview(today + 8, "Bank"),),
        minutes=1,
        weights=(("metrics", 2.0),),
        tasks=(Task("mock-1", "mock", "Mock interview", 40, today + 2),),
    )


@pytest.fixture
def planned(collection: Collection, clock: FixedClock, plan: StudyPlan) -> Collection:
    study(collection, clock, 3)
    collection.save_plan(plan, "Made a plan")
    return collection


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
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)

        assert_golden(app, name)


async def test_the_ascii_screen_holds_no_other_character(
    planned: Collection, open_collection: OpenCollection
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert screen_text(app).isascii()
        await pilot.press("o")
        await settled(pilot)
        assert screen_text(app).isascii()


async def test_the_first_sentence_is_what_the_plan_command_says(
    app: FlashcardsApp, planned: Collection
) -> None:
    view = planned.plan_view(full=True)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)

        assert view is not None
        assert view.sentence in " ".join(screen_text(app).split())


async def test_right_shows_more_minutes_at_once_and_figures_a_moment_later(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        screen = shown(app)
        before = screen.view
        screen.action_minutes(1)
        waited = screen.waits
        await pilot.pause(0)
        await pilot.press(*["right"] * 8)
        await settled(pilot)
        after = screen.view
        assert "10 min a day" in screen_text(app)
        assert waited
        assert not screen.waits
        assert before is not None
        assert after is not None
        assert before.readiness is not None
        assert after.readiness is not None
        assert after.readiness.all.value > before.readiness.all.value


async def test_enter_keeps_the_plan_and_undo_takes_it_back(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("right", "right", "plus", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "The plan is kept. u takes it back." in screen_text(app)
        kept = planned.reader.study_plan()
        assert kept is not None
        assert kept.minutes == plan.minutes + 2
        assert kept.weight_of("drift/types") == 1.5
        await pilot.press("u")
        await settled(pilot)
        assert "Undone: Changed the plan" in screen_text(app)
        assert planned.reader.study_plan() == plan


async def test_escape_drops_what_was_changed(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("right", "escape")
        await settled(pilot)
        assert "The plan is as it was." in screen_text(app)
        assert planned.reader.study_plan() == plan


async def test_x_leaves_an_area_out_and_takes_it_in_again(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert "left out" in screen_text(app)
        screen = shown(app)
        assert screen.plan is not None
        assert screen.plan.weight_of("drift/types") == 0
        await pilot.press("x")
        await settled(pilot)
        assert "left out" not in screen_text(app)


async def test_d_asks_for_the_date_and_says_what_it_means(
    app: FlashcardsApp, today: int
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("d", *"2026-03-0")
        await pilot.pause()
        assert "Write the date as year-month-day: 2026-04-02." in screen_text(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "2026-03-01 is past. Set a date that is still" in screen_text(app)
        await pilot.press(*["backspace"] * 2, *"20")
        await pilot.pause()
        assert "Fri 20 Mar, in 15 days" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Bank · Fri 20 Mar · in 15 days" in screen_text(app)


async def test_a_date_makes_a_plan_where_there_is_none(collection: Collection) -> None:
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert "There is no plan yet." in screen_text(app)
        await pilot.press("right", "x", "space", "down", "o")
        await pilot.press("d", *"2026-03-20", "enter")
        await settled(pilot)
        assert "Fri 20 Mar · in 18 days" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        kept = collection.reader.study_plan()
        assert kept is not None
        assert [task.name for task in kept.tasks][:2] == ["quiz-1", "mock-1"]


async def test_a_task_is_ticked_off_with_space(
    app: FlashcardsApp, planned: Collection, today: int
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*["down"] * 9)
        await pilot.pause()
        assert "[ ] Mock interview, 40 min" in screen_text(app)
        await pilot.press("space")
        await settled(pilot)
        assert "[x] Mock interview, 40 min" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        kept = planned.reader.study_plan()
        assert kept is not None
        assert kept.tasks[0].done_day == today


async def test_the_footer_shows_the_keys_of_the_row_under_the_cursor(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
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
    planned.save_plan(replace(plan, tasks=tasks), "Changed the plan")
    view = planned.plan_view()
    assert view is not None
    assert view.now is not None
    app = FlashcardsApp(planned, environment=TERMINAL)
    for size, has_week in (((100, 34), True), ((76, 24), False)):
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.press("p")
            await settled(pilot)
            assert view.now.line in screen_text(app)
            assert ("This week" in screen_text(app).splitlines()[4]) == has_week
        app = FlashcardsApp(planned, environment=TERMINAL)


async def test_days_off_are_chosen_on_a_calendar(
    app: FlashcardsApp, today: int
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("o", "right", "space", "right", "w", "space")
        await pilot.pause()
        assert isinstance(app.screen, DaysOffScreen)
        assert "Every Sat is off. w takes that back." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        screen = shown(app)
        assert screen.plan is not None
        assert screen.plan.dates_off == (today + 1,)
        assert screen.plan.weekdays_off == (5,)


def test_weights_move_by_a_half_and_take_those_of_decks_along() -> None:
    plan = StudyPlan(1, weights=(("drift", 1.0), ("drift/types", 2.0)))

    heavier = draft.with_weight(plan, "drift", 1)
    assert heavier.weights == (("drift", 1.5), ("drift/types", 2.5))
    assert draft.with_weight(heavier, "drift", -9).weight_of("drift/types") == 0.5
    without = draft.without_or_with(plan, "drift")
    assert without.weight_of("drift/types") == 0
    assert draft.with_weight(without, "drift", 1) == without
    assert draft.without_or_with(without, "drift").weight_of("drift/types") == 1


def test_an_area_outside_of_the_scope_is_taken_into_it() -> None:
    plan = StudyPlan(1, scope=("metrics",))

    assert draft.without_or_with(plan, "drift").scope == ("metrics", "drift")


def test_minutes_stay_within_bounds() -> None:
    assert draft.with_minutes(StudyPlan(1, minutes=1), -5).minutes == 1
    assert draft.with_minutes(StudyPlan(1, minutes=239), 5).minutes == 240


def test_a_day_takes_the_place_of_the_next_interview_only() -> None:
    plan = StudyPlan(1, (Interview(5), Interview(20, "Bank"), Interview(40)))

    moved = draft.with_day(plan, 30, 10)
    assert moved.interviews == (Interview(5), Interview(30, "Bank"), Interview(40))
    with pytest.raises(UsageError):
        draft.read_day("tomorrow", 10)


async def test_home_says_how_ready_the_learner_will_be(
    app: FlashcardsApp, planned: Collection
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        text = screen_text(app)
        assert "Interview" in text
        assert "13 Mar · in 8 days" in text
        assert "recall on 13 Mar" in text
        assert "target 85" in text
        assert "On track with 1 min a day." in text
        view = planned.plan_view(full=True)
        assert view is not None
        assert view.readiness is not None
        weakest = min(view.readiness.areas, key=lambda one: one.predicted.value)
        rows = text.partition("Readiness on 13 Mar")[2].splitlines()
        assert weakest.title in rows[1]
        assert f"{round(weakest.predicted.value * 100)} %" in rows[1]


@pytest.mark.parametrize(
    ("day", "target", "told"),
    [
        (8, 0.9, ("Reach 90 with ", "90 needs ")),
        (
            1,
            0.99,
            ("99 is out of reach; the plan says what fits.", "99 is out of reach."),
        ),
        (0, 0.9, ("Today is the day. Good luck.",)),
        (-7, 0.9, ("How did it go? Note what was asked.", "How did it go?")),
        (-8, 0.9, ("Studied on 3 of 4 days.",)),
        (
            None,
            0.9,
            ("No interview date. Press p to set one.", "p sets an interview date."),
        ),
    ],
)
async def test_home_says_how_it_stands_with_the_interview_in_every_width(
    planned: Collection,
    plan: StudyPlan,
    today: int,
    day: int | None,
    target: float,
    told: tuple[str, ...],
) -> None:
    interviews = () if day is None else (Interview(today + day),)
    changed = replace(plan, interviews=interviews, target=target)
    planned.save_plan(changed, "Changed the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        assert told[0] in screen_text(app)
        await pilot.resize_terminal(76, 24)
        await pilot.pause()
        rows = screen_text(app).splitlines()
        (row,) = (line for line in rows if told[-1] in line)
        assert UNICODE.more not in row


async def test_home_follows_a_plan_that_was_just_kept(
    app: FlashcardsApp, planned: Collection
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert "On track with 2 min a day." in screen_text(app)
        planned.save_plan(None, "Cleared the plan")
        await pilot.press("p", "escape")
        await settled(pilot)
        assert "recall on 13 Mar" not in screen_text(app)
        assert "Tomorrow" in screen_text(app)


async def test_home_says_the_interview_in_one_line_where_there_is_no_room(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)

        assert "13 Mar · in 8 days · 85 %" in screen_text(app).splitlines()[1]


async def test_card_info_marks_the_interview_day(
    planned: Collection, plan: StudyPlan
) -> None:
    info = planned.card_info("st-001")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=(100, 34)) as pilot:
        await settled(pilot)
        await app.push_screen(InfoScreen(info))
        await settled(pilot)
        text = screen_text(app)
        assert "interview" in text
        assert "recall on 13 Mar" in text
        planned.save_plan(None, "Cleared the plan")
        app.redraw()
        await pilot.pause()
        assert "interview" not in screen_text(app)


async def test_home_under_a_date(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)

        assert_golden(app, "home-interview-80x24")


async def test_day_and_target_can_be_tried_and_kept(
    app: FlashcardsApp, planned: Collection, plan: StudyPlan
) -> None:
    async with app.run_test(size=(100, 34)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("<", "<", "]", "]")
        await settled(pilot)
        text = screen_text(app)
        assert "Wed 11 Mar · in 6 days" in text
        assert "target 87" in text
        await pilot.press("shift+right", "shift+down", "enter")
        await settled(pilot)
        kept = planned.reader.study_plan()
        assert kept is not None
        assert kept.interviews == (Interview(plan.interviews[0].day - 1, "Bank"),)
        assert kept.target == 0.86


def test_a_moved_day_stays_ahead_and_off_other_interviews() -> None:
    plan = StudyPlan(1, (Interview(12), Interview(14, "Bank")))

    assert draft.with_day_moved(plan, -1, 11) == plan
    assert draft.with_day_moved(plan, 2, 11).interviews == (
        Interview(14, "Bank"),
        Interview(15),
    )
    assert draft.with_day_moved(StudyPlan(1), 1, 11) == StudyPlan(1)
    far = StudyPlan(1, (Interview(11 + MOST_DAYS_AHEAD),))
    assert draft.with_day_moved(far, 1, 11) == far


def test_a_target_stays_within_what_can_be_wished_for() -> None:
    assert draft.with_target(StudyPlan(1, target=0.85), 20).target == 0.99
    assert draft.with_target(StudyPlan(1, target=0.02), -5).target == 0.01


async def test_the_plan_says_today_and_the_week_planned_and_done(
    app: FlashcardsApp, planned: Collection
) -> None:
    view = planned.plan_view()
    assert view is not None
    assert view.now is not None
    done = sum(day.done_minutes for day in view.week)
    async with app.run_test(size=(100, 34)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        text = screen_text(app)
        assert view.now.line in text
        assert f"This week {done} of 4 min" in text
        rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line}
        assert rows["planned"] == ["1"] * 7
        await pilot.press("right")
        await settled(pilot)
        text = screen_text(app)
        assert f"This week {done} of 5 min" in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"interviews": ()}, "The plan has no date yet."),
        ({"interviews": (Interview(-4),)}, "How did it go? Note what was asked."),
        ({"interviews": (Interview(0),)}, "Today is the day. Good luck."),
        ({"interviews": (Interview(1),)}, "Tomorrow is the day."),
        ({"minutes": 0}, "on the day with 0 minutes."),
        ({"scope": ("nowhere",)}, "The plan has no cards: none of nowhere counts"),
        ({"weekdays_off": tuple(range(7))}, "is a day off"),
        ({"started_day": -20}, "On track"),
    ],
)
async def test_a_plan_that_cannot_work_says_so_on_the_screen(
    planned: Collection,
    plan: StudyPlan,
    today: int,
    changes: dict[str, object],
    sentence: str,
) -> None:
    days = changes.get("interviews")
    if isinstance(days, tuple):
        moved = tuple(Interview(today + one.day) for one in days)
        changes = {"interviews": moved}
    if "started_day" in changes:
        changes = {"started_day": today - 20}
    bad = replace(plan, **changes)  # type: ignore[arg-type]
    planned.save_plan(bad, "Changed the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert sentence in " ".join(screen_text(app).split())


async def test_the_end_of_a_session_names_tomorrow_by_the_plan_and_the_next_task(
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
        after = planned.following(planned.overview())
        text = screen_text(app)

    assert f"Tomorrow {after.counts.total} card" in text
    assert "interview in 8 days" in text
    assert "Mock interview, 40 min, due Sat 7 Mar" in text
