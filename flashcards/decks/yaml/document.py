"""Walking a YAML file from top to bottom, and going on behind a place that cannot be read."""

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
    DocumentPart,
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

    The items of one key (the notes of a deck) are passed on one by one as they are
    read, so that those before a syntax error are not lost and a large file is never
    held as nodes. After an error the walk goes on with the next item.
    """

    def __init__(
        self,
        data: bytes,
        collector: ProblemCollector,
        *,
        items: str = "",
        take: Callable[[Node, int], None] = lambda node, before: None,
    ) -> None:
        """Prepare to read UTF-8 as `decode` returns it; `take` gets each item of key `items`.

        With the item it gets the number of errors before it, faults of its YAML included.
        """
        self.head = MappingNode()
        """The keys of the top level except `items`."""
        self.has_items = False
        self._data = data
        self._collector = collector
        self._items = items
        self._take = take
        self._stand_ins = STAND_IN.encode() in data
        self._reader = NodeReader(DocumentPart(b"", 0, b""), collector, stand_ins=False)
        # The indentation of the items where they can be found again, else -1.
        self._indent = -1
        # The line of the file (from 0) on which the newest item begins.
        self._line = 0
        # Where the part that is being read begins in the file, in bytes and in lines.
        self._offset = 0
        self._offset_line = 0

    def read(self) -> bool:
        """Read all of it; return whether there was a mapping at all."""
        before = b""
        is_mapping = False
        while True:
            part = DocumentPart(self._data, self._offset, before)
            self._reader = NodeReader(part, self._collector, stand_ins=self._stand_ins)
            self._collector.shift = self._offset_line - before.count(b"\n")
            try:
                is_mapping = self._document()
            except yaml.MarkedYAMLError as error:
                self._add_syntax(error)
            except UnreadableValueError as error:
                self._collector.add_mark(error.rule, error.mark, **error.words)
            else:
                break
            if not self._skip():
                is_mapping = self.has_items or bool(self.head)
                break
            before = f"{self._items}:\n".encode() if self.has_items else b""
        self._collector.shift = 0
        return is_mapping

    def _document(self) -> bool:
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
        self._top_level()
        event()  # the document's end
        after = event()
        if type(after) is not StreamEndEvent:
            self._collector.add("several-documents", after)
        return True

    def _top_level(self) -> None:
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
        # A part that is read after an error begins with the key of the items again.
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
        event, value, take = self._reader.event, self._reader.value, self._take
        while not self._collector.is_full:
            item = event()
            if type(item) is SequenceEndEvent:
                return
            self._line = item.start_mark.line + self._collector.shift
            before = self._collector.errors
            take(value(item), before)
        raise UnreadableValueError(
            "too-many-faults", start.start_mark, most=MOST_PROBLEMS
        )

    def _skip(self) -> bool:
        """Move on to the next item behind the one that cannot be read; return whether there is one."""
        if self._collector.is_full or not self._items:
            return False
        if self.has_items:
            if self._indent < 0:
                return False
            sign = rb"^ {%d}-(?=[ \n])" % self._indent
            line = max(self._line, self._offset_line) + 1
        else:
            sign = rb"^%b:[ ]*$" % self._items.encode()
            line = self._offset_line + 1
        start = self._offset_of(line)
        found = (
            re.compile(sign, re.MULTILINE).search(self._data, start) if start else None
        )
        if found is None:
            return False
        self._offset_line = line + self._data.count(b"\n", start, found.start())
        self._offset = found.start()
        return True

    def _offset_of(self, line: int) -> int:
        """Return where a line of the file begins, 0 where there is none, counted from this part."""
        offset = self._offset
        for _ in range(line - self._offset_line):
            offset = self._data.find(b"\n", offset) + 1
            if not offset:
                return 0
        return offset

    def _add_syntax(self, error: yaml.MarkedYAMLError) -> None:
        rule, words = "too-deep", {"most": str(MOST_DEPTH)}
        mark: Mark = error.problem_mark
        # Newer parsers limit the depth themselves, before they give the first bracket.
        if "nesting depth" not in (error.problem or ""):
            where = explain_syntax_error(error, self._line_of, self._long_quote)
            rule, words = "syntax", {"found": where.found, "advice": where.advice}
            mark = where.mark
        line = mark.line + 1 + self._collector.shift
        column = mark.column + 1
        last = self._collector.problems[-1] if self._collector.problems else None
        # An error just before an item is met again when that item is read by itself.
        if last and (last.rule, last.line, last.column) == (rule, line, column):
            return
        self._collector.add_at(rule, line, column, **words)

    def _line_of(self, mark: Mark) -> str:
        start = self._offset_of(mark.line + self._collector.shift)
        end = self._data.find(b"\n", start)
        return self._data[start : end if end >= 0 else None].decode()

    def _long_quote(self) -> Mark | None:
        """Return where the last value before an error begins, if quotes make it several lines."""
        part = DocumentPart(self._data, self._offset_of(self._line), b"")
        event = NodeReader(part, self._collector, stand_ins=False).event
        last: Any = None
        with suppress(yaml.MarkedYAMLError):
            while type(found := event()) is not StreamEndEvent:
                last = found if type(found) is ScalarEvent else last
        if last is None or not last.style or last.style not in "'\"":
            return None
        if last.start_mark.line == last.end_mark.line:
            return None
        line = self._line - self._collector.shift + last.start_mark.line
        return SimpleNamespace(line=line, column=last.start_mark.column)
