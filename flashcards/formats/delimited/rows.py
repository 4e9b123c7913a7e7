"""Rows of a text with delimiters, as spreadsheets and people write them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from flashcards.domain import formatting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flashcards.decks.problem_collector import ProblemCollector

MOST_LINES = 2_000_000
_MOST_ROW = 1_000_000
"""Characters of a row."""
_MOST_REREAD = 20_000_000
"""Characters that may be read twice because of broken quotes."""
_MOST_SOUGHT = 100
"""Lines behind a broken row in which the next one is sought."""
_SAMPLE = 200
"""Lines that are looked at before the rows are read."""
_MOST_SAMPLED = 10_000
"""Characters of such a line."""
_FEW = 3
_SEP = re.compile(r'"?sep=([^"\n])"?\s*', re.IGNORECASE)
_IN_SENTENCES = (",", ";")
_ENDS = (".", "!", "?", "…", '."', ".)", ".”")
_DELIMITERS = ("\t", ";", "|", ",")

Row = tuple[int, list[str]]
"""The line of a row, from 1, and its cells."""


class _LongRowError(Exception):
    """A row goes on for longer than any card."""


def lines_of(text: str, collector: ProblemCollector) -> list[str] | None:
    """Return the lines of a text with their ends, or None with a problem where there are too many.

    Args:
        text: Clean text, in which nothing but a line feed ends a line.
        collector: Takes the problem.
    """
    if text.count("\n") > MOST_LINES:
        collector.add_at("too-many-lines", MOST_LINES, 1, most=MOST_LINES)
        return None
    return text.splitlines(keepends=True)


def declared_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that a first line `sep=;` names, as spreadsheets write it."""
    found = _SEP.fullmatch(lines[0]) if lines else None
    return found[1] if found else ""


def delimiter_of(
    lines: Sequence[str], preferred: str, is_header: Callable[[Sequence[str]], bool]
) -> str:
    """Return the delimiter of a table that does not declare one.

    It is the one that makes a header of known names of the first row, else the one that
    gives most rows the same number of columns.

    Args:
        lines: Lines of the table.
        preferred: The delimiter that the file's suffix names.
        is_header: Tells whether a row names the columns.
    """
    sample = _sampled(lines)
    if not sample:
        return preferred
    candidates = [preferred, *(each for each in _DELIMITERS if each != preferred)]
    for each in candidates:
        if is_header(_split(sample[0], each)):
            return each
    scores = {each: _score(sample, each) for each in candidates}
    best = max(scores.values())
    if len(sample) >= _FEW and scores[preferred] < best:
        candidates = list(_DELIMITERS)
    return next(each for each in candidates if scores[each] == best)


