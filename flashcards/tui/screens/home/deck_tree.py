"""The list of areas and their decks: cards due in each, and readiness or retention.

Only the visible rows are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import minutes, month_and_day
from flashcards.progress.figure_text import percent
from flashcards.tui.rendering.charts import level
from flashcards.tui.rendering.lines import cut, justify, pad, span, stack
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.base import Drawn, clickable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual import events

    from flashcards.progress.forecast.readiness import Predicted
    from flashcards.study.today.overview import Branch


_UNKNOWN = 2.0
"""Sorts after every share."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Readiness or retention of areas and decks, by key; the weakest come first."""

    recalls: Mapping[str, Predicted] = field(default_factory=dict)
    """Predicted recall on the interview day; empty without a date."""
    target: float = 0.0
    """The target of the plan, 0 to 1."""
    day: int = 0
    """The study day of the interview; 0 without a date."""
    retention: Mapping[str, float] = field(default_factory=dict)
    """Measured share of recalled reviews, 0 to 1; empty with a date."""

    def weakness(self, key: str) -> float:
        """Return the sort key of an area or deck: the lower the weaker, unknown ones last."""
        if key in self.recalls:
            return self.recalls[key].value
        return self.retention.get(key, _UNKNOWN)


class DeckTree(Drawn):
    """The list of areas, each of which unfolds to its decks."""

    areas: tuple[Branch, ...] = ()
    cursor: int | None = None
    """The row under the cursor, None while the button has the focus."""
    figures = AreaFigures()
    _open: frozenset[str] = frozenset()
    """The keys of the unfolded areas."""
    _was_folded_by_hand = False
    """Whether the learner folded or unfolded something."""
    _top = 0
    """The first visible row."""

    def show(self, areas: Sequence[Branch], figures: AreaFigures | None = None) -> None:
        """Show areas, the weakest first; the cursor stays on its row, if it still exists."""
        self.figures = figures or AreaFigures()
        self.areas = self._weakest_first(areas)
        self._unfold_if_all_fits()
        self.set_cursor(self.cursor)

    def _weakest_first(self, branches: Iterable[Branch]) -> tuple[Branch, ...]:
        weakest_first = sorted(branches, key=lambda row: self.figures.weakness(row.key))
        return tuple(
            replace(row, branches=self._weakest_first(row.branches))
            for row in weakest_first
        )

    def on_resize(self) -> None:
        """Unfold everything where there is room."""
        self._unfold_if_all_fits()
        self.refresh()

    def _unfold_if_all_fits(self) -> None:
        if self._was_folded_by_hand:
            return
        self._open = frozenset(_foldable_keys(self.areas))
        if len(self.rows) > self.content_size.height - 1:
            self._open = frozenset()
        self.set_cursor(self.cursor)

    @property
    def rows(self) -> list[tuple[int, Branch]]:
        """The unfolded rows, each with its depth."""
        return list(self._unfolded(self.areas, 0))

    def _unfolded(
        self, branches: Iterable[Branch], depth: int
    ) -> Iterator[tuple[int, Branch]]:
        for branch in branches:
            yield depth, branch
            if branch.key in self._open:
                yield from self._unfolded(branch.branches, depth + 1)

    @property
    def chosen(self) -> Branch | None:
        """The area or deck under the cursor."""
        return None if self.cursor is None else self.rows[self.cursor][1]

    def move(self, steps: int) -> None:
        """Move the cursor by some rows; up from the first row it leaves the list."""
        last = len(self.rows) - 1
        if last < 0:
            return
        if self.cursor is None:
            self.cursor = 0 if steps > 0 else None
        elif self.cursor == 0 and steps < 0:
            self.cursor = None
        else:
            self.cursor = min(max(self.cursor + steps, 0), last)
        self.refresh()

    def set_cursor(self, number: int | None) -> None:
        """Put the cursor on a row, or on none."""
        last = len(self.rows) - 1
        self.cursor = None if number is None or last < 0 else min(max(number, 0), last)
        self.refresh()

    def clear_cursor(self) -> None:
        """Take the cursor off the list."""
        self.cursor = None
        self.refresh()

    def fold(self, *, shut: bool | None = None) -> None:
        """Fold or unfold the area under the cursor.

        Args:
            shut: True to fold, False to unfold, None to toggle. Folding a deck moves the
                cursor to its area.
        """
        row = self.chosen
        if row is None:
            return
        is_open = row.key in self._open
        if shut and not is_open:
            self._go_to(row.key.rpartition("/")[0])
        elif row.branches and shut in (None, is_open):
            self._was_folded_by_hand = True
            self._open ^= {row.key}
        self.refresh()

    def _go_to(self, key: str) -> None:
        keys = [row.key for _, row in self.rows]
        if key in keys:
            self.cursor = keys.index(key)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the cursor down."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the cursor up."""
        event.stop()
        self.move(-1)

    def draw(self, width: int, height: int) -> Content:
        """Return the heading and the visible rows; the row under the cursor is one of them."""
        rows = self.rows
        room = max(height - 1, 1)
        at = self.cursor or 0
        self._top = min(max(self._top, at - room + 1), at, max(len(rows) - room, 0))
        visible = list(enumerate(rows))[self._top : self._top + room]
        lines = [
            self._row(number, depth, row, width) for number, (depth, row) in visible
        ]
        return stack([self._heading(width), *lines])

    def _heading(self, width: int) -> Content:
        look, figures = self.look, self.figures
        if not figures.recalls:
            left = span("  Areas", look.style("text", bold=True))
            return justify(
                left, self._cells(self._column_names, "muted", raised=False), width
            )
        title = f"  Readiness on {month_and_day(figures.day)}"
        left = span(title, look.style("text", bold=True))
        right = self._cells(("recall", "due"), "muted", raised=False)
        target = span(f"target {percent(figures.target)}", look.style("muted"))
        bar = self._bar_cells(width)
        if bar and left.cell_length + target.cell_length + 2 <= self._name_cells + bar:
            left = justify(left, target, self._name_cells + bar)
        return justify(left, right, width)

    def _row(self, number: int, depth: int, row: Branch, width: int) -> Content:
        look, glyphs = self.look, self.look.glyphs
        raised = number == self.cursor
        fold = " "
        if row.branches:
            fold = glyphs.removed if row.key in self._open else glyphs.added
        left = Content.assemble(
            (glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
            (glyphs.bar, look.style(area_role(row.key), raised=raised)),
            (f" {'  ' * depth}{fold} ", look.style("muted", raised=raised)),
            stored(row.title, look.style("text", bold=raised, raised=raised)),
        )
        right = self._cells(self._numbers(row), "text", raised=raised)
        bar = self._bar_cells(width)
        if bar:
            left = pad(cut(left, self._name_cells - 2, glyphs.more), self._name_cells)
            left += self._bar(row, bar, raised=raised)
        line = pad(justify(left, right, width, glyphs.more), width)
        if raised:
            line = line.stylize_before(look.style("text", raised=True))
        return clickable(line, f"screen.click_row({number})")

    def _bar(self, row: Branch, cells: int, *, raised: bool) -> Content:
        """Return the readiness bar: solid to the low end of the band, dashed to the high."""
        look, band = self.look, self.figures.recalls.get(row.key)
        if band is None:
            return pad(span(""), cells)
        role = area_role(row.key)
        roles = {"solid": role, "band": role, "track": "line", "target": "text"}
        runs = level(band.low, band.high, cells, look.glyphs, self.figures.target)
        parts = (
            span(text, look.style(roles[kind], raised=raised)) for text, kind in runs
        )
        return Content("").join(parts)

    def _bar_cells(self, width: int) -> int:
        """Return the cells of readiness bars; 0 where there are none."""
        if not self.figures.recalls:
            return 0
        room = width - self._name_cells - sum(self._column_widths) - 3
        return min(room, _LONGEST_BAR) if room >= _SHORTEST_BAR else 0

    @property
    def _name_cells(self) -> int:
        """Cells of the names where bars follow them."""
        return _NARROW_NAME_WIDTH if self.frame.is_narrow else _NAME_WIDTH

    def _numbers(self, row: Branch) -> tuple[str, ...]:
        figures, narrow = self.figures, self.frame.is_narrow
        dot = self.look.glyphs.dot
        if figures.recalls:
            band = figures.recalls.get(row.key)
            share = dot if band is None else percent(band.value)
            return (share, self._number(row.counts.total))
        time = minutes(row.seconds) if row.counts.total else ""
        counts = (row.counts.total,) if narrow else row.counts
        numbers = (*(self._number(count) for count in counts), time)
        if not figures.retention or narrow:
            return numbers
        retention = figures.retention.get(row.key)
        return (dot if retention is None else percent(retention), *numbers)

    def _number(self, count: int) -> str:
        return f"{count:,}" if count else self.look.glyphs.dot

    @property
    def _column_names(self) -> tuple[str, ...]:
        if self.frame.is_narrow:
            return ("due", "time")
        return (*(("retention",) if self.figures.retention else ()), *_COLUMN_NAMES)

    @property
    def _column_widths(self) -> tuple[int, ...]:
        narrow = self.frame.is_narrow
        if self.figures.recalls:
            return _NARROW_READINESS_WIDTHS if narrow else _READINESS_WIDTHS
        if narrow:
            return _NARROW_WIDTHS
        return (*((_RETENTION_WIDTH,) if self.figures.retention else ()), *_WIDTHS)

    def _cells(self, texts: Sequence[str], role: str, *, raised: bool) -> Content:
        look = self.look
        parts = [
            span(
                text.rjust(cell),
                look.style("muted" if text == look.glyphs.dot else role, raised=raised),
            )
            for text, cell in zip(texts, self._column_widths, strict=True)
        ]
        return Content("").join([*parts, span(" ")])


def _foldable_keys(branches: Iterable[Branch]) -> Iterator[str]:
    """Yield the keys of all areas that can be unfolded."""
    for branch in branches:
        if branch.branches:
            yield branch.key
            yield from _foldable_keys(branch.branches)


_COLUMN_NAMES = ("new", "learning", "review", "time")
_WIDTHS = (7, 10, 9, 10)
_NARROW_WIDTHS = (6, 9)
_RETENTION_WIDTH = 11
_READINESS_WIDTHS, _NARROW_READINESS_WIDTHS = (9, 7), (7, 6)
_NAME_WIDTH, _NARROW_NAME_WIDTH = 30, 24
_SHORTEST_BAR, _LONGEST_BAR = 10, 50
