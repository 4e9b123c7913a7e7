"""Reads a YAML file from top to bottom and resumes after a place that cannot be read."""

from __future__ import annotations

import re
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from flashcards.decks.problem_collector import MOST_PROBLEMS
from flashcards.decks.yaml.decoding import STAND_IN
from flashcards.decks.yaml.nodes import (
    MOST_DEPTH,
    DocumentSection,
    MappingNode,
    Node,
    NodeReader,
    UnreadableValueError,
    is_null,
    kind_of,
)
from flashcards.decks.yaml.syntax import explain_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.decks.problem_collector import Mark, ProblemCollector


class YamlDocument:
    """One YAML file whose top level is a mapping.

    The items of one key (the notes of a deck) are passed to a callback one by one as they
    are read, so that those before a syntax error are not lost and a large file is never
    in memory as nodes. After an error reading resumes at the next item.
    """

    def __init__(
        self,
        data: bytes,
        collector: ProblemCollector,
        *,
        items: str = "",
        on_item: Callable[[Node, int], None] = lambda node, before: None,
    ) -> None:
        """Prepare to read UTF-8 as `decode` returns it.

        Args:
            data: The file.
            collector: Collects its problems.
            items: The key whose items are read one by one.
            on_item: Called with each item, and the number of errors before it (so that
                errors in the YAML of the item count as its own).
        """
        self.head = MappingNode()
        """The keys of the top level except `items`."""
        self.has_items = False
        self._data = data
        self._collector = collector
        self._items = items
        self._on_item = on_item
        self._has_stand_ins = STAND_IN.encode() in data
        self._reader = NodeReader(
            DocumentSection(b"", 0, b""), collector, stand_ins=False
        )
        # The column of the hyphens of the items, -1 if they are not in block style.
        self._indent = -1
        # The line of the file (from 0) on which the current item begins.
        self._line = 0
        # Where the section that is being read begins in the file, in bytes and in lines.
        self._offset = 0
        self._offset_line = 0

    def read(self) -> bool:
        """Read the whole file; return whether its top level is a mapping."""
        before = b""
        is_mapping = False
        while True:
            section = DocumentSection(self._data, self._offset, before)
            self._reader = NodeReader(
                section, self._collector, stand_ins=self._has_stand_ins
            )
            self._collector.shift = self._offset_line - before.count(b"\n")
            try:
                is_mapping = self._read_document()
            except yaml.MarkedYAMLError as error:
                self._add_syntax_problem(error)
            except UnreadableValueError as error:
                self._collector.add_mark(error.rule, error.mark, **error.values)
            else:
                break
            if not self._skip_to_next_item():
                is_mapping = self.has_items or bool(self.head)
                break
            before = f"{self._items}:\n".encode() if self.has_items else b""
        self._collector.shift = 0
        return is_mapping

    def _read_document(self) -> bool:
        event = self._reader.event
        event()  # the stream
        start = event()  # the document
        if type(start) is StreamEndEvent:
            return False
        start = event()
        if type(start) is not MappingStartEvent:
            return False
        if not self.head:
            self.head.start_mark = start.start_mark
        self._read_top_level()
        event()  # the document's end
        after = event()
        if type(after) is not StreamEndEvent:
            self._collector.add("several-documents", after)
        return True

    def _read_top_level(self) -> None:
        event = self._reader.event
        while True:
            start = event()
            if type(start) is MappingEndEvent:
                return
            key = self._reader.value(start)
            if type(key) is not ScalarEvent:
                self._collector.add("key-not-text", key)
                self._reader.value(event())
            elif key.value == self._items and not self._is_second(key):
                self.has_items = True
                self._read_items(event())
            else:
                node = self._reader.value(event())
                if key.value in self.head or key.value == self._items:
                    self._collector.add("duplicate-key", key, key=key.value)
                else:
                    self.head[key.value] = (key, node)

    def _is_second(self, key: ScalarEvent) -> bool:
        # A section that is read after an error begins with the key of the items again.
        mark: Mark = key.start_mark
        return self.has_items and not (self._offset and mark.line == 0)

    def _read_items(self, start: Any) -> None:
        if type(start) is not SequenceStartEvent:
            node = self._reader.value(start)
            if not is_null(node):
                self._collector.add(
                    "not-a-list", node, key=self._items, found=kind_of(node)
                )
            return
        mark: Mark = start.start_mark
        self._indent = -1 if start.flow_style else mark.column
        self._line = self._offset_line
        event, value, on_item = self._reader.event, self._reader.value, self._on_item
        while not self._collector.is_full:
            item = event()
            if type(item) is SequenceEndEvent:
                return
            self._line = item.start_mark.line + self._collector.shift
            before = self._collector.errors
            on_item(value(item), before)
        raise UnreadableValueError(
            "too-many-problems", start.start_mark, most=MOST_PROBLEMS
        )

    def _skip_to_next_item(self) -> bool:
        """Move to the item after the one that cannot be read; return whether there is one."""
        if self._collector.is_full or not self._items:
            return False
        if self.has_items:
            if self._indent < 0:
                return False
            pattern = rb"^ {%d}-(?=[ \n])" % self._indent
            line = max(self._line, self._offset_line) + 1
        else:
            pattern = rb"^%b:[ ]*$" % self._items.encode()
            line = self._offset_line + 1
        start = self._offset_of(line)
        match = (
            re.compile(pattern, re.MULTILINE).search(self._data, start)
            if start
            else None
        )
        if match is None:
            return False
        self._offset_line = line + self._data.count(b"\n", start, match.start())
        self._offset = match.start()
        return True

    def _offset_of(self, line: int) -> int:
        """Return the offset of a line of the file, searched from this section on; 0 without one."""
        offset = self._offset
        for _ in range(line - self._offset_line):
            offset = self._data.find(b"\n", offset) + 1
            if not offset:
                return 0
        return offset

    def _add_syntax_problem(self, error: yaml.MarkedYAMLError) -> None:
        rule, values = "too-deep", {"most": str(MOST_DEPTH)}
        mark: Mark = error.problem_mark
        # Newer parsers limit the depth themselves, before they give the first bracket.
        if "nesting depth" not in (error.problem or ""):
            explanation = explain_syntax_error(
                error, self._line_of, self._unclosed_quote
            )
            rule = "syntax"
            values = {"found": explanation.found, "advice": explanation.advice}
            mark = explanation.mark
        line = mark.line + 1 + self._collector.shift
        column = mark.column + 1
        last = self._collector.problems[-1] if self._collector.problems else None
        # An error just before an item is reported again when that item is read by itself.
        if last and (last.rule, last.line, last.column) == (rule, line, column):
            return
        self._collector.add_at(rule, line, column, **values)

    def _line_of(self, mark: Mark) -> str:
        start = self._offset_of(mark.line + self._collector.shift)
        end = self._data.find(b"\n", start)
        return self._data[start : end if end >= 0 else None].decode()

    def _unclosed_quote(self) -> Mark | None:
        """Return the start of the last value before an error, if it has quotes and several lines."""
        section = DocumentSection(self._data, self._offset_of(self._line), b"")
        event = NodeReader(section, self._collector, stand_ins=False).event
        last: Any = None
        with suppress(yaml.MarkedYAMLError):
            while type(current := event()) is not StreamEndEvent:
                last = current if type(current) is ScalarEvent else last
        if last is None or not last.style or last.style not in "'\"":
            return None
        if last.start_mark.line == last.end_mark.line:
            return None
        line = self._line - self._collector.shift + last.start_mark.line
        return SimpleNamespace(line=line, column=last.start_mark.column)
