"""Which kind of note a row of a table is, and the note that it makes."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from flashcards.decks.fields.kinds import normalize_text
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    Note,
    NumericNote,
    Option,
    TypedNote,
)
from flashcards.formats.markup.html_elements import with_named_sounds
from flashcards.formats.markup.html_tags import has_formatting_pair, has_html
from flashcards.formats.markup.line_breaks import with_hard_breaks
from flashcards.formats.markup.markup import (
    from_html,
    from_plain_text,
    from_undeclared_html,
    has_entity,
    without_entities,
)
from flashcards.formats.markup.math_marks import convert_marked_formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.delimited.columns import Columns

CLOZE = re.compile(r"\{\{[cC]\d+::")
_PARTS = re.compile(r"\s*[\n|;]\s*")
_SPELLINGS = re.compile(r"\s*[\n|]\s*")
_SIGNS = re.compile(
    r"(?:[A-Za-z]|\d{1,3})(?:[\s,;/&+]+(?:[A-Za-z]|\d{1,3}))*|[A-J]{2,10}"
)
_SIGN = re.compile(r"[A-Za-z]|\d{1,3}")
_NUMBER = re.compile(
    r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?",
    re.ASCII,
)
_TYPED = frozenset(
    ("typed", "type", "short", "shortanswer", "basic (type in the answer)")
)
_NUMERIC = frozenset(("numeric", "number", "numerical"))


class TextFormat(Enum):
    """How the texts of a table are written."""

    MARKDOWN = auto()
    """Markdown, or HTML where a text shows it."""
    HTML = auto()
    PLAIN = auto()
    """Every sign means itself."""
    UNDECLARED = auto()
    """HTML where a text shows it; else every sign means itself."""


class Cells:
    """The cells of one row, by what they hold."""

    __slots__ = ("_cells", "_columns", "_is_html_file", "_text_format", "guessed_html")

    def __init__(
        self,
        cells: Sequence[str],
        columns: Columns,
        text_format: TextFormat,
        is_html_file: Callable[[], bool],
    ) -> None:
        """Take the cells of a row.

        Args:
            cells: What they hold.
            columns: What their columns are.
            text_format: How they are written.
            is_html_file: Tells whether another cell of the file is surely HTML.
        """
        self._cells = cells
        self._is_html_file = is_html_file
        self._columns = columns
        self._text_format = text_format
        self.guessed_html = False
        """Whether one of the texts so far was read as HTML that nothing declares."""

    def raw(self, role: str) -> str:
        """Return a cell without spaces around it, empty where the table has no such column."""
        place = self._columns.places.get(role)
        return "" if place is None else self._cells[place].strip()

    def text(self, role: str) -> str:
        """Return a cell as text in our Markdown."""
        return self._shown(self.raw(role))

    def more(self) -> list[str]:
        """Return the texts of the columns that have no role of their own."""
        shown = (self._shown(self._cells[place]) for place in self._columns.more)
        return [text for text in shown if text]

    def options(self) -> list[str]:
        """Return the options of a choice, empty ones too, so that letters count from the first."""
        if self._columns.options:
            return [self._shown(self._cells[place]) for place in self._columns.options]
        return [self._shown(part) for part in _PARTS.split(self.raw("options")) if part]

    def _shown(self, cell: str) -> str:
        cell = cell.strip()
        if self._text_format is TextFormat.HTML:
            return from_html(cell if "<" in cell else cell.replace("\n", "<br>"))
        if self._text_format is TextFormat.PLAIN:
            return from_plain_text(cell)
        if self._shows_html(cell):
            self.guessed_html = True
            return from_undeclared_html(cell)
        if self._text_format is TextFormat.UNDECLARED:
            return from_plain_text(cell)
        if has_entity(cell):
            self.guessed_html = True
            cell = without_entities(cell).strip()
        cell = convert_marked_formulas(with_named_sounds(cell))
        return with_hard_breaks(cell) if "\n" in cell else cell

    def _shows_html(self, cell: str) -> bool:
        if has_html(cell) or (
            self._text_format is TextFormat.UNDECLARED and has_entity(cell)
        ):
            return True
        return has_formatting_pair(cell) and self._is_html_file()


def note_of(
    cells: Cells,
    *,
    kind: str,
    note_id: str,
    tags: tuple[str, ...],
    line: int,
    collector: ProblemCollector,
) -> Note | None:
    """Return the note of a row, or None with its problem.

    Args:
        cells: The row.
        kind: What its table calls the kind of note; may be empty.
        note_id: Its id; may be empty.
        tags: Its tags.
        line: Its line.
        collector: Takes the problem.
    """
    front = cells.text("front") or cells.text("text")
    back, hint = cells.text("back"), cells.text("hint")
    more = [text for text in (cells.text("why"), *cells.more()) if text]
    kind = kind.casefold()
    is_reversed = "revers" in kind
    if is_reversed and "optional" in kind:
        # A word in the field after the answer asks for the reverse.
        is_reversed, more = bool(more), more[1:]
    why = "\n\n".join(more)
    options = cells.options()
    if CLOZE.search(front):
        why = "\n\n".join(part for part in (back, why) if part)
        return ClozeNote(
            id=note_id, text=front, why=why, hint=hint, tags=tags, line=line
        )
    if any(options):
        right = _right(options, cells.raw("correct") or cells.raw("back"))
        if right is None:
            value = cells.raw("correct") or cells.raw("back")
            collector.add_at("unknown-option", line, 1, value=value)
            return None
        chosen = tuple(
            Option(option, place in right)
            for place, option in enumerate(options)
            if option
        )
        return ChoiceNote(
            id=note_id, question=front, options=chosen, why=why, hint=hint, tags=tags, line=line
        )  # fmt: skip
    if not back:
        collector.add_at("row-without-answer", line, 1)
        return None
    if kind in _TYPED:
        accept = tuple(dict.fromkeys(part for part in _SPELLINGS.split(back) if part))
        return TypedNote(
            id=note_id, question=front, accept=accept, why=why, hint=hint, tags=tags, line=line
        )  # fmt: skip
    if kind in _NUMERIC and _NUMBER.fullmatch(back):
        return NumericNote(
            id=note_id, question=front, answer=float(back.replace(",", "")), why=why, hint=hint, tags=tags, line=line
        )  # fmt: skip
    return BasicNote(
        id=note_id,
        front=front,
        back=back,
        reverse=is_reversed,
        why=why,
        hint=hint,
        tags=tags,
        line=line,
    )


def _right(options: Sequence[str], given: str) -> set[int] | None:
    """Return which options are meant by their text, or else by letter or number.

    None where any part of what is given is no option.
    """
    texts = {
        normalize_text(option): place for place, option in enumerate(options) if option
    }
    if normalize_text(given) in texts:
        return {texts[normalize_text(given)]}
    parts = [normalize_text(part) for part in _PARTS.split(given) if part]
    if parts and all(part in texts for part in parts):
        return {texts[part] for part in parts}
    if not _SIGNS.fullmatch(given):
        return None
    signs = _SIGN.findall(given)
    numbers = [int(sign) for sign in signs if sign.isdigit()]
    first = 0 if 0 in numbers else 1
    places = {number - first for number in numbers}
    places |= {ord(sign.casefold()) - ord("a") for sign in signs if not sign.isdigit()}
    is_known = all(place < len(options) and options[place] for place in places)
    return places if is_known else None