def is_running_text(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether lines are sentences whose commas part no columns.

    Most of them end as sentences do, not asking anything before the delimiter; and it is
    missing in some, or stands before a space wherever it is.
    """
    if delimiter not in _IN_SENTENCES:
        return False
    sample = [line.strip() for line in _sampled(lines)]
    ending = sum(line.endswith(_ENDS) for line in sample)
    asking = sum(line.partition(delimiter)[0].endswith(("?", ":")) for line in sample)
    if 2 * ending <= len(sample) or 2 * asking >= len(sample):
        return False
    spaced = re.compile(re.escape(delimiter) + r"(?! |\Z)")
    return any(delimiter not in line for line in sample) or not any(
        map(spaced.search, sample)
    )


def _sampled(lines: Sequence[str]) -> list[str]:
    """Return the first lines, enough to recognize the dialect of the table."""
    return [line[:_MOST_SAMPLED] for line in lines[:_SAMPLE] if line.strip()]


def first_row(lines: Sequence[str], delimiter: str) -> list[str]:
    """Return the cells of the first of some lines; nothing where it is no row."""
    try:
        return next(csv.reader(_sampled(lines[:1]), delimiter=delimiter), [])
    except csv.Error:
        return []


def _score(sample: Sequence[str], delimiter: str) -> float:
    """Return the share of rows that have the number of columns that most have."""
    rows = _sample_rows(sample, delimiter)
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts.values(), default=0) / max(len(rows), 1)


def _sample_rows(sample: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows of a sample; those that break off in quotes count as what they hold."""
    try:
        return [row for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return [_split(line, delimiter) for line in sample]


def _split(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line in which quotes mean nothing."""
    return line.rstrip("\n").split(delimiter)


def _row_pattern(delimiter: str) -> re.Pattern[str]:
    """Return what matches a whole row in which every quote is where one may be."""
    end = re.escape(delimiter)
    room = "" if delimiter == " " else " *+"
    cell = rf'{room}(?:"(?:[^"]++|"")*+"{room}|[^"{end}\n]*+)'
    return re.compile(rf"{cell}(?:{end}{cell})*+(?:\n|\Z)")


def _loose_row_pattern(delimiter: str, *, skips_spaces: bool) -> re.Pattern[str]:
    """Return what matches a row whose quoted cells end with their quotes.

    Cells that no quote opens may hold quotes.
    """
    end = re.escape(delimiter)
    room = "" if delimiter == " " else " *+"
    before = room if skips_spaces else ""
    cell = rf'{before}(?:"(?:[^"]++|"")*+"{room}|(?!")[^{end}\n]*+)'
    return re.compile(rf"{cell}(?:{end}{cell})*+(?:\n|\Z)")


class DelimitedTable:
    """The rows of a table, read one by one."""

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
        """Begin before a row.

        Args:
            lines: The lines of the file.
            delimiter: What stands between cells.
            collector: Takes what is wrong.
            first: The line where the row starts, counted from 0.
            comment: Begins lines that are none of a row.
            keeps_spaces: Whether spaces before a quote mean themselves.
        """
        self._lines = _Lines(lines, first, comment)
        self._delimiter = delimiter
        self._collector = collector
        self._reread = 0
        self._row = _row_pattern(delimiter)
        sample_lines = _sampled(lines[first : first + _SAMPLE])
        room = re.escape(delimiter) + ' +"(?!")'
        self._skips_spaces = (
            delimiter != " "
            and not keeps_spaces
            and bool(re.search(room, "".join(sample_lines)))
        )
        self._loose_row = _loose_row_pattern(delimiter, skips_spaces=self._skips_spaces)
        self.is_running_text = is_running_text(sample_lines, delimiter)
        """Whether the lines are sentences, not rows."""
        self.sample = _sample_rows(sample_lines, delimiter)
        """The first rows."""
        counts = Counter(map(len, self.sample))
        self.width = counts.most_common(1)[0][0] if counts else 0
        """The number of columns that rows should have."""

    def __iter__(self) -> Iterator[Row]:
        """Give each row with its line; what cannot be read is a problem."""
        lines = self._lines
        reader = csv.reader(
            lines, delimiter=self._delimiter, skipinitialspace=self._skips_spaces
        )
        while True:
            lines.begin()
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _LongRowError):
                cells = self._mended(None)
            start = lines.start
            if cells and lines.at > start + 1:
                cells = self._mended(cells)
            elif cells and '"' in lines.all[start]:
                cells = self._without_stray_quotes(cells)
            if cells:
                yield start + 1, cells

    def loose_cells_with(self, signs: str) -> Iterator[str]:
        """Give the cells of each line that holds one of some signs, whatever is wrong with it.

        Each line is read by itself.
        """
        for line in self._lines.all:
            if not any(sign in line for sign in signs):
                continue
            try:
                yield from next(csv.reader([line], delimiter=self._delimiter), ())
            except csv.Error:
                continue

    def _mended(self, cells: list[str] | None) -> list[str] | None:
        """Return the cells of a row, without the lines that only a stray quote gave it.

        None with a problem where the row is lost: its quotes do not pair up, or it is too
        long to be one. The next row is then the next that is written as rows should be.
        """
        lines = self._lines
        first = lines.start
        is_unclosed = cells is None or lines.has_open_quote()
        is_whole = not is_unclosed and self._is_row(lines.all[first : lines.at])
        if cells is not None and len(cells) == self.width and is_whole:
            return cells
        self._reread += lines.taken()
        if lines.at <= first + 1 or self._reread > _MOST_REREAD:
            if cells is None:
                lines.at = max(lines.at, first + 1)
                self._collector.add_at("row-too-long", first + 1, 1)
            return cells
        after = lines.at if is_whole else self._next_row(is_unclosed=is_unclosed)
        if self._are_rows(lines.all[first : after or first + 1]):
            lines.at = first + 1
            self._collector.add_at("broken-quote", first + 1, 1)
            return _split(lines.all[first], self._delimiter)
        if is_whole or not after:
            return cells
        lines.at = after
        count = formatting.count(after - first, "line")
        self._collector.add_at("broken-quotes", first + 1, 1, count=count)
        return None

    def _without_stray_quotes(self, cells: list[str]) -> list[str] | None:
        """Return the cells of a row of one line; with its quotes as text where one is stray.

        None with a problem where the row then has another number of columns.
        """
        first = self._lines.start
        line = self._lines.all[first]
        if self._loose_row.fullmatch(line):
            return cells
        found = _split(line, self._delimiter)
        if len(found) == self.width:
            self._collector.add_at("broken-quote", first + 1, 1)
            return found
        self._collector.add_at("broken-quotes", first + 1, 1, count="1 line")
        return None

    def _next_row(self, *, is_unclosed: bool) -> int:
        """Return the line, from 0, where a row begins again behind a broken one; 0 for none."""
        lines = self._lines
        sought = lines.all[lines.start : lines.start + _MOST_SOUGHT]
        text = "".join(sought)
        at = 0
        for place, line in enumerate(sought[:-1], lines.start + 1):
            at += len(line)
            found = self._row.match(text, at)
            self._reread += found.end() - at if found else len(text) - at
            if self._reread > _MOST_REREAD:
                return 0
            if found and found[0].strip() and self._width_of(found[0]) == self.width:
                return place
        return 0 if is_unclosed or lines.at < len(lines.all) else lines.at

    def _is_row(self, lines: Sequence[str]) -> bool:
        """Return whether lines are one row, each quote in it around a cell or doubled."""
        if len(lines) == 1 and '"' not in lines[0]:
            return True
        return self._row.fullmatch("".join(lines)) is not None

    def _are_rows(self, lines: Sequence[str]) -> bool:
        """Return whether each line is a row by itself, where quotes mean nothing."""
        width = self.width
        return all(len(_split(line, self._delimiter)) == width for line in lines)

    def _width_of(self, row: str) -> int:
        reader = csv.reader(row.splitlines(keepends=True), delimiter=self._delimiter)
        return len(next(reader, []))


class _Lines:
    """Hands lines to the reader of the standard library, and knows which are of one row."""

    __slots__ = ("_comment", "_room", "all", "at", "start")

    def __init__(self, lines: Sequence[str], first: int, comment: str) -> None:
        self.all = lines
        self.start = self.at = first
        self._comment = comment
        self._room = _MOST_ROW

    def begin(self) -> None:
        """Begin a row with the line that comes next."""
        while (
            self._comment
            and self.at < len(self.all)
            and self.all[self.at].startswith(self._comment)
        ):
            self.at += 1
        self.start = self.at
        self._room = _MOST_ROW

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.all):
            raise StopIteration
        line = self.all[self.at]
        self._room -= len(line)
        if self._room < 0:
            raise _LongRowError
        self.at += 1
        return line

    def taken(self) -> int:
        """Return the number of characters of the row."""
        return sum(map(len, self.all[self.start : self.at]))

    def has_open_quote(self) -> bool:
        """Tell whether the row ends with the text, in a quote."""
        if self.at < len(self.all):
            return False
        return sum(line.count('"') for line in self.all[self.start : self.at]) % 2 == 1
