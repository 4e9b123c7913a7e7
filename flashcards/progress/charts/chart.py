"""A chart as plain values, which terminal, words, JSON, SVG and HTML show in their own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.domain.clock import date_of
from flashcards.domain.formatting import count, minutes, short_date, whole_minutes
from flashcards.progress.figure_text import percent

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(Enum):
    """How the points of a chart are drawn."""

    BARS = auto()
    """A bar from 0 to 1 for each point."""
    SHARES = auto()
    """Bars whose sizes add up to 1."""
    COLUMNS = auto()
    """A column for each point, from 0 to the greatest size."""
    HEATMAP = auto()
    """A square for each day from a Monday on, in shades from 0 to 4."""
    CURVE = auto()
    """A curve of sizes from 0 to 1 within a band, evenly spaced."""
    TABLE = auto()
    """A row for each point; the size compares the rows, from 0 to 1."""


class Measure(NamedTuple):
    """A value that every point of a chart has: a column of its table."""

    heading: str
    to_text: Callable[[Any], str] = str
    to_json: Callable[[Any], dict[str, Any]] = lambda _value: {}
    """Returns the value under the keys that scripts rely on."""
    is_figure: bool = True
    """Whether it is a number, and not a name or text."""


class ChartPoint(NamedTuple):
    """A bar, column, day, row or position of a curve."""

    label: str
    """Short, for an axis; of a table the name of the row."""
    size: float
    values: tuple[Any, ...]
    """One for each measure of the chart."""
    sentence: str
    """The point in words, with its full name."""
    mark: float | None = None
    """The target or the predicted value of a bar or curve, 0 to 1."""
    expected: float = 0.0
    """The whole size of a column with what is only expected."""
    band: tuple[float, float] = (0.0, 0.0)
    """The range around the size that a curve probably keeps to."""
    deck: str = ""
    """Deck of a row, whose area may color it."""
    front: str = ""
    """Question of a row, in Markdown."""
    slip: str = ""
    """What most often went wrong with the question of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A titled chart: its points, their measures, and what it says in words."""

    name: str
    """Identifies the chart; never shown."""
    kind: Kind
    title: str
    measures: tuple[Measure, ...] = ()
    """The first one names the points."""
    points: tuple[ChartPoint, ...] = ()
    about: str = ""
    """What is counted, where the title does not say it."""
    notes: tuple[str, ...] = ()
    """Figures of the whole chart, shown beside the title."""
    unit: str = ""
    """Unit of the sizes, such as `min a day`."""
    expected: str = ""
    """What the expected sizes include, such as `with new`; empty if there are none."""
    ends: tuple[str, str] = ("", "")
    """Labels under the first and the last point."""
    marked: int | None = None
    """Index of a point to mark, such as the interview."""
    caption: str = ""
    """A sentence to show below the points."""
    remarks: tuple[str, ...] = ()
    """Sentences to read after those of the points."""
    missing: str = ""
    """Why nothing is shown yet; empty if there is enough data."""
    starts_at_end: bool = False
    """Whether the last points matter most, such as today."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chart in words, a sentence for each point, then the remarks."""
        return (*(point.sentence for point in self.points), *self.remarks)

    @property
    def heading(self) -> str:
        """The title with everything that explains it, for text and pages."""
        facts = ", ".join(filter(None, (self.about, self.unit, *self.notes)))
        return f"{self.title}: {facts}" if facts else self.title

    @property
    def greatest(self) -> float:
        """The greatest size or expected size; 0 without points."""
        return max(
            (max(point.size, point.expected) for point in self.points), default=0
        )

    def cells(self, point: ChartPoint) -> tuple[str, ...]:
        """Return the values of a point as text, one for each measure."""
        return tuple(
            measure.to_text(value)
            for measure, value in zip(self.measures, point.values, strict=True)
        )

    def figures(self, point: ChartPoint) -> tuple[str, ...]:
        """Return those values of a point that are numbers, as text."""
        cells = zip(self.measures, self.cells(point), strict=True)
        return tuple(cell for measure, cell in cells if measure.is_figure)

    def figures_text(self, point: ChartPoint) -> str:
        """Return the figures of a point in a line; from the second on with their heading."""
        first, *others = self.figures(point)
        if self.kind is Kind.TABLE:
            return first
        headings = [measure.heading for measure in self.measures if measure.is_figure]
        named = zip(headings[1:], others, strict=True)
        return ", ".join([first, *(f"{heading} {cell}" for heading, cell in named)])

    def records(self) -> list[dict[str, Any]]:
        """Return the values of every point under the keys that scripts rely on."""
        return [
            {
                key: item
                for measure, value in zip(self.measures, point.values, strict=True)
                for key, item in measure.to_json(value).items()
            }
            for point in self.points
        ]


def text_measure(heading: str, key: str = "") -> Measure:
    """Return a measure whose values are names or text."""
    return Measure(heading, str, _under(key), is_figure=False)


def number_measure(heading: str, key: str = "") -> Measure:
    """Return a measure whose values are counts."""
    return Measure(heading, "{:,}".format, _under(key))


def counted_measure(noun: str, key: str = "") -> Measure:
    """Return a measure whose values are counts that say of what, such as `8 cards`."""
    return Measure(f"{noun}s", lambda number: count(number, noun), _under(key))


def rounded(value: float | None) -> float | None:
    """Return a share or a number of seconds as JSON has it."""
    return None if value is None else round(value, 4)


def share_text(share: tuple[float, int]) -> str:
    """Return a share with the number that it is a share of, such as `80% of 1,231`."""
    return f"{percent(share[0])} of {share[1]:,}"


def _under(key: str) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {key: value} if key else {}


DAY = Measure(
    "day", short_date, lambda day: {"date": date_of(day).isoformat()}, is_figure=False
)
TIME = Measure("time", minutes, lambda seconds: {"minutes": whole_minutes(seconds)})
"""Seconds."""
ABOUT = Measure("about", "{:.0f}".format)
