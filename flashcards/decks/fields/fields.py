"""Mappings with named fields: read, checked for unknown and missing keys, described as schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.events import ScalarEvent

from flashcards.decks.fields.forms import validity_check
from flashcards.decks.problem_collector import suggestion
from flashcards.decks.yaml.nodes import MappingNode, Node, is_null, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.decks.fields.forms import Form, Schema
    from flashcards.decks.problem_collector import ProblemCollector

Table = dict[str, "Field"]

_OTHER_NAMES = {
    "answer": "back",
    "cards": "notes",
    "choices": "options",
    "explanation": "why",
    "loc": "at",
    "name": "title",
    "prereq": "requires",
    "prerequisites": "requires",
    "question": "front",
    "stem": "question",
    "tag": "tags",
    "tol": "tolerance",
    "type": "kind",
}
"""Keys that people write instead of those of the format."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a mapping: its form of value, its purpose, and whether it is required."""

    form: Form
    about: str
    required: bool = False


class Shape:
    """The keys that a mapping may have, and how each is read."""

    def __init__(
        self, table: Table, name: str, *, other_keys: tuple[str, ...] = ()
    ) -> None:
        """Prepare to read mappings; `other_keys` are allowed too and are read elsewhere."""
        self.table = table
        self.name = name
        """What messages call the mapping, such as `an option`."""
        self._reads = {name: field.form.read for name, field in table.items()}
        self._required = [name for name, field in table.items() if field.required]
        self._other_keys = other_keys

    @property
    def subject(self) -> str:
        """The name with a capital, to begin a sentence."""
        return self.name[0].upper() + self.name[1:]

    def read(self, node: MappingNode, collector: ProblemCollector) -> dict[str, Any]:
        """Return the valid values by key; missing and unknown keys are problems."""
        values = {}
        reads = self._reads
        for name, (key, child) in node.items():
            read = reads.get(name)
            if read is None:
                if name not in self._other_keys:
                    self.report_unknown(key, collector)
                continue
            value = read(child, name, collector)
            if value is not None:
                values[name] = value
        for name in self._required:
            if name not in values:
                self._require(name, node, collector)
        return values

    def report_unknown(self, key: ScalarEvent, collector: ProblemCollector) -> None:
        """Add a problem for an unknown key."""
        known = (*self.table, *self._other_keys)
        other = _OTHER_NAMES.get(key.value, "")
        advice = (
            f'Did you mean "{other}"?'
            if other in known
            else suggestion(key.value, known)
        )
        advice = advice.strip() or "Correct or delete it."
        collector.add("unknown-key", key, key=key.value, place=self.name, advice=advice)

    def _require(
        self, name: str, node: MappingNode, collector: ProblemCollector
    ) -> None:
        # An invalid value has its own problem already.
        if name not in node or is_null(node[name][1]):
            collector.add("missing-field", node, key=name, place=self.subject)


class Record:
    """A mapping that is built into a value; a scalar may stand for one of its fields."""

    def __init__(
        self, build: Callable[..., Any], shape: Shape, *, short: str = "", example: str
    ) -> None:
        self._shape = shape
        self._build = build
        self._short = short
        self._example = example
        self._checks = [
            (name, validity_check(field.form), field.required)
            for name, field in shape.table.items()
        ]

    def read(self, node: Node, name: str, collector: ProblemCollector) -> Any:
        """Return the value that the mapping is built into."""
        errors_before = collector.errors
        values: dict[str, Any] = {}
        if type(node) is MappingNode:
            values = self._shape.read(node, collector)
        elif is_null(node):
            return None
        elif self._short and type(node) is ScalarEvent:
            form = self._shape.table[self._short].form
            values = {self._short: form.read(node, name, collector)}
        else:
            found, example = kind_of(node), self._example
            collector.add(
                "not-a-mapping",
                node,
                place=self._shape.subject,
                found=found,
                form=example,
            )
        return self._build(**values) if collector.errors == errors_before else None

    def is_valid(self, value: object) -> bool:
        """Return whether a value could come from such a mapping, with valid fields."""
        return type(value) is self._build and all(
            is_valid(field_value) or (field_value == "" and not is_required)
            for field_value, is_valid, is_required in (
                (getattr(value, name), is_valid, is_required)
                for name, is_valid, is_required in self._checks
            )
        )

    def schema(self) -> Schema:
        """Return an object, or the single value that may stand for it."""
        choices = [object_schema(self._shape.table), {"type": "null"}]
        if self._short:
            choices.append(self._shape.table[self._short].form.schema())
        return {"anyOf": choices}


def object_schema(table: Table) -> Schema:
    """Return the JSON Schema of a mapping with these fields only."""
    properties = {
        name: {"description": field.about, **field.form.schema()}
        for name, field in table.items()
    }
    required = [name for name, field in table.items() if field.required]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
