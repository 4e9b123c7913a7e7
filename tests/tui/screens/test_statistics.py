"""The statistics screen: charts with their numbers, and a reason if there are none."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.formatting import month_and_day
from flashcards.domain.settings.settings import Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.progress.charts.chart import (
    Chart,
    ChartPoint,
    Kind,
    Measure,
    text_measure,
)
from flashcards.progress.figure_text import percent
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.rendering.charts import level, tall_columns
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.statistics.drawing import draw_chart
from flashcards.tui.screens.statistics.screen import StatisticsScreen
from flashcards.tui.theme.glyphs import ASCII, UNICODE
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.conftest import METRICS, SCALING, TERMINAL, Hands
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import assert_golden, screen_text
from tests.tui.studying import FORTY, settled, study

SIZE = (80, 24)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (METRICS, SCALING, FORTY)


@pytest.fixture
def studied_days(request: pytest.FixtureRequest) -> int:
    return 14 if "studied" in request.fixturenames else 0


@pytest.fixture
def studied(collection: Collection) -> Collection:
    return collection


def shown(app: FlashcardsApp) -> StatisticsScreen:
    assert isinstance(app.screen, StatisticsScreen)
    return app.screen


@pytest.mark.parametrize(
    ("size", "keys", "name"),
    [
        (SIZE, (), "statistics-80x24"),
        ((60, 20), (), "statistics-60x20"),
        ((60, 20), ("tab", "right"), "statistics-forecast-60x20"),
        ((100, 34), ("tab", "tab", "right"), "statistics-100x34"),
    ],
)
async def test_the_charts_are_laid_out_for_each_size(
    studied: Collection, size: tuple[int, int], keys: tuple[str, ...], name: str
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()

        assert_golden(app, f"statistics/{name}")


async def test_the_ascii_screen_has_only_ascii_characters(
    studied: Collection, open_collection: OpenCollection
) -> None:
    plain = open_collection(Settings(timezone="UTC", glyphs="ascii"))
    app = FlashcardsApp(plain, environment=TERMINAL)
    async with screen_opened_by(app, "t") as pilot:
        for _ in range(8):
            await pilot.press("left", "tab")
            await pilot.pause()
            assert screen_text(app).isascii()


async def test_the_frame_is_painted_before_the_figures_are_computed(
    studied: Collection,
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open_screen("statistics")
        await pilot.pause()
        screen = shown(app)
        screen.figures = None
        screen.redraw()
        await pilot.pause()

        assert "Statistics   all decks" in screen_text(app)
        assert "esc back" in screen_text(app)


async def test_left_and_right_show_every_day_in_words(
    studied: Collection, clock: FixedClock
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t") as pilot:
        await pilot.press("left")
        await pilot.pause()
        assert "Mon, Mar 16: 0 reviews" in screen_text(app)
        await pilot.press("left")
        await pilot.pause()
        figures = shown(app).figures
        assert figures is not None
        done = {day.day: day for day in figures.days}
        yesterday = done[clock.moment().day - 1]
        assert f"Sun, Mar 15: {yesterday.reviews} review" in screen_text(app)
        await pilot.press(*["right"] * 3)
        await pilot.pause()
        assert "Mon, Mar 16: 0 reviews" in screen_text(app)


async def test_tab_goes_through_every_chart_and_each_has_its_numbers(
    studied: Collection,
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t") as pilot:
        screen = shown(app)
        for chart in screen.selection.charts:
            await pilot.press("right")
            await pilot.pause()
            text = screen_text(app)
            assert chart.title in text
            if chart.missing:
                assert chart.missing[:30] in text
            else:
                assert screen.selection.at is not None
                assert chart.sentences[screen.selection.at][:40] in text
            await pilot.press("tab")
        assert screen.selection.focus == 0
        await pilot.press("shift+tab")
        assert screen.selection.focus == len(screen.selection.charts) - 1


async def test_slash_selects_the_decks_to_show(studied: Collection) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t") as pilot:
        before = shown(app).figures
        await pilot.press("slash", *"scal")
        await pilot.pause()
        assert "scaling; also matches scaling/training" in screen_text(app)
        assert "enter filter" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        after = shown(app).figures
        assert "Statistics   scaling" in screen_text(app)
        assert before is not None
        assert after is not None
        assert 0 < after.reviews < before.reviews
        await pilot.press("slash", *"zebra", "enter")
        await pilot.pause()
        assert "No deck matches zebra." in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert shown(app).scope.decks == ("scaling",)


async def test_month_and_year_show_other_ranges(
    studied: Collection, hands: Hands
) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL, monotonic=hands)
    async with screen_opened_by(app, "t") as pilot:
        screen = shown(app)
        await pilot.press("m")
        await pilot.pause()
        assert "last 30 days" in screen_text(app)
        assert len(screen.selection.charts[0].sentences) == 30
        await pilot.press("y")
        await pilot.pause()
        assert len(screen.selection.charts[0].sentences) > 360
        await pilot.press("y")
        await pilot.pause()
        assert 170 < len(screen.selection.charts[0].sentences) < 190


async def test_save_writes_every_chart_with_its_numbers(studied: Collection) -> None:
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=(160, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        path = studied.directories.path / "reports" / "statistics-2026-03-16.txt"
        assert "Saved as" in screen_text(app)
        text = path.read_text(encoding="utf-8")
        for chart in shown(app).selection.charts:
            assert chart.title in text
            assert chart.missing or chart.sentences[0] in text


async def test_a_chart_without_enough_reviews_says_why(
    collection: Collection, clock: FixedClock
) -> None:
    study(collection, clock, 1)
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with screen_opened_by(app, "t"):
        text = screen_text(app)
        assert "Not enough reviews yet for" in text
        assert "%" not in text.partition("Retention")[2].partition("Answers")[0]


async def test_without_a_review_there_is_no_chart(app: FlashcardsApp) -> None:
    async with screen_opened_by(app, "t") as pilot:
        assert "No reviews yet. Charts appear after the first answers." in screen_text(
            app
        )
        await pilot.press("tab", "left", "right", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_the_interview_day_is_marked_in_the_forecast(
    studied: Collection, clock: FixedClock
) -> None:
    today = clock.moment().day
    plan = StudyPlan(today, (Interview(today + 5),))
    studied.plan.save(plan, "Made a plan")
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t") as pilot:
        await pilot.press("tab", *["right"] * 6)
        await pilot.pause()
        assert ", the interview" in screen_text(app)
        assert UNICODE.day_mark in screen_text(app)


async def test_without_color_the_mark_of_the_selected_column_hides_no_label(
    studied: Collection,
) -> None:
    app = FlashcardsApp(studied, environment={**TERMINAL, "NO_COLOR": "1"})
    async with screen_opened_by(app, "t") as pilot:
        assert "today" in screen_text(app)

        await pilot.press("tab", "right", "right")
        await pilot.pause()

        row = next(line for line in screen_text(app).splitlines() if "^" in line)
        assert row.split()[0] == "^today"


@pytest.mark.parametrize("ahead", [2, 26, 29])
async def test_the_mark_of_the_interview_hides_no_date(
    studied: Collection, clock: FixedClock, ahead: int
) -> None:
    today = clock.moment().day
    studied.plan.save(StudyPlan(today, (Interview(today + ahead),)), "Made a plan")
    app = FlashcardsApp(studied, environment=TERMINAL)
    async with screen_opened_by(app, "t", size=(60, 20)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        row = next(line for line in screen_text(app).splitlines() if "today" in line)
        assert month_and_day(today + 29) in row
        assert UNICODE.day_mark in row


async def test_the_focused_chart_is_marked_by_more_than_color(
    studied: Collection,
) -> None:
    app = FlashcardsApp(studied, environment={**TERMINAL, "NO_COLOR": "1"})
    async with screen_opened_by(app, "t") as pilot:
        assert f"{UNICODE.cursor} Reviews a day" in screen_text(app)
        await pilot.press("tab")
        await pilot.pause()
        assert f"{UNICODE.cursor} Forecast" in screen_text(app)
        assert screen_text(app).count(UNICODE.cursor) == 1


def test_the_last_months_are_shown_if_there_is_no_room_for_all(
    app: FlashcardsApp,
) -> None:
    months = (("Sep", 0.8), ("Oct", 0.9), ("Nov", 0.7))
    chart = Chart(
        name="retention",
        kind=Kind.BARS,
        title="Retention",
        measures=(text_measure("month"), Measure("retention", percent)),
        points=tuple(ChartPoint(name, n, (name, n), name) for name, n in months),
        starts_at_end=True,
    )

    def names(at: int | None) -> list[str]:
        _, *lines = draw_chart(chart, app.look, 40, 3, at, focused=True)
        return [line.plain.split()[0] for line in lines]

    assert names(None) == ["Oct", "Nov"]
    assert names(2) == ["Oct", "Nov"]
    assert names(0) == ["Sep", "Oct"]


def test_a_small_value_still_shows_a_column() -> None:
    rows = tall_columns([0.0, 0.01, 5.0, 10.0], 3, UNICODE)

    assert rows == ["   █", "  ▄█", " ▁██"]
    assert tall_columns([0.0, 0.0], 2, UNICODE) == ["  ", "  "]


def test_a_bar_is_solid_to_the_low_end_and_dashed_to_the_high_one() -> None:
    assert level(0.4, 0.6, 10, ASCII, 0.85) == [
        ("====", "solid"),
        ("~~", "band"),
        ("..", "track"),
        ("|", "target"),
        (".", "track"),
    ]
    assert level(1.0, 1.0, 3, ASCII, 1.0) == [("==", "solid"), ("|", "target")]
