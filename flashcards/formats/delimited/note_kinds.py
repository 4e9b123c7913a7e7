"""Make a note of the right kind from a row of a table."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

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
_OPTION_SEPARATOR = re.compile(r"\s*[\n|;]\s*")
_SPELLING_SEPARATOR = re.compile(r"\s*[\n|]\s*")
_LETTERS_OR_NUMBERS = re.compile(
    r"(?:[A-Za-z]|\d{1,3})(?:[\s,;/&+]+(?:[A-Za-z]|\d{1,3}))*|[A-J]{2,10}"
)
_LETTER_OR_NUMBER = re.compile(r"[A-Za-z]|\d{1,3}")
_NUMBER = re.compile(
    r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?",
    re.ASCII,
)
_TYPED = frozenset(
    ("typed", "type", "short", "shortanswer", "basic (type in the answer)")
)
_NUMERIC = frozenset(("numeric", "number", "numerical"))


class TextFormat(Enum):
    """The markup of the texts of a table."""

    MARKDOWN = auto()
    """Markdown, or HTML if a text looks like it."""
    HTML = auto()
    PLAIN = auto()
    """Without any markup."""
    UNDECLARED = auto()
    """HTML if a text looks like it; otherwise without any markup."""


class RowCells:
    """The cells of one row, by role."""

    __slots__ = ("_cells", "_columns", "_is_html_file", "_text_format", "guessed_html")

    def __init__(
        self,
        cells: Sequence[str],
        columns: Columns,
        text_format: TextFormat,
        is_html_file: Callable[[], bool],
    ) -> None:
        """Wrap the cells of a row.

        Args:
            cells: Their texts.
            columns: The roles of the columns.
            text_format: Their markup.
            is_html_file: Returns whether another cell of the file is surely HTML.
        """
        self._cells = cells
        self._is_html_file = is_html_file
        self._columns = columns
        self._text_format = text_format
        self.guessed_html = False
        """Whether a text so far was read as HTML without being declared as such."""

    def get_raw(self, role: str) -> str:
        """Return a stripped cell, or an empty string if the table has no such column."""
        column = self._columns.by_role.get(role)
        return "" if column is None else self._cells[column].strip()

    def get_text(self, role: str) -> str:
        """Return a cell converted to Markdown."""
        return self._to_markdown(self.get_raw(role))

    def get_extra_texts(self) -> list[str]:
        """Return the texts of the columns without a role of their own."""
        texts = (
            self._to_markdown(self._cells[column]) for column in self._columns.extra
        )
        return [text for text in texts if text]

    def get_options(self) -> list[str]:
        """Return the options of a choice, including empty ones, so that letters count from the first."""
        if self._columns.options:
            return [
                self._to_markdown(self._cells[column])
                for column in self._columns.options
            ]
        return [
            self._to_markdown(option)
            for option in _OPTION_SEPARATOR.split(self.get_raw("options"))
            if option
        ]

    def _to_markdown(self, cell: str) -> str:
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


def to_note(
    cells: RowCells,
    *,
    kind: str,
    note_id: str,
    tags: tuple[str, ...],
    line: int,
    collector: ProblemCollector,
) -> Note | None:
    """Make the note of a row, or return None and report its problem.

    Args:
        cells: The row.
        kind: The kind of note as the table calls it; may be empty.
        note_id: The id of the note; may be empty.
        tags: The tags of the note.
        line: The line of the row.
        collector: Gets the problem.
    """
    front = cells.get_text("front") or cells.get_text("text")
    back, hint = cells.get_text("back"), cells.get_text("hint")
    explanations = [
        text for text in (cells.get_text("why"), *cells.get_extra_texts()) if text
    ]
    kind = kind.casefold()
    is_reversed = "revers" in kind
    if is_reversed and "optional" in kind:
        # In Anki, any text in the field after the answer asks for the reverse.
        is_reversed, explanations = bool(explanations), explanations[1:]
    options = cells.get_options()
    if CLOZE.search(front):
        explanations = [text for text in (back, *explanations) if text]
    common: dict[str, Any] = {
        "id": note_id,
        "why": "\n\n".join(explanations),
        "hint": hint,
        "tags": tags,
        "line": line,
    }
    if CLOZE.search(front):
        return ClozeNote(**common, text=front)
    if any(options):
        right_answer = cells.get_raw("correct") or cells.get_raw("back")
        right = _find_right_options(options, right_answer)
        if right is None:
            collector.add_at("unknown-option", line, 1, value=right_answer)
            return None
        choices = tuple(
            Option(option, index in right)
            for index, option in enumerate(options)
            if option
        )
        return ChoiceNote(**common, question=front, options=choices)
    if not back:
        collector.add_at("row-without-answer", line, 1)
        return None
    if kind in _TYPED:
        spellings = filter(None, _SPELLING_SEPARATOR.split(back))
        return TypedNote(
            **common, question=front, accept=tuple(dict.fromkeys(spellings))
        )
    if kind in _NUMERIC and _NUMBER.fullmatch(back):
        return NumericNote(
            **common, question=front, answer=float(back.replace(",", ""))
        )
    return BasicNote(**common, front=front, back=back, reverse=is_reversed)


def _find_right_options(options: Sequence[str], right_answer: str) -> set[int] | None:
    """Find the right options by their text, otherwise by letter or number.

    Return their indexes, or None if any part of the answer names no option.
    """
    texts = {
        normalize_text(option): index for index, option in enumerate(options) if option
    }
    if normalize_text(right_answer) in texts:
        return {texts[normalize_text(right_answer)]}
    answers = [
        normalize_text(answer)
        for answer in _OPTION_SEPARATOR.split(right_answer)
        if answer
    ]
    if answers and all(answer in texts for answer in answers):
        return {texts[answer] for answer in answers}
    if not _LETTERS_OR_NUMBERS.fullmatch(right_answer):
        return None
    letters_and_numbers = _LETTER_OR_NUMBER.findall(right_answer)
    numbers = [int(word) for word in letters_and_numbers if word.isdigit()]
    first_number = 0 if 0 in numbers else 1
    indexes = {number - first_number for number in numbers}
    indexes |= {
        ord(word.casefold()) - ord("a")
        for word in letters_and_numbers
        if not word.isdigit()
    }
    is_known = all(index < len(options) and options[index] for index in indexes)
    return indexes if is_known else None
