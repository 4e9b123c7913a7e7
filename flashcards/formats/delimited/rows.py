"""Parse rows of delimited text, as spreadsheets and people write them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.bundle import Bundle
from flashcards.formats.common.text_file import read_text_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import DeckContent

MOST_LINES = 2_000_000
_MAX_ROW_LENGTH = 1_000_000
"""The most characters of a row."""
_MAX_REREAD_LENGTH = 20_000_000
"""The most characters that are read twice because of broken quotes."""
_MAX_SEARCHED_LINES = 100
"""How many lines after a broken row are searched for the next one."""
_SAMPLE_SIZE = 200
"""How many lines are examined before the rows are read."""
_MAX_SAMPLED_LENGTH = 10_000
"""The most characters of such a line."""
_MIN_SAMPLE_SIZE = 3
_SEP_LINE = re.compile(r'"?sep=([^"\n])"?\s*', re.IGNORECASE)
_IN_SENTENCES = (",", ";")
_SENTENCE_ENDS = (".", "!", "?", "…", '."', ".)", ".”")
_DELIMITERS = ("\t", ";", "|", ",")

Row = tuple[int, list[str]]
"""The line of a row, from 1, and its cells."""


class _LongRowError(Exception):
    """A row that is longer than any card."""


def read_lines(path: Path, collector: ProblemCollector) -> tuple[list[str], str] | None:
    """Read the lines of a file in any encoding, with their ends, and its digest.

    Return None and report a problem if it cannot be read or has too many lines.
    """
    file = read_text_file(path, collector, any_encoding=True)
    if file is None:
        return None
    if file.text.count("\n") > MOST_LINES:
        collector.add_at("too-many-lines", MOST_LINES, 1, most=MOST_LINES)
        return None
    # In clean text, nothing but a line feed ends a line.
    return file.text.splitlines(keepends=True), file.digest


def build_bundle(
    decks: tuple[DeckContent, ...], collector: ProblemCollector, form: str, advice: str
) -> Bundle:
    """Put decks together with the problems of their file; without decks there is one more.

    Args:
        decks: The decks of the file.
        collector: The problems of the file.
        form: The name of the format for people.
        advice: How to write a card of the format.
    """
    if not decks and not collector.errors:
        collector.add_at("not-this-format", 1, 1, form=form, advice=advice)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return Bundle(decks=decks, problems=tuple(collector.problems))


def read_declared_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter in a first line such as `sep=;`, which spreadsheets write."""
    match = _SEP_LINE.fullmatch(lines[0]) if lines else None
    return match[1] if match else ""


def guess_delimiter(
    lines: Sequence[str], preferred: str, is_header: Callable[[Sequence[str]], bool]
) -> str:
    """Guess the delimiter of a table that does not declare one.

    It is the one that turns the first row into a header of known names, otherwise the one that
    gives most rows the same number of columns.

    Args:
        lines: Lines of the table.
        preferred: The delimiter that the file's suffix names.
        is_header: Returns whether a row names the columns.
    """
    sample = _take_sample(lines)
    if not sample:
        return preferred
    candidates = [
        preferred,
        *(delimiter for delimiter in _DELIMITERS if delimiter != preferred),
    ]
    for delimiter in candidates:
        if is_header(_split_line(sample[0], delimiter)):
            return delimiter
    scores = {
        delimiter: _score_delimiter(sample, delimiter) for delimiter in candidates
    }
    best = max(scores.values())
    if len(sample) >= _MIN_SAMPLE_SIZE and scores[preferred] < best:
        candidates = list(_DELIMITERS)
    return next(delimiter for delimiter in candidates if scores[delimiter] == best)


