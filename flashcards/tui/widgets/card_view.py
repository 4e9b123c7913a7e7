"""The card: question, answer, explanation and source, drawn as one widget.

Its height depends only on the terminal. Revealing the answer adds text below the question
and moves nothing above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.tui.rendering.lines import blank, cut, justify, span, stack
from flashcards.tui.rendering.markdown import card_lines, stored
from flashcards.tui.widgets.answering.rows import AnswerRow, render_rows
from flashcards.tui.widgets.base import Drawn, clickable

if TYPE_CHECKING:
    from textual import events

    from flashcards.tui.theme.themes import Look

_MORE = {
    (True, True): "more above and below",
    (True, False): "more above",
    (False, True): "more below",
}
_LEAST_ANSWER = 3
"""Rows of the answer that are visible when a card is revealed, without scrolling."""
ROOMY, TIGHT = 12, 7
"""Heights from which a card has padding, and from which it has meta and source lines."""


@dataclass(frozen=True, slots=True)
class CardViewModel:
    """What the card view shows."""

    role: str
    """The color role of the area."""
    meta: str
    state: str
    question: str
    answer: str = ""
    """Empty on the question side."""
    replaces_question: bool = False
    """Whether the answer replaces the question (a cloze with its gap filled)."""
    has_own_bold: bool = False
    """Whether the text has its own bold parts, so that the rest is not bold (a cloze)."""
    hint: str = ""
    """Empty until the learner asks for it."""
    why: str = ""
    derived: str = ""
    remark: str = ""
    """A remark from the history, such as the point missed most often."""
    source: str = ""
    as_of: str = ""
    is_stale: bool = False
    revealed: bool = False
    report_key: str = ""
    rows: tuple[AnswerRow, ...] = ()
    """Options, items, pairs or points; on the answer side with their feedback."""
    input_rows: int = 0
    """Rows below the question for the field in which the answer is typed."""
    result: str = ""
    """A line that is always visible: the result, or how sure the learner is."""
    result_role: str = "muted"


class CardBody(NamedTuple):
    """The lines between the meta line and the foot."""

    lines: list[Content]
    answer_start: int
    """The line at which the answer begins."""
    visible_ranges: tuple[tuple[int, int], ...] = ()
    """Ranges to scroll to, see `RenderedRows.visible_ranges`."""


class CardView(Drawn):
    """A card with its own scrolling."""

    model = CardViewModel(role="line", meta="", state="", question="")
    offset_rows = 0
    _cached_body: tuple[object, CardBody] | None = None
    """The body with what it was rendered from."""
    _shown_position: tuple[bool, tuple[int, ...]] = (False, ())
    """Whether the answer was shown last, and the rows with a cursor."""

    def show(self, model: CardViewModel, *, keep_scroll: bool = False) -> None:
        """Show a model from its top, or from the current row if it is the same card."""
        raised = tuple(n for n, row in enumerate(model.rows) if row.raised)
        is_moved = keep_scroll and self._shown_position != (model.revealed, raised)
        self._shown_position = (model.revealed, raised)
        if not keep_scroll:
            self.offset_rows = 0
        self.model = model
        self.edge()
        if self.size:
            self._bring_into_view(is_moved=is_moved)
        self.refresh()

    def edge(self) -> None:
        """Paint the left edge in the color of the area."""
        color = getattr(self.look.palette, self.model.role)
        self.styles.border_left = (self.look.glyphs.border, color)  # type: ignore[assignment]

    def scroll_rows(self, direction: int) -> None:
        """Scroll a card that does not fit, down (1) or up (-1)."""
        lines, room = self._body().lines, self._room
        last = max(len(lines) - room, 0)
        step = max(room - 2, 1)
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
    def _room(self) -> int:
        """Rows for question and answer."""
        height = self.content_size.height
        result = bool(self.model.result)
        if height >= ROOMY:
            return height - (4 if self._has_rows else 6) - 2 * result
        return height - 3 - result if height >= TIGHT else max(height - result, 1)

    @property
    def _has_rows(self) -> bool:
        """Whether answer rows take the space of the blank lines around the foot."""
        return bool(self.model.rows)

    @property
    def _top(self) -> int:
        """Rows above the question."""
        height = self.content_size.height
        return 3 if height >= ROOMY else 2 if height >= TIGHT else 0

    @property
    def field_row(self) -> int:
        """The row of the card at which the input field is shown."""
        row = self._body().answer_start - self.offset_rows
        last = max(self._room - self.model.input_rows, 0)
        return self._top + min(max(row, 0), last)

    def _bring_into_view(self, *, is_moved: bool) -> None:
        """Scroll to the answer just revealed, or to the row that the cursor moved to."""
        body, room = self._body(), self._room
        last = max(len(body.lines) - room, 0)
        if body.visible_ranges and is_moved:
            ranges = body.visible_ranges
            fitting = ((first, end) for first, end in ranges if end - first <= room)
            first, end = next(fitting, ranges[-1])
            lowest = max(end - room, 0)
            self.offset_rows = min(max(self.offset_rows, lowest), first)
        elif self.model.revealed and is_moved:
            most = room - _LEAST_ANSWER
            if not 0 <= body.answer_start - self.offset_rows <= most:
                self.offset_rows = 0 if body.answer_start <= most else body.answer_start
        self.offset_rows = min(self.offset_rows, last)

    def _body(self) -> CardBody:
        """Return the lines of the body, cached until they change."""
        width = self.content_size.width
        key = (self.model, width, self.look, self._room)
        if self._cached_body is None or self._cached_body[0] != key:
            body = body_lines(self.model, self.look, width)
            if len(body.lines) > self._room:
                body = body_lines(self.model, self.look, width, is_spaced=False)
            self._cached_body = (key, body)
        return self._cached_body[1]

    def draw(self, width: int, height: int) -> Content:
        """Return the card for its size."""
        lines, room = self._body().lines, self._room
        self.offset_rows = min(self.offset_rows, max(len(lines) - room, 0))
        visible = lines[self.offset_rows : self.offset_rows + room]
        filler = [blank()] * (room - len(visible))
        result = self._result(width)
        if height < TIGHT:
            return stack([*visible, *filler, *result])
        hidden = (self.offset_rows > 0, len(lines) > self.offset_rows + room)
        top = [self._meta(width), blank()]
        foot = [*result, self._foot(width, hidden)]
        if height < ROOMY:
            return stack([*top, *visible, *filler, *foot])
        if not self._has_rows:
            foot.insert(-1, blank())
        if result:
            foot.insert(0, blank())
        return stack([blank(), *top, *visible, *filler, *foot])

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


def body_lines(
    model: CardViewModel, look: Look, width: int, *, is_spaced: bool = True
) -> CardBody:
    """Return question, answer and explanation as lines.

    Without `is_spaced` there are no blank lines around the rule between them.
    """
    text, muted = look.style("text"), look.style("muted")
    bright = text if model.has_own_bold else look.style("text", bold=True)
    if model.revealed and model.replaces_question:
        lines = card_lines(model.answer, look, width, text)
    else:
        lines = card_lines(
            model.question, look, width, text if model.revealed else bright
        )
    if model.hint:
        lines += [blank(), *card_lines(f"Hint: {model.hint}", look, width, muted)]
    if model.rows or model.input_rows:
        return _with_rows(model, look, width, lines, is_spaced=is_spaced)
    rule = len(lines) + is_spaced
    if not model.revealed:
        return CardBody(lines, rule)
    parts = (
        []
        if model.replaces_question
        else [card_lines(model.answer, look, width, bright)]
    )
    parts += _explanations(model, look, width)
    if parts:
        line = span(look.glyphs.rule * width, look.style("line"))
        lines += [blank(), line] if is_spaced else [line]
    for number, part in enumerate(parts):
        lines += [blank(), *part] if is_spaced or number else part
    return CardBody(lines, rule)


def _with_rows(
    model: CardViewModel,
    look: Look,
    width: int,
    lines: list[Content],
    *,
    is_spaced: bool,
) -> CardBody:
    """Return the body of a graded card: the question, then the answer rows."""
    answer_start = len(lines) + 1
    lines = [*lines, blank(), *[blank()] * model.input_rows]
    rendered = render_rows(model.rows, look, width, is_spaced=is_spaced)
    lines += rendered.lines
    if model.revealed:
        for part in _explanations(model, look, width):
            lines += [blank(), *part]
    ranges = tuple(
        (first + answer_start, end + answer_start)
        for first, end in rendered.visible_ranges
    )
    return CardBody(lines, answer_start, ranges)


def _explanations(model: CardViewModel, look: Look, width: int) -> list[list[Content]]:
    parts = []
    if model.why:
        parts.append(card_lines(model.why, look, width, look.style("text")))
    parts += [
        card_lines(text, look, width, look.style("muted"))
        for text in (model.derived, model.remark)
        if text
    ]
    return parts
