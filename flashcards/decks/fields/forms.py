"""The forms of value that a field may have, one class for each.

Each form reads a node and describes itself as JSON Schema, so that reader and schema
cannot differ. Reading returns None where the value is left out, and where it is invalid
and a problem was added.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from yaml.events import ScalarEvent

from flashcards.decks.problem_collector import suggestion
from flashcards.decks.yaml.decoding import REFUSED, is_plain
from flashcards.decks.yaml.nodes import (
    FALSE,
    NULLS,
    TRUE,
    ListNode,
    Node,
    is_null,
    kind_of,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.decks.problem_collector import ProblemCollector

Schema = dict[str, Any]


_MAX_SEEN = 1000


class Form(Protocol):
    """One form of value."""

    def read(self, node: Node, name: str, collector: ProblemCollector) -> Any:
        """Return the value, or None where it is left out or invalid."""

    def schema(self) -> Schema:
        """Return the form as JSON Schema."""


@runtime_checkable
class Checkable(Form, Protocol):
    """A form that can also check a value without reading a node, which is much faster."""

    def is_valid(self, value: object) -> bool:
        """Return whether `read` would return this value; False also where that is not certain."""


def validity_check(form: Form) -> Callable[[object], bool]:
    """Return a function that checks values of a form; without one it confirms none."""
    return form.is_valid if isinstance(form, Checkable) else _cannot_confirm


def _cannot_confirm(_: object) -> bool:
    return False


class Text:
    """Text as it is written, at most `most` characters long: `42` is the text 42."""

    def __init__(
        self,
        most: int,
        *,
        one_line: bool = False,
        pattern: str = "",
        description: str = "",
    ) -> None:
        self._most = most
        self._one_line = one_line
        self._pattern = pattern
        self._matches = re.compile(pattern, re.ASCII).fullmatch if pattern else None
        self._description = description
        # Tags, topics and links repeat, so values that matched are remembered.
        self._seen: set[str] = set()

    def read(self, node: Node, name: str, collector: ProblemCollector) -> str | None:
        """Return the text."""
        if type(node) is not ScalarEvent:
            collector.add("not-text", node, key=name, found=kind_of(node))
            return None
        value: str = node.value
        if value in NULLS and node.implicit[0]:
            return None
        if self._matches is not None:
            if value in self._seen:
                return value
            if not self._matches(value):
                collector.add(
                    "wrong-form", node, key=name, value=value, form=self._description
                )
                return None
            if len(self._seen) < _MAX_SEEN and len(value) <= self._most:
                self._seen.add(value)
        elif not value or value.isspace():
            collector.add("blank-text", node, key=name)
            return None
        if len(value) > self._most:
            collector.add(
                "too-long", node, key=name, length=len(value), most=self._most
            )
            return None
        if self._one_line and "\n" in value:
            collector.add("several-lines", node, key=name)
            return None
        return value

    def is_valid(self, value: object) -> bool:
        """Return whether a value is such a text and has no refused character."""
        return (
            type(value) is str
            and 0 < len(value) <= self._most
            and (is_plain(value) or REFUSED.search(value) is None)
            and (
                not value.isspace()
                if self._matches is None
                else value in self._seen or self._matches(value) is not None
            )
            and not (self._one_line and "\n" in value)
        )

    def schema(self) -> Schema:
        """Return text, or a number that is read as text."""
        schema: Schema = {
            "type": ["string", "number", "boolean", "null"],
            "maxLength": self._most,
        }
        if self._pattern:
            schema["pattern"] = f"^(?:{self._pattern})$"
        return schema


class OneOf:
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def read(self, node: Node, name: str, collector: ProblemCollector) -> str | None:
        """Return the word."""
        if type(node) is ScalarEvent:
            if node.value in self._words:
                return node.value
            if is_null(node):
                return None
            advice = suggestion(node.value, self._words)
            choices = ", ".join(self._words)
            collector.add(
                "unknown-value",
                node,
                key=name,
                value=node.value,
                form=choices,
                advice=advice,
            )
        else:
            collector.add("not-text", node, key=name, found=kind_of(node))
        return None

    def is_valid(self, value: object) -> bool:
        """Return whether a value is one of the words."""
        return type(value) is str and value in self._words

    def schema(self) -> Schema:
        """Return the list of words."""
        return {"enum": [*self._words, None]}


class Flag:
    """True or false."""

    def read(self, node: Node, name: str, collector: ProblemCollector) -> bool | None:
        """Return the truth value."""
        if type(node) is ScalarEvent and node.implicit[0]:
            if node.value in TRUE:
                return True
            if node.value in FALSE:
                return False
            if node.value in NULLS:
                return None
        collector.add("not-a-flag", node, key=name, value=kind_of(node).strip("`"))
        return None

    def is_valid(self, value: object) -> bool:
        """Return whether a value is true or false."""
        return type(value) is bool

    def schema(self) -> Schema:
        """Return a boolean."""
        return {"type": ["boolean", "null"]}


class Number:
    """A finite number within bounds."""

    def __init__(
        self,
        *,
        above: float = -math.inf,
        least: float = -math.inf,
        most: float = math.inf,
        whole: bool = False,
    ) -> None:
        self._above = above
        self._least = least
        self._most = most
        self._whole = whole

    def read(self, node: Node, name: str, collector: ProblemCollector) -> float | None:
        """Return the number; text that spells one is accepted too."""
        if is_null(node):
            return None
        text = node.value if type(node) is ScalarEvent else ""
        value = number(text.strip())
        kinds = int if self._whole else (int, float)
        if not isinstance(value, kinds):
            collector.add(
                "not-a-number", node, key=name, value=kind_of(node).strip("`")
            )
            return None
        if not self._is_within_bounds(value):
            collector.add(
                "number-out-of-range",
                node,
                key=name,
                value=text,
                form=self._describe_bounds(),
            )
            return None
        return value

    def _is_within_bounds(self, value: float) -> bool:
        try:
            is_within = self._above < value and self._least <= value <= self._most
            return is_within and math.isfinite(value)
        except OverflowError:
            return False

    def _describe_bounds(self) -> str:
        if math.isinf(self._above) and math.isinf(self._least):
            return "below 1e308"
        lower = f"above {self._above:g}"
        if math.isfinite(self._least):
            lower = f"of at least {self._least:g}"
        upper = "" if math.isinf(self._most) else f" and at most {self._most:g}"
        return f"{lower}{upper}"

    def schema(self) -> Schema:
        """Return a number with its bounds."""
        schema: Schema = {
            "type": ["integer" if self._whole else "number", "string", "null"]
        }
        if math.isfinite(self._above):
            schema["exclusiveMinimum"] = self._above
        if math.isfinite(self._least):
            schema["minimum"] = self._least
        if math.isfinite(self._most):
            schema["maximum"] = self._most
        return schema


class Many:
    """A list of different values of one form; with `single` one value stands for a list of one."""

    def __init__(
        self,
        form: Form,
        *,
        least: int = 0,
        most: int,
        single: bool = False,
        unique_by: Callable[[Any], object] | None = None,
    ) -> None:
        self._form = form
        self._least = least
        self._most = most
        self._single = single
        self._unique_by = unique_by
        self._is_valid_item = validity_check(form)

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> tuple[Any, ...] | None:
        """Return the values."""
        if type(node) is not ListNode:
            if is_null(node):
                return None
            if not self._single or type(node) is not ScalarEvent:
                collector.add("not-a-list", node, key=name, found=kind_of(node))
                return None
            value = self._form.read(node, name, collector)
            return None if value is None else (value,)
        read = self._form.read
        values = [read(item, name, collector) for item in node]
        if not self._is_clearly_valid(values):
            self._check(node, values, name, collector)
        return tuple(values)

    def _is_clearly_valid(self, values: Sequence[Any]) -> bool:
        if self._unique_by is not None or not self._least <= len(values) <= self._most:
            return False
        distinct = set(values)
        return len(distinct) == len(values) and None not in distinct

    def _check(
        self, node: ListNode, values: list[Any], name: str, collector: ProblemCollector
    ) -> None:
        if len(values) > self._most:
            collector.add(
                "too-many", node, key=name, count=len(values), most=self._most
            )
        elif len(values) < self._least:
            collector.add(
                "too-few", node, key=name, count=len(values), least=self._least
            )
        seen = set()
        for item, value in zip(node, values, strict=True):
            if value is None:
                if is_null(item):
                    collector.add("blank-text", item, key=name)
                continue
            key = self._unique_by(value) if self._unique_by else value
            if key in seen:
                collector.add("duplicate-item", item, key=name, value=str(key))
            seen.add(key)

    def is_valid(self, value: object) -> bool:
        """Return whether a value is such a list, as a tuple; False where `unique_by` decides."""
        return (
            type(value) is tuple
            and all(map(self._is_valid_item, value))
            and self._is_clearly_valid(value)
        )

    def schema(self) -> Schema:
        """Return a list, or one value where that is allowed."""
        item = self._form.schema()
        items = {
            "type": "array",
            "items": item,
            "minItems": self._least,
            "maxItems": self._most,
        }
        choices = [items, item] if self._single else [items]
        return {"anyOf": [*choices, {"type": "null"}]}
