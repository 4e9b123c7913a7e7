"""The card: question, answer, why and source, laid out once and drawn as one piece.

Its rows depend on the terminal only. Turning the card over adds text below what stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.tui.rendering.lines import blank, cut, justify, span, stack
from flashcards.tui.rendering.markdown import card_lines, stored
from flashcards.tui.widgets.answering.rows import AnswerRow, lay_out
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
"""Rows of the answer that are in sight when a card is turned over."""
ROOMY, TIGHT = 12, 7
"""Rows from which a card has padding, and from which it has meta and source."""


@dataclass(frozen=True, slots=True)
class CardViewModel:
    """What is on the card just now."""

    role: str
    """The area's color role."""
    meta: str
    state: str
    question: str
    answer: str = ""
    """Empty on the question side."""
    in_place: bool = False
    """The answer takes the question's place (a cloze with its gap filled)."""
    own_bold: bool = False
    """The text marks itself what is to be read (a cloze)."""
    hint: str = ""
    """Empty until it is asked for."""
    why: str = ""
    derived: str = ""
    remark: str = ""
    """What the past says of the card, such as the point missed most."""
    source: str = ""
    as_of: str = ""
    is_stale: bool = False
    revealed: bool = False
    report_key: str = ""
    rows: tuple[AnswerRow, ...] = ()
    """What there is to choose from; on the answer side what was right and wrong."""
    writing_rows: int = 0
    """Rows kept free under the question, where the answer is typed."""
    verdict: str = ""
    """One line that stays in sight: what the answer came to, or how sure one is."""
    verdict_role: str = "muted"


class Body(NamedTuple):
    """The lines between the meta line and the foot."""

    lines: list[Content]
    turn: int
    """The line at which the answer begins."""
    in_sight: tuple[tuple[int, int], ...] = ()
    """What should be in sight, see `Laid.in_sight`."""


class CardView(Drawn):
    """The card on the table."""

    face = CardViewModel(role="line", meta="", state="", question="")
    offset_rows = 0
    _kept: tuple[object, Body] | None = None
    _place: tuple[bool, tuple[int, ...]] = (False, ())
    """The side shown last, and the rows under the cursor."""

    def show(self, face: CardViewModel, *, keep_place: bool = False) -> None:
        """Show a face, from its top unless it is the same card turned over."""
        raised = tuple(n for n, row in enumerate(face.rows) if row.raised)
        is_moved = keep_place and self._place != (face.revealed, raised)
        self._place = (face.revealed, raised)
        if not keep_place:
            self.offset_rows = 0
        self.face = face
        self.edge()
        if self.size:
            self._bring_into_view(is_moved=is_moved)
        self.refresh()

    def edge(self) -> None:
        """Paint the left edge in the area's color."""
        color = getattr(self.look.palette, self.face.role)
        self.styles.border_left = (self.look.glyphs.border, color)  # type: ignore[assignment]

    def scroll_rows(self, direction: int) -> None:
        """Go on (1) or back (-1) in a card longer than its room."""
        lines, room = self._body().lines, self._room
        last = max(len(lines) - room, 0)
        step = max(room - 2, 1)
        self.offset_rows = min(max(self.offset_rows + direction * step, 0), last)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on in a long card."""
        event.stop()
        self.scroll_rows(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back in a long card."""
        event.stop()
        self.scroll_rows(-1)

    @property
    def _room(self) -> int:
        """Rows for question and answer."""
        height = self.content_size.height
        kept = bool(self.face.verdict)
        if height >= ROOMY:
            return height - (4 if self._is_full else 6) - 2 * kept
        return height - 3 - kept if height >= TIGHT else max(height - kept, 1)

    @property
    def _is_full(self) -> bool:
        """Whether rows to choose from need the blank lines around the foot."""
        return bool(self.face.rows)

    @property
    def _top(self) -> int:
        """Rows above the question."""
        height = self.content_size.height
        return 3 if height >= ROOMY else 2 if height >= TIGHT else 0

    @property
    def writing_place(self) -> int:
        """The row of the card at which the answer is typed."""
        ahead = self._body().turn - self.offset_rows
        last = max(self._room - self.face.writing_rows, 0)
        return self._top + min(max(ahead, 0), last)

    def _bring_into_view(self, *, is_moved: bool) -> None:
        """Show the answer of a card turned over, or the row that the cursor moved to."""
        body, room = self._body(), self._room
        last = max(len(body.lines) - room, 0)
        if body.in_sight and is_moved:
            fitting = (part for part in body.in_sight if part[1] - part[0] <= room)
            first, end = next(fitting, body.in_sight[-1])
            lowest = max(end - room, 0)
            self.offset_rows = min(max(self.offset_rows, lowest), first)
        elif self.face.revealed and is_moved:
            most = room - _LEAST_ANSWER
            if not 0 <= body.turn - self.offset_rows <= most:
                self.offset_rows = 0 if body.turn <= most else body.turn
        self.offset_rows = min(self.offset_rows, last)

    def _body(self) -> Body:
        """Return the lines of the body, kept until they change."""
        width = self.content_size.width
        key = (self.face, width, self.look, self._room)
        if self._kept is None or self._kept[0] != key:
            body = body_lines(self.face, self.look, width)
            if len(body.lines) > self._room:
                body = body_lines(self.face, self.look, width, airy=False)
            self._kept = (key, body)
        return self._kept[1]

    def draw(self, width: int, height: int) -> Content:
        """Return the card for its size."""
        lines, room = self._body().lines, self._room
        self.offset_rows = min(self.offset_rows, max(len(lines) - room, 0))
        shown = lines[self.offset_rows : self.offset_rows + room]
        filler = [blank()] * (room - len(shown))
        verdict = self._verdict(width)
        if height < TIGHT:
            return stack([*shown, *filler, *verdict])
        hidden = (self.offset_rows > 0, len(lines) > self.offset_rows + room)
        top = [self._meta(width), blank()]
        foot = [*verdict, self._foot(width, hidden)]
        if height < ROOMY:
            return stack([*top, *shown, *filler, *foot])
        if not self._is_full:
            foot.insert(-1, blank())
        if verdict:
            foot.insert(0, blank())
        return stack([blank(), *top, *shown, *filler, *foot])

    def _verdict(self, width: int) -> list[Content]:
        face, look = self.face, self.look
        if not face.verdict:
            return []
        line = stored(face.verdict, look.style(face.verdict_role, bold=True))
        return [cut(line, width, look.glyphs.more)]

    def _meta(self, width: int) -> Content:
        muted = self.look.style("muted")
        state = self.face.state
        role = "hard" if state.startswith(("leech", "lapsed")) else "muted"
        return justify(
            stored(self.face.meta, muted),
            span(state, self.look.style(role)),
            width,
            self.look.glyphs.more,
        )

    def _foot(self, width: int, hidden: tuple[bool, bool]) -> Content:
        """Return the last row: the source, and whether there is more above or below."""
        face, look = self.face, self.look
        muted = look.style("muted")
        left = self._source() if face.revealed else blank()
        if any(hidden):
            direction = 1 if hidden[1] else -1
            right = clickable(
                span(_MORE[hidden], muted), f"screen.scroll_card({direction})"
            )
        elif face.revealed and face.report_key:
            right = clickable(span(f"{face.report_key} report", muted), "screen.report")
            if left.cell_length + right.cell_length + 2 > width:
                right = blank()
        else:
            right = blank()
        return justify(left, right, width, look.glyphs.more)

    def _source(self) -> Content:
        face, look = self.face, self.look
        muted = look.style("muted")
        source = stored(face.source, muted).stylize("italic")
        if not face.as_of:
            return source
        joint = span(f" {look.glyphs.dot} " if face.source else "", muted)
        role = "hard" if face.is_stale else "muted"
        return source + joint + stored(f"as of {face.as_of}", look.style(role))


