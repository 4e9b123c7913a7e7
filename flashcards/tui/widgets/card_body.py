"""What a card shows, and its question, answer and explanations as lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from flashcards.tui.rendering.lines import blank, span
from flashcards.tui.rendering.markdown import LaidOut, TableLines, lay_out
from flashcards.tui.widgets.answering.rows import AnswerRow, render_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content
    from textual.style import Style

    from flashcards.tui.theme.themes import Look

MEASURE = 68
"""The most cells of a line of prose; only code and tables are wider."""


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
    is_choice: bool = False
    """Whether the rows are options, of which the chosen and the right ones may come first."""
    input_rows: int = 0
    """Rows below the question for the field in which the answer is typed."""
    result: str = ""
    """A line that is always visible: the result, or how sure the learner is."""
    result_role: str = "muted"

    @property
    def blocks(self) -> tuple[str, ...]:
        """The texts whose code and tables may be as wide as the card, of both sides."""
        return (self.question, self.answer, self.why, self.derived)

    @property
    def texts(self) -> Iterator[str]:
        """All texts in which there may be code."""
        yield from self.blocks
        for row in self.rows:
            yield from (row.text, row.below)


class CardBody(NamedTuple):
    """The lines between the meta line and the foot."""

    lines: list[Content]
    answer_start: int
    """The line at which the answer begins."""
    visible_ranges: tuple[tuple[int, int], ...] = ()
    """Ranges to scroll to, see `RenderedRows.visible_ranges`."""
    tables: tuple[TableLines, ...] = ()
    answer_end: int = 0
    """The line after what must be visible of a graded answer; 0 if it is not graded."""


class Cells(NamedTuple):
    """The most cells of a line of prose, and of a line of code or of a table."""

    prose: int
    wide: int

    @classmethod
    def of(cls, width: int) -> Cells:
        """Return the cells for a card of a width."""
        return cls(min(width, MEASURE), width)


class _Lines:
    """Lines that are added one text after the other, with the tables in them."""

    def __init__(self) -> None:
        self.lines: list[Content] = []
        self.tables: list[TableLines] = []

    def add(self, laid_out: LaidOut) -> None:
        """Add a text."""
        start = len(self.lines)
        self.lines += laid_out.lines
        self.tables += (
            TableLines(table.start + start, table.end + start, table.head)
            for table in laid_out.tables
        )


def body_lines(
    model: CardViewModel, look: Look, width: int, *, is_spaced: bool = True
) -> CardBody:
    """Return question, answer and explanation as lines.

    Without `is_spaced` there are no blank lines around the rule between them.
    """
    cells = Cells.of(width)
    text = look.style("text")
    bright = text if model.has_own_bold else look.style("text", bold=True)
    body = _question(model, look, cells)
    if model.rows or model.input_rows:
        return _with_rows(model, look, cells, body, is_spaced=is_spaced)
    rule = len(body.lines) + is_spaced
    if not model.revealed:
        return CardBody(body.lines, rule, tables=tuple(body.tables))
    parts = (
        [] if model.replaces_question else [_lay_out(model.answer, look, cells, bright)]
    )
    parts += _explanations(model, look, cells)
    if parts:
        line = span(look.glyphs.rule * cells.prose, look.style("line"))
        body.lines += [blank(), line] if is_spaced else [line]
    for number, part in enumerate(parts):
        if is_spaced or number:
            body.lines.append(blank())
        body.add(part)
    return CardBody(body.lines, rule, tables=tuple(body.tables))


def answer_first(
    model: CardViewModel, look: Look, width: int, *, reasons_after: bool = False
) -> CardBody:
    """Return the body of an answered choice, its chosen and right options first.

    The explanations and the other options follow, as far as one scrolls. With `reasons_after`
    the reasons follow the texts of all chosen and right options.
    """
    rows = tuple(row for row in model.rows if not row.is_aside)
    if reasons_after:
        reasons = tuple(_to_reason(row) for row in rows if row.below)
        rows = tuple(replace(row, below="") for row in rows)
    else:
        reasons = ()
    cells = Cells.of(width)
    body = _question(model, look, cells)
    answer_start = len(body.lines) + 1
    body.lines.append(blank())
    body.lines += render_rows(rows, look, cells.prose, is_spaced=False).lines
    answer_end = len(body.lines)
    if reasons:
        body.lines += render_rows(reasons, look, cells.prose, is_spaced=False).lines
    for part in _explanations(model, look, cells):
        body.lines.append(blank())
        body.add(part)
    body.lines.append(blank())
    others = [row for row in model.rows if row.is_aside]
    body.lines += render_rows(others, look, cells.prose, is_spaced=False).lines
    return CardBody(
        body.lines, answer_start, tables=tuple(body.tables), answer_end=answer_end
    )


def _to_reason(row: AnswerRow) -> AnswerRow:
    return AnswerRow(row.below, label=row.label, box=" " * len(row.box))


def _question(model: CardViewModel, look: Look, cells: Cells) -> _Lines:
    text, muted = look.style("text"), look.style("muted")
    bright = text if model.has_own_bold else look.style("text", bold=True)
    body = _Lines()
    if model.revealed and model.replaces_question:
        body.add(_lay_out(model.answer, look, cells, text))
    else:
        style = text if model.revealed else bright
        body.add(_lay_out(model.question, look, cells, style))
    if model.hint:
        body.lines.append(blank())
        body.add(_lay_out(f"Hint: {model.hint}", look, cells, muted))
    return body


def _with_rows(
    model: CardViewModel, look: Look, cells: Cells, body: _Lines, *, is_spaced: bool
) -> CardBody:
    """Return the body of a graded card: the question, then the answer rows."""
    answer_start = len(body.lines) + 1
    body.lines += [blank(), *[blank()] * model.input_rows]
    rendered = render_rows(model.rows, look, cells.prose, is_spaced=is_spaced)
    body.lines += rendered.lines
    answer_end = len(body.lines) if model.revealed else 0
    if model.revealed:
        for part in _explanations(model, look, cells):
            body.lines.append(blank())
            body.add(part)
    ranges = tuple(
        (first + answer_start, end + answer_start)
        for first, end in rendered.visible_ranges
    )
    tables = tuple(body.tables)
    return CardBody(body.lines, answer_start, ranges, tables, answer_end)


def _explanations(model: CardViewModel, look: Look, cells: Cells) -> list[LaidOut]:
    parts = []
    if model.why:
        parts.append(_lay_out(model.why, look, cells, look.style("text")))
    parts += [
        _lay_out(text, look, cells, look.style("muted"))
        for text in (model.derived, model.remark)
        if text
    ]
    return parts


def _lay_out(text: str, look: Look, cells: Cells, style: Style) -> LaidOut:
    return lay_out(text, look, cells.prose, style, wide=cells.wide)
