"""Reads and checks numeric notes: answers, tolerances and variables."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING, Any

from yaml.events import ScalarEvent

from flashcards.decks.problem_collector import suggestion
from flashcards.decks.yaml.nodes import (
    ListNode,
    MappingNode,
    Node,
    is_null,
    kind_of,
    number,
)
from flashcards.domain.expressions import FUNCTIONS, Expression, ExpressionError
from flashcards.text.digits import format_full_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashcards.decks.problem_collector import ProblemCollector

Schema = dict[str, Any]
Values = tuple[float, ...]

MOST_VARIABLES = 8
MOST_VARIABLE_VALUES = 1000
_MAX_COMBINATIONS = 1000
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%", re.ASCII)
_MOST_SHARE = 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_RANGE_KEYS = ("from", "to", "step")
_ROUNDING = 12


class AnswerForm:
    """A number or the text of an expression; the whole note decides which it must be."""

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> float | str | None:
        """Return the number, or the text where it is not a number."""
        if type(node) is not ScalarEvent:
            collector.add("not-a-number", node, key=name, value=kind_of(node))
            return None
        if is_null(node):
            return None
        value = _finite(node.value)
        return node.value if value is None else value

    def schema(self) -> Schema:
        """Return a number or an expression."""
        return {"type": ["number", "string", "null"]}


class ToleranceForm:
    """A number from 0, or a share of the answer such as 5%."""

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> float | str | None:
        """Return the number, or the share in its short spelling."""
        if is_null(node):
            return None
        value = None
        if type(node) is ScalarEvent:
            share = _SHARE.fullmatch(node.value.strip())
            if share and float(share[1]) <= _MOST_SHARE:
                return f"{share[1]}%"
            value = _finite(node.value)
        if value is None or value < 0:
            collector.add("numeric-tolerance", node, value=kind_of(node).strip("`"))
            return None
        return value

    def schema(self) -> Schema:
        """Return a number or a share."""
        return {"type": ["number", "string", "null"], "minimum": 0}


class VariablesForm:
    """Names, each with a list of numbers or a range of them."""

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> tuple[tuple[str, Values], ...] | None:
        """Return the names with all values that each may take."""
        if is_null(node):
            return None
        if not isinstance(node, MappingNode):
            example = "{qps: [500, 1000]}"
            collector.add(
                "not-a-mapping",
                node,
                place=f'"{name}"',
                found=kind_of(node),
                form=example,
            )
            return None
        if len(node) > MOST_VARIABLES:
            collector.add(
                "too-many", node, key=name, count=len(node), most=MOST_VARIABLES
            )
        return tuple(
            (key, self._read_values(child, key, word, collector))
            for key, (word, child) in node.items()
        )

    def _read_values(
        self, node: Node, key: str, word: ScalarEvent, collector: ProblemCollector
    ) -> Values:
        if not _NAME.fullmatch(key) or key in FUNCTIONS:
            form = "a lower-case name such as qps that is not the name of a function"
            collector.add("wrong-form", word, key="variables", value=key, form=form)
        if isinstance(node, MappingNode):
            return _expand_range(node, key, collector)
        if not isinstance(node, ListNode) or not 1 <= len(node) <= MOST_VARIABLE_VALUES:
            collector.add(
                "numeric-range",
                node,
                key=key,
                value=kind_of(node),
                most=MOST_VARIABLE_VALUES,
            )
            return ()
        return tuple(_read_number(item, key, collector) for item in node)

    def schema(self) -> Schema:
        """Return names with lists or ranges."""
        numbers = {"type": "array", "items": {"type": "number"}, "minItems": 1}
        bounds = {
            "type": "object",
            "properties": {key: {"type": "number"} for key in _RANGE_KEYS},
            "required": list(_RANGE_KEYS),
            "additionalProperties": False,
        }
        return {
            "type": ["object", "null"],
            "propertyNames": {"pattern": f"^{_NAME.pattern}$"},
            "additionalProperties": {"anyOf": [numbers, bounds]},
            "maxProperties": MOST_VARIABLES,
        }


def check_numeric(
    values: dict[str, Any], node: MappingNode, collector: ProblemCollector
) -> None:
    """Add a problem for an answer that is not a number or cannot be computed."""
    answer = node["answer"][1]
    variables: tuple[tuple[str, Values], ...] = values.get("variables", ())
    if not variables:
        if isinstance(values["answer"], str):
            collector.add("not-a-number", answer, key="answer", value=values["answer"])
        return
    values["answer"] = answer.value  # type: ignore[union-attr]
    try:
        expression = Expression(values["answer"])
    except ExpressionError as error:
        collector.add(
            "numeric-expression", answer, value=values["answer"], reason=str(error)
        )
        return
    _check_names(expression, values, node, collector)
    if all(name in dict(variables) for name in expression.names):
        _check_values(expression, variables, answer, collector)


def _check_names(
    expression: Expression,
    values: dict[str, Any],
    node: MappingNode,
    collector: ProblemCollector,
) -> None:
    variables = dict(values["variables"])
    for name in sorted(expression.names - variables.keys()):
        advice = suggestion(name, variables)
        collector.add(
            "numeric-unknown-name", node["answer"][1], value=name, advice=advice
        )
    used_names = set(_PLACEHOLDER.findall(values["question"]))
    for name in sorted(used_names - variables.keys()):
        advice = suggestion(name, variables)
        collector.add(
            "numeric-unknown-gap", node["question"][1], value=name, advice=advice
        )
    for name in variables.keys() - used_names - expression.names:
        collector.add("numeric-unused-variable", node["variables"][1], key=name)


def _check_values(
    expression: Expression,
    variables: tuple[tuple[str, Values], ...],
    answer: Node,
    collector: ProblemCollector,
) -> None:
    for combination in _combinations(variables):
        try:
            expression.value(combination)
        except ExpressionError as error:
            shown = ", ".join(
                f"{name} = {format_full_number(value)}"
                for name, value in combination.items()
            )
            collector.add("numeric-failure", answer, values=shown, reason=str(error))
            return


def _combinations(
    variables: tuple[tuple[str, Values], ...],
) -> Iterator[dict[str, float]]:
    """Yield every combination of values, or the extremes and each value once if there are many."""
    names = [name for name, _ in variables]
    lists = [values for _, values in variables]
    if math.prod(len(values) for values in lists) <= _MAX_COMBINATIONS:
        yield from (
            dict(zip(names, values, strict=True))
            for values in itertools.product(*lists)
        )
        return
    extremes = [sorted({min(values), max(values)}) for values in lists]
    yield from (
        dict(zip(names, values, strict=True)) for values in itertools.product(*extremes)
    )
    lowest = {name: min(values) for name, values in variables}
    yield from (
        lowest | {name: value} for name, values in variables for value in values
    )


def _expand_range(node: MappingNode, key: str, collector: ProblemCollector) -> Values:
    if set(node) != set(_RANGE_KEYS):
        value = f"a mapping of {', '.join(node) or 'nothing'}"
        collector.add(
            "numeric-range", node, key=key, value=value, most=MOST_VARIABLE_VALUES
        )
        return ()
    errors_before = collector.errors
    first, last, step = (
        _read_number(node[bound][1], key, collector) for bound in _RANGE_KEYS
    )
    if collector.errors > errors_before:
        return ()
    if step <= 0 or last < first or (last - first) / step >= MOST_VARIABLE_VALUES:
        low, high, width = map(format_full_number, (first, last, step))
        value = f"{low} to {high} in steps of {width}"
        collector.add(
            "numeric-range", node, key=key, value=value, most=MOST_VARIABLE_VALUES
        )
        return ()
    # Rounded, so that 0.1 to 0.3 gives 0.3 and not 0.30000000000000004.
    count = math.floor((last - first) / step + 1e-9) + 1
    return tuple(round(first + index * step, _ROUNDING) for index in range(count))


def _read_number(node: Node, key: str, collector: ProblemCollector) -> float:
    value = _finite(node.value) if type(node) is ScalarEvent else None
    if value is None:
        collector.add("not-a-number", node, key=key, value=kind_of(node).strip("`"))
        return 0
    return value


def _finite(text: str) -> float | None:
    value = number(text.strip())
    try:
        return (
            value if isinstance(value, (int, float)) and math.isfinite(value) else None
        )
    except OverflowError:
        return None
