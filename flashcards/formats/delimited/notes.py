"""From a file with rows to decks of notes."""

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
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.delimited.columns import (
    Columns,
    columns_of,
    is_header,
    names_no_question,
    unnamed_columns,
)
from flashcards.formats.delimited.note_kinds import Cells, TextFormat, note_of
from flashcards.formats.delimited.own_table import own_note
from flashcards.formats.delimited.rows import (
    DelimitedTable,
    declared_delimiter,
    delimiter_of,
    first_row,
    lines_of,
)
from flashcards.formats.delimited.spreadsheet_cells import from_text
from flashcards.formats.markup.markup import HTML_SIGNS, is_surely_html
from flashcards.text.deck_keys import is_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.delimited.rows import Row
    from flashcards.formats.formats import ReadContext

_MOST_UNKNOWN = 20
_MAY_BE_HTML = re.compile(r"[\n&]|</?[A-Za-z]|\\[(\[]|\[(?:sound:|latex|\$)")
_TAKES_A_LOOK = re.compile(rf"{_MAY_BE_HTML.pattern}|\{{\{{")
_SIGNS = re.compile(r"[\n&<\\\[{]")
"""What every match of the two above has; looked for first, as it takes far less time."""
_TAG_ENDS = re.compile(r"[\s,;]+")
_ADVICE = (
    "Write one note a row, with a comma, semicolon or tab between question and answer."
)


def read_table(path: Path, context: ReadContext, preferred: str) -> Bundle:
    """Return the decks of a table, with everything that is wrong with it.

    Args:
        path: The file.
        context: What a format may need to know.
        preferred: The delimiter that the format's name says.
    """
    collector = new_collector(str(path))
    file = read_text_file(path, collector, any_encoding=True)
    lines = lines_of(file.text, collector) if file else None
    if file is None or lines is None:
        return Bundle(problems=tuple(collector.problems))
    declared = declared_delimiter(lines)
    first = 1 if declared else 0
    while first < len(lines) and not lines[first].strip():
        first += 1
    delimiter = declared or delimiter_of(lines[first:], preferred, is_header)
    is_own = columns_of(first_row(lines[first : first + 1], delimiter)).is_own
    table = DelimitedTable(
        lines, delimiter, collector, first=first, keeps_spaces=is_own
    )
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    rows = iter(table)
    layout, first_rows = _layout(table, rows, collector)
    if layout is not None:
        deck = to_file_deck_name(path, context.into)
        Rows(table, collected, collector, replace(layout, deck=deck)).add_all(
            chain(first_rows, rows)
        )
    decks = collected.decks(str(path), file.digest)
    if not decks and not collector.errors:
        collector.add_at("not-this-format", 1, 1, form="a table", advice=_ADVICE)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return Bundle(decks=decks, problems=tuple(collector.problems))


def _layout(
    table: DelimitedTable, rows: Iterator[Row], collector: ProblemCollector
) -> tuple[TableLayout | None, list[Row]]:
    """Return how the rows are to be read, and the first one where it names no columns."""
    first = next(rows, None)
    if first is None:
        return None, []
    line, cells = first
    columns = columns_of(cells) if is_header(cells) else Columns({})
    first_rows = []
    if names_no_question(cells) or (columns.names and not columns.asks):
        collector.add_at("no-question-column", line, 1)
        return None, []
    if columns.names:
        table.width = len(cells)
        front, back = columns.guessed
        if front:
            collector.add_at("guessed-columns", line, 1, front=front, back=back)
        for name in columns.unknown[:_MOST_UNKNOWN]:
            collector.add_at("unknown-column", line, 1, value=name)
        more = len(columns.unknown) - _MOST_UNKNOWN
        if more > 0:
            count = formatting.count(more, "more column")
            collector.add_at("unknown-columns", line, 1, count=count)
    elif table.is_running_text:
        collector.add_at("running-text", line, 1)
        return None, []
    else:
        first_rows = [first]
        columns = unnamed_columns(table.width, table.sample)
        if table.width > len(columns.places):
            count = formatting.count(table.width, "column")
            collector.add_at("unnamed-columns", line, 1, count=count)
    return TableLayout(columns, TextFormat.MARKDOWN, DeckName("", "")), first_rows


def begins_table(head: bytes, preferred: str) -> bool:
    """Tell whether a file that begins so has a first row that names columns."""
    if b"\0" in head:
        return False
    lines = head.decode("utf-8-sig", errors="replace").strip().splitlines()[:2]
    declared = declared_delimiter(lines)
    if declared:
        lines = lines[1:]
    delimiter = declared or delimiter_of(lines, preferred, is_header)
    return is_header(first_row(lines, delimiter))


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How the rows of a table are to be read."""

    columns: Columns
    text_format: TextFormat
    deck: DeckName
    """The deck of rows that name none."""
    kind: str = ""
    """The kind of the notes of rows that name none."""
    tags: tuple[str, ...] = ()
    """Tags of every note."""
    separator: str = "::"
    """Stands between the parts of a nested deck's name."""
    is_loose: bool = False
    """Whether cells beyond the last column belong to the text of that one."""


