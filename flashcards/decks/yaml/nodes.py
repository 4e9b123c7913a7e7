"""Turns the events of the YAML parser into nodes that know their line and column.

A scalar stays the event of the parser, so that nothing is computed for valid values.
Whatever YAML has beyond plain data (anchors, tags, several documents, duplicate keys,
deep nesting) is a problem.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from flashcards.decks.yaml.decoding import REFUSED, STAND_IN
from flashcards.text.safe_text import format_code_point, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.decks.problem_collector import Mark, ProblemCollector

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser if PyYAML was built with it, else the Python one."""

MOST_DEPTH = 20
MOST_SHOWN = 60
MOST_VALUES = 10_000
"""Values in one note, or in one value of the head of a deck."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII
)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_MAX_NUMBER_LENGTH = 330


class ListNode(list["Node"]):
    """The items of a YAML sequence and where it starts."""

    __slots__ = ("start_mark",)
    start_mark: Mark


class MappingNode(dict[str, "tuple[ScalarEvent, Node]"]):
    """The keys of a YAML mapping, each with its position and value, and where it starts."""

    __slots__ = ("start_mark",)
    start_mark: Mark


Node: TypeAlias = "ScalarEvent | ListNode | MappingNode"


class UnreadableValueError(Exception):
    """The section cannot be read any further; `rule` says why."""

    def __init__(self, rule: str, mark: Mark, /, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.mark = mark
        self.values = values


class DocumentSection:
    """A file from some offset on, which the YAML parser reads in chunks."""

    def __init__(self, data: bytes, start: int, before: bytes) -> None:
        self._file = BytesIO(data)
        self._file.seek(start)
        self._before = before

    def read(self, size: int) -> bytes:
        """Return the next bytes, first those put before the section."""
        if self._before:
            before, self._before = self._before, b""
            return before
        return self._file.read(size)


class NodeReader:
    """Reads nodes from YAML text, one after the other."""

    def __init__(
        self, section: DocumentSection, collector: ProblemCollector, *, stand_ins: bool
    ) -> None:
        self.event: Callable[[], Any] = LOADER(section).get_event
        self._collector = collector
        self._stand_ins = stand_ins
        self._depth = 0
        self._values = 0

    def value(self, event: Any) -> Node:
        """Return the node that begins with the event."""
        self._values = 0
        self._depth = 0
        return self._node(event)

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            if event.style == '"' or event.anchor or event.tag or self._stand_ins:
                self._check(event)
            return event  # type: ignore[no-any-return]
        if kind is AliasEvent:
            self._collector.add("alias", event)
            return ScalarEvent(
                None, None, (True, False), "", event.start_mark, event.end_mark
            )
        if event.anchor or event.tag:
            self._refuse(event)
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise UnreadableValueError("too-deep", event.start_mark, most=MOST_DEPTH)
        node = self._mapping(event) if kind is MappingStartEvent else self._list(event)
        self._depth -= 1
        self._values += len(node) + 1
        if self._values > MOST_VALUES:
            raise UnreadableValueError(
                "too-many-values", event.start_mark, most=MOST_VALUES
            )
        return node

    # The loops repeat the check of scalars: calling it for each would add a tenth to the
    # time of reading.

    def _mapping(self, start: Any) -> MappingNode:
        node = MappingNode()
        node.start_mark = start.start_mark
        next_event, stand_ins = self.event, self._stand_ins
        for _ in range(MOST_VALUES + 1):
            key = next_event()
            if type(key) is not ScalarEvent:
                if type(key) is MappingEndEvent:
                    return node
                self._collector.add("key-not-text", key)
                self._node(key)
                self._node(next_event())
                continue
            value = next_event()
            if type(value) is not ScalarEvent:
                value = self._node(value)
            elif value.style == '"' or value.anchor or value.tag or stand_ins:
                self._check(value)
            name = key.value
            if name in node:
                self._collector.add("duplicate-key", key, key=name)
            else:
                node[name] = (key, value)
        raise UnreadableValueError("too-many-values", node.start_mark, most=MOST_VALUES)

    def _list(self, start: Any) -> ListNode:
        node = ListNode()
        node.start_mark = start.start_mark
        next_event, stand_ins = self.event, self._stand_ins
        for _ in range(MOST_VALUES + 1):
            item = next_event()
            if type(item) is not ScalarEvent:
                if type(item) is SequenceEndEvent:
                    return node
                item = self._node(item)
            elif item.style == '"' or item.anchor or item.tag or stand_ins:
                self._check(item)
            node.append(item)
        raise UnreadableValueError("too-many-values", node.start_mark, most=MOST_VALUES)

    def _check(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse(event)
        refused = REFUSED.search(event.value)
        if refused is None:
            return
        # A stand-in was reported when decoding; others come from escapes in double quotes.
        if refused[0] == STAND_IN:
            self._collector.errors += 1
        else:
            self._collector.add(
                "unsafe-character", event, name=format_code_point(refused[0])
            )
        event.value = REFUSED.sub("\N{REPLACEMENT CHARACTER}", event.value)

    def _refuse(self, event: Any) -> None:
        if event.anchor:
            self._collector.add("alias", event)
        elif event.tag != "!":
            self._collector.add("tag", event, tag=event.tag)


def number(value: str) -> float | None:
    """Return the number that a text means in YAML 1.2: `010` is 10, `1:30` is not a number."""
    if len(value) > _MAX_NUMBER_LENGTH:
        return None
    if _INTEGER.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    if _BASED.fullmatch(value):
        return int(value, 0)
    return None


def is_null(node: Node) -> bool:
    """Return whether a value is left out: empty, `~` or `null` without quotes."""
    return type(node) is ScalarEvent and node.implicit[0] and node.value in NULLS


def kind_of(node: Node) -> str:
    """Return how messages describe a node: `a mapping`, `a list`, or its value in backticks."""
    if isinstance(node, MappingNode):
        return "a mapping"
    return (
        "a list"
        if isinstance(node, ListNode)
        else f"`{one_line(node.value, MOST_SHOWN)}`"
    )
