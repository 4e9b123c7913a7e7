"""The curve of a plan: predicted recall from today to the interview, with band and target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import month_and_day, short_date
from flashcards.progress.figure_text import percent, whole_percent
from flashcards.tui.rendering.charts import Curve
from flashcards.tui.rendering.lines import blank, justify, pad, span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.progress.forecast.readiness import Predicted, Readiness
    from flashcards.progress.plan.view import PlanView
    from flashcards.tui.theme.themes import Look

_AXIS, _LEGEND = 5, 15
_STEP = 0.05
_BAND_EVERY, _TARGET_EVERY = 3, 4


def trajectory(view: PlanView, look: Look, width: int, rows: int) -> list[Content]:
    """Draw the curve, with its bounds on the left, target and outcome on the right."""
    readiness, plan = view.readiness, view.plan
    if readiness is None or plan is None:
        return []
    path = [*readiness.path[:-1], readiness.all]
    low, high = _bounds(path, plan.target)
    room = max(width - _AXIS - 1 - _LEGEND, 10)
    layers = _layers(path, plan.target, look, (room, rows), (low, high))
    legend = _legend(readiness, plan.target, look, rows, (low, high))
    lines = []
    for row in range(rows):
        label = percent(high) if row == 0 else percent(low) if row == rows - 1 else ""
        axis = span(f"{label:>{_AXIS}}", look.style("muted"))
        axis += span(look.glyphs.axis, look.style("line"))
        cells = [_cell(layers, row, column, room, look) for column in range(room)]
        lines.append(axis + Content("").join(cells) + legend[row])
    dates = justify(
        span("today", look.style("muted")),
        span(short_date(readiness.day), look.style("accent")),
        room,
    )
    middle = span(month_and_day((view.today + readiness.day) // 2), look.style("muted"))
    at = (room - middle.cell_length) // 2
    if readiness.day - view.today > 2:  # noqa: PLR2004
        dates = dates[:at] + middle + dates[at + middle.cell_length :]
    return [*lines, blank().pad_left(_AXIS + 1) + dates]


def _bounds(path: Sequence[Predicted], target: float) -> tuple[float, float]:
    """Return the lowest and highest value shown, in steps of 5%."""
    lowest = min(target, *(point.low for point in path))
    highest = max(target, *(point.high for point in path))
    low = max(int(lowest / _STEP) * _STEP - _STEP, 0.0)
    high = min((int(highest / _STEP) + 1) * _STEP, 1.0)
    return low, high


def _layers(
    path: Sequence[Predicted],
    target: float,
    look: Look,
    size: tuple[int, int],
    bounds: tuple[float, float],
) -> list[tuple[list[str], str]]:
    """Return the rows of curve, band and target with their roles, topmost first."""
    low, high = bounds
    curves = [
        ("accent", [lambda share: _interpolate(path, share).value], 1),
        (
            "muted",
            [
                lambda share: _interpolate(path, share).low,
                lambda share: _interpolate(path, share).high,
            ],
            _BAND_EVERY,
        ),
        ("good", [lambda _share: target], _TARGET_EVERY),
    ]
    layers = []
    for role, functions, every in curves:
        curve = Curve(*size, look.glyphs)
        for function in functions:
            _draw(curve, function, low, high, every)
        layers.append((curve.rows(), role))
    return layers


def _draw(
    curve: Curve,
    function: Callable[[float], float],
    low: float,
    high: float,
    every: int,
) -> None:
    curve.draw(function, low=low, high=high, every=every)


class _Point:
    """A value and its band between two days."""

    def __init__(self, first: Predicted, second: Predicted, share: float) -> None:
        self.value = first.value + (second.value - first.value) * share
        self.low = first.low + (second.low - first.low) * share
        self.high = first.high + (second.high - first.high) * share


def _interpolate(path: Sequence[Predicted], share: float) -> _Point:
    position = share * (len(path) - 1)
    first = min(int(position), len(path) - 1)
    second = min(first + 1, len(path) - 1)
    return _Point(path[first], path[second], position - first)


def _cell(
    layers: Sequence[tuple[list[str], str]],
    row: int,
    column: int,
    room: int,
    look: Look,
) -> Content:
    for rows, role in layers:
        if rows[row][column] != " ":
            return span(rows[row][column], look.style(role))
    if column == room - 1:
        return span(look.glyphs.day_mark, look.style("accent"))
    return span(" ")


def _legend(
    readiness: Readiness,
    target: float,
    look: Look,
    rows: int,
    bounds: tuple[float, float],
) -> list[Content]:
    """Return the text right of each row: target and outcome at their heights."""
    low, high = bounds
    whole = readiness.all

    def row_of(value: float) -> int:
        share = (min(max(value, low), high) - low) / (high - low)
        return rows - 1 - round(share * (rows - 1))

    target_row, outcome = row_of(target), row_of(whole.value)
    if target_row == outcome:
        outcome += 1 if outcome < rows - 1 else -1
    lines = [blank()] * rows
    lines[target_row] = span(f"  target {whole_percent(target)}%", look.style("good"))
    ends = whole_percent(whole.low), whole_percent(whole.high)
    band = f" {ends[0]}-{ends[1]}%"
    lines[outcome] = Content.assemble(
        "  ",
        (percent(whole.value), look.style("accent", bold=True)),
        (band if ends[0] < ends[1] else "", look.style("muted")),
    )
    return [pad(line, _LEGEND) for line in lines]
