"""The card: question, answer, explanation and source, drawn as one widget.

Its height depends only on the terminal. Revealing the answer adds text below the question
and moves nothing above it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.worker import Worker, WorkerState

from flashcards.tui.rendering.code_colors import is_loaded, load_languages
from flashcards.tui.rendering.lines import blank, cut, justify, span, stack
from flashcards.tui.rendering.markdown import code_languages, stored, widest_block
from flashcards.tui.widgets.base import Drawn, clickable
from flashcards.tui.widgets.card_body import (
    MEASURE,
    CardBody,
    CardViewModel,
    answer_first,
    body_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events


_MORE = {
    (True, True): "more above and below",
    (True, False): "more above",
    (False, True): "more below",
}
_LEAST_ANSWER = 3
"""Rows of the answer that are visible when a card is revealed, without scrolling."""
PADDED, GRADED_PADDED, ROOMY, TIGHT = 16, 20, 12, 7
"""Heights from which a card has a blank row on top, a graded card has one, a card has blank
rows around its foot, and it has meta and source lines."""
_OVERLAP = 2
"""Lines that stay visible when a card is scrolled."""
_SIDES = 8
"""Cells of a card that its text cannot use."""


class _Layout(NamedTuple):
    """The lines of a card, and the rows around them."""

    body: CardBody
    room: int
    """Rows for the lines."""
    top: int
    """Rows above: the meta line, from two on a blank one below it, from three one above it."""
    is_open: bool
    """Whether there are blank rows around the foot."""


class _Spacing(NamedTuple):
    """The rows around the lines of a card, and the blank ones in it."""

    top: int
    is_open: bool
    is_spaced: bool
    """Whether there are blank lines around the rule, or between answer rows."""


class CardView(Drawn):
    """A card with its own scrolling."""

    model = CardViewModel(role="line", meta="", state="", question="")
    offset_rows = 0
    _cached_layout: tuple[object, _Layout] | None = None
    """The layout with what it was made from."""
    _shown_position: tuple[bool, tuple[int, ...]] = (False, ())
    """Whether the answer was shown last, and the rows with a cursor."""

    def show(self, model: CardViewModel, *, keep_scroll: bool = False) -> None:
        """Show a model from its top, or from the current row if it is the same card."""
        raised = tuple(n for n, row in enumerate(model.rows) if row.raised)
        is_moved = keep_scroll and self._shown_position != (model.revealed, raised)
        self._shown_position = (model.revealed, raised)
        if not keep_scroll:
            self.offset_rows = 0
        is_new = self.model.blocks != model.blocks
        self.model = model
        self.edge()
        if is_new:
            self._fit_width()
            self._load_languages()
        if self.size:
            self._bring_into_view(is_moved=is_moved, is_new=not keep_scroll)
        self.refresh()

    def edge(self) -> None:
        """Paint the left edge in the color of the area."""
        color = getattr(self.look.palette, self.model.role)
        self.styles.border_left = (self.look.glyphs.border, color)  # type: ignore[assignment]

    def _fit_width(self) -> None:
        """Make the card as wide as its widest line of code or table, if there is room."""
        widest = max(widest_block(text, self.look) for text in self.model.blocks)
        self.styles.max_width = widest + _SIDES if widest > MEASURE else None

    def _load_languages(self) -> None:
        """Load the languages of the code in a thread, as loading takes longer than a frame."""
        names = {name for text in self.model.texts for name in code_languages(text)}
        missing = sorted(name for name in names if not is_loaded(name))
        if missing and not self.look.plain:
            self.run_worker(partial(load_languages, missing), thread=True)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Color the code once its language was loaded."""
        event.stop()
        if event.state is WorkerState.SUCCESS:
            self._cached_layout = None
            self.refresh()

    def scroll_rows(self, direction: int) -> None:
        """Scroll a card that does not fit, down (1) or up (-1)."""
        body, room = self._layout.body, self._layout.room
        last = max(len(body.lines) - room, 0)
        # The head of a table covers lines that were visible before.
        overlap = max(_OVERLAP, *(table.head for table in body.tables), 0)
        step = max(room - overlap, 1)
        self.offset_rows = min(max(self.offset_rows + direction * step, 0), last)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_rows(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_rows(-1)

    @property
    def field_row(self) -> int:
        """The row of the card at which the input field is shown."""
        layout = self._layout
        row = layout.body.answer_start - self.offset_rows
        last = max(layout.room - self.model.input_rows, 0)
        return layout.top + min(max(row, 0), last)

    def _bring_into_view(self, *, is_moved: bool, is_new: bool) -> None:
        """Scroll to the answer just revealed, or to the row that the cursor moved to."""
        body, room = self._layout.body, self._layout.room
        last = max(len(body.lines) - room, 0)
        if body.visible_ranges and is_moved:
            ranges = body.visible_ranges
            fitting = ((first, end) for first, end in ranges if end - first <= room)
            first, end = next(fitting, ranges[-1])
            lowest = max(end - room, 0)
            self.offset_rows = min(max(self.offset_rows, lowest), first)
        elif self.model.revealed and (is_moved or is_new):
            self._bring_answer_into_view(body, room)
        self.offset_rows = min(self.offset_rows, last)

    def _bring_answer_into_view(self, body: CardBody, room: int) -> None:
        """Scroll as far as the options to see of a choice need, else to the start."""
        if (
            self.model.is_choice
            and body.answer_end
            and body.answer_end - body.answer_start <= room
        ):
            self.offset_rows = max(body.answer_end - room, 0)
            return
        most = room - _LEAST_ANSWER
        if self._has_rows or not 0 <= body.answer_start - self.offset_rows <= most:
            self.offset_rows = 0 if body.answer_start <= most else body.answer_start

    @property
    def _layout(self) -> _Layout:
        """The layout for the size of the card, cached until something changes."""
        size = self.content_size
        key = (self.model, size, self.look)
        if self._cached_layout is None or self._cached_layout[0] != key:
            self._cached_layout = (key, self._lay_out(size.width, size.height))
        return self._cached_layout[1]

    def _lay_out(self, width: int, height: int) -> _Layout:
        """Return the roomiest layout in which everything fits, or one with what matters first."""
        *roomy, tight = self._spacings(height)
        for spacing in roomy:
            layout = self._space(width, height, spacing)
            if len(layout.body.lines) <= layout.room:
                return layout
        layout = self._space(width, height, tight)
        is_choice_answered = self.model.is_choice and self.model.revealed
        if len(layout.body.lines) <= layout.room or not is_choice_answered:
            return layout
        body = answer_first(self.model, self.look, width)
        if body.answer_end - body.answer_start > layout.room:
            body = answer_first(self.model, self.look, width, reasons_after=True)
        return layout._replace(body=body)

    def _spacings(self, height: int) -> Iterator[_Spacing]:
        """Yield what blank rows there may be, the most first."""
        if height < TIGHT:
            yield from (_Spacing(0, False, True), _Spacing(0, False, False))
            return
        is_padded = height >= (GRADED_PADDED if self._has_rows else PADDED)
        top = 3 if is_padded else 2
        if height >= ROOMY:
            yield from (_Spacing(top, True, True), _Spacing(top, True, False))
        yield from (_Spacing(top, False, True), _Spacing(top, False, False))
        if self._has_rows:
            yield _Spacing(1, False, False)

    def _space(self, width: int, height: int, spacing: _Spacing) -> _Layout:
        top, is_open, is_spaced = spacing
        body = body_lines(self.model, self.look, width, is_spaced=is_spaced)
        below = bool(self.model.result) + (height >= TIGHT)
        if is_open:
            below += bool(self.model.result) + (0 if self._has_rows else 2)
        return _Layout(body, max(height - top - below, 1), top, is_open)

    @property
    def _has_rows(self) -> bool:
        """Whether answer rows take the space of the blank lines around the foot."""
        return bool(self.model.rows)

    def draw(self, width: int, height: int) -> Content:
        """Return the card for its size."""
        layout = self._layout
        lines, room = layout.body.lines, layout.room
        self.offset_rows = min(self.offset_rows, max(len(lines) - room, 0))
        visible = self._visible_lines(layout)
        filler = [blank()] * (room - len(visible))
        result = self._result(width)
        if height < TIGHT:
            return stack([*visible, *filler, *result])
        hidden = (self.offset_rows > 0, len(lines) > self.offset_rows + room)
        top = [blank(), self._meta(width), blank()]
        top = top[1 : layout.top + 1] if layout.top < len(top) else top
        foot = [*result, self._foot(width, hidden)]
        if layout.is_open and not self._has_rows:
            foot.insert(-1, blank())
        if layout.is_open and result:
            foot.insert(0, blank())
        return stack([*top, *visible, *filler, *foot])

    def _visible_lines(self, layout: _Layout) -> list[Content]:
        """Return the lines to show; below the head of a table, its head stays on top."""
        lines, start = layout.body.lines, self.offset_rows
        visible = lines[start : start + layout.room]
        for table in layout.body.tables:
            if table.start < start < table.end - table.head:
                visible[: table.head] = lines[table.start : table.start + table.head]
        return visible

    def _result(self, width: int) -> list[Content]:
        model, look = self.model, self.look
        if not model.result:
            return []
        line = stored(model.result, look.style(model.result_role, bold=True))
        return [cut(line, width, look.glyphs.more)]

    def _meta(self, width: int) -> Content:
        muted = self.look.style("muted")
        state = self.model.state
        role = "hard" if state.startswith(("leech", "lapsed")) else "muted"
        return justify(
            stored(self.model.meta, muted),
            span(state, self.look.style(role)),
            width,
            self.look.glyphs.more,
        )

    def _foot(self, width: int, hidden: tuple[bool, bool]) -> Content:
        """Return the last row: the source, and whether there is more to scroll to."""
        model, look = self.model, self.look
        muted = look.style("muted")
        left = self._source() if model.revealed else blank()
        if any(hidden):
            direction = 1 if hidden[1] else -1
            right = clickable(
                span(_MORE[hidden], muted), f"screen.scroll_card({direction})"
            )
        elif model.revealed and model.report_key:
            right = clickable(
                span(f"{model.report_key} report", muted), "screen.report"
            )
            if left.cell_length + right.cell_length + 2 > width:
                right = blank()
        else:
            right = blank()
        return justify(left, right, width, look.glyphs.more)

    def _source(self) -> Content:
        model, look = self.model, self.look
        muted = look.style("muted")
        source = stored(model.source, muted).stylize("italic")
        if not model.as_of:
            return source
        joint = span(f" {look.glyphs.dot} " if model.source else "", muted)
        role = "hard" if model.is_stale else "muted"
        return source + joint + stored(f"as of {model.as_of}", look.style(role))
