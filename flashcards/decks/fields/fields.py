"""Mappings with fields: which keys there are, how each is read, and the faults of keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.events import ScalarEvent

from flashcards.decks.fields.forms import judge_of
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
"""Keys that people write for ours."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a mapping: what it holds, what it is for, and whether it must be there."""

    form: Form
    about: str
    required: bool = False


class Shape:
    """The keys a mapping may have, and how each is read."""

    def __init__(self, table: Table, place: str, *, also: tuple[str, ...] = ()) -> None:
        """Prepare to read mappings; `also` are keys that belong there and are read elsewhere."""
        self.table = table
        self.place = place
        """What the mapping is in the words of a problem, such as `an option`."""
        self._reads = {name: field.form.read for name, field in table.items()}
        self._required = [name for name, field in table.items() if field.required]
        self._also = also

    @property
    def subject(self) -> str:
        """The place as a sentence begins with it."""
        return self.place[0].upper() + self.place[1:]

    def read(self, node: MappingNode, collector: ProblemCollector) -> dict[str, Any]:
        """Return the good values that are there; missing and unknown keys are problems."""
        values = {}
        reads = self._reads
        for name, (key, child) in node.items():
            read = reads.get(name)
            if read is None:
                if name not in self._also:
                    self.unknown(key, collector)
                continue
            value = read(child, name, collector)
            if value is not None:
                values[name] = value
        for name in self._required:
            if name not in values:
                self._require(name, node, collector)
        return values

    def unknown(self, key: ScalarEvent, collector: ProblemCollector) -> None:
        """Add the problem of a key that is not known here."""
        known = (*self.table, *self._also)
        other = _OTHER_NAMES.get(key.value, "")
        advice = (
            f'Did you mean "{other}"?'
            if other in known
            else suggestion(key.value, known)
        )
        advice = advice.strip() or "Correct or delete it."
        collector.add(
            "unknown-key", key, key=key.value, place=self.place, advice=advice
        )

    def _require(
        self, name: str, node: MappingNode, collector: ProblemCollector
    ) -> None:
        # A value that is there and faulty has its own problem.
        if name not in node or is_null(node[name][1]):
            collector.add("missing-field", node, key=name, place=self.subject)


class Record:
    """A mapping with fields of its own; a single value may stand for one of them."""

    def __init__(
        self, build: Callable[..., Any], shape: Shape, *, short: str = "", example: str
    ) -> None:
        self._shape = shape
        self._build = build
        self._short = short
        self._example = example
        self._judges = [
            (name, (judge_of(field.form), field.required))
            for name, field in shape.table.items()
        ]

    def read(self, node: Node, name: str, collector: ProblemCollector) -> Any:
        """Return what the mapping is built into."""
        before = collector.errors
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
        return self._build(**values) if collector.errors == before else None

    def holds(self, value: object) -> bool:
        """Tell whether a value is what such a mapping is built into, with good fields."""
        return type(value) is self._build and all(
            holds(part) or (part == "" and not is_required)
            for part, holds, is_required in (
                (getattr(value, name), *each) for name, each in self._judges
            )
        )

    def schema(self) -> Schema:
        """Return an object, or the one value that may stand for it."""
        choices = [object_schema(self._shape.table), {"type": "null"}]
        if self._short:
            choices.append(self._shape.table[self._short].form.schema())
        return {"anyOf": choices}


def object_schema(table: Table) -> Schema:
    """Return the JSON Schema of a mapping with these fields and no other."""
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
