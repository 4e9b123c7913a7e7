"""Read the notes of a table and put them into decks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.domain import formatting
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, Note
from flashcards.formats.common.deck_builder import DeckBuilder, to_basic_wording
from flashcards.formats.common.naming import (
    DeckName,
    derive_id,
    to_deck_name,
    to_file_deck_name,
    to_note_id,
    to_tag,
)
from flashcards.formats.common.rules import new_collector
from flashcards.formats.delimited.columns import (
    Columns,
    guess_columns,
    is_header,
    lacks_question_column,
    parse_header,
)
from flashcards.formats.delimited.note_kinds import RowCells, TextFormat, to_note
from flashcards.formats.delimited.own_table import to_own_note
from flashcards.formats.delimited.rows import (
    DelimitedTable,
    build_bundle,
    guess_delimiter,
    parse_first_row,
    read_declared_delimiter,
    read_lines,
)
from flashcards.formats.delimited.spreadsheet_cells import unquote_formula
from flashcards.formats.markup.markup import HTML_SIGNS, is_surely_html
from flashcards.text.deck_keys import is_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.delimited.rows import Row
    from flashcards.formats.formats import ReadContext

_MAX_LISTED_COLUMNS = 20
_MAY_BE_HTML = re.compile(r"[\n&]|</?[A-Za-z]|\\[(\[]|\[(?:sound:|latex|\$)")
_MAY_NEED_PARSING = re.compile(rf"{_MAY_BE_HTML.pattern}|\{{\{{")
_QUICK_CHECK = re.compile(r"[\n&<\\\[{]")
"""Every match of the two patterns above has one of these; searching for them is much faster."""
_TAG_SEPARATOR = re.compile(r"[\s,;]+")
_ADVICE = (
    "Write one note a row, with a comma, semicolon or tab between question and answer."
)


def read_table(path: Path, context: ReadContext, preferred: str) -> Bundle:
    """Read the decks of a table, and its problems.

    Args:
        path: The file.
        context: What a format may need to know.
        preferred: The usual delimiter of the format.
    """
    collector = new_collector(str(path))
    content = read_lines(path, collector)
    if content is None:
        return Bundle(problems=tuple(collector.problems))
    lines, digest = content
    declared = read_declared_delimiter(lines)
    first_row_index = 1 if declared else 0
    while first_row_index < len(lines) and not lines[first_row_index].strip():
        first_row_index += 1
    delimiter = declared or guess_delimiter(
        lines[first_row_index:], preferred, is_header
    )
    is_own = parse_header(
        parse_first_row(lines[first_row_index : first_row_index + 1], delimiter)
    ).is_own
    table = DelimitedTable(
        lines, delimiter, collector, first=first_row_index, keeps_spaces=is_own
    )
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    rows = iter(table)
    layout, first_rows = _build_layout(table, rows, collector)
    if layout is not None:
        deck = to_file_deck_name(path, context.into)
        TableReader(table, builder, collector, replace(layout, deck=deck)).add_all(
            chain(first_rows, rows)
        )
    decks = builder.decks(str(path), digest)
    return build_bundle(decks, collector, "a table", _ADVICE)


def _build_layout(
    table: DelimitedTable, rows: Iterator[Row], collector: ProblemCollector
) -> tuple[TableLayout | None, list[Row]]:
    """Return how to read the rows, and the first row if it is not a header."""
    first_row = next(rows, None)
    if first_row is None:
        return None, []
    line, cells = first_row
    columns = parse_header(cells) if is_header(cells) else Columns({})
    first_rows = []
    if lacks_question_column(cells) or (columns.names and not columns.has_question):
        collector.add_at("no-question-column", line, 1)
        return None, []
    if columns.names:
        table.width = len(cells)
        front, back = columns.guessed_names
        if front:
            collector.add_at("guessed-columns", line, 1, front=front, back=back)
        for name in columns.unknown[:_MAX_LISTED_COLUMNS]:
            collector.add_at("unknown-column", line, 1, value=name)
        unlisted_count = len(columns.unknown) - _MAX_LISTED_COLUMNS
        if unlisted_count > 0:
            count = formatting.count(unlisted_count, "more column")
            collector.add_at("unknown-columns", line, 1, count=count)
    elif table.is_running_text:
        collector.add_at("running-text", line, 1)
        return None, []
    else:
        first_rows = [first_row]
        columns = guess_columns(table.width, table.sample)
        if table.width > len(columns.by_role):
            count = formatting.count(table.width, "column")
            collector.add_at("unnamed-columns", line, 1, count=count)
    return TableLayout(columns, TextFormat.MARKDOWN, DeckName("", "")), first_rows


def starts_with_header(head: bytes, preferred: str) -> bool:
    """Return whether the first row of a file is a header."""
    if b"\0" in head:
        return False
    lines = head.decode("utf-8-sig", errors="replace").strip().splitlines()[:2]
    declared = read_declared_delimiter(lines)
    if declared:
        lines = lines[1:]
    delimiter = declared or guess_delimiter(lines, preferred, is_header)
    return is_header(parse_first_row(lines, delimiter))


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How to read the rows of a table."""

    columns: Columns
    text_format: TextFormat
    deck: DeckName
    """The deck of rows that name no deck."""
    kind: str = ""
    """The kind of notes of rows that name no kind."""
    tags: tuple[str, ...] = ()
    """Tags for every note."""
    separator: str = "::"
    """The separator between the names of nested decks."""
    joins_surplus_cells: bool = False
    """Whether cells beyond the last column are joined into that column."""