def body_lines(
    face: CardViewModel, look: Look, width: int, *, airy: bool = True
) -> Body:
    """Return question, answer and why as lines.

    Without air the rule stands close to what it parts.
    """
    text, muted = look.style("text"), look.style("muted")
    bright = text if face.own_bold else look.style("text", bold=True)
    turned = face.revealed
    if turned and face.in_place:
        lines = card_lines(face.answer, look, width, text)
    else:
        lines = card_lines(face.question, look, width, text if turned else bright)
    if face.hint:
        lines += [blank(), *card_lines(f"Hint: {face.hint}", look, width, muted)]
    if face.rows or face.writing_rows:
        return _with_rows(face, look, width, lines, airy=airy)
    rule = len(lines) + airy
    if not turned:
        return Body(lines, rule)
    parts = [] if face.in_place else [card_lines(face.answer, look, width, bright)]
    parts += _reasons(face, look, width)
    if parts:
        line = span(look.glyphs.rule * width, look.style("line"))
        lines += [blank(), line] if airy else [line]
    for number, part in enumerate(parts):
        lines += [blank(), *part] if airy or number else part
    return Body(lines, rule)


def _with_rows(
    face: CardViewModel, look: Look, width: int, lines: list[Content], *, airy: bool
) -> Body:
    """Return a graded card: question, then what there is to choose, or what it came to."""
    turn = len(lines) + 1
    lines = [*lines, blank(), *[blank()] * face.writing_rows]
    laid = lay_out(face.rows, look, width, airy=airy)
    lines += laid.lines
    if face.revealed:
        for part in _reasons(face, look, width):
            lines += [blank(), *part]
    in_sight = tuple((first + turn, end + turn) for first, end in laid.in_sight)
    return Body(lines, turn, in_sight)


def _reasons(face: CardViewModel, look: Look, width: int) -> list[list[Content]]:
    parts = []
    if face.why:
        parts.append(card_lines(face.why, look, width, look.style("text")))
    parts += [
        card_lines(text, look, width, look.style("muted"))
        for text in (face.derived, face.remark)
        if text
    ]
    return parts
