"""Every chart says the same values on the screen, in words, as JSON, as SVG and on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from flashcards.cli.text.statistics import print_charts
from flashcards.cli.text.statistics_json import statistics_as_json
from flashcards.domain.cards import Rating, Scope, State
from flashcards.domain.clock import date_of
from flashcards.grading.lines import Confidence
from flashcards.progress.charts.chart import Chart, Kind
from flashcards.progress.charts.charts import (
    ChartOptions,
    TimeRange,
    build_charts,
    build_report_charts,
)
from flashcards.progress.charts.report import as_html, as_svg
from flashcards.progress.charts.svg import escaped
from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
from flashcards.progress.forecast.workload import WorkDay, Workload
from flashcards.progress.statistics.activity import (
    AnswerCounts,
    DayActivity,
    DueForecast,
    build_heatmap,
)
from flashcards.progress.statistics.calibration import (
    Calibration,
    ConfidenceBin,
    SureButWrong,
)
from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
from flashcards.progress.statistics.habit import Habit
from flashcards.progress.statistics.items import ItemFigures, ItemPart, ItemStatistics
from flashcards.progress.statistics.memory_distribution import (
    DIFFICULTY_EDGES,
    RECALL_EDGES,
    STABILITY_EDGES,
    Histogram,
    MemoryDistribution,
)
from flashcards.progress.statistics.retention import (
    EDGES,
    Month,
    PredictionBin,
    Retention,
    SelfCheck,
    Share,
)
from flashcards.progress.statistics.statistics import Statistics
from flashcards.progress.statistics.weakness import WeakGroup
from flashcards.store.rows import LeechRow
from flashcards.tui.screens.statistics.drawing import draw_chart
from flashcards.tui.screens.statistics.layout import as_text, page_lines
from flashcards.tui.theme.glyphs import ASCII, UNICODE
from flashcards.tui.theme.themes import INK, Look

TODAY = 740_000
LOOKS = [Look(INK, glyphs) for glyphs in (UNICODE, ASCII)]

SEEDS = range(6)


class Maker:
    """Makes figures by chance, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - it guards no secret

    def count(self, least: int = 0) -> int:
        return self.chance.choice((least, self.chance.randint(least, 5000)))

    def name(self) -> str:
        letters = self.chance.choices("abc<&>_*é", k=self.chance.randint(1, 8))
        return f"n{''.join(letters)}"

    def share(self) -> Share:
        asked = self.count(1)
        return Share(self.chance.randint(0, asked), asked)

    def seconds(self) -> float:
        return self.chance.choice((0.0, 20.0, self.chance.uniform(0, 20_000)))

    def missing(self) -> str:
        return self.chance.choice(("", "", "Not enough reviews yet."))

    def histogram(self, edges: tuple[float, ...]) -> Histogram:
        return Histogram(edges, tuple(self.count() for _ in edges[1:]), 3.0)

    def groups(self) -> tuple[WeakGroup, ...]:
        return tuple(
            WeakGroup(
                self.name(),
                self.name(),
                self.name(),
                self.share(),
                self.count(),
                self.count(),
                self.count(),
                self.chance.random() < 0.7,
            )
            for _ in range(self.chance.randint(0, 12))
        )

    def figures(self) -> Statistics:
        unit = self.chance.random
        studied = sorted(self.chance.sample(range(TODAY - 400, TODAY + 1), 30))
        days = tuple(
            DayActivity(day, self.count(1), self.seconds(), self.count(), 0)
            for day in studied
        )
        return Statistics(
            today=TODAY,
            scope=Scope(),
            reviews=self.count(1),
            seconds=self.seconds(),
            first_day=studied[0],
            habit=Habit(self.count(), len(days), 401, ()),
            days=days,
            heatmap=build_heatmap(days, TODAY),
            forecast=tuple(
                DueForecast(TODAY + ahead, self.count(), self.seconds())
                for ahead in range(30)
            ),
            retention=Retention(
                self.share(),
                self.share(),
                Share(0, 0),
                tuple(
                    Month(2024 + number // 12, number % 12 + 1, self.share())
                    for number in range(self.chance.randint(1, 20))
                ),
                self.missing(),
            ),
            answers=AnswerCounts(
                {rating: self.count() for rating in Rating},
                self.seconds(),
                self.chance.choice((None, self.seconds())),
                {State.REVIEW: self.seconds()},
                self.missing(),
            ),
            check=SelfCheck(
                tuple(
                    PredictionBin(
                        low,
                        high,
                        self.count(1),
                        unit(),
                        self.chance.choice((None, 0.0, unit())),
                    )
                    for low, high in pairwise(EDGES)
                ),
                9,
                unit(),
                unit(),
                unit(),
                unit(),
                self.missing(),
            ),
            memory=MemoryDistribution(
                self.count(),
                self.histogram(STABILITY_EDGES),
                self.histogram(DIFFICULTY_EDGES),
                self.histogram(RECALL_EDGES),
                self.count() / 3,
            ),
            decks=self.groups(),
            topics=self.groups(),
            leeches=tuple(
                LeechRow(self.name(), self.name(), self.name(), self.count())
                for _ in range(self.chance.randint(0, 12))
            ),
        )

    def extended(self) -> ExtendedStatistics:
        unit, chance = self.chance.random, self.chance
        items = tuple(self.item() for _ in range(chance.randint(0, 4)))
        words: tuple[Confidence, ...] = ("guess", "unsure", "sure")
        compared = chance.randint(0, 100)
        return ExtendedStatistics(
            Workload(
                tuple(
                    WorkDay(TODAY + ahead, 40 * unit(), 9 * unit(), self.seconds())
                    for ahead in range(365)
                ),
                4,
            ),
            ItemStatistics(sum(item.answers for item in items), 0, items, ()),
            Calibration(
                self.count(),
                unit(),
                tuple(
                    ConfidenceBin(word, unit(), self.count(), unit()) for word in words
                ),
                tuple(
                    SureButWrong(self.name(), self.name(), self.name(), TODAY, unit())
                    for _ in range(chance.randint(0, 4))
                ),
            ),
            ForecastAccuracy(
                self.count(),
                compared,
                chance.randint(0, compared),
                unit() if compared else None,
            ),
        )

    def item(self) -> ItemFigures:
        return ItemFigures(
            self.name(),
            self.name(),
            "typed",
            self.name(),
            self.count(1),
            self.chance.random(),
            tuple(
                ItemPart("typed", self.name(), self.count(1), True)
                for _ in range(self.chance.randint(0, 2))
            ),
        )

    def options(self) -> ChartOptions:
        interview = self.chance.choice((None, TODAY + 5, TODAY + 50))
        time_range = self.chance.choice(list(TimeRange))
        return ChartOptions(self.chance.random(), interview, time_range)


def charts_with_values(charts: list[Chart]) -> Iterator[Chart]:
    return (chart for chart in charts if not chart.missing)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_screen_shows_every_value_of_every_chart(seed: int) -> None:
    make = Maker(seed)
    statistics, slower, options = make.figures(), make.extended(), make.options()
    charts = build_charts(statistics, slower, options)

    for look in LOOKS:
        saved = as_text(statistics, charts, look)
        for index, chart in enumerate(charts):
            assert chart.title in saved
            assert chart.missing in saved
            for sentence in chart.sentences if not chart.missing else ():
                assert f"  {sentence}\n" in saved
            for width in (100, 56):
                drawn = draw_chart(chart, look, width, 20, None, focused=True)
                assert all(line.cell_length <= width for line in drawn)
            last = len(chart.sentences) - 1
            page = page_lines(statistics, charts, index, last, look, (400, 30))
            if chart.sentences and not chart.missing:
                assert page[-1].plain == chart.sentences[-1]
    for chart in charts_with_values(charts):
        drawn = draw_chart(chart, LOOKS[0], 400, 99, None, focused=False)
        text = "\n".join(line.plain for line in drawn)
        if chart.kind in (Kind.BARS, Kind.TABLE):
            assert all(chart.figures(point)[0] in text for point in chart.points)


@pytest.mark.parametrize("seed", SEEDS)
def test_words_hold_the_values_of_every_chart(seed: int) -> None:
    make = Maker(seed)
    statistics, slower, options = make.figures(), make.extended(), make.options()
    charts = build_charts(statistics, slower, options)
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr(
            "flashcards.cli.console.output.print_line",
            lambda line="": lines.append(line),
        )
        print_charts(statistics, charts)

    printed = "\n".join(lines)
    for chart in charts:
        assert (chart.missing or chart.heading) in lines
    for chart in charts_with_values(charts):
        points = chart.points
        if chart.kind not in (Kind.BARS, Kind.SHARES):
            points = points[-8:] if chart.starts_at_end else points[:8]
        for point in points:
            assert all(cell[:50] in printed for cell in chart.cells(point))


@pytest.mark.parametrize("seed", SEEDS)
def test_pictures_and_pages_hold_the_values_of_every_chart(seed: int) -> None:
    make = Maker(seed)
    statistics, slower, options = make.figures(), make.extended(), make.options()
    charts = build_report_charts(statistics, slower, options, None)
    picture = as_svg(statistics.summary, charts)
    page = as_html(statistics.summary, charts)

    for chart in charts:
        assert escaped(chart.title) in picture
        assert f"<h2>{escaped(chart.title)}" in page
        if chart.missing:
            assert escaped(chart.missing) in picture
            assert escaped(chart.missing) in page
    for chart in charts_with_values(charts):
        for point in chart.points[:10] if chart.kind is Kind.TABLE else chart.points:
            assert f"<title>{escaped(point.sentence)}</title>" in picture
        for point in chart.points:
            row = "".join(f"<td>{escaped(cell)}</td>" for cell in chart.cells(point))
            assert f"<tr>{row}</tr>" in page


def _points(charts: list[Chart], name: str) -> list[tuple[Any, ...]]:
    return [
        point.values for chart in charts if chart.name == name for point in chart.points
    ]


def _close(first: float, second: float) -> bool:
    return abs(first - second) < 1e-4


@pytest.mark.parametrize("seed", SEEDS)
def test_json_holds_the_values_of_every_chart(seed: int) -> None:
    make = Maker(seed)
    statistics, slower = make.figures(), make.extended()
    charts = build_charts(statistics, slower, ChartOptions(0.9, TODAY + 5, months=999))
    document = json.loads(json.dumps(statistics_as_json(statistics, slower)))

    def day(number: int) -> str:
        return date_of(number).isoformat()

    assert [(row["date"], row["reviews"]) for row in document["heatmap"]] == [
        (day(first), reviews) for first, reviews, *_ in _points(charts, "heatmap")
    ]
    for row, work, values in zip(
        document["forecast"],
        document["workload"],
        _points(charts, "forecast"),
        strict=False,
    ):
        assert (row["date"], row["reviews"]) == (day(values[0]), values[1])
        assert abs(row["minutes"] - values[2] / 60) <= 1
        assert work["reviews"] == round(values[3], 1)
        assert work["minutes"] == round(values[5] / 60, 1)
    for row, (when, share) in zip(
        document["months"], _points(charts, "retention"), strict=True
    ):
        assert row["month"] == f"{when[0]}-{when[1]:02}"
        assert (_close(row["retention"], share[0]), row["reviews"]) == (True, share[1])
    for name, share in _points(charts, "answers"):
        total = share[1] or 1
        assert _close(document["answers"][name.lower()] / total, share[0])
    for noun in ("decks", "topics"):
        rows = [row for row in document[noun] if row["title"] is not None]
        shown = _points(charts, noun)
        assert [
            (row["title"], row["deck"], row["lapses"], row["cards"])
            for row, group in zip(rows, getattr(statistics, noun), strict=True)
            if group.enough
        ] == [(title, deck, lapses, cards) for title, deck, _, lapses, cards in shown]
    bins = [row for row in document["check"]["bins"] if row["actual"] is not None]
    for row, (_, actual, predicted) in zip(
        bins, _points(charts, "predictions"), strict=True
    ):
        assert row["reviews"] == actual[1]
        assert _close(row["actual"], actual[0])
        assert _close(row["predicted"], predicted)
    for name in ("stability", "difficulty", "retrievability"):
        assert document[name]["cards"] == [n for _, n in _points(charts, name)]
    assert [
        (row["card"], row["deck"], row["lapses"]) for row in document["leeches"]
    ] == (_points(charts, "leeches"))
    answered = [row for row in document["confidence"]["bins"] if row["answers"]]
    assert [(row["confidence"], row["answers"]) for row in answered] == [
        (word, share[1]) for word, share, _ in _points(charts, "confidence")
    ]
    assert document["confidence"]["sure_but_wrong"] == [
        card for card, *_ in _points(charts, "sure")
    ]
    assert [row["note"] for row in document["items"]["notes"] if row["enough"]] == [
        note for note, *_ in _points(charts, "items")
    ]
    for _, share in _points(charts, "forecasts"):
        held = document["foretold"]["held"] / document["foretold"]["compared"]
        assert _close(share[0], held)