class TableReader:
    """Makes notes from the rows of a table."""

    def __init__(
        self,
        table: DelimitedTable,
        builder: DeckBuilder,
        collector: ProblemCollector,
        layout: TableLayout,
    ) -> None:
        self._table = table
        self._builder = builder
        self._collector = collector
        self._layout = layout
        self._deck_names = {"": layout.deck}
        self._known_tags: dict[str, tuple[str, ...]] = {"": layout.tags}
        by_role = layout.columns.by_role
        self._is_own = layout.columns.is_own
        self._is_simple = (
            layout.columns.is_simple
            and layout.text_format is TextFormat.MARKDOWN
            and not layout.kind
        )
        self._front_column, self._back_column = (
            by_role.get("front", 0),
            by_role.get("back", 0),
        )
        self._deck_column = by_role.get("deck", -1)
        self._tags_column = by_role.get("tags", -1)
        self._html_row_count = self._first_html_line = 0
        self._is_html: bool | None = None

    def add_all(self, rows: Iterable[Row]) -> None:
        """Add the notes of all rows, up to the limits of an import."""
        for line, cells in rows:
            if self._builder.is_full:
                break
            self._add_row(line, cells)
        if self._html_row_count:
            count = formatting.count(self._html_row_count, "row")
            self._collector.add_at("html-read", self._first_html_line, 1, count=count)

    def _add_row(self, line: int, cells: list[str]) -> None:
        width = self._table.width
        if len(cells) != width:
            if self._layout.joins_surplus_cells:
                surplus = " ".join(cells[width - 1 :])
                cells = [*cells[: width - 1], surplus] if len(cells) > width else cells
            elif any(map(str.strip, cells[width:])):
                count = formatting.count(len(cells), "column")
                self._collector.add_at("ragged-row", line, 1, count=count, most=width)
                return
            cells = cells + [""] * (width - len(cells))
        if self._is_own:
            cells = [*map(unquote_formula, cells)]
        deck = self._get_deck_name(cells)
        note = self._to_simple_note(deck.key, cells, line) if self._is_simple else None
        is_derived = note is not None
        if note is None and any(map(str.strip, cells)):
            note = self._to_note(cells, line)
        if note is not None:
            self._builder.add(deck, note, at=line, is_derived=is_derived)

    def _get_deck_name(self, cells: Sequence[str]) -> DeckName:
        if self._deck_column < 0:
            return self._layout.deck
        name = cells[self._deck_column].strip()
        deck_name = self._deck_names.get(name)
        if deck_name is None:
            key = name.replace(self._layout.separator, "/")
            deck_name = (
                DeckName(key, name)
                if is_deck_key(key)
                else to_deck_name(name, self._layout.separator)
            )
            self._deck_names[name] = deck_name
        return deck_name

    def _to_simple_note(self, key: str, cells: Sequence[str], line: int) -> Note | None:
        """Make the note of a row that is a plain question with an answer, or return None.

        Most rows are like this, and checking every other possibility would take far longer.
        """
        front, back = (
            cells[self._front_column].strip(),
            cells[self._back_column].strip(),
        )
        if not back or (_QUICK_CHECK.search(front) and _MAY_NEED_PARSING.search(front)):
            return None
        if _QUICK_CHECK.search(back) and _MAY_BE_HTML.search(back):
            return None
        note_id = derive_id(key, to_basic_wording(front, back))
        return BasicNote(
            id=note_id,
            front=front,
            back=back,
            tags=self._parse_tags(cells, line),
            line=line,
        )

    def _parse_tags(self, cells: Sequence[str], line: int) -> tuple[str, ...]:
        """Parse the tags of a row, separated by spaces, commas or semicolons."""
        cell = cells[self._tags_column] if self._tags_column >= 0 else ""
        known_tags = self._known_tags.get(cell)
        if known_tags is not None:
            return known_tags
        words = map(to_tag, _TAG_SEPARATOR.split(cell))
        tags = tuple(dict.fromkeys((*self._layout.tags, *filter(None, words))))
        if len(tags) > MOST_TAGS:
            surplus = ", ".join(tags[MOST_TAGS:])
            self._collector.add_at(
                "tags-left-out", line, 1, most=MOST_TAGS, value=surplus
            )
            return tags[:MOST_TAGS]
        self._known_tags[cell] = tags
        return tags

    def _to_note(self, cells: Sequence[str], line: int) -> Note | None:
        """Make the note of a row of any kind; without an id if the row has none."""
        if self._is_own:
            return to_own_note(self._layout.columns, cells, line, self._collector)
        row_cells = RowCells(
            cells, self._layout.columns, self._layout.text_format, self._is_html_file
        )
        raw_id = row_cells.get_raw("id")
        note = to_note(
            row_cells,
            kind=row_cells.get_raw("kind") or self._layout.kind,
            note_id=to_note_id(raw_id) if raw_id else "",
            tags=self._parse_tags(cells, line),
            line=line,
            collector=self._collector,
        )
        if note is not None and row_cells.guessed_html:
            self._html_row_count += 1
            self._first_html_line = self._first_html_line or line
        return note

    def _is_html_file(self) -> bool:
        """Return whether a cell of the file is surely HTML; computed once, and rarely needed."""
        if self._is_html is None:
            cells = self._table.loose_cells_with(HTML_SIGNS)
            self._is_html = any(map(is_surely_html, cells))
        return self._is_html
