"""Maps the lines of a deck file to the keys of its head, its notes and their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.events import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from flashcards.decks.yaml.nodes import LOADER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.decks.problem_collector import Mark

_BLOCK_STYLES = frozenset({"|", ">"})


class UnusualLayoutError(Exception):
    """The file is valid, but its layout cannot be edited line by line."""


@dataclass(slots=True)
class Entry:
    """A key with its value. Lines are counted from 0."""

    name: str
    line: int
    column: int
    """Of the key, from 0."""
    end: int
    """The line after the last one of the value."""
    start_of_value: tuple[int, int] = (0, 0)
    """Line and column."""
    end_of_value: tuple[int, int] | None = None
    """Line and column after the value; None where it is in block style."""

    @property
    def is_on_one_line(self) -> bool:
        """Whether key and value are on one line, so that a comment after them can stay."""
        end = self.end_of_value
        return end is not None and self.line == self.start_of_value[0] == end[0]


@dataclass(slots=True)
class LayoutItem:
    """A note. Lines are counted from 0."""

    line: int
    """The line of its hyphen."""
    end: int
    """The line after its last one, including comments that are indented more."""
    entries: list[Entry] = field(default_factory=list)
    """Its fields; none where it is not in block style."""


@dataclass(slots=True)
class DeckLayout:
    """A deck file as lines."""

    lines: list[str]
    """Each with its line break."""
    head: list[Entry] = field(default_factory=list)
    """The keys of the top level, `notes` among them."""
    items: list[LayoutItem] = field(default_factory=list)
    hyphen: int = 2
    """The column of the hyphens."""


def layout_of(text: str) -> DeckLayout:
    """Return the layout of a deck file that has no errors.

    Args:
        text: The file with Unix line ends and no byte order mark.

    Raises:
        UnusualLayoutError: The layout cannot be edited line by line.
    """
    layout = DeckLayout(text.splitlines(keepends=True))
    _Walker(layout, LOADER(text).get_event).walk()
    return layout


class _End(NamedTuple):
    """The end of the last scalar or bracket of a value that is not in block style."""

    line: int
    column: int
    is_block: bool
    """Whether the value itself is in block style."""


class _Walker:
    def __init__(self, layout: DeckLayout, event: Callable[[], Any]) -> None:
        self._layout = layout
        self._event = event

    def walk(self) -> None:
        """Fill the layout."""
        self._event()  # the stream
        self._event()  # the document
        entries = self._layout.head
        self._mapping(self._event(), entries, notes="notes")
        end = self._event()
        if type(end) is DocumentEndEvent and end.explicit:
            raise UnusualLayoutError("a document's end")
        self._close(entries, len(self._layout.lines))

    def _mapping(self, start: Any, entries: list[Entry], notes: str = "") -> None:
        """Read the entries of a mapping in block style."""
        if type(start) is not MappingStartEvent or start.flow_style:
            raise UnusualLayoutError("a mapping in brackets")
        while type(key := self._event()) is not MappingEndEvent:
            if type(key) is not ScalarEvent:
                raise UnusualLayoutError("a key that is not a scalar")
            mark: Mark = key.start_mark
            entry = Entry(key.value, mark.line, mark.column, mark.line + 1)
            if entries and entry.column != entries[0].column:
                raise UnusualLayoutError("keys of different indentation")
            entries.append(entry)
            value = self._event()
            entry.start_of_value = (value.start_mark.line, value.start_mark.column)
            if notes and key.value == notes and type(value) is SequenceStartEvent:
                self._notes(value)
                continue
            end = self._skip(value)
            entry.end = max(entry.end, end.line + 1)
            if not end.is_block:
                entry.end_of_value = (end.line, end.column)

    def _notes(self, start: Any) -> None:
        items = self._layout.items
        if start.flow_style:
            # Empty brackets are replaced; others make the whole file be rewritten.
            if type(self._event()) is not SequenceEndEvent:
                raise UnusualLayoutError("notes in brackets")
            return
        self._layout.hyphen = start.start_mark.column
        while type(event := self._event()) is not SequenceEndEvent:
            line = self._hyphen_above(event.start_mark.line)
            if items:
                self._finish(items[-1], line)
            item = LayoutItem(line, line + 1)
            items.append(item)
            if type(event) is MappingStartEvent and not event.flow_style:
                self._mapping(event, item.entries)
                item.end = max(entry.end for entry in item.entries)
            else:
                item.end = self._skip(event).line + 1

    def _hyphen_above(self, line: int) -> int:
        column = self._layout.hyphen
        while line >= 0:
            text = self._layout.lines[line]
            if text[column : column + 1] == "-" and not text[:column].strip():
                return line
            line -= 1
        raise UnusualLayoutError("no hyphen")

    def _skip(self, event: Any) -> _End:
        """Skip the events of a value; return the earliest place where it can end."""
        is_block = (
            event.style in _BLOCK_STYLES
            if type(event) is ScalarEvent
            else not event.flow_style
        )
        line, column = event.start_mark.line, event.start_mark.column
        depth = 0
        while True:
            kind = type(event)
            is_start = kind in (MappingStartEvent, SequenceStartEvent)
            depth += is_start - (kind in (MappingEndEvent, SequenceEndEvent))
            mark = event.end_mark
            # Values in block style end where the next one begins, which says nothing.
            has_end = not is_start and mark.index > event.start_mark.index
            if has_end and getattr(event, "style", None) not in _BLOCK_STYLES:
                line, column = mark.line, mark.column
            if depth == 0:
                return _End(line, column, is_block)
            event = self._event()

    def _finish(self, item: LayoutItem, limit: int) -> None:
        """Set the end of a note and its fields, before the line of the next note."""
        self._extend(item, limit, self._layout.hyphen)
        self._close(item.entries, item.end)

    def _close(self, entries: Sequence[Entry], limit: int) -> None:
        """Set the end of entries: before the next one and before the comments above it."""
        for index, entry in enumerate(entries):
            next_line = entries[index + 1].line if index + 1 < len(entries) else limit
            if entries is self._layout.head and entry.name == "notes":
                self._close_notes(entry, next_line)
            else:
                self._extend(entry, next_line, entry.column)

    def _close_notes(self, entry: Entry, limit: int) -> None:
        items = self._layout.items
        if items:
            self._finish(items[-1], limit)
            entry.end = items[-1].end

    def _extend(self, block: Entry | LayoutItem, limit: int, column: int) -> None:
        """Move the end of an entry or a note behind its last line of content."""
        end = _content_end(self._layout.lines, block.end, limit, column)
        block.end = max(block.end, end)


def _content_end(lines: Sequence[str], start: int, end: int, column: int) -> int:
    """Return the line after the content: trailing blank lines and outer comments do not count."""
    while end > start:
        line = lines[end - 1]
        text = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if text and not (text.startswith("#") and indent <= column):
            break
        end -= 1
    return end