def is_running_text(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether lines are sentences, whose commas do not separate columns.

    Most lines end like sentences, few ask something before the delimiter, and the delimiter is
    missing in some lines or always followed by a space.
    """
    if delimiter not in _IN_SENTENCES:
        return False
    sample = [line.strip() for line in _take_sample(lines)]
    ending_count = sum(line.endswith(_SENTENCE_ENDS) for line in sample)
    asking_count = sum(
        line.partition(delimiter)[0].endswith(("?", ":")) for line in sample
    )
    if 2 * ending_count <= len(sample) or 2 * asking_count >= len(sample):
        return False
    unspaced_delimiter = re.compile(re.escape(delimiter) + r"(?! |\Z)")
    return any(delimiter not in line for line in sample) or not any(
        map(unspaced_delimiter.search, sample)
    )


def _take_sample(lines: Sequence[str]) -> list[str]:
    """Return the first lines that are not blank, enough to recognize the dialect."""
    return [line[:_MAX_SAMPLED_LENGTH] for line in lines[:_SAMPLE_SIZE] if line.strip()]


def parse_first_row(lines: Sequence[str], delimiter: str) -> list[str]:
    """Parse the first line into cells; empty if it is not a row."""
    try:
        return next(csv.reader(_take_sample(lines[:1]), delimiter=delimiter), [])
    except csv.Error:
        return []


def _score_delimiter(sample: Sequence[str], delimiter: str) -> float:
    """Return the share of rows with the most common number of columns."""
    rows = _parse_sample(sample, delimiter)
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts.values(), default=0) / max(len(rows), 1)


def _parse_sample(sample: Sequence[str], delimiter: str) -> list[list[str]]:
    """Parse the rows of a sample; without regard to quotes if those are broken."""
    try:
        return [row for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return [_split_line(line, delimiter) for line in sample]


def _split_line(line: str, delimiter: str) -> list[str]:
    """Split a line into cells without regard to quotes."""
    return line.rstrip("\n").split(delimiter)


def _build_row_pattern(delimiter: str) -> re.Pattern[str]:
    """Build a pattern for a whole row in which every quote is valid."""
    separator = re.escape(delimiter)
    spaces = "" if delimiter == " " else " *+"
    cell = rf'{spaces}(?:"(?:[^"]++|"")*+"{spaces}|[^"{separator}\n]*+)'
    return re.compile(rf"{cell}(?:{separator}{cell})*+(?:\n|\Z)")


def _build_loose_row_pattern(delimiter: str, *, skips_spaces: bool) -> re.Pattern[str]:
    """Build a pattern for a row whose quoted cells end with their quotes.

    Other cells may contain quotes.
    """
    separator = re.escape(delimiter)
    spaces = "" if delimiter == " " else " *+"
    leading_spaces = spaces if skips_spaces else ""
    cell = rf'{leading_spaces}(?:"(?:[^"]++|"")*+"{spaces}|(?!")[^{separator}\n]*+)'
    return re.compile(rf"{cell}(?:{separator}{cell})*+(?:\n|\Z)")


class DelimitedTable:
    """The rows of a table, parsed one by one."""

    def __init__(
        self,
        lines: Sequence[str],
        delimiter: str,
        collector: ProblemCollector,
        *,
        first: int = 0,
        comment: str = "",
        keeps_spaces: bool = False,
    ) -> None:
        """Prepare to read a table.

        Args:
            lines: The lines of the file.
            delimiter: The separator of cells.
            collector: Gets the problems.
            first: Index of the line where the rows start.
            comment: The beginning of lines to skip.
            keeps_spaces: Whether spaces before a quote are part of the cell.
        """
        self._lines = _LineFeed(lines, first, comment)
        self._delimiter = delimiter
        self._collector = collector
        self._reread_length = 0
        self._row_pattern = _build_row_pattern(delimiter)
        sample_lines = _take_sample(lines[first : first + _SAMPLE_SIZE])
        spaced_quote = re.escape(delimiter) + ' +"(?!")'
        self._skips_spaces = (
            delimiter != " "
            and not keeps_spaces
            and bool(re.search(spaced_quote, "".join(sample_lines)))
        )
        self._loose_row_pattern = _build_loose_row_pattern(
            delimiter, skips_spaces=self._skips_spaces
        )
        self.is_running_text = is_running_text(sample_lines, delimiter)
        """Whether the lines are sentences instead of rows."""
        self.sample = _parse_sample(sample_lines, delimiter)
        """The first rows."""
        counts = Counter(map(len, self.sample))
        self.width = counts.most_common(1)[0][0] if counts else 0
        """The number of columns that rows should have."""

    def __iter__(self) -> Iterator[Row]:
        """Yield each row with its line; rows that cannot be parsed are reported."""
        lines = self._lines
        reader = csv.reader(
            lines, delimiter=self._delimiter, skipinitialspace=self._skips_spaces
        )
        while True:
            lines.start_row()
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _LongRowError):
                cells = self._repair_row(None)
            start = lines.start
            if cells and lines.position > start + 1:
                cells = self._repair_row(cells)
            elif cells and '"' in lines.all[start]:
                cells = self._repair_line(cells)
            if cells:
                yield start + 1, cells

    def loose_cells_with(self, signs: str) -> Iterator[str]:
        """Yield the cells of each line that has one of some characters, parsed by itself."""
        for line in self._lines.all:
            if not any(sign in line for sign in signs):
                continue
            try:
                yield from next(csv.reader([line], delimiter=self._delimiter), ())
            except csv.Error:
                continue

    def _repair_row(self, cells: list[str] | None) -> list[str] | None:
        """Return the cells of a row without lines that only a stray quote added to it.

        Return None and report a problem if the row is lost, because its quotes do not pair up
        or it is too long. Reading then continues at the next well-formed row.
        """
        lines = self._lines
        first_line = lines.start
        is_unclosed = cells is None or lines.has_open_quote()
        is_whole = not is_unclosed and self._is_row(
            lines.all[first_line : lines.position]
        )
        if cells is not None and len(cells) == self.width and is_whole:
            return cells
        self._reread_length += lines.count_characters()
        if lines.position <= first_line + 1 or self._reread_length > _MAX_REREAD_LENGTH:
            if cells is None:
                lines.position = max(lines.position, first_line + 1)
                self._collector.add_at("row-too-long", first_line + 1, 1)
            return cells
        next_line = (
            lines.position if is_whole else self._find_next_row(is_unclosed=is_unclosed)
        )
        if self._are_rows(lines.all[first_line : next_line or first_line + 1]):
            lines.position = first_line + 1
            self._collector.add_at("broken-quote", first_line + 1, 1)
            return _split_line(lines.all[first_line], self._delimiter)
        if is_whole or not next_line:
            return cells
        lines.position = next_line
        count = formatting.count(next_line - first_line, "line")
        self._collector.add_at("broken-quotes", first_line + 1, 1, count=count)
        return None

    def _repair_line(self, cells: list[str]) -> list[str] | None:
        """Return the cells of a row on one line, with quotes as text if one is stray.

        Return None and report a problem if the row then has a wrong number of columns.
        """
        line_index = self._lines.start
        line = self._lines.all[line_index]
        if self._loose_row_pattern.fullmatch(line):
            return cells
        cells_without_quotes = _split_line(line, self._delimiter)
        if len(cells_without_quotes) == self.width:
            self._collector.add_at("broken-quote", line_index + 1, 1)
            return cells_without_quotes
        self._collector.add_at("broken-quotes", line_index + 1, 1, count="1 line")
        return None

    def _find_next_row(self, *, is_unclosed: bool) -> int:
        """Return the index of the next well-formed row after a broken one; 0 if there is none."""
        lines = self._lines
        searched_lines = lines.all[lines.start : lines.start + _MAX_SEARCHED_LINES]
        text = "".join(searched_lines)
        offset = 0
        for line_index, line in enumerate(searched_lines[:-1], lines.start + 1):
            offset += len(line)
            match = self._row_pattern.match(text, offset)
            self._reread_length += match.end() - offset if match else len(text) - offset
            if self._reread_length > _MAX_REREAD_LENGTH:
                return 0
            if match and match[0].strip() and self._count_cells(match[0]) == self.width:
                return line_index
        return 0 if is_unclosed or lines.position < len(lines.all) else lines.position

    def _is_row(self, lines: Sequence[str]) -> bool:
        """Return whether lines are one row whose quotes are around cells or doubled."""
        if len(lines) == 1 and '"' not in lines[0]:
            return True
        return self._row_pattern.fullmatch("".join(lines)) is not None

    def _are_rows(self, lines: Sequence[str]) -> bool:
        """Return whether each line is a row by itself, without regard to quotes."""
        width = self.width
        return all(len(_split_line(line, self._delimiter)) == width for line in lines)

    def _count_cells(self, row: str) -> int:
        reader = csv.reader(row.splitlines(keepends=True), delimiter=self._delimiter)
        return len(next(reader, []))


class _LineFeed:
    """Feeds lines to the CSV reader of the standard library, and tracks those of one row."""

    __slots__ = ("_comment", "_remaining_length", "all", "position", "start")

    def __init__(self, lines: Sequence[str], first: int, comment: str) -> None:
        self.all = lines
        self.start = self.position = first
        self._comment = comment
        self._remaining_length = _MAX_ROW_LENGTH

    def start_row(self) -> None:
        """Start a row at the next line that is not a comment."""
        while (
            self._comment
            and self.position < len(self.all)
            and self.all[self.position].startswith(self._comment)
        ):
            self.position += 1
        self.start = self.position
        self._remaining_length = _MAX_ROW_LENGTH

    def __iter__(self) -> _LineFeed:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.all):
            raise StopIteration
        line = self.all[self.position]
        self._remaining_length -= len(line)
        if self._remaining_length < 0:
            raise _LongRowError
        self.position += 1
        return line

    def count_characters(self) -> int:
        """Count the characters of the current row."""
        return sum(map(len, self.all[self.start : self.position]))

    def has_open_quote(self) -> bool:
        """Return whether the text ends within a quote of the current row."""
        if self.position < len(self.all):
            return False
        return (
            sum(line.count('"') for line in self.all[self.start : self.position]) % 2
            == 1
        )