class Rows:
    """Makes notes of the rows of one table."""

    def __init__(
        self,
        table: DelimitedTable,
        collected: DeckBuilder,
        collector: ProblemCollector,
        layout: TableLayout,
    ) -> None:
        self._table = table
        self._collected = collected
        self._collector = collector
        self._layout = layout
        self._decks = {"": layout.deck}
        self._known_tags: dict[str, tuple[str, ...]] = {"": layout.tags}
        places = layout.columns.places
        self._is_own = layout.columns.is_own
        self._is_simple = (
            layout.columns.is_simple
            and layout.text_format is TextFormat.MARKDOWN
            and not layout.kind
        )
        self._front, self._back = places.get("front", 0), places.get("back", 0)
        self._deck_place = places.get("deck", -1)
        self._tags_place = places.get("tags", -1)
        self._html_rows = self._first_html = 0
        self._html_file: bool | None = None

    def add_all(self, rows: Iterable[Row]) -> None:
        """Add the note of every row, as far as a deck can hold them."""
        for line, cells in rows:
            if self._collected.is_full:
                break
            self._add(line, cells)
        if self._html_rows:
            count = formatting.count(self._html_rows, "row")
            self._collector.add_at("html-read", self._first_html, 1, count=count)

    def _add(self, line: int, cells: list[str]) -> None:
        width = self._table.width
        if len(cells) != width:
            if self._layout.is_loose:
                rest = " ".join(cells[width - 1 :])
                cells = [*cells[: width - 1], rest] if len(cells) > width else cells
            elif any(map(str.strip, cells[width:])):
                count = formatting.count(len(cells), "column")
                self._collector.add_at("ragged-row", line, 1, count=count, most=width)
                return
            cells = cells + [""] * (width - len(cells))
        if self._is_own:
            cells = [*map(from_text, cells)]
        deck = self._deck(cells)
        note = self._simple(deck.key, cells, line) if self._is_simple else None
        is_derived = note is not None
        if note is None and any(map(str.strip, cells)):
            note = self._note(cells, line)
        if note is not None:
            self._collected.add(deck, note, at=line, is_derived=is_derived)

    def _deck(self, cells: Sequence[str]) -> DeckName:
        if self._deck_place < 0:
            return self._layout.deck
        raw = cells[self._deck_place].strip()
        found = self._decks.get(raw)
        if found is None:
            key = raw.replace(self._layout.separator, "/")
            found = (
                DeckName(key, raw)
                if is_deck_key(key)
                else to_deck_name(raw, self._layout.separator)
            )
            self._decks[raw] = found
        return found

    def _simple(self, key: str, cells: Sequence[str], line: int) -> Note | None:
        """Return the note of a row that is a plain question with its answer; else None.

        Most rows are, so that looking at everything a row may be would take far longer.
        """
        front, back = cells[self._front].strip(), cells[self._back].strip()
        if not back or (_SIGNS.search(front) and _TAKES_A_LOOK.search(front)):
            return None
        if _SIGNS.search(back) and _MAY_BE_HTML.search(back):
            return None
        made = derive_id(key, to_basic_wording(front, back))
        return BasicNote(
            id=made, front=front, back=back, tags=self._tags(cells, line), line=line
        )

    def _tags(self, cells: Sequence[str], line: int) -> tuple[str, ...]:
        """Return the tags of a row, which a cell splits at spaces, commas or semicolons."""
        raw = cells[self._tags_place] if self._tags_place >= 0 else ""
        found = self._known_tags.get(raw)
        if found is not None:
            return found
        split = map(to_tag, _TAG_ENDS.split(raw))
        tags = tuple(dict.fromkeys((*self._layout.tags, *filter(None, split))))
        if len(tags) > MOST_TAGS:
            rest = ", ".join(tags[MOST_TAGS:])
            self._collector.add_at("tags-left-out", line, 1, most=MOST_TAGS, value=rest)
            return tags[:MOST_TAGS]
        self._known_tags[raw] = tags
        return tags

    def _note(self, cells: Sequence[str], line: int) -> Note | None:
        """Return the note of a row of any kind, without an id where its row has none."""
        if self._is_own:
            return own_note(self._layout.columns, cells, line, self._collector)
        cell = Cells(
            cells, self._layout.columns, self._layout.text_format, self._is_html_file
        )
        raw = cell.raw("id")
        note = note_of(
            cell,
            kind=cell.raw("kind") or self._layout.kind,
            note_id=to_note_id(raw) if raw else "",
            tags=self._tags(cells, line),
            line=line,
            collector=self._collector,
        )
        if note is not None and cell.guessed_html:
            self._html_rows += 1
            self._first_html = self._first_html or line
        return note

    def _is_html_file(self) -> bool:
        """Return whether a cell of the file is surely HTML; asked for few cells."""
        if self._html_file is None:
            cells = self._table.loose_cells_with(HTML_SIGNS)
            self._html_file = any(map(is_surely_html, cells))
        return self._html_file
